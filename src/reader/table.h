// Tables of an agreement: columns by what their heads say (Zielwert, Prognose, Ist, Messgröße …), rows as statements.
#pragma once

#include <vector>

#include "reader/target.h"

namespace zielwerk::reader {

// A value with its quantity that is no target: watched, expected or booked.
struct ValueRead {
  std::string code, kennzahl, subgroup;
  std::optional<base::Decimal> value;
  std::string unit, value_raw, measure;
  int year = 0;
  std::vector<Span> evidence;
  Span number;
  std::size_t block = 0;
};

struct TableRead {
  std::vector<TargetRead> targets;
  std::vector<ValueRead> forecasts;
  std::vector<ValueRead> monitoring;
};

// The table whose first row is blocks[first]; reads to its last row. `lead` is the stance of the sentence before it, `quantity` what its
// section is about.
TableRead read_table(Paper& paper, std::size_t first, const std::optional<Quantity>& quantity, const Stance& lead);

}  // namespace zielwerk::reader
