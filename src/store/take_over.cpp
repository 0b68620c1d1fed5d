#include "store/take_over.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace zielwerk::store {
namespace {

using domain::Column;
using domain::FactRecord;
using domain::FactRow;

struct ColumnRows {
  const Column* column;
  std::span<const FactRow> rows;
};

// Rows arrive ordered by the number a column got when it was first met; they are kept ordered by Jobcenter and series.
std::vector<ColumnRows> in_order(const domain::FactTable& table) {
  std::vector<ColumnRows> columns;
  for (std::size_t begin = 0; begin < table.rows.size();) {
    std::size_t end = begin;
    while (end < table.rows.size() && table.rows[end].column() == table.rows[begin].column()) ++end;
    columns.push_back({&table.columns[table.rows[begin].column()], std::span(table.rows).subspan(begin, end - begin)});
    begin = end;
  }
  std::sort(columns.begin(), columns.end(), [](const ColumnRows& a, const ColumnRows& b) { return *a.column < *b.column; });
  return columns;
}

const FactRecord* newest_of_key(std::span<const FactRecord> records, domain::Month month, domain::DataState state) {
  const auto after = std::upper_bound(records.begin(), records.end(), std::pair(month, state),
                                      [](const auto& key, const FactRecord& record) { return key < std::pair(record.month, record.state); });
  if (after == records.begin()) return nullptr;
  const auto& last = *(after - 1);
  return last.month == month && last.state == state ? &last : nullptr;
}

bool month_is_known(std::span<const FactRecord> records, domain::Month month) {
  return std::any_of(records.begin(), records.end(), [&](const FactRecord& record) { return record.month == month; });
}

constexpr std::size_t most_conflicts = 10'000;

}  // namespace

base::Checked<TakenOver> take_over(const domain::Delivery& delivery, const domain::FactTable& table, bool dry_run,
                                   const KnownRecords& known, const DescribePlace& describe, const KeepRows& keep) {
  TakenOver result;
  result.delivery = delivery;
  base::Problems conflicts;
  std::vector<FactRow> fresh;
  for (const auto& [column, rows] : in_order(table)) {
    const auto records = known(*column);
    fresh.clear();
    for (const auto& row : rows) {
      const auto value = row.value();
      if (value.missing()) ++result.withheld;
      const auto* before = newest_of_key(records, row.month(), row.state());
      if (!before) {
        ++result.added;
        if (dry_run && month_is_known(records, row.month())) ++result.revised;
      } else if (before->value == value) {
        ++result.known;
        continue;
      } else if (delivery.correction) {
        ++result.corrected;
      } else {
        if (conflicts.size() < most_conflicts) {
          conflicts.push_back({"fact_conflict",
                               fmt::format("{} {} {} (Ladestand {}): die Datei sagt {}, bekannt ist {} aus {}. Eine Berichtigung trägt einen neueren "
                                           "Ladestand oder kommt mit --korrektur.",
                                           column->jobcenter.text(), column->series.text(), row.month().text(), row.state().loaded.text(), value.text(),
                                           before->value.text(), describe(*before)),
                               fmt::format("{}, {}", delivery.source, delivery.describe(row.place()))});
        }
        continue;
      }
      fresh.push_back(row);
    }
    if (!dry_run && conflicts.empty() && !fresh.empty()) keep(*column, fresh);
  }
  if (!conflicts.empty() && !dry_run) return tl::unexpected(std::move(conflicts));
  result.refused = std::move(conflicts);
  result.delivery.facts = result.added + result.corrected;
  return result;
}

}  // namespace zielwerk::store
