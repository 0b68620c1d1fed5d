#include "base/month.h"

#include <gtest/gtest.h>

namespace zielwerk::base {
namespace {

TEST(Month, Parse) {
  const std::pair<const char*, const char*> cases[] = {
      {"2021-06", "Juni 2021"}, {"2015-03", "März 2015"}, {"1900-01", "Januar 1900"}, {"2999-12", "Dezember 2999"}, {"2020-10", "Oktober 2020"},
      {"2021-00", nullptr},     {"2021-13", nullptr},     {"1899-12", nullptr},       {"3000-01", nullptr},         {"2021-6", nullptr},
      {"2021/06", nullptr},     {"21-06-1", nullptr},     {" 2021-6", nullptr},       {"2021-06-01", nullptr},      {"", nullptr},
      {"202106", nullptr},      {"-021-06", nullptr},     {"2021-+6", nullptr},
  };
  for (const auto& [text, german] : cases) {
    SCOPED_TRACE(text);
    const auto month = Month::parse(text);
    ASSERT_EQ(month.has_value(), german != nullptr);
    if (!month) continue;
    EXPECT_EQ(month->text(), text);
    EXPECT_EQ(month->german_text(), german);
  }
}

TEST(Month, Counts) {
  constexpr Month june(2021, 6);
  static_assert(june.year() == 2021 && june.month() == 6);
  static_assert(june.january() == Month(2021, 1));
  static_assert(june.same_month_last_year() == Month(2020, 6));
  static_assert(Month(2021, 12) + 1 == Month(2022, 1));
  static_assert(Month(2021, 1) - 1 == Month(2020, 12));
  static_assert(Month(2022, 1) - Month(2020, 12) == 13);
  static_assert(Month(2020, 12) < Month(2021, 1));
  static_assert(Month::from_index(june.index()) == june);
}

}  // namespace
}  // namespace zielwerk::base
