#include "server/oidc.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <boost/json.hpp>
#include <boost/url.hpp>
#include <cjose/base64.h>
#include <fmt/format.h>

#include "base/text.h"
#include "documents/input_file.h"
#include "server/http.h"
#include "server/jwt.h"
#include "server/passwords.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
namespace urls = boost::urls;
using std::chrono::sys_seconds;

constexpr std::chrono::minutes longest_absence{10};
constexpr std::chrono::seconds leeway{60};  // clocks differ

std::string text_of(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : "";
}

std::optional<json::object> object_of(const std::string& text) {
  json::error_code error;
  auto value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

// Seconds since 1970; some providers write them with a fraction.
std::optional<sys_seconds> moment_of(const json::object& claims, const char* name) {
  const auto* value = claims.if_contains(name);
  if (!value || !value->is_number()) return std::nullopt;
  json::error_code error;
  const auto seconds = value->is_double() ? static_cast<std::int64_t>(std::clamp(value->as_double(), 0.0, 1e15)) : value->to_number<std::int64_t>(error);
  if (error || seconds < 0 || seconds > 1'000'000'000'000'000) return std::nullopt;
  return sys_seconds(std::chrono::seconds(seconds));
}

bool for_us(const json::object& claims, const std::string& client) {
  const auto* audience = claims.if_contains("aud");
  if (!audience) return false;
  if (audience->is_string()) return audience->as_string() == client;
  if (!audience->is_array()) return false;
  const auto& all = audience->as_array();
  const bool named = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.is_string() && one.as_string() == client; });
  return named && (all.size() == 1 || text_of(claims, "azp") == client);
}

std::string basic(const std::string& client, const std::string& secret) {
  const auto coded = [](const std::string& text) { return urls::encode(text, urls::unreserved_chars); };
  const auto pair = coded(client) + ":" + coded(secret);
  char* text = nullptr;
  std::size_t size = 0;
  cjose_err error{};
  base::ensure(cjose_base64_encode(reinterpret_cast<const std::uint8_t*>(pair.data()), pair.size(), &text, &size, &error), "base64");
  std::string result = "Basic " + std::string(text, size);
  std::free(text);
  return result;
}

// How the person is shown: one line, no more than a name's length.
std::string person_of(const json::object& claims) {
  for (const char* claim : {"name", "preferred_username", "email"}) {
    const auto text = text_of(claims, claim);
    const auto line = std::string(base::trim(text));
    const bool fits = !line.empty() && line.size() <= 200 && std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (fits) return line;
  }
  return "ohne Namen";
}

tl::unexpected<base::Problem> invalid(const std::string& why) {
  return base::problem("oidc_token_invalid", fmt::format("Dem, was der Anmeldedienst über die Person sagt, ist nicht zu trauen: {}.", why));
}

}  // namespace

Oidc::Oidc(const OidcConfig& config, std::string redirect, Fetch fetch) : config_(config), redirect_(std::move(redirect)), fetch_(std::move(fetch)), secret_(random_token()) {}

std::string Oidc::derived(const char* what, const std::string& cookie) const { return keyed_token(secret_, fmt::format("{} {}", what, cookie)); }

const Oidc::Provider& Oidc::provider() {
  if (!provider_.token.empty()) return provider_;
  auto address = config_.issuer;
  while (address.ends_with('/')) address.pop_back();
  const auto answer = fetch_({address + "/.well-known/openid-configuration", "", ""});
  const auto described = answer.status == 200 ? object_of(answer.body) : std::nullopt;
  if (!described) throw base::EnvironmentError(fmt::format("Der Anmeldedienst {} beschreibt sich nicht (Antwort {}).", config_.issuer, answer.status));
  if (text_of(*described, "issuer") != config_.issuer) {
    throw base::EnvironmentError(fmt::format("Der Anmeldedienst nennt sich {}; erwartet ist {} (issuer).", base::quoted(text_of(*described, "issuer")), config_.issuer));
  }
  Provider found{text_of(*described, "authorization_endpoint"), text_of(*described, "token_endpoint"), text_of(*described, "jwks_uri")};
  for (const auto& one : {found.authorization, found.token, found.keys}) {
    if (!confidential(one)) throw base::EnvironmentError(fmt::format("Der Anmeldedienst nennt eine Adresse, die nicht verschlüsselt ist: {}.", base::quoted(one)));
  }
  return provider_ = std::move(found);
}

Oidc::Begun Oidc::begin(sys_seconds now) {
  const std::lock_guard lock(mutex_);
  const auto cookie = fmt::format("{}.{}", now.time_since_epoch().count(), random_token());
  urls::url address = urls::parse_uri(provider().authorization).value();
  const std::pair<const char*, std::string> params[] = {{"response_type", "code"},
                                                        {"client_id", config_.client_id},
                                                        {"redirect_uri", redirect_},
                                                        {"scope", "openid profile"},
                                                        {"state", derived("state", cookie)},
                                                        {"nonce", derived("nonce", cookie)},
                                                        {"code_challenge", pkce_challenge(derived("verifier", cookie))},
                                                        {"code_challenge_method", "S256"}};
  for (const auto& [name, value] : params) address.params().append({name, value});
  return {std::string(address.buffer()), cookie};
}

base::Result<app::Arrival> Oidc::finish(const Return& back, sys_seconds now) {
  const std::lock_guard lock(mutex_);
  std::int64_t began = 0;
  const auto read = std::from_chars(back.cookie.data(), back.cookie.data() + back.cookie.size(), began);
  const bool in_time = read.ec == std::errc() && began >= 0 && began <= now.time_since_epoch().count() && now.time_since_epoch().count() - began <= std::chrono::seconds(longest_absence).count();
  if (back.cookie.empty() || !same_secret(back.state, derived("state", back.cookie)) || !in_time || (!back.issuer.empty() && back.issuer != config_.issuer)) {
    return base::problem("oidc_state_wrong", "Diese Anmeldung wurde nicht hier begonnen, oder es ist länger als zehn Minuten her.");
  }
  urls::url form;
  const std::pair<const char*, std::string> params[] = {{"grant_type", "authorization_code"}, {"code", back.code}, {"redirect_uri", redirect_}, {"client_id", config_.client_id}, {"code_verifier", derived("verifier", back.cookie)}};
  for (const auto& [name, value] : params) form.params().append({name, value});
  const auto answer = fetch_({provider().token, std::string(form.encoded_query()), config_.client_secret.empty() ? "" : basic(config_.client_id, config_.client_secret)});
  if (answer.status >= 500) throw base::EnvironmentError(fmt::format("Der Anmeldedienst antwortet mit {}.", answer.status));
  const auto tokens = answer.status == 200 ? object_of(answer.body) : std::nullopt;
  if (!tokens) return base::problem("oidc_refused", "Der Anmeldedienst hat die Anmeldung nicht bestätigt.");
  const auto claims = verified(text_of(*tokens, "id_token"));
  if (!claims) return tl::unexpected(claims.error());
  return judge(*claims, derived("nonce", back.cookie), now);
}

base::Result<std::string> Oidc::verified(const std::string& id_token) {
  if (id_token.empty()) return invalid("es fehlt (id_token)");
  const auto ask = [&] {
    const auto answer = fetch_({provider().keys, "", ""});
    if (answer.status != 200) throw base::EnvironmentError(fmt::format("Der Anmeldedienst zeigt seine Schlüssel nicht (Antwort {}).", answer.status));
    keys_ = answer.body;
  };
  if (keys_.empty()) ask();
  auto read = read_signed(id_token, keys_);
  if (read.signature == Signature::UnknownKey) {  // the provider changed its keys
    ask();
    read = read_signed(id_token, keys_);
  }
  if (read.signature != Signature::Good) return invalid("die Unterschrift passt nicht");
  return read.text;
}

base::Result<app::Arrival> Oidc::judge(const std::string& text, const std::string& nonce, sys_seconds now) const {
  const auto claims = object_of(text);
  if (!claims) return invalid("es ist kein JSON-Objekt");
  const auto subject = text_of(*claims, "sub");
  const auto expires = moment_of(*claims, "exp");
  const auto issued = moment_of(*claims, "iat");
  const auto not_before = moment_of(*claims, "nbf");
  if (text_of(*claims, "iss") != config_.issuer) return invalid("es kommt von einem anderen Dienst (iss)");
  if (!for_us(*claims, config_.client_id)) return invalid("es ist für jemand anderen (aud)");
  if (!expires || *expires + leeway <= now) return invalid("es ist abgelaufen (exp)");
  if (!issued || *issued > now + leeway || (not_before && *not_before > now + leeway)) return invalid("es gilt noch nicht (iat, nbf)");
  if (!same_secret(text_of(*claims, "nonce"), nonce)) return invalid("es gehört zu einer anderen Anmeldung (nonce)");
  if (subject.empty() || subject.size() > 255) return invalid("es nennt niemanden (sub)");

  const auto* groups = claims->if_contains(config_.groups_claim);
  const bool list = groups && groups->is_array() && std::all_of(groups->as_array().begin(), groups->as_array().end(), [](const auto& one) { return one.is_string(); });
  if (!list) return base::problem("oidc_groups_missing", fmt::format("Der Anmeldedienst sagt nicht, zu welchen Gruppen die Person gehört; erwartet ist eine Liste unter „{}“.", config_.groups_claim));
  app::Arrival arrival{"oidc-" + documents::sha256(config_.issuer + "\n" + subject).substr(0, 20), person_of(*claims), std::nullopt, ""};
  std::vector<std::string> scopes;
  for (const auto& one : config_.groups) {
    const auto& given = groups->as_array();
    if (std::none_of(given.begin(), given.end(), [&](const auto& group) { return group.as_string() == one.name; })) continue;
    if (!arrival.role) arrival.role = one.role;
    if (arrival.role == one.role) scopes.push_back(one.scope);
  }
  arrival.scope = base::join(scopes, ",");
  return arrival;
}

}  // namespace zielwerk::server
