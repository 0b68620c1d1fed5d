// One figure over Jobcenter: ranks, courses, a second figure beside it; own figures beside official ones.
#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/early_figures.h"
#include "app/figures.h"
#include "base/text.h"
#include "server/chosen.h"
#include "server/handlers.h"
#include "server/rows.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

json::value shown(const app::FigureValue& value) { return value.reading ? json::value(base::round_half_away(value.reading->value, 1).plain()) : json::value(nullptr); }

const char* unit_of(const indicators::Subject& subject) { return subject.figure.in_percent() ? "PERCENT" : "COUNT"; }

struct Asked {
  indicators::Subject figure;
  std::optional<indicators::Subject> against;
  base::Month month;
  domain::DataState state;
  app::PeerFilter filter;
};

base::Result<std::vector<domain::ProviderNumber>> free_group(const Call& call) {
  std::vector<domain::ProviderNumber> only;
  if (call.query("traeger").empty()) return only;
  for (const auto& text : base::split(call.query("traeger"), ',')) {
    const auto number = domain::ProviderNumber::parse(text);
    if (!number || !call.workspace.directory().find(*number) || !call.scope.covers(*number, call.workspace.directory())) {
      return base::problem("jobcenter_unknown", fmt::format("{} gibt es nicht, oder es liegt außerhalb der eigenen Zuständigkeit.", base::quoted(text)), "traeger");
    }
    only.push_back(*number);
  }
  return only;
}

base::Result<Asked> asked(const Call& call) {
  const auto month = base::Month::parse(call.query("month"));
  if (!month) return base::problem("month_invalid", "month ist der Berichtsmonat, JJJJ-MM.", "month");
  const auto waiting = waiting_at(call.query("asOf"), *month);
  if (!waiting) return tl::unexpected(waiting.error());
  const auto form = domain::parse_form(call.query("form"));
  if (!form && !call.query("form").empty()) return base::problem("form_invalid", "form ist gE oder zkT.", "form");
  auto only = free_group(call);
  if (!only) return tl::unexpected(only.error());
  const auto figure = app::find_figure(call.workspace, call.path.at("kennzahl"), *month);
  if (!figure) return tl::unexpected(figure.error());
  Asked what{*figure, {}, *month, {*month + waiting->value_or(3)}, {call.query("land"), form, call.query("peerGroup"), std::move(*only)}};
  if (const auto other = call.query("against"); !other.empty()) {
    const auto against = app::find_figure(call.workspace, other, *month);
    if (!against) return tl::unexpected(against.error());
    what.against = *against;
  }
  return what;
}

json::array course(const Call& call, const Asked& what, domain::ProviderNumber jobcenter) {
  const auto facts = call.workspace.store().read(jobcenter, app::series_of(what.figure.figure));
  json::array points;
  for (const auto& one : app::figure_course(what.figure, what.figure.sex, facts, what.month, what.state, app::FigureForm::Month, 12)) {
    points.push_back({{"monat", one.month.text()}, {"vorlaeufig", what.state.loaded - one.month < 3}, {"wert", shown(one.value)}});
  }
  return points;
}

// By Jobcenter, of the second figure.
std::map<domain::ProviderNumber, app::FigureValue> second_figure(const Call& call, const Asked& what) {
  std::map<domain::ProviderNumber, app::FigureValue> values;
  if (!what.against) return values;
  const auto peers = app::compare_peers(call.workspace, *what.against, what.filter, what.month, what.state, app::FigureForm::YearToDate);
  if (!peers) return values;
  for (const auto& one : peers->values) values[one.jobcenter] = one.value;
  return values;
}

report::Table as_table(const Call& call, const Asked& what, const app::Peers& peers, const std::map<domain::ProviderNumber, app::FigureValue>& second) {
  using report::Align;
  report::Table table;
  table.title = "Vergleich " + what.figure.figure.code;
  const auto unit = [](const indicators::Subject& subject) { return subject.figure.in_percent() ? " in %" : ""; };
  table.columns = {{"rang", "Rang", Align::Decimal}, {"traeger", "Träger"}, {"name", "Jobcenter"}, {"land", "Land"}, {"monat", "Berichtsmonat"}, {"ladestand", "Ladestand"},
                   {"wert", what.figure.figure.code + unit(what.figure), Align::Decimal}};
  if (what.against) table.columns.push_back({"gegen", what.against->figure.code + unit(*what.against), Align::Decimal});
  table.columns.push_back({"grund", "Grund"});
  const auto number = [](const app::FigureValue& value) { return report::Cell{value.reading ? base::round_half_away(value.reading->value, 1).plain() : "", {}, {}}; };
  for (const auto& one : peers.values) {
    const auto* jobcenter = call.workspace.directory().find(one.jobcenter);
    auto& row = table.rows.emplace_back();
    row = {{one.rank ? std::to_string(one.rank) : "", {}, {}}, {one.jobcenter.text(), {}, {}}, {call.workspace.directory().name(one.jobcenter), {}, {}}, {jobcenter ? jobcenter->land : "", {}, {}},
           {what.month.text(), {}, {}}, {what.state.loaded.text(), {}, {}}, number(one.value)};
    if (what.against) row.push_back(second.contains(one.jobcenter) ? number(second.at(one.jobcenter)) : report::Cell{});
    row.push_back({one.value.reason, {}, {}});
  }
  table.notes = {fmt::format("{} ({}), Jahresfortschrittswerte; {} Jobcenter mit Rang.", what.figure.figure.name, what.figure.figure.code, peers.ranked)};
  return table;
}

json::array strings(const std::set<std::string>& all) { return texts({all.begin(), all.end()}); }

}  // namespace

Response list_figures(Call& call) {
  json::array figures;
  std::set<std::string> seen, lands, groups;
  for (const auto& row : indicators::regulation()) {
    if (seen.insert(row.code).second) figures.push_back({{"code", row.code}, {"name", row.name}, {"einheit", row.in_percent() ? "PERCENT" : "COUNT"}});
  }
  base::Month newest;
  int first = 0;
  for (const auto& one : call.workspace.store().deliveries()) {
    newest = std::max(newest, one.last_state);
    first = first == 0 ? one.first_state.year() : std::min(first, one.first_state.year());
  }
  for (const auto& one : call.workspace.directory().all()) {
    if (call.scope.everything() || call.scope.covers_land(one.land)) lands.insert(one.land);
  }
  for (const auto& one : call.workspace.store().peer_groups()) {
    if (call.scope.covers(one.jobcenter, call.workspace.directory())) groups.insert(one.peer_group);
  }
  const bool any = first != 0;
  return json_response({{"kennzahlen", std::move(figures)}, {"laender", strings(lands)}, {"vergleichstypen", strings(groups)}, {"neuester_ladestand", any ? json::value(newest.text()) : json::value(nullptr)},
                        {"erstes_jahr", any ? json::value(first) : json::value(nullptr)}});
}

Response compare(Call& call) {
  const auto what = asked(call);
  if (!what) return failed(what.error());
  if (!call.scope.everything() && !call.scope.covers_land(what->filter.land) && what->filter.only.empty()) {
    return problem_response(403, "scope_missing", "Verglichen wird innerhalb der eigenen Zuständigkeit; land nennt das Land, traeger die Jobcenter.");
  }
  const auto peers = app::compare_peers(call.workspace, what->figure, what->filter, what->month, what->state, app::FigureForm::YearToDate);
  if (!peers) return failed(peers.error());
  const auto second = second_figure(call, *what);
  if (const auto format = call.query("format"); !format.empty()) return download(as_table(call, *what, *peers, second), format, "zielwerk_vergleich_" + what->figure.figure.code);
  const bool with_course = call.query("course") == "true";
  json::array values;
  for (const auto& one : peers->values) {
    const auto* jobcenter = call.workspace.directory().find(one.jobcenter);
    json::object value = {{"traeger", one.jobcenter.text()}, {"name", call.workspace.directory().name(one.jobcenter)}, {"land", or_null(jobcenter ? jobcenter->land : "")}, {"rang", one.rank}, {"wert", shown(one.value)}, {"grund", or_null(one.value.reason)}};
    if (what->against) value["gegen"] = second.contains(one.jobcenter) ? shown(second.at(one.jobcenter)) : json::value(nullptr);
    if (with_course && one.value.reading) value["verlauf"] = course(call, *what, one.jobcenter);
    values.push_back(std::move(value));
  }
  json::value against = nullptr;
  if (what->against) against = {{"kennzahl", what->against->figure.code}, {"name", what->against->figure.name}, {"einheit", unit_of(*what->against)}};
  return json_response({{"kennzahl", what->figure.figure.code}, {"name", what->figure.figure.name}, {"einheit", unit_of(what->figure)}, {"gegen", std::move(against)}, {"berichtsmonat", what->month.text()},
                        {"ladestand", what->state.loaded.text()}, {"gereiht", peers->ranked}, {"werte", std::move(values)}, {"zusammen", {{"wert", shown(peers->together)}, {"jobcenter", peers->summed}}}});
}

Response early_figures(Call& call) {
  const auto number = *domain::ProviderNumber::parse(call.path.at("traeger"));
  const auto& states = call.shared.config.casework_states;
  const auto state = states.find(number.text());
  constexpr int ahead = 12;
  const auto page = app::early_page(call.workspace, number, state == states.end() ? std::nullopt : std::optional<std::filesystem::path>(state->second), ahead);
  if (!page && page.error().front().code != "own_figures_missing") return failed(page.error());
  json::array series, outlook;
  const auto value = [](const report::EarlyValue& one) -> json::value {
    if (one.text.empty()) return nullptr;
    return {{"wert", one.number ? json::value(base::plain_or_rounded(*one.number)) : json::value(nullptr)}, {"anzeige", one.text}, {"ladestand", one.state}};
  };
  if (page) {
    for (const auto& one : page->series) {
      json::array points;
      for (const auto& point : one.points) points.push_back({{"monat", point.month.text()}, {"eigen", value(point.own)}, {"amtlich", value(point.official)}});
      series.push_back({{"titel", one.title}, {"reihe", one.code}, {"punkte", std::move(points)}});
    }
    for (const auto& bar : page->outlook) outlook.push_back({{"monat", bar.month.text()}, {"personen", bar.persons ? json::value(std::to_string(*bar.persons)) : json::value(nullptr)}});
  }
  return json_response({{"hinweis", or_null(page ? page->note : "")}, {"reihen", std::move(series)}, {"ausblick", std::move(outlook)}});
}

}  // namespace zielwerk::server
