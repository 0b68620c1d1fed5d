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

// Rows of a piece for one shard. Used again and again, so its memory is asked for once.
class RowList {
 public:
  void make_room(std::size_t further) {
    const auto rows = size();
    if (memory_.size() >= rows + further) return;
    if (rows == 0) memory_.clear();  // nothing to carry along
    memory_.resize((rows + further + 4095) / 4096 * 4096);
    end_ = memory_.data() + rows;
  }
  void add(const PersonRow& row) {  // after make_room
    __builtin_prefetch(end_ + 32, 1);  // the core that read the list last may still hold it
    *end_++ = row;
  }
  void clear() { end_ = memory_.data(); }
  const PersonRow* begin() const { return memory_.data(); }
  const PersonRow* end() const { return end_; }
  std::size_t size() const { return static_cast<std::size_t>(end_ - memory_.data()); }

 private:
  ZeroVector<PersonRow> memory_;
  PersonRow* end_ = nullptr;
};

// What one thread made of the rows it read.
struct RowSink {
  std::vector<RowList> by_shard;                          // by hash of the person
  MoneyTable money;
  std::vector<std::uint64_t> rows;                        // by month
  std::vector<RowProblem> problems;

  Part part;

  explicit RowSink(std::size_t shards, Part of = {}) : by_shard(shards), rows(possible_months), part(of) {}
  void make_room(std::size_t further) {
    for (auto& list : by_shard) list.make_room(further);
  }
  void add(const FullRow& row);  // after make_room
  void add(const PersonRow& row) { by_shard[shard_of(row.key)].add(row); }
  std::size_t shard_of(std::uint64_t key) const { return casework::shard_of(key, by_shard.size()); }
};

inline constexpr std::size_t shortest_row = 30;  // bytes, line end included: person, month, Träger, sex, elb
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
