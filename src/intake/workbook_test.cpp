// Every feature of a profile and every error that a whole workbook can have.
#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

using namespace test;

TEST(Workbook, LibreOfficeKeyFigures) {
  const auto layout = read_profile(root / "profiles/ba_kennzahlen.toml", vocabulary);
  ASSERT_TRUE(layout);
  const auto file = read_workbook(root / "tests/data/workbooks/t33148_kennzahlen_erfunden.xlsx", **layout, {vocabulary, directory});
  const auto lines = outcome(file);
  ASSERT_TRUE(file) << base::join(lines, "\n");
  EXPECT_EQ(lines.size(), 21U);
  for (const auto* expected :
       {"33148 ELB T 2021-06 @2021-09 = 20249.5 | Blatt Kennzahlen, Zelle B13",
        "33148 ELB F 2021-06 @2021-09 = 10226.25 | Blatt Kennzahlen, Zelle D13",
        "33148 INT T LZB 2021-06 @2021-09 = 176 | Blatt Kennzahlen, Zelle B17", "33148 INT M 2021-06 @2021-09 = 241 | Blatt Kennzahlen, Zelle C16",
        "33148 LUH T 2021-06 @2021-09 = 27900456.78 | Blatt Kennzahlen, Zelle B21",
        "33148 ELB T U25 2021-06 @2021-09 = 3871 | Blatt Kennzahlen, Zelle F13"}) {
    EXPECT_NE(std::find(lines.begin(), lines.end(), expected), lines.end()) << expected;
  }
  EXPECT_EQ(file->delivery.source, "t33148_kennzahlen_erfunden.xlsx");
  EXPECT_EQ(file->delivery.sha256.size(), 64U);
  EXPECT_EQ(file->delivery.sheets, (Lines{"Deckblatt", "Kennzahlen"}));
  EXPECT_EQ(file->delivery.facts, 21U);
  EXPECT_EQ(file->delivery.last_state.text(), "2021-09");
  EXPECT_EQ(shown(file->remarks).back(),
            "label_not_in_profile | Die Spalte „Veränderung / in %“ steht nicht im Profil und wird nicht gelesen. | "
            "t33148_kennzahlen_erfunden.xlsx, Blatt Kennzahlen, Zelle G10");
}

TEST(Workbook, LibreOfficeMonthsAcross) {
  const auto layout = read_profile(root / "profiles/ba_bestand_monate.toml", vocabulary);
  ASSERT_TRUE(layout);
  const auto file = read_workbook(root / "tests/data/workbooks/bestand_monate_erfunden.xlsx", **layout, {vocabulary, directory});
  ASSERT_TRUE(file) << base::join(outcome(file), "\n");
  EXPECT_EQ(file->delivery.facts, 108U);
  EXPECT_EQ(file->delivery.first_state.text(), "2020-04");
  EXPECT_EQ(file->delivery.last_state.text(), "2021-03");
  EXPECT_EQ(outcome(file)[0], "04704 ELB T 2020-01 @2020-04 = 7331 | Blatt Bestand ELB, Zelle C17");
}

TEST(Workbook, EveryErrorOfTheFileAtOnce) {
  const auto layout = read_profile(root / "profiles/ba_kennzahlen.toml", vocabulary);
  const auto lines = outcome(read_workbook(root / "tests/data/workbooks/t33148_fehler_erfunden.xlsx", **layout, {vocabulary, directory}));
  const std::string place = " | t33148_fehler_erfunden.xlsx, Blatt Kennzahlen, ";
  const std::string value = " ist kein Wert; erwartet ist eine Zahl mit höchstens 9 Nachkommastellen und 18 Ziffern oder ein Zeichen * - x .";
  for (const auto& expected :
       {"jobcenter_unknown | „99999“ ist keine bekannte Trägernummer; erwartet sind fünf Ziffern eines Jobcenters." + place + "Zelle A2",
        "state_before_month | Der Datenstand Mai 2021 liegt vor dem Berichtsmonat Juni 2021." + place + "Zelle A3",
        "value_invalid | „viele“" + value + place + "Zelle B13", "value_invalid | „1.5“" + value + place + "Zelle C14",
        "value_invalid | „0.1234567890123“" + value + place + "Zelle B18"}) {
    EXPECT_EQ(std::count(lines.begin(), lines.end(), expected), 1) << expected << "\n" << base::join(lines, "\n");
  }
  EXPECT_EQ(lines.size(), 8U);
}

TEST(Workbook, Values) {
  const std::string no_value =
      " ist kein Wert; erwartet ist eine Zahl mit höchstens 9 Nachkommastellen und 18 Ziffern oder ein Zeichen * - x . | t33148.xlsx, Blatt Zahlen, "
      "Zelle B3";
  const auto fact = [](std::string value) { return "33148 ELB T 2015-03 @2015-06 = " + value + " | Blatt Zahlen, Zelle B3"; };
  const std::pair<std::string, std::string> cases[] = {
      {"3879.5", fact("3879.5")},
      {"0.1", fact("0.1")},
      {"0.10000000000000001", fact("0.1")},
      {"1E3", fact("1000")},
      {"-3", fact("-3")},
      {"1.234,5", fact("1234.5")},
      {"\u00A01.234.567 ", fact("1234567")},
      {"−1,25", fact("-1.25")},
      {"*", fact("*")},
      {" - ", fact("-")},
      {"–", fact("-")},
      {"---", fact("-")},
      {"x", fact("x")},
      {" . ", fact(".")},
      {R"(=t="str"><f>A1</f><v>12</v>)", fact("12")},
      {R"(=><f>A1</f><v>12.5</v>)", fact("12.5")},
      {"=t=\"inlineStr\"><is><r><t>1.2</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>3)</t></r><r><t>00</t></r></is>", fact("1200")},
      {"=t=\"str\"><v>_x000D_7_x000D_</v>", fact("7")},
      {"12,34.5", "value_invalid | „12,34.5“" + no_value},
      {"1.23,4", "value_invalid | „1.23,4“" + no_value},
      {"12 %", "value_invalid | „12 %“" + no_value},
      {"1E30", "value_invalid | „1E30“" + no_value},
      {"0.1234567891", "value_invalid | „0.1234567891“" + no_value},
      {R"(=t="b"><v>1</v>)", "value_invalid | Ein Wahrheitswert" + no_value},
      {R"(=t="e"><v>#REF!</v>)", "value_invalid | Der Fehlerwert „#REF!“" + no_value},
      {R"(=t="d"><v>2015-03-01</v>)", "value_invalid | Das Datum „2015-03-01“" + no_value},
      {"=><f>B9</f>", "value_invalid | Eine Formel ohne gespeichertes Ergebnis" + no_value},
  };
  for (const auto& [cell, expected] : cases) {
    SCOPED_TRACE(cell);
    EXPECT_EQ(read_rows({months_row, {"", "Anzahl"}, {"ELB", cell}}), Lines{expected});
  }
}

TEST(Workbook, EmptyCellIsMissingNeverZero) {
  const auto file = read(workbook(sheet_xml(rows({months_row, {"", "Anzahl", "Anzahl T"}, {"ELB", "  ", "3"}}))));
  EXPECT_EQ(codes(file), Lines{"file_without_facts"});
  const auto two = read(workbook(sheet_xml(rows({months_row, {"", "Anzahl"}, {"ELB", "1"}, {"BG"}}))),
                        std::string(head) + small + "[[blatt.zeile]]\ntext = 'BG'\nmessgroesse = 'BG'\n");
  ASSERT_TRUE(two);
  EXPECT_EQ(two->delivery.facts, 1U);
  EXPECT_EQ(shown(two->remarks), Lines{"value_missing | Die Zelle ist leer: BG T fehlt (das ist nicht 0). | t33148.xlsx, Blatt Zahlen, Zelle B4"});
}

TEST(Workbook, SharedTextsWithRunsAndFootnotes) {
  const std::string shared =
      R"(<sst><si><r><t>EL</t></r><r><t>B</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1) 2)</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>)";
  const auto xml = rows({months_row, {"", "An&#10; zahl\u00B9"}, {R"(=t="s"><v>0</v>)", "5"}});
  const std::string layout =
      std::string(head) + "[[blatt]]\nname='Zahlen'\nkopfzeilen=[2,2]\nspalte=[{kopf='An zahl'}]\nzeile=[{text='ELB 7)',messgroesse='ELB'}]\n";
  EXPECT_EQ(outcome(read(workbook(sheet_xml(xml), shared), layout)), Lines{"33148 ELB T 2015-03 @2015-06 = 5 | Blatt Zahlen, Zelle B3"});
}

TEST(Workbook, MonthsAndStates) {
  const auto fact = [](const std::string& month, const std::string& state) {
    return Lines{fmt::format("33148 ELB T {} @{} = 1 | Blatt Zahlen, Zelle B3", month, state)};
  };
  const struct {
    std::string month, state;
    Lines expected;
  } cases[] = {
      {"42064", "42165", fact("2015-03", "2015-06")},  // Excel serials
      {"Mrz. 2015", "06/2015", fact("2015-03", "2015-06")},
      {"Stand MÄRZ 2015", "15.06.2015", fact("2015-03", "2015-06")},
      {"Sept. 2015", "2015-12", fact("2015-09", "2015-12")},
      {R"(=t="d"><v>2015-03-01</v>)", "42165.5", fact("2015-03", "2015-06")},
      {"Märzen 2015",
       "Juni 2015",
       {"month_invalid | „Märzen 2015“ ist nicht lesbar; erwartet ist der Berichtsmonat wie „März 2015“ oder ein Datum nach dem Muster „*{monat}*“. "
        "| t33148.xlsx, Blatt Zahlen, Zelle A1"}},
      {"März 2015",
       "201506",
       {"state_invalid | „201506“ ist nicht lesbar; erwartet ist der Datenstand wie „Juni 2015“ oder ein Datum nach dem Muster „{datenstand}“. | "
        "t33148.xlsx, Blatt Zahlen, Zelle B1"}},
      {"März 2015",
       "",
       {"cell_missing | Die Zelle ist leer; erwartet ist der Datenstand wie „Juni 2015“ oder ein Datum. | t33148.xlsx, Blatt Zahlen, Zelle B1"}},
      {"März 2015",
       "Februar 2015",
       {"state_before_month | Der Datenstand Februar 2015 liegt vor dem Berichtsmonat März 2015. | t33148.xlsx, Blatt Zahlen, Zelle B1"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.month + " / " + c.state);
    EXPECT_EQ(read_rows({{c.month, c.state}, {"", "Anzahl"}, {"ELB", "1"}}), c.expected);
  }
}

TEST(Workbook, DatesOf1904) {
  const std::string book = R"(<workbook><workbookPr date1904="1"/><sheets><sheet name="Zahlen" id="r1"/></sheets></workbook>)";
  EXPECT_EQ(outcome(read(workbook(sheet_xml(rows({{"40602", "40703"}, {"", "Anzahl"}, {"ELB", "1"}})), "<sst/>", book))),
            Lines{"33148 ELB T 2015-03 @2015-06 = 1 | Blatt Zahlen, Zelle B3"});
}

TEST(Workbook, WaitingMustAgree) {
  const std::string layout = std::string(head) + "[wartezeit]\nzelle = 'C1'\n" + small;
  EXPECT_EQ(read_rows({{"März 2015", "Juni 2015", "t-3"}, {"", "Anzahl"}, {"ELB", "1"}}, layout).size(), 1U);
  EXPECT_EQ(read_rows({{"März 2015", "Juni 2015", "Wartezeit: 2 Monate"}, {"", "Anzahl"}, {"ELB", "1"}}, layout),
            Lines{"state_invalid | Berichtsmonat März 2015 und Datenstand Juni 2015 ergeben 3 Monate Wartezeit, angegeben sind 2. | t33148.xlsx, "
                  "Blatt Zahlen, Zelle B1"});
}

TEST(Workbook, Provider) {
  const auto sheet = sheet_xml(rows({{"März 2015", "Juni 2015", "4704"}, {"", "Anzahl"}, {"ELB", "1"}}));
  EXPECT_EQ(outcome(read(workbook(sheet, "<sst/>", list_of_sheets, "kennzahlen_201503.xlsx"))),
            Lines{"jobcenter_unknown | Der Dateiname nennt keine Trägernummer; erwartet ist genau einmal „t“ mit fünf Ziffern, etwa "
                  "t33148_kennzahlen.xlsx. | "
                  "kennzahlen_201503.xlsx, Blatt Zahlen"});
  EXPECT_EQ(codes(read(workbook(sheet, "<sst/>", list_of_sheets, "t33148_t04704.xlsx"))), Lines{"jobcenter_unknown"});
  const auto with = [](const std::string& provider) {
    std::string text = std::string(head) + small;
    return text.replace(text.find("dateiname = true"), 16, provider);
  };
  const auto file = workbook(sheet);
  EXPECT_EQ(outcome(read(file, with("fest = '04704'")))[0].substr(0, 5), "04704");
  EXPECT_EQ(outcome(read(file, with("zelle = 'C1'")))[0].substr(0, 5), "04704");  // a number cell has lost the zero
  EXPECT_EQ(codes(read(file, with("zelle = 'A1'"))), Lines{"jobcenter_unknown"});
  EXPECT_EQ(codes(read(file, with("zelle = 'Z9'"))), Lines{"cell_missing"});
  EXPECT_EQ(codes(read(file, with("zelle = 'A1'\nblatt = 'Deckblatt'"))), Lines{"sheet_missing"});
}

TEST(Workbook, HeadingsBlanksAndRepeatedLabels) {
  const std::vector<Lines> lines = {months_row, {"", "Anzahl"}, {"Bestand 1)"},         {"  ELB", "10"}, {"    Männer", "4"},
                                    {"Zugang"}, {"  ELB", "3"}, {"    Männer 2)", "2"}, {"Notiz"}};
  const std::string sheet = std::string(head) + "[[blatt]]\nname='Zahlen'\nkopfzeilen=[2,2]\nspalte=[{kopf='Anzahl'}]\n";
  EXPECT_EQ(
      read_rows(
          lines,
          sheet + "zeile=[{text='Männer',unter=['Zugang','ELB'],messgroesse='ELB_ZU',geschlecht='M'},{text='ELB',vorkommen=2,messgroesse='ELB_ZU'}]"),
      (Lines{"33148 ELB_ZU T 2015-03 @2015-06 = 3 | Blatt Zahlen, Zelle B7", "33148 ELB_ZU M 2015-03 @2015-06 = 2 | Blatt Zahlen, Zelle B8"}));
  EXPECT_EQ(read_rows(lines, sheet + "zeile=[{text='ELB',messgroesse='ELB'}]"),
            Lines{"label_ambiguous | Die Zeile „ELB“ steht mehrmals da (Zelle A4, Zelle A7); erwartet ist eine, sonst „unter“ oder „vorkommen“ im "
                  "Profil. | t33148.xlsx, Blatt Zahlen, Zelle A7"});
  EXPECT_EQ(read_rows(lines, sheet + "zeile=[{text='BG',messgroesse='BG'}]"),
            Lines{"label_missing | Die Zeile „BG“ fehlt; gefunden sind Zeilen mit Werten zu „ELB“, „Männer“, „ELB“, „Männer“. | t33148.xlsx, Blatt "
                  "Zahlen, ab Zelle A3"});
  EXPECT_EQ(read_rows(lines, sheet + "zeile=[{text='ELB',vorkommen=3,messgroesse='ELB'}]")[0].substr(0, 55),
            "label_missing | Die Zeile „ELB“, Vorkommen 3, fehlt");
  EXPECT_EQ(read_rows(lines, sheet + "zeile=[{text='ELB',unter='Bestand',messgroesse='ELB'},{text='BG',messgroesse='BG',fehlt_erlaubt=true}]").size(),
            1U);
  EXPECT_EQ(read_rows(lines, sheet + "zeile=[{text='ELB',unter='Bestand',messgroesse='ELB'},{text='ELB',vorkommen=1,messgroesse='BG'}]"),
            Lines{"label_ambiguous | Die Zeile passt zu zwei Abschnitten des Profils: „ELB“ (unter „Bestand“) und „ELB“. | t33148.xlsx, Blatt "
                  "Zahlen, Zelle A4"});
}

TEST(Workbook, HeadersOnThreeLevels) {
  const auto xml =
      rows({months_row, {"", "ELB", "", "", "LZB"}, {"", "Geschlecht", "", "alle", "alle"}, {"", "M", "F"}, {"Bestand", "4", "6", "10", "7"}});
  const auto file = workbook(sheet_xml(
      xml, R"(<mergeCells><mergeCell ref="B2:D2"/><mergeCell ref="B3:C3"/><mergeCell ref="D3:D4"/><mergeCell ref="E3:XFD4"/></mergeCells>)"));
  const auto layout = [](const std::string& columns) {
    return std::string(head) + "[[blatt]]\nmuster='Z*'\nkopfzeilen=[2,4]\nmessgroesse='ELB'\nzeile=[{text='Bestand'}]\nspalte=[" + columns + "]\n";
  };
  EXPECT_EQ(outcome(read(file, layout("{kopf=['ELB','Geschlecht','F'],geschlecht='F'},{kopf=['ELB','alle']},{kopf=['LZB','alle'],gruppe='LZB'}"))),
            (Lines{"33148 ELB F 2015-03 @2015-06 = 6 | Blatt Zahlen, Zelle C5", "33148 ELB T 2015-03 @2015-06 = 10 | Blatt Zahlen, Zelle D5",
                   "33148 ELB T LZB 2015-03 @2015-06 = 7 | Blatt Zahlen, Zelle E5"}));
  EXPECT_EQ(outcome(read(file, layout("{kopf=['*','alle']}"))),
            Lines{"label_ambiguous | Die Spalte „* / alle“ steht mehrmals da (Zelle D3, Zelle E3); erwartet ist eine, sonst „vorkommen“ im Profil. | "
                  "t33148.xlsx, Blatt Zahlen, Kopfzeilen 2 bis 4"});
  EXPECT_EQ(outcome(read(file, layout("{kopf=['LZB']}"))), Lines{"label_missing | Die Spalte „LZB“ fehlt; gefunden sind die Überschriften „ELB / "
                                                                 "Geschlecht / M“, „ELB / Geschlecht / F“, „ELB / alle“, „LZB / alle“. | "
                                                                 "t33148.xlsx, Blatt Zahlen, Kopfzeilen 2 bis 4"});
  EXPECT_EQ(codes(read(file, layout("{kopf=['ELB','alle']},{kopf=['ELB','al*']}"))), Lines{"label_ambiguous"});
}

TEST(Workbook, MonthsAcrossColumns) {
  const std::string top = "name='x'\ntraeger={fest='33148'}\ndatenstand={zelle='A1'}\n";
  const std::string sheet = "[[blatt]]\nname='Zahlen'\nkopfzeilen=[2,3]\nmessgroesse='ELB'\nzeile=[{text='Bestand'}]\n";
  const auto serials = top + sheet + "spalte=[{kopf=['{monat}','Frauen'],geschlecht='F'}]";
  const auto merged = R"(<mergeCells><mergeCell ref="B2:C2"/><mergeCell ref="D2:E2"/></mergeCells>)";
  const std::vector<Lines> lines = {
      {"Juni 2015"}, {"", "42064", "", "Apr 2015 1)"}, {"", "Männer", "Frauen", "Männer", "Frauen"}, {"Bestand", "1", "2", "3", "4"}};
  EXPECT_EQ(outcome(read(workbook(sheet_xml(rows(lines), merged)), serials)),
            (Lines{"33148 ELB F 2015-03 @2015-06 = 2 | Blatt Zahlen, Zelle C4", "33148 ELB F 2015-04 @2015-06 = 4 | Blatt Zahlen, Zelle E4"}));
  auto wrong = lines;
  wrong[1][1] = "4206400";
  EXPECT_EQ(outcome(read(workbook(sheet_xml(rows(wrong), merged)), serials)),
            Lines{"month_invalid | „4206400“ ist kein Monat; erwartet ist ein Datum oder ein Monat wie „März 2015“ (2000 bis 2099). | t33148.xlsx, "
                  "Blatt Zahlen, Zelle B2"});
  const std::vector<Lines> names = {{"Juni 2015"}, {"", "2015", ""}, {"", "Jan", "Jul"}, {"Bestand", "1", "2"}};
  EXPECT_EQ(outcome(read(workbook(sheet_xml(rows(names), R"(<mergeCells><mergeCell ref="B2:C2"/></mergeCells>)")),
                         top + sheet + "spalte=[{kopf=['{jahr}','{monatsname}']}]")),
            Lines{"state_before_month | Der Datenstand Juni 2015 liegt vor dem Berichtsmonat Juli 2015. | t33148.xlsx, Blatt Zahlen, Zelle C3"});
}

TEST(Workbook, ConflictInTheFile) {
  const std::string layout = std::string(head) + small + "[[blatt.zeile]]\ntext = 'Personen'\nmessgroesse = 'ELB'\n";
  EXPECT_EQ(read_rows({months_row, {"", "Anzahl"}, {"ELB", "1"}, {"Personen", "2"}}, layout),
            Lines{"fact_conflict_in_file | Für 33148 ELB T 2015-03 (Ladestand 2015-06) stehen zwei Werte in der Datei: 1 (Blatt Zahlen, Zelle B3) "
                  "und 2 (Blatt Zahlen, Zelle B4). | "
                  "t33148.xlsx, Blatt Zahlen, Zelle B4"});
  EXPECT_EQ(read_rows({months_row, {"", "Anzahl"}, {"ELB", "1"}, {"Personen", "1,0"}}, layout).size(), 1U);
}

TEST(Workbook, SheetMissing) {
  const std::string other = R"(<workbook><sheets><sheet name="Tabelle &amp; 1" id="r1"/></sheets></workbook>)";
  EXPECT_EQ(outcome(read(workbook(sheet_xml(""), "<sst/>", other))),
            Lines{"sheet_missing | Das Blatt „Zahlen“ fehlt; gefunden sind die Blätter „Tabelle & 1“. | t33148.xlsx"});
}

}  // namespace
}  // namespace zielwerk::intake
