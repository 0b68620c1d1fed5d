// DuckDB, if it is there: its library is loaded when somebody asks for it, never linked. Used to read Parquet, and by bench and tests as
// a second opinion. $ZIELWERK_DUCKDB names the file, else libduckdb.so is looked for where libraries are.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace zielwerk::casework {

class DuckDb {
 public:
  // Problem parquet_library_missing.
  static base::Result<std::unique_ptr<DuckDb>> open(unsigned threads);
  ~DuckDb();
  DuckDb(const DuckDb&) = delete;
  DuckDb& operator=(const DuckDb&) = delete;

  // Runs a statement whose columns are all VARCHAR and hands its rows over; a NULL is an empty text. Returns DuckDB's error, empty if
  // all went well.
  std::string query(const std::string& sql, const std::function<void(const std::vector<std::string_view>&)>& take);

 private:
  DuckDb() = default;
  struct Library;
  std::unique_ptr<Library> library_;
};

// A text as an SQL literal.
std::string sql_text(std::string_view text);

}  // namespace zielwerk::casework
