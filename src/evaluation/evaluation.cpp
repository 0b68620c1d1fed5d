#include "evaluation/evaluation.h"

#include <algorithm>

#include <fmt/format.h>

#include "evaluation/judge.h"
#include "evaluation/measured.h"

namespace zielwerk::evaluation {
namespace {

using base::Rounded;
using domain::Aggregation;
using domain::Scale;
using domain::Target;

std::string rounded_words(const Rounded& value, const std::string& unit) {
  return value.german() + (unit == "PERCENT" ? " %" : unit == "PERCENTAGE_POINT" ? " Prozentpunkte" : unit == "EUR" ? " €" : "");
}

// Target by target, with t-0 shown beside it where the agreement names no Wartezeit (handbook, section 5).
Assessment assess(const Target& target, const domain::TargetAgreement& agreement, const Evaluation& head, const Sources& sources,
                  bool with_derivation) {
  const Waiting waiting = target.waiting.value_or(head.waiting);
  auto row = judge(target, agreement, head.month, waiting, sources, with_derivation);
  if (sources.waiting_last_year) {
    row.assumptions.insert(row.assumptions.begin(), fmt::format("Ungleiche Ladestände, ausdrücklich gewählt: dieses Jahr t-{}, Vorjahr t-{}.", waiting, *sources.waiting_last_year));
    return row;
  }
  if (target.waiting || head.waiting_source != WaitingSource::Assumed) return row;
  row.assumptions.insert(row.assumptions.begin(), fmt::format("Die Vereinbarung nennt keine Wartezeit; angenommen ist t-{}.", waiting));
  const auto early = judge(target, agreement, head.month, 0, sources, false);
  if (early.actual) {
    row.remarks.push_back(fmt::format("Bei t-0 (Ladestand {}): {}, {}.", early.state.loaded.text(), rounded_words(*early.actual, early.unit),
                                      in_words(early.status)));
  } else if (early.status == Status::NotAssessable) {
    row.remarks.push_back(fmt::format("Bei t-0 (Ladestand {}): nicht bewertbar ({}).", early.state.loaded.text(), early.reason));
  }
  return row;
}

// Monitoring and forecasts: the figures, but no verdict, no Soll path, no distance.
struct Unjudged {
  const std::string& id;
  const domain::IndicatorRef& indicator;
  Scale scale;
  std::string unit;
  int places;
  Status status;
};

Assessment figures_only(const Unjudged& what, const Evaluation& head, const Sources& sources, bool with_derivation) {
  Assessment row;
  row.id = what.id;
  row.waiting = head.waiting;
  row.state = head.state;
  row.state_last_year = head.state_last_year;
  row.unit = what.unit;
  row.status = what.status;
  const auto fail = [&](const base::Problem& problem) {
    row.reason = reason_of(problem);
    row.remarks.push_back(problem.message);
    return row;
  };
  const auto figure = measured(what.indicator, Aggregation::Other, head.month, sources);
  if (!figure) return fail(figure.error());
  const std::optional<domain::Reference> previous_year;
  const Question question{*figure, what.scale, previous_year, head.month, head.waiting, sources, with_derivation};
  auto measurement = measure(question);
  if (!measurement) return fail(measurement.error());
  show(row, question, std::move(*measurement), what.places);
  return row;
}

Assessment observe(const domain::Observed& observed, const Evaluation& head, const Sources& sources, bool with_derivation) {
  const bool gap = observed.indicator.code.starts_with("GENDER_GAP");
  return figures_only({observed.id, observed.indicator, gap ? Scale::ChangeInPoints : Scale::RelativeChange, gap ? "PERCENTAGE_POINT" : "PERCENT", 1,
                       Status::Observed},
                      head, sources, with_derivation);
}

Assessment expect(const domain::Expected& forecast, const Evaluation& head, const Sources& sources, bool with_derivation) {
  const int places = domain::places_of(forecast.value, forecast.unit);
  auto row = figures_only({forecast.id, forecast.indicator, forecast.scale, forecast.unit, places, Status::Forecast}, head, sources, with_derivation);
  row.target = base::round_half_away(forecast.value.exact(), places);
  return row;
}

Assessment plain_row(const std::string& id, Status status, const Evaluation& head) {
  Assessment row;
  row.id = id;
  row.waiting = head.waiting;
  row.state = head.state;
  row.state_last_year = head.state_last_year;
  row.status = status;
  return row;
}

Assessment qualitative(const domain::QualitativeGoal& goal, const Evaluation& head) {
  auto row = plain_row(goal.id, Status::Open, head);
  row.reason = "awaiting_parties";
  row.remarks.push_back("Über dieses Ziel entscheiden die Vereinbarungspartner gemeinsam.");
  if (!goal.criteria.empty()) row.remarks.push_back(fmt::format("Erreicht, wenn alle {} Kriterien nachgewiesen sind.", goal.criteria.size()));
  return row;
}

// Places of the month: per site the latest dated statement that has begun; historic ones only until a newer one begins.
Assessment programme(const domain::Programme& programme, const Evaluation& head) {
  auto row = plain_row(programme.id, Status::Observed, head);
  std::map<std::string, const domain::Places*> valid;
  for (const auto& places : programme.places) {
    if (places.from && *places.from > head.month) continue;
    auto& current = valid[places.location];
    if (!current || !current->from || (places.from && *places.from >= *current->from)) current = &places;
  }
  for (const auto& [location, places] : valid) {
    row.remarks.push_back(fmt::format("{}: {} Plätze (Angabe: {}).", location, places->count.german(), places->as_of));
  }
  return row;
}

}  // namespace

std::string code(Status status) {
  switch (status) {
    case Status::Reached: return "erreicht";
    case Status::Missed: return "nicht_erreicht";
    case Status::NotAssessable: return "nicht_bewertbar";
    case Status::Observed: return "beobachtet";
    case Status::Forecast: return "prognose";
    case Status::Open: break;
  }
  return "offen";
}

std::optional<Status> parse_status(std::string_view word) {
  for (const auto status : {Status::Reached, Status::Missed, Status::NotAssessable, Status::Observed, Status::Forecast, Status::Open}) {
    if (code(status) == word) return status;
  }
  return std::nullopt;
}

std::string in_words(Status status) {
  std::string words = code(status);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string code(WaitingSource source) {
  switch (source) {
    case WaitingSource::Agreement: return "agreement";
    case WaitingSource::Assumed: return "assumed";
    case WaitingSource::Request: break;
  }
  return "request";
}

Waiting default_waiting(const domain::TargetAgreement& agreement) { return agreement.waiting.value_or(3); }

Evaluation evaluate(const domain::StoredAgreement& stored, const domain::TargetAgreement& agreement, const Request& request,
                    const Sources& given) {
  Sources sources = given;
  sources.waiting_last_year = request.waiting_last_year;
  Evaluation head;
  head.agreement = stored.id;
  head.version = stored.version;
  head.jobcenter = stored.jobcenter ? stored.jobcenter->text() : "";
  head.year = agreement.year;
  head.month = request.month;
  head.waiting = request.waiting.value_or(default_waiting(agreement));
  head.waiting_source = request.waiting ? WaitingSource::Request : agreement.waiting ? WaitingSource::Agreement : WaitingSource::Assumed;
  head.state = {head.month + head.waiting};
  head.state_last_year = DataState{head.month + request.waiting_last_year.value_or(head.waiting)}.years_before(1);
  head.final = head.month.month() == 12 && head.waiting == default_waiting(agreement);

  const bool how = request.with_derivation;
  for (const auto& target : agreement.targets) head.rows.push_back(assess(target, agreement, head, sources, how));
  for (const auto& observed : agreement.monitoring) head.rows.push_back(observe(observed, head, sources, how));
  for (const auto& forecast : agreement.forecasts) head.rows.push_back(expect(forecast, head, sources, how));
  for (const auto& goal : agreement.qualitative) head.rows.push_back(qualitative(goal, head));
  for (const auto& one : agreement.programmes) head.rows.push_back(programme(one, head));
  return head;
}

}  // namespace zielwerk::evaluation
