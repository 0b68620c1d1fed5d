// Many facts in little memory: what intake hands to a store. One column is one series of one Jobcenter; a row is one value of it.
// 24 bytes a row, so the 23 million facts of a national file fit into half a gigabyte.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/fact.h"

namespace zielwerk::domain {

struct Column {
  ProviderNumber jobcenter;
  SeriesKey series;
  friend auto operator<=>(const Column&, const Column&) = default;
};

class FactRow {
 public:
  FactRow() = default;
  FactRow(std::uint32_t column, Month month, DataState state, FactValue value, Place place)
      : digits_(value.number.digits),
        packed_((place.packed & ~place_flag) | (place.is_cell() ? cell_flag : 0)),
        column_(column),
        month_(short_index(month)),
        state_(short_index(state.loaded)) {
    packed_ |= static_cast<std::uint64_t>(value.number.places) << 60 | static_cast<std::uint64_t>(value.mark) << 57;
  }

  std::uint32_t column() const { return column_; }
  Month month() const { return Month::from_index(month_ + base_index); }
  DataState state() const { return {Month::from_index(state_ + base_index)}; }
  FactValue value() const {
    return {{digits_, static_cast<std::uint8_t>(packed_ >> 60)}, static_cast<Mark>(packed_ >> 57 & 7)};
  }
  Place place() const { return {(packed_ & place_mask) | ((packed_ & cell_flag) != 0 ? place_flag : 0)}; }

  // By column, then month, then Ladestand.
  std::uint64_t order() const { return static_cast<std::uint64_t>(column_) << 32 | static_cast<std::uint64_t>(month_) << 16 | state_; }

 private:
  static constexpr int base_index = 1900 * 12;
  static constexpr std::uint64_t place_flag = std::uint64_t{1} << 62;
  static constexpr std::uint64_t cell_flag = std::uint64_t{1} << 56;
  static constexpr std::uint64_t place_mask = cell_flag - 1;
  static std::uint16_t short_index(Month month) { return static_cast<std::uint16_t>(month.index() - base_index); }

  std::int64_t digits_ = 0;
  std::uint64_t packed_ = 0;  // places (4 bits), mark (3), cell or line (1), place (56)
  std::uint32_t column_ = 0;
  std::uint16_t month_ = 0;
  std::uint16_t state_ = 0;
};
static_assert(sizeof(FactRow) == 24);

struct FactTable {
  std::vector<Column> columns;
  std::vector<FactRow> rows;
};

}  // namespace zielwerk::domain
