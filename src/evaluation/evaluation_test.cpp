// The traps of the handbook's section 6, the order of decision of docs/formats/evaluation.md, and the rules around a verdict.
#include "evaluation/evaluation.h"

#include <gtest/gtest.h>

#include "evaluation/evaluation_test_support.h"

namespace zielwerk::evaluation {
namespace {

using namespace test;
using domain::Aggregation;
using domain::Bound;
using domain::Scale;
using domain::Target;

const auto K2 = "INTEGRATION_RATE";
const auto K3 = "LZB_STOCK";
const auto gap = "GENDER_GAP_INTEGRATION_RATE";
constexpr auto change = Scale::RelativeChange;
constexpr auto points = Scale::ChangeInPoints;
constexpr auto level = Scale::Level;
constexpr auto at_least = Bound::AtLeast;
constexpr auto at_most = Bound::AtMost;

// Two years: INT a month and LZB stock before and now, a million ELB throughout: 20,000 a month are 24 %.
Facts two_years(const char* int_2019, const char* int_2020, const char* lzb_2019 = "500", const char* lzb_2020 = "500") {
  Facts facts;
  facts.flat("ELB T", 2019, "1000000").flat("ELB T", 2020, "1000000");
  facts.flat("INT T", 2019, int_2019).flat("INT T", 2020, int_2020);
  facts.flat("ELB T LZB", 2019, lzb_2019).flat("ELB T LZB", 2020, lzb_2020);
  return facts;
}

TEST(Traps, ReadAsTheHandbookReadsThem) {
  struct Case {
    const char* words;
    Target target;
    Facts facts;
    const char* status;
    const char* actual;
    bool rounding = false;
  };
  const auto avg = Aggregation::AnnualAverage;
  const auto sum = Aggregation::AnnualSum;
  const Case cases[] = {
      // a relative change of the quota, never its level
      {"um 9,9 Prozent steigt (K2 = 9,9 Prozent)", target(K2, change, at_least, "9.9", "PERCENT"), two_years("20000", "21980"), "erreicht", "9.9"},
      {"… from 9.85 on", target(K2, change, at_least, "9.9", "PERCENT"), two_years("20000", "21970"), "erreicht", "9.9", true},
      {"… 9.845 is 9.8", target(K2, change, at_least, "9.9", "PERCENT"), two_years("20000", "21969"), "nicht_erreicht", "9.8"},
      {"… a quota of 11.4 % is not 9.9", target(K2, change, at_least, "9.9", "PERCENT"), two_years("20000", "9500"), "nicht_erreicht", "-52.5"},
      // ceiling
      {"um nicht mehr als 1,1 Prozent über dem Vorjahr", target(K3, change, at_most, "1.1", "PERCENT", avg), two_years("1", "1", "1000", "1011"), "erreicht", "1.1"},
      {"… and any fall", target(K3, change, at_most, "1.1", "PERCENT", avg), two_years("1", "1", "1000", "900"), "erreicht", "-10.0"},
      {"… 1.149 rounds to it", target(K3, change, at_most, "1.1", "PERCENT", avg), two_years("1", "1", "1000", "1011.49"), "erreicht", "1.1", true},
      {"… 1.15 does not", target(K3, change, at_most, "1.1", "PERCENT", avg), two_years("1", "1", "1000", "1011.5"), "nicht_erreicht", "1.2"},
      // floor
      {"um nicht mehr als 1,5 Prozent sinkt", target(K2, change, at_least, "-1.5", "PERCENT"), two_years("20000", "19700"), "erreicht", "-1.5"},
      {"… -1.55 is too much", target(K2, change, at_least, "-1.5", "PERCENT"), two_years("20000", "19690"), "nicht_erreicht", "-1.6"},
      {"… and any rise", target(K2, change, at_least, "-1.5", "PERCENT"), two_years("20000", "30000"), "erreicht", "50.0"},
      // a target of zero is an ordinary target
      {"den Wert von 2017 erreicht (K2 = 0,0 %)", target(K2, change, at_least, "0.0", "PERCENT"), two_years("20000", "20000"), "erreicht", "0.0"},
      {"… zero without sign", target(K2, change, at_least, "0", "PERCENT"), two_years("20000", "19991"), "erreicht", "0.0", true},
      {"… -0.05 is -0.1", target(K2, change, at_least, "0.0", "PERCENT"), two_years("20000", "19990"), "nicht_erreicht", "-0.1"},
      {"dem Vorjahresergebnis entspricht (K 3 = 0,0 %)", target(K3, change, at_most, "0.0", "PERCENT", avg), two_years("1", "1", "1000", "1000.4"), "erreicht", "0.0", true},
      {"… less is reached as well", target(K3, change, at_most, "0.0", "PERCENT", avg), two_years("1", "1", "1000", "990"), "erreicht", "-1.0"},
      {"… more is not", target(K3, change, at_most, "0.0", "PERCENT", avg), two_years("1", "1", "1000", "1000.5"), "nicht_erreicht", "0.1"},
      // a minus sign and a blank
      {"- 0,4 Prozent", target(K3, change, at_most, "-0.4", "PERCENT", avg), two_years("1", "1", "1000", "996"), "erreicht", "-0.4"},
      {"… -0.35 rounds to it", target(K3, change, at_most, "-0.4", "PERCENT", avg), two_years("1", "1", "1000", "996.5"), "erreicht", "-0.4", true},
      {"… -0.349 does not", target(K3, change, at_most, "-0.4", "PERCENT", avg), two_years("1", "1", "1000", "996.51"), "nicht_erreicht", "-0.3"},
      // levels
      {"Integrationsquote 18,9%", target(K2, level, at_least, "18.9", "PERCENT"), two_years("15000", "15750"), "erreicht", "18.9"},
      {"… 18.85 shown as 18.9", target(K2, level, at_least, "18.9", "PERCENT"), two_years("15000", "15709"), "erreicht", "18.9", true},
      {"… missed", target(K2, level, at_least, "18.9", "PERCENT"), two_years("15000", "15600"), "nicht_erreicht", "18.7"},
      {"Bestand 7.331", target(K3, level, at_most, "7331", "COUNT", avg), two_years("1", "1", "7400", "7331.4"), "erreicht", "7331", true},
      {"… one more", target(K3, level, at_most, "7331", "COUNT", avg), two_years("1", "1", "7400", "7331.5"), "nicht_erreicht", "7332"},
      // counts within the year
      {"größer gleich 261", target("INTEGRATIONS_COUNT", level, at_least, "261", "COUNT", sum), two_years("20", "21.75"), "erreicht", "261"},
      {"… 252", target("INTEGRATIONS_COUNT", level, at_least, "261", "COUNT", sum), two_years("20", "21"), "nicht_erreicht", "252"},
      {"kleiner gleich 1.132", target("INTEGRATIONS_COUNT", level, at_most, "1132", "COUNT", sum), two_years("20", "94.25"), "erreicht", "1131"},
      // other scales
      {"50 mehr als im Vorjahr", target("INTEGRATIONS_COUNT", Scale::AbsoluteChange, at_least, "50", "COUNT", sum), two_years("20", "24"), "nicht_erreicht", "48"},
      {"verdoppelt", target("INTEGRATIONS_COUNT", Scale::Ratio, at_least, "2", "FACTOR", sum), two_years("20", "40"), "erreicht", "2"},
      {"mehr als im Vorjahr", target(K2, change, Bound::MoreThan, "0", "PERCENT"), two_years("20000", "20000"), "nicht_erreicht", "0.0"},
      {"weniger als im Vorjahr", target(K3, change, Bound::LessThan, "0", "PERCENT", avg), two_years("1", "1", "1000", "999.5"), "erreicht", "-0.1"},
      {"genau", target("INTEGRATIONS_COUNT", level, Bound::Equal, "240", "COUNT", sum), two_years("20", "20"), "erreicht", "240"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.words);
    const auto row = run(agreement({c.target}), c.facts.history, "2020-12").rows.at(0);
    EXPECT_EQ(code(row.status), c.status) << row.reason;
    EXPECT_EQ(shown(row.actual), c.actual);
    EXPECT_EQ(row.rounding_decides, c.rounding);
    EXPECT_EQ(all(row.remarks).find("Die Rundung entscheidet") != std::string::npos, c.rounding) << all(row.remarks);
    EXPECT_EQ(row.distance && row.distance->units >= 0, is_verdict(row.status) && row.status == Status::Reached);
  }
}

// gap = |K2_M - K2_F| in Prozentpunkte; which of them is ahead does not matter.
TEST(Traps, GapBetweenSexes) {
  struct Case {
    const char* words;
    const char* value;
    const char *men_2019, *women_2019, *men_2020, *women_2020;
    const char* status;
    const char* actual;
    const char* distance;
  };
  const Case cases[] = {
      {"nicht vergrößert", "0.0", "25", "20", "26", "21", "erreicht", "0.0", "0.05"},
      {"… crossed over", "0.0", "25", "20", "20", "25", "erreicht", "0.0", "0.05"},
      {"… grown", "0.0", "25", "20", "26", "20", "nicht_erreicht", "1.2", "-1.15"},
      {"um 0,1 Prozent-Punkte verringert", "-0.1", "25", "20", "25", "20.1", "erreicht", "-0.1", "0.07"},
      {"… not enough", "-0.1", "25", "20", "25", "20.02", "nicht_erreicht", "0.0", "-0.03"},
      {"… not in percent of the gap", "-0.1", "25", "20", "24.9", "20", "erreicht", "-0.1", "0.07"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.words);
    Facts facts;
    for (const char* sex : {"M", "F"}) {
      const bool men = *sex == 'M';
      const auto elb = std::string("ELB ") + sex, integrations = std::string("INT ") + sex;
      facts.flat(elb, 2019, "1000").flat(elb, 2020, "1000");
      facts.flat(integrations, 2019, men ? c.men_2019 : c.women_2019).flat(integrations, 2020, men ? c.men_2020 : c.women_2020);
    }
    const auto row = run(agreement({target(gap, points, at_most, c.value, "PERCENTAGE_POINT")}), facts.history, "2020-12").rows.at(0);
    EXPECT_EQ(code(row.status), c.status) << row.reason;
    EXPECT_EQ(shown(row.actual), c.actual);
    EXPECT_EQ(shown(row.distance), c.distance);
    EXPECT_EQ(row.distance_unit, "Prozentpunkte");
  }
}

// The example of docs/formats/evaluation.md: 1,357 after 1,329 is +2.1 against at least +1.9; 1,354 would do.
TEST(Distance, InPeople) {
  Facts facts;
  facts.flat("ELB T", 2019, "12000").flat("ELB T", 2020, "12000");
  facts.one("INT T", "2019-01", "1329").flat("INT T", "2019-02", "2019-12", "0").one("INT T", "2020-01", "1357").flat("INT T", "2020-02", "2020-12", "0");
  const auto count = run(agreement({target("INTEGRATIONS_COUNT", change, at_least, "1.9", "PERCENT", Aggregation::AnnualSum)}), facts.history, "2020-06").rows.at(0);
  EXPECT_EQ(code(count.status), "erreicht");
  EXPECT_EQ(base::fraction(*count.actual_exact), "2800/1329");
  EXPECT_EQ(shown(count.level) + " " + shown(count.level_last_year) + " " + shown(count.level_target), "1357 1329 1354.251");
  EXPECT_EQ(shown(count.distance) + " " + count.distance_unit, "3 Integrationen");
  // K2: the numerator at the given mean stock.
  const auto quota = run(agreement({target(K2, change, at_least, "1.9", "PERCENT")}), facts.history, "2020-06").rows.at(0);
  EXPECT_EQ(shown(quota.distance) + " " + quota.distance_unit, "3 Integrationen");
  // A ceiling on a mean stock: persons, rounded down.
  Facts stock;
  stock.flat("ELB T LZB", 2019, "1000").flat("ELB T LZB", 2020, "1004.5");
  const auto lzb = run(agreement({target(K3, change, at_most, "1.1", "PERCENT", Aggregation::AnnualAverage)}), stock.history, "2020-06").rows.at(0);
  EXPECT_EQ(shown(lzb.distance) + " " + lzb.distance_unit, "6 Personen");  // below 1,011.5
}

}  // namespace
}  // namespace zielwerk::evaluation
