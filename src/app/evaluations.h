// Use cases of judging: evaluate an agreement, explain one target. Verdicts are kept with what they rested on the first time they are
// made; asking again for that month and Wartezeit gives the same answer although newer data arrived.
#pragma once

#include <optional>

#include <boost/json/object.hpp>

#include "app/agreements.h"
#include "report/evaluation_report.h"

namespace zielwerk::app {

struct EvaluateRequest {
  base::Month month;
  std::optional<domain::Waiting> waiting;
  bool record = true;   // keep new verdicts
  bool recall = true;   // let kept verdicts speak
  std::optional<domain::Waiting> waiting_last_year = {};  // unequal Ladestände: marked, and nothing is kept or recalled
};

struct Evaluated {
  report::EvaluationReport report;
  domain::TargetAgreement terms;
};

base::Result<Evaluated> evaluate(Workspace& workspace, const std::string& agreement, const EvaluateRequest& request);
// The same on facts already read (facts_of), for many months of one agreement.
base::Result<Evaluated> evaluate(Workspace& workspace, const Agreement& newest, const domain::FactHistory& facts, const EvaluateRequest& request);

// On facts already read and an agreement in force; nothing is recorded or recalled.
evaluation::Evaluation assess(const Workspace& workspace, const Agreement& agreement, const domain::FactHistory& facts, const EvaluateRequest& request,
                              bool with_derivation = false);
report::EvaluationReport evaluate_on(const Workspace& workspace, const Agreement& agreement, const domain::FactHistory& facts, const EvaluateRequest& request);

// The whole derivation of one row; of a kept verdict, the kept one.
base::Result<boost::json::object> explain(Workspace& workspace, const std::string& agreement, const std::string& target, const EvaluateRequest& request);

// The facts an agreement is judged on: of its Jobcenter; for a Land's or the BA's agreement the sums over its Jobcenter.
domain::FactHistory facts_of(const Workspace& workspace, const Agreement& agreement);
std::vector<domain::SeriesKey> series_of(const Workspace& workspace, const domain::TargetAgreement& terms);  // that its figures need

// Last month of the agreement's year that can be read with its Wartezeit; December if there are no facts at all.
base::Month default_month(const Agreement& agreement, const domain::FactHistory& facts, domain::Waiting waiting);
base::Month default_month(const Workspace& workspace, const Agreement& agreement, std::optional<domain::Waiting> waiting);

}  // namespace zielwerk::app
