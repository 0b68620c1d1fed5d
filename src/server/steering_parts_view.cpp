// Negotiation, goals, programmes, budgets, considerations and settlement, as read off a file.
#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/settlement.h"
#include "intake/agreement_json.h"
#include "report/evaluation_report.h"
#include "server/rows.h"
#include "server/steering_view.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using base::Exact;

json::value amount(const std::optional<Exact>& value, int places) { return value ? json::value(base::round_half_away(*value, places).plain()) : json::value(nullptr); }
json::value euro(const std::optional<Exact>& value) { return amount(value, 2); }
json::value percent(const std::optional<Exact>& value) { return amount(value, 1); }
json::value places(const std::optional<Exact>& value) { return amount(value, 0); }

// The targets of an offer as numbers; its words are those of the whole text.
json::array offered_view(const steering::Entry& offer) {
  json::array all;
  const auto document = intake::parse_agreement("Angebot", offer.text("dokument"));
  if (!document) return all;
  for (const auto& one : document->agreement.targets) {
    const auto words = report::row_words(document->agreement, one.id);
    all.push_back({{"ziel", one.id}, {"wert", one.value.plain()}, {"einheit", one.unit}, {"vergleich", domain::sign(one.bound)}, {"veraenderung", words.change}});
  }
  return all;
}

json::array rounds_view(const app::SteeringFile& file) {
  json::array all;
  for (const auto& one : steering::rounds(file.record)) {
    json::object reasons;
    for (const auto& [target, words] : one.reasons) reasons[target] = words;
    all.push_back({{"zu", one.subject}, {"geteilt", one.shared}, {"gruende", std::move(reasons)}, {"werte", offered_view(*one.offer)}, {"einigung", one.consent != nullptr}, {"vereinbart", one.agreed}});
  }
  return all;
}

json::array signatures_view(const app::SteeringFile& file) {
  json::array all;
  for (const auto& one : steering::signatures(file.record, file.terms)) {
    all.push_back({{"partei", one.party}, {"name", one.name}, {"person", one.signer}, {"funktion", one.function}, {"ort", one.place}, {"datum", one.date},
                   {"in_vertretung", one.on_behalf}, {"auf_papier", one.on_paper}, {"gilt", one.counts}});
  }
  return all;
}

json::array items_view(const std::vector<steering::Item>& items) {
  json::array all;
  for (const auto& one : items) all.push_back({{"nr", one.number}, {"worte", one.words}, {"stand", one.state}, {"datum", one.date}, {"bericht", one.report}, {"nachweis", one.evidence}});
  return all;
}

json::array qualities_view(const app::SteeringFile& file) {
  json::array all;
  for (const auto& one : steering::qualities(file.record, file.terms)) {
    all.push_back({{"id", one.id}, {"titel", one.title}, {"schritte", items_view(one.steps)}, {"kriterien", items_view(one.criteria)}, {"ergebnis", one.result()}, {"widerspricht", one.contradicts()}});
  }
  return all;
}

json::array sites_view(const app::SteeringFile& file) {
  json::array all;
  for (const auto& one : steering::sites(file.record, file.terms)) {
    json::array months;
    for (const auto& month : one.months) months.push_back({{"monat", month.month.text()}, {"plaetze", places(month.places)}, {"quelle", month.source}, {"belegt", places(month.occupied)}});
    all.push_back({{"programm", one.programme}, {"name", one.name}, {"ort", one.location}, {"verantwortlich", one.responsible}, {"monate", std::move(months)}});
  }
  return all;
}

json::object title_view(const steering::Title& title) {
  json::array months;
  for (const auto& one : title.months) {
    months.push_back({{"monat", one.month.text()}, {"ausgegeben", euro(one.spent)}, {"gebunden", euro(one.bound)}, {"im_monat", euro(one.spent_in_month)}, {"ausschoepfung", percent(one.used)},
                      {"ausschoepfung_vorjahr", percent(one.used_last_year)}});
  }
  return {{"code", title.code}, {"name", title.label}, {"vereinbart", euro(title.agreed)}, {"zugeteilt", euro(title.allotted())}, {"umgeschichtet", euro(title.shifted)}, {"verfuegbar", euro(title.available)},
          {"abweichung", euro(title.deviation())}, {"monate", std::move(months)}};
}

json::object budget_view(const Call& call, const app::SteeringFile& file) {
  const auto year = app::budget_of(call.workspace, call.person(), file);
  json::array titles, facts;
  for (const auto& one : year.titles) titles.emplace_back(title_view(one));
  for (const auto& one : steering::deviations(year, file.terms)) facts.push_back({{"klausel", one.clause}, {"text", one.text}});
  json::value total = nullptr;
  if (year.total) total = {{"worte", year.total->words}, {"teile", euro(year.total->parts)}, {"passt", year.total->agrees}};
  return {{"titel", std::move(titles)}, {"summe", std::move(total)}, {"sachverhalte", std::move(facts)}};
}

// The sentence needs the verdict; a target that cannot be evaluated has none.
json::array weighings_view(const Call& call, const app::SteeringFile& file) {
  const auto all = steering::weighings(file.record, file.terms);
  if (all.empty() || !file.agreement) return {};
  const auto basis = app::settlement_basis(file.terms);
  const auto report = app::evaluate_on(call.workspace, *file.agreement, app::facts_of(call.workspace, *file.agreement), {basis.month, basis.waiting, false, false});
  json::array list;
  for (const auto& one : all) {
    const auto line = std::find_if(report.lines.begin(), report.lines.end(), [&](const auto& row) { return row.id == one.target; });
    list.push_back({{"ziel", one.target}, {"satz", steering::sentence(one, line == report.lines.end() ? "nicht_bewertbar" : line->status, file.terms)}, {"gilt", one.counts}});
  }
  return list;
}

json::value settlement_view(const Call& call, const app::SteeringFile& file) {
  const auto found = app::find_settlement(call.workspace, file);
  if (!found) return nullptr;
  return json::object{{"konto", found->account}, {"geaendert", texts(found->changed)}};
}

// What a settlement would be refused for today, once the year is over and as long as nothing is proposed.
json::array obstacles_view(const Call& call, const app::YearView& year) {
  const auto& file = *year.file;
  if (!file.agreement || year.today.substr(0, 4) <= std::to_string(file.terms.year) || !file.record.of_kind("abrechnung").empty()) return {};
  json::array all;
  if (const auto account = app::settlement_account(call.workspace, file, {"abrechnung", domain::shared_room, {}, 0}); !account) {
    for (const auto& one : account.error()) all.emplace_back(one.message);
  }
  return all;
}

}  // namespace

void put_parts(const Call& call, const app::YearView& year, json::object& view) {
  const auto& file = *year.file;
  view["runden"] = rounds_view(file);
  view["unterschriften"] = signatures_view(file);
  json::array missing;
  for (const auto& one : steering::missing_parts(file.record, file.terms)) missing.emplace_back(one.title);
  view["fehlende_anlagen"] = std::move(missing);
  view["qualitativ"] = qualities_view(file);
  view["plaetze"] = sites_view(file);
  view["haushalt"] = budget_view(call, file);
  view["abwaegungen"] = weighings_view(call, file);
  view["abrechnung"] = settlement_view(call, file);
  view["fehlt_zur_abrechnung"] = obstacles_view(call, year);
}

}  // namespace zielwerk::server
