// Keys for programs: each account sees, makes and ends its own. A key cannot make further keys: whoever finds one must not stay.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/access_keys.h"
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
  return problem_response(403, "session_needed", "Zugangsschlüssel verwaltet nur, wer sich als Person angemeldet hat.");
}

}  // namespace

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
