#include "indicators/catalogue.h"

#include <gtest/gtest.h>

namespace zielwerk::indicators {
namespace {

const domain::Vocabulary vocabulary;
constexpr Month december{2020, 12};

std::string shown(const Term& term) {
  if (term.measure.empty()) return "";
  return std::string(term.collect == Collect::Sum ? "sum " : "mean ") + term.measure + (term.group.empty() ? "" : " " + term.group);
}

// The table of the exchange format for facts: from the code of an agreement to its figure.
TEST(Catalogue, FiguresOfAgreements) {
  struct Case {
    const char* code;
    const char* subgroup;
    const char* figure;  // its code; empty: measure_unknown
    const char* above;
    const char* below = "";
    domain::Sex sex = domain::Sex::T;
    bool accumulates = false;
  };
  using enum domain::Sex;
  const Case cases[] = {
      {"INTEGRATION_RATE", "", "K2", "sum INT", "mean ELB", T, true},
      {"INTEGRATION_RATE", "LZB", "K3E1", "sum INT LZB", "mean ELB LZB", T, true},
      {"INTEGRATION_RATE", "SINGLE_PARENTS", "K2E4", "sum INT AE", "mean ELB AE", T, true},
      {"INTEGRATION_RATE", "WOMEN", "K2", "sum INT", "mean ELB", F, true},
      {"INTEGRATION_RATE", "MEN", "K2", "sum INT", "mean ELB", M, true},
      {"INTEGRATION_RATE", "ASYLUM_8HKL", "K2", "sum INT ASYL8", "mean ELB ASYL8", T, true},
      {"INTEGRATION_RATE", "U25", "K2", "sum INT U25", "mean ELB U25", T, true},
      {"INTEGRATIONS_COUNT", "", "INTEGRATIONS_COUNT", "sum INT", "", T, true},
      {"INTEGRATIONS_COUNT", "LZB", "INTEGRATIONS_COUNT", "sum INT LZB", "", T, true},
      {"GENDER_GAP_INTEGRATION_RATE", "", "K2", "sum INT", "mean ELB", T, true},
      {"LZB_STOCK", "", "LZB_STOCK", "mean ELB LZB"},
      {"LZB_STOCK", "LZB", "LZB_STOCK", "mean ELB LZB"},
      {"LZB4PLUS_COUNT", "", "LZB4PLUS_COUNT", "mean ELB LZB4"},
      {"LZB_INFLOW", "", "LZB_INFLOW", "sum ELB_ZU LZB", "", T, true},
      {"LZB_EXIT_RATE", "", "K3E4", "sum ELB_AB LZB", "mean ELB LZB"},
      {"LLU_SUM", "", "LLU_SUM", "sum LLU", "", T, true},
      {"LUH_SUM", "", "LUH_SUM", "sum LUH", "", T, true},
      {"ELB_COUNT", "", "ELB_COUNT", "mean ELB"},
      {"ELB_INFLOW", "", "ELB_INFLOW", "sum ELB_ZU", "", T, true},
      {"BG_COUNT", "", "BG_COUNT", "mean BG"},
      {"CASELOAD", "", "CASELOAD", "mean BG"},
      {"NEED_COVERING_SHARE", "", "NEED_COVERING_SHARE", "sum INT_BD", "sum INT"},
      {"INTEGRATION_SUSTAINABILITY", "", "K2E3", "sum INT_KONT", "sum INT_SVB"},
      {"LZA_TRANSITIONS", "", "LZA_TRANSITIONS", "sum LZA_ZU", "", T, true},
      {"LZA_EXITS_EMPLOYMENT", "", "LZA_EXITS_EMPLOYMENT", "sum LZA_ERW", "", T, true},
      {"EGT_UTILISATION", "", "EGT_UTILISATION", "sum EGT_IST", "sum EGT_SOLL", T, true},
      // measure_unknown until the user declares it
      {"PROGRAMME_BG_PER_STAFF", "", "", ""},
      {"INTEGRATION_RATE", "PARENTS", "", ""},
      {"INTEGRATION_RATE", "LZA", "", ""},
      {"GENDER_GAP_INTEGRATION_RATE", "WOMEN", "", ""},
      {"LZB_STOCK", "SINGLE_PARENTS", "", ""},
      {"", "", "", ""},
      {"K2", "", "", ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(c.code) + " " + c.subgroup);
    const auto found = subject(c.code, c.subgroup, december, vocabulary, {});
    ASSERT_EQ(found.has_value(), *c.figure != '\0');
    if (!found) continue;
    EXPECT_EQ(found->figure.code, c.figure);
    EXPECT_EQ(shown(found->figure.above), c.above);
    EXPECT_EQ(shown(found->figure.below), c.below);
    EXPECT_EQ(found->sex, c.sex);
    EXPECT_EQ(found->figure.accumulates, c.accumulates);
  }
}

TEST(Catalogue, NameAndParagraphFollowTheGroup) {
  const auto parents = subject("INTEGRATION_RATE", "SINGLE_PARENTS", december, vocabulary, {});
  EXPECT_EQ(parents->figure.name + ", " + parents->figure.paragraph, "Integrationsquote der Alleinerziehenden, § 5 Abs. 2 Nr. 4");
  EXPECT_EQ(subject("INTEGRATIONS_COUNT", "LZB", december, vocabulary, {})->figure.name, "Zahl der Integrationen (Langzeitleistungsbeziehende)");
}

TEST(Catalogue, TheMonthChoosesTheVersion) {
  EXPECT_EQ(subject("INTEGRATION_SUSTAINABILITY", "", {2018, 12}, vocabulary, {})->figure.above.measure, "INT_NACH");
  EXPECT_EQ(subject("INTEGRATION_SUSTAINABILITY", "", {2019, 12}, vocabulary, {})->figure.above.measure, "INT_KONT");
  EXPECT_FALSE(subject("INTEGRATION_RATE", "", {2010, 7}, vocabulary, {}));
}

TEST(Catalogue, EveryCodeOfTheHelpTextIsKnown) {
  for (const auto& code : agreement_codes()) EXPECT_TRUE(subject(code, "", december, vocabulary, {})) << code;
}

TEST(Catalogue, DeclaredFiguresAndGroups) {
  auto words = vocabulary;
  words.declare(domain::Group{"ELTERN", "Eltern", "PARENTS", true});
  Figure figure;
  figure.code = "DROPOUT_RATE";
  figure.above = {Collect::Sum, "ELB_AB", "", -11, 0};
  EXPECT_EQ(subject("DROPOUT_RATE", "", december, words, {figure})->figure.above.measure, "ELB_AB");
  EXPECT_EQ(shown(subject("INTEGRATION_RATE", "PARENTS", december, words, {})->figure.above), "sum INT ELTERN");
}

}  // namespace
}  // namespace zielwerk::indicators
