#include "casework/outlook.h"

#include <algorithm>
#include <array>

#include "casework/disclosure.h"

namespace zielwerk::casework {

std::vector<std::vector<Earlier>> earlier_by_block(const StateFile& state);

namespace {

using Bits = std::array<std::uint64_t, plane_words>;

Bits plane_of(const BlockMonth& month, unsigned wanted) {
  Bits bits{};
  if ((month.present >> wanted & 1U) == 0) return bits;
  const auto* data = month.data + plane_words * static_cast<unsigned>(__builtin_popcount(month.present & ((1U << wanted) - 1U)));
  std::copy(data, data + plane_words, bits.begin());
  return bits;
}

std::int64_t count_both(const std::uint64_t* a, const Bits& b) {
  std::int64_t all = 0;
  for (unsigned word = 0; word < plane_words; ++word) all += __builtin_popcountll(a[word] & b[word]);
  return all;
}

}  // namespace

Outlook outlook(const StateFile& state, const Path& code, std::optional<domain::ProviderNumber> jobcenter, int ahead, bool closed) {
  Outlook found{state.last(), ahead, {}};
  const auto steps = static_cast<std::size_t>(ahead);
  std::vector<unsigned> group_planes = {single_parent};
  std::vector<std::string> groups = {"", "AE"};
  for (unsigned i = 0; i < state.groups().rules.size(); ++i) {
    const bool occurs = std::any_of(state.sections().back().present.begin(), state.sections().back().present.end(), [&](std::uint16_t present) { return (present >> (first_group + i) & 1U) != 0; });
    if (!occurs) continue;
    group_planes.push_back(first_group + i);
    groups.push_back(state.groups().rules[i].code);
  }
  for (const auto& group : groups) {
    for (const char sex : {'T', 'M', 'F'}) found.rows.push_back({sex, group, 0, 0, std::vector<std::int64_t>(steps), 0, std::vector<bool>(steps + 1)});
  }
  const auto earlier = earlier_by_block(state);
  std::vector<BlockMonth> months(state.sections().size());
  std::vector<std::uint64_t> seen((2 + steps) * plane_words);
  Bits everybody;
  everybody.fill(~std::uint64_t{0});
  for (std::size_t block = 0; block < state.space().blocks().size(); ++block) {
    const auto id = state.space().blocks()[block];
    if (id == nowhere || (jobcenter && jobcenter_of(id) != *jobcenter)) continue;
    for (std::size_t s = 0; s < months.size(); ++s) months[s] = state.block(state.sections()[s], block);
    code.outlook(months.data(), static_cast<int>(months.size()), earlier[block].data(), earlier[block].size(), ahead, seen.data());
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const auto members = g == 0 ? everybody : plane_of(months.back(), group_planes[g - 1]);
      for (std::size_t s = 0; s < 3; ++s) {
        if (s > 0 && sex_of(id) != (s == 1 ? PersonSex::M : PersonSex::F)) continue;
        auto& row = found.rows[g * 3 + s];
        row.stock += count_both(seen.data(), members);
        auto before = count_both(seen.data() + plane_words, members);
        row.long_term += before;
        // Who stays never falls out of the window again: each plane holds the one before.
        for (std::size_t step = 0; step < steps; ++step) {
          const auto now = count_both(seen.data() + (2 + step) * plane_words, members);
          row.growing[step] += now - before;
          row.all += now - before;
          before = now;
        }
      }
    }
  }
  if (!closed) return found;
  for (std::size_t step = 0; step <= steps; ++step) {
    std::vector<ProtectedSeries> cells(groups.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (g > 0) cells[g].wholes[0] = 0;
      for (unsigned cell = cell_t; cell <= cell_f; ++cell) {
        const auto& row = found.rows[g * 3 + cell];
        cells[g].cases[cell] = step < steps ? row.growing[step] : row.all;
        // The sum of all months would give a single hidden one away.
        cells[g].hidden[cell] = step == steps && std::count(row.hidden.begin(), row.hidden.end(), true) == 1;
      }
      cells[g].cases[cell_x] = cells[g].cases[cell_t] - cells[g].cases[cell_m] - cells[g].cases[cell_f];
    }
    protect(cells, {});
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (unsigned cell = cell_t; cell <= cell_f; ++cell) found.rows[g * 3 + cell].hidden[step] = cells[g].hidden[cell];
    }
  }
  return found;
}

}  // namespace zielwerk::casework
