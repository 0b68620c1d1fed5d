// The shape of a row: where its fields stand, known from the bit pattern of its separators alone. Rows of a file have a few dozen shapes, so
// each is worked out once. A shape that is not plain (other lengths than usual) leaves its rows to the careful reader.
#pragma once

#include "casework/path.h"
#include "casework/row_fields.h"

namespace zielwerk::casework {

// The last `length` (0 … 8) bytes of eight.
constexpr std::uint64_t last_bytes(unsigned length) { return length == 0 ? 0 : ~std::uint64_t{0} << 8 * (8 - length); }
constexpr std::uint64_t first_bytes(unsigned length) { return length == 0 ? 0 : ~std::uint64_t{0} >> 8 * (8 - length); }

// Where the fields of a row stand, counted from the end of its first field. Known by the bit pattern of its separators.
struct Shape {
  std::uint64_t ends = 0;
  std::uint8_t begin[column_count] = {};
  std::uint8_t llu_end = 0, luh_end = 0, birth_length = 0;
  bool plain = false;
  std::uint64_t group_bytes = 0, group_length = 0;  // of the eight bytes from its begin; the length in the highest byte
  std::uint64_t llu_bytes = 0, luh_bytes = 0;       // of the eight bytes before its end
  std::uint64_t flag_bytes = 0;                     // of the second eight bytes from elb on: those up to the end of kont
};

// Makes the shapes of a file. `row_ends`: separators and line end of the row, from its begin on, or from behind its first field on.
class RowShapes {
 public:
  // `by_age`: groups depend on the month of birth, which the quick reader does not look at.
  RowShapes(const Layout& layout, bool by_age);
  bool flags_together() const { return flags_together_; }  // elb … kont stand side by side
  Shape behind_key(std::uint64_t row_ends) const;
  WholeShape whole(std::uint64_t row_ends) const;

 private:
  struct Fields;
  bool plain_fields(std::uint64_t row_ends, unsigned first, Fields& fields) const;
  Layout layout_;
  bool by_age_;
  bool flags_together_ = true;
};

}  // namespace zielwerk::casework
