#include "drafting/german.h"

#include <gtest/gtest.h>

#include "drafting/phrases.h"

namespace zielwerk::drafting {
namespace {

base::Decimal decimal(std::string_view text) { return base::parse_decimal(text).value(); }

TEST(German, WritesNumbersAsThePapersDo) {
  EXPECT_EQ(number(decimal("9.9"), 1), "9,9");
  EXPECT_EQ(number(decimal("4"), 1), "4,0");
  EXPECT_EQ(number(decimal("1132"), 0), "1.132");
  EXPECT_EQ(with_sign(decimal("-0.4"), 1), "- 0,4");
  EXPECT_EQ(with_sign(decimal("17.7"), 1), "+ 17,7");
  EXPECT_EQ(with_sign(decimal("0"), 1), "0,0");
  EXPECT_EQ(money(decimal("38219839"), true), "38.219.839 Euro");
  EXPECT_EQ(money(decimal("16600000"), true), "16,6 Mio. Euro");
  EXPECT_EQ(money(decimal("16600000"), false), "16.600.000 Euro");
  EXPECT_EQ(money(decimal("3200000000"), true), "3,2 Mrd. Euro");
  EXPECT_EQ(money(decimal("12.5"), false), "12,50 Euro");
  EXPECT_EQ(number_word(3, "einen"), "drei");
  EXPECT_EQ(number_word(1, "einen"), "einen");
  EXPECT_EQ(number_word(13, "einen"), "13");
}

TEST(German, DeclinesNames) {
  const struct {
    const char* name;
    const char* nominative;
    const char* dative;
  } cases[] = {{"Niedersächsisches Ministerium für Soziales", "das Niedersächsische Ministerium für Soziales", "dem Niedersächsischen Ministerium für Soziales"},
               {"Kreis Lippe", "der Kreis Lippe", "dem Kreis Lippe"},
               {"Märkischer Kreis", "der Märkische Kreis", "dem Märkischen Kreis"},
               {"Stadt Hamm", "die Stadt Hamm", "der Stadt Hamm"},
               {"Agentur für Arbeit Sangerhausen", "die Agentur für Arbeit Sangerhausen", "der Agentur für Arbeit Sangerhausen"},
               {"Freie und Hansestadt Hamburg", "die Freie und Hansestadt Hamburg", "der Freien und Hansestadt Hamburg"},
               {"Zweckverband", "der Zweckverband", "dem Zweckverband"},
               {"Musterbund", "der Vereinbarungspartner Musterbund", "dem Vereinbarungspartner Musterbund"}};
  for (const auto& [name, nominative, dative] : cases) {
    EXPECT_EQ(with_article(name, name).nominative, nominative);
    EXPECT_EQ(with_article(name, name).dative, dative);
  }
}

TEST(German, KnowsCodesThatEndInNumbers) {
  EXPECT_EQ(phrase("dialogue", "BUDGET_UTILISATION_2023"), "die Mittelausschöpfung 2023");
  EXPECT_EQ(phrase("dialogue", "QUALITATIVE_GOALS_4_5"), "die Umsetzung der Ziele Nr. 4 und 5");
  EXPECT_EQ(phrase("dialogue", "NOTHING_4"), std::nullopt);
  EXPECT_EQ(as_title("Konzept „MitArbeit“"), "„Konzept ‚MitArbeit‘“");
}

}  // namespace
}  // namespace zielwerk::drafting
