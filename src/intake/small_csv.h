// Small hand-kept tables (peer groups, printed figures): ";", first line names the columns, UTF-8 or CP1252.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/problem.h"

namespace zielwerk::intake {

struct CsvRow {
  std::map<std::string, std::string> fields;
  std::string where;  // "gruppen.csv, Zeile 3"
};

// Problems: file_empty, file_too_large, column_missing, column_unknown, field_count, each with its line, and what `take` reports of
// each row that has its fields: all of a file at once.
using TakeRow = std::function<void(const CsvRow&, base::Problems&)>;
base::Checked<std::vector<CsvRow>> read_small_csv(const std::filesystem::path& file, const std::vector<std::string>& columns, const TakeRow& take = {});

}  // namespace zielwerk::intake
