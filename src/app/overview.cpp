#include "app/overview.h"

#include <algorithm>

#include "app/figures.h"

namespace zielwerk::app {
namespace {

using base::Month;
using domain::FactHistory;
using report::Line;

const Line* line_with(const std::vector<Line>& lines, const std::string& id) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const Line& one) { return one.id == id; });
  return found == lines.end() ? nullptr : &*found;
}

std::optional<Standing> standing(const Line& now, const std::vector<Line>& then, Month month) {
  const auto* before = line_with(then, now.id);
  if (!before) return std::nullopt;
  Standing standing{month, {*Month::parse(before->state)}, before->status, {}};
  if (now.distance && before->distance && now.distance_unit == before->distance_unit) {
    standing.change = base::plain_or_rounded(base::parse_decimal(*now.distance)->exact() - base::parse_decimal(*before->distance)->exact());
  }
  return standing;
}

FactHistory without(const FactHistory& facts, domain::DeliveryId from) {
  FactHistory kept;
  for (const auto& [series, records] : facts.all()) {
    std::vector<domain::FactRecord> older;
    for (const auto& record : records) {
      if (record.delivery < from) older.push_back(record);
    }
    if (!older.empty()) kept.add(series, std::move(older));
  }
  return kept;
}

bool keeps(const FactHistory& facts, domain::DataState state) {
  return std::any_of(facts.all().begin(), facts.all().end(), [&](const auto& one) { return facts.kept(one.first, state); });
}

// The same month as it was known before the last delivery that a reading at this Ladestand rests on: without that delivery, or, where it
// brought the Ladestand itself, in the Ladestand before. A month that was not known at all before has no earlier standing.
std::vector<Line> before_last_delivery(const Workspace& workspace, const Agreement& agreement, const FactHistory& facts, const EvaluateRequest& request, domain::Waiting waiting) {
  const Month state = request.month + waiting;
  domain::DeliveryId last = 0, first = 0;
  for (const auto& [series, records] : facts.all()) {
    for (const auto& record : records) {
      if (record.state.loaded > state || record.month > request.month) continue;
      last = std::max(last, record.delivery);
      first = first == 0 ? record.delivery : std::min(first, record.delivery);
    }
  }
  if (last == 0) return {};
  auto then = request;
  then.record = then.recall = false;
  then.waiting = waiting;
  const auto read = [&](const FactHistory& known) { return evaluate_on(workspace, agreement, known, then).lines; };
  if (first == last) {  // everything came at once: what the Ladestand before said, except of rows with a Wartezeit of their own
    then.waiting = waiting - 1;
    auto lines = waiting > 0 && keeps(facts, {state - 1}) ? read(facts) : std::vector<Line>{};
    std::erase_if(lines, [&](const Line& line) { return line.waiting == waiting || line.waiting != *then.waiting; });
    return lines;
  }
  const auto known = without(facts, last);
  if (!keeps(known, {state})) then.waiting = waiting - 1;
  return *then.waiting >= 0 && keeps(known, {request.month + *then.waiting}) ? read(known) : std::vector<Line>{};
}

}  // namespace

base::Result<AgreementLines> agreement_lines(Workspace& workspace, const Agreement& agreement, const FactHistory& facts, const EvaluateRequest& request, bool targets_only) {
  auto evaluated = evaluate(workspace, agreement, facts, request);
  if (!evaluated) return tl::unexpected(evaluated.error());
  AgreementLines all{agreement, std::move(evaluated->report.head), {}, {}, std::move(evaluated->report.notes)};
  const auto waiting = all.head.waiting;
  std::vector<Line> last_month;
  if (request.month.month() > 1) {
    auto before = request;
    before.month = request.month - 1;
    if (auto lines = evaluate(workspace, agreement, facts, before)) last_month = std::move(lines->report.lines);
  }
  const auto last_known = before_last_delivery(workspace, agreement, facts, request, waiting);
  for (auto& line : evaluated->report.lines) {
    if (targets_only && !line.id.starts_with('T')) continue;
    TargetLine one{line, report::row_words(evaluated->terms, line.id), standing(line, last_month, request.month - 1), standing(line, last_known, request.month)};
    all.lines.push_back(std::move(one));
  }
  return all;
}

base::Result<Overview> overview(Workspace& workspace, const Choose& choose) {
  Overview all;
  const auto groups = workspace.store().peer_groups();
  for (auto& agreement : all_agreements(workspace)) {
    auto facts = facts_of(workspace, agreement);
    const auto request = choose(agreement, facts);
    if (!request) return tl::unexpected(request.error());
    // An amendment may have changed which series are needed.
    if (agreement.stored.version > 1) facts = facts_of(workspace, *agreement_in_force(workspace, agreement.stored.id, request->month));
    auto lines = agreement_lines(workspace, agreement, facts, *request, true);
    agreement.stored.document.clear();  // what is shown does not need it
    if (!lines) {
      if (lines.error().code != "month_outside_term") return tl::unexpected(lines.error());
      all.outside_term.push_back(std::move(agreement));
      continue;
    }
    lines->agreement = std::move(agreement);
    if (const auto& number = lines->agreement.stored.jobcenter) lines->peer_group = peer_group_of(groups, *number, request->month);
    all.agreements.push_back(std::move(*lines));
  }
  return all;
}

}  // namespace zielwerk::app
