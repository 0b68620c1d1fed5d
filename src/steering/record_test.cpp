#include "steering/record.h"

#include <gtest/gtest.h>

#include "steering/steering_test_support.h"

namespace zielwerk::steering {
namespace {

using test::Story;

const std::map<std::string, std::string> plan = {{"datum", "2021-06-15"}, {"art", "regelmaessig"}};

TEST(MakeAct, NumbersSubjectsByThemselvesInEachRoom) {
  Story story;
  EXPECT_EQ(story.does("jobcenter.a", "anlage", {{"titel", "Unter uns"}, {"art", "daten"}, {"datei", std::string(64, 'a')}}, 0, true), "ok A1-jobcenter");
  EXPECT_EQ(story.does("ministerium.a", "anlage", {{"titel", "Auch unter uns"}, {"art", "daten"}, {"datei", std::string(64, 'b')}}, 0, true), "ok A1-ministerium");
  EXPECT_EQ(story.does("ministerium.a", "anlage", {{"titel", "Für alle"}, {"art", "daten"}, {"datei", std::string(64, 'b')}}), "ok A1");
  EXPECT_EQ(story.does("ministerium.a", "dialog.planen", plan), "ok D1");
  EXPECT_EQ(story.does("jobcenter.a", "dialog.planen", plan), "ok D2");
  EXPECT_EQ(story.seen_by("jobcenter").last("gemeinsam"), 3);
  EXPECT_EQ(story.seen_by("jobcenter").last("jobcenter"), 1);
  EXPECT_EQ(story.seen_by("jobcenter").last("ministerium"), 0);
}

TEST(MakeAct, AnotherSidesSubjectDoesNotExist) {
  Story story;
  ASSERT_EQ(story.does("jobcenter.a", "anlage", {{"titel", "x"}, {"art", "daten"}, {"datei", std::string(64, 'a')}}, 0, true), "ok A1-jobcenter");
  EXPECT_EQ(story.does("ministerium.a", "anlage.fassung", {{"zu", "A1-jobcenter"}, {"fassung", "2"}, {"datei", std::string(64, 'a')}}), "subject_unknown ");
  EXPECT_EQ(story.does("jobcenter.b", "anlage.fassung", {{"zu", "A1-jobcenter"}, {"fassung", "2"}, {"datei", std::string(64, 'a')}}, 0, true), "ok A1-jobcenter");
  EXPECT_EQ(story.does("jobcenter.b", "anlage.fassung", {{"zu", "A1-jobcenter"}, {"fassung", "3"}, {"datei", std::string(64, 'a')}}), "subject_unknown ") << "in the shared room it does not exist for its owner either";
}

TEST(MakeAct, ARoomIsTheSharedOneOrTheOwn) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", plan), "ok D1");
  EXPECT_EQ(story.does("ministerium.a", "dialog.planen", plan, 0, true), "room_unfit ");
  EXPECT_EQ(story.does("ministerium.a", "dialog.notiz", {{"zu", "D1"}, {"text", "x"}}), "room_unfit ");
  const auto record = story.seen_by("ministerium");
  const auto strange = make_act(record, story.terms(), {"dialog.notiz", "jobcenter", {{"zu", "D1"}, {"text", "x"}}}, "ministerium", "ministerium.a");
  ASSERT_FALSE(strange);
  EXPECT_EQ(strange.error().front().code, "room_unfit") << "nobody writes into the other side's room";
}

TEST(MakeAct, SaysEverythingThatIsWrongAtOnce) {
  Story story;
  EXPECT_EQ(story.does("ministerium.a", "dialog.planen", {{"datum", "2021-02-30"}, {"beginn", "25:00"}, {"art", "anders"}, {"raum", "x"}}), "field_unknown field_invalid field_invalid field_invalid ");
  EXPECT_EQ(story.does("ministerium.a", "dialog.planen", {}), "field_missing field_missing ");
  EXPECT_EQ(story.does("ministerium.a", "dialog.protokoll", {{"zu", "D9"}, {"text", " "}}), "field_missing subject_unknown ");
  EXPECT_EQ(story.does("ministerium.a", "dialog.tanzen", {}), "act_unknown ");
  EXPECT_EQ(story.does("ministerium.a", "kommentar", {{"ziel", "T9"}, {"monat", "2021-13"}, {"ursache", "x"}, {"massnahme", "\xff"}}), "field_invalid reference_unknown field_invalid ");
  EXPECT_TRUE(story.visible_to("ministerium").empty());
}

TEST(MakeAct, BuildsOnTheVersionItsWriterSaw) {
  Story story;
  const std::map<std::string, std::string> comment = {{"ziel", "T1"}, {"monat", "2021-06"}, {"ursache", "Betrieb geschlossen"}, {"massnahme", "Gespräche"}};
  ASSERT_EQ(story.does("jobcenter.a", "kommentar", comment), "ok T1@2021-06");
  EXPECT_EQ(story.does("jobcenter.b", "kommentar", comment), "version_outdated ") << "b has not seen what a wrote";
  EXPECT_EQ(story.does("jobcenter.b", "kommentar", comment, 7), "version_outdated ");
  EXPECT_EQ(story.does("jobcenter.b", "kommentar", comment, 1), "ok T1@2021-06");
  EXPECT_EQ(story.does("jobcenter.a", "kommentar", comment, 1), "version_outdated ");
  EXPECT_EQ(story.does("jobcenter.a", "kommentar", comment, 0, true), "ok T1@2021-06") << "the own room has its own versions";
  EXPECT_EQ(story.seen_by("jobcenter").newest("kommentar", "T1@2021-06")->act.number, 2);
}

TEST(Consent, TwoPersonsOfEverySideOfThree) {
  Story story(test::terms(true));
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", plan), "ok D1");
  ASSERT_EQ(story.does("ministerium.a", "dialog.protokoll", {{"zu", "D1"}, {"text", "Es wurde gesprochen."}}), "ok D1");
  const auto missing = [&] {
    const auto record = story.seen_by("kommune");
    return record.standing(*record.newest("dialog.protokoll", "D1")).missing;
  };
  using Sides = std::vector<std::string>;
  EXPECT_EQ(missing(), (Sides{"jobcenter", "kommune", "ministerium"}));
  EXPECT_EQ(story.does("ministerium.a", "zustimmung", {{"vorgang", "2"}}), "consent_pointless ") << "the writer counts already";
  EXPECT_EQ(story.does("ministerium.b", "zustimmung", {{"vorgang", "2"}}), "ok D1");
  EXPECT_EQ(missing(), (Sides{"jobcenter", "kommune"}));
  EXPECT_EQ(story.does("jobcenter.a", "zustimmung", {{"vorgang", "2"}}), "ok D1");
  EXPECT_EQ(story.does("jobcenter.a", "zustimmung", {{"vorgang", "2"}}), "consent_pointless ") << "the same person twice is one person";
  EXPECT_EQ(story.does("jobcenter.b", "zustimmung", {{"vorgang", "2"}}), "ok D1");
  EXPECT_EQ(story.does("kommune.a", "zustimmung", {{"vorgang", "2"}}), "ok D1");
  EXPECT_EQ(missing(), Sides{"kommune"});
  EXPECT_EQ(story.seen_by("kommune").in_force("dialog.protokoll", "D1"), nullptr);
  EXPECT_EQ(story.does("kommune.b", "zustimmung", {{"vorgang", "2"}}), "ok D1");
  EXPECT_NE(story.seen_by("kommune").in_force("dialog.protokoll", "D1"), nullptr);
  EXPECT_EQ(story.does("agentur.a", "zustimmung", {{"vorgang", "2"}}), "consent_pointless ") << "no party";
}

TEST(Consent, ASecondPersonIsOfTheSameSide) {
  Story story;
  ASSERT_EQ(story.does("jobcenter.a", "unterschrift", {{"partei", "P2"}, {"person", "L. Beispiel"}, {"datum", "__.03.2021"}}), "ok P2");
  EXPECT_EQ(story.does("ministerium.a", "zustimmung", {{"vorgang", "1"}}), "consent_pointless ");
  EXPECT_EQ(story.seen_by("ministerium").in_force("unterschrift", "P2"), nullptr);
  EXPECT_EQ(story.does("jobcenter.b", "zustimmung", {{"vorgang", "1"}}), "ok P2");
  EXPECT_EQ(story.seen_by("ministerium").in_force("unterschrift", "P2")->text("datum"), "__.03.2021");
}

TEST(Consent, StandsForOneVersionOnly) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", plan), "ok D1");
  ASSERT_EQ(story.does("ministerium.a", "dialog.protokoll", {{"zu", "D1"}, {"text", "erste Fassung"}}), "ok D1");
  for (const char* who : {"ministerium.b", "jobcenter.a"}) ASSERT_EQ(story.does(who, "zustimmung", {{"vorgang", "2"}}), "ok D1");
  ASSERT_EQ(story.does("jobcenter.a", "dialog.protokoll", {{"zu", "D1"}, {"text", "zweite Fassung"}}, 2), "ok D1");
  EXPECT_EQ(story.does("jobcenter.b", "zustimmung", {{"vorgang", "2"}}), "version_outdated ");
  const auto record = story.seen_by("jobcenter");
  EXPECT_EQ(record.standing(*record.newest("dialog.protokoll", "D1")).persons.at("jobcenter").size(), 1U) << "agreed to another text";
  EXPECT_EQ(story.does("jobcenter.b", "zustimmung", {{"vorgang", "1"}}), "consent_pointless ") << "planning needs no consent";
  EXPECT_EQ(story.does("jobcenter.b", "zustimmung", {{"vorgang", "99"}}), "consent_pointless ");
}

TEST(Sides, ComeFromTheParties) {
  using Sides = std::set<std::string>;
  EXPECT_EQ(sides_of(test::terms()), (Sides{"jobcenter", "ministerium"}));
  domain::TargetAgreement agreed;
  agreed.parties = {{"P1", "LAND_MINISTRY", "MW"}, {"P2", "LAND_MINISTRY", "MS"}, {"P3", "ZKT", "Landkreis"}};
  EXPECT_EQ(sides_of(agreed), (Sides{"jobcenter", "ministerium"})) << "two ministries that sign together are one side";
  agreed.parties = {{"P1", "AGENTUR", ""}, {"P2", "MUNICIPALITY", ""}, {"P3", "JOBCENTER_GE", ""}};
  EXPECT_EQ(sides_of(agreed), (Sides{"agentur", "jobcenter", "kommune"}));
}

domain::TargetAgreement of_bund_and_land() {
  auto terms = test::terms();
  terms.kind = "BMAS_LAND";
  terms.parties = {{"P1", "BMAS", "Bundesministerium"}, {"P2", "LAND_MINISTRY", "MW"}, {"P3", "LAND_MINISTRY", "MS"}};
  return terms;
}

TEST(Sides, BundAndLandSitOpposite) {
  const auto terms = of_bund_and_land();
  EXPECT_EQ(sides_of(terms), (std::set<std::string>{"ministerium:DE", "ministerium:NI"})) << "the two ministries of the Land are one";
  Story story(terms);
  ASSERT_EQ(story.does("ministerium:NI.a", "dialog.planen", plan), "ok D1");
  const auto seen = story.seen_by("ministerium:DE").entries().size();
  ASSERT_EQ(story.does("ministerium:NI.a", "anlage", {{"titel", "Linie des Landes"}, {"art", "daten"}, {"datei", std::string(64, 'a')}}, 0, true), "ok A1-ministerium:NI");
  ASSERT_EQ(story.does("ministerium:NI.b", "anlage.fassung", {{"zu", "A1-ministerium:NI"}, {"fassung", "2"}, {"datei", std::string(64, 'b')}}, 0, true), "ok A1-ministerium:NI") << "the own room has its own subjects";
  EXPECT_EQ(story.seen_by("ministerium:DE").entries().size(), seen);
  ASSERT_EQ(story.does("ministerium:NI.a", "dialog.protokoll", {{"zu", "D1"}, {"text", "Es wurde gesprochen."}}), "ok D1");
  ASSERT_EQ(story.does("ministerium:NI.b", "zustimmung", {{"vorgang", "2"}}), "ok D1");
  EXPECT_EQ(story.seen_by("ministerium:DE").in_force("dialog.protokoll", "D1"), nullptr) << "two persons of the Land do not speak for the Bund";
  for (const char* who : {"ministerium:DE.a", "ministerium:DE.b"}) ASSERT_EQ(story.does(who, "zustimmung", {{"vorgang", "2"}}), "ok D1");
  EXPECT_NE(story.seen_by("ministerium:DE").in_force("dialog.protokoll", "D1"), nullptr);
}

}  // namespace
}  // namespace zielwerk::steering
