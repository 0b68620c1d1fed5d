// Figures straight from the bit histories of a state file.
#include <algorithm>
#include <atomic>
#include <map>

#include <fmt/format.h>

#include "casework/large_memory.h"
#include "casework/parallel.h"
#include "casework/state_file.h"

namespace zielwerk::casework {

std::vector<std::vector<Earlier>> earlier_by_block(const StateFile& state) {
  std::vector<std::vector<Earlier>> all(state.space().blocks().size());
  const auto first = state.sections().front().month;
  SlotSpace space;
  for (const auto& section : state.sections()) {
    auto next = section.takeovers.begin();
    std::uint32_t index = 0;
    for (const auto& [id, count] : section.runs) {
      for (std::uint32_t i = 0; i < count; ++i, ++index) {
        const auto slot = space.take(id);
        if (next == section.takeovers.end() || next->index != index) continue;
        if (next->earlier != 0) all[slot / lanes].push_back({section.month - first, slot % lanes, next->earlier});
        ++next;
      }
    }
  }
  return all;
}

Counts count(const StateFile& state, const Path& code, unsigned threads, Month first, Month last) {
  Counts counts;
  counts.first = first;
  counts.months = last - first + 1;
  Cell seen = 0;
  for (const auto& section : state.sections()) {
    for (const auto present : section.present) seen |= present;
  }
  choose_sets(counts, state.groups(), seen, false);
  const auto months = static_cast<std::size_t>(counts.months);
  const auto offset = static_cast<std::size_t>(state.first() - first);
  const auto earlier = earlier_by_block(state);
  std::map<ClassId, std::vector<std::size_t>> blocks;
  for (std::size_t block = 0; block < state.space().blocks().size(); ++block) {
    if (state.space().blocks()[block] != nowhere) blocks[state.space().blocks()[block]].push_back(block);
  }
  for (const auto& section : state.sections()) {
    for (const auto& entry : section.money) blocks[entry.class_id];
  }
  std::vector<const std::vector<std::size_t>*> of_class;
  for (const auto& [id, list] : blocks) {
    counts.classes.push_back(id);
    of_class.push_back(&list);
  }
  const std::size_t width = counts.width();
  counts.data.resize(counts.classes.size() * months * width);
  counts.money.resize(counts.classes.size() * months);
  for (std::size_t s = 0; s < state.sections().size(); ++s) {
    for (const auto& entry : state.sections()[s].money) {
      const auto index = static_cast<std::size_t>(std::lower_bound(counts.classes.begin(), counts.classes.end(), entry.class_id) - counts.classes.begin());
      counts.money[index * months + offset + s] = entry.money;
    }
  }
  std::atomic<std::size_t> next = 0;
  in_parallel(threads, [&](unsigned) {
    std::vector<std::uint64_t> sums(months * width * plane_words);
    std::vector<BlockMonth> of_block(months);
    std::vector<Earlier> past;
    for (auto index = next++; index < of_class.size(); index = next++) {
      std::fill(sums.begin(), sums.end(), 0);
      for (const auto block : *of_class[index]) {
        for (std::size_t s = 0; s < state.sections().size(); ++s) of_block[offset + s] = state.block(state.sections()[s], block);
        past = earlier[block];
        for (auto& one : past) one.month += static_cast<std::uint32_t>(offset);
        code.count(of_block.data(), counts.months, past.data(), past.size(), counts.setup, sums.data());
      }
      take_sums(sums, counts.data.data() + index * months * width);
    }
  });
  return counts;
}

base::Problems persons_in_two(const std::vector<std::unique_ptr<StateFile>>& states) {
  if (states.size() < 2) return {};
  // A bit for each key of the files before; only keys that hit one are looked at closely.
  constexpr unsigned bits = 27;
  LargeVector<std::uint64_t> seen((std::size_t{1} << bits) / 64);
  const auto place = [](std::uint64_t key) { return (key * 0x9E3779B97F4A7C15U) >> (64 - bits); };
  std::vector<std::pair<std::uint64_t, std::uint16_t>> candidates;
  for (const auto& state : states) {
    for (const auto& section : state->sections()) {
      for (std::size_t i = 0; i < section.keys.size(); ++i) {
        const auto at = place(section.keys[i]);
        if ((seen[at / 64] >> at % 64 & 1U) != 0) candidates.emplace_back(section.keys[i], section.checks[i]);
      }
    }
    for (const auto& section : state->sections()) {
      for (const auto key : section.keys) seen[place(key) / 64] |= std::uint64_t{1} << place(key) % 64;
    }
  }
  std::sort(candidates.begin(), candidates.end());
  // A candidate is one only if a file before holds it, too.
  std::map<std::pair<std::uint64_t, std::uint16_t>, const StateFile*> owner;
  base::Problems problems;
  if (candidates.empty()) return problems;
  for (const auto& state : states) {
    std::size_t shared = 0;
    const StateFile* other = nullptr;
    for (const auto& section : state->sections()) {
      for (std::size_t i = 0; i < section.keys.size(); ++i) {
        const std::pair key(section.keys[i], section.checks[i]);
        if (!std::binary_search(candidates.begin(), candidates.end(), key)) continue;
        const auto known = owner.try_emplace(key, state.get()).first;
        if (known->second == state.get()) continue;
        ++shared;
        other = known->second;
      }
    }
    if (shared > 0) problems.push_back({"person_in_two_files", fmt::format("{} Personen stehen auch in {}; zusammengezählt werden dürfen nur Teile ohne gemeinsame Personen.", shared, other->name()), state->name()});
  }
  return problems;
}

}  // namespace zielwerk::casework
