// A request and its answer as plain values: what routes and pages see. Nothing of a socket or an HTTP library is in them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/value.hpp>

#include "base/problem.h"

namespace zielwerk::server {

struct Request {
  std::string method;                          // GET, HEAD, POST, PATCH, DELETE
  std::string target;                          // as sent: "/api/v1/overview?month=2021-06"
  std::string path;                            // decoded; never with "..", "//", a NUL or a backslash
  std::map<std::string, std::string> query;    // decoded; no name twice
  std::map<std::string, std::string> headers;  // names in small letters
  std::string body;
  std::string peer;  // address of the other end

  std::string header(const std::string& name) const;
  std::optional<std::string> cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string tag = {};  // of the body, if it is known already
};

Response json_response(const boost::json::value& value, int status = 200);

// application/problem+json with the stable code of the first problem; all of them are in "probleme".
Response problem_response(int status, const base::Problems& problems);
Response problem_response(int status, const std::string& code, const std::string& message);

// The HTTP status that a problem of what was asked for stands for: 404 for what is unknown, else 422.
int status_of(const base::Problem& problem);
std::string reason(int status);  // German title of a status

// Splits and decodes path and query. nullopt if they are not well-formed or leave the tree ("..", NUL, backslash, invalid UTF-8).
bool split_target(Request& request);

// Takes over the fields of a head, names in small letters, and splits the target. An answer if the head alone decides: a field twice,
// an address that is not well-formed, a Host that is not ours (421), lengths that proxies and servers read differently.
std::optional<Response> head_refused(Request& request, const std::vector<std::pair<std::string, std::string>>& fields, const std::set<std::string>& hosts);

// May the answer be packed that way ("br", "gzip")?
bool accepts(const Request& request, std::string_view coding);

// Packs a body of text as the client likes best; what is packed already stays.
void pack(const Request& request, Response& response);

// Answers to conditional and compressed requests: ETag of the bytes, 304, gzip or brotli as the client likes. `Cache-Control` and the
// security headers of every answer are set here as well.
Response finished(const Request& request, Response response, bool secure);

// The header that makes a browser keep a file instead of showing it; a name may hold any letters.
std::string attachment(const std::string& name);

// May a secret be sent to that address? https, or http to this machine.
bool confidential(const std::string& url);

}  // namespace zielwerk::server
