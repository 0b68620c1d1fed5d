#include "intake/declaration.h"

#include <gtest/gtest.h>

#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

using indicators::Collect;
using indicators::Shape;
using test::Lines;

const domain::Vocabulary vocabulary;
const std::string measure = "[[messgroesse]]\ncode = \"COACHES\"\nname = \"Coaches\"\nart = \"bestand\"\nzaehlt = \"Stellen\"\n";

// Codes and places, or what was declared.
Lines outcome(const std::string& text) {
  const auto read = parse_declaration("ziele.toml", text, vocabulary);
  Lines list;
  if (!read) {
    for (const auto& one : read.error()) list.push_back(one.code + " | " + one.where);
    return list;
  }
  for (const auto& one : read->measures) list.push_back(fmt::format("messgroesse {} {} {}", one.code, one.kind == domain::Kind::Stock ? "bestand" : "bewegung", one.counted_in));
  for (const auto& one : read->groups) list.push_back(fmt::format("gruppe {} {}", one.code, one.subgroup));
  for (const auto& one : read->figures) list.push_back("kennzahl " + one.code);
  return list;
}

TEST(Declaration, Complete) {
  const auto read = parse_declaration("ziele.toml", measure + R"(
[[messgroesse]]
code = "BG_COACHING"
name = "Bedarfsgemeinschaften im Coaching"
art = "bestand"
zaehlt = "Bedarfsgemeinschaften"
[[gruppe]]
code = "ELTERN"
name = "Eltern"
vereinbarung = "PARENTS"
[[kennzahl]]
code = "PROGRAMME_BG_PER_STAFF"
name = "Bedarfsgemeinschaften je Coach"
zaehler = { messgroesse = "BG_COACHING", bildung = "durchschnitt" }
nenner = { messgroesse = "COACHES", bildung = "durchschnitt", vormonat = true }
prozent = false
gut = "hoch"
[[kennzahl]]
code = "ABBRUECHE"
name = "Abbrüche von Eltern"
zaehler = { messgroesse = "ELB_AB", gruppe = "ELTERN", bildung = "summe" }
gut = "niedrig"
)", vocabulary);
  ASSERT_TRUE(read) << test::shown(read.error())[0];
  ASSERT_EQ(read->figures.size(), 2U);
  const auto& ratio = read->figures[0];
  EXPECT_EQ(ratio.shape, Shape::Quotient);
  EXPECT_EQ(ratio.factor, 1);
  EXPECT_FALSE(ratio.accumulates);
  EXPECT_EQ(ratio.above.collect, Collect::Mean);
  EXPECT_EQ(ratio.below.first, -12);
  EXPECT_EQ(ratio.below.last, -1);
  const auto& count = read->figures[1];
  EXPECT_EQ(count.shape, Shape::Amount);
  EXPECT_TRUE(count.accumulates);
  EXPECT_EQ(count.above.group, "ELTERN");
  EXPECT_EQ(count.good, indicators::Good::Down);
  EXPECT_EQ(read->groups[0].subgroup, "PARENTS");
  EXPECT_TRUE(read->measures[0].declared && read->groups[0].declared);
}

TEST(Declaration, EveryProblemWithItsPlace) {
  const std::string figure = "[[kennzahl]]\ncode = \"X\"\nname = \"X\"\ngut = \"hoch\"\n";
  struct Case {
    const char* name;
    std::string text;
    Lines expected;
  };
  const Case cases[] = {
      {"nothing declared", "", {}},
      {"CP1252", "# gr\xF6\xDF" "er\n" + measure, {"messgroesse COACHES bestand Stellen"}},
      {"no TOML", "[[messgroesse]\n", {"declaration_invalid | ziele.toml, Zeile 1, Spalte 15"}},
      {"single brackets", "[messgroesse]\ncode = \"A\"\n", {"declaration_invalid | ziele.toml, Zeile 1, Spalte 1"}},
      {"an unknown table", "[[masse]]\n", {"key_unknown | ziele.toml, Zeile 1, Spalte 3"}},
      {"an unknown key", measure + "farbe = \"rot\"\n", {"key_unknown | ziele.toml, Zeile 6, Spalte 1"}},
      {"nothing in it", "[[gruppe]]\n", {"value_missing | ziele.toml, Zeile 1, Spalte 1", "value_missing | ziele.toml, Zeile 1, Spalte 1"}},
      {"a number for a text", "[[gruppe]]\ncode = 5\nname = \"x\"\n", {"value_invalid | ziele.toml, Zeile 2, Spalte 8"}},
      {"another word", "[[messgroesse]]\ncode = \"A\"\nname = \"a\"\nart = \"stock\"\nzaehlt = \"x\"\n", {"value_invalid | ziele.toml, Zeile 4, Spalte 7"}},
      {"a code with blanks", "[[gruppe]]\ncode = \"meine Gruppe\"\nname = \"x\"\n", {"code_invalid | ziele.toml, Zeile 2, Spalte 8"}},
      {"a code that is built in", "[[gruppe]]\ncode = \"LZB\"\nname = \"x\"\n", {"code_taken | ziele.toml, Zeile 2, Spalte 8"}},
      {"a measure twice", measure + measure, {"code_taken | ziele.toml, Zeile 7, Spalte 8"}},
      {"a figure that is built in", "[[kennzahl]]\ncode = \"INTEGRATION_RATE\"\nname = \"x\"\ngut = \"hoch\"\nzaehler = { messgroesse = \"INT\", bildung = \"summe\" }\n",
       {"code_taken | ziele.toml, Zeile 2, Spalte 8"}},
      {"no numerator", figure, {"value_missing | ziele.toml, Zeile 1, Spalte 1"}},
      {"an unknown measure and group", figure + "zaehler = { messgroesse = \"NEIN\", gruppe = \"NIE\", bildung = \"summe\" }\n",
       {"measure_unknown | ziele.toml, Zeile 5, Spalte 27", "group_unknown | ziele.toml, Zeile 5, Spalte 44"}},
      {"a shift that is no flag", figure + "zaehler = { messgroesse = \"INT\", bildung = \"summe\", vormonat = \"ja\" }\n", {"value_invalid | ziele.toml, Zeile 5, Spalte 64"}},
  };
  for (const auto& c : cases) EXPECT_EQ(outcome(c.text), c.expected) << c.name;
}

// An empty word is no word.
TEST(Declaration, EmptyTexts) {
  EXPECT_EQ(outcome("[[gruppe]]\ncode = \"\"\nname = \"x\"\n"), Lines{"code_invalid | ziele.toml, Zeile 2, Spalte 8"});
  const auto lines = outcome("[[messgroesse]]\ncode = \"A\"\nname = \"a\"\nart = \"\"\nzaehlt = \"x\"\n");
  EXPECT_EQ(lines, Lines{"value_invalid | ziele.toml, Zeile 4, Spalte 7"});
}

// One code, two figures: which of them judges?
TEST(Declaration, AFigureTwice) {
  const std::string figure = "[[kennzahl]]\ncode = \"X\"\nname = \"X\"\ngut = \"hoch\"\nzaehler = { messgroesse = \"INT\", bildung = \"summe\" }\n";
  EXPECT_EQ(outcome(figure + figure), Lines{"code_taken | ziele.toml, Zeile 7, Spalte 8"});
}

TEST(Declaration, AFileThatIsNotThere) { EXPECT_THROW(read_declaration(test::folder() / "fehlt.toml", vocabulary), base::EnvironmentError); }

// Two entries that both forgot their code: the file is refused, the program lives.
TEST(Declaration, CodeForgottenTwice) {
  const std::string nameless = "[[messgroesse]]\nname = \"a\"\nart = \"bestand\"\nzaehlt = \"x\"\n";
  EXPECT_EQ(outcome(nameless + nameless), (Lines{"value_missing | ziele.toml, Zeile 1, Spalte 1", "value_missing | ziele.toml, Zeile 5, Spalte 1"}));
  EXPECT_EQ(outcome("[[gruppe]]\nname = \"a\"\n[[gruppe]]\nname = \"b\"\n"), (Lines{"value_missing | ziele.toml, Zeile 1, Spalte 1", "value_missing | ziele.toml, Zeile 3, Spalte 1"}));
}

}  // namespace
}  // namespace zielwerk::intake
