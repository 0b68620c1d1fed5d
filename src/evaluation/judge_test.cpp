// The order of decision (docs/formats/evaluation.md), Wartezeit and Ladestand, and what stands beside a verdict.
#include "evaluation/judge.h"

#include <gtest/gtest.h>

#include "evaluation/evaluation_test_support.h"

namespace zielwerk::evaluation {
namespace {

using namespace test;
using domain::Aggregation;
using domain::Bound;
using domain::Scale;
using domain::Target;

const Target lzb_change = target("LZB_STOCK", Scale::RelativeChange, Bound::AtMost, "0.0", "PERCENT", Aggregation::AnnualAverage);
const Target quota_level = target("INTEGRATION_RATE", Scale::Level, Bound::AtLeast, "18.9", "PERCENT");
const Target count_level = target("INTEGRATIONS_COUNT", Scale::Level, Bound::AtLeast, "240", "COUNT", Aggregation::AnnualSum);
const Target count_change = target("INTEGRATIONS_COUNT", Scale::RelativeChange, Bound::AtLeast, "1.9", "PERCENT", Aggregation::AnnualSum);

Target year_end(Target target) {
  target.aggregation = Aggregation::YearEndStock;
  return target;
}

Facts rising() {
  Facts facts;
  facts.flat("ELB T", 2019, "1000").flat("ELB T", 2020, "1000").flat("ELB T LZB", 2019, "500").flat("ELB T LZB", 2020, "505");
  facts.year("INT T", 2019, {"8", "10", "22", "20", "20", "20", "20", "20", "20", "20", "20", "20"});  // February's share is 18 / 220
  facts.flat("INT T", "2020-01", "2020-12", "20");
  return facts;
}

TEST(Order, OfDecision) {
  struct Case {
    const char* name;
    Target target;
    const char* month;
    const char* status;
    const char* reason;
    const char* actual;
    const char* path;
  };
  const Case cases[] = {
      {"1. a year-end stock is not due before December", year_end(lzb_change), "2020-11", "offen", "not_due: 2020-12", "null", "null"},
      {"   not even without facts", year_end(target("BG_COUNT", Scale::Level, Bound::AtMost, "10", "COUNT")), "2020-01", "offen", "not_due: 2020-12", "null", "null"},
      {"   in December it is", year_end(lzb_change), "2020-12", "nicht_erreicht", "", "1.0", "null"},
      {"2. a missing fact in every month", target("BG_COUNT", Scale::Level, Bound::AtMost, "10", "COUNT"), "2020-02", "nicht_bewertbar", "data_state_missing: BG T 2020-02", "null", "null"},
      {"   an unknown measure", target("PROGRAMME_BG_PER_STAFF", Scale::Level, Bound::AtLeast, "20", "COUNT"), "2020-02", "nicht_bewertbar", "measure_unknown: PROGRAMME_BG_PER_STAFF", "null", "null"},
      {"   an unknown subgroup", target("INTEGRATION_RATE PARENTS", Scale::Level, Bound::AtLeast, "20", "PERCENT"), "2020-02", "nicht_bewertbar", "measure_unknown: INTEGRATION_RATE PARENTS", "null", "null"},
      {"3. a quota's level before December", quota_level, "2020-02", "offen", "year_not_over", "4.0", "1.546364"},
      {"   a sum's level before December", count_level, "2020-02", "offen", "year_not_over", "40", "19.636364"},
      {"   in December", count_level, "2020-12", "erreicht", "", "240", "null"},
      {"4. a change in every month", count_change, "2020-02", "erreicht", "", "122.2", "null"},
      {"   a mean stock in every month", target("LZB_STOCK", Scale::Level, Bound::AtMost, "500", "COUNT", Aggregation::AnnualAverage), "2020-02", "nicht_erreicht", "", "505", "null"},
  };
  const auto facts = rising();
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto row = run(agreement({c.target}), facts.history, c.month).rows.at(0);
    EXPECT_EQ(code(row.status), c.status);
    EXPECT_EQ(row.reason, c.reason);
    EXPECT_EQ(shown(row.actual), c.actual);
    EXPECT_EQ(shown(row.path), c.path);
  }
}

// Missing is missing: a hole or a mark gives no value, never a smaller one; the place says what is asked for.
TEST(Order, WhatIsMissingIsNamed) {
  struct Case {
    const char* name;
    const char* month;
    const char* value;
    const char* reason;
  };
  const Case cases[] = {
      {"withheld", "2020-02", "*", "fact_missing: INT T 2020-02 (Ladestand 2020-03)"},
      {"not meaningful", "2020-01", "x", "fact_missing: INT T 2020-01 (Ladestand 2020-03)"},
      {"unknown, a year ago", "2019-03", ".", "fact_missing: INT T 2019-03 (Ladestand 2019-03)"},
      {"nothing there is 0", "2020-02", "-", ""},
  };
  for (const auto& c : cases) {
    auto facts = rising();
    facts.put("INT T", month(c.month), month(c.month), c.value);
    EXPECT_EQ(run(agreement({count_change}), facts.history, "2020-03").rows.at(0).reason, c.reason) << c.name;
  }
  Facts nothing;
  nothing.flat("ELB T", 2019, "1000").flat("ELB T", 2020, "1000").flat("INT T", "2019-01", "2019-12", "0").flat("INT T", "2020-01", "2020-12", "5");
  EXPECT_EQ(run(agreement({count_change}), nothing.history, "2020-03").rows.at(0).reason, "denominator_zero: INT T 2019-03");
  Facts nobody;
  nobody.flat("ELB T", 2020, "0").flat("INT T", "2020-01", "2020-12", "0");
  EXPECT_EQ(run(agreement({quota_level}), nobody.history, "2020-03").rows.at(0).reason, "denominator_zero: ELB T 2020-02");
}

// "Gleiche Ladestände": June 2020 t-0 against June 2019 as it stood in June 2019; the final value is no substitute.
TEST(Waiting, SameStateOfBothYears) {
  Facts facts;
  facts.flat("ELB T LZB", "2020-01", "2020-06", "500").flat("ELB T LZB", "2019-01", "2019-06", "500");
  for (Month m = month("2019-01"); m <= month("2019-06"); m = m + 1) facts.put("ELB T LZB", m, m + 6, "480");  // revised later
  auto row = run(agreement({lzb_change}), facts.history, "2020-06").rows.at(0);
  EXPECT_EQ(code(row.status) + " " + shown(row.actual) + " " + row.state_last_year.loaded.text(), "erreicht 0.0 2019-06");

  Facts only_final;
  only_final.flat("ELB T LZB", "2020-01", "2020-06", "500");
  for (Month m = month("2019-01"); m <= month("2019-03"); m = m + 1) only_final.put("ELB T LZB", m, m + 12, "480");
  EXPECT_EQ(run(agreement({lzb_change}), only_final.history, "2020-06").rows.at(0).reason, "data_state_missing: ELB T LZB 2019-06");
}

TEST(Waiting, OwnThenAskedThenAgreedThenAssumed) {
  struct Case {
    const char* name;
    std::optional<domain::Waiting> own, asked, agreed;
    int used;
    WaitingSource source;
    bool assumed;
  };
  const Case cases[] = {
      {"nothing said", {}, {}, {}, 3, WaitingSource::Assumed, true},
      {"the dialogues'", {}, {}, 0, 0, WaitingSource::Agreement, false},
      {"asked", {}, 2, 0, 2, WaitingSource::Request, false},
      {"the target's own is stronger than what is asked", 0, 2, 1, 0, WaitingSource::Request, false},
      {"the target's own needs no assumption", 0, {}, {}, 0, WaitingSource::Assumed, false},
  };
  Facts facts;
  for (Month m = month("2019-01"); m <= month("2020-12"); m = m + 1) {
    for (int waiting = 0; waiting <= 3; ++waiting) facts.put("ELB T LZB", m, m + waiting, waiting == 0 ? "500.5" : "500");
  }
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    auto terms = agreement({lzb_change});
    terms.waiting = c.agreed;
    terms.targets[0].waiting = c.own;
    const auto result = run(terms, facts.history, "2020-06", c.asked);
    EXPECT_EQ(result.rows[0].waiting, c.used);
    EXPECT_EQ(result.rows[0].state.loaded, month("2020-06") + c.used);
    EXPECT_EQ(result.waiting_source, c.source);
    EXPECT_EQ(all(result.rows[0].assumptions).find("keine Wartezeit; angenommen ist t-3") != std::string::npos, c.assumed);
    EXPECT_EQ(all(result.rows[0].remarks).find("Bei t-0 (Ladestand 2020-06): 0,0 %, erreicht.") != std::string::npos, c.assumed) << all(result.rows[0].remarks);
  }
}

TEST(Head, FinalInDecemberAtTheAgreementsWaiting) {
  const auto final = [](const char* in_month, std::optional<domain::Waiting> agreed, std::optional<domain::Waiting> asked) {
    auto terms = agreement();
    terms.waiting = agreed;
    return run(terms, {}, in_month, asked).final;
  };
  EXPECT_TRUE(final("2020-12", 0, {}));
  EXPECT_TRUE(final("2020-12", {}, {}));
  EXPECT_TRUE(final("2020-12", {}, 3));
  EXPECT_FALSE(final("2020-12", 0, 3));
  EXPECT_FALSE(final("2020-11", 0, {}));
}

TEST(Beside, Assumptions) {
  auto equality = lzb_change;
  equality.reads_equality = true;
  equality.words = "dem Vorjahresergebnis entspricht";
  auto implied = count_change;
  implied.bound_explicit = false;
  const auto rows = run(agreement({equality, implied}), rising().history, "2020-06").rows;
  EXPECT_EQ(all(rows[0].assumptions), "Die Gleichheit („dem Vorjahresergebnis entspricht“) ist als einseitige Grenze gelesen.");
  EXPECT_EQ(all(rows[1].assumptions), "„1.9“ ist als „mindestens“ gelesen: mehr als vereinbart zählt als erreicht.");
}

// Düren: "1,9 Prozent (= 50 Integrationen)"; both statements are looked at when the year is over.
TEST(Beside, TheTargetSaidTwice) {
  auto twice = count_change;
  twice.equivalents = {{"= 50 Integrationen", decimal("50"), "COUNT", "ABSOLUTE_EQUIVALENT"}};
  struct Case {
    const char* before;
    const char* now;
    const char* status;
    const char* remark;
  };
  const Case cases[] = {
      {"2643", "2700", "erreicht", "Zweite Angabe der Vereinbarung („= 50 Integrationen“): Veränderung 57, danach erreicht."},
      {"2586", "2635", "erreicht", "Zweite Angabe der Vereinbarung („= 50 Integrationen“): Veränderung 49, danach nicht erreicht. Die beiden Angaben führen zu verschiedenen Ergebnissen."},
      {"3000", "3050", "nicht_erreicht", "Zweite Angabe der Vereinbarung („= 50 Integrationen“): Veränderung 50, danach erreicht. Die beiden Angaben führen zu verschiedenen Ergebnissen."},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.remark);
    Facts facts;
    facts.flat("INT T", "2019-01", "2020-11", "0").one("INT T", "2019-12", c.before).one("INT T", "2020-12", c.now);
    const auto row = run(agreement({twice}), facts.history, "2020-12").rows.at(0);
    EXPECT_EQ(code(row.status), c.status);
    EXPECT_NE(all(row.remarks).find(c.remark), std::string::npos) << all(row.remarks);
  }
  EXPECT_EQ(all(run(agreement({twice}), rising().history, "2020-06").rows.at(0).remarks), "");
}

TEST(Beside, Milestones) {
  auto terms = agreement({count_level});
  terms.milestones = {{"T1", month("2020-03"), "2020-03-31", Bound::AtLeast, decimal("60"), "COUNT"},
                      {"T1", month("2020-06"), "2020-06-30", Bound::AtLeast, decimal("121"), "COUNT"},
                      {"T1", month("2020-09"), "2020-09-30", Bound::AtLeast, decimal("180"), "COUNT"},
                      {"T2", month("2020-01"), "2020-01-31", Bound::AtLeast, decimal("1"), "COUNT"}};
  const auto rows = run(terms, rising().history, "2020-06").rows;
  ASSERT_EQ(rows.size(), 1U);  // never targets of their own
  const auto remarks = all(rows[0].remarks);
  EXPECT_NE(remarks.find("Zwischenwert zum 2020-03-31: mindestens 60, Ist 60: eingehalten."), std::string::npos) << remarks;
  EXPECT_NE(remarks.find("Zwischenwert zum 2020-06-30: mindestens 121, Ist 120: nicht eingehalten."), std::string::npos);
  EXPECT_NE(remarks.find("Zwischenwert zum 2020-09-30: mindestens 180 (noch nicht fällig)."), std::string::npos);
  EXPECT_EQ(remarks.find("2020-01-31"), std::string::npos);
}

// "Decimals of the agreed value: … at least one for PERCENT" holds for the intermediate value of a quota, too: 3.6 is not 4.0.
TEST(Beside, AMilestoneInPercentHasOneDecimal) {
  auto terms = agreement({quota_level});
  terms.milestones = {{"T1", month("2020-02"), "2020-02-28", Bound::AtLeast, decimal("4"), "PERCENT"}};
  auto facts = rising();
  facts.put("INT T", month("2020-02"), month("2020-02"), "16");
  const auto remarks = all(run(terms, facts.history, "2020-02").rows.at(0).remarks);
  EXPECT_NE(remarks.find("Ist 3,6: nicht eingehalten."), std::string::npos) << remarks;
}

// A MONTH_VALUE belongs to its month (`period.month`): asked in December, June's stock still decides.
TEST(Beside, AMonthValueKeepsItsMonth) {
  auto june = target("LZB_STOCK", Scale::Level, Bound::AtMost, "500", "COUNT", Aggregation::MonthValue);
  june.month = 6;
  auto facts = rising();
  facts.put("ELB T LZB", month("2020-06"), month("2020-06"), "499");
  EXPECT_EQ(run(agreement({june}), facts.history, "2020-05").rows.at(0).reason, "not_due: 2020-06");
  EXPECT_EQ(shown(run(agreement({june}), facts.history, "2020-06").rows.at(0).actual), "499");
  EXPECT_EQ(shown(run(agreement({june}), facts.history, "2020-12").rows.at(0).actual), "499");
}

// Seed 004, T5: not assessable as long as nobody declares the measure.
TEST(Beside, ADeclaredMeasure) {
  domain::Vocabulary vocabulary;
  vocabulary.declare(domain::Measure{"BG_COACHING", "Bedarfsgemeinschaften im Coaching", domain::Kind::Stock, "Bedarfsgemeinschaften", true});
  vocabulary.declare(domain::Measure{"COACHES", "Coaches", domain::Kind::Stock, "Stellen", true});
  indicators::Figure figure;
  figure.code = "PROGRAMME_BG_PER_STAFF";
  figure.name = "Bedarfsgemeinschaften je Coach";
  figure.above = {indicators::Collect::Mean, "BG_COACHING", "", -11, 0};
  figure.below = {indicators::Collect::Mean, "COACHES", "", -11, 0};
  figure.factor = 1;
  Facts facts;
  facts.flat("BG_COACHING T", "2020-01", "2020-12", "85").flat("COACHES T", "2020-01", "2020-12", "4.5");
  const auto terms = agreement({target("PROGRAMME_BG_PER_STAFF", Scale::Level, Bound::AtLeast, "20", "COUNT")});
  EXPECT_EQ(run(terms, facts.history, "2020-06").rows[0].reason, "measure_unknown: PROGRAMME_BG_PER_STAFF");
  const auto row = run(terms, facts.history, "2020-06", {}, vocabulary, {figure}).rows[0];
  EXPECT_EQ(code(row.status) + " " + shown(row.actual), "nicht_erreicht 19");
  EXPECT_EQ(shown(row.distance) + " " + row.distance_unit, "-3 Bedarfsgemeinschaften");  // 19.5 x 4.5 = 87.75
}

TEST(NoVerdict, MonitoringForecastsQualitativeProgrammes) {
  auto terms = agreement();
  terms.monitoring = {{"M1", "", {"INTEGRATIONS_COUNT", "", ""}, "", false, {}}, {"M2", "", {"NEED_COVERING_SHARE", "", ""}, "", false, {}}};
  terms.forecasts = {{"F1", "", {"LLU_SUM", "", ""}, Scale::Level, decimal("38219839"), "EUR", "38.219.839 €", 2020, {}}};
  terms.qualitative = {{"Q1", "", "Konzept", {}, {{"", "konzeptioniert"}, {"", "vergeben"}, {"", "besetzt"}}, {}}};
  terms.programmes = {{"PR1", "", "", {{"Hettstedt", decimal("145"), "2020-Q1", "CURRENT", month("2020-01")}, {"Hettstedt", decimal("100"), "from 2020-Q2", "CURRENT", month("2020-04")}}, "", {}}};
  auto facts = rising();
  facts.flat("LLU T", "2020-01", "2020-12", "3163371.58");
  const auto rows = run(terms, facts.history, "2020-06").rows;
  struct Case {
    const char *id, *status, *actual, *target, *reason;
  };
  const Case cases[] = {
      {"M1", "beobachtet", "20.0", "null", ""},
      {"M2", "beobachtet", "null", "null", "data_state_missing: INT_BD T 2020-06"},
      {"F1", "prognose", "18980229", "38219839", ""},
      {"Q1", "offen", "null", "null", "awaiting_parties"},
      {"PR1", "beobachtet", "null", "null", ""},
  };
  ASSERT_EQ(rows.size(), std::size(cases));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(cases[i].id);
    EXPECT_EQ(rows[i].id, cases[i].id);
    EXPECT_EQ(code(rows[i].status), cases[i].status);
    EXPECT_EQ(shown(rows[i].actual), cases[i].actual);
    EXPECT_EQ(shown(rows[i].target), cases[i].target);
    EXPECT_EQ(rows[i].reason, cases[i].reason);
    EXPECT_TRUE(rows[i].comparator.empty() && !rows[i].distance);
  }
  EXPECT_EQ(all(rows[4].remarks), "Hettstedt: 100 Plätze (Angabe: from 2020-Q2).");
  EXPECT_EQ(all(run(terms, facts.history, "2020-03").rows[4].remarks), "Hettstedt: 145 Plätze (Angabe: 2020-Q1).");
}

}  // namespace
}  // namespace zielwerk::evaluation
