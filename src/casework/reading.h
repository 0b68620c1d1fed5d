// Files of person-months into memory: two threads (or more) take pieces of the files in turn, and hand each row to the thread that owns
// the person. Nothing is kept of a file that has a problem.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "base/problem.h"
#include "casework/person_table.h"
#include "casework/quick_rows.h"

namespace zielwerk::casework {

using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

struct ReadOptions {
  GroupRules groups;
  const Path* path = best_path();
  unsigned threads = 2;
  Part part;  // rows of other persons are checked, and left out
  bool one_month = false;  // every row is another person: memory is asked for at once
  Progress progress;
};

// Everything read, by person.
struct Caseload {
  std::vector<std::unique_ptr<PersonTable>> shards;
  MoneyTable money;
  std::vector<std::uint64_t> rows;        // by month
  GroupRules groups;
  bool by_days = false;  // LZB is stated by rule [B]
  Part part;

  std::size_t persons() const;
  std::uint64_t row_count() const;
  Cell seen() const;
  // First and last month with a row; false if there is none.
  bool span(unsigned& first, unsigned& last) const;
  // Calendar months between them without any row.
  std::vector<Month> gaps() const;
};

// At most so many problems of an input are told, the rest is counted in a last one.
inline constexpr std::size_t most_problems = 100;

// Problems, each with file and line, besides those of read_fields and read_header: line_too_long, field_count, row_twice, two_stocks,
// key_clash, file_changed, no_rows, file_kind, parquet_library_missing, parquet_unreadable, more_problems. Throws base::EnvironmentError if a file cannot be read.
base::Checked<Caseload> read_person_months(const std::vector<std::filesystem::path>& files, const ReadOptions& options);

// An empty caseload of that many shards, for rows that come from elsewhere (spells, state files).
Caseload empty_caseload(unsigned shards, const GroupRules& groups, const Path& code);
// Adds a row to the shard that owns its person.
void add_row(Caseload& caseload, const FullRow& row);

}  // namespace zielwerk::casework
