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
  for (const auto& section : state.sections()) {
    auto span = section.spans.begin();
    for (const auto& one : section.takeovers) {
      while (one.index >= span->index + span->count) ++span;
      const auto slot = span->slot + (one.index - span->index);
      if (one.earlier != 0) all[slot / lanes].push_back({section.month - first, slot % lanes, one.earlier});
    }
  }
  return all;
}

Counts count(const std::vector<const StateFile*>& states, const Path& code, unsigned threads, Month first, Month last) {
  Counts counts;
  counts.first = first;
  counts.months = last - first + 1;
  const auto months = static_cast<std::size_t>(counts.months);
  struct Of {
    const StateFile* state;
    std::size_t offset;  // of its first month
    std::vector<std::vector<Earlier>> earlier;
  };
  std::vector<Of> files;
  for (const auto* state : states) files.push_back({state, static_cast<std::size_t>(state->first() - first), {}});
  std::atomic<std::size_t> next = 0;
  std::atomic<unsigned> seen = 0;
  in_parallel(threads, [&](unsigned) {
    for (auto index = next++; index < files.size(); index = next++) {
      files[index].earlier = earlier_by_block(*files[index].state);
      for (auto& block : files[index].earlier) {
        for (auto& one : block) one.month += static_cast<std::uint32_t>(files[index].offset);
      }
      unsigned of_file = 0;
      for (const auto& section : files[index].state->sections()) {
        for (const auto present : section.present) of_file |= present;
      }
      seen |= of_file;
    }
  });
  choose_sets(counts, states.front()->groups(), static_cast<Cell>(seen), false);
  struct Where {
    const Of* file;
    std::size_t block;
  };
  std::map<ClassId, std::vector<Where>> blocks;
  for (const auto& file : files) {
    const auto& classes = file.state->space().blocks();
    for (std::size_t block = 0; block < classes.size(); ++block) {
      if (classes[block] != nowhere) blocks[classes[block]].push_back({&file, block});
    }
    for (const auto& section : file.state->sections()) {
      for (const auto& entry : section.money) blocks[entry.class_id];
    }
  }
  std::vector<const std::vector<Where>*> of_class;
  for (const auto& [id, list] : blocks) {
    counts.classes.push_back(id);
    of_class.push_back(&list);
  }
  const std::size_t width = counts.width();
  counts.data.resize(counts.classes.size() * months * width);
  counts.money.resize(counts.classes.size() * months);
  for (const auto& file : files) {
    for (std::size_t s = 0; s < file.state->sections().size(); ++s) {
      for (const auto& entry : file.state->sections()[s].money) {
        const auto index = static_cast<std::size_t>(std::lower_bound(counts.classes.begin(), counts.classes.end(), entry.class_id) - counts.classes.begin());
        counts.money[index * months + file.offset + s].add(entry.money);
      }
    }
  }
  next = 0;
  in_parallel(threads, [&](unsigned) {
    std::vector<std::uint64_t> sums(months * width * plane_words);
    std::vector<BlockMonth> of_block(months);
    for (auto index = next++; index < of_class.size(); index = next++) {
      std::fill(sums.begin(), sums.end(), 0);
      const auto& blocks_of_class = *of_class[index];
      for (std::size_t i = 0; i < blocks_of_class.size(); ++i) {
        const auto& [file, block] = blocks_of_class[i];
        std::fill(of_block.begin(), of_block.end(), BlockMonth{});
        const auto& sections = file->state->sections();
        // The months of a block lie far apart: those of the next one are fetched meanwhile.
        const auto* next_one = i + 1 < blocks_of_class.size() && blocks_of_class[i + 1].file == file ? &blocks_of_class[i + 1] : nullptr;
        for (std::size_t s = 0; s < sections.size(); ++s) {
          if (next_one) StateFile::fetch(sections[s], next_one->block);
          of_block[file->offset + s] = file->state->block(sections[s], block, code);
        }
        const auto& past = file->earlier[block];
        code.count(of_block.data(), counts.months, past.data(), past.size(), counts.setup, sums.data());
      }
      take_sums(sums, counts.data.data() + index * months * width);
    }
  });
  return counts;
}

base::Problems persons_in_two(const std::vector<std::unique_ptr<StateFile>>& states) {
  // Parts of one whole share nobody.
  if (states.size() < 2 || std::all_of(states.begin(), states.end(), [&](const auto& state) { return state->part().of == states.size(); })) return {};
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
