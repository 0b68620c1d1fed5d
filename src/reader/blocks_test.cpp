// Headings, paragraphs, items, tables, sentences. All text is invented.
#include "reader/blocks.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace zielwerk::reader {
namespace {

const char* name(BlockKind kind) {
  switch (kind) {
    case BlockKind::Heading: return "heading";
    case BlockKind::Paragraph: return "paragraph";
    case BlockKind::Item: return "item";
    case BlockKind::Row: return "row";
    default: return "furniture";
  }
}

// "heading 1 Ziele|paragraph Die Quote steigt."; furniture and bullets left out.
std::string cut(const std::string& document) {
  std::string all;
  for (const auto& block : blocks(document)) {
    if (block.kind == BlockKind::Furniture) continue;
    const bool bullet = block.number.empty() || block.number == "-";
    all += fmt::format("{}{} {}{}{}", all.empty() ? "" : "|", name(block.kind), bullet ? "" : block.number, bullet ? "" : " ", block.text.text());
  }
  return all;
}

std::string cells(const std::string& document) {
  std::string all;
  for (const auto& block : blocks(document)) {
    if (block.kind != BlockKind::Row) continue;
    all += all.empty() ? "" : "/";
    for (std::size_t i = 0; i < block.cells.size(); ++i) all += (i == 0 ? "" : ";") + block.cells[i].text();
  }
  return all;
}

std::string said(const std::string& text) {
  std::string all;
  for (const auto& span : sentences(text)) all += (all.empty() ? "" : "|") + text.substr(span.begin, span.end - span.begin);
  return all;
}

TEST(Blocks, HeadingsParagraphsItems) {
  EXPECT_EQ(cut("# Ziele\n\nDie Quote steigt.\n\n- Frauen\n- Männer\n"), "heading Ziele|paragraph Die Quote steigt.|item Frauen|item Männer");
  EXPECT_EQ(cut("1. Ziele 2019\n\nDie Quote steigt.\n"), "heading 1 Ziele 2019|paragraph Die Quote steigt.");
  EXPECT_EQ(cut("II. Verbesserung der Integration\n\nDie Quote steigt.\n"), "heading II Verbesserung der Integration|paragraph Die Quote steigt.");
  EXPECT_EQ(cut("§ 3 Zielnachhaltung\n\nDie Partner sprechen.\n"), "heading § 3 Zielnachhaltung|paragraph Die Partner sprechen.");
}

TEST(Blocks, LinesOfAParagraphAreOneText) {
  EXPECT_EQ(cut("Die Quote\nsteigt um 3 %.\n"), "paragraph Die Quote steigt um 3 %.");
  EXPECT_EQ(cut("Die Quote\r\nsteigt um 3 %.\r\n"), "paragraph Die Quote steigt um 3 %.");
  EXPECT_EQ(cut("\xEF\xBB\xBF" "Die Quote\u00A0steigt.\n"), "paragraph Die Quote steigt.");
}

TEST(Blocks, DividedWordsAreJoinedTrueHyphensStay) {
  EXPECT_EQ(cut("Der Bestand an Lang-\nzeitleistungsbeziehenden sinkt.\n"), "paragraph Der Bestand an Langzeitleistungsbeziehenden sinkt.");
  EXPECT_EQ(cut("Lang\u00ADzeit\u00ADbezug sinkt.\n"), "paragraph Langzeitbezug sinkt.");
  EXPECT_EQ(cut("um 2 Prozent-Punkte in Teilzeit- und Vollzeitstellen.\n"), "paragraph um 2 Prozent-Punkte in Teilzeit- und Vollzeitstellen.");
  EXPECT_EQ(cut("in Teilzeit-\nund Vollzeitstellen wird gearbeitet.\n"), "paragraph in Teilzeit- und Vollzeitstellen wird gearbeitet.");
}

TEST(Blocks, LigaturesAreLetters) { EXPECT_EQ(cut("Die Quali\uFB01zierung und Be\uFB02issenheit.\n"), "paragraph Die Qualifizierung und Beflissenheit."); }

TEST(Blocks, PageFurnitureDoesNotDivideASentence) {
  const auto text = cut("Das Ziel ist erreicht, solange die Integrationsquote um nicht\n\n- 2 -\n\nmehr als 6,5 % unter der des Vorjahres liegt.\n");
  EXPECT_EQ(text, "paragraph Das Ziel ist erreicht, solange die Integrationsquote um nicht mehr als 6,5 % unter der des Vorjahres liegt.");
}

TEST(Blocks, TablesInMarkdown) {
  const std::string table = "| Ziel | Ist | Zielwert |\n|--|--|--|\n| Quote | 18,2 % | 18,9 % |\n";
  EXPECT_EQ(cells(table), "Ziel;Ist;Zielwert/Quote;18,2 %;18,9 %");
  const auto found = blocks(table);
  EXPECT_TRUE(found.front().table_head);
  EXPECT_EQ(found.front().table, found.back().table);
}

TEST(Blocks, TablesSetWithBlanks) {
  const auto found = cells("Kennzahl                      Ist 2018      Ziel 2019\n------------------------------------------------------\nIntegrationsquote               18,2 %        18,9 %\nBestand LZB                      7.412         7.331\n");
  EXPECT_NE(found.find("Integrationsquote;18,2 %;18,9 %"), std::string::npos) << found;
}

TEST(Blocks, CoverTheDocumentInOrderAndQuoteIt) {
  const std::string document = "# Titel\n\nErster Satz. Zweiter\nSatz.\n\n- a\n- b\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\nEnde.\n";
  std::size_t at = 0;
  for (const auto& block : blocks(document)) {
    EXPECT_LE(at, block.raw.begin);
    EXPECT_LE(block.raw.end, document.size());
    at = block.raw.end;
    for (const auto& span : block.sentences) EXPECT_LE(span.end, block.text.size());
  }
}

TEST(Blocks, HeadingsAboveAreOpen) {
  const auto found = blocks("# A\n\n## B\n\nText.\n\n# C\n\nText.\n");
  ASSERT_EQ(found.size(), 5u);
  EXPECT_EQ(found[2].headings, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(found[4].headings, (std::vector<std::size_t>{3}));
}

TEST(Sentences, AbbreviationsOrdinalsAndDatesEndNone) {
  EXPECT_EQ(said("Die Quote steigt. Der Bestand sinkt."), "Die Quote steigt.|Der Bestand sinkt.");
  for (const char* one : {"Gemäß § 48b Abs. 1 S. 1 Nr. 4 SGB II wird vereinbart.", "Die Quote steigt um 2 v. H. gegenüber dem Vorjahr.", "Am 30. April 2019 sprechen die Partner.",
                          "Der Titel umfasst rd. 16,6 Mio. Euro im Jahr.", "Am 30.04., 31.07. und 31.10.2021 wird berichtet.", "Die Partner, z. B. das Jobcenter bzw. der Kreis, berichten ggf. schriftlich.",
                          "Frau Dr. Musterfrau und Prof. Dr. Beispiel sprechen.", "Der 1. Arbeitsmarkt (1. AM) nimmt auf."}) {
    EXPECT_EQ(said(one), one);
  }
}

TEST(Blocks, AreCutFromAnyBytes) {
  for (const std::string& document : {std::string(), std::string("\n\n\n"), std::string("|"), std::string("|||\n|--|\n"), std::string("# "), std::string("- "), std::string("\xFF\xFE\x00", 3), std::string(5000, '#'),
                                      std::string(5000, '|'), std::string("\r\r\r"), std::string("\t\t1.\t")}) {
    for (const auto& block : blocks(document)) EXPECT_LE(block.raw.end, document.size());
  }
}

}  // namespace
}  // namespace zielwerk::reader
