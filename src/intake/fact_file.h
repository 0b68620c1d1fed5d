// A file of facts, read whole and checked, not yet taken over. Every importer translates into this one form.
#pragma once

#include <filesystem>
#include <functional>
#include <set>

#include "base/problem.h"
#include "domain/fact_table.h"

namespace zielwerk::intake {

struct FactFile {
  domain::Delivery delivery;  // source, checksum, sheets; id and time are the store's
  domain::FactTable table;
  base::Problems remarks;  // harmless: T is not M + F, a mark, a row left out by the profile
};

// What a file may speak of.
struct Known {
  const domain::Vocabulary& vocabulary;
  const domain::Directory& directory;
};

// Called now and then with bytes done and bytes in all.
using Progress = std::function<void(std::uint64_t, std::uint64_t)>;

// At most so many problems of a file are kept, the rest is counted in a last one: a broken file of a gigabyte must not fill memory.
inline constexpr std::size_t most_problems = 10'000;

// Orders the rows by column, month and Ladestand and drops repetitions; two values for one key are a problem (fact_conflict_in_file)
// that names both places. Counts the facts and notes the range of Ladestände.
void order_rows(FactFile& file, base::Problems& problems);

// People without a statement exist, so T need not be M + F; where it is not, one remark counts and names the first place. Rows ordered.
void remark_sums(FactFile& file);

}  // namespace zielwerk::intake
