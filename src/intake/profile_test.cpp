// Profiles with errors, and the small readers a profile is made of.
#include "intake/cell_value.h"
#include "intake/text_pattern.h"
#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

using namespace test;

TEST(Profile, Errors) {
  const struct {
    std::string text, expected;
  } cases[] = {
      {"name = ",
       "profile_invalid | Hier ist das Profil kein gültiges TOML; erwartet ist schluessel = \"Text\", eine Zahl, true, false oder ein [Abschnitt]. | "
       "profil.toml, Zeile 1, Spalte "},
      {"name='x'\ntraeger={fest='33148'}\n",
       "profile_invalid | Profil: Es fehlt mindestens ein Abschnitt [[blatt]]. | profil.toml, Zeile 1, Spalte 1"},
      {std::string(head) + small + "farbe = 'rot'\n",
       "profile_invalid | [[blatt.zeile]]: Den Schlüssel „farbe“ gibt es hier nicht; bekannt sind fehlt_erlaubt, geschlecht, gruppe, "
       "messgroesse, text, unter, vorkommen. | profil.toml, Zeile 18, Spalte 1"},
      {std::string(head) + small + "geschlecht = 'W'\n",
       "sex_invalid | [[blatt.zeile]]: „W“ ist kein Geschlecht; erwartet ist T, M oder F. | profil.toml, Zeile 18, Spalte 14"},
      {std::string(head) + small + "gruppe = 'XY'\n",
       "group_unknown | [[blatt.zeile]]: Die Gruppe „XY“ ist nicht bekannt; erwartet ist LZB, AE, ASYL8, U25, LZB4 oder eine erklärte Gruppe. | "
       "profil.toml, Zeile 18, Spalte 10"},
      {std::string(head) + small + "[[blatt.zeile]]\ntext='Y'\nmessgroesse='ELBE'\n",
       "measure_unknown | [[blatt.zeile]]: Die Messgröße „ELBE“ ist nicht bekannt; erwartet ist ein Kürzel wie ELB, INT, LLU oder eine erklärte "
       "Messgröße. | profil.toml, Zeile 20, Spalte 13"},
      {std::string(head) + small + "[[blatt.zeile]]\ntext='Y'\n",
       "profile_invalid | [[blatt.zeile]]: Zur Spalte „Anzahl“ fehlt „messgroesse“: in der Zeile, der Spalte oder im Blatt. | profil.toml, Zeile 19, "
       "Spalte 6"},
      {std::string(head) + "[[blatt]]\nname='Z'\nkopfzeilen=[1,5]\nspalte=[{kopf='A'}]\nzeile=[{text='E',messgroesse='ELB'}]\n",
       "profile_invalid | [[blatt]]: „kopfzeilen“ muss die erste und letzte Kopfzeile nennen, höchstens drei Zeilen: kopfzeilen = [9, 11]. | "
       "profil.toml, Zeile 11, Spalte 12"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    const auto read = profile(c.text);
    ASSERT_FALSE(read);
    const auto lines = shown(read.error());
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return line.starts_with(c.expected); })) << base::join(lines, "\n");
  }
  EXPECT_EQ(shown(profile("name='\xE4'").error()), Lines{"profile_invalid | Das Profil ist nicht in UTF-8 geschrieben. | profil.toml"});
}

TEST(Profile, MoreErrorsInOneGo) {
  const auto read = profile(
      "name='x'\n[traeger]\nfest='123'\nzelle='4A'\n[berichtsmonat]\nzelle='A1'\nmuster='{mond}'\n[datenstand]\nzelle='A1'\nmuster='Stand'\n["
      "wartezeit]\nfest=-1\n"
      "[[blatt]]\nname='Z'\nkopfzeilen=[2,2]\nbeschriftung=['B','A']\n[[blatt.spalte]]\nkopf=['{jahr}','x']\ngeschlecht='M'\n[[blatt.zeile]]\ntext='"
      "E'\ngeschlecht='F'\nmessgroesse='ELB'\n");
  ASSERT_FALSE(read);
  EXPECT_GE(read.error().size(), 9U) << base::join(shown(read.error()), "\n");
}

TEST(LabelText, FootnoteMarks) {
  const std::pair<const char*, const char*> cases[] = {{"  LZB 1)", "LZB"},
                                                       {"LZB 2) 4)", "LZB"},
                                                       {"LZB1),2)", "LZB"},
                                                       {"LZB¹²", "LZB"},
                                                       {"LZB *)", "LZB"},
                                                       {"Personen (unter 25)", "Personen (unter 25)"},
                                                       {"Personen (unter 25) 3)", "Personen (unter 25)"},
                                                       {"erwerbs-\n  fähig", "erwerbs- fähig"},
                                                       {"K2", "K2"},
                                                       {"1)", ""},
                                                       {"", ""}};
  for (const auto& [cell, expected] : cases) EXPECT_EQ(label_text(cell), expected) << cell;
}

TEST(TextPattern, Matches) {
  const auto match = [](const char* pattern, const char* text) { return TextPattern::parse(pattern)->match(text); };
  EXPECT_EQ(match("Berichtsmonat {monat} (Datenstand: {datenstand})", "Berichtsmonat März 2015 (Datenstand: Juni 2015)")->state->text(), "2015-06");
  EXPECT_EQ(match("*{traeger}*", "Nr. 123456 und 04704.")->provider, "04704");
  EXPECT_EQ(match("*{jahr}*{monatsname}", "2015: Jan bis Mai")->stated_month()->text(), "2015-05");
  EXPECT_FALSE(match("{monat}", "13/2015"));
  EXPECT_FALSE(match("{monat}", "März 1815"));
  EXPECT_FALSE(match("a*b*c", "acb"));
  EXPECT_FALSE(TextPattern::parse("{monat"));
  EXPECT_FALSE(TextPattern::parse("{tag}"));
  const std::string hard(100'000, 'a');
  EXPECT_FALSE(TextPattern::parse("*a*a*a*a*a*a*a*a*a*b")->match(hard));
}

TEST(CellValue, ShortestDecimal) {
  EXPECT_EQ(shortest_decimal("30650123.45")->plain(), "30650123.45");
  EXPECT_EQ(shortest_decimal("0.10000000000000001")->plain(), "0.1");
  for (const auto* broken : {"", "1,5", "inf", "nan", "1e400", " 1", "0.30000000000000004"}) EXPECT_FALSE(shortest_decimal(broken)) << broken;
}

}  // namespace
}  // namespace zielwerk::intake
