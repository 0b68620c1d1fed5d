// Asking another server: only the identity provider that the configuration names is ever asked.
#pragma once

#include <functional>
#include <string>

namespace zielwerk::server {

struct FetchRequest {
  std::string url;   // https, or http on this machine
  std::string form;  // sent by POST as application/x-www-form-urlencoded; empty: GET
  std::string authorization;
};
struct Fetched {
  int status = 0;
  std::string body;
};
// EnvironmentError if the other side is away, too slow, says too much, or does not prove who it is.
using Fetch = std::function<Fetched(const FetchRequest&)>;

// Ten seconds in all, one MiB at most, no redirects; certificates of the system ($SSL_CERT_FILE), the name in them checked.
Fetched fetch(const FetchRequest& request);

}  // namespace zielwerk::server
