#include "drafting/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drafting/drafting_test_support.h"

namespace zielwerk::drafting {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> told(const boost::json::object& before, const boost::json::object& after) {
  std::vector<std::string> all;
  for (const auto& one : diff(before, after)) all.push_back(fmt::format("{} | {} | {} | {} | {} | {}", one.clause, one.subject, one.field, in_words(one.change), one.before, one.after));
  return all;
}

TEST(Diff, FindsNothingBetweenAnAgreementAndItself) {
  for (const auto* name : {"borken_2018", "heidekreis_2020", "mansfeld_suedharz_2020"}) EXPECT_THAT(told(agreement(name), agreement(name)), IsEmpty()) << name;
}

TEST(Diff, TellsValueAndWordsOfATarget) {
  auto after = agreement("lippe_2021");
  change(one(after, "targets", 1), R"({"value": 9.0, "signed_value": 9.0, "comparator_literal": "="})");
  EXPECT_THAT(told(agreement("lippe_2021"), after), ElementsAre("Ziele | Absolute Zahl der Integrationen | Wert | geändert | + 13,8 Prozent | + 9,0 Prozent",
                                                                "Ziele | Absolute Zahl der Integrationen | Vergleich im Wortlaut | geändert | mindestens | ohne Angabe"));
}

// Two stocks of the same people are two targets: the average of the year and the end of it.
TEST(Diff, MatchesTargetsByWhatTheyMeasure) {
  auto after = agreement("borken_2018");
  auto& targets = terms(after).at("targets").as_array();
  std::swap(targets[2], targets[4]);
  EXPECT_THAT(told(agreement("borken_2018"), after), IsEmpty());
  change(targets[2].as_object(), R"({"wartezeit": "t-3"})");
  EXPECT_THAT(told(agreement("borken_2018"), after), ElementsAre("Ziele | Bestand an Langzeitleistungsbeziehenden | Wartezeit | geändert | t-0 | t-3"));
}

TEST(Diff, TellsWhatIsNewAndWhatIsGone) {
  auto after = agreement("lippe_2021");
  terms(after).at("monitoring").as_array().pop_back();
  terms(after).at("general_aims").as_array().erase(terms(after).at("general_aims").as_array().begin());
  terms(after)["dialogues"] = nullptr;
  const auto found = told(agreement("lippe_2021"), after);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_THAT(found[0], testing::StartsWith("Monitoring | Zahl der Langzeitleistungsbeziehenden mit einer Bezugsdauer von vier Jahren und länger |  | entfallen | Art: Monitoring; "));
  EXPECT_EQ(found[1], "Anliegen | möglichst viele erwerbsfähige Menschen auf Dauer in eine existenzsichernde Arbeit zu bringen |  | entfallen |  | ");
  EXPECT_THAT(found[2], testing::StartsWith("Dialoge | Steuerungsdialog |  | entfallen | Bezeichnung: Steuerungsdialog; Zahl: 3; "));
}

TEST(Diff, TakesTheNextYearForTheSame) {
  auto after = agreement("lippe_2021");
  auto text = boost::json::serialize(after);
  for (const auto& [was, is] : {std::pair{"2021", "2022"}, {"2020", "2021"}}) {
    std::string moved;
    for (std::size_t at = 0; at < text.size();) {
      const bool found = text.compare(at, 4, was) == 0;
      moved += found ? is : std::string(1, text[at]);
      at += found ? 4 : 1;
    }
    text = moved;
    if (std::string_view(was) == "2021") continue;
  }
  EXPECT_THAT(told(agreement("lippe_2021"), boost::json::parse(text).as_object()), IsEmpty());
}

}  // namespace
}  // namespace zielwerk::drafting
