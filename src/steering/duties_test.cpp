#include "steering/duties.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "steering/steering_test_support.h"

namespace zielwerk::steering {
namespace {

using evaluation::Status;
using test::Story;

Finding finding(const char* target, Status status, std::optional<Status> before = {}) { return {target, {2021, 5}, {base::Month{2021, 5}}, status, before, "2021-06-01"}; }

// "jobcenter kommentar T1@2021-05 bis 2021-06-15; …"
std::string due(const Story& story, const std::string& today, const Known& known = {}, const std::string& reader = "ministerium") {
  std::string all;
  for (const auto& one : duties(story.seen_by(reader), story.terms(), known, today)) all += fmt::format("{} {} {}{}; ", one.side, code(one.task), one.subject, one.until.empty() ? "" : " bis " + one.until);
  return all;
}

TEST(Comments, AreAskedForOnlyWhereATargetDeviatesOrFlipped) {
  Story story;
  for (const char* id : {"T3", "T4", "T5"}) {
    domain::Target target;
    target.id = id;
    story.terms().targets.push_back(target);
  }
  const std::vector<Finding> findings = {finding("T1", Status::Missed), finding("T2", Status::Reached), finding("T3", Status::Reached, Status::Missed), finding("T4", Status::NotAssessable, Status::Reached), finding("T5", Status::Open)};
  std::string asked;
  for (const auto& one : comments(story.seen_by("jobcenter"), findings)) asked += one.subject + " ";
  EXPECT_EQ(asked, "T1@2021-05 T3@2021-05 ");
}

TEST(Comments, TwoInputsForEachDeviatingTargetAndNothingElse) {
  Story story;
  const std::vector<Finding> findings = {finding("T1", Status::Missed), finding("T2", Status::Missed)};
  int inputs = 0;
  for (const auto& one : comments(story.seen_by("jobcenter"), findings)) {
    std::map<std::string, std::string> fields;
    for (const auto& field : find_kind("kommentar")->fields) {
      if (!field.required) continue;
      // Target and month are known: what a person has to write are the other fields.
      if (!field.key) ++inputs;
      fields[std::string(field.code)] = field.code == "ziel" ? one.finding.target : field.code == "monat" ? one.finding.month.text() : "…";
    }
    ASSERT_EQ(story.does("jobcenter.a", "kommentar", fields), "ok " + one.subject);
  }
  EXPECT_EQ(inputs, 2 * 2);
  EXPECT_EQ(due(story, "2021-06-10", {findings, {}, true}), "") << "and with them everything is there";
}

TEST(Duties, ACommentIsOwedByTheJobcenterUntilTheNextDialogue) {
  Story story;
  const Known known{{finding("T1", Status::Missed)}, {}, true};
  EXPECT_EQ(due(story, "2021-06-10", known), "jobcenter kommentar T1@2021-05; ");
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", {{"datum", "2021-12-01"}, {"art", "regelmaessig"}}), "ok D1");
  EXPECT_EQ(due(story, "2021-06-10", known), "jobcenter kommentar T1@2021-05 bis 2021-12-01; ");
  ASSERT_EQ(story.does("jobcenter.a", "kommentar", {{"ziel", "T1"}, {"monat", "2021-05"}, {"ursache", "x"}, {"massnahme", "x"}}, 0, true), "ok T1@2021-05");
  EXPECT_EQ(due(story, "2021-06-10", known), due(story, "2021-06-10", known, "jobcenter")) << "a draft in the own room tells nobody anything";
  ASSERT_EQ(story.does("jobcenter.a", "kommentar", {{"ziel", "T1"}, {"monat", "2021-05"}, {"ursache", "x"}, {"massnahme", "x"}}), "ok T1@2021-05");
  EXPECT_EQ(due(story, "2021-06-10", known), "");
}

TEST(Duties, ADialogueIsPlannedPreparedHeldAndWrittenDown) {
  Story story;
  story.terms().dialogues = domain::DialoguePlan{"Zieldialog", {}, 1, {}, {}};
  EXPECT_EQ(due(story, "2020-12-20"), "") << "before the term nothing is due";
  EXPECT_EQ(due(story, "2021-01-20"), "jobcenter dialog_planen  bis 2021-12-31; ministerium dialog_planen  bis 2021-12-31; ");
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", {{"datum", "2021-06-15"}, {"art", "regelmaessig"}}), "ok D1");
  EXPECT_EQ(due(story, "2021-05-17"), "") << "four weeks before";
  EXPECT_EQ(due(story, "2021-05-18", {}, "jobcenter"), "jobcenter datenbasis D1 bis 2021-06-15; jobcenter ausschuss D1 bis 2021-06-15; jobcenter dialog D1 bis 2021-06-15; "
                                                       "ministerium datenbasis D1 bis 2021-06-15; ministerium ausschuss D1 bis 2021-06-15; ministerium dialog D1 bis 2021-06-15; ");
  ASSERT_EQ(story.does("ministerium.a", "dialog.stichtag", {{"zu", "D1"}, {"monat", "2021-05"}}), "ok D1");
  ASSERT_EQ(story.does("ministerium.a", "dialog.empfehlung", {{"zu", "D1"}, {"ausschuss", "C1"}, {"text", "mehr Plätze"}}), "ok D1");
  EXPECT_EQ(due(story, "2021-06-15"), "jobcenter dialog D1 bis 2021-06-15; ministerium dialog D1 bis 2021-06-15; ");
  EXPECT_EQ(due(story, "2021-06-16"), "jobcenter protokoll D1; ministerium protokoll D1; ");
  ASSERT_EQ(story.does("ministerium.a", "dialog.protokoll", {{"zu", "D1"}, {"text", "…"}}), "ok D1");
  EXPECT_EQ(due(story, "2021-06-16"), "jobcenter zustimmung D1; ministerium zustimmung D1; ");
  ASSERT_EQ(story.does("ministerium.b", "zustimmung", {{"vorgang", "4"}}), "ok D1");
  EXPECT_EQ(due(story, "2021-06-16"), "jobcenter zustimmung D1; ");
  for (const char* who : {"jobcenter.a", "jobcenter.b"}) ASSERT_EQ(story.does(who, "zustimmung", {{"vorgang", "4"}}), "ok D1");
  EXPECT_EQ(due(story, "2021-06-16"), "");
}

TEST(Duties, AMassnahmeIsItsOwnersAndLateAfterItsDay) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "massnahme.vereinbaren", {{"titel", "Gespräche"}, {"verantwortlich", "Kreis Musterland, Fachdienst"}, {"faellig", "2021-09-30"}}), "ok M1");
  ASSERT_EQ(story.does("ministerium.a", "massnahme.vereinbaren", {{"titel", "Daten"}, {"verantwortlich", "beide"}, {"faellig", "2021-09-30"}}), "ok M2");
  EXPECT_EQ(due(story, "2021-09-01"), "");
  EXPECT_EQ(due(story, "2021-09-02"), "jobcenter massnahme M1 bis 2021-09-30; jobcenter massnahme M2 bis 2021-09-30; ministerium massnahme M2 bis 2021-09-30; ");
  const auto all = duties(story.seen_by("jobcenter"), story.terms(), {}, "2021-10-01");
  EXPECT_FALSE(all.front().overdue("2021-09-30"));
  EXPECT_TRUE(all.front().overdue("2021-10-01"));
  for (const char* id : {"M1", "M2"}) ASSERT_EQ(story.does("jobcenter.a", "massnahme.stand", {{"zu", id}, {"stand", "erledigt"}}).substr(0, 2), "ok");
  EXPECT_EQ(due(story, "2021-10-01"), "");
}

TEST(Duties, SignaturesDeliveriesAndTheSettlement) {
  Story story;
  EXPECT_EQ(due(story, "2021-08-10", {{}, {{2021, 6}}, true}), "jobcenter lieferung 2021-06; ministerium lieferung 2021-06; ");
  EXPECT_EQ(due(story, "2022-01-02"), "jobcenter abrechnung 2021 bis 2022-05-31; ministerium abrechnung 2021 bis 2022-05-31; ");
  ASSERT_EQ(story.does("ministerium.a", "angebot", {{"dokument", "{}"}}), "ok R1");
  ASSERT_EQ(story.does("ministerium.a", "einigung", {{"zu", "R1"}}), "ok R1");
  EXPECT_EQ(due(story, "2021-01-20"), "jobcenter zustimmung R1; ministerium zustimmung R1; ");
  for (const char* who : {"ministerium.b", "jobcenter.a", "jobcenter.b"}) ASSERT_EQ(story.does(who, "zustimmung", {{"vorgang", "2"}}), "ok R1");
  EXPECT_EQ(due(story, "2021-01-20"), "jobcenter unterschrift P2; ministerium unterschrift P1; ");
  ASSERT_EQ(story.does("jobcenter.a", "unterschrift", {{"partei", "P2"}, {"person", "L. Beispiel"}}), "ok P2");
  EXPECT_EQ(due(story, "2021-01-20"), "jobcenter zustimmung P2; ministerium unterschrift P1; ");
  EXPECT_EQ(due(story, "2021-01-20", {{}, {}, true}), "jobcenter zustimmung P2; ") << "the paper has its signatures";
}

TEST(Duties, BeforeThereIsAnAgreementOnlyTheOfferIsAnswered) {
  Story story;
  story.terms().dialogues = domain::DialoguePlan{"Zieldialog", {}, 1, {}, {}};
  Known known;
  known.in_force = false;
  EXPECT_EQ(due(story, "2022-08-01", known), "") << "neither dialogues nor a settlement of what nobody agreed";
  ASSERT_EQ(story.does("jobcenter.a", "angebot", {{"dokument", "{}"}}, 0, true), "ok R1-jobcenter");
  EXPECT_EQ(due(story, "2021-08-01", known), "") << "what is tried alone asks nobody";
  ASSERT_EQ(story.does("jobcenter.a", "angebot", {{"dokument", "{}"}}), "ok R1");
  EXPECT_EQ(due(story, "2021-08-01", known), "ministerium angebot R1; ");
  ASSERT_EQ(story.does("ministerium.a", "angebot", {{"dokument", "{}"}}), "ok R2");
  EXPECT_EQ(due(story, "2021-08-01", known), "jobcenter angebot R2; ");
  ASSERT_EQ(story.does("jobcenter.a", "einigung", {{"zu", "R2"}}), "ok R2");
  EXPECT_EQ(due(story, "2021-08-01", known), "jobcenter zustimmung R2; ministerium zustimmung R2; ");
}

TEST(Duties, ASettledYearAsksForNothingMore) {
  Story story;
  story.terms().dialogues = domain::DialoguePlan{"Zieldialog", {}, 2, {}, {}};
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", {{"datum", "2021-06-15"}, {"art", "regelmaessig"}}), "ok D1");
  ASSERT_EQ(story.does("ministerium.a", "abrechnung", {{"monat", "2021-12"}}).substr(0, 2), "ok");
  for (const char* who : {"ministerium.b", "jobcenter.a"}) ASSERT_EQ(story.does(who, "zustimmung", {{"vorgang", "2"}}).substr(0, 2), "ok");
  const Known known{{finding("T1", Status::Missed)}, {{2021, 6}}, true};
  EXPECT_NE(due(story, "2022-03-01", known).find("protokoll D1"), std::string::npos) << "as long as one person is missing";
  ASSERT_EQ(story.does("jobcenter.b", "zustimmung", {{"vorgang", "2"}}).substr(0, 2), "ok");
  EXPECT_EQ(due(story, "2022-03-01", known), "");
}

}  // namespace
}  // namespace zielwerk::steering
