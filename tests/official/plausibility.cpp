// Checks before signing (handbook, section 6): the printed numbers of the five agreements.
#include "evaluation/plausibility.h"

#include <gtest/gtest.h>

#include "intake/agreement_json.h"

namespace zielwerk::evaluation {
namespace {

const domain::Vocabulary vocabulary;
const indicators::Declared declared;

std::vector<Finding> findings(const char* file) {
  const auto read = intake::read_agreement(std::string(ZIELWERK_ROOT) + "/agreements/" + file);
  return read ? check(read->agreement, {vocabulary, declared}) : std::vector<Finding>{{Severity::Contradiction, "unreadable", file, read.error()[0].message}};
}

std::string message(const std::vector<Finding>& all, std::string_view code, std::string_view where = "") {
  for (const auto& one : all) {
    if (one.code == code && one.where.starts_with(where)) return in_words(one.severity) + ": " + one.message;
  }
  return "";
}

TEST(Plausibility, ThePrintedNumbers) {
  struct Case {
    const char* file;
    const char* code;
    const char* where;
    const char* says;
  };
  const Case cases[] = {
      {"lippe_2021.json", "IMPLIED_ELB_GROWTH", "T2, T1", "Bestand an ELB sich um +3,5 % ändert"},
      {"borken_2018.json", "IMPLIED_ELB_GROWTH", "T1, T2", "Bestand an ELB sich um +2,1 % ändert"},
      {"dueren_2023.json", "IMPLIED_ELB_GROWTH", "T1, T2", "Bestand an ELB sich um +1,8 % ändert"},
      {"dueren_2023.json", "PERCENT_AND_PERSONS", "T1", "im Vorjahr 2.565 bis 2.702 waren"},
      {"heidekreis_2020.json", "BUDGET_PARTS", "", "Hinweis: Die Teile ergeben 16.588.719 €; das stimmt überein"},
      {"lippe_2021.json", "SHORT_FORM_LOOKS_LIKE_LEVEL", "T1", "Warnung: „K2 = 9,9 Prozent“ sieht wie ein Niveau der Kennzahl aus"},
      {"lippe_2021.json", "SHORT_FORM_LOOKS_LIKE_LEVEL", "T4", "als Obergrenze"},
      {"lippe_2021.json", "NO_STATE_RULE", "", "Angenommen wird t-3; t-0 steht daneben."},
      {"mansfeld_suedharz_2020.json", "MEASURE_UNKNOWN", "T5", "PROGRAMME_BG_PER_STAFF"},
      {"heidekreis_2020.json", "DATE_UNCLEAR", "", "unvollständig und bleibt es"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.file);
    const auto all = findings(c.file);
    EXPECT_NE(message(all, c.code, c.where).find(c.says), std::string::npos) << c.code << ": " << message(all, c.code, c.where);
    for (const auto& one : all) EXPECT_NE(one.severity, Severity::Contradiction) << one.code << " " << one.message;  // none of the five contradicts itself
  }
  EXPECT_EQ(message(findings("dueren_2023.json"), "NO_STATE_RULE"), "");      // 002 names t-0
  EXPECT_EQ(message(findings("heidekreis_2020.json"), "NO_STATE_RULE"), "");  // 003: every target has its own
}

TEST(Plausibility, TheWorstFirst) {
  const auto all = findings("mansfeld_suedharz_2020.json");
  ASSERT_FALSE(all.empty());
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(all[i - 1].severity, all[i].severity);
}

}  // namespace
}  // namespace zielwerk::evaluation
