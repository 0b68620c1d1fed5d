// What must hold for every number, not only for those somebody thought of. rapidcheck prints the seed of a failure.
#include <gtest/gtest.h>
// after gtest, which it needs
#include <rapidcheck/gtest.h>

#include "base/exact.h"
#include "evaluation/threshold.h"

namespace zielwerk {
namespace {

using base::Exact;
using base::Integer;
using domain::Bound;

Integer any_integer(std::int64_t largest) { return Integer(*rc::gen::inRange<std::int64_t>(-largest, largest + 1)); }

Exact any_fraction() { return Exact(any_integer(1'000'000'000), Integer(*rc::gen::inRange<std::int64_t>(1, 100'000))); }

// Near the edges of rounding, where mistakes live: a multiple of a half unit, sometimes with a hair more or less.
Exact near_a_tie(int places) {
  const Exact half = Exact(1, 2 * base::power_of_ten(places));
  return Exact(any_integer(5000)) * half + Exact(*rc::gen::inRange(-1, 2), 1'000'000'007);
}

std::string text(const Exact& value) { return base::fraction(value); }

// Independent definition: among the neighbours on the grid the nearer one; of two equally near ones the one further from zero.
Exact rounded_by_definition(const Exact& value, int places) {
  const Exact unit = Exact(1, base::power_of_ten(places));
  Integer below = base::floor(Exact(value / unit));
  const Exact low = Exact(below) * unit, high = low + unit;
  if (value - low < high - value) return low;
  if (value - low > high - value) return high;
  return abs(low) > abs(high) ? low : high;
}

RC_GTEST_PROP(Rounding, IsHalfAwayFromZero, ()) {
  const int places = *rc::gen::inRange(0, 7);
  const Exact value = *rc::gen::arbitrary<bool>() ? any_fraction() : near_a_tie(places);
  const auto rounded = base::round_half_away(value, places);
  RC_LOG() << text(value) << " at " << places << " -> " << rounded.plain();
  RC_ASSERT(rounded.exact() == rounded_by_definition(value, places));
  RC_ASSERT(base::round_half_away(-value, places).exact() == -rounded.exact());  // symmetric
  RC_ASSERT(base::round_half_away(rounded.exact(), places).exact() == rounded.exact());
}

RC_GTEST_PROP(Rounding, FloorIsTheLargestNotAbove, ()) {
  const Exact value = any_fraction();
  const Integer floored = base::floor(value);
  RC_ASSERT(Exact(floored) <= value);
  RC_ASSERT(value < Exact(floored + 1));
}

RC_GTEST_PROP(Decimals, PrintAndParseAreInverse, ()) {
  const base::Decimal number{*rc::gen::inRange<std::int64_t>(-999'999'999'999'999'999, 1'000'000'000'000'000'000),
                             static_cast<std::uint8_t>(*rc::gen::inRange(0, 10))};
  for (const bool comma : {false, true}) {
    auto printed = number.plain();
    if (comma) std::replace(printed.begin(), printed.end(), '.', ',');
    const auto parsed = base::parse_decimal(printed);
    RC_LOG() << printed;
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->digits == number.digits);
    RC_ASSERT(parsed->places == number.places);
    RC_ASSERT(parsed->exact() == number.exact());
  }
  RC_ASSERT(number.normalised() == number);
  RC_ASSERT(number.normalised().exact() == number.exact());
  RC_ASSERT(base::round_half_away(number.exact(), number.places).plain() == number.plain());
}

RC_GTEST_PROP(Decimals, WhateverIsParsedIsANumber, ()) {
  const auto wild = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789,.-+ e\xC2")));
  const auto parsed = base::parse_decimal(wild);
  if (!parsed) return;
  RC_ASSERT(wild.find_first_not_of("0123456789,.-+") == std::string::npos);
  RC_ASSERT(wild.find_last_of("-+") == std::string::npos || wild.find_last_of("-+") == 0);
}

// reached(round(x)) exactly if the threshold says so.
RC_GTEST_PROP(Threshold, AgreesWithRounding, ()) {
  const int places = *rc::gen::inRange(0, 4);
  const auto bound = *rc::gen::element(Bound::AtLeast, Bound::AtMost, Bound::MoreThan, Bound::LessThan);
  const Exact target = Exact(any_integer(500), Integer(base::power_of_ten(places)));
  const Exact x = near_a_tie(places);
  const auto edge = evaluation::threshold(bound, target, places);
  const bool inside = edge.from_below ? (x > edge.value || (edge.inclusive && x == edge.value)) : (x < edge.value || (edge.inclusive && x == edge.value));
  RC_LOG() << text(x) << " " << domain::sign(bound) << " " << text(target) << " at " << places;
  RC_ASSERT(inside == evaluation::reached(bound, base::round_half_away(x, places).exact(), target));
}

// A count n that many beyond the last year's: its distance d says that n - d still reaches, and one step further does not.
RC_GTEST_PROP(Threshold, DistanceEndsAtTheLastCountThatReaches, ()) {
  const int places = *rc::gen::inRange(0, 3);
  const auto bound = *rc::gen::element(Bound::AtLeast, Bound::AtMost);
  const Integer base_count(*rc::gen::inRange(1, 50'000));
  const Integer count(*rc::gen::inRange(0, 60'000));
  const Exact target = Exact(any_integer(300), Integer(base::power_of_ten(places)));
  auto edge = evaluation::threshold(bound, target, places);
  edge.value = Exact(base_count) * (1 + edge.value / 100);
  const auto reaches = [&](const Integer& n) {
    const Exact change = (Exact(n, base_count) - 1) * 100;
    return evaluation::reached(bound, base::round_half_away(change, places).exact(), target);
  };
  const Integer distance = evaluation::whole_distance(edge, Exact(count));
  const Integer last = bound == Bound::AtLeast ? Integer(count - distance) : Integer(count + distance);
  RC_LOG() << count << " after " << base_count << ", " << domain::sign(bound) << " " << text(target) << ": distance " << distance;
  RC_ASSERT((distance >= 0) == reaches(count));
  RC_ASSERT(reaches(last));
  RC_ASSERT(!reaches(bound == Bound::AtLeast ? Integer(last - 1) : Integer(last + 1)));
}

// Stocks: going that far still reaches (or touches an edge that is left out), one person further does not.
RC_GTEST_PROP(Threshold, DistanceOfAStockIsRoundedDown, ()) {
  const Exact stock = Exact(any_integer(100'000), 10);
  const Exact limit = Exact(any_integer(100'000), 3);
  const evaluation::Threshold edge{limit, *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>()};
  const Exact distance = Exact(evaluation::floor_distance(edge, stock));
  const Exact room = edge.from_below ? Exact(stock - limit) : Exact(limit - stock);
  const bool inside = room > 0 || (edge.inclusive && room == 0);
  RC_ASSERT((distance >= 0) == inside);
  RC_ASSERT(distance <= room);
  RC_ASSERT(distance + 1 >= room);
}

}  // namespace
}  // namespace zielwerk
