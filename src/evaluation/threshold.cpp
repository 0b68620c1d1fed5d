#include "evaluation/threshold.h"

namespace zielwerk::evaluation {

using base::Exact;
using base::Integer;
using domain::Bound;

Threshold threshold(Bound bound, const Exact& target, int places) {
  const Exact unit = Exact(1, base::power_of_ten(places));
  const Exact half = unit / 2;
  switch (bound) {
    case Bound::AtLeast: {
      const Exact edge = target - half;
      return {edge, edge > 0, true};
    }
    case Bound::MoreThan: return threshold(Bound::AtLeast, target + unit, places);
    case Bound::AtMost: {
      const Exact edge = target + half;
      return {edge, edge < 0, false};
    }
    case Bound::LessThan: return threshold(Bound::AtMost, target - unit, places);
    case Bound::Equal: break;
  }
  throw base::Bug("an equality has two thresholds");
}

bool reached(Bound bound, const Exact& actual, const Exact& target) {
  switch (bound) {
    case Bound::AtLeast: return actual >= target;
    case Bound::AtMost: return actual <= target;
    case Bound::MoreThan: return actual > target;
    case Bound::LessThan: return actual < target;
    case Bound::Equal: break;
  }
  return actual == target;
}

Integer whole_distance(const Threshold& threshold, const Exact& actual) {
  const Integer below = base::floor(threshold.value);
  const bool on_whole = threshold.value == Exact(below);
  if (threshold.from_below) {
    const Integer smallest = on_whole && threshold.inclusive ? below : Integer(below + 1);
    return base::floor(actual - Exact(smallest));
  }
  const Integer largest = on_whole && !threshold.inclusive ? Integer(below - 1) : below;
  return base::floor(Exact(largest) - actual);
}

Integer floor_distance(const Threshold& threshold, const Exact& actual) {
  const Exact room = threshold.from_below ? Exact(actual - threshold.value) : Exact(threshold.value - actual);
  const Integer whole = base::floor(room);
  // An edge that does not belong to the target is never quite reached.
  return !threshold.inclusive && room == Exact(whole) ? Integer(whole - 1) : whole;
}

}  // namespace zielwerk::evaluation
