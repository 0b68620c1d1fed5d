#include "app/evaluations.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/sums.h"
#include "report/derivation_report.h"
#include "report/json_text.h"

namespace zielwerk::app {
namespace {

using base::Month;
using base::Result;
using domain::FactHistory;
using domain::SeriesKey;
using evaluation::Assessment;
using evaluation::Evaluation;

void add_keys(std::vector<SeriesKey>& keys, const domain::IndicatorRef& indicator, const Workspace& workspace, Month month) {
  const auto subject = indicators::subject(indicator.code, indicator.subgroup, month, workspace.vocabulary(), workspace.declared());
  if (!subject) return;
  const bool gap = subject->figure.shape == indicators::Shape::GapBetweenSexes;
  for (const auto* term : {&subject->figure.above, &subject->figure.below}) {
    if (term->measure.empty()) continue;
    if (gap) {
      keys.push_back({term->measure, domain::Sex::M, term->group});
      keys.push_back({term->measure, domain::Sex::F, term->group});
    } else {
      keys.push_back({term->measure, subject->sex, term->group});
    }
  }
}

report::EvaluationReport report_of(const Workspace& workspace, Evaluation evaluation) {
  report::EvaluationReport report;
  for (const auto& row : evaluation.rows) report.lines.push_back(report::line(row));
  const auto number = domain::ProviderNumber::parse(evaluation.jobcenter);
  report.jobcenter_name = number ? workspace.directory().name(*number) : "";
  evaluation.rows.clear();
  report.head = std::move(evaluation);
  return report;
}

const store::StoredVerdict* kept_verdict(const std::vector<store::StoredVerdict>& verdicts, const std::string& target, int waiting) {
  const auto found = std::find_if(verdicts.begin(), verdicts.end(), [&](const auto& one) { return one.target == target && one.waiting == waiting; });
  return found == verdicts.end() ? nullptr : &*found;
}

std::string derivation_json(const Workspace& workspace, const Evaluation& evaluation, const Assessment& row, const domain::TargetAgreement& terms) {
  return boost::json::serialize(report::derivation(evaluation, row, terms, workspace.store().deliveries()));
}

// The agreement as it holds in a month, from its newest version.
Result<Agreement> agreement_for(const Workspace& workspace, const Agreement& newest, Month month) {
  auto agreement = newest.stored.version > 1 ? agreement_in_force(workspace, newest.stored.id, month) : newest;
  if (!agreement) return agreement;
  const auto first = Month::parse(agreement->terms.from.substr(0, 7)).value_or(Month(agreement->terms.year, 1));
  const auto last = Month::parse(agreement->terms.to.substr(0, 7)).value_or(Month(agreement->terms.year, 12));
  if (month < first || month > last) {
    return base::problem("month_outside_term", fmt::format("{} liegt außerhalb der Laufzeit der Vereinbarung {} ({} bis {}).", month.text(), newest.stored.id, first.text(), last.text()));
  }
  return agreement;
}

}  // namespace

std::vector<SeriesKey> series_of(const Workspace& workspace, const domain::TargetAgreement& terms) {
  std::vector<SeriesKey> keys;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows) {
      // K2E3 changed its base figures in 2019: both versions may be needed within a year.
      add_keys(keys, row.indicator, workspace, Month(terms.year, 1));
      add_keys(keys, row.indicator, workspace, Month(terms.year, 12));
    }
  };
  add(terms.targets);
  add(terms.monitoring);
  add(terms.forecasts);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

FactHistory facts_of(const Workspace& workspace, const Agreement& agreement) {
  const auto series = series_of(workspace, agreement.terms);
  if (agreement.stored.jobcenter) {
    if (series.empty()) return {};
    return workspace.store().read(*agreement.stored.jobcenter, series);
  }
  const bool of_land = agreement.terms.kind == "BMAS_LAND";
  const auto form = of_land ? domain::Form::zkT : domain::Form::gE;
  return sum_of(workspace.store(), members(workspace, of_land ? agreement.terms.state : "", form, agreement.terms.year), series);
}

Evaluation assess(const Workspace& workspace, const Agreement& agreement, const FactHistory& facts, const EvaluateRequest& request, bool with_derivation) {
  return evaluation::evaluate(agreement.stored, agreement.terms, {request.month, request.waiting, with_derivation, request.waiting_last_year},
                              {workspace.vocabulary(), workspace.declared(), facts});
}

report::EvaluationReport evaluate_on(const Workspace& workspace, const Agreement& agreement, const FactHistory& facts, const EvaluateRequest& request) {
  return report_of(workspace, assess(workspace, agreement, facts, request));
}

Result<Evaluated> evaluate(Workspace& workspace, const std::string& id, const EvaluateRequest& request) {
  const auto newest = find_agreement(workspace, id);
  if (!newest) return tl::unexpected(newest.error());
  const auto in_force = agreement_for(workspace, *newest, request.month);
  if (!in_force) return tl::unexpected(in_force.error());
  return evaluate(workspace, *newest, facts_of(workspace, *in_force), request);
}

Result<Evaluated> evaluate(Workspace& workspace, const Agreement& newest, const FactHistory& facts, const EvaluateRequest& given) {
  auto request = given;
  if (given.waiting_last_year) request.record = request.recall = false;
  auto agreement = agreement_for(workspace, newest, request.month);
  if (!agreement) return tl::unexpected(agreement.error());
  const auto& id = agreement->stored.id;
  const auto kept = request.recall ? workspace.store().verdicts(id, agreement->stored.version, request.month) : std::vector<store::StoredVerdict>{};
  const auto evaluation = assess(workspace, *agreement, facts, request, request.record);

  std::vector<store::StoredVerdict> fresh;
  for (const auto& row : evaluation.rows) {
    if (!request.record || !evaluation::is_verdict(row.status) || kept_verdict(kept, row.id, row.waiting)) continue;
    fresh.push_back({id, agreement->stored.version, row.id, request.month, row.waiting, evaluation::rule_version, evaluation::code(row.status),
                     boost::json::serialize(report::to_json(report::line(row))), derivation_json(workspace, evaluation, row, agreement->terms), workspace.now()});
  }
  if (!fresh.empty()) workspace.record(fresh);

  auto report = report_of(workspace, evaluation);
  std::string kept_on;
  for (auto& line : report.lines) {
    const auto* verdict = kept_verdict(kept, line.id, line.waiting);
    if (!verdict) continue;
    const auto today = std::exchange(line, report::parse_line(verdict->row));
    kept_on = verdict->recorded_at.substr(0, 10);
    if (today.status == line.status && today.actual_exact == line.actual_exact) continue;
    report.notes.push_back(fmt::format("{}: festgehaltenes Urteil vom {}; mit dem heutigen Datenbestand wäre es {} (Ist {}). --afresh rechnet neu.", line.id, kept_on,
                                       today.status == "erreicht" ? "erreicht" : today.status == "nicht_erreicht" ? "nicht erreicht" : "nicht bewertbar",
                                       today.actual ? report::german(*today.actual) : "fehlt"));
  }
  if (!kept_on.empty() && report.notes.empty()) report.notes.push_back(fmt::format("Urteile festgehalten am {}.", kept_on));
  return Evaluated{std::move(report), std::move(agreement->terms)};
}

Result<boost::json::object> explain(Workspace& workspace, const std::string& id, const std::string& target, const EvaluateRequest& request) {
  const auto newest = find_agreement(workspace, id);
  if (!newest) return tl::unexpected(newest.error());
  const auto agreement = agreement_for(workspace, *newest, request.month);
  if (!agreement) return tl::unexpected(agreement.error());
  const auto facts = facts_of(workspace, *agreement);
  const auto evaluation = assess(workspace, *agreement, facts, request, true);
  const auto row = std::find_if(evaluation.rows.begin(), evaluation.rows.end(), [&](const Assessment& one) { return one.id == target; });
  if (row == evaluation.rows.end()) {
    std::vector<std::string> known;
    for (const auto& one : evaluation.rows) known.push_back(one.id);
    return base::problem("target_unknown", fmt::format("Die Vereinbarung {} hat kein Ziel „{}“; es gibt {}.", id, target, fmt::join(known, ", ")));
  }
  if (request.recall && !request.waiting_last_year) {
    const auto kept = workspace.store().verdicts(id, agreement->stored.version, request.month);
    if (const auto* verdict = kept_verdict(kept, target, row->waiting)) return boost::json::parse(verdict->derivation).as_object();
  }
  return report::derivation(evaluation, *row, agreement->terms, workspace.store().deliveries());
}

Month default_month(const Workspace& workspace, const Agreement& agreement, std::optional<domain::Waiting> waiting) {
  return default_month(agreement, facts_of(workspace, agreement), waiting.value_or(evaluation::default_waiting(agreement.terms)));
}

Month default_month(const Agreement& agreement, const FactHistory& facts, domain::Waiting wait) {
  for (int month = 12; month >= 1; --month) {
    const Month wanted(agreement.terms.year, month);
    for (const auto& [series, records] : facts.all()) {
      if (facts.kept(series, {wanted + wait})) return wanted;
    }
  }
  return Month(agreement.terms.year, 12);
}

}  // namespace zielwerk::app
