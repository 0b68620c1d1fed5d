// One sheet of a workbook as far as it is set: nothing is allocated for cells that are only declared. Rows count from 1, columns
// from 0 (A = 0), as in domain::Place.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::intake {

enum class CellKind : std::uint8_t {
  Empty,
  Text,
  Number,       // text() is the number as the file writes it, a double
  Date,         // ISO 8601 date (rare; dates are usually numbers, Excel serials)
  Boolean,      // "0" or "1"
  Error,        // "#REF!"
  FormulaOnly,  // a formula whose result was not stored
};

struct Cell {
  CellKind kind = CellKind::Empty;
  std::string_view text;  // UTF-8, as in the file, leading blanks included; valid until the XlsxFile reads another sheet
};

struct MergedRange {
  unsigned first_row = 0;
  unsigned first_column = 0;
  unsigned last_row = 0;
  unsigned last_column = 0;
};

struct CellAddress {
  unsigned row = 0;
  unsigned column = 0;
};

// "C14"; nullopt beyond XFD1048576 and for anything else.
std::optional<CellAddress> parse_cell_address(std::string_view text);
// "C" -> 2
std::optional<unsigned> parse_column_letters(std::string_view text);

class Sheet {
 public:
  struct Entry {
    std::uint32_t row = 0;
    std::uint16_t column = 0;
    CellKind kind = CellKind::Empty;
    std::uint32_t begin = 0;  // in the pool
    std::uint32_t size = 0;
    std::uint64_t order() const { return std::uint64_t{row} << 16 | column; }
  };

  // The entries must be ordered and unique.
  Sheet(std::shared_ptr<const std::string> pool, std::vector<Entry> entries, std::vector<MergedRange> merges)
      : pool_(std::move(pool)), entries_(std::move(entries)), merges_(std::move(merges)) {}

  Cell at(unsigned row, unsigned column) const;
  // All set cells, by row and column.
  const std::vector<Entry>& entries() const { return entries_; }
  Cell cell(const Entry& entry) const { return {entry.kind, std::string_view(*pool_).substr(entry.begin, entry.size)}; }
  const std::vector<MergedRange>& merges() const { return merges_; }

 private:
  std::shared_ptr<const std::string> pool_;
  std::vector<Entry> entries_;
  std::vector<MergedRange> merges_;
};

}  // namespace zielwerk::intake
