#include "domain/jobcenter.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace zielwerk::domain {
namespace {

TEST(ProviderNumber, IsText) {
  const std::pair<const char*, bool> cases[] = {
      {"33148", true}, {"04704", true}, {"00000", true},  {"4704", false}, {"133148", false}, {"3314a", false},
      {"", false},     {" 4704", false}, {"+4704", false}, {"-4704", false}, {"4704.", false},
  };
  for (const auto& [text, valid] : cases) {
    SCOPED_TRACE(text);
    const auto number = ProviderNumber::parse(text);
    ASSERT_EQ(number.has_value(), valid);
    if (number) { EXPECT_EQ(number->text(), text); }
  }
}

auto count(int year, std::optional<Form> form = {}) {
  const auto& all = official_directory().all();
  return std::count_if(all.begin(), all.end(), [&](const Jobcenter& one) {
    const auto& in = year == 2018 ? one.form_2018 : one.form_2022;
    return in.has_value() && (!form || in == form);
  });
}

TEST(Directory, OfficialLists) {
  EXPECT_EQ(count(2018), 407);
  EXPECT_EQ(count(2018, Form::gE), 303);
  EXPECT_EQ(count(2018, Form::zkT), 104);
  EXPECT_EQ(count(2022), 405);
  EXPECT_EQ(official_directory().successions().size(), 7U);
}

TEST(Directory, NumbersAndNames) {
  struct Case {
    const char* number;
    const char* name;
    const char* land;
    Form form;
  };
  const Case cases[] = {
      {"33148", "Lippe", "NW", Form::zkT},      {"32702", "Borken", "NW", Form::zkT},
      {"31118", "Düren", "NW", Form::zkT},      {"22116", "Heidekreis", "NI", Form::zkT},
      {"04704", "Mansfeld-Südharz", "ST", Form::gE},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto* jobcenter = official_directory().find(*ProviderNumber::parse(c.number));
    ASSERT_NE(jobcenter, nullptr);
    EXPECT_EQ(jobcenter->name, c.name);
    EXPECT_EQ(jobcenter->land, c.land);
    EXPECT_EQ(jobcenter->form_in(2020), c.form);
    EXPECT_EQ(official_directory().named(c.name, c.land, c.form, 2020).size(), 1U);
  }
  EXPECT_EQ(official_directory().find(*ProviderNumber::parse("99999")), nullptr);
  EXPECT_EQ(official_directory().name(*ProviderNumber::parse("00001")), "00001");
}

// Matched by number, never by name.
TEST(Directory, LeipzigTwice) {
  const auto& directory = official_directory();
  const auto city = directory.named("Leipzig, Stadt", "SN", Form::gE, 2020);
  const auto kreis = directory.named("Leipzig", "SN", Form::zkT, 2020);
  ASSERT_EQ(city.size(), 1U);
  ASSERT_EQ(kreis.size(), 1U);
  EXPECT_NE(city[0]->number, kreis[0]->number);
  EXPECT_TRUE(directory.named("Leipzig", "SN", Form::gE, 2020).empty());
  EXPECT_TRUE(directory.named("Leipzig", "NW", Form::zkT, 2020).empty());
  EXPECT_EQ(directory.named("Leipzig", "", Form::zkT, 2020).size(), 1U);
}

// Renumbered on a day between 2018 and 2022 that nobody wrote down: an interval stays an interval.
TEST(Directory, StendalIsAmbiguousBetweenTheLists) {
  const std::pair<int, std::vector<std::string>> cases[] = {
      {2018, {"04802"}}, {2019, {"04518", "04802"}}, {2020, {"04518", "04802"}}, {2021, {"04518", "04802"}}, {2022, {"04518"}}, {2025, {"04518"}},
  };
  for (const auto& [year, expected] : cases) {
    SCOPED_TRACE(year);
    std::vector<std::string> numbers;
    for (const auto form : {Form::gE, Form::zkT}) {
      for (const auto* one : official_directory().named("Stendal", "ST", form, year)) numbers.push_back(one->number.text());
    }
    EXPECT_EQ(numbers, expected);
  }
}

TEST(Directory, BareName) {
  const std::pair<const char*, const char*> cases[] = {
      {"Kreis Lippe", "Lippe"},
      {"Landkreis Heidekreis", "Heidekreis"},
      {"Jobcenter Mansfeld-Südharz", "Mansfeld-Südharz"},
      {"Borken", "Borken"},
      {"  Kreis  Düren ", "Düren"},
      {"Jobcenter Landkreis", ""},
  };
  for (const auto& [party, name] : cases) EXPECT_EQ(bare_name(party), name) << party;
}

}  // namespace
}  // namespace zielwerk::domain
