// Where a target begins to be reached, rounding included, and how far a value is from there in the units people count.
#pragma once

#include "base/exact.h"
#include "domain/agreement.h"

namespace zielwerk::evaluation {

// Verdicts compare after rounding half away from zero (handbook, section 7.2). So "at least 1.9 %" begins at exactly 1.85 %, and
// "at most 0.0" ends before 0.05: the edge that rounds away from the target's side is not part of it.
struct Threshold {
  base::Exact value;
  bool inclusive = true;
  bool from_below = true;  // values above (true) or below (false) the threshold reach the target
};

// For AtLeast, AtMost, MoreThan, LessThan. Equal is asked for one side at a time.
Threshold threshold(domain::Bound bound, const base::Exact& target, int places);

bool reached(domain::Bound bound, const base::Exact& actual, const base::Exact& target);

// Whole units: distance of a count to the smallest (largest) whole number that still reaches.
base::Integer whole_distance(const Threshold& threshold, const base::Exact& actual);

// Stocks and money: distance to the last value that still reaches, rounded down.
base::Integer floor_distance(const Threshold& threshold, const base::Exact& actual);

}  // namespace zielwerk::evaluation
