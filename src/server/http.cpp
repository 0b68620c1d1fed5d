#include "server/http.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <boost/url.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "server/compression.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

// No inline code, nothing from elsewhere, never in a frame.
constexpr const char* content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

}  // namespace

bool accepts(const Request& request, std::string_view coding) {
  for (const auto& part : base::split(small(request.header("accept-encoding")), ',')) {
    const auto pieces = base::split(part, ';');
    if (base::trim(pieces.front()) != coding) continue;
    return pieces.size() < 2 || (base::trim(pieces[1]) != "q=0" && base::trim(pieces[1]) != "q=0.0");
  }
  return false;
}

void pack(const Request& request, Response& response) {
  const bool text = response.type.starts_with("text/") || response.type.find("json") != std::string::npos || response.type.find("javascript") != std::string::npos ||
                    response.type.find("svg") != std::string::npos;
  const bool packed = std::any_of(response.headers.begin(), response.headers.end(), [](const auto& one) { return one.first == "Content-Encoding"; });
  if (!text || packed || response.body.size() < 1024) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  const bool brotli = accepts(request, "br");
  if (!brotli && !accepts(request, "gzip")) return;
  response.body = brotli ? brotli_of(response.body) : gzip_of(response.body);
  response.headers.emplace_back("Content-Encoding", brotli ? "br" : "gzip");
}

namespace {

bool tag_matches(const std::string& wanted, const std::string& tag) {
  for (const auto& part : base::split(wanted, ',')) {
    auto one = base::trim(part);
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

}  // namespace

std::string Request::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& part : base::split(header("cookie"), ';')) {
    const auto pair = base::trim(part);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
  }
  return std::nullopt;
}

Response json_response(const json::value& value, int status) {
  Response response;
  response.status = status;
  response.body = json::serialize(value);
  return response;
}

Response problem_response(int status, const base::Problems& problems) {
  json::array all;
  for (const auto& problem : problems) all.push_back({{"code", problem.code}, {"meldung", problem.message}, {"stelle", problem.where}});
  json::object body;
  body["type"] = "urn:zielwerk:problem:" + problems.front().code;
  body["title"] = reason(status);
  body["status"] = status;
  body["detail"] = problems.front().message;
  body["code"] = problems.front().code;
  body["probleme"] = std::move(all);
  auto response = json_response(body, status);
  response.type = "application/problem+json";
  return response;
}

Response problem_response(int status, const std::string& code, const std::string& message) { return problem_response(status, base::Problems{{code, message, ""}}); }

int status_of(const base::Problem& problem) {
  if (problem.code.ends_with("_unknown")) return 404;
  return 422;
}

std::string reason(int status) {
  switch (status) {
    case 400: return "Die Anfrage ist nicht verständlich";
    case 401: return "Bitte anmelden";
    case 403: return "Das darf dieses Konto nicht";
    case 404: return "Das gibt es hier nicht";
    case 405: return "Das geht an dieser Stelle nicht";
    case 408: return "Die Anfrage kam nicht rechtzeitig an";
    case 409: return "Das widerspricht dem, was schon da ist";
    case 412: return "Jemand anders war schneller";
    case 413: return "Die Datei ist zu groß";
    case 415: return "Diese Art von Inhalt geht hier nicht";
    case 421: return "Unter diesem Namen wird hier nicht bedient";
    case 428: return "Es fehlt, worauf sich die Änderung bezieht";
    case 422: return "Die Angaben passen nicht";
    case 429: return "Zu viele Versuche";
    case 431: return "Der Kopf der Anfrage ist zu groß";
    case 503: return "Gerade nicht möglich";
    default: return "Fehler im Programm";
  }
}

bool split_target(Request& request) {
  if (request.target.empty() || request.target.front() != '/') return false;
  const auto parsed = boost::urls::parse_origin_form(request.target);
  if (!parsed) return false;
  request.path = parsed->path();
  const auto bad = [](const std::string& text) { return !base::is_utf8(text) || std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '\\'; }); };
  if (bad(request.path) || request.path.find("//") != std::string::npos) return false;
  for (const auto& segment : parsed->segments()) {
    if (segment.find('/') != std::string::npos) return false;
  }
  for (const auto& segment : base::split(request.path, '/')) {
    if (segment == "." || segment == "..") return false;
  }
  for (const auto& param : parsed->params()) {
    std::string value = param.has_value ? param.value : "";
    if (bad(param.key) || bad(value) || !request.query.emplace(param.key, std::move(value)).second) return false;
  }
  return true;
}

std::optional<Response> head_refused(Request& request, const std::vector<std::pair<std::string, std::string>>& fields, const std::set<std::string>& hosts) {
  for (const auto& [given, value] : fields) {
    const auto name = small(given);
    if (!request.headers.emplace(name, value).second && name != "accept" && name != "accept-encoding" && name != "accept-language") {
      return problem_response(400, "header_twice", fmt::format("Das Kopffeld {} steht zweimal da.", base::quoted(name)));
    }
  }
  if (!split_target(request)) return problem_response(400, "address_invalid", "Die Adresse ist nicht wohlgeformt.");
  if (!hosts.contains(request.header("host"))) return problem_response(421, "host_unknown", "Unter diesem Namen wird hier nicht bedient.");
  if (request.headers.contains("transfer-encoding") && request.headers.contains("content-length")) {
    return problem_response(400, "length_ambiguous", "Content-Length und Transfer-Encoding schließen sich aus.");
  }
  return std::nullopt;
}

std::string attachment(const std::string& name) {
  std::string plain;
  for (const char c : name) plain += static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e || c == '"' || c == '\\' ? '_' : c;
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, std::string(boost::urls::encode(name, boost::urls::unreserved_chars)));
}

bool confidential(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->has_userinfo() || parsed->has_fragment() || parsed->encoded_host().empty()) return false;
  const auto host = parsed->encoded_host();
  return parsed->scheme() == "https" || (parsed->scheme() == "http" && (host == "127.0.0.1" || host == "[::1]" || host == "localhost"));
}

Response finished(const Request& request, Response response, bool secure) {
  auto& headers = response.headers;
  const auto given = [&](const char* name) { return std::any_of(headers.begin(), headers.end(), [&](const auto& one) { return one.first == name; }); };
  if (!given("Cache-Control")) headers.emplace_back("Cache-Control", "no-cache, private");
  if (!given("Content-Security-Policy")) headers.emplace_back("Content-Security-Policy", content_security_policy);
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  headers.emplace_back("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (secure) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  if (response.status == 200 && (request.method == "GET" || request.method == "HEAD")) {
    // Weak: packed and unpacked answers say the same.
    const auto tag = "\"" + (response.tag.empty() ? fingerprint(response.body) : response.tag) + "\"";
    headers.emplace_back("ETag", "W/" + tag);
    if (tag_matches(request.header("if-none-match"), tag)) {
      response.status = 304;
      response.body.clear();
      return response;
    }
  }
  pack(request, response);
  return response;
}

}  // namespace zielwerk::server
