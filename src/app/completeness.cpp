#include "app/completeness.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/evaluations.h"

namespace zielwerk::app {
namespace {

using base::Month;
using domain::FactHistory;
using domain::SeriesKey;

// Own figures are no delivery anybody waits for.
std::set<SeriesKey> seen_in(const FactHistory& facts, int year) {
  std::set<SeriesKey> seen;
  for (const auto& [series, records] : facts.all()) {
    const bool any = std::any_of(records.begin(), records.end(), [&](const auto& one) { return one.month.year() == year; });
    if (any && !domain::is_own_measure(series.measure)) seen.insert(series);
  }
  return seen;
}

Coverage coverage(const FactHistory& facts, const std::set<SeriesKey>& expected, Month month, Month state) {
  std::size_t there = 0;
  bool withheld = false;
  for (const auto& series : expected) {
    const auto records = facts.series(series);
    const auto of_month = std::find_if(records.rbegin(), records.rend(), [&](const auto& one) { return one.month == month && one.state.loaded == state; });
    if (of_month == records.rend()) continue;
    ++there;
    withheld = withheld || of_month->value.missing();
  }
  if (there == 0) return Coverage::Missing;
  return there < expected.size() ? Coverage::Partial : withheld ? Coverage::Withheld : Coverage::Complete;
}

}  // namespace

char letter(Coverage coverage) {
  switch (coverage) {
    case Coverage::Complete: return 'v';
    case Coverage::Partial: return 't';
    case Coverage::Withheld: return 'k';
    case Coverage::NotYet: return 'n';
    case Coverage::Missing: break;
  }
  return 'f';
}

std::vector<BoardRow> completeness(const Workspace& workspace, const std::vector<domain::ProviderNumber>& jobcenters, int year) {
  Month newest;
  for (const auto& delivery : workspace.store().deliveries()) newest = std::max(newest, delivery.last_state);
  std::map<domain::ProviderNumber, std::set<SeriesKey>> agreed;
  for (const auto& agreement : all_agreements(workspace)) {
    const auto& number = agreement.stored.jobcenter;
    if (!number || agreement.terms.year != year || std::find(jobcenters.begin(), jobcenters.end(), *number) == jobcenters.end()) continue;
    for (const auto& series : series_of(workspace, agreement.terms)) agreed[*number].insert(series);
  }
  std::vector<BoardRow> board;
  for (const auto number : jobcenters) {
    const auto facts = workspace.store().read(number);
    const auto found = agreed.find(number);
    const auto expected = found != agreed.end() ? found->second : seen_in(facts, year);
    BoardRow row{number, expected.size(), found != agreed.end()};
    for (int month = 1; month <= 12; ++month) {
      for (int waiting = 0; waiting <= 3; ++waiting) {
        const Month of(year, month), state = of + waiting;
        row.months[static_cast<std::size_t>(month - 1)][static_cast<std::size_t>(waiting)] = state > newest ? Coverage::NotYet : coverage(facts, expected, of, state);
      }
    }
    board.push_back(row);
  }
  return board;
}

}  // namespace zielwerk::app
