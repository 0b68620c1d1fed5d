// What a Word document means, beyond its plain words.
#include "documents/docx.h"

#include "documents/documents_test_support.h"

namespace zielwerk::documents {
namespace {

using test::docx;
using test::opened;

std::string text(const std::string& words) { return "<w:r><w:t>" + words + "</w:t></w:r>"; }
std::string paragraph(const std::string& runs, const std::string& properties = "") { return "<w:p><w:pPr>" + properties + "</w:pPr>" + runs + "</w:p>"; }
std::string cell(const std::string& words, const std::string& properties = "") {
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + paragraph(text(words)) + "</w:tc>";
}

const std::pair<std::string, std::string> styles{
    "word/styles.xml",
    R"(<w:styles xmlns:w="w"><w:style w:styleId="U1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>)"
    R"(<w:style w:styleId="Eigene"><w:name w:val="Eigene"/><w:basedOn w:val="U1"/></w:style>)"
    R"(<w:style w:styleId="Gliederung"><w:name w:val="G"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>)"
    R"(<w:style w:styleId="Fett"><w:name w:val="Fett"/><w:rPr><w:b/></w:rPr></w:style>)"
    R"(<w:style w:styleId="Kreis"><w:name w:val="K"/><w:basedOn w:val="Kreis"/></w:style></w:styles>)"};

TEST(Docx, HeadingsByStyle) {
  const std::string body = paragraph(text("Eins"), R"(<w:pStyle w:val="U1"/>)") + paragraph(text("Eigene"), R"(<w:pStyle w:val="Eigene"/>)") +
                           paragraph(text("Drei"), R"(<w:pStyle w:val="Gliederung"/>)") + paragraph(text("Zwei"), R"(<w:outlineLvl w:val="1"/>)") +
                           paragraph(text("Fett"), R"(<w:pStyle w:val="Fett"/>)") + paragraph(text("Text"), R"(<w:pStyle w:val="Kreis"/>)");
  EXPECT_EQ(opened("a.docx", docx(body, {styles})), "# Eins\n\n# Eigene\n\n### Drei\n\n## Zwei\n\n**Fett**\n\nText\n");
}

TEST(Docx, RunsBreaksAndTabs) {
  const std::string bold = R"(<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">um </w:t></w:r><w:r><w:rPr><w:b w:val="true"/></w:rPr><w:t>2,5</w:t></w:r>)";
  const std::string not_bold = R"(<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve"> Prozent</w:t><w:br/><w:t>Ort</w:t><w:tab/><w:t>Datum</w:t></w:r>)";
  const std::string hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>9,9</w:t><w:br/></w:r><w:r><w:instrText>PAGE</w:instrText><w:noBreakHyphen/><w:t>4</w:t></w:r>";
  EXPECT_EQ(opened("a.docx", docx(paragraph(bold + not_bold + hidden))), "**um 2,5** Prozent\nOrt\tDatum-4\n");
}

TEST(Docx, RevisionsAreReadAsAccepted) {
  const std::string deleted = "<w:del><w:r><w:delText>18,9</w:delText></w:r></w:del><w:ins>" + text("19,1") + "</w:ins>";
  const std::string moved = "<w:moveFrom>" + text("weg") + "</w:moveFrom><w:moveTo>" + text(" da") + "</w:moveTo>";
  const std::string joined = paragraph(text("Zielwert "), "<w:rPr><w:del/></w:rPr>") + paragraph(deleted + moved);
  const std::string row = "<w:tbl><w:tr>" + cell("A") + cell("B") + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + cell("weg") + cell("7") + "</w:tr></w:tbl>";
  EXPECT_EQ(opened("a.docx", docx(joined + row)), "Zielwert 19,1 da\n\n| A | B |\n|--|--|\n");
}

TEST(Docx, Tables) {
  const std::string table = "<w:tbl><w:tr>" + cell("Ziel", R"(<w:vMerge w:val="restart"/>)") + cell("Zielwerte", R"(<w:gridSpan w:val="2"/>)") + "</w:tr><w:tr>" +
                            cell("", "<w:vMerge/>") + cell("2024") + cell("2025 | 2026") + "</w:tr><w:tr>" + cell("K2") +
                            "<w:tc>" + paragraph(text("18,9 %")) + paragraph(text("gesamt")) + "</w:tc><w:tc><w:tbl><w:tr>" + cell("innen") + cell("5") +
                            "</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>";
  EXPECT_EQ(opened("a.docx", docx(table)),
            "| Ziel | Zielwerte |  |\n|--|--|--|\n|  | 2024 | 2025 \\| 2026 |\n| K2 | 18,9 %<br>gesamt | innen 5 |\n");
}

TEST(Docx, SignaturesSideBySideFollowEachOther) {
  const std::string table = "<w:tbl><w:tr>" + cell("Neustadt, den 12.03.2024") + cell("Auental, den 5. März 2024") + "</w:tr><w:tr>" + cell("Erika Beispiel") +
                            cell("Max Muster") + "</w:tr></w:tbl>";
  EXPECT_EQ(opened("a.docx", docx(table)), "Neustadt, den 12.03.2024\n\nErika Beispiel\n\nAuental, den 5. März 2024\n\nMax Muster\n");
}

TEST(Docx, Lists) {
  const std::pair<std::string, std::string> numbering{
      "word/numbering.xml",
      R"(<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl>)"
      R"x(<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>)x"
      R"(<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>)"
      R"(<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num></w:numbering>)"};
  const auto item = [](const std::string& words, int list, int level) {
    return paragraph(text(words), fmt::format(R"(<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>)", level, list));
  };
  const std::string body = item("Grundlagen", 5, 0) + item("Ziele", 5, 0) + item("erstens", 5, 1) + item("zweitens", 5, 1) + item("Schluss", 5, 0) +
                           item("Punkt", 6, 0) + item("Punkt", 6, 0) + item("ohne Liste", 9, 0);
  EXPECT_EQ(opened("a.docx", docx(body, {numbering})),
            "§ 1 Grundlagen\n\n§ 2 Ziele\n\n2.a) erstens\n\n2.b) zweitens\n\n§ 3 Schluss\n\n- Punkt\n- Punkt\n\nohne Liste\n");
}

TEST(Docx, NotesAndBoxesStandBehindTheirParagraph) {
  const std::pair<std::string, std::string> notes{
      "word/footnotes.xml", R"(<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="7">)" +
                                paragraph(text("Stand Oktober 2023.")) + "</w:footnote></w:footnotes>"};
  const std::string box = "<mc:AlternateContent><mc:Choice><w:txbxContent>" + paragraph(text("Kasten")) + "</w:txbxContent></mc:Choice><mc:Fallback>" +
                          paragraph(text("Kasten")) + "</mc:Fallback></mc:AlternateContent>";
  const std::string body = R"(<w:document xmlns:w="w" xmlns:mc="m"><w:body>)" +
                           paragraph(text("18,9 %") + R"(<w:r><w:footnoteReference w:id="7"/></w:r>)" + "<w:r>" + box + "</w:r>") +
                           R"(<w:sectPr><w:headerReference/></w:sectPr></w:body></w:document>)";
  const std::string relations = R"(<Relationships><Relationship Id="a" Type="x/footnotes" Target="footnotes.xml"/></Relationships>)";
  EXPECT_EQ(opened("a.docx", test::zip({notes, {"word/_rels/document.xml.rels", relations}, {"word/document.xml", body}})),
            "18,9 %¹\n\nKasten\n\n[Fußnote 1] Stand Oktober 2023.\n");
}

}  // namespace
}  // namespace zielwerk::documents
