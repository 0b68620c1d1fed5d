// Rows from CSV bytes, quickly. The separators of a row, read as one bit pattern, give its shape; rows of a known shape are taken apart
// with a few loads each. Whatever is not plain (quotes, text keys, odd amounts, long rows) goes to the careful reader, row by row.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "casework/path.h"
#include "casework/row_fields.h"

namespace zielwerk::casework {

// A problem found while reading; the line is counted later, and only if there is one.
struct RowProblem {
  std::uint64_t offset = 0;  // of the row in its file
  FieldProblem problem;
};

// What one thread made of the rows it read.
struct RowSink {
  std::vector<std::vector<PersonRow>> by_shard;           // by hash of the person
  std::vector<std::vector<Money>> money;                  // by month, then class; empty where nothing is
  std::vector<std::uint64_t> rows;                        // by month
  std::vector<RowProblem> problems;

  explicit RowSink(std::size_t shards) : by_shard(shards), money(possible_months), rows(possible_months) {}
  void add(const FullRow& row);
  void add(const PersonRow& row) { by_shard[shard_of(row.key)].push_back(row); }
  void add_money(unsigned month, ClassId class_id, const Money& amount) {
    auto& classes = money[month];
    if (classes.empty()) classes.resize(class_count());
    classes[class_id].add(amount);
  }
  std::size_t shard_of(std::uint64_t key) const { return casework::shard_of(key, by_shard.size()); }
};

inline constexpr std::size_t padding = 64;  // readable bytes before and after what quick_rows is given

class QuickRows {
 public:
  QuickRows(const Layout& layout, const GroupRules& groups, const Path& path);
  ~QuickRows();
  QuickRows(const QuickRows&) = delete;
  QuickRows& operator=(const QuickRows&) = delete;

  // Rows that begin in bytes[0, limit); the last one may reach further, up to size. The bytes begin at the begin of a row and end with a
  // line end. `offset` is where bytes[0] stands in the file.
  void read(const char* bytes, std::size_t size, std::size_t limit, std::uint64_t offset, RowSink& sink);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace zielwerk::casework
