// What an identity provider says: its description, its keys, its answer and the token in it, separated by lines of "--". It may be
// wrong in any way; it must not log anybody in, because nothing here is signed.
#include <cstdlib>

#include <boost/url.hpp>

#include "base/text.h"
#include "server/jwt.h"
#include "server/oidc.h"

using namespace zielwerk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> said;
  for (std::size_t from = 0; from <= text.size() && said.size() < 3;) {
    const auto at = text.find("\n--\n", from);
    said.push_back(text.substr(from, at == std::string::npos ? at : at - from));
    from = at == std::string::npos ? text.size() + 1 : at + 4;
  }
  said.resize(3);
  const server::OidcConfig config{"https://a.example", "zielwerk", "geheim", "", "groups", {{"zw", domain::Role::Committee, "alle"}}};
  int asked = 0;
  server::Oidc oidc(config, "https://b.example/zurueck", [&](const server::FetchRequest& request) {
    ++asked;
    if (!request.form.empty()) return server::Fetched{200, said[1]};
    if (request.url.ends_with("openid-configuration")) {
      return server::Fetched{200, asked == 1 && said[0].starts_with("{\"issuer") ? said[0] : R"({"issuer": "https://a.example", "authorization_endpoint": "https://a.example/a", "token_endpoint": "https://a.example/t", "jwks_uri": "https://a.example/k"})"};
    }
    return server::Fetched{200, said[2]};
  });
  const std::chrono::sys_seconds now{std::chrono::seconds(1'790'000'000)};
  try {
    const auto begun = oidc.begin(now);
    const auto address = boost::urls::parse_uri(begun.address).value();
    const auto state = (*address.params().find("state")).value;
    if (oidc.finish({state, "code", "", begun.cookie}, now)) std::abort();
  } catch (const base::EnvironmentError&) {
  }
  if (server::read_signed(said[1], said[2]).signature == server::Signature::Good) std::abort();
  return 0;
}
