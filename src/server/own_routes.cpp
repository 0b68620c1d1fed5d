// The server itself, sessions, and the record of changes.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/audit.h"
#include "base/resource.h"
#include "base/text.h"
#include "domain/draft.h"
#include "server/body.h"
#include "server/handlers.h"
#include "server/passwords.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

json::object about(const Call& call) {
  json::array rights;
  const std::pair<app::Right, const char*> all[] = {{app::Right::ReadFigures, "zahlen.lesen"},        {app::Right::ReadAgreements, "vereinbarungen.lesen"},
                                                    {app::Right::ReadDeliveries, "lieferungen.lesen"}, {app::Right::TakeDelivery, "lieferungen.uebernehmen"},
                                                    {app::Right::WriteDrafts, "entwuerfe.bearbeiten"},
                                                    {app::Right::ConfirmAgreement, "vereinbarungen.bestaetigen"},
                                                    {app::Right::ReadAudit, "protokoll.lesen"},       {app::Right::ReadAccounts, "konten.lesen"},
                                                    {app::Right::ManageAccounts, "konten.verwalten"},
                                                    {app::Right::Steer, "jahr.steuern"}};
  for (const auto& [right, code] : all) {
    if (app::may(call.account->role, right)) rights.emplace_back(code);
  }
  const auto side = call.person().side();
  return {{"konto", call.account->name},          {"person", call.account->person}, {"rolle", domain::code(call.account->role)},
          {"rolle_wort", domain::in_words(call.account->role)}, {"zustaendigkeit", call.account->scope}, {"seite", side ? json::value(domain::code(*side)) : json::value(nullptr)}, {"rechte", std::move(rights)}, {"kennwort_aendern", !call.account->first_password_until.empty()}, {"csrf", call.csrf}};
}

std::string cookie(const Config& config, const std::string& value, bool end) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", cookie_name(config), value, config.secure() ? "; Secure" : "", end ? "; Max-Age=0" : "");
}

bool on_this_machine(const std::string& peer) { return peer == "::1" || peer.starts_with("127."); }

// Behind a proxy on this machine all share one address; the proxy says whose it is. Nobody else is believed.
std::string throttled_peer(const Request& request) {
  if (!on_this_machine(request.peer)) return request.peer;
  return std::string(base::trim(base::split(request.header("x-forwarded-for"), ',').back()));
}

std::optional<Response> throttled(const Call& call, const std::string& name, const std::string& peer) {
  const int seconds = call.shared.throttle.wait(name, peer, std::chrono::steady_clock::now());
  if (seconds == 0) return std::nullopt;
  auto response = problem_response(429, "login_throttled", fmt::format("Zu viele Fehlversuche; in {} Minuten geht es wieder.", seconds / 60 + 1));
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

}  // namespace

Response health(Call&) { return json_response({{"status", "ok"}}); }

Response ready(Call& call) {
  call.workspace.store().audit_head();  // throws if the store is away: 503
  return json_response({{"status", "bereit"}});
}

Response metrics(Call& call) {
  const auto& token = call.shared.config.metrics_token;
  const bool local = on_this_machine(call.request.peer) && call.request.header("x-forwarded-for").empty() && call.request.header("forwarded").empty();
  const bool allowed = token.empty() ? local : same_secret(call.request.header("authorization"), "Bearer " + token);
  if (!allowed) return problem_response(403, "right_missing", "Messwerte gibt es nur auf diesem Rechner oder mit dem Zugangswort.");
  Response response;
  response.type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = call.shared.metrics.text();
  return response;
}

Response contract(Call&) {
  Response response;
  response.body = base::resource("docs/api/openapi.json");
  return response;
}

Response begin_session(Call& call) {
  Body login(call.request);
  const auto name = login.text("name");
  const auto password = login.text("kennwort");
  if (auto no = login.unfit()) return std::move(*no);
  const auto now = std::chrono::steady_clock::now();
  const auto peer = throttled_peer(call.request);
  if (auto no = throttled(call, name, peer)) return std::move(*no);
  const auto accounts = call.workspace.store().accounts();
  const auto* account = app::find_account(accounts, name);
  // One answer for a wrong name, a wrong password, one that is over and a locked account, after the same time.
  const bool fits = password_fits(account ? account->password_hash : "", password);
  if (!fits || account->locked || (!account->first_password_until.empty() && account->first_password_until <= call.workspace.now())) {
    call.shared.throttle.failed(name, peer, now);
    return problem_response(401, "login_failed", "Name oder Kennwort stimmen nicht.");
  }
  call.shared.throttle.succeeded(name);
  Response cookies;
  begin_session_of(call, *account, cookies);
  auto response = json_response(about(call), 201);
  response.headers = std::move(cookies.headers);
  return response;
}

void begin_session_of(Call& call, const domain::Account& account, Response& response) {
  const auto now = std::chrono::steady_clock::now();
  if (const auto old = call.request.cookie(cookie_name(call.shared.config))) call.shared.sessions.end(*old);
  const auto token = call.shared.sessions.begin(account.name, account.password_hash, now);
  call.workspace.act_as(account.name);
  call.workspace.commit([&](store::Store&) { return app::Workspace::Change{"anmeldung", account.name, app::is_foreign(account.name) ? "Anmeldedienst" : ""}; });
  call.account = account;
  call.csrf = call.shared.sessions.find(token, now)->csrf;
  response.headers.emplace_back("Set-Cookie", cookie(call.shared.config, token, false));
}

Response login_ways(Call& call) {
  const auto& config = call.shared.config;
  return json_response({{"kennwort", true}, {"anmeldedienst", call.shared.oidc ? json::value(config.oidc.label) : json::value(nullptr)}, {"oeffentlich", config.published}});
}

Response show_session(Call& call) { return json_response(about(call)); }

Response end_session(Call& call) {
  if (!call.key.empty()) return problem_response(403, "session_needed", "Mit einem Zugangsschlüssel gibt es keine Sitzung, die enden könnte.");
  call.shared.sessions.end(*call.request.cookie(cookie_name(call.shared.config)));
  auto response = json_response({{"status", "abgemeldet"}});
  response.headers.emplace_back("Set-Cookie", cookie(call.shared.config, "", true));
  return response;
}

Response change_own_password(Call& call) {
  if (!call.key.empty()) return problem_response(403, "session_needed", "Ein Kennwort ändert nur, wer sich als Person angemeldet hat.");
  Body body(call.request);
  const auto before = body.text("bisher");
  const auto wanted = body.text("neu");
  if (auto no = body.unfit()) return std::move(*no);
  const auto name = call.account->name;
  const auto peer = throttled_peer(call.request);
  if (auto no = throttled(call, name, peer)) return std::move(*no);
  if (!password_fits(call.account->password_hash, before)) {
    call.shared.throttle.failed(name, peer, std::chrono::steady_clock::now());
    return problem_response(403, "password_wrong", "Das bisherige Kennwort stimmt nicht.");
  }
  if (wanted == before) return problem_response(422, "password_same", "Das neue Kennwort ist das bisherige; erwartet ist ein anderes.");
  const auto hash = hash_password(wanted);
  if (!hash) return problem_response(422, {hash.error()});
  const auto changed = app::change_password(call.workspace, name, *hash);
  Response cookies;
  begin_session_of(call, *changed, cookies);
  auto response = json_response(about(call));
  response.headers = std::move(cookies.headers);
  return response;
}

Response list_audit(Call& call) {
  const auto wanted = base::parse_decimal(call.query("from").empty() ? "1" : call.query("from"));
  if (!wanted || wanted->places != 0 || wanted->digits < 1) return problem_response(422, "from_invalid", "from ist die Nummer eines Eintrags, von 1 an.");
  constexpr std::size_t most = 500;
  json::array entries;
  const auto all = call.workspace.store().audit(static_cast<std::uint64_t>(wanted->digits));
  for (std::size_t i = 0; i < all.size() && i < most; ++i) {
    const auto& one = all[i];
    entries.push_back({{"nr", one.number}, {"zeit", one.at}, {"wer", one.actor}, {"was", one.action}, {"woran", one.object}, {"naeheres", one.detail}, {"pruefsumme", one.hash}});
  }
  const auto state = app::verify_audit(call.workspace);
  json::array findings;
  for (const auto& one : state.findings) findings.push_back({{"code", one.code}, {"meldung", one.message}, {"stelle", one.where}});
  return json_response({{"kopf", state.head}, {"unversehrt", state.findings.empty()}, {"befunde", std::move(findings)}, {"eintraege", std::move(entries)}});
}

}  // namespace zielwerk::server
