#include "app/sums.h"

#include <algorithm>
#include <set>

namespace zielwerk::app {
namespace {

using domain::DataState;
using domain::FactHistory;
using domain::FactRecord;
using domain::SeriesKey;

std::vector<DataState> states_of_all(const std::vector<FactHistory>& histories, const SeriesKey& key) {
  std::set<DataState> states;
  for (const auto& history : histories) {
    for (const auto& record : history.series(key)) states.insert(record.state);
  }
  std::vector<DataState> shared;
  for (const auto state : states) {
    if (std::all_of(histories.begin(), histories.end(), [&](const FactHistory& history) { return history.kept(key, state); })) shared.push_back(state);
  }
  return shared;
}

domain::FactValue sum_at(const std::vector<FactHistory>& histories, const SeriesKey& key, DataState state, base::Month month) {
  base::DecimalSum sum;
  for (const auto& history : histories) {
    const auto fact = domain::SeriesAsOf(key, history.series(key), state).at(month);
    if (!fact) return {{}, domain::Mark::Unknown};
    sum.add((*fact)->value.number);
  }
  // More than 18 digits: no figure of a Land, so it is said to be missing rather than cut.
  const auto total = sum.decimal();
  return total ? domain::FactValue{*total} : domain::FactValue{{}, domain::Mark::Unknown};
}

void add_sum(FactHistory& sum, const std::vector<FactHistory>& histories, const SeriesKey& key, const std::vector<DataState>& states) {
  std::set<base::Month> months;
  for (const auto& history : histories) {
    for (const auto& record : history.series(key)) {
      if (months.empty() || *months.rbegin() != record.month) months.insert(record.month);
    }
  }
  std::vector<FactRecord> records;
  for (const auto state : states) {
    for (const auto month : months) {
      if (month > state.loaded) break;
      FactRecord record;
      record.month = month;
      record.state = state;
      record.value = sum_at(histories, key, state, month);
      records.push_back(record);
    }
  }
  if (!records.empty()) sum.add(key, std::move(records));
}

}  // namespace

Members members(const Workspace& workspace, std::string_view land, std::optional<domain::Form> form, int year) {
  const auto delivered = workspace.store().jobcenters();
  Members found;
  for (const auto& jobcenter : workspace.directory().all()) {
    const auto own_form = jobcenter.form_in(year);
    const bool certain = year <= 2018 || year >= 2022 || (jobcenter.form_2018 && jobcenter.form_2022);
    if (!certain && !std::binary_search(delivered.begin(), delivered.end(), jobcenter.number)) continue;
    if (own_form && (!form || *own_form == *form) && (land.empty() || jobcenter.land == land)) found.push_back(jobcenter.number);
  }
  return found;
}

FactHistory sum_of(const store::Store& store, const Members& members, std::span<const SeriesKey> series) {
  std::vector<FactHistory> histories;
  for (const auto member : members) histories.push_back(store.read(member, series));
  FactHistory sum;
  for (const auto& key : series) {
    if (sum.series(key).empty()) add_sum(sum, histories, key, states_of_all(histories, key));
  }
  return sum;
}

FactHistory sum_of(const std::vector<FactHistory>& histories, std::span<const SeriesKey> series, std::span<const DataState> states) {
  FactHistory sum;
  for (const auto& key : series) {
    if (!sum.series(key).empty()) continue;
    std::vector<DataState> shared;
    for (const auto state : states) {
      if (!histories.empty() && std::all_of(histories.begin(), histories.end(), [&](const FactHistory& history) { return history.kept(key, state); })) shared.push_back(state);
    }
    add_sum(sum, histories, key, shared);
  }
  return sum;
}

}  // namespace zielwerk::app
