// What the steering year tells reaches the papers, word for word, beside the verdicts and never in their place. People and figures are invented.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "papers/builders.h"
#include "papers/render.h"

namespace zielwerk::papers {
namespace {

Row target(std::string id, std::string status, std::string actual) {
  Row row;
  row.line.id = std::move(id);
  row.line.status = std::move(status);
  row.line.actual = std::move(actual);
  row.line.target = "3.1";
  row.line.unit = "PERCENT";
  row.line.comparator = ">=";
  row.line.distance = row.line.status == "erreicht" ? "1" : "-12";
  row.line.distance_unit = "Integrationen";
  row.line.level = "18.25";
  row.line.level_target = "19";
  row.words.change = true;
  row.name = "Integrationsquote";
  row.unit = "%";
  return row;
}

Basis basis() {
  Basis basis;
  basis.unit = "Jobcenter Erfunden";
  basis.agreement = "98000-2021";
  basis.head.month = {2021, 6};
  basis.head.state = {{2021, 6}};
  basis.terms.year = 2021;
  basis.terms.parties = {{"P1", "ZKT", "Kreis Erfunden"}, {"P2", "LAND_MINISTRY", "Ministerium Erfunden"}};
  basis.terms.qualitative.resize(1);
  basis.terms.qualitative[0].id = "Q1";
  basis.terms.qualitative[0].title = "Coaching";
  basis.terms.qualitative[0].criteria = {{"GUIDELINE_WRITTEN", ""}};
  basis.rows = {target("T1", "nicht_erreicht", "-2.0"), target("T2", "erreicht", "4.0")};
  return basis;
}

Basis told() {
  auto all = basis();
  auto& year = all.year;
  year.last_dialogue = {{"1. Steuerungsdialog", "12. März 2021", base::Month(2021, 2), 0, {}, "Protokoll", {}}};
  year.next_dialogue = {{"2. Steuerungsdialog", "12. Juli 2021", {}, {}, {"Stand der Ziele"}, {}, {}}};
  year.measures = {{"Bewerbertage", "T1", "A. Beispiel", "30. September 2021", "20 Integrationen", "läuft", true, false}, {"Erledigtes", "T1", "A. Beispiel", "1. Mai 2021", "", "erledigt", false, false}};
  year.comments = {{"T1", "Das Gastgewerbe stellte nicht ein.", "Bewerbertage im September.", "L. Beispiel", "2. Juli 2021"}};
  year.considerations = {{"Pandemie", "Schließung der Gaststätten", "März 2021", "T1", "Verordnung", "rund 30 Integrationen", "ohne Einfluss des Jobcenters", "wird berücksichtigt", "beiden Seiten"}};
  year.judgements = {{"T1", "rechnerisch nicht erreicht, unter Berücksichtigung der Pandemie als erreicht bewertet", "beide Seiten", "4. April 2022"}};
  year.budgets = {{"Verwaltungskosten", base::Exact(100050, 100), "Verordnung vom 1. Dezember 2020", {}, {}, {}, base::Exact(500), {}, {}, {}}};
  year.qualitative = {{"Q1", {{"ein Leitfaden erstellt ist", "erfüllt", "leitfaden.pdf"}}, {{"Jobcenter", "erreicht: alles da"}}, "erreicht", "4. April 2022"}};
  year.closings = {{"Kreis Erfunden", "L. Beispiel", "V. Beispiel", "Erfunden, 5. April 2022"}};
  year.corrections = {"Mai 2022: INT 2021-11 von 40 auf 41"};
  return all;
}

std::string said(const Paper& paper) { return boost::json::serialize(to_json(paper)); }
bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

TEST(Year, DossierTellsLastTimeOpenMeasuresAndAgenda) {
  const auto text = said(dossier(told()));
  for (const auto* words : {"2. Steuerungsdialog am 12. Juli 2021", "Stand der Ziele", "1. Steuerungsdialog am 12. März 2021, Datenbasis Februar 2021", "Bewerbertage", "30. September 2021"}) EXPECT_TRUE(has(text, words)) << words;
  EXPECT_FALSE(has(text, "Erledigtes"));
}

TEST(Year, ManagementReportAsksOnlyWhereATargetDeviates) {
  const auto text = said(management_report(told()));
  EXPECT_TRUE(has(text, "Das Gastgewerbe stellte nicht ein."));
  EXPECT_TRUE(has(text, "Ohne Abweichung, kein Kommentar nötig: T2."));
  auto owing = basis();
  owing.year.owed = {{"T1", "Jobcenter Erfunden", "1. Juli 2021"}};
  EXPECT_TRUE(has(said(management_report(owing)), "liegt nicht vor (erwartet von: Jobcenter Erfunden seit 1. Juli 2021)"));
}

TEST(Year, SettlementKeepsTheVerdictBesideTheJudgement) {
  const auto text = said(settlement(told()));
  EXPECT_TRUE(has(text, R"x({"text":"nicht erreicht"},{"text":"rechnerisch nicht erreicht, unter Berücksichtigung der Pandemie als erreicht bewertet (beide Seiten, 4. April 2022)"})x"));
  for (const auto* words : {"rund 30 Integrationen", "1.000,50", "leitfaden.pdf", "L. Beispiel, V. Beispiel", "INT 2021-11 von 40 auf 41"}) EXPECT_TRUE(has(text, words)) << words;
  EXPECT_TRUE(has(text, R"x({"partei":"Ministerium Erfunden","name":"","ort_datum":""})x")) << "who has not signed has an empty line";
}

TEST(Year, WhatIsMissingSaysSoAndIsNeverZero) {
  for (const auto build : {dossier, management_report, settlement}) EXPECT_TRUE(has(said(build(basis())), "liegt nicht vor"));
  const auto text = said(settlement(told()));
  EXPECT_TRUE(has(text, R"x({"text":"fehlt"},{"text":"fehlt"},{"text":"500,00","wert":"500.00")x"));
}

TEST(Year, SevenMessagesAtMost) {
  auto many = basis();
  for (int i = 3; i <= 12; ++i) many.rows.push_back(target("T" + std::to_string(i), i % 2 ? "erreicht" : "nicht_erreicht", "1.0"));
  const auto paper = dossier(many);
  const auto first = std::find_if(paper.blocks.begin(), paper.blocks.end(), [](const Block& block) { return std::holds_alternative<Messages>(block); });
  ASSERT_NE(first, paper.blocks.end());
  const auto& all = std::get<Messages>(*first).all;
  ASSERT_EQ(all.size(), 7U);
  EXPECT_EQ(all.front().tone, Tone::Bad);
  EXPECT_EQ(all.back().text, "Weitere 6 Zielwerte, davon 6 erreicht; sie stehen in der Übersicht.");
}

TEST(Year, FromOneNumberToTheNext) {
  auto one = basis();
  EXPECT_TRUE(has(said(dossier(one)), "mit 1 Integration Vorsprung erreicht"));
  EXPECT_TRUE(has(said(dossier(one)), "um 12 Integrationen verfehlt"));
  one.rows[1].line.distance = "0";
  EXPECT_TRUE(has(said(dossier(one)), "genau erreicht"));
}

TEST(Council, OneOrTwoPersonsAreNotTold) {
  auto small = basis();
  small.rows[1].line.actual.reset();
  small.rows[1].line.distance.reset();
  small.rows[1].withheld = true;
  const auto text = said(council_paper(small));
  EXPECT_TRUE(has(text, "Die Zahl wird nicht genannt"));
  EXPECT_TRUE(has(said(data_pack(small)), "zurückgehalten"));
}

TEST(Render, TextOfPeopleStaysText) {
  auto basis_with = told();
  basis_with.year.comments[0].cause = "<script>alert(1)</script> & =1+1";
  const auto paper = management_report(basis_with);
  EXPECT_FALSE(has(as_html(paper), "<script"));
  EXPECT_TRUE(has(as_html(paper), "&lt;script&gt;alert(1)&lt;/script&gt; &amp; =1+1"));
  EXPECT_EQ(content_hash(paper), content_hash(management_report(basis_with)));
}

}  // namespace
}  // namespace zielwerk::papers
