// Overview, Jobcenter, agreements, targets, comparison.
#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/evaluations.h"
#include "app/figures.h"
#include "base/text.h"
#include "server/chosen.h"
#include "server/handlers.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using app::Agreement;
using report::EvaluationReport;
using report::Line;

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

std::vector<Agreement> visible_agreements(const Call& call) {
  auto all = app::all_agreements(call.workspace);
  std::erase_if(all, [&](const Agreement& one) { return !app::covers(call.scope, call.workspace, one.stored, one.terms); });
  return all;
}

json::object heading(const Call& call, const Agreement& agreement) {
  const auto& directory = call.workspace.directory();
  const auto* jobcenter = agreement.stored.jobcenter ? directory.find(*agreement.stored.jobcenter) : nullptr;
  const auto form = jobcenter ? jobcenter->form_in(agreement.terms.year) : std::nullopt;
  return {{"agreement", agreement.stored.id},
          {"fassung", agreement.stored.version},
          {"jahr", agreement.terms.year},
          {"titel", agreement.terms.title},
          {"art", agreement.terms.kind},
          {"traeger", jobcenter ? json::value(jobcenter->number.text()) : json::value(nullptr)},
          {"name", jobcenter ? jobcenter->name : agreement.terms.state.empty() ? "Bund" : agreement.terms.state},
          {"land", or_null(jobcenter ? jobcenter->land : agreement.terms.state)},
          {"form", or_null(form ? domain::text(*form) : "")}};
}

json::object row(const Line& line, const domain::TargetAgreement& terms) {
  auto object = report::to_json(line);
  const auto words = report::row_words(terms, line.id);
  object["zielfeld"] = words.goal;
  object["wortlaut"] = words.target;
  object["veraenderung"] = words.change;
  return object;
}

const Line* line_with(const EvaluationReport& report, const std::string& id) {
  const auto found = std::find_if(report.lines.begin(), report.lines.end(), [&](const Line& one) { return one.id == id; });
  return found == report.lines.end() ? nullptr : &*found;
}

// What the month before said of the same target, read with the same Wartezeit.
json::value since_last_month(const Line& now, const Line* before) {
  if (!before) return nullptr;
  json::object object = {{"status", before->status}, {"abstand", nullptr}};
  if (now.distance && before->distance && now.distance_unit == before->distance_unit) {
    const auto difference = base::parse_decimal(*now.distance)->exact() - base::parse_decimal(*before->distance)->exact();
    object["abstand"] = base::plain_or_rounded(difference);
  }
  return object;
}

json::array texts(const std::vector<std::string>& all) {
  json::array array;
  for (const auto& one : all) array.emplace_back(one);
  return array;
}

// A month of an agreement, with the month before beside it.
base::Result<json::object> month_of(Call& call, const Agreement& agreement, const app::EvaluateRequest& request) {
  const auto evaluated = app::evaluate(call.workspace, agreement.stored.id, request);
  if (!evaluated) return tl::unexpected(evaluated.error());
  auto before_request = request;
  before_request.month = request.month - 1;
  const auto before = request.month.month() > 1 ? app::evaluate(call.workspace, agreement.stored.id, before_request) : base::Result<app::Evaluated>(base::problem("first_month", ""));
  auto object = report::to_json(evaluated->report);
  for (const auto& [key, value] : heading(call, agreement)) object[key] = value;
  json::array rows;
  for (const auto& line : evaluated->report.lines) {
    auto one = row(line, evaluated->terms);
    one["vormonat"] = since_last_month(line, before ? line_with(before->report, line.id) : nullptr);
    rows.emplace_back(std::move(one));
  }
  object["ziele"] = std::move(rows);
  object["anmerkungen"] = texts(evaluated->report.notes);
  return object;
}

struct Found {
  Agreement agreement;
  app::EvaluateRequest request;
};
base::Result<Found> found(Call& call) {
  auto agreement = app::find_agreement(call.workspace, call.path.at("id"));
  if (!agreement) return tl::unexpected(agreement.error());
  auto request = chosen(call, *agreement);
  if (!request) return tl::unexpected(request.error());
  return Found{std::move(*agreement), *request};
}

json::object point(const Line& line, base::Month month) {
  const auto maybe = [](const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); };
  return {{"monat", month.text()},          {"wartezeit", line.waiting},           {"ladestand", line.state},
          {"vorlaeufig", line.waiting < 3}, {"status", line.status},               {"ist", maybe(line.actual)},
          {"niveau", maybe(line.level)},    {"niveau_vorjahr", maybe(line.level_last_year)}, {"niveau_soll", maybe(line.level_target)},
          {"soll_pfad", maybe(line.path)},  {"grund", maybe(line.reason)}};
}

// One target over the months of its year up to the one asked for, each as it was known at that Ladestand.
json::object course(const Call& call, const Found& what) {
  const auto facts = app::facts_of(call.workspace, what.agreement);
  const auto waiting = what.request.waiting.value_or(evaluation::default_waiting(what.agreement.terms));
  json::object courses;
  for (const auto& target : what.agreement.terms.targets) courses[target.id] = json::array();
  for (base::Month month(what.agreement.terms.year, 1); month <= what.request.month; month = month + 1) {
    const auto in_force = app::agreement_in_force(call.workspace, what.agreement.stored.id, month);
    const auto then = std::min(3, what.request.month - month + waiting);
    const auto report = app::evaluate_on(call.workspace, *in_force, facts, {month, then, false, false});
    for (const auto& line : report.lines) {
      if (auto* points = courses.if_contains(line.id)) points->as_array().emplace_back(point(line, month));
    }
  }
  return courses;
}

// The triangle of revisions: each month of the year in t-0 … t-3.
json::array revisions(const Call& call, const Found& what, const std::string& target) {
  const auto facts = app::facts_of(call.workspace, what.agreement);
  json::array months;
  for (int number = 1; number <= 12; ++number) {
    const base::Month month(what.agreement.terms.year, number);
    const auto in_force = app::agreement_in_force(call.workspace, what.agreement.stored.id, month);
    json::array states;
    for (int waiting = 0; waiting <= 3; ++waiting) {
      const auto report = app::evaluate_on(call.workspace, *in_force, facts, {month, waiting, false, false});
      if (const auto* line = line_with(report, target)) states.emplace_back(point(*line, month));
    }
    months.push_back({{"monat", month.text()}, {"staende", std::move(states)}});
  }
  return months;
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

json::object details(const domain::TargetAgreement& terms) {
  json::array parties, goals, programmes, budgets, signatures;
  for (const auto& one : terms.parties) parties.push_back({{"rolle", one.role}, {"name", one.name}});
  for (const auto& one : terms.qualitative) goals.push_back({{"id", one.id}, {"titel", one.title}, {"schritte", texts(one.steps)}, {"belege", quotes(one.evidence)}});
  for (const auto& one : terms.programmes) {
    json::array places;
    for (const auto& place : one.places) places.push_back({{"ort", place.location}, {"anzahl", place.count.plain()}, {"stand", place.as_of}});
    programmes.push_back({{"id", one.id}, {"name", one.name}, {"bis", one.until}, {"plaetze", std::move(places)}});
  }
  for (const auto& one : terms.budgets) budgets.push_back({{"titel", one.title}, {"betrag", one.amount.plain()}, {"wortlaut", one.raw}});
  for (const auto& one : terms.signatures) signatures.push_back({{"partei", one.party}, {"datum", one.date_raw}});
  return {{"von", terms.from},          {"bis", terms.to},           {"parteien", std::move(parties)},          {"qualitative_ziele", std::move(goals)},
          {"programme", std::move(programmes)}, {"budgets", std::move(budgets)}, {"unterschriften", std::move(signatures)}};
}

}  // namespace

Response overview(Call& call) {
  json::array agreements, left_out;
  const bool one_month = call.query("month").size() > 2;
  for (const auto& agreement : visible_agreements(call)) {
    const auto request = chosen(call, agreement);
    if (!request) return failed(request.error());
    auto month = month_of(call, agreement, *request);
    if (month) {
      agreements.emplace_back(std::move(*month));
    } else if (one_month && month.error().code == "month_outside_term") {
      left_out.emplace_back(agreement.stored.id);
    } else {
      return failed(month.error());
    }
  }
  return json_response({{"vereinbarungen", std::move(agreements)}, {"ausserhalb_der_laufzeit", std::move(left_out)}});
}

Response show_jobcenter(Call& call) {
  const auto number = *domain::ProviderNumber::parse(call.path.at("traeger"));
  const auto& jobcenter = *call.workspace.directory().find(number);
  json::array agreements;
  for (const auto& one : visible_agreements(call)) {
    if (one.stored.jobcenter == number) agreements.emplace_back(heading(call, one));
  }
  const auto form = [](const std::optional<domain::Form>& one) { return one ? json::value(domain::text(*one)) : json::value(nullptr); };
  return json_response({{"traeger", number.text()}, {"name", jobcenter.name}, {"land", jobcenter.land}, {"form_2018", form(jobcenter.form_2018)}, {"form_2022", form(jobcenter.form_2022)},
                        {"vereinbarungen", std::move(agreements)}});
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
  auto month = month_of(call, what->agreement, what->request);
  return month ? json_response(*month) : failed(month.error());
}

Response course_of_agreement(Call& call) {
  const auto what = found(call);
  if (!what) return failed(what.error());
  auto month = month_of(call, what->agreement, what->request);
  if (!month) return failed(month.error());
  return json_response({{"bewertung", std::move(*month)}, {"vereinbarung", details(what->agreement.terms)}, {"verlauf", course(call, *what)}});
}

Response explain_target(Call& call) {
  const auto what = found(call);
  if (!what) return failed(what.error());
  const auto& target = call.path.at("ziel");
  auto derivation = app::explain(call.workspace, what->agreement.stored.id, target, what->request);
  if (!derivation) return failed(derivation.error());
  for (auto& [name, node] : derivation->at("groessen").as_object()) show_values(node.as_object());
  auto month = month_of(call, what->agreement, what->request);
  if (!month) return failed(month.error());
  auto& rows = month->at("ziele").as_array();
  const auto own = std::find_if(rows.begin(), rows.end(), [&](const json::value& one) { return one.at("id").as_string() == target; });
  json::value line = *own;
  month->erase("ziele");
  auto courses = course(call, *what);
  const auto* points = courses.if_contains(target);
  return json_response({{"kopf", std::move(*month)}, {"zeile", std::move(line)}, {"herleitung", std::move(*derivation)}, {"verlauf", points ? *points : json::array()},
                        {"revisionen", revisions(call, *what, target)}});
}

Response compare(Call& call) {
  const auto month = base::Month::parse(call.query("month"));
  if (!month) return problem_response(422, "month_invalid", "month ist der Berichtsmonat, JJJJ-MM.");
  const auto waiting = waiting_at(call.query("asOf"), *month);
  if (!waiting) return failed(waiting.error());
  const auto land = call.query("land");
  if (!call.scope.everything() && !call.scope.covers_land(land)) {
    return problem_response(403, "scope_missing", "Verglichen wird innerhalb der eigenen Zuständigkeit; land nennt das Land.");
  }
  const auto form = domain::parse_form(call.query("form"));
  if (!form && !call.query("form").empty()) return problem_response(422, "form_invalid", "form ist gE oder zkT.");
  const auto figure = app::find_figure(call.workspace, call.path.at("kennzahl"), *month);
  if (!figure) return failed(figure.error());
  const domain::DataState state{*month + waiting->value_or(3)};
  const auto peers = app::compare_peers(call.workspace, *figure, {land, form, call.query("peerGroup")}, *month, state, app::FigureForm::YearToDate);
  if (!peers) return failed(peers.error());
  json::array values;
  const auto shown = [](const app::FigureValue& value) {
    return value.reading ? json::value(base::round_half_away(value.reading->value, 1).plain()) : json::value(nullptr);
  };
  for (const auto& one : peers->values) {
    values.push_back({{"traeger", one.jobcenter.text()}, {"name", call.workspace.directory().name(one.jobcenter)}, {"rang", one.rank}, {"wert", shown(one.value)}, {"grund", or_null(one.value.reason)}});
  }
  return json_response({{"kennzahl", figure->figure.code},
                        {"name", figure->figure.name},
                        {"einheit", figure->figure.in_percent() ? "PERCENT" : "COUNT"},
                        {"berichtsmonat", month->text()},
                        {"ladestand", state.loaded.text()},
                        {"gereiht", peers->ranked},
                        {"werte", std::move(values)},
                        {"zusammen", {{"wert", shown(peers->together)}, {"jobcenter", peers->summed}}}});
}

}  // namespace zielwerk::server
