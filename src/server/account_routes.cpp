// Accounts, which administrators make and change, and keys for programs: each account sees, makes and ends its own. With a key neither can be
// done: whoever finds one must not stay.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/access_keys.h"
#include "app/rights.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "server/body.h"
#include "server/handlers.h"
#include "server/passwords.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

json::object told(const domain::AccessKey& key, const std::string& now) {
  return {{"id", key.id},
          {"zweck", key.purpose},
          {"angelegt", key.made_at},
          {"gueltig_bis", key.expires_at},
          {"beendet", key.ended_at.empty() ? json::value(nullptr) : json::value(key.ended_at)},
          {"gilt", key.ended_at.empty() && now < key.expires_at}};
}

std::optional<Response> not_a_person(const Call& call) {
  if (call.key.empty()) return std::nullopt;
  return problem_response(403, "session_needed", "Konten und Zugangsschlüssel verwaltet nur, wer sich als Person angemeldet hat.");
}

json::object told(const Call& call, const domain::Account& one) {
  return {{"konto", one.name},
          {"person", one.person},
          {"rolle", domain::code(one.role)},
          {"rolle_wort", domain::in_words(one.role)},
          {"zustaendigkeit", one.scope},
          {"gesperrt", one.locked},
          {"geaendert", one.changed_at},
          {"erstkennwort_bis", one.first_password_until.empty() ? json::value(nullptr) : json::value(one.first_password_until)},
          {"anmeldedienst", app::is_foreign(one.name)},
          {"sitzungen", call.shared.sessions.count(one.name, std::chrono::steady_clock::now())}};
}

Response failed(const base::Problems& problems) {
  const auto& code = problems.front().code;
  return problem_response(code == "account_unknown" ? 404 : code == "account_exists" ? 409 : code == "right_missing" ? 403 : 422, problems);
}

// The account with a password that is shown in this one answer.
Response with_password(const Call& call, const domain::Account& account, const std::string& password, int status) {
  auto body = told(call, account);
  body["kennwort"] = password;
  auto response = json_response(body, status);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

Response list_accounts(Call& call) {
  json::array accounts, roles;
  for (const auto& one : call.workspace.store().accounts()) accounts.emplace_back(told(call, one));
  for (const auto one : domain::all_roles()) roles.push_back({{"code", domain::code(one)}, {"wort", domain::in_words(one)}});
  return json_response({{"konten", std::move(accounts)}, {"rollen", std::move(roles)}});
}

Response make_account(Call& call) {
  if (auto no = not_a_person(call)) return std::move(*no);
  Body wanted(call.request);
  app::NewAccount account{wanted.text("konto"), wanted.text("person"), wanted.text("rolle"), wanted.text("zustaendigkeit"), "", true};
  if (auto no = wanted.unfit()) return std::move(*no);
  const auto password = made_up_password();
  account.password_hash = *hash_password(password);
  const auto made = app::add_account(call.workspace, account);
  return made ? with_password(call, *made, password, 201) : failed(made.error());
}

Response change_account(Call& call) {
  if (auto no = not_a_person(call)) return std::move(*no);
  Body body(call.request);
  app::AccountChange wanted;
  const auto text = [&](const char* name, std::optional<std::string>& member) {
    auto given = body.text(name, false);
    if (body.has(name)) member = std::move(given);
  };
  text("person", wanted.person);
  text("rolle", wanted.role);
  text("zustaendigkeit", wanted.scope);
  const bool locked = body.flag("gesperrt", false);
  if (body.has("gesperrt")) wanted.locked = locked;
  if (auto no = body.unfit()) return std::move(*no);
  const auto changed = app::change_account(call.workspace, call.account->name, call.path.at("konto"), wanted);
  return changed ? json_response(told(call, *changed)) : failed(changed.error());
}

Response give_first_password(Call& call) {
  if (auto no = not_a_person(call)) return std::move(*no);
  Body body(call.request);
  if (auto no = body.unfit()) return std::move(*no);
  const auto password = made_up_password();
  const auto changed = app::give_first_password(call.workspace, call.path.at("konto"), *hash_password(password));
  return changed ? with_password(call, *changed, password, 200) : failed({changed.error()});
}

Response end_sessions_of_account(Call& call) {
  if (auto no = not_a_person(call)) return std::move(*no);
  const auto& name = call.path.at("konto");
  const auto accounts = call.workspace.store().accounts();
  const auto* account = app::find_account(accounts, name);
  if (!account) return problem_response(404, "account_unknown", fmt::format("Ein Konto {} gibt es nicht.", base::quoted(name)));
  call.workspace.commit([&](store::Store&) { return app::Workspace::Change{"konto.abmelden", name, ""}; });
  call.shared.sessions.end_all(name);
  return json_response(told(call, *account));
}

Response list_access_keys(Call& call) {
  json::array keys;
  for (const auto& one : call.workspace.store().access_keys()) {
    if (one.account == call.account->name) keys.emplace_back(told(one, call.workspace.now()));
  }
  return json_response({{"zugaenge", std::move(keys)}});
}

Response make_access_key(Call& call) {
  if (auto no = not_a_person(call)) return std::move(*no);
  Body wanted(call.request);
  const auto purpose = wanted.text("zweck");
  const auto days = wanted.number("tage");
  if (auto no = wanted.unfit()) return std::move(*no);
  const auto secret = "zw_" + random_token();
  const auto made = app::make_access_key(call.workspace, {call.account->name, purpose, days < 1 || days > app::longest_key_days ? 0 : static_cast<int>(days), documents::sha256(secret)});
  if (!made) return problem_response(422, made.error());
  auto body = told(*made, call.workspace.now());
  body["schluessel"] = secret;
  auto response = json_response(body, 201);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response end_access_key(Call& call) {
  if (auto no = not_a_person(call)) return std::move(*no);
  const auto ended = app::end_access_key(call.workspace, call.path.at("key"), call.account->name);
  return ended ? json_response(told(*ended, call.workspace.now())) : problem_response(404, {ended.error()});
}

}  // namespace zielwerk::server
