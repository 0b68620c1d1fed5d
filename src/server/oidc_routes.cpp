// Log-in at another house: away and back. What goes wrong is told on the log-in page, whose address names the code.
#include <fmt/format.h>

#include "base/text.h"
#include "server/handlers.h"

namespace zielwerk::server {
namespace {

std::string cookie_of_the_way(const Config& config) { return cookie_name(config) + "-oidc"; }

// Lax: the browser comes back from another house. It proves nothing but that it is the one that went.
std::string set_cookie(const Config& config, const std::string& value) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax{}; Max-Age={}", cookie_of_the_way(config), value, config.secure() ? "; Secure" : "", value.empty() ? 0 : 600);
}

Response go(const std::string& address) {
  Response response;
  response.status = 303;
  response.type = "text/plain; charset=utf-8";
  response.headers = {{"Location", address}, {"Cache-Control", "no-store"}};
  return response;
}

Response back_with(const std::string& code, const std::string& detail) {
  fmt::print(stderr, "login oidc problem={} detail=\"{}\"\n", code, base::printable(detail));
  return go("/anmelden?problem=" + code);
}

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Response arrive(Call& call, Oidc& oidc) {
  if (!call.query("error").empty()) return back_with("oidc_refused", call.query("error"));
  const auto arrival = oidc.finish({call.query("state"), call.query("code"), call.query("iss"), call.request.cookie(cookie_of_the_way(call.shared.config)).value_or("")}, now());
  if (!arrival) return back_with(arrival.error().code, arrival.error().message);
  call.workspace.act_as(arrival->name);
  const auto account = app::arrive(call.workspace, *arrival);
  if (!account) {
    call.shared.sessions.end_all(arrival->name);  // what other browsers still hold
    return back_with(account.error().code, account.error().message);
  }
  auto response = go("/");
  begin_session_of(call, *account, response);
  return response;
}

}  // namespace

Response begin_oidc(Call& call) {
  if (!call.shared.oidc) return problem_response(404, "oidc_unknown", "Eine Anmeldung über einen Anmeldedienst ist hier nicht eingerichtet.");
  try {
    const auto begun = call.shared.oidc->begin(now());
    auto response = go(begun.address);
    response.headers.emplace_back("Set-Cookie", set_cookie(call.shared.config, begun.cookie));
    return response;
  } catch (const base::EnvironmentError& error) {
    return back_with("oidc_away", error.what());
  }
}

Response return_from_oidc(Call& call) {
  if (!call.shared.oidc) return problem_response(404, "oidc_unknown", "Eine Anmeldung über einen Anmeldedienst ist hier nicht eingerichtet.");
  Response response;
  try {
    response = arrive(call, *call.shared.oidc);
  } catch (const base::EnvironmentError& error) {
    response = back_with("oidc_away", error.what());
  }
  response.headers.emplace_back("Set-Cookie", set_cookie(call.shared.config, ""));
  return response;
}

}  // namespace zielwerk::server
