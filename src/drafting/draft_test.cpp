#include "drafting/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drafting/drafting_test_support.h"

namespace zielwerk::drafting {
namespace {

using testing::HasSubstr;
using testing::Not;

// The sentence of Lippe's first target (Integrationsquote, +9,9 %) after changes to it, or the problems.
std::string sentence(const std::string& changes, Template form = Template::Nrw) {
  auto document = agreement("lippe_2021");
  auto& target = one(document, "targets", 0);
  change(target, R"({"equivalents": []})");
  change(target, changes);
  const auto paper = draft(document, form);
  if (!paper) return shown(paper.error());
  const auto begin = paper->find("Das Ziel ist erreicht, wenn ");
  return paper->substr(begin + 28, paper->find("\n", begin) - begin - 28);
}

struct Said {
  const char* changes;
  const char* words;
};

TEST(Draft, SaysEveryChange) {
  const Said cases[] = {
      {"{}", "die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um 9,9 Prozent steigt."},
      {R"({"comparator_literal": ">=", "comparator_explicit": true})", "die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um mindestens 9,9 Prozent steigt."},
      {R"({"direction": "LIMIT_DECREASE", "comparator_literal": "<=", "comparator_explicit": true, "value": 6.9, "signed_value": -6.9})",
       "die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um nicht mehr als 6,9 Prozent sinkt."},
      {R"({"direction": "HOLD", "value": 0.0, "signed_value": 0.0})", "die Integrationsquote (K2) im Jahr 2021 dem Wert des Vorjahres entspricht."},
      {R"({"direction": "HOLD", "comparator_literal": ">=", "value": 0, "signed_value": 0})", "die Integrationsquote (K2) im Jahr 2021 den Wert des Vorjahres erreicht."},
      {R"({"direction": "HOLD", "comparator_literal": ">=", "comparator_explicit": true, "value": 0, "signed_value": 0})",
       "die Integrationsquote (K2) im Jahr 2021 den Wert des Vorjahres nicht unterschreitet."},
      {R"({"direction": "CORRIDOR", "comparator_literal": "RANGE", "value": 0.5, "signed_value": 0.5, "value_low": 0.5, "value_high": 1})",
       "die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um 0,5 bis 1,0 Prozent steigt; maßgeblich ist die untere Grenze."},
      {R"({"measure": "POINT_CHANGE", "unit": "PERCENTAGE_POINT"})", "die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um 9,9 Prozentpunkte steigt."},
      {R"({"wartezeit": "t-3"})", "die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um 9,9 Prozent steigt (Wartezeit t-3)."},
      {R"({"equivalents": [{"raw": "K2 = 9,9 Prozent", "value": 9.9, "unit": "PERCENT", "relation": "SHORT_FORM"}, {"raw": "", "value": 1050, "unit": "COUNT", "relation": "ABSOLUTE_EQUIVALENT"}]})",
       "die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um 9,9 Prozent (= 1.050 Integrationen) steigt (K2 = + 9,9 Prozent)."}};
  for (const auto& [changes, words] : cases) EXPECT_EQ(sentence(changes), words) << changes;
}

TEST(Draft, SaysEveryLevel) {
  const std::string level = R"("measure": "LEVEL", "reference": null, )";
  const Said cases[] = {
      {R"("direction": "LEVEL_MIN", "value": 18.9, "signed_value": 18.9)", "die Integrationsquote (K2) im Jahr 2021 den Wert von 18,9 Prozent erreicht."},
      {R"("direction": "LEVEL_MIN", "comparator_literal": ">=", "comparator_explicit": true)", "die Integrationsquote (K2) im Jahr 2021 mindestens 9,9 Prozent beträgt."},
      {R"("direction": "LEVEL_MIN", "comparator_literal": ">", "comparator_effective": ">", "comparator_explicit": true)", "die Integrationsquote (K2) im Jahr 2021 über 9,9 Prozent liegt."},
      {R"("direction": "LEVEL_MAX", "comparator_literal": "<", "comparator_effective": "<", "comparator_explicit": true, "indicator": {"code": "LZB_STOCK", "kennzahl": null, "subgroup": "WOMEN"}, "aggregation": "MONTH_VALUE", "period": {"type": "MONTH", "year": 2021, "month": 12}, "unit": "COUNT", "value": 7331, "signed_value": 7331)",
       "der Bestand an Langzeitleistungsbeziehenden unter den Frauen im Dezember 2021 unter 7.331 liegt."},
      {R"("direction": "LEVEL_MAX", "comparator_literal": "<=", "comparator_effective": "<=", "comparator_explicit": true, "indicator": {"code": "PROCESSING_DAYS", "kennzahl": null, "subgroup": "NEW_APPLICATIONS"}, "aggregation": "ANNUAL_AVERAGE", "unit": "WORKING_DAYS", "value": 1, "signed_value": 1, "per": "Sachgebiet", "deadline": "2021-06-30", "weight": 30, "condition": "sofern die Stellen besetzt sind", "responsible_party": "P2")",
       "die jahresdurchschnittliche Bearbeitungsdauer bei Neuanträgen im Jahr 2021 höchstens 1 Arbeitstag je Sachgebiet beträgt. Das Ziel gilt nur, sofern die Stellen besetzt sind. Das Ziel "
       "hat ein Gewicht von 30 Prozent. Das Ziel ist bis zum 30.06.2021 zu erreichen. Verantwortlich ist der Kreis Lippe."}};
  for (const auto& [changes, words] : cases) EXPECT_EQ(sentence("{" + level + changes + "}"), words) << changes;
}

TEST(Draft, SaysMilestonesWithTheirTarget) {
  auto document = agreement("lippe_2021");
  terms(document)["milestones"] = boost::json::parse(R"([{"id": "MS1", "target": "T1", "date": "2021-06-30", "comparator": ">=", "value": 4, "unit": "PERCENT"}])");
  EXPECT_THAT(*draft(document, Template::Nrw), HasSubstr("steigt (K2 = + 9,9 Prozent). Zwischenwerte: zum 30.06.2021 mindestens + 4,0 Prozent."));
}

TEST(Draft, RefusesWhatNoSentenceCanSay) {
  const Said cases[] = {{R"({"signed_value": -9.9})", "target_contradictory /agreement/targets/0/signed_value"},
                        {R"({"direction": "DECREASE", "signed_value": -9.9, "comparator_effective": "<="})", "target_contradictory /agreement/targets/0/direction"},
                        {R"({"comparator_explicit": true})", "target_contradictory /agreement/targets/0/comparator_explicit"},
                        {R"({"reference": null})", "field_missing /agreement/targets/0/reference"},
                        {R"({"unit": "COUNT"})", "target_contradictory /agreement/targets/0/unit"},
                        {R"({"bands": [{"from": 90, "status": "PARTLY"}]})", "field_not_expressible /agreement/targets/0/bands"},
                        {R"({"place": {"site": "Nord"}})", "field_not_expressible /agreement/targets/0/place/site"}};
  for (const auto& [changes, problem] : cases) EXPECT_EQ(sentence(changes), problem) << changes;
}

TEST(Draft, LeavesNothingOutSilently) {
  auto document = agreement("lippe_2021");
  terms(document)["scoring"] = boost::json::parse(R"({"cap": 100})");
  one(document, "considerations", 0)["code"] = "WEATHER";
  one(document, "monitoring", 0)["frequency"] = "QUARTERLY";
  EXPECT_EQ(shown(draft(document, Template::Nrw).error()),
            "code_without_words /agreement/considerations/0/code; field_not_expressible /agreement/monitoring/0/frequency; field_not_expressible /agreement/scoring");
}

TEST(Draft, WritesTheFiveRealAgreements) {
  for (const auto* name : {"borken_2018", "dueren_2023", "heidekreis_2020", "lippe_2021", "mansfeld_suedharz_2020"}) {
    const auto document = agreement(name);
    const auto paper = draft(document, usual_template(document).value());
    ASSERT_TRUE(paper) << name << ": " << shown(paper.error());
    EXPECT_THAT(*paper, Not(HasSubstr("_"))) << name;
  }
}

TEST(Draft, KeepsPartialDatesPartial) {
  const auto paper = draft(agreement("heidekreis_2020"), Template::Niedersachsen).value();
  EXPECT_THAT(paper, HasSubstr("Hannover, den 27. 2020"));
  EXPECT_THAT(paper, HasSubstr("Bad Fallingb., den 8. 2020"));
}

TEST(Draft, WritesOnlyTheKindOfItsTemplate) {
  EXPECT_EQ(shown(draft(agreement("lippe_2021"), Template::Ge).error()), "template_unfit /agreement/kind");
  auto document = agreement("lippe_2021");
  change(terms(document), R"({"kind": "BMAS_LAND"})");
  EXPECT_EQ(usual_template(document), Template::Land);
  EXPECT_TRUE(draft(document, Template::Land));
}

}  // namespace
}  // namespace zielwerk::drafting
