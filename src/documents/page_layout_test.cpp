// Where words stand, and what that makes them.
#include "documents/page_layout.h"

#include "documents/blocks.h"
#include "documents/documents_test_support.h"

namespace zielwerk::documents {
namespace {

using test::At;
using test::opened;
using test::page_content;

std::string page(const std::vector<At>& words, int size = 10) { return opened("a.pdf", test::pdf({page_content(words, size)})); }

TEST(PageLayout, LinesGoOnWhereNoWordWouldFit) {
  EXPECT_EQ(page({{60, 100, "Die Partner vereinbaren im Jahr 2024 gemeinsam die Verringerung der Hilfebed\\374rf-"},
                  {60, 112, "tigkeit von Frauen und die Integration. Der Zielwert der Integrationsquote liegt bei"},
                  {60, 124, "18,9 Prozent."},
                  {60, 136, "Zweiter Satz auf neuer Zeile"}}),
            "Die Partner vereinbaren im Jahr 2024 gemeinsam die Verringerung der Hilfebedürftigkeit von Frauen und die Integration. Der Zielwert der "
            "Integrationsquote liegt bei 18,9 Prozent.\n\nZweiter Satz auf neuer Zeile\n");
}

TEST(PageLayout, HyphensThatStay) {
  EXPECT_EQ(page({{60, 100, "Beraten werden in allen Beratungsstellen der beteiligten Jobcenter alle Langzeit-"},
                  {60, 112, "und Kurzzeitbeziehenden der beteiligten Kreise im ganzen Land nach dem SGB-II-"},
                  {60, 124, "Bezug der Jahre."}}),
            "Beraten werden in allen Beratungsstellen der beteiligten Jobcenter alle Langzeit- und Kurzzeitbeziehenden der beteiligten Kreise im ganzen Land "
            "nach dem SGB-II-Bezug der Jahre.\n");
}

TEST(PageLayout, TableOfValues) {
  EXPECT_EQ(page({{60, 80, "Vereinbart werden diese Werte:"},
                  {60, 110, "Ziel"}, {300, 110, "Zielwert 2024"}, {450, 110, "Ist 2023"},
                  {60, 122, "Integrationsquote"}, {300, 122, "18,9 %"}, {450, 122, "18,1 %"},
                  {60, 134, "Bestand an Langzeit-"},
                  {60, 146, "leistungsbeziehenden"}, {300, 146, "7.331"}, {450, 146, "7.402"},
                  {60, 176, "Danach folgt wieder Text."}}),
            "Vereinbart werden diese Werte:\n\n| Ziel | Zielwert 2024 | Ist 2023 |\n|--|--|--|\n| Integrationsquote | 18,9 % | 18,1 % |\n"
            "| Bestand an Langzeitleistungsbeziehenden | 7.331 | 7.402 |\n\nDanach folgt wieder Text.\n");
}

TEST(PageLayout, SignaturesFollowEachOther) {
  EXPECT_EQ(page({{60, 100, "Neustadt, den 12.03.2024"}, {330, 100, "Auental, den 05.03.2024"},
                  {60, 160, "Erika Beispiel"}, {330, 160, "Max Muster"},
                  {60, 172, "Staatssekret\\344rin"}, {330, 172, "Landrat"}}),
            "Neustadt, den 12.03.2024\n\nErika Beispiel\nStaatssekretärin\n\nAuental, den 05.03.2024\n\nMax Muster\nLandrat\n");
}

TEST(PageLayout, ColumnsOfText) {
  std::vector<At> words;
  for (int i = 0; i < 12; ++i) {
    words.push_back({60, 100 + 12 * i, fmt::format("Linke Spalte mit laufendem Text Nr. {}", 10 + i)});
    words.push_back({330, 100 + 12 * i, fmt::format("Rechte Spalte mit laufendem Text {}", 50 + i)});
  }
  const auto text = page(words);
  EXPECT_LT(text.find("Text Nr. 21"), text.find("Rechte Spalte mit laufendem Text 50")) << text;
  EXPECT_NE(text.find("Text Nr. 10 Linke"), std::string::npos) << text;
}

TEST(PageLayout, HeadingsItemsAndPages) {
  const std::string first = page_content({{60, 80, "Zielvereinbarung"}}, 18) + " " +
                            page_content({{60, 110, "\\225"}, {75, 110, "die Beratung"}, {60, 122, "\\225"}, {75, 122, "die Vermittlung"}});
  const std::string second = page_content({{60, 100, "Seite zwei ist Text."}});
  const test::File file("a.pdf", test::pdf({first, second}));
  const auto document = open_document(file.path());
  ASSERT_TRUE(document);
  EXPECT_EQ(document->text, "# Zielvereinbarung\n\n- die Beratung\n- die Vermittlung\n\nSeite zwei ist Text.\n");
  ASSERT_EQ(document->pages.size(), 2U);
  EXPECT_EQ(document->text.substr(document->pages[1], 5), "Seite");
}

TEST(PageLayout, WordTables) {
  const std::string table =
      "level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "1\t1\t0\t0\t0\t0\t0.0\t0.0\t595.3\t841.9\t-1\t###PAGE###\n"
      "5\t1\t0\t0\t0\t0\t56.80\t40.1\t20\t10\t100\tZiel\n"
      "5\t1\t0\t0\t0\t0\tx\t40.1\t20\t10\t100\tkaputt\n"
      "5\t1\t0\t0\t0\t0\t99999999999999999999\t1\t1\t1\t100\tweit\n"
      "5\t1\t0\n\n";
  const auto pages = parse_words(table, false);
  ASSERT_EQ(pages.size(), 1U);
  EXPECT_EQ(pages[0].width, 595'300);
  ASSERT_EQ(pages[0].words.size(), 1U);
  EXPECT_EQ(pages[0].words[0].left, 56'800);
  EXPECT_EQ(pages[0].words[0].bottom, 50'100);
}

}  // namespace
}  // namespace zielwerk::documents
