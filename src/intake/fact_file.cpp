#include "intake/fact_file.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace zielwerk::intake {

using base::Problems;
using domain::FactRow;
using domain::ProviderNumber;

void order_rows(FactFile& file, Problems& problems) {
  auto& rows = file.table.rows;
  const auto before = [](const FactRow& a, const FactRow& b) { return a.order() < b.order(); };
  if (!std::is_sorted(rows.begin(), rows.end(), before)) {
    // By column first (counting), then each column by itself: linear, and stable so that the earlier line stands first.
    std::vector<std::size_t> begin(file.table.columns.size() + 1);
    for (const auto& row : rows) ++begin[row.column() + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    std::vector<FactRow> ordered(rows.size());
    auto next = begin;
    for (const auto& row : rows) ordered[next[row.column()]++] = row;
    for (std::size_t i = 0; i + 1 < begin.size(); ++i) {
      const auto from = ordered.begin() + static_cast<std::ptrdiff_t>(begin[i]);
      const auto to = ordered.begin() + static_cast<std::ptrdiff_t>(begin[i + 1]);
      if (!std::is_sorted(from, to, before)) std::stable_sort(from, to, before);
    }
    rows = std::move(ordered);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (kept > 0 && rows[kept - 1].order() == rows[i].order()) {
      if (rows[kept - 1].value() == rows[i].value()) continue;
      const auto& column = file.table.columns[rows[i].column()];
      problems.push_back({"fact_conflict_in_file",
                          fmt::format("Für {} {} {} (Ladestand {}) stehen zwei Werte in der Datei: {} ({}) und {} ({}).", column.jobcenter.text(),
                                      column.series.text(), rows[i].month().text(), rows[i].state().loaded.text(), rows[kept - 1].value().text(),
                                      file.delivery.describe(rows[kept - 1].place()), rows[i].value().text(), file.delivery.describe(rows[i].place())),
                          fmt::format("{}, {}", file.delivery.source, file.delivery.describe(rows[i].place()))});
      if (problems.size() >= most_problems) break;
      continue;
    }
    rows[kept++] = rows[i];
  }
  rows.resize(kept);
  auto& delivery = file.delivery;
  delivery.facts = kept;
  for (const auto& row : rows) {
    const auto state = row.state().loaded;
    if (delivery.first_state.index() == 0 || state < delivery.first_state) delivery.first_state = state;
    if (state > delivery.last_state) delivery.last_state = state;
  }
}

void remark_sums(FactFile& file) {
  const auto& columns = file.table.columns;
  const auto& rows = file.table.rows;
  std::map<std::pair<ProviderNumber, std::pair<std::string, std::string>>, std::array<std::int64_t, 3>> families;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto& family = families.try_emplace({columns[i].jobcenter, {columns[i].series.measure, columns[i].series.group}}, std::array<std::int64_t, 3>{-1, -1, -1})
                       .first->second;
    family[static_cast<std::size_t>(columns[i].series.sex)] = static_cast<std::int64_t>(i);
  }
  std::vector<std::pair<std::size_t, std::size_t>> range(columns.size());
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    while (end < rows.size() && rows[end].column() == rows[begin].column()) ++end;
    range[rows[begin].column()] = {begin, end};
    begin = end;
  }
  std::size_t differences = 0;
  std::string first;
  for (const auto& [family, parts] : families) {
    if (parts[0] < 0 || parts[1] < 0 || parts[2] < 0) continue;
    auto [men, men_end] = range[static_cast<std::size_t>(parts[1])];
    auto [women, women_end] = range[static_cast<std::size_t>(parts[2])];
    const auto [total_begin, total_end] = range[static_cast<std::size_t>(parts[0])];
    for (auto total = total_begin; total < total_end; ++total) {
      const auto when = [&](std::size_t at) { return static_cast<std::uint32_t>(rows[at].order()); };
      while (men < men_end && when(men) < when(total)) ++men;
      while (women < women_end && when(women) < when(total)) ++women;
      if (men == men_end || women == women_end || when(men) != when(total) || when(women) != when(total)) continue;
      const auto t = rows[total].value(), m = rows[men].value(), f = rows[women].value();
      if (t.missing() || m.missing() || f.missing()) continue;
      base::DecimalSum total_sum;
      base::DecimalSum sum_of_sexes;
      total_sum.add(t.number);
      sum_of_sexes.add(m.number);
      sum_of_sexes.add(f.number);
      if (total_sum == sum_of_sexes) continue;
      if (differences++ == 0) {
        first = fmt::format("{} {} {} (Ladestand {})", family.first.text(), columns[rows[total].column()].series.text(), rows[total].month().text(),
                            rows[total].state().loaded.text());
      }
    }
  }
  if (differences > 0) {
    file.remarks.push_back({"sum_of_sexes", fmt::format("{} ist T nicht M + F (es gibt Personen ohne Angabe); zuerst bei {}.", differences == 1 ? "An einer Stelle" : fmt::format("An {} Stellen", differences), first),
                            file.delivery.source});
  }
}

}  // namespace zielwerk::intake
