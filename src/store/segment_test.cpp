#include "store/segment.h"

#include <gtest/gtest.h>

#include <limits>

namespace zielwerk::store {
namespace {

using domain::DataState;
using domain::FactRow;
using domain::FactValue;
using domain::Mark;
using domain::Month;
using domain::Place;

const std::vector<FactRow>& all_kinds() {
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
  static const std::vector<FactRow> rows = {
      {0, {1900, 1}, {{1900, 1}}, FactValue{{0, 0}}, Place::line(0)},
      {0, {1900, 1}, {{2999, 12}}, FactValue{{smallest, 0}}, Place::line((std::uint64_t{1} << 56) - 1)},
      {0, {1900, 2}, {{1900, 3}}, FactValue{{largest, 9}}, Place::line(1)},
      {0, {1900, 4}, {{1900, 7}}, FactValue{{-1, 9}}, Place::cell(65535, 1048576, 16383)},
      {0, {2020, 4}, {{2020, 4}}, FactValue{{}, Mark::Withheld}, Place::cell(0, 1, 0)},
      {0, {2020, 4}, {{2020, 5}}, FactValue{{}, Mark::NothingThere}, Place::line(7)},
      {0, {2020, 4}, {{2020, 11}}, FactValue{{}, Mark::NotMeaningful}, Place::line(8)},
      {0, {2020, 4}, {{2020, 12}}, FactValue{{}, Mark::Unknown}, Place::line(9)},
      {0, {2020, 5}, {{2020, 5}}, FactValue{{206'235, 1}}, Place::line(10)},
      {0, {2020, 6}, {{2020, 6}}, FactValue{{206'231, 1}}, Place::line(11)},
      {0, {2999, 12}, {{2999, 12}}, FactValue{{1, 0}}, Place::line(12)},
  };
  return rows;
}

TEST(Segment, RoundTrip) {
  const auto& rows = all_kinds();
  for (std::size_t count = 0; count <= rows.size(); ++count) {
    const auto records = unpack(pack(std::span(rows).first(count)), 7);
    ASSERT_EQ(records.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
      SCOPED_TRACE(i);
      EXPECT_EQ(records[i].month, rows[i].month());
      EXPECT_EQ(records[i].state, rows[i].state());
      EXPECT_EQ(records[i].value.mark, rows[i].value().mark);
      EXPECT_EQ(records[i].value.number.digits, rows[i].value().number.digits);
      EXPECT_EQ(records[i].value.number.places, rows[i].value().number.places);
      EXPECT_EQ(records[i].place.packed, rows[i].place().packed);
      EXPECT_EQ(records[i].delivery, 7U);
    }
  }
}

TEST(Segment, AHandfulOfBytesAFact) {
  std::vector<FactRow> rows;
  for (int i = 0; i < 120; ++i) rows.emplace_back(0, Month(2015, 1) + i, DataState{Month(2015, 4) + i}, FactValue{{20'000 + i % 7 * 100, 0}}, Place::line(static_cast<std::uint64_t>(i) * 3 + 2));
  EXPECT_LT(pack(rows).size(), 6U * rows.size());
}

bool readable(std::string_view bytes) {
  try {
    unpack(bytes, 1);
    return true;
  } catch (const base::EnvironmentError&) {
    return false;
  }
}

TEST(Segment, DamagedBytesAreRefused) {
  const auto whole = pack(all_kinds());
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(readable(whole.substr(0, size))) << size;
  EXPECT_FALSE(readable(whole + '\0'));
  EXPECT_FALSE(readable(std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 10)));      // a count beyond everything
  EXPECT_FALSE(readable(std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 11)));  // a number without end
  EXPECT_FALSE(readable(std::string("\x01\xE0\x00\x00", 4)));                               // a kind that does not exist
  EXPECT_FALSE(readable(std::string("\x01\x20\x0A\x00\x00", 5)));                           // ten decimals
}

// Whatever a byte is turned into: values or a refusal, never anything else (run under the sanitizers).
TEST(Segment, EveryFlippedByte) {
  const auto whole = pack(all_kinds());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      auto damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      readable(damaged);
    }
  }
}

// Two facts, the second 2^63 - 1 months later.
TEST(Segment, MonthsBeyondEveryCalendar) {
  const std::string far("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 9);
  EXPECT_FALSE(readable(std::string("\x02\x02\x00\x00", 4) + "\x03" + far + std::string("\x00\x00", 2)));
}

}  // namespace
}  // namespace zielwerk::store
