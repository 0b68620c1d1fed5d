// Deliveries: what came, what a file would do, and taking it over.
#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/preview.h"
#include "base/text.h"
#include "server/chosen.h"
#include "server/handlers.h"
#include "server/upload.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

std::optional<Response> unfit(const Call& call) {
  if (!valid_file_name(call.query("name"), {".csv"})) return problem_response(422, "file_name_invalid", "name ist der Name der Datei ohne Ordner, mit der Endung .csv.");
  if (call.request.header("content-type") != "text/csv") return problem_response(415, "content_type", "Erwartet ist text/csv.");
  if (const auto correction = call.query("correction"); !correction.empty() && correction != "true" && correction != "false") {
    return problem_response(422, "correction_invalid", "correction ist true oder false.");
  }
  if (call.query("note").size() > 500) return problem_response(422, "note_invalid", "note hat höchstens 500 Zeichen.");
  return std::nullopt;
}

std::optional<Response> outside(const Call& call, const std::set<domain::ProviderNumber>& jobcenters) {
  for (const auto number : jobcenters) {
    if (call.scope.covers(number, call.workspace.directory())) continue;
    return problem_response(403, "scope_missing", fmt::format("Die Lieferung enthält Zahlen von {} {}; das liegt außerhalb der eigenen Zuständigkeit.", number.text(), call.workspace.directory().name(number)));
  }
  return std::nullopt;
}

json::array problem_list(const base::Problems& problems) {
  constexpr std::size_t most = 200;
  json::array all;
  for (std::size_t i = 0; i < problems.size() && i < most; ++i) all.push_back({{"code", problems[i].code}, {"meldung", problems[i].message}, {"stelle", problems[i].where}});
  return all;
}

json::object counts(const store::TakenOver& taken) {
  return {{"bekannt", taken.already_known}, {"neu", taken.added}, {"gleich", taken.known}, {"korrigiert", taken.corrected}, {"revidiert", taken.revised}, {"zurueckgehalten", taken.withheld}};
}

json::object delivery(const domain::Delivery& one) {
  return {{"nr", one.id},          {"quelle", one.source}, {"eingang", one.received_at}, {"korrektur", one.correction}, {"werte", one.facts},
          {"von", one.first_state.text()}, {"bis", one.last_state.text()}, {"sha256", one.sha256}, {"bemerkung", one.note}};
}

json::object flip(const Call& call, const app::Flip& one) {
  json::array parts;
  for (const auto& part : one.parts) {
    parts.push_back({{"teil", app::code(part.part)}, {"veraenderung", part.change}, {"anzeige", base::german_or_rounded(base::Exact(part.change), 4)}});
  }
  const auto number = *domain::ProviderNumber::parse(one.jobcenter);
  return {{"agreement", one.agreement}, {"traeger", one.jobcenter}, {"name", call.workspace.directory().name(number)}, {"monat_vorher", one.month_before.text()}, {"monat", one.month.text()}, {"ziel", one.before.id},
          {"vorher", report::to_json(one.before)}, {"nachher", report::to_json(one.after)}, {"teile", std::move(parts)}};
}

app::ImportFacts wish(const Call& call, const Upload& upload, bool check) { return {upload.file(), {}, check, call.query("correction") == "true", call.query("note")}; }

}  // namespace

Response list_deliveries(Call& call) {
  const auto& store = call.workspace.store();
  std::set<domain::DeliveryId> seen;
  if (!call.scope.everything()) {
    for (const auto number : store.jobcenters()) {
      if (!call.scope.covers(number, call.workspace.directory())) continue;
      const auto history = store.read(number);
      for (const auto& [series, records] : history.all()) {
        for (const auto& record : records) seen.insert(record.delivery);
      }
    }
  }
  json::array all;
  for (const auto& one : store.deliveries()) {
    if (call.scope.everything() || seen.contains(one.id)) all.emplace_back(delivery(one));
  }
  return json_response({{"lieferungen", std::move(all)}});
}

Response check_delivery(Call& call) {
  if (auto no = unfit(call)) return std::move(*no);
  const Upload upload(call.query("name"), call.request.body);
  const auto preview = app::preview_facts(call.workspace, wish(call, upload, true));
  if (!preview) return failed(preview.error());
  if (auto no = outside(call, {preview->jobcenters.begin(), preview->jobcenters.end()})) return std::move(*no);
  json::array flips;
  for (const auto& one : preview->flips) flips.emplace_back(flip(call, one));
  const auto& taken = preview->facts.taken;
  return json_response({{"lieferung", delivery(taken.delivery)}, {"zaehlung", counts(taken)}, {"verweigert", problem_list(taken.refused)}, {"hinweise", problem_list(preview->facts.remarks)}, {"urteile", std::move(flips)}});
}

Response take_delivery(Call& call) {
  if (auto no = unfit(call)) return std::move(*no);
  const Upload upload(call.query("name"), call.request.body);
  const auto request = wish(call, upload, false);
  auto file = app::read_facts(call.workspace, request, {});
  if (!file) return failed(file.error());
  std::set<domain::ProviderNumber> jobcenters;
  for (const auto& column : file->table.columns) jobcenters.insert(column.jobcenter);
  if (auto no = outside(call, jobcenters)) return std::move(*no);
  const auto taken = app::take_facts(call.workspace, std::move(*file), request);
  if (!taken) return failed(taken.error());
  return json_response({{"lieferung", delivery(taken->taken.delivery)}, {"zaehlung", counts(taken->taken)}, {"hinweise", problem_list(taken->remarks)}}, taken->taken.already_known ? 200 : 201);
}

}  // namespace zielwerk::server
