// Every shape of figure, in its two forms: the month's and the year to date (handbook, sections 3 and 5).
#include "indicators/figure.h"

#include <gtest/gtest.h>

#include "indicators/fact_test_support.h"
#include "indicators/catalogue.h"

namespace zielwerk::indicators {
namespace {

using indicators::test::Facts;
using indicators::test::month;

Figure figure(const char* code, const char* in = "2015-03") {
  const auto* found = kennzahl(code, month(in));
  return found ? *found : subject(code, "", month(in), domain::Vocabulary(), {}).value().figure;
}

using Read = base::Result<Reading> (*)(const Figure&, domain::Sex, const domain::FactLens&, Month, Derivation*);

// "24.000000" or "fact_missing: INT T 2020-04 (Ladestand 2020-06)"
std::string read(Read how, const Figure& what, const Facts& facts, const char* in_month, domain::Sex sex = domain::Sex::T) {
  const domain::FactLens lens(facts.history, {month(in_month)});
  const auto reading = how(what, sex, lens, month(in_month), nullptr);
  return reading ? base::fraction(reading->value) : reading.error().code + ": " + reading.error().where;
}

// March 2015 as printed: INT Jan-Mar over the mean ELB of Dec-Feb; twelve months Apr-Mar over Mar-Feb.
TEST(Figure, TheShiftOfK2) {
  Facts facts;
  facts.flat("ELB T", "2014-03", "2014-11", "2000").flat("ELB T", "2014-12", "2015-02", "900").one("ELB T", "2015-03", "1");
  facts.flat("INT T", "2014-04", "2014-12", "100").year("INT T", 2015, {"10", "20", "15"});
  EXPECT_EQ(read(year_to_date, figure("K2"), facts, "2015-03"), "5");  // 45 / 900
  EXPECT_EQ(read(monthly, figure("K2"), facts, "2015-03"), "1260/23");  // 945 / 1,725
}

TEST(Figure, Forms) {
  Facts facts;
  facts.flat("ELB T", "2014-01", "2014-12", "1000").flat("ELB T", "2015-01", "2015-03", "1100");
  facts.flat("INT T", "2014-01", "2014-12", "20").flat("INT T", "2015-01", "2015-03", "22");
  facts.flat("ELB_ZU T", "2014-01", "2014-12", "50").flat("ELB_ZU T", "2015-01", "2015-03", "55");
  facts.flat("ELB_AB T", "2014-01", "2014-12", "40").flat("ELB_AB T", "2015-01", "2015-03", "44");
  facts.flat("LLU T", "2014-01", "2014-12", "1000,50").flat("LLU T", "2015-01", "2015-03", "990,495");
  facts.flat("INT_SVB T", "2014-01", "2015-03", "10").flat("INT_NACH T", "2014-01", "2015-03", "7");
  facts.flat("ELB T LZB", "2014-01", "2014-12", "600").flat("ELB T LZB", "2015-01", "2015-03", "588").flat("AKT T LZB", "2015-03", "2015-03", "49");
  struct Case {
    const char* code;
    Read form;
    const char* expected;
  };
  const Case cases[] = {
      {"K1", monthly, "-1"},
      {"K1E2", monthly, "10"},
      {"K3", monthly, "-2"},
      {"K3E2", monthly, "25/3"},
      {"K1E3", monthly, "5"},
      {"K1E3", year_to_date, "5"},
      {"K1E4", monthly, "121/30"},  // 4.4 % in January only, of December's 1,000
      {"K2", year_to_date, "99/16"},
      {"K2E3", monthly, "70"},
      {"K2E3", year_to_date, "70"},
      {"INTEGRATIONS_COUNT", year_to_date, "66"},
      {"INTEGRATIONS_COUNT", monthly, "246"},
      {"INTEGRATIONS_COUNT", single_month, "22"},
      {"LZB_STOCK", year_to_date, "588"},
      {"LZB_STOCK", single_month, "588"},
      {"LZB_STOCK", monthly, "597"},
      {"LLU_SUM", year_to_date, "594297/200"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.form, figure(c.code), facts, "2015-03"), c.expected) << c.code;
}

TEST(Figure, MissingIsNeverSmaller) {
  Facts whole;
  whole.flat("ELB T", "2014-03", "2015-03", "1000").flat("INT T", "2014-04", "2015-03", "20");
  struct Case {
    const char* name;
    const char* key;
    const char* month;
    const char* mark;
    const char* expected;
  };
  const Case cases[] = {
      {"all there", "INT T", "2014-04", "20", "24"},
      {"a withheld month", "INT T", "2014-07", "*", "fact_missing: INT T 2014-07 (Ladestand 2015-03)"},
      {"an unknown stock", "ELB T", "2014-03", ".", "fact_missing: ELB T 2014-03 (Ladestand 2015-03)"},
      {"nothing there is 0", "INT T", "2014-07", "-", "22"},
      {"the stock of the month itself does not count", "ELB T", "2015-03", "*", "24"},
  };
  for (const auto& c : cases) {
    auto facts = whole;
    facts.put(c.key, month(c.month), month(c.month), c.mark);
    EXPECT_EQ(read(monthly, figure("K2"), facts, "2015-03"), c.expected) << c.name;
  }
  EXPECT_EQ(read(monthly, figure("K2"), whole, "2015-04"), "data_state_missing: INT T 2015-04");
  EXPECT_EQ(read(monthly, figure("K2"), whole, "2015-03", domain::Sex::F), "data_state_missing: INT F 2015-03");
  Facts nobody;
  nobody.flat("ELB T", "2014-03", "2015-03", "0").flat("INT T", "2014-04", "2015-03", "0");
  EXPECT_EQ(read(monthly, figure("K2"), nobody, "2015-03"), "denominator_zero: ELB T 2015-02");
}

// K1E3 and K1E4: the mean of twelve monthly rates is not the rate of the sums.
TEST(Figure, MeanOfRatesNotRateOfMeans) {
  Facts facts;
  for (int i = 0; i < 13; ++i) {
    facts.put("ELB T", month("2014-03") + i, month("2014-03") + i, i % 2 == 0 ? "100" : "200");
    facts.put("ELB_ZU T", month("2014-03") + i, month("2014-03") + i, "10");
    facts.put("ELB_AB T", month("2014-03") + i, month("2014-03") + i, i % 2 == 0 ? "20" : "0");
  }
  EXPECT_EQ(read(monthly, figure("K1E3"), facts, "2015-03"), "15/2");  // (10 % + 5 %) / 2
  EXPECT_EQ(read(monthly, figure("K1E4"), facts, "2015-03"), "5");     // 20 of the 200 of the month before, then nobody
}

TEST(Figure, GapIsSymmetric) {
  const auto gap = subject("GENDER_GAP_INTEGRATION_RATE", "", month("2015-03"), domain::Vocabulary(), {})->figure;
  for (const bool men_ahead : {true, false}) {
    Facts facts;
    facts.flat("ELB M", "2014-12", "2015-03", "100").flat("ELB F", "2014-12", "2015-03", "200");
    facts.year("INT M", 2015, {men_ahead ? "9" : "6", "0", "0"}).year("INT F", 2015, {men_ahead ? "12" : "18", "0", "0"});
    EXPECT_EQ(read(year_to_date, gap, facts, "2015-03"), "3");
  }
}

TEST(Figure, TheDerivationCanBeRecomputed) {
  Facts facts;
  facts.flat("ELB T", "2014-12", "2015-02", "900,5").flat("ELB T", "2015-03", "2015-03", "1").year("INT T", 2015, {"10", "20", "15"});
  const domain::FactLens lens(facts.history, {month("2015-03")});
  Derivation how;
  const auto reading = year_to_date(figure("K2"), domain::Sex::T, lens, month("2015-03"), &how);
  ASSERT_TRUE(reading);
  EXPECT_EQ(how.value, reading->value);
  ASSERT_EQ(how.arguments.size(), 2U);
  EXPECT_EQ(how.operation + " " + how.arguments[0].operation + " " + how.arguments[1].operation, "quotient_percent sum mean");
  Exact sum = 0, stock = 0;
  for (const auto& leaf : how.arguments[0].arguments) sum += leaf.fact->value.number.exact();
  for (const auto& leaf : how.arguments[1].arguments) stock += leaf.fact->value.number.exact();
  EXPECT_EQ(reading->value, sum / (stock / 3) * 100);
  EXPECT_EQ(how.arguments[1].label, "Durchschnitt ELB T 2014-12 … 2015-02");
}

TEST(Figure, MonthsNeeded) {
  const std::pair<const char*, int> cases[] = {{"K1", 13}, {"K1E3", 12}, {"K1E4", 13}, {"K2", 13}, {"K2E3", 12}, {"K3E2", 1}, {"LZB_STOCK", 12}};
  for (const auto& [code, months] : cases) EXPECT_EQ(months_needed(figure(code)), months) << code;
}

}  // namespace
}  // namespace zielwerk::indicators
