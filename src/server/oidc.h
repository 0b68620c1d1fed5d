// Log-in at another house by OpenID Connect: authorization code flow with PKCE (S256), state and nonce. The ID token is believed only if
// its signature (RS256, PS256, ES256), issuer, audience, times and nonce are right (decision 0035).
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "app/rights.h"
#include "server/fetch.h"

namespace zielwerk::server {

struct OidcGroup {  // what a group of the other house may do here
  std::string name;
  domain::Role role;
  std::string scope;
};

struct OidcConfig {
  std::string issuer;  // empty: no such log-in
  std::string client_id;
  std::string client_secret;  // $ZIELWERK_OIDC_SECRET; empty: a public client
  std::string label = "Anmeldung der Organisation";  // on the button
  std::string groups_claim = "groups";
  std::vector<OidcGroup> groups;  // the first that somebody is in decides the role; Zuständigkeiten of that role add up
};

class Oidc {
 public:
  // `redirect` is the address the browser comes back to.
  Oidc(const OidcConfig& config, std::string redirect, Fetch fetch);

  // Where to send the browser, and what its cookie holds meanwhile. State, nonce and PKCE verifier follow from the cookie and a key of
  // this process: nothing is kept here, so nobody can fill memory by beginning. EnvironmentError if the provider is away.
  struct Begun {
    std::string address;
    std::string cookie;
  };
  Begun begin(std::chrono::sys_seconds now);

  // The browser is back. Problems: oidc_state_wrong (another browser, longer than ten minutes ago, made up), oidc_refused (the provider
  // does not honour the code), oidc_token_invalid, oidc_groups_missing (the claim is absent or no list of texts: nobody knows what the
  // person may do, so nothing changes). A list without a known group is an arrival without a role. EnvironmentError as above.
  struct Return {
    std::string state;
    std::string code;
    std::string issuer;  // "iss" of the answer; empty: not said
    std::string cookie;
  };
  base::Result<app::Arrival> finish(const Return& back, std::chrono::sys_seconds now);

 private:
  struct Provider {
    std::string authorization, token, keys;
  };
  const Provider& provider();
  std::string derived(const char* what, const std::string& cookie) const;
  base::Result<std::string> verified(const std::string& id_token);  // its claims; asks for the keys anew if none fits
  base::Result<app::Arrival> judge(const std::string& claims, const std::string& nonce, std::chrono::sys_seconds now) const;

  const OidcConfig& config_;
  std::string redirect_;
  Fetch fetch_;
  std::string secret_;  // of this process
  std::mutex mutex_;
  Provider provider_;
  std::string keys_;
};

}  // namespace zielwerk::server
