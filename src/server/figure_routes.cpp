// Jobcenter, agreements, targets: rows, courses, derivations.
#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/evaluations.h"
#include "app/figures.h"
#include "base/text.h"
#include "server/chosen.h"
#include "server/handlers.h"
#include "server/rows.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using app::Agreement;
using report::EvaluationReport;
using report::Line;

const Line* line_with(const EvaluationReport& report, const std::string& id) {
  const auto found = std::find_if(report.lines.begin(), report.lines.end(), [&](const Line& one) { return one.id == id; });
  return found == report.lines.end() ? nullptr : &*found;
}

struct Found {
  Agreement agreement;  // newest version
  domain::FactHistory facts;
  app::EvaluateRequest request;

  Agreement in_force(const Call& call, base::Month month) const {
    return agreement.stored.version > 1 ? *app::agreement_in_force(call.workspace, agreement.stored.id, month) : agreement;
  }
};
base::Result<Found> found(Call& call) {
  auto agreement = app::find_agreement(call.workspace, call.path.at("id"));
  if (!agreement) return tl::unexpected(agreement.error());
  auto facts = app::facts_of(call.workspace, *agreement);
  auto request = chosen(call, *agreement, facts);
  if (!request) return tl::unexpected(request.error());
  return Found{std::move(*agreement), std::move(facts), *request};
}

base::Result<json::object> month_of(Call& call, const Found& what) {
  auto lines = app::agreement_lines(call.workspace, what.agreement, what.facts, what.request, false);
  if (!lines) return tl::unexpected(lines.error());
  if (const auto& number = what.agreement.stored.jobcenter) lines->peer_group = app::peer_group_of(call.workspace.store().peer_groups(), *number, what.request.month);
  auto object = month_of(call, *lines, what.request.waiting_last_year.has_value());
  object["vergleichstyp"] = or_null(lines->peer_group);
  return object;
}

// Last year's Ladestand moves along with this year's, so an unequal choice stays as unequal as it is.
app::EvaluateRequest at(const Found& what, base::Month month, domain::Waiting waiting) {
  app::EvaluateRequest request{month, waiting, false, false};
  if (what.request.waiting_last_year) request.waiting_last_year = std::min(3, what.request.month - month + *what.request.waiting_last_year);
  return request;
}

json::object point(const Line& line, base::Month month) {
  const auto maybe = [](const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); };
  return {{"monat", month.text()},          {"wartezeit", line.waiting},           {"ladestand", line.state},
          {"vorlaeufig", line.waiting < 3}, {"status", line.status},               {"ist", maybe(line.actual)},
          {"niveau", maybe(line.level)},    {"niveau_vorjahr", maybe(line.level_last_year)}, {"niveau_soll", maybe(line.level_target)},
          {"soll_pfad", maybe(line.path)},  {"grund", maybe(line.reason)}};
}

// Each row over the months of its year up to the one asked for, each as it was known at that Ladestand.
json::object course(const Call& call, const Found& what, const std::string& only = "") {
  const auto waiting = what.request.waiting.value_or(evaluation::default_waiting(what.agreement.terms));
  json::object courses;
  for (const auto& target : what.agreement.terms.targets) courses[target.id] = json::array();
  for (const auto& observed : what.agreement.terms.monitoring) courses[observed.id] = json::array();
  for (base::Month month(what.agreement.terms.year, 1); month <= what.request.month; month = month + 1) {
    const auto then = std::min(3, what.request.month - month + waiting);
    const auto report = app::evaluate_on(call.workspace, what.in_force(call, month), what.facts, at(what, month, then));
    for (const auto& line : report.lines) {
      auto* points = courses.if_contains(line.id);
      if (points && (only.empty() || only == line.id)) points->as_array().emplace_back(point(line, month));
    }
  }
  return courses;
}

// The triangle of revisions: each month of the year in t-0 … t-3, always compared with equal Ladestände.
json::array revisions(const Call& call, const Found& what, const std::string& target) {
  json::array months;
  for (int number = 1; number <= 12; ++number) {
    const base::Month month(what.agreement.terms.year, number);
    const auto in_force = what.in_force(call, month);
    json::array states;
    for (int waiting = 0; waiting <= 3; ++waiting) {
      const auto report = app::evaluate_on(call.workspace, in_force, what.facts, {month, waiting, false, false});
      if (const auto* line = line_with(report, target)) states.emplace_back(point(*line, month));
    }
    months.push_back({{"monat", month.text()}, {"staende", std::move(states)}});
  }
  return months;
}

json::value shown(const app::FigureValue& value, bool in_percent) {
  if (!value.reading) return nullptr;
  return json::value(in_percent ? base::round_half_away(value.reading->value, 1).plain() : base::plain_or_rounded(value.reading->value));
}

// The figure a row is about: the last twelve months in their monthly form with the same months a year before, and men and women beside
// each other, as one Ladestand shows them.
json::object twelve_months(const Call& call, const Found& what, const domain::FactHistory& facts, const domain::IndicatorRef& indicator) {
  const auto subject = indicators::subject(indicator.code, indicator.subgroup, what.request.month, call.workspace.vocabulary(), call.workspace.declared());
  if (!subject) return {};
  const auto waiting = what.request.waiting.value_or(evaluation::default_waiting(what.agreement.terms));
  const domain::DataState state{what.request.month + waiting};
  const auto percent = subject->figure.in_percent();
  const auto read = [&](domain::Sex sex, base::Month month, domain::DataState at_state, app::FigureForm form, int months) { return app::figure_course(*subject, sex, facts, month, at_state, form, months); };
  const auto now = read(subject->sex, what.request.month, state, app::FigureForm::Month, 12);
  const auto before = read(subject->sex, what.request.month - 12, state.years_before(1), app::FigureForm::Month, 12);
  const auto men = read(domain::Sex::M, what.request.month, state, app::FigureForm::Month, 12), women = read(domain::Sex::F, what.request.month, state, app::FigureForm::Month, 12);
  json::array months;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const int age = state.loaded - now[i].month;
    months.push_back({{"monat", now[i].month.text()}, {"wartezeit", std::min(3, age)}, {"vorlaeufig", age < 3}, {"wert", shown(now[i].value, percent)}, {"vorjahr", shown(before[i].value, percent)},
                      {"maenner", shown(men[i].value, percent)}, {"frauen", shown(women[i].value, percent)}, {"grund", or_null(now[i].value.reason)}});
  }
  const auto year = [&](domain::Sex sex) { return shown(read(sex, what.request.month, state, app::FigureForm::YearToDate, 1).front().value, percent); };
  return {{"name", subject->figure.name}, {"einheit", percent ? "PERCENT" : "COUNT"}, {"monate", std::move(months)},
          {"im_jahr", {{"wert", year(subject->sex)}, {"maenner", year(domain::Sex::M)}, {"frauen", year(domain::Sex::F)}}}};
}

json::object figures_of(const Call& call, const Found& what) {
  json::object figures;
  if (!what.agreement.stored.jobcenter) return figures;
  std::vector<std::pair<std::string, domain::IndicatorRef>> rows;
  for (const auto& one : what.agreement.terms.targets) rows.emplace_back(one.id, one.indicator);
  for (const auto& one : what.agreement.terms.monitoring) rows.emplace_back(one.id, one.indicator);
  std::vector<domain::SeriesKey> keys;
  for (const auto& [id, indicator] : rows) {
    const auto subject = indicators::subject(indicator.code, indicator.subgroup, what.request.month, call.workspace.vocabulary(), call.workspace.declared());
    if (!subject) continue;
    for (auto& key : app::series_of(subject->figure)) keys.push_back(std::move(key));
  }
  const auto facts = call.workspace.store().read(*what.agreement.stored.jobcenter, keys);
  for (const auto& [id, indicator] : rows) {
    if (auto one = twelve_months(call, what, facts, indicator); !one.empty()) figures[id] = std::move(one);
  }
  return figures;
}

json::array quotes(const std::vector<domain::Evidence>& all) {
  json::array array;
  for (const auto& one : all) array.emplace_back(one.quote);
  return array;
}

// Beside each exact value of a derivation how it reads; the fraction stays.
void show_values(json::object& node) {
  node["anzeige"] = base::german_or_rounded(base::Exact(std::string(node.at("wert").as_string())), 6);
  if (auto* arguments = node.if_contains("aus")) {
    for (auto& one : arguments->as_array()) show_values(one.as_object());
  }
}

// What was agreed about the dialogues, from the newest paper that says something about them; their days are in no agreement.
json::value dialogues(const Call& call, const Agreement& agreement) {
  const auto versions = call.workspace.store().versions(agreement.stored.id);
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto document = json::parse(version->document);
    const auto* agreed = document.at("agreement").as_object().if_contains("dialogues");
    if (!agreed || !agreed->is_object()) continue;
    json::object found;
    for (const auto& [from, to] : {std::pair{"name", "name"}, {"count_raw", "anzahl"}, {"wartezeit", "wartezeit"}}) found[to] = agreed->as_object().contains(from) ? agreed->at(from) : json::value(nullptr);
    json::array said;
    if (const auto* evidence = agreed->as_object().if_contains("evidence"); evidence && evidence->is_array()) {
      for (const auto& one : evidence->as_array()) said.emplace_back(one.at("quote"));
    }
    found["belege"] = std::move(said);
    return found;
  }
  return nullptr;
}

json::object details(const Call& call, const Agreement& agreement) {
  const auto& terms = agreement.terms;
  json::array parties, goals, programmes, budgets, signatures, milestones;
  for (const auto& one : terms.milestones) milestones.push_back({{"ziel", one.target}, {"datum", one.date}, {"wert", one.value.plain()}, {"einheit", one.unit}});
  for (const auto& one : terms.parties) parties.push_back({{"rolle", one.role}, {"name", one.name}});
  for (const auto& one : terms.qualitative) goals.push_back({{"id", one.id}, {"titel", one.title}, {"schritte", texts(one.steps)}, {"belege", quotes(one.evidence)}});
  for (const auto& one : terms.programmes) {
    json::array places;
    for (const auto& place : one.places) places.push_back({{"ort", place.location}, {"anzahl", place.count.plain()}, {"stand", place.as_of}, {"ab", place.from ? json::value(place.from->text()) : json::value(nullptr)}});
    programmes.push_back({{"id", one.id}, {"name", one.name}, {"bis", one.until}, {"plaetze", std::move(places)}});
  }
  for (const auto& one : terms.budgets) budgets.push_back({{"titel", one.title}, {"betrag", one.amount.plain()}, {"wortlaut", one.raw}});
  for (const auto& one : terms.signatures) signatures.push_back({{"partei", one.party}, {"datum", one.date_raw}, {"tag", or_null(one.date_iso)}});
  return {{"von", terms.from},          {"bis", terms.to},           {"parteien", std::move(parties)},          {"qualitative_ziele", std::move(goals)},
          {"programme", std::move(programmes)}, {"budgets", std::move(budgets)}, {"unterschriften", std::move(signatures)}, {"zwischenwerte", std::move(milestones)}, {"dialoge", dialogues(call, agreement)}};
}

}  // namespace

Response show_jobcenter(Call& call) {
  const auto number = *domain::ProviderNumber::parse(call.path.at("traeger"));
  const auto& jobcenter = *call.workspace.directory().find(number);
  json::array agreements, groups;
  for (const auto& one : call.workspace.store().peer_groups()) {
    if (one.jobcenter == number) groups.push_back({{"vergleichstyp", one.peer_group}, {"von", one.from}, {"bis", or_null(one.until)}, {"quelle", one.source}});
  }
  std::set<std::string> own;
  for (const auto& stored : call.workspace.store().agreements()) {
    if (stored.jobcenter == number) own.insert(stored.id);
  }
  for (const auto& id : own) agreements.emplace_back(heading(call, *app::find_agreement(call.workspace, id)));
  const auto form = [](const std::optional<domain::Form>& one) { return one ? json::value(domain::text(*one)) : json::value(nullptr); };
  return json_response({{"traeger", number.text()}, {"name", jobcenter.name}, {"land", jobcenter.land}, {"form_2018", form(jobcenter.form_2018)}, {"form_2022", form(jobcenter.form_2022)},
                        {"vergleichstypen", std::move(groups)}, {"vereinbarungen", std::move(agreements)}});
}

Response list_agreements(Call& call) {
  json::array agreements;
  for (const auto& one : visible_agreements(call)) agreements.emplace_back(heading(call, one));
  return json_response({{"vereinbarungen", std::move(agreements)}});
}

Response show_agreement(Call& call) {
  Response response;
  response.body = app::find_agreement(call.workspace, call.path.at("id"))->stored.document;
  return response;
}

Response evaluate_agreement(Call& call) {
  const auto what = found(call);
  if (!what) return failed(what.error());
  auto month = month_of(call, *what);
  return month ? json_response(*month) : failed(month.error());
}

Response course_of_agreement(Call& call) {
  const auto what = found(call);
  if (!what) return failed(what.error());
  auto month = month_of(call, *what);
  if (!month) return failed(month.error());
  return json_response({{"bewertung", std::move(*month)}, {"vereinbarung", details(call, what->agreement)}, {"verlauf", course(call, *what)}, {"figuren", figures_of(call, *what)}});
}

Response explain_target(Call& call) {
  const auto what = found(call);
  if (!what) return failed(what.error());
  const auto& target = call.path.at("ziel");
  auto derivation = app::explain(call.workspace, what->agreement.stored.id, target, what->request);
  if (!derivation) return failed(derivation.error());
  for (auto& [name, node] : derivation->at("groessen").as_object()) show_values(node.as_object());
  auto month = month_of(call, *what);
  if (!month) return failed(month.error());
  auto& rows = month->at("ziele").as_array();
  const auto own = std::find_if(rows.begin(), rows.end(), [&](const json::value& one) { return one.at("id").as_string() == target; });
  json::value line = *own;
  month->erase("ziele");
  auto courses = course(call, *what, target);
  const auto* points = courses.if_contains(target);
  return json_response({{"kopf", std::move(*month)}, {"zeile", std::move(line)}, {"herleitung", std::move(*derivation)}, {"verlauf", points ? *points : json::array()},
                        {"revisionen", revisions(call, *what, target)}});
}

}  // namespace zielwerk::server
