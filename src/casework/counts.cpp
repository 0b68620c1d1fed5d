#include "casework/counts.h"

#include <algorithm>
#include <atomic>
#include <map>

#include "casework/parallel.h"

namespace zielwerk::casework {

void choose_sets(Counts& counts, const GroupRules& groups, Cell seen, bool by_days) {
  counts.setup = {};
  counts.setup.by_days = by_days;
  counts.sets = {"", "AE", "LZB", "LZB4"};
  for (unsigned i = 0; i < groups.rules.size(); ++i) {
    if ((seen >> (first_group + i) & 1U) == 0) continue;
    counts.setup.group_planes[counts.setup.groups++] = static_cast<std::uint8_t>(i);
    counts.sets.push_back(groups.rules[i].code);
  }
}

void take_sums(const std::vector<std::uint64_t>& sums, std::uint32_t* into) {
  for (std::size_t i = 0; i < sums.size(); i += plane_words) {
    std::uint64_t all = 0;
    for (unsigned word = 0; word < plane_words; ++word) all += sums[i + word];
    *into++ += static_cast<std::uint32_t>(all);
  }
}

Counts count(const Caseload& caseload, const Path& path, unsigned threads) {
  Counts counts;
  unsigned first = 0, last = 0;
  if (!caseload.span(first, last)) return counts;
  counts.first = first_possible + static_cast<int>(first);
  counts.months = static_cast<int>(last - first) + 1;
  choose_sets(counts, caseload.groups, caseload.seen(), caseload.by_days);

  struct Where {
    const PersonTable* table;
    std::size_t block;
  };
  std::map<ClassId, std::vector<Where>> blocks;
  for (const auto& shard : caseload.shards) {
    for (std::size_t block = 0; block < shard->block_count(); ++block) {
      if (shard->block_class(block) != nowhere) blocks[shard->block_class(block)].push_back({shard.get(), block});
    }
  }
  for (const auto id : caseload.money.classes()) {
    bool any = false;
    for (unsigned month = first; month <= last; ++month) any = any || !caseload.money.at(month, id).empty();
    if (any) blocks[id];
  }
  std::vector<const std::vector<Where>*> of_class;
  for (const auto& [id, list] : blocks) {
    counts.classes.push_back(id);
    of_class.push_back(&list);
  }
  const auto months = static_cast<std::size_t>(counts.months);
  const std::size_t width = counts.width();
  counts.data.resize(counts.classes.size() * months * width);
  counts.money.resize(counts.classes.size() * months);
  std::atomic<std::size_t> next = 0;
  in_parallel(threads, [&](unsigned) {
    std::vector<std::uint64_t> sums(months * width * plane_words), scratch(months * planes * plane_words);
    std::vector<BlockMonth> of_block(months);
    std::vector<Earlier> earlier;
    for (auto index = next++; index < of_class.size(); index = next++) {
      std::fill(sums.begin(), sums.end(), 0);
      for (const auto& where : *of_class[index]) {
        auto* data = scratch.data();
        for (std::size_t month = 0; month < months; ++month) {
          of_block[month] = where.table->planes_of(where.block, first + static_cast<unsigned>(month), data);
          data += planes * plane_words;
        }
        earlier.clear();
        for (std::uint32_t lane = 0; lane < where.table->block_fill(where.block); ++lane) {
          const auto& slot = where.table->slot(static_cast<SlotId>(where.block * lanes + lane));
          if (slot.earlier != 0) earlier.push_back({slot.begin - first, lane, slot.earlier});
        }
        std::sort(earlier.begin(), earlier.end(), [](const Earlier& a, const Earlier& b) { return a.month < b.month; });
        path.count(of_block.data(), counts.months, earlier.data(), earlier.size(), counts.setup, sums.data());
      }
      take_sums(sums, counts.data.data() + index * months * width);
      for (std::size_t month = 0; month < months; ++month) counts.money[index * months + month] = caseload.money.at(first + static_cast<unsigned>(month), counts.classes[index]);
    }
  });
  return counts;
}

bool Counts::add(const Counts& other) {
  if (other.setup.by_days != setup.by_days) return false;
  Counts sum;
  sum.first = std::min(first, other.first);
  sum.months = std::max(first + months, other.first + other.months) - sum.first;
  sum.setup.by_days = setup.by_days;
  // Flagged groups of either; which plane they came from no longer matters.
  sum.sets = sets;
  for (const auto& set : other.sets) {
    if (std::find(sum.sets.begin(), sum.sets.end(), set) == sum.sets.end()) sum.sets.push_back(set);
  }
  if (sum.sets.size() > derived_sets + most_groups) return false;
  sum.setup.groups = static_cast<unsigned>(sum.sets.size()) - derived_sets;
  std::set_union(classes.begin(), classes.end(), other.classes.begin(), other.classes.end(), std::back_inserter(sum.classes));
  sum.data.resize(sum.classes.size() * static_cast<std::size_t>(sum.months) * sum.width());
  sum.money.resize(sum.classes.size() * static_cast<std::size_t>(sum.months));
  for (const auto* part : {static_cast<const Counts*>(this), &other}) {
    for (std::size_t i = 0; i < part->classes.size(); ++i) {
      const auto to_class = static_cast<std::size_t>(std::lower_bound(sum.classes.begin(), sum.classes.end(), part->classes[i]) - sum.classes.begin());
      for (int month = 0; month < part->months; ++month) {
        const auto to = to_class * static_cast<std::size_t>(sum.months) + static_cast<std::size_t>(month + (part->first - sum.first));
        sum.money[to].add(part->money[i * static_cast<std::size_t>(part->months) + static_cast<std::size_t>(month)]);
        const auto* from = part->at(i, month);
        for (std::size_t set = 0; set < part->sets.size(); ++set) {
          const auto to_set = static_cast<std::size_t>(std::find(sum.sets.begin(), sum.sets.end(), part->sets[set]) - sum.sets.begin());
          for (unsigned c = 0; c < per_set; ++c) sum.data[to * sum.width() + to_set * per_set + c] += from[set * per_set + c];
        }
        for (unsigned c = 0; c < movements; ++c) sum.data[to * sum.width() + sum.sets.size() * per_set + c] += from[part->sets.size() * per_set + c];
      }
    }
  }
  *this = std::move(sum);
  return true;
}

}  // namespace zielwerk::casework
