#include "steering/dialogue.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "steering/steering_test_support.h"

namespace zielwerk::steering {
namespace {

using evaluation::Status;
using test::Story;
using State = Dialogue::State;

const std::map<std::string, std::string> june = {{"datum", "2021-06-15"}, {"beginn", "10:00"}, {"ort", "Hannover"}, {"art", "regelmaessig"}};

Finding finding(const char* target, Status status, std::optional<Status> before = {}) { return {target, {2021, 5}, {base::Month{2021, 5}}, status, before, "2021-06-01"}; }
std::map<std::string, std::string> basis() { return {{"zu", "D1"}, {"monat", "2021-05"}, {"ladestand", "2021-05"}}; }
void agree(Story& story, const std::string& act) {
  for (const char* who : {"ministerium.b", "jobcenter.a", "jobcenter.b"}) ASSERT_EQ(story.does(who, "zustimmung", {{"vorgang", act}}).substr(0, 2), "ok");
}
std::string problems(const Story& story, const std::string& kind, std::map<std::string, std::string> fields, const std::string& today = "2021-06-20") {
  std::string codes;
  for (const auto& one : dialogue_problems(story.seen_by("ministerium"), story.terms(), {kind, domain::shared_room, std::move(fields)}, today)) codes += one.code + " ";
  return codes;
}

TEST(Dialogues, FollowTheirActs) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", june), "ok D1");
  ASSERT_EQ(story.does("jobcenter.a", "dialog.verlegen", {{"zu", "D1"}, {"datum", "2021-06-22"}, {"beginn", "13:00"}, {"grund", "Urlaub"}}), "ok D1");
  const auto one = [&](const char* today) { return dialogues(story.seen_by("jobcenter"), story.terms(), {}, today).front(); };
  EXPECT_EQ(one("2021-06-20").day + " " + one("2021-06-20").begin + " " + one("2021-06-20").place, "2021-06-22 13:00 Hannover") << "the place stays";
  EXPECT_EQ(one("2021-06-20").moves, 1);
  EXPECT_EQ(one("2021-06-22").state, State::Planned) << "on the day itself it is still to come";
  EXPECT_EQ(one("2021-06-23").state, State::MinutesMissing);
  ASSERT_EQ(story.does("ministerium.a", "dialog.protokoll", {{"zu", "D1"}, {"text", "…"}}), "ok D1");
  EXPECT_EQ(one("2021-06-23").state, State::MinutesOpen);
  agree(story, "3");
  EXPECT_EQ(one("2021-06-23").state, State::Held);
}

TEST(Dialogues, AnOwnNoteChangesNothingForOthers) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", june), "ok D1");
  story.on("2021-06-01");
  ASSERT_EQ(story.does("jobcenter.a", "dialog.notiz", {{"zu", "D1"}, {"text", "vorbereiten"}}, 0, true), "ok D1");
  const auto own = dialogues(story.seen_by("jobcenter"), story.terms(), {}, "2021-06-10").front(), other = dialogues(story.seen_by("ministerium"), story.terms(), {}, "2021-06-10").front();
  EXPECT_EQ(own.notes.size(), 1U);
  EXPECT_TRUE(other.notes.empty());
  EXPECT_EQ(own.changed_at, other.changed_at) << "an invitation must not tell";
}

TEST(Dialogues, TheAgendaKnowsWhatDeviates) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", june), "ok D1");
  ASSERT_EQ(story.does("ministerium.a", "massnahme.vereinbaren", {{"titel", "Gespräche"}, {"verantwortlich", "Jobcenter"}, {"faellig", "2021-07-01"}}), "ok M1");
  ASSERT_EQ(story.does("ministerium.a", "massnahme.vereinbaren", {{"titel", "fertig"}, {"verantwortlich", "Jobcenter"}, {"faellig", "2021-07-01"}}), "ok M2");
  ASSERT_EQ(story.does("jobcenter.a", "massnahme.stand", {{"zu", "M2"}, {"stand", "erledigt"}}), "ok M2");
  ASSERT_EQ(story.does("jobcenter.a", "dialog.punkt", {{"zu", "D1"}, {"titel", "Personal"}}), "ok D1");
  const std::vector<Finding> findings = {finding("T1", Status::Missed), finding("T2", Status::Reached, Status::Missed)};
  const auto agenda = [&] {
    std::string all;
    const auto all_dialogues = dialogues(story.seen_by("jobcenter"), story.terms(), findings, "2021-06-10");
    for (const auto& point : all_dialogues.front().agenda) all += (point.about.empty() ? point.words : point.about) + " ";
    return all;
  };
  EXPECT_EQ(agenda(), "M1 Q1 Personal ") << "without a basis nobody knows what deviates";
  ASSERT_EQ(story.does("ministerium.a", "dialog.stichtag", basis()), "ok D1");
  EXPECT_EQ(agenda(), "T1 T2 M1 Q1 Personal ");
}

TEST(Dialogues, APlanCountsRegularOnes) {
  Story story;
  const auto plan = [&](std::optional<int> exactly, std::optional<int> at_least, std::optional<int> as_a_rule) {
    story.terms().dialogues = domain::DialoguePlan{"Steuerungsdialog", exactly, at_least, as_a_rule, {"TARGET_DEVIATION"}};
    const auto state = plan_state(story.terms(), dialogues(story.seen_by("ministerium"), story.terms(), {}, "2021-06-20"));
    return fmt::format("{}: {} geplant, {} vorüber, {} fehlen, {} darüber", state.words, state.planned, state.past, state.missing, state.beyond);
  };
  EXPECT_EQ(plan(3, {}, {}), "genau drei: 0 geplant, 0 vorüber, 3 fehlen, 0 darüber");
  EXPECT_EQ(plan({}, {}, {}), "regelmäßig, ohne Zahl: 0 geplant, 0 vorüber, 1 fehlen, 0 darüber");
  for (const char* day : {"2021-06-15", "2021-09-15", "2021-11-15"}) ASSERT_EQ(story.does("ministerium.a", "dialog.planen", {{"datum", day}, {"art", "regelmaessig"}}).substr(0, 2), "ok");
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", {{"datum", "2021-07-01"}, {"art", "anlass"}}), "ok D4");
  EXPECT_EQ(plan(2, {}, {}), "genau zwei: 2 geplant, 1 vorüber, 0 fehlen, 1 darüber");
  EXPECT_EQ(plan({}, 2, {}), "mindestens zwei: 2 geplant, 1 vorüber, 0 fehlen, 0 darüber");
  ASSERT_EQ(story.does("ministerium.a", "dialog.absagen", {{"zu", "D3"}, {"grund", "Krankheit"}}), "ok D3");
  EXPECT_EQ(plan({}, {}, 4), "in der Regel vier: 1 geplant, 1 vorüber, 2 fehlen, 0 darüber") << "a cancelled one does not count";
}

TEST(DialogueProblems, SayWhatCannotBe) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", june), "ok D1");
  EXPECT_EQ(problems(story, "dialog.planen", {{"datum", "2012-06-15"}}), "date_outside_term ");
  EXPECT_EQ(problems(story, "dialog.planen", {{"datum", "2022-04-15"}}), "") << "settled in the year after";
  EXPECT_EQ(problems(story, "dialog.verlegen", {{"zu", "D1"}, {"datum", "2023-01-01"}, {"beginn", "12:00"}, {"ende", "11:00"}}), "date_outside_term end_before_begin ");
  EXPECT_EQ(problems(story, "massnahme.vereinbaren", {{"beginn", "2021-07-01"}, {"faellig", "2021-06-30"}}), "due_before_start ");
  EXPECT_EQ(problems(story, "dialog.protokoll", {{"zu", "D1"}}, "2021-06-14"), "dialogue_not_yet dialogue_without_basis ");
  EXPECT_EQ(problems(story, "dialog.protokoll", {{"zu", "D1"}}), "dialogue_without_basis ");
  ASSERT_EQ(story.does("ministerium.a", "dialog.stichtag", basis()), "ok D1");
  EXPECT_EQ(problems(story, "dialog.protokoll", {{"zu", "D1"}}), "");
  ASSERT_EQ(story.does("ministerium.a", "dialog.protokoll", {{"zu", "D1"}, {"text", "…"}}), "ok D1");
  EXPECT_EQ(problems(story, "dialog.stichtag", basis()), "") << "until both sides agree it is a draft";
  agree(story, "3");
  for (const char* kind : {"dialog.stichtag", "dialog.protokoll", "dialog.verlegen", "dialog.absagen"}) EXPECT_EQ(problems(story, kind, {{"zu", "D1"}}), "dialogue_held ") << kind;
}

TEST(DialogueProblems, ACancelledDialogueTakesOnlyNotes) {
  Story story;
  ASSERT_EQ(story.does("ministerium.a", "dialog.planen", june), "ok D1");
  ASSERT_EQ(story.does("ministerium.a", "dialog.absagen", {{"zu", "D1"}, {"grund", "Krankheit"}}), "ok D1");
  for (const char* kind : {"dialog.protokoll", "dialog.stichtag", "dialog.punkt", "dialog.verlegen", "dialog.beschluss", "dialog.empfehlung"}) EXPECT_EQ(problems(story, kind, {{"zu", "D1"}}), "dialogue_cancelled ") << kind;
  EXPECT_EQ(problems(story, "massnahme.stand", {{"zu", "M1"}, {"dialog", "D1"}}), "dialogue_cancelled ");
  EXPECT_EQ(problems(story, "dialog.notiz", {{"zu", "D1"}}), "");
}

}  // namespace
}  // namespace zielwerk::steering
