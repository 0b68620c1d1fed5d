// Deliveries: what came, what a file would do, and taking it over.
#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/completeness.h"
#include "app/preview.h"
#include "base/text.h"
#include "server/chosen.h"
#include "server/handlers.h"
#include "server/rows.h"
#include "server/upload.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

constexpr const char* workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::vector<app::LayoutProfile> profiles(const Call& call) { return app::layout_profiles(call.shared.config.profiles, call.workspace.vocabulary()); }

std::optional<Response> unfit(const Call& call) {
  if (!valid_file_name(call.query("name"), {".csv", ".xlsx"})) return problem_response(422, "file_name_invalid", "name ist der Name der Datei ohne Ordner, mit der Endung .csv oder .xlsx.");
  const bool is_workbook = call.query("name").ends_with(".xlsx");
  if (call.request.header("content-type") != (is_workbook ? workbook : "text/csv")) return problem_response(415, "content_type", fmt::format("Erwartet ist {}.", is_workbook ? workbook : "text/csv"));
  const auto known = is_workbook ? profiles(call) : std::vector<app::LayoutProfile>();
  if (is_workbook && std::none_of(known.begin(), known.end(), [&](const auto& one) { return one.name == call.query("profile"); })) {
    std::vector<std::string> names;
    for (const auto& one : known) names.push_back(one.name);
    return problem_response(422, "profile_missing", names.empty() ? std::string("Excel-Mappen nimmt dieser Server nicht an; wer ihn betreibt, nennt unter profiles einen Ordner mit Layoutprofilen.")
                                                                  : fmt::format("Eine Excel-Mappe braucht ein Layoutprofil: profile ist {}.", base::join(names, " oder ")));
  }
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
  base::Exact whole = 0;
  for (const auto& part : one.parts) {
    whole += base::Exact(part.change);
    parts.push_back({{"teil", app::code(part.part)}, {"veraenderung", part.change}, {"anzeige", base::german_or_rounded(base::Exact(part.change), 4)}});
  }
  const auto number = *domain::ProviderNumber::parse(one.jobcenter);
  return {{"agreement", one.agreement}, {"traeger", one.jobcenter}, {"name", call.workspace.directory().name(number)}, {"monat_vorher", one.month_before.text()}, {"monat", one.month.text()}, {"ziel", one.before.id},
          {"vorher", report::to_json(one.before)}, {"nachher", report::to_json(one.after)}, {"teile", std::move(parts)},
          {"ganzes", one.parts.empty() ? json::value(nullptr) : json::value(base::fraction(whole))}, {"ganzes_anzeige", one.parts.empty() ? json::value(nullptr) : json::value(base::german_or_rounded(whole, 4))}};
}

// Those that turn over an earlier verdict first. Of a national delivery there may be tens of thousands.
json::array flips_of(const Call& call, std::vector<app::Flip> all) {
  constexpr std::size_t most = 300;
  std::stable_partition(all.begin(), all.end(), [](const app::Flip& one) { return one.before.status == "erreicht" || one.before.status == "nicht_erreicht"; });
  json::array flips;
  for (std::size_t at = 0; at < std::min(most, all.size()); ++at) flips.emplace_back(flip(call, all[at]));
  return flips;
}

std::optional<int> number_of(const std::string& text, int least, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) return std::nullopt;
  return number;
}

app::ImportFacts wish(const Call& call, const Upload& upload, bool check) {
  app::ImportFacts wanted{upload.file(), {}, check, call.query("correction") == "true", call.query("note")};
  if (upload.file().extension() == ".xlsx") {
    for (const auto& one : profiles(call)) {
      if (one.name == call.query("profile")) wanted.profile = one.file;
    }
  }
  return wanted;
}

}  // namespace

Response list_profiles(Call& call) {
  json::array all;
  for (const auto& one : profiles(call)) all.push_back({{"name", one.name}, {"beschreibung", one.description}});
  return json_response({{"profile", std::move(all)}});
}

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

Response show_delivery(Call& call) {
  const auto unknown = [&] { return problem_response(404, "delivery_unknown", fmt::format("Die Lieferung {} gibt es nicht, oder sie enthält nichts aus der eigenen Zuständigkeit.", base::quoted(call.path.at("nr")))); };
  const auto number = number_of(call.path.at("nr"), 1, std::numeric_limits<int>::max());
  if (!number) return unknown();
  const auto all = call.workspace.store().deliveries();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == static_cast<domain::DeliveryId>(*number); });
  if (found == all.end()) return unknown();
  const auto effect = app::effect_of(call.workspace, found->id, call.scope);
  if (effect.jobcenters.empty() && !call.scope.everything()) return unknown();
  constexpr std::size_t most = 50;
  json::array jobcenters;
  for (std::size_t at = 0; at < std::min(most, effect.jobcenters.size()); ++at) jobcenters.push_back({{"traeger", effect.jobcenters[at].text()}, {"name", call.workspace.directory().name(effect.jobcenters[at])}});
  return json_response({{"lieferung", delivery(*found)}, {"neu", effect.added}, {"revidiert", effect.revised}, {"korrigiert", effect.corrected}, {"ohne_zahl", effect.without_number},
                        {"jobcenter_anzahl", effect.jobcenters.size()}, {"jobcenter", std::move(jobcenters)}, {"urteile_anzahl", effect.flips.size()}, {"urteile", flips_of(call, effect.flips)}});
}

Response completeness(Call& call) {
  constexpr std::size_t per_page = 25;
  const auto year = number_of(call.query("year"), 1900, 2999);
  if (!year) return problem_response(422, "year_invalid", "year ist ein Jahr, JJJJ.");
  const auto page = call.query("page").empty() ? std::optional(1) : number_of(call.query("page"), 1, 1'000'000);
  if (!page) return problem_response(422, "page_invalid", "page ist die Nummer einer Seite, von 1 an.");
  const auto form = domain::parse_form(call.query("form"));
  if (!form && !call.query("form").empty()) return problem_response(422, "form_invalid", "form ist gE oder zkT.");
  std::vector<domain::ProviderNumber> all, shown;
  for (const auto& one : call.workspace.directory().all()) {
    if (!one.possible_in(*year) || !call.scope.covers(one.number, call.workspace.directory())) continue;
    if ((!call.query("land").empty() && one.land != call.query("land")) || (form && one.form_in(*year) != form)) continue;
    all.push_back(one.number);
  }
  const auto from = (static_cast<std::size_t>(*page) - 1) * per_page;
  for (auto at = from; at < std::min(all.size(), from + per_page); ++at) shown.push_back(all[at]);
  json::array rows;
  for (const auto& row : app::completeness(call.workspace, shown, *year)) {
    json::array months;
    for (const auto& month : row.months) {
      std::string letters;
      for (const auto state : month) letters += app::letter(state);
      months.emplace_back(letters);
    }
    const auto* jobcenter = call.workspace.directory().find(row.jobcenter);
    rows.push_back({{"traeger", row.jobcenter.text()}, {"name", call.workspace.directory().name(row.jobcenter)}, {"land", or_null(jobcenter ? jobcenter->land : "")}, {"reihen", row.series}, {"nach_vereinbarung", row.by_agreement}, {"monate", std::move(months)}});
  }
  return json_response({{"jahr", *year}, {"gesamt", all.size()}, {"seite", *page}, {"seiten", std::max<std::size_t>(1, (all.size() + per_page - 1) / per_page)}, {"zeilen", std::move(rows)}});
}

Response check_delivery(Call& call) {
  if (auto no = unfit(call)) return std::move(*no);
  const Upload upload(call.query("name"), call.request.body);
  const auto preview = app::preview_facts(call.workspace, wish(call, upload, true));
  if (!preview) return failed(preview.error());
  if (auto no = outside(call, {preview->jobcenters.begin(), preview->jobcenters.end()})) return std::move(*no);
  const auto& taken = preview->facts.taken;
  return json_response({{"lieferung", delivery(taken.delivery)}, {"zaehlung", counts(taken)}, {"verweigert", problem_list(taken.refused)}, {"hinweise", problem_list(preview->facts.remarks)}, {"urteile_anzahl", preview->flips.size()}, {"urteile", flips_of(call, preview->flips)}});
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
