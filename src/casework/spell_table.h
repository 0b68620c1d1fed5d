// A table of spells: CSV with named columns in any order, ";" or ",", read line by line.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/problem.h"

namespace zielwerk::casework {

struct SpellRow {
  const std::string& file;
  const std::vector<std::string>& columns;
  const std::vector<std::string_view>& fields;
  std::size_t line = 0;

  std::string_view field(std::string_view column) const;
  std::string where(std::string_view column) const;  // "bezug.csv, Zeile 3, Spalte von"
};

// Problems: file_missing, file_empty, column_unknown, column_twice, column_missing, field_count, line_too_long, more than a few hundred are not kept.
void read_spell_table(const std::filesystem::path& path, const std::vector<std::string>& columns, base::Problems& problems, const std::function<void(const SpellRow&)>& take);

// The first ones, and how many more there are.
base::Problems limited(base::Problems problems);

}  // namespace zielwerk::casework
