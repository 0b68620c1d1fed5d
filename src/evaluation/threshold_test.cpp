#include "evaluation/threshold.h"

#include <gtest/gtest.h>

namespace zielwerk::evaluation {
namespace {

using base::Exact;
using base::Integer;
using domain::Bound;

TEST(Threshold, BeginsWhereRoundingReaches) {
  struct Case {
    Bound bound;
    Exact target;
    int places;
    Exact edge;
    bool inclusive;
  };
  const Case cases[] = {
      {Bound::AtLeast, Exact(19, 10), 1, Exact(185, 100), true},
      {Bound::AtLeast, Exact(0), 1, Exact(-5, 100), false},        // -0.05 rounds to -0.1
      {Bound::AtLeast, Exact(-15, 10), 1, Exact(-155, 100), false},  // "nicht mehr als 1,5 Prozent sinkt"
      {Bound::AtLeast, Exact(261), 0, Exact(521, 2), true},
      {Bound::AtMost, Exact(11, 10), 1, Exact(115, 100), false},
      {Bound::AtMost, Exact(0), 1, Exact(5, 100), false},
      {Bound::AtMost, Exact(-4, 10), 1, Exact(-35, 100), true},  // -0.35 rounds to -0.4
      {Bound::AtMost, Exact(7331), 0, Exact(14663, 2), false},
      {Bound::MoreThan, Exact(19, 10), 1, Exact(195, 100), true},
      {Bound::LessThan, Exact(19, 10), 1, Exact(185, 100), false},
      {Bound::LessThan, Exact(0), 1, Exact(-5, 100), true},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(domain::sign(c.bound) + " " + base::plain_or_rounded(c.target));
    const auto found = threshold(c.bound, c.target, c.places);
    EXPECT_EQ(found.value, c.edge);
    EXPECT_EQ(found.inclusive, c.inclusive);
    EXPECT_EQ(found.from_below, c.bound == Bound::AtLeast || c.bound == Bound::MoreThan);
    // The edge itself, rounded, says the same.
    EXPECT_EQ(reached(c.bound, base::round_half_away(c.edge, c.places).exact(), c.target), c.inclusive);
  }
  EXPECT_THROW(threshold(Bound::Equal, Exact(1), 1), base::Bug);
}

TEST(Threshold, Distances) {
  struct Case {
    const char* name;
    Threshold edge;
    Exact actual;
    Integer whole;
    Integer floored;
  };
  const Case cases[] = {
      {"the example of the exchange format", {Exact(13'535'865, 10'000), true, true}, Exact(1357), 3, 3},
      {"just missed", {Exact(13'535'865, 10'000), true, true}, Exact(1353), -1, -1},
      {"smallest that reaches", {Exact(13'535'865, 10'000), true, true}, Exact(1354), 0, 0},
      {"whole edge belongs to it", {Exact(100), true, true}, Exact(100), 0, 0},
      {"whole edge does not belong to it", {Exact(100), false, true}, Exact(100), -1, -1},
      {"from above", {Exact(11'325, 10), false, false}, Exact(1132), 0, 0},
      {"above the ceiling", {Exact(11'325, 10), false, false}, Exact(1135), -3, -3},
      {"from above, whole edge excluded", {Exact(100), false, false}, Exact(98), 1, 1},
      {"a mean", {Exact(7331), true, false}, Exact(73'041, 10), 26, 26},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(whole_distance(c.edge, c.actual), c.whole) << c.name;
    EXPECT_EQ(floor_distance(c.edge, c.actual), c.floored) << c.name;
  }
}

TEST(Threshold, Reached) {
  struct Case {
    Bound bound;
    bool below, same, above;
  };
  const Case cases[] = {{Bound::AtLeast, false, true, true}, {Bound::AtMost, true, true, false}, {Bound::MoreThan, false, false, true}, {Bound::LessThan, true, false, false}, {Bound::Equal, false, true, false}};
  for (const auto& c : cases) {
    EXPECT_EQ(reached(c.bound, Exact(18, 10), Exact(19, 10)), c.below);
    EXPECT_EQ(reached(c.bound, Exact(190, 100), Exact(19, 10)), c.same);
    EXPECT_EQ(reached(c.bound, Exact(20, 10), Exact(19, 10)), c.above);
  }
}

}  // namespace
}  // namespace zielwerk::evaluation
