#include "intake/sheet.h"

#include <algorithm>

namespace zielwerk::intake {
namespace {

constexpr unsigned last_column_of_excel = 16'383;
constexpr unsigned last_row_of_excel = 1'048'576;

}  // namespace

std::optional<unsigned> parse_column_letters(std::string_view text) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  unsigned column = 0;
  for (const char c : text) {
    if (c < 'A' || c > 'Z') return std::nullopt;
    column = column * 26 + static_cast<unsigned>(c - 'A') + 1;
  }
  if (column > last_column_of_excel + 1) return std::nullopt;
  return column - 1;
}

std::optional<CellAddress> parse_cell_address(std::string_view text) {
  const auto digits = text.find_first_of("0123456789");
  if (digits == std::string_view::npos || text.size() - digits > 7) return std::nullopt;
  const auto column = parse_column_letters(text.substr(0, digits));
  unsigned row = 0;
  for (const char c : text.substr(digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    row = row * 10 + static_cast<unsigned>(c - '0');
  }
  if (!column || row < 1 || row > last_row_of_excel) return std::nullopt;
  return CellAddress{row, *column};
}

Cell Sheet::at(unsigned row, unsigned column) const {
  const auto wanted = std::uint64_t{row} << 16 | column;
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), wanted, [](const Entry& entry, std::uint64_t order) { return entry.order() < order; });
  return found != entries_.end() && found->order() == wanted ? cell(*found) : Cell{};
}

}  // namespace zielwerk::intake
