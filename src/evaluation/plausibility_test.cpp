// Checks before signing (handbook, section 6); the printed numbers of the five agreements are in tests/official.
#include "evaluation/plausibility.h"

#include <gtest/gtest.h>

#include "evaluation/evaluation_test_support.h"

namespace zielwerk::evaluation {
namespace {

using namespace test;
using domain::Aggregation;
using domain::Bound;
using domain::Scale;

const domain::Vocabulary vocabulary;
const indicators::Declared declared;

std::string message(const std::vector<Finding>& all, std::string_view code, std::string_view where = "") {
  for (const auto& one : all) {
    if (one.code == code && one.where.starts_with(where)) return in_words(one.severity) + ": " + one.message;
  }
  return "";
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
  late.signatures = {{"S1", "", "", "", "10.08.2020", "2020-08-10", "COMPLETE"}, {"S2", "", "", "", "__.__.2020", "", "PARTIAL"}};
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

}  // namespace
}  // namespace zielwerk::evaluation
