// What holds, read off a file of acts: rounds, signatures, qualitative goals, places, money, weighing, settlement. All of it invented.
#include "steering/settlement.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace zielwerk::steering {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

base::Decimal decimal(const char* text) { return *base::parse_decimal(text); }

domain::TargetAgreement terms() {
  domain::TargetAgreement terms;
  terms.kind = "LAND_ZKT";
  terms.year = 2020;
  terms.from = "2020-01-01";
  terms.to = "2020-12-31";
  terms.parties = {{"P1", "LAND_MINISTRY", "Ministerium"}, {"P2", "LAND_MINISTRY", "Zweites Ministerium"}, {"P3", "ZKT", "Kreis Musterland"}};
  domain::Target target;
  target.id = "T1";
  terms.targets = {target};
  terms.budgets = {{"B1", "Gesamt", "TOTAL", decimal("16600000"), "ROUNDED", "rd. 16,6 Mio. Euro"}, {"B2", "Verwaltung", "VWT", decimal("8793355"), "EXACT", ""}, {"B3", "Eingliederung", "EGT", decimal("7795364"), "EXACT", ""}};
  terms.qualitative = {{"Q1", "", "Coaching", {"einführen"}, {{"A", "konzeptioniert"}, {"B", "vergeben"}}, {}}};
  terms.considerations = {{"BUDGET_DEVIATION", "BUDGET_DEVIATION", "JUDGING_ACHIEVEMENT", {{"Abweichungen von den Haushaltsmitteln", 1}}}};
  terms.documents = {{"D1", "LOCAL_PLAN", "Lokales Planungsdokument", "INTEGRAL_PART"}};
  terms.programmes = {{"PR1", "Landesprogramm", "MUNICIPAL", {{"Kreis", decimal("145"), "2020-Q1", "START", base::Month(2020, 1)}, {"Kreis", decimal("100"), "from 2020-Q2, gradually", "END", base::Month(2020, 4)}}, "", {}}};
  return terms;
}

class Story {
 public:
  // The number of the act, or the codes of what is wrong.
  std::string does(const std::string& who, const std::string& kind, std::map<std::string, std::string> fields, bool in_store = true, int replaces = 0) {
    const Intent intent{kind, domain::shared_room, std::move(fields), replaces};
    auto problems = beyond_fields(record(), terms_, in_store, intent);
    const auto side = who.substr(0, who.find('.'));
    auto made = make_act(record(), terms_, intent, side, who);
    if (!made) problems.insert(problems.end(), made.error().begin(), made.error().end());
    if (!problems.empty()) {
      std::vector<std::string> codes;
      for (const auto& one : problems) codes.push_back(one.code);
      return base::join(codes, " ");
    }
    made->side = side;
    made->by = who;
    acts_.push_back(*made);
    return std::to_string(made->number);
  }
  void all_agree(const std::string& number) {
    for (const char* who : {"ministerium.a", "ministerium.b", "jobcenter.a", "jobcenter.b"}) does(who, "zustimmung", {{"vorgang", number}});
  }
  void add(domain::Act act) { acts_.push_back(std::move(act)); }
  Record record() const { return {acts_, {"ministerium", "jobcenter"}}; }
  domain::TargetAgreement terms_ = terms();

 private:
  std::vector<domain::Act> acts_;
};

void offer(Story& story, const std::string& who) { EXPECT_THAT(story.does(who, "angebot", {{"dokument", "{}"}, {"gruende", R"({"T1":"weil"})"}}, false), testing::MatchesRegex("[0-9]+")); }

TEST(Negotiation, RunsFromAnOfferToTheLastSignature) {
  Story story;
  EXPECT_EQ(stage(story.record(), story.terms_, 0), Stage::Nothing);
  offer(story, "jobcenter.a");
  offer(story, "ministerium.a");
  EXPECT_EQ(stage(story.record(), story.terms_, 0), Stage::Offered);
  EXPECT_EQ(story.does("jobcenter.a", "unterschrift", {{"partei", "P3"}, {"person", "X"}}, false), "nothing_to_sign");
  const auto agreement = story.does("jobcenter.a", "einigung", {{"zu", "R2"}}, false);
  EXPECT_EQ(story.does("ministerium.a", "einigung", {{"zu", "R2"}}, false), "round_signed");
  EXPECT_THAT(rounds(story.record())[1].missing, ElementsAre("jobcenter", "ministerium"));
  story.all_agree(agreement);
  const auto record = story.record();
  const auto all = rounds(record);
  ASSERT_TRUE(agreed_round(all));
  EXPECT_EQ(agreed_round(all)->subject, "R2");
  EXPECT_EQ(stage(record, story.terms_, 0), Stage::Agreed);

  // Place and date as they were written; a partial date stays partial. One person alone does not sign for a side.
  for (const char* party : {"P1", "P2"}) {
    const auto number = story.does("ministerium.a", "unterschrift", {{"partei", party}, {"person", "M. Beispiel"}, {"ort", "Hannover"}, {"datum", "27. 2020"}}, false);
    EXPECT_FALSE(all_signed(signatures(story.record(), story.terms_)));
    story.does("ministerium.b", "zustimmung", {{"vorgang", number}});
  }
  EXPECT_EQ(signatures(story.record(), story.terms_)[1].date, "27. 2020");
  EXPECT_FALSE(all_signed(signatures(story.record(), story.terms_)));
  const auto last = story.does("jobcenter.b", "unterschrift", {{"partei", "P3"}, {"person", "J. Beispiel"}}, false);
  story.does("jobcenter.a", "zustimmung", {{"vorgang", last}});
  EXPECT_TRUE(all_signed(signatures(story.record(), story.terms_)));
  EXPECT_EQ(stage(story.record(), story.terms_, 1), Stage::InForce);
}

TEST(Negotiation, SignaturesOfAnEarlierRoundDoNotSignALaterOne) {
  Story story;
  offer(story, "jobcenter.a");
  story.all_agree(story.does("jobcenter.a", "einigung", {{"zu", "R1"}}, false));
  story.does("ministerium.b", "zustimmung", {{"vorgang", story.does("ministerium.a", "unterschrift", {{"partei", "P1"}, {"person", "M"}}, false)}});
  ASSERT_TRUE(signatures(story.record(), story.terms_)[0].counts);
  offer(story, "ministerium.a");
  story.all_agree(story.does("ministerium.a", "einigung", {{"zu", "R2"}}, false));
  EXPECT_FALSE(signatures(story.record(), story.terms_)[0].counts);
}

TEST(Quality, CriteriaAloneAreNoJudgementAndAJudgementAloneNoProof) {
  Story story;
  EXPECT_EQ(story.does("jobcenter.a", "ziel.kriterium", {{"ziel", "Q1"}, {"kriterium", "3"}, {"erfuellt", "ja"}}), "criterion_unknown");
  EXPECT_EQ(story.does("jobcenter.a", "ziel.schritt", {{"ziel", "Q1"}, {"schritt", "0"}, {"stand", "offen"}}), "step_unknown");
  story.does("jobcenter.a", "ziel.kriterium", {{"ziel", "Q1"}, {"kriterium", "1"}, {"erfuellt", "ja"}});
  const auto judged = story.does("ministerium.a", "ziel.bewertung", {{"ziel", "Q1"}, {"urteil", "erreicht"}, {"datum", "2020-11-17"}, {"grund", "gut"}});
  EXPECT_EQ(qualities(story.record(), story.terms_)[0].result(), "offen");
  story.all_agree(judged);
  EXPECT_TRUE(qualities(story.record(), story.terms_)[0].contradicts());
  EXPECT_EQ(qualities(story.record(), story.terms_)[0].result(), "offen");
  story.does("jobcenter.a", "ziel.kriterium", {{"ziel", "Q1"}, {"kriterium", "2"}, {"erfuellt", "ja"}});
  EXPECT_EQ(qualities(story.record(), story.terms_)[0].result(), "erreicht");
}

TEST(Programmes, PlacesChangeFromTheirMonthAndAMonthWithoutReportIsMissing) {
  Story story;
  story.does("ministerium.a", "programm.plaetze", {{"programm", "PR1"}, {"ort", "Kreis"}, {"ab", "2020-04"}, {"plaetze", "130"}});
  story.does("ministerium.a", "programm.belegung", {{"programm", "PR1"}, {"ort", "Kreis"}, {"monat", "2020-03"}, {"belegt", "0"}});
  EXPECT_EQ(story.does("ministerium.a", "programm.belegung", {{"programm", "PR1"}, {"ort", "Kreis"}, {"monat", "2021-03"}, {"belegt", "1"}}), "month_outside_year");
  const auto all = sites(story.record(), story.terms_);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(*all[0].months[2].places, 145);
  EXPECT_EQ(*all[0].months[3].places, 130) << "the file outweighs the paper from the same month on";
  EXPECT_EQ(*all[0].months[2].occupied, 0);
  EXPECT_FALSE(all[0].months[3].occupied);
}

TEST(Budget, AvailableIsAllottedPlusShiftedAndAMissingMonthIsNotZero) {
  Story story;
  EXPECT_EQ(story.does("jobcenter.a", "budget.umschichtung", {{"von", "EGT"}, {"nach", "EGT"}, {"betrag", "1"}, {"datum", "2020-08-31"}}), "shift_to_itself");
  EXPECT_EQ(story.does("jobcenter.a", "budget.umschichtung", {{"von", "EGT"}, {"nach", "VWT"}, {"betrag", "-1"}, {"datum", "2020-08-31"}}), "amount_invalid");
  story.does("jobcenter.a", "budget.zuteilung", {{"titel", "EGT"}, {"betrag", "7800000"}, {"datum", "2020-01-15"}, {"quelle", "V"}});
  story.does("jobcenter.a", "budget.umschichtung", {{"von", "EGT"}, {"nach", "VWT"}, {"betrag", "400000"}, {"datum", "2020-08-31"}});
  story.does("jobcenter.a", "budget.stand", {{"titel", "EGT"}, {"monat", "2020-01"}, {"ausgegeben", "740000"}});
  story.does("jobcenter.a", "budget.stand", {{"titel", "EGT"}, {"monat", "2020-03"}, {"ausgegeben", "1480000"}});
  const auto year = budget_year(story.record(), story.terms_);
  const auto& egt = year.titles[1];
  EXPECT_EQ(*egt.available, 7400000);
  EXPECT_EQ(*egt.deviation(), 7400000 - 7795364);
  EXPECT_EQ(*egt.months[0].used, 10);
  EXPECT_FALSE(egt.months[1].spent);
  EXPECT_FALSE(egt.months[2].spent_in_month) << "February is missing, so March alone is unknown";
  EXPECT_EQ(*year.titles[0].available, 8793355 + 400000) << "nothing allotted yet: the agreement's amount";
  ASSERT_TRUE(year.total);
  EXPECT_TRUE(year.total->agrees);
  EXPECT_EQ(deviations(year, story.terms_)[1].clause, "BUDGET_DEVIATION");
  const auto next = budget_year(story.record(), story.terms_, {&year, "22116-2020", {}, {}});
  EXPECT_EQ(*next.titles[1].months[2].used_last_year, 20);
  EXPECT_EQ(next.titles[1].last_year_from, "Akte 22116-2020");
}

domain::FactRecord euros(int year, int month, int state, std::int64_t amount) { return {base::Month(year, month), {base::Month(year, state)}, {base::Decimal{amount, 0}}, 1, {}}; }

TEST(Budget, DeliveredFiguresStandBesideTheActs) {
  domain::FactHistory facts;
  facts.add({"EGT_SOLL", domain::Sex::T, ""}, {euros(2019, 1, 1, 1000), euros(2020, 1, 1, 7000000), euros(2020, 1, 4, 7100000), euros(2020, 3, 3, 100000)});
  facts.add({"EGT_IST", domain::Sex::T, ""}, {euros(2019, 1, 3, 100), euros(2019, 2, 3, 150), euros(2020, 1, 3, 360000), euros(2020, 3, 3, 500000)});
  const auto as_of_march = *delivered(facts, "EGT", 2020, domain::DataState{base::Month(2020, 3)});
  EXPECT_EQ(*as_of_march.allotted, 7100000) << "what was booked in March is more, what was loaded in April is not seen";
  EXPECT_EQ(*as_of_march.since_january(1), 360000);
  EXPECT_FALSE(as_of_march.since_january(3)) << "February is missing, not zero";
  EXPECT_EQ(delivered(facts, "EGT", 2020)->state, domain::DataState{base::Month(2020, 4)}) << "the newest one";
  EXPECT_FALSE(delivered(facts, "VWT", 2020)) << "nothing was delivered of it";
  EXPECT_FALSE(delivered(facts, "EGT", 2018));

  Story story;
  const BesideBudget beside{nullptr, "", {{"EGT", as_of_march}}, {{"EGT", *delivered(facts, "EGT", 2019)}}};
  const auto year = budget_year(story.record(), story.terms_, beside);
  EXPECT_EQ(*year.titles[1].months[1].used_last_year, 25);
  EXPECT_FALSE(year.titles[1].months[2].used_last_year);
  EXPECT_EQ(year.titles[1].last_year_from, "Lieferung EGT_IST, Ladestand 2019-03");
  EXPECT_FALSE(year.titles[1].months[0].spent) << "nobody wrote it down";
  EXPECT_TRUE(year.titles[0].last_year_from.empty());
  const auto suggested = deviations(year, story.terms_);
  ASSERT_EQ(suggested.size(), 1U);
  EXPECT_EQ(suggested[0].clause, "BUDGET_DEVIATION");
  EXPECT_NE(suggested[0].text.find("zugeteilt (Lieferung, Ladestand 2020-03) 7.100.000 €, vereinbart 7.795.364 €"), std::string::npos) << suggested[0].text;
}

Account account(const Story& story, const Record& record, const char* status) {
  boost::json::object row{{"id", "T1"}, {"status", status}, {"ist", "-0.4"}, {"ist_exakt", "-2/5"}, {"grund", nullptr}};
  return {record, story.terms_, "22116-2020", 1, "2026-11", base::Month(2020, 12), {base::Month(2020, 12)}, {{"T1", row, "abc"}}, {}};
}

std::vector<std::string> codes(const base::Problems& problems) {
  std::vector<std::string> all;
  for (const auto& one : problems) all.push_back(one.code);
  return all;
}

TEST(Settlement, SaysEverythingThatIsMissingAtOnceAndThenFreezes) {
  Story story;
  auto record = story.record();
  EXPECT_THAT(codes(obstacles(account(story, record, "nicht_erreicht"))),
              ElementsAre("settlement_unsigned", "settlement_unsigned", "settlement_unsigned", "settlement_not_weighed", "settlement_quality_open", "settlement_part_missing"));
  for (const char* party : {"P1", "P2", "P3"}) story.terms_.signatures.push_back({"S", party, "Ort", "Jemand", "27. 2020", "", ""});
  for (const char* number : {"1", "2"}) story.does("jobcenter.a", "ziel.kriterium", {{"ziel", "Q1"}, {"kriterium", number}, {"erfuellt", "ja"}});
  story.all_agree(story.does("ministerium.a", "ziel.bewertung", {{"ziel", "Q1"}, {"urteil", "erreicht"}, {"datum", "2020-11-17"}, {"grund", "gut"}}));
  story.does("jobcenter.a", "anlage", {{"titel", "Plan"}, {"art", "planungsdokument"}, {"datei", std::string(64, 'a')}});
  const auto weighing = story.does("ministerium.a", "abwaegung", {{"ziel", "T1"}, {"klauseln", "BUDGET_DEVIATION"}, {"grund", "weniger Mittel"}, {"urteil", "als_erreicht"}});
  record = story.record();
  EXPECT_THAT(codes(obstacles(account(story, record, "nicht_erreicht"))), ElementsAre("settlement_not_weighed")) << "a proposal is no weighing";
  story.all_agree(weighing);
  record = story.record();
  EXPECT_THAT(obstacles(account(story, record, "nicht_erreicht")), IsEmpty());
  EXPECT_THAT(codes(obstacles(account(story, record, "nicht_bewertbar"))), ElementsAre("settlement_data_missing"));

  const auto closed = frozen(account(story, record, "nicht_erreicht"));
  EXPECT_EQ(closed.at("ziele").at(0).at("urteil").as_string(), "rechnerisch nicht erreicht, unter Berücksichtigung von „Abweichungen von den Haushaltsmitteln“ als erreicht bewertet");
  EXPECT_EQ(closed.at("ziele").at(0).at("zeile").at("status").as_string(), "nicht_erreicht") << "the verdict stays";
  EXPECT_EQ(boost::json::serialize(closed), boost::json::serialize(frozen(account(story, record, "nicht_erreicht"))));
  EXPECT_THAT(changed_since(closed, account(story, record, "nicht_erreicht").rows), IsEmpty());
  auto later = account(story, record, "erreicht").rows;
  later[0].row["ist"] = "0.6";
  later[0].row["ist_exakt"] = "3/5";
  EXPECT_THAT(changed_since(closed, later), ElementsAre("seit der Abrechnung geändert: T1: Ist 0,6 statt -0,4; rechnerisch erreicht statt rechnerisch nicht erreicht"));
}

}  // namespace
}  // namespace zielwerk::steering
