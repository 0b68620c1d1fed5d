// What `zielwerk serve` is told: one TOML file (docs/operations/server.md), secrets from the environment only.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/problem.h"
#include "domain/draft.h"
#include "server/mail.h"
#include "server/oidc.h"

namespace zielwerk::server {

struct Config {
  std::string store;                      // file of the store
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;              // 0: any free one
  std::string origin;                     // as browsers see it: "https://zielwerk.example.de"; by default http://localhost:PORT
  std::string certificate;                // both or neither: own TLS
  std::string key;
  std::uint64_t largest_upload = std::uint64_t{64} << 20;
  std::chrono::seconds head_time{10};     // for the whole head of a request
  std::chrono::seconds body_time{60};     // for the whole body
  std::chrono::seconds idle_time{60};     // between two requests of a connection
  std::chrono::minutes session_idle{30};
  std::chrono::minutes session_longest{600};
  unsigned connections = 512;
  unsigned workers = 2;
  OidcConfig oidc;                        // [oidc]
  MailConfig mail;                        // [mail]: the digest, zielwerk year digest
  bool published = false;                 // [public] enabled: what anybody may see (app/publication)
  std::vector<std::string> published_figures = {"K1", "K2", "K3"};
  std::map<std::string, std::string> casework_states;  // state files of own figures by Trägernummer, for the outlook: [casework]
  domain::SecondPerson second_person = domain::SecondPerson::Corrected;  // who confirms drafts (docs/decisions/0040)
  std::string profiles;                   // folder of layout profiles (*.toml) for workbooks; empty: deliveries are CSV only
  std::string metrics_token;              // $ZIELWERK_METRICS_TOKEN; without one metrics are given to this machine only

  bool tls() const { return !certificate.empty(); }
  bool secure() const { return origin.starts_with("https://"); }  // cookies may then travel encrypted only
};

// All problems at once: config_unreadable, config_unknown (a key nobody knows), config_value. Without a certificate only loopback addresses
// are served, unless the origin is https (a proxy in front). Secrets come from $ZIELWERK_METRICS_TOKEN,
// $ZIELWERK_OIDC_SECRET and $ZIELWERK_MAIL_PASSWORD.
base::Checked<Config> read_config(const std::filesystem::path& file);

}  // namespace zielwerk::server
