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

}  // namespace zielwerk::intake
