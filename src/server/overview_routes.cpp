// The overview: chosen, sorted, counted, a page of it; or all of it as a file.
#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "server/chosen.h"
#include "server/handlers.h"
#include "server/rows.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using app::AgreementLines;
using app::TargetLine;

constexpr std::size_t per_page = 100;

struct Shown {
  const AgreementLines* agreement;
  const TargetLine* line;
  std::string name;      // as it sorts
  std::int64_t distance = 0;  // in ten-thousandths
  int urgency = 0;
};

// Umlauts sort beside their vowels (DIN 5007-1).
std::string sorting(std::string text) {
  for (const auto& [from, to] : {std::pair{"ä", "a"}, {"ö", "o"}, {"ü", "u"}, {"Ä", "a"}, {"Ö", "o"}, {"Ü", "u"}, {"ß", "ss"}}) {
    for (std::size_t at; (at = text.find(from)) != std::string::npos;) text.replace(at, std::string_view(from).size(), to);
  }
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::string name_of(const Call& call, const AgreementLines& one) {
  const auto& number = one.agreement.stored.jobcenter;
  return number ? call.workspace.directory().name(*number) : one.agreement.terms.state.empty() ? "Bund" : one.agreement.terms.state;
}

std::string land_of(const Call& call, const AgreementLines& one) {
  const auto* jobcenter = one.agreement.stored.jobcenter ? call.workspace.directory().find(*one.agreement.stored.jobcenter) : nullptr;
  return jobcenter ? jobcenter->land : one.agreement.terms.state;
}

std::string form_of(const Call& call, const AgreementLines& one) {
  const auto* jobcenter = one.agreement.stored.jobcenter ? call.workspace.directory().find(*one.agreement.stored.jobcenter) : nullptr;
  const auto form = jobcenter ? jobcenter->form_in(one.agreement.terms.year) : std::nullopt;
  return form ? domain::text(*form) : "";
}

int urgency(const std::string& status) {
  const std::vector<std::string> order = {"nicht_erreicht", "nicht_bewertbar", "offen", "erreicht"};
  return static_cast<int>(std::find(order.begin(), order.end(), status) - order.begin());
}

std::int64_t distance_key(const report::Line& line) {
  const auto number = line.distance ? base::parse_decimal(*line.distance) : std::nullopt;
  return number ? static_cast<std::int64_t>(base::round_half_away(number->exact(), 4).units) : std::numeric_limits<std::int64_t>::max();
}

// What there is to choose from, before anything was chosen.
struct Choices {
  std::set<std::string> lands, forms, peer_groups, goals, statuses;
  std::set<int> years;
};

json::array as_array(const std::set<std::string>& all) {
  json::array array;
  for (const auto& one : all) {
    if (!one.empty()) array.emplace_back(one);
  }
  return array;
}

struct Selection {
  std::vector<Shown> lines;
  Choices choices;
  std::vector<const AgreementLines*> without_figures;  // no target of theirs could be judged for want of a figure
};

bool wants_figures(const TargetLine& one) {
  return one.line.status == "nicht_bewertbar" && one.line.reason && (one.line.reason->starts_with("fact_missing") || one.line.reason->starts_with("data_state_missing"));
}

Selection select(const Call& call, const app::Overview& all) {
  Selection selection;
  const auto wanted = [&](const char* name, const std::string& value) { return call.query(name).empty() || call.query(name) == value; };
  const auto search = sorting(call.query("search"));
  for (const auto& one : all.agreements) {
    if (!app::covers(call.scope, call.workspace, one.agreement.stored, one.agreement.terms)) continue;
    const auto name = name_of(call, one), land = land_of(call, one), form = form_of(call, one);
    auto& choices = selection.choices;
    choices.lands.insert(land);
    choices.forms.insert(form);
    choices.peer_groups.insert(one.peer_group);
    choices.years.insert(one.agreement.terms.year);
    for (const auto& line : one.lines) {
      choices.goals.insert(line.words.goal);
      choices.statuses.insert(line.line.status);
    }
    if (!wanted("land", land) || !wanted("form", form) || !wanted("peerGroup", one.peer_group)) continue;
    if (std::any_of(one.lines.begin(), one.lines.end(), wants_figures)) selection.without_figures.push_back(&one);
    const auto sorted_name = sorting(name);
    for (const auto& line : one.lines) {
      if (!wanted("goal", line.words.goal) || !wanted("status", line.line.status)) continue;
      if (!search.empty() && sorting(name + " " + line.words.target + " " + line.words.goal).find(search) == std::string::npos) continue;
      selection.lines.push_back({&one, &line, sorted_name, distance_key(line.line), urgency(line.line.status)});
    }
  }
  return selection;
}

// "name", "-abstand" …; what is equal stays in the order of names and years.
bool sort(std::vector<Shown>& lines, std::string by) {
  const bool down = by.starts_with('-');
  if (down) by.erase(0, 1);
  const std::map<std::string, bool (*)(const Shown&, const Shown&)> orders = {
      {"name", [](const Shown& a, const Shown& b) { return a.name < b.name; }},
      {"zielfeld", [](const Shown& a, const Shown& b) { return a.line->words.goal < b.line->words.goal; }},
      {"status", [](const Shown& a, const Shown& b) { return a.urgency < b.urgency; }},
      {"abstand", [](const Shown& a, const Shown& b) { return a.distance < b.distance; }}};
  const auto order = orders.find(by.empty() ? "name" : by);
  if (order == orders.end()) return false;
  std::stable_sort(lines.begin(), lines.end(), [](const Shown& a, const Shown& b) { return std::pair(a.name, -a.agreement->agreement.terms.year) < std::pair(b.name, -b.agreement->agreement.terms.year); });
  std::stable_sort(lines.begin(), lines.end(), [&](const Shown& a, const Shown& b) { return down ? order->second(b, a) : order->second(a, b); });
  return true;
}

json::object line_json(const Call& call, const Shown& one) {
  auto object = row(*one.line);
  for (const char* unused : {"annahmen", "hinweise", "soll_pfad", "niveau", "niveau_vorjahr", "niveau_soll", "ist_exakt"}) object.erase(unused);
  const auto& agreement = one.agreement->agreement;
  object["agreement"] = agreement.stored.id;
  object["jahr"] = agreement.terms.year;
  object["traeger"] = agreement.stored.jobcenter ? json::value(agreement.stored.jobcenter->text()) : json::value(nullptr);
  object["name"] = name_of(call, *one.agreement);
  object["land"] = or_null(land_of(call, *one.agreement));
  object["form"] = or_null(form_of(call, *one.agreement));
  object["vergleichstyp"] = or_null(one.agreement->peer_group);
  object["berichtsmonat"] = one.agreement->head.month.text();
  object["endgueltig"] = one.agreement->head.final;
  return object;
}

std::string change_words(const std::optional<app::Standing>& before, const report::Line& now) {
  if (!before) return "";
  std::string words = before->status == now.status ? "" : fmt::format("vorher {}", report::status_cell(before->status).shown);
  if (before->change) words += fmt::format("{}Abstand {}{}", words.empty() ? "" : ", ", before->change->starts_with('-') ? "" : "+", report::german(*before->change));
  return words;
}

report::Table as_table(const Call& call, const Selection& selection) {
  using report::Align;
  report::Table table;
  table.title = "Übersicht der Ziele";
  table.columns = {{"traeger", "Träger"}, {"name", "Jobcenter"}, {"land", "Land"}, {"art", "Art"}, {"vergleichstyp", "Vergleichstyp"}, {"jahr", "Jahr"}, {"id", "Nr."}, {"zielfeld", "Zielfeld"},
                   {"wortlaut", "Vereinbart"}, {"monat", "Berichtsmonat"}, {"ladestand", "Ladestand"}, {"vergleich", "Vergleich"}, {"soll", "Soll", Align::Decimal}, {"ist", "Ist", Align::Decimal},
                   {"einheit", "Einheit"}, {"status", "Status"}, {"abstand", "Abstand", Align::Decimal}, {"abstand_einheit", "Abstand in"}, {"seit_lieferung", "Seit der letzten Lieferung"}, {"grund", "Grund"}};
  const auto text = [](const std::optional<std::string>& value) { return report::Cell{value.value_or(""), {}, {}}; };
  for (const auto& one : selection.lines) {
    const auto& agreement = one.agreement->agreement;
    const auto& line = one.line->line;
    table.rows.push_back({{agreement.stored.jobcenter ? agreement.stored.jobcenter->text() : "", {}, {}}, {name_of(call, *one.agreement), {}, {}}, {land_of(call, *one.agreement), {}, {}},
                          {form_of(call, *one.agreement), {}, {}}, {one.agreement->peer_group, {}, {}}, {std::to_string(agreement.terms.year), {}, {}}, {line.id, {}, {}}, {one.line->words.goal, {}, {}},
                          {one.line->words.target, {}, {}}, {one.agreement->head.month.text(), {}, {}}, {line.state, {}, {}}, text(line.comparator), text(line.target), text(line.actual), text(line.unit),
                          {line.status, {}, {}}, text(line.distance), text(line.distance_unit), {change_words(one.line->last_known, line), {}, {}}, text(line.reason)});
  }
  return table;
}

std::optional<std::size_t> page_number(const std::string& text) {
  std::size_t number = 1;
  if (text.empty()) return number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0 || number > 1'000'000) return std::nullopt;
  return number;
}

json::object answer(const Call& call, const app::Overview& all, const Selection& selection, std::size_t page) {
  std::map<std::string, int> counted;
  for (const auto& one : selection.lines) ++counted[one.line->line.status];
  json::object counts;
  for (const auto& [status, count] : counted) counts[status] = count;
  json::array lines, missing, outside, years;
  for (auto at = (page - 1) * per_page; at < std::min(selection.lines.size(), page * per_page); ++at) lines.emplace_back(line_json(call, selection.lines[at]));
  constexpr std::size_t named = 20;
  for (std::size_t at = 0; at < std::min(named, selection.without_figures.size()); ++at) {
    const auto& one = *selection.without_figures[at];
    missing.push_back({{"agreement", one.agreement.stored.id}, {"name", name_of(call, one)}, {"monat", one.head.month.text()}, {"ladestand", one.head.state.loaded.text()}});
  }
  for (const auto& one : all.outside_term) {
    if (app::covers(call.scope, call.workspace, one.stored, one.terms)) outside.emplace_back(one.stored.id);
  }
  for (const int year : selection.choices.years) years.emplace_back(year);
  const auto& choices = selection.choices;
  return {{"zeilen", std::move(lines)},
          {"gesamt", selection.lines.size()},
          {"seite", page},
          {"seiten", std::max<std::size_t>(1, (selection.lines.size() + per_page - 1) / per_page)},
          {"zaehlung", std::move(counts)},
          {"ohne_zahlen", {{"anzahl", selection.without_figures.size()}, {"vereinbarungen", std::move(missing)}}},
          {"auswahl", {{"laender", as_array(choices.lands)}, {"arten", as_array(choices.forms)}, {"vergleichstypen", as_array(choices.peer_groups)}, {"zielfelder", as_array(choices.goals)}, {"status", as_array(choices.statuses)}, {"jahre", std::move(years)}}},
          {"ausserhalb_der_laufzeit", std::move(outside)}};
}

}  // namespace

Response overview(Call& call) {
  const auto page = page_number(call.query("page"));
  if (!page) return problem_response(422, "page_invalid", "page ist die Nummer einer Seite, von 1 an.");
  const auto all = call.shared.kept.overview(call.query("month") + " " + call.query("asOf"), [&]() -> base::Result<app::Overview> {
    return app::overview(call.workspace, [&](const app::Agreement& agreement, const domain::FactHistory& facts) { return chosen(call, agreement, facts); });
  });
  if (!all) return failed(all.error());
  auto selection = select(call, **all);
  if (!sort(selection.lines, call.query("sort"))) return problem_response(422, "sort_invalid", "sort ist name, zielfeld, status oder abstand; mit - davor umgekehrt.");
  if (const auto format = call.query("format"); !format.empty()) return download(as_table(call, selection), format, "zielwerk_uebersicht");
  return json_response(answer(call, **all, selection, *page));
}

}  // namespace zielwerk::server
