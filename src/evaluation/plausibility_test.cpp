// Checks before signing (handbook, section 6): the printed numbers of the five agreements.
#include "evaluation/plausibility.h"

#include <gtest/gtest.h>

#include "evaluation/evaluation_test_support.h"
#include "intake/agreement_json.h"

namespace zielwerk::evaluation {
namespace {

using namespace test;
using domain::Aggregation;
using domain::Bound;
using domain::Scale;

const domain::Vocabulary vocabulary;
const indicators::Declared declared;

std::vector<Finding> findings(const char* file) {
  const auto read = intake::read_agreement(std::string(ZIELWERK_ROOT) + "/agreements/" + file);
  return read ? check(read->agreement, {vocabulary, declared}) : std::vector<Finding>{{Severity::Contradiction, "unreadable", file, read.error()[0].message}};
}

std::string message(const std::vector<Finding>& all, std::string_view code, std::string_view where = "") {
  for (const auto& one : all) {
    if (one.code == code && one.where.starts_with(where)) return in_words(one.severity) + ": " + one.message;
  }
  return "";
}

TEST(Plausibility, ThePrintedNumbers) {
  struct Case {
    const char* file;
    const char* code;
    const char* where;
    const char* says;
  };
  const Case cases[] = {
      {"lippe_2021.json", "IMPLIED_ELB_GROWTH", "T2, T1", "Bestand an ELB sich um +3,5 % ändert"},
      {"borken_2018.json", "IMPLIED_ELB_GROWTH", "T1, T2", "Bestand an ELB sich um +2,1 % ändert"},
      {"dueren_2023.json", "IMPLIED_ELB_GROWTH", "T1, T2", "Bestand an ELB sich um +1,8 % ändert"},
      {"dueren_2023.json", "PERCENT_AND_PERSONS", "T1", "im Vorjahr 2.565 bis 2.702 waren"},
      {"heidekreis_2020.json", "BUDGET_PARTS", "", "Hinweis: Die Teile ergeben 16.588.719 €; das stimmt überein"},
      {"lippe_2021.json", "SHORT_FORM_LOOKS_LIKE_LEVEL", "T1", "Warnung: „K2 = 9,9 Prozent“ sieht wie ein Niveau der Kennzahl aus"},
      {"lippe_2021.json", "SHORT_FORM_LOOKS_LIKE_LEVEL", "T4", "als Obergrenze"},
      {"lippe_2021.json", "NO_STATE_RULE", "", "Angenommen wird t-3; t-0 steht daneben."},
      {"mansfeld_suedharz_2020.json", "MEASURE_UNKNOWN", "T5", "PROGRAMME_BG_PER_STAFF"},
      {"heidekreis_2020.json", "DATE_UNCLEAR", "", "unvollständig und bleibt es"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.file);
    const auto all = findings(c.file);
    EXPECT_NE(message(all, c.code, c.where).find(c.says), std::string::npos) << c.code << ": " << message(all, c.code, c.where);
    for (const auto& one : all) EXPECT_NE(one.severity, Severity::Contradiction) << one.code << " " << one.message;  // none of the five contradicts itself
  }
  EXPECT_EQ(message(findings("dueren_2023.json"), "NO_STATE_RULE"), "");      // 002 names t-0
  EXPECT_EQ(message(findings("heidekreis_2020.json"), "NO_STATE_RULE"), "");  // 003: every target has its own
}

TEST(Plausibility, WhatCanBeWrong) {
  const auto count = target("INTEGRATIONS_COUNT", Scale::RelativeChange, Bound::AtLeast, "10.0", "PERCENT", Aggregation::AnnualSum);
  const auto rate = target("INTEGRATION_RATE", Scale::RelativeChange, Bound::AtLeast, "2.0", "PERCENT");
  const auto with = [](domain::Target changed, auto change) { change(changed); return changed; };
  struct Case {
    const char* name;
    domain::TargetAgreement terms;
    const char* code;
    const char* says;  // empty: no such finding
  };
  auto budgets = agreement();
  budgets.budgets = {{"B1", "", "VWT", decimal("100"), "EXACT", ""}, {"B2", "", "EGT", decimal("50"), "EXACT", ""}, {"B3", "", "TOTAL", decimal("160"), "EXACT", "160 €"}};
  auto rounded = budgets;
  rounded.budgets[2].precision = "ROUNDED";
  auto far = rounded;
  far.budgets[2].amount = decimal("170");
  auto states = agreement({rate});
  states.waiting = 0;
  states.names_final_values = true;
  states.final_waiting = 3;
  auto late = agreement();
  late.signatures = {{"S1", "", "10.08.2020", "2020-08-10", "COMPLETE"}, {"S2", "", "__.__.2020", "", "PARTIAL"}};
  const Case cases[] = {
      {"much growth", agreement({count, rate}), "IMPLIED_ELB_GROWTH", "Warnung: Zahl der Integrationen +10,0 % und Integrationsquote +2,0 %"},
      {"nothing to compare", agreement({count}), "IMPLIED_ELB_GROWTH", ""},
      {"sentence and short form differ", agreement({with(rate, [](auto& t) { t.equivalents = {{"K2 = 2,1 Prozent", decimal("2.1"), "PERCENT", "SHORT_FORM"}}; })}), "VALUE_TWICE_DIFFERS",
       "Widerspruch: Der Satz sagt 2,0 %, die Kurzform „K2 = 2,1 Prozent“ sagt 2,1 %."},
      {"a small percentage", agreement({with(count, [](auto& t) { t.value = decimal("0.05"); t.equivalents = {{"= 1", decimal("1"), "COUNT", "ABSOLUTE_EQUIVALENT"}}; })}),
       "PERCENT_AND_PERSONS", "im Vorjahr 1.819 bis 2.222 waren"},
      {"K2 at most", agreement({with(rate, [](auto& t) { t.bound = Bound::AtMost; })}), "UNUSUAL_DIRECTION", "Warnung: Integrationsquote: „höchstens“ ist die ungewöhnliche Richtung; gut ist bei dieser Größe ein hoher Wert."},
      {"a scale that is not computed", agreement({with(rate, [](auto& t) { t.scale = Scale::Other; t.scale_code = "RANK"; })}), "SCALE_NOT_COMPUTED", "Warnung: Ein Ziel der Art RANK"},
      {"parts against an exact total", budgets, "BUDGET_PARTS", "Widerspruch: Die Teile ergeben 150 €; das widerspricht mit „160 €“."},
      {"parts against a rounded total, unit 10", rounded, "BUDGET_PARTS", "Widerspruch"},
      {"a wrong total", far, "BUDGET_PARTS", "Widerspruch"},
      {"states differ", states, "STATE_RULES_DIFFER", "Unterjährig gilt t-0, am Jahresende t-3"},
      {"signed after the start", late, "SIGNED_AFTER_START", "Hinweis: Unterschrieben am 2020-08-10, nach Beginn der Laufzeit (2020-01-01)."},
      {"no full date", late, "DATE_UNCLEAR", "Das Datum „__.__.2020“ ist unvollständig"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto found = message(check(c.terms, {vocabulary, declared}), c.code);
    if (std::string_view(c.says).empty()) {
      EXPECT_EQ(found, "");
    } else {
      EXPECT_TRUE(found.starts_with(c.says) || found.find(c.says) != std::string::npos) << found;
    }
  }
}

TEST(Plausibility, TheWorstFirst) {
  const auto all = findings("mansfeld_suedharz_2020.json");
  ASSERT_FALSE(all.empty());
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(all[i - 1].severity, all[i].severity);
}

}  // namespace
}  // namespace zielwerk::evaluation
