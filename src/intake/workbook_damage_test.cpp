// Truncated, empty, binary, huge and wrongly encoded workbooks.
#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

using namespace test;

TEST(Workbook, DamagedFiles) {
  const auto good = bytes_of(root / "tests/data/workbooks/t33148_kennzahlen_erfunden.xlsx");
  const auto one = [](const fs::path& path) {
    const auto lines = outcome(read(path));
    return lines.size() == 1 ? lines[0] : base::join(lines, "\n");
  };
  EXPECT_EQ(one(written("a.xlsx", "")), "file_empty | Die Datei ist leer. | a.xlsx");
  EXPECT_EQ(
      one(written("a.xlsx", "traeger;wert\n1;2\n")),
      "file_unreadable | Die Datei ist kein vollständiges ZIP-Archiv (das ist jede XLSX-Datei); sie beginnt mit „traeger;wert\\x0A1;2“. | a.xlsx");
  EXPECT_EQ(one(written("a.xlsx", std::string("\x7F\x45\x4C\x46\0\1\2\xFF", 8))).substr(0, 15), "file_unreadable");
  EXPECT_EQ(one(written("a.xlsx", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))),
            "file_unreadable | Die Datei ist im alten Excel-Format (.xls) oder mit einem Kennwort geschützt; bitte ohne Kennwort als .xlsx "
            "speichern. | a.xlsx");
  for (std::size_t size = 1; size < good.size(); size += 97) {
    SCOPED_TRACE(size);
    EXPECT_EQ(one(written("a.xlsx", good.substr(0, size))).substr(0, 15), "file_unreadable");
  }
  EXPECT_EQ(one(zipped("a.xlsx", {{"content.xml", "<x/>"}})),
            "file_unreadable | Die Datei ist ein ZIP-Archiv, aber keine XLSX-Arbeitsmappe: der Teil xl/workbook.xml fehlt. Bitte als .xlsx "
            "speichern. | a.xlsx");
  EXPECT_THROW(read("/nicht/da.xlsx"), base::EnvironmentError);
}

TEST(Workbook, DamagedSheets) {
  const std::pair<std::string, std::string> cases[] = {
      {"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>", "ist kein gültiges XML (Zeile 1, Spalte "},
      {sheet_xml("<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>"), "„ZZZZ1“ ist keine Zelle der Zeile 1."},
      {sheet_xml("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>"), "„A2“ ist keine Zelle der Zeile 1."},
      {sheet_xml("<row r=\"99999999\"/>"), "„99999999“ ist keine Zeilennummer."},
      {sheet_xml("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"), "der gemeinsame Text Nr. „7“ fehlt (Zeile 1)."},
      {sheet_xml("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"), "eine Zelle in Zeile 1 steht zweimal im Blatt."},
      {sheet_xml("", "<mergeCells><mergeCell ref=\"A1:quer\"/></mergeCells>"), "„A1:quer“ ist kein Zellbereich."},
      {"<!DOCTYPE w [<!ENTITY a \"b\">]><worksheet>&a;</worksheet>", "enthält eine DTD oder eigene Entitäten"},
      {"<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><worksheet/>", "enthält eine DTD oder eigene Entitäten"},
      {std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet>M\xE4rz</worksheet>"), "ist kein gültiges XML (Zeile 1, Spalte "},
      {"", "sheet1.xml ist"},
      {[] {
         std::string deep = "<worksheet>";
         for (int i = 0; i < 100'000; ++i) deep += "<x>";
         return deep;
       }(),
       "ist kein gültiges XML"},
  };
  for (const auto& [sheet, expected] : cases) {
    SCOPED_TRACE(expected);
    const auto lines = outcome(read(workbook(sheet)));
    EXPECT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].starts_with("file_unreadable | ")) << lines[0];
    EXPECT_NE(lines[0].find(expected), std::string::npos) << lines[0];
    EXPECT_TRUE(lines[0].ends_with(" | t33148.xlsx, Blatt Zahlen")) << lines[0];
  }
}

TEST(Workbook, OtherEncodingsOfXml) {
  auto xml =
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + sheet_xml(rows({{"M\xE4rz 2015", "Juni 2015"}, {"", "Anzahl"}, {"ELB", "1"}})).substr(21);
  EXPECT_EQ(outcome(read(workbook(xml))), Lines{"33148 ELB T 2015-03 @2015-06 = 1 | Blatt Zahlen, Zelle B3"});
}

TEST(Workbook, ChangedByteIsNoticed) {
  auto bytes = bytes_of(workbook(sheet_xml(rows({months_row, {"", "Anzahl"}, {"ELB", "1"}}) + std::string(3'000, ' '))));
  int refused = 0;
  for (std::size_t at = 40; at < bytes.size(); at += 7) {
    auto broken = bytes;
    broken[at] = static_cast<char>(broken[at] ^ 0x10);
    const auto file = read(written("t33148.xlsx", broken));
    if (!file) ++refused;
    EXPECT_TRUE(!file || file->delivery.facts == 1U);
  }
  EXPECT_GT(refused, 20);
}

TEST(Workbook, BombsEndEarly) {
  const std::string one_text = "<worksheet>" + std::string(std::size_t{20} << 20, ' ') + "</worksheet>";
  EXPECT_EQ(outcome(read(workbook(one_text)))[0].substr(0, 70), "file_unreadable | Die Datei ist beschädigt: der Teil xl/worksheets/sh");
  // Seventy sheets that are the same ten megabytes: 20 kB of file, 700 MB of XML.
  std::string sheets;
  for (int i = 0; i < 70; ++i) sheets += fmt::format(R"(<sheet name="Zahlen" sheetId="{}" id="r1"/>)", i);
  std::string many = "<worksheet>";
  while (many.size() < (std::size_t{10} << 20)) many.append("<x/>").append(1000, ' ');
  const auto lines = outcome(read(workbook(many + "</worksheet>", "<sst/>", "<workbook><sheets>" + sheets + "</sheets></workbook>")));
  EXPECT_EQ(
      lines.back(),
      "file_unreadable | Die Datei ist entpackt größer als 512 MiB; so groß ist keine Arbeitsmappe mit Kennzahlen. | t33148.xlsx, Blatt Zahlen");
}

TEST(Workbook, TooManyCells) {
  std::string cells;
  for (int i = 0; i < 500; ++i) {
    cells += "<row>";
    for (int column = 0; column < 16'000; ++column) cells += "<c><v>1</v></c>";
    cells += "</row>";
  }
  EXPECT_EQ(outcome(read(workbook(sheet_xml(cells)))),
            Lines{"file_unreadable | Die gelesenen Blätter haben zusammen mehr als 5000000 Zellen. | t33148.xlsx, Blatt Zahlen"});
}

}  // namespace
}  // namespace zielwerk::intake
