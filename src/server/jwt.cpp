#include "server/jwt.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

#include <boost/json.hpp>
#include <cjose/cjose.h>

#include "base/text.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

struct Release {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Token = std::unique_ptr<cjose_jws_t, Release>;
using Key = std::unique_ptr<cjose_jwk_t, Release>;

std::string field(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : "";
}

std::string header(cjose_jws_t* token, const char* name) {
  cjose_err error{};
  const char* value = cjose_header_get(cjose_jws_get_protected(token), name, &error);
  return value ? value : "";
}

// "crit" names what a reader must understand; we understand nothing of it.
bool asks_for_more(cjose_jws_t* token) {
  cjose_err error{};
  const std::unique_ptr<char, decltype(&std::free)> critical(cjose_header_get_raw(cjose_jws_get_protected(token), "crit", &error), &std::free);
  return critical != nullptr;
}

// cjose ends the program on what is no base64url.
bool base64url(const std::string& text) {
  return !text.empty() && text.size() % 4 != 1 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

bool three_parts(const std::string& token) {
  const auto parts = base::split(token, '.');
  return parts.size() == 3 && std::all_of(parts.begin(), parts.end(), base64url);
}

const char* kind_of_key(const std::string& algorithm) {
  if (algorithm == "RS256" || algorithm == "PS256") return "RSA";
  if (algorithm == "ES256") return "EC";
  return nullptr;
}

std::vector<std::string> keys_for(const std::string& jwks, const std::string& kind, const std::string& id) {
  std::vector<std::string> fitting;
  json::error_code error;
  const auto set = json::parse(jwks, error);
  const auto* all = !error && set.is_object() ? set.as_object().if_contains("keys") : nullptr;
  if (!all || !all->is_array()) return fitting;
  for (const auto& one : all->as_array()) {
    if (!one.is_object()) continue;
    const auto& key = one.as_object();
    if (field(key, "kty") != kind || field(key, "use") == "enc" || key.contains("d")) continue;
    if (!id.empty() && field(key, "kid") != id) continue;
    const auto numbers = kind == "RSA" ? std::array{"n", "e"} : std::array{"x", "y"};
    if (!std::all_of(numbers.begin(), numbers.end(), [&](const char* name) { return base64url(field(key, name)); })) continue;
    json::object known = {{"kty", kind}, {"crv", field(key, "crv")}};  // nothing else of it is shown to the library
    for (const char* name : numbers) known[name] = field(key, name);
    fitting.push_back(json::serialize(known));
  }
  return fitting;
}

}  // namespace

SignedText read_signed(const std::string& token, const std::string& jwks) {
  if (!three_parts(token)) return {};
  cjose_err error{};
  const Token jws(cjose_jws_import(token.data(), token.size(), &error));
  if (!jws) return {};
  const auto algorithm = header(jws.get(), CJOSE_HDR_ALG);
  const char* kind = kind_of_key(algorithm);
  if (kind == nullptr || asks_for_more(jws.get())) return {};
  const auto keys = keys_for(jwks, kind, header(jws.get(), CJOSE_HDR_KID));
  if (keys.size() != 1) return {Signature::UnknownKey, ""};
  const Key key(cjose_jwk_import(keys.front().data(), keys.front().size(), &error));
  if (!key || !cjose_jws_verify(jws.get(), key.get(), &error)) return {};
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &error)) return {};
  return {Signature::Good, std::string(reinterpret_cast<const char*>(bytes), size)};
}

}  // namespace zielwerk::server
