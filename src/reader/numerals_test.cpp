// Numbers, number words and dates as German papers write them.
#include "reader/numerals.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <fmt/format.h>

namespace zielwerk::reader {
namespace {

// As the reader looks at it: lines joined, blanks evened out.
std::string even(std::string_view text) {
  Plain plain;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    plain.append(text, {at, end});
    at = end + 1;
  }
  return plain.text();
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const auto& part : parts) all += (all.empty() ? "" : "; ") + part;
  return all;
}

// What may be a value: "-0.4 PERCENT; 3 COUNT".
std::string values(const std::string& text) {
  std::vector<std::string> all;
  for (const auto& number : numerals(even(text))) {
    if (number.explained.empty()) all.push_back(number.value.normalised().plain() + " " + unit_code(number.unit));
  }
  return joined(all);
}

// What is none, and why: "48 LAW_REFERENCE".
std::string explained(const std::string& text) {
  std::vector<std::string> all;
  for (const auto& number : numerals(text)) {
    if (!number.explained.empty()) all.push_back(text.substr(number.span.begin, number.span.end - number.span.begin) + " " + number.explained);
  }
  return joined(all);
}

bool has_trap(const std::string& text, const std::string& trap) {
  const auto found = numerals(even(text));
  return !found.empty() && std::find(found[0].traps.begin(), found[0].traps.end(), trap) != found[0].traps.end();
}

struct Case {
  std::string text, expected;
};

TEST(Numerals, AllWaysOfWriting) {
  const std::vector<Case> cases{
      {"9,9 Prozent", "9.9 PERCENT"},
      {"13,8 %", "13.8 PERCENT"},
      {"0,0%", "0 PERCENT"},
      {"um - 0,4 Prozent", "-0.4 PERCENT"},
      {"um – 1,8 Prozent", "-1.8 PERCENT"},
      {"um −2,0 %", "-2 PERCENT"},
      {"um -2,0 %", "-2 PERCENT"},
      {"K3 = + 1,1 Prozent", "1.1 PERCENT"},
      {"7.331", "7331 COUNT"},
      {"34 500", "34500 COUNT"},
      {"4\u2009812", "4812 COUNT"},
      {"4\u202F812", "4812 COUNT"},
      {"4\u00A0812", "4812 COUNT"},
      {"1.132", "1132 COUNT"},
      {"38.219.839 €", "38219839 EUR"},
      {"38.219.839,00 €", "38219839 EUR"},
      {"rd. 16,6 Mio. Euro", "16600000 EUR"},
      {"480 TEUR", "480000 EUR"},
      {"3,2 Mrd. Euro", "3200000000 EUR"},
      {"2,25 Millionen Euro", "2250000 EUR"},
      {"2 v. H.", "2 PERCENT"},
      {"2 v.H.", "2 PERCENT"},
      {"0,8 PP", "0.8 PERCENTAGE_POINT"},
      {"0,8 Prozent-Punkte", "0.8 PERCENTAGE_POINT"},
      {"0,8 Prozentpunkten", "0.8 PERCENTAGE_POINT"},
      {"0,8 %-Punkte", "0.8 PERCENTAGE_POINT"},
      {"ein Prozent", "1 PERCENT"},
      {"ein halbes Prozent", "0.5 PERCENT"},
      {"einen halben Prozentpunkt", "0.5 PERCENTAGE_POINT"},
      {"anderthalb Prozent", "1.5 PERCENT"},
      {"eineinhalb Prozent", "1.5 PERCENT"},
      {"fünfeinhalb Prozent", "5.5 PERCENT"},
      {"zwölf Prozent", "12 PERCENT"},
      {"einundzwanzig Prozent", "21 PERCENT"},
      {"1½ Prozent", "1.5 PERCENT"},
      {"2,\n3 %", "2.3 PERCENT"},
      {"l,2 %", "1.2 PERCENT"},
      {"o,5 %", "0.5 PERCENT"},
      {"5.4OO", "5400 COUNT"},
      {"2O,4 %", "20.4 PERCENT"},
      {"15 Arbeitstage", "15 WORKING_DAYS"},
      {"3 Wochen", "3 WEEKS"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(values(text), expected) << text;
}

TEST(Numerals, WordsThatStandForParts) {
  for (const char* text : {"ein Viertel", "jede fünfte", "9 von 10", "1 : 75", "verdoppelt", "die Hälfte", "ein Drittel", "1½-mal", "das Anderthalbfache"}) {
    EXPECT_FALSE(numerals(text).empty()) << text;
  }
}

TEST(Numerals, AnArticleIsNoNumber) {
  for (const char* text : {"ein Leitfaden liegt vor", "eine Vereinbarung", "Einer der Partner", "in einem Monitoring", "die Achtung der Würde", "Zweigstelle", "Elfenbein"}) {
    EXPECT_EQ(values(text), "") << text;
  }
}

TEST(Numerals, TrapsOfWriting) {
  EXPECT_TRUE(has_trap("– 1,8 Prozent", "EN_DASH_AS_MINUS"));
  EXPECT_TRUE(has_trap("−2,0 %", "TRUE_MINUS"));
  EXPECT_TRUE(has_trap("- 0,4 %", "SPACE_AFTER_SIGN"));
  EXPECT_TRUE(has_trap("7.331", "THOUSANDS_POINT"));
  EXPECT_TRUE(has_trap("4\u2009812", "THIN_SPACE_THOUSANDS"));
  EXPECT_TRUE(has_trap("480 TEUR", "TEUR"));
  EXPECT_TRUE(has_trap("2 v. H.", "VH_INSTEAD_OF_PERCENT"));
  EXPECT_TRUE(has_trap("2,\n3 %", "NUMBER_SPLIT_OVER_LINES"));
  EXPECT_TRUE(has_trap("zwölf Prozent", "NUMBER_WORD"));
}

TEST(Numerals, LabelsAndDatesAreNone) {
  for (const char* text : {"§ 48b", "U25", "K2", "K3E1", "31.12.2020", "im Jahr 2021", "30. April 2019", "§ 16i", "Dezember 2018", "2014 bis 2016", "05/12/2022", "2023-01-17"}) {
    EXPECT_EQ(values(text), "") << text;
  }
  EXPECT_EQ(explained("im Jahr 2021"), "2021 YEAR");
}

TEST(Numerals, ARangeOrAnInsertionIsNoMinus) {
  EXPECT_EQ(values("2–3 Prozent"), "2 COUNT; 3 PERCENT");
  EXPECT_EQ(values("der Abstand – 9,4 Prozentpunkte –"), "9.4 PERCENTAGE_POINT");
  EXPECT_EQ(values("Einzel-8 Plätze"), "8 COUNT");
}

TEST(Numerals, SpansQuoteTheText) {
  const std::string text = "um rund 1,8 Prozent und 4.500 Personen";
  const auto found = numerals(text);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_NE(text.substr(found[0].with_unit.begin, found[0].with_unit.end - found[0].with_unit.begin).find("1,8 Prozent"), std::string::npos);
  EXPECT_TRUE(found[0].approximate);
  EXPECT_EQ(text.substr(found[1].span.begin, found[1].span.end - found[1].span.begin), "4.500");
}

TEST(Dates, WholeAndInPart) {
  struct Date {
    std::string text, iso, quality;
  };
  const std::vector<Date> cases{
      {"Düsseldorf, den 25.2.21", "2021-02-25", "COMPLETE_TWO_DIGIT_YEAR"},
      {"Lippe, den 21.01.2021", "2021-01-21", "COMPLETE"},
      {"den 17.01.2023", "2023-01-17", "COMPLETE"},
      {"05/12/2022", "2022-12-05", "COMPLETE_SLASH_FORMAT"},
      {"02/28/2018", "2018-02-28", "COMPLETE_SLASH_FORMAT"},
      {"2023-01-17", "2023-01-17", "COMPLETE_ISO"},
      {"15. März 2019", "2019-03-15", "COMPLETE"},
      {"20. Feb. 2017", "2017-02-20", "COMPLETE_ABBREVIATED_MONTH"},
      {"4. Januar 2024", "2024-01-04", "COMPLETE"},
      {"27. 2020", "", "PARTIAL_MONTH_MISSING"},
      {"__.__.2021", "", "BLANK_DAY_MONTH"},
  };
  for (const auto& [text, iso, quality] : cases) {
    const auto found = dates(text);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].iso(), iso) << text;
    EXPECT_EQ(found[0].quality, quality) << text;
  }
}

TEST(Dates, ADayThatTheCalendarDoesNotHaveIsNoDate) {
  for (const char* text : {"31.02.2020", "32.01.2020", "29.02.2019", "12.13.2019", "00.01.2020"}) {
    for (const auto& date : dates(text)) EXPECT_EQ(date.iso(), "") << text;
  }
}

TEST(Dates, ThreeDaysOfOneYear) {
  EXPECT_EQ(values("am 30.04., 31.07. und 31.10.2021"), "");
}

TEST(Numerals, AreReadFromAnyBytes) {
  for (const std::string text : {"", "\xFF\xFE", "1\xC3", "\xE2\x88", "½½½", "1.1.1.1.1.1", ",,,,", "%%%", "99999999999999999999999999 %", "0,00000000000000000000000001 %", "1.000.000.000.000.000.000.000"}) {
    for (const auto& number : numerals(text)) EXPECT_LE(number.with_unit.end, text.size()) << text;
  }
}

}  // namespace
}  // namespace zielwerk::reader
