// What may leave the house (handbook, section 9): no count of 1 or 2, and none that follows from what is shown: the third of T, M and F;
// the rest of a total ("all but the LZB"); the one movement that two stocks leave open. docs/decisions/0022 says what is promised.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace zielwerk::casework {

enum SexCell : unsigned { cell_t, cell_m, cell_f, cell_x, sex_cells };  // X is never written, but follows from T - M - F

struct ProtectedSeries {
  std::array<std::int64_t, sex_cells> cases{};   // how many persons a cell is about
  std::array<bool, sex_cells> hidden{};
  std::array<int, 2> wholes{-1, -1};  // series this one is part of, or -1
};

inline bool too_few(std::int64_t cases) { return cases == 1 || cases == 2; }

// Hides until nothing more follows. `movements`: indices of inflow, outflow, moves in, moves out, which with two stocks add to 0; or
// empty.
void protect(std::vector<ProtectedSeries>& series, const std::vector<std::size_t>& movements);

}  // namespace zielwerk::casework
