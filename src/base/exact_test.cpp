#include "base/exact.h"

#include <gtest/gtest.h>

namespace zielwerk::base {
namespace {

TEST(Exact, RoundHalfAwayFromZero) {
  struct Case {
    Exact value;
    int places;
    const char* plain;
    const char* german;
    const char* with_sign;
  };
  const Case cases[] = {
      {Exact(0), 0, "0", "0", "0"},
      {Exact(0), 1, "0.0", "0,0", "0,0"},
      {Exact(-4, 100), 1, "0.0", "0,0", "0,0"},  // zero has no sign
      {Exact(5, 100), 1, "0.1", "0,1", "+0,1"},
      {Exact(-5, 100), 1, "-0.1", "-0,1", "-0,1"},
      {Exact(185, 100), 1, "1.9", "1,9", "+1,9"},
      {Exact(-185, 100), 1, "-1.9", "-1,9", "-1,9"},
      {Exact(-245, 100), 1, "-2.5", "-2,5", "-2,5"},  // not to even
      {Exact(245, 100), 1, "2.5", "2,5", "+2,5"},
      {Exact(1, 2), 0, "1", "1", "+1"},
      {Exact(-1, 2), 0, "-1", "-1", "-1"},
      {Exact(1, 3), 2, "0.33", "0,33", "+0,33"},
      {Exact(-2, 3), 2, "-0.67", "-0,67", "-0,67"},
      {Exact(1605, 100), 1, "16.1", "16,1", "+16,1"},
      {Exact(999'95, 100), 1, "1000.0", "1.000,0", "+1.000,0"},
      {Exact(16'588'719), 0, "16588719", "16.588.719", "+16.588.719"},
      {Exact(-1'132'449, 1000), 1, "-1132.4", "-1.132,4", "-1.132,4"},
      {Exact(7, 1000), 3, "0.007", "0,007", "+0,007"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(fraction(c.value));
    const auto rounded = round_half_away(c.value, c.places);
    EXPECT_EQ(rounded.plain(), c.plain);
    EXPECT_EQ(rounded.german(), c.german);
    EXPECT_EQ(rounded.german_with_sign(), c.with_sign);
  }
  EXPECT_EQ(round_half_away(Exact(-185, 100), 1).exact(), Exact(-19, 10));
}

TEST(Exact, ParseDecimal) {
  const std::pair<const char*, const char*> cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"-0,0", "0.0"},
      {"12,50", "12.50"},
      {"12.5", "12.5"},
      {"+12,5", "12.5"},
      {"-12,5", "-12.5"},
      {"007", "7"},
      {"0,000000001", "0.000000001"},
      {"999999999999999999", "999999999999999999"},
      {"-999999999,999999999", "-999999999.999999999"},
      // refused
      {"", nullptr},
      {"-", nullptr},
      {"+", nullptr},
      {",5", nullptr},
      {"5,", nullptr},
      {".", nullptr},
      {"1.234,5", nullptr},
      {"1,2,3", nullptr},
      {"1e3", nullptr},
      {" 1", nullptr},
      {"1 ", nullptr},
      {"--1", nullptr},
      {"1-", nullptr},
      {"0x1", nullptr},
      {"NaN", nullptr},
      {"0,0000000001", nullptr},         // ten decimals
      {"1000000000000000000", nullptr},  // nineteen digits
  };
  for (const auto& [text, expected] : cases) {
    SCOPED_TRACE(text);
    const auto number = parse_decimal(text);
    ASSERT_EQ(number.has_value(), expected != nullptr);
    if (number) { EXPECT_EQ(number->plain(), expected); }
  }
  EXPECT_FALSE(parse_decimal(std::string_view("1\0", 2)));
}

TEST(Exact, Decimals) {
  EXPECT_EQ((Decimal{1250, 2}), (Decimal{125, 1}));
  EXPECT_EQ((Decimal{0, 3}), (Decimal{0, 0}));
  EXPECT_FALSE((Decimal{1251, 2}) == (Decimal{125, 1}));
  EXPECT_EQ((Decimal{1200, 2}).normalised().plain(), "12");
  EXPECT_EQ((Decimal{1200, 0}).normalised().plain(), "1200");
  EXPECT_EQ((Decimal{-123'456'789, 2}).german(), "-1.234.567,89");
  EXPECT_EQ((Decimal{5, 2}).plain(), "0.05");
  EXPECT_EQ((Decimal{38'795, 1}).exact(), Exact(38'795, 10));
}

TEST(Exact, Written) {
  struct Case {
    Exact value;
    const char* as_fraction;
    const char* plain;
    const char* german;  // at most two decimals
    Integer floored;
  };
  const Case cases[] = {
      {Exact(2800, 1329), "2800/1329", "2.106847", "2,11", 2},
      {Exact(696, 2), "348", "348", "348", 348},
      {Exact(1'354'251, 1000), "1354251/1000", "1354.251", "1.354,25", 1354},
      {Exact(-1, 3), "-1/3", "-0.333333", "-0,33", -1},
      {Exact(1, 8), "1/8", "0.125", "0,13", 0},
      {Exact(-1, 8), "-1/8", "-0.125", "-0,13", -1},
      {Exact(-5, 1), "-5", "-5", "-5", -5},
      {Exact(0), "0", "0", "0", 0},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.as_fraction);
    EXPECT_EQ(fraction(c.value), c.as_fraction);
    EXPECT_EQ(plain_or_rounded(c.value), c.plain);
    EXPECT_EQ(german_or_rounded(c.value, 2), c.german);
    EXPECT_EQ(floor(c.value), c.floored);
  }
}

}  // namespace
}  // namespace zielwerk::base
