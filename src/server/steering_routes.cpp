// The steering year: what can be done, an agreement's file, doing it, annexes.
#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "server/body.h"
#include "server/handlers.h"
#include "server/steering_view.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using steering::Entry;

app::SteeringFile file_of(const Call& call) { return *app::open_file(call.workspace, call.person(), call.path.at("id")); }

// What somebody else wrote meanwhile in the place where this was to go.
const Entry* in_the_way(const steering::Record& record, const steering::Intent& intent) {
  const auto given = [&](std::string_view name) {
    const auto found = intent.fields.find(std::string(name));
    return found == intent.fields.end() ? std::string() : std::string(base::trim(found->second));
  };
  if (intent.kind == "zustimmung") {
    const auto number = base::parse_decimal(given("vorgang"));
    const auto* agreed = number ? record.shared(static_cast<int>(number->digits)) : nullptr;
    return agreed ? record.newest(agreed->act.kind, agreed->act.subject) : nullptr;
  }
  const Entry* newest = nullptr;
  for (const auto* one : record.of_kind(intent.kind)) {
    const auto& fields = one->kind->fields;
    const bool same = one->kind->about.empty() ? std::all_of(fields.begin(), fields.end(), [&](const auto& field) { return !field.key || one->text(field.code) == given(field.code); }) : one->act.subject == given("zu");
    const bool here = (one->act.room == domain::shared_room) == (intent.room == domain::shared_room);
    if (same && here) newest = one;
  }
  return newest;
}

Response not_done(Call& call, const base::Problems& problems, const steering::Intent& intent) {
  auto response = problem_response(status_of_act(problems.front()), problems);
  if (response.status != 412) return response;
  const auto file = file_of(call);
  auto body = json::parse(response.body).as_object();
  const auto* other = in_the_way(file.record, intent);
  body["inzwischen"] = other ? json::value(act_view(call, file, *other)) : json::value(nullptr);
  response.body = json::serialize(body);
  return response;
}

}  // namespace

int status_of_act(const base::Problem& problem) {
  if (problem.code == "version_outdated") return 412;
  if (problem.code == "file_closed" || problem.code == "consent_pointless" || problem.code == "settlement_outdated") return 409;
  if (problem.code == "side_missing" || problem.code == "not_a_party") return 403;
  if (problem.code == "upload_too_large") return 413;
  return 422;
}

Response kept_act(const Call& call, const domain::Act& act) {
  const auto file = file_of(call);
  const auto& entries = file.record.entries();
  const auto kept = std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.act.room == act.room && one.act.number == act.number; });
  return json_response(act_view(call, file, *kept), 201);
}

Response list_act_kinds(Call&) { return json_response({{"arten", kinds_view()}}); }

Response show_steering_file(Call& call) { return json_response(file_view(call, *app::year_of(call.workspace, call.person(), call.path.at("id"), call.workspace.now().substr(0, 10)))); }

Response take_act(Call& call) {
  Body body(call.request);
  steering::Intent intent;
  intent.kind = body.text("art");
  intent.room = body.flag("eigen") ? "eigen" : domain::shared_room;
  intent.fields = body.named_texts("felder");
  intent.replaces = static_cast<int>(std::clamp<std::int64_t>(body.number("ersetzt", false), 0, 1'000'000'000));
  std::map<std::string, app::Upload> uploads;
  auto parts = body.objects("dateien");
  for (auto& one : parts) uploads[one.text("feld")] = {one.text("name"), one.bytes("inhalt")};
  if (auto no = body.unfit()) return std::move(*no);
  for (auto& one : parts) {
    if (auto no = one.unfit()) return std::move(*no);
  }
  const auto done = app::act(call.workspace, call.person(), call.path.at("id"), intent, uploads);
  if (!done) return not_done(call, done.error(), intent);
  return kept_act(call, *done);
}

Response download_annex(Call& call) {
  const auto kept = app::find_file(call.workspace, file_of(call), call.path.at("pruefsumme"));
  if (!kept) return problem_response(kept.error().code == "file_changed" ? 409 : 404, {kept.error()});
  Response response;
  response.type = kept->type;
  response.body = kept->bytes;
  response.headers.emplace_back("Content-Disposition", attachment(kept->name));
  // Whatever a browser makes of it, it is nobody's page here.
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
  return response;
}

}  // namespace zielwerk::server
