// Dense counters per Jobcenter, sex and month: the base figures before they have names.
#pragma once

#include <string>
#include <vector>

#include "casework/large_memory.h"
#include "casework/path.h"
#include "casework/reading.h"
#include "domain/measure.h"

namespace zielwerk::casework {

struct Counts {
  Month first;
  int months = 0;
  CountSetup setup;
  std::vector<std::string> sets;        // group codes in the order of the counters: "", AE, LZB, LZB4, flagged ones
  std::vector<ClassId> classes;         // ascending
  LargeVector<std::uint32_t> data;      // [class][month][counter]; a person is a 32-bit slot, so no count is larger
  std::vector<Money> money;             // [class][month]

  unsigned width() const { return counters(setup); }
  const std::uint32_t* at(std::size_t class_index, int month) const { return data.data() + (class_index * static_cast<std::size_t>(months) + static_cast<std::size_t>(month)) * width(); }
  // Adds those of other persons: every figure is a sum over persons. False if the two cannot be added (groups, rule).
  bool add(const Counts& other);
};

// Names the sets that are counted: derived ones, and of the flagged groups those that occur.
void choose_sets(Counts& counts, const GroupRules& groups, Cell seen, bool by_days);

Counts count(const Caseload& caseload, const Path& path, unsigned threads);

// Adds up the eight partial sums of each counter of one class.
void take_sums(const std::vector<std::uint64_t>& sums, std::uint32_t* into);

}  // namespace zielwerk::casework
