// The regulation, month by month: SGB2§48aFKV of 12.08.2010 (BGBl. I 1152), changed with effect of 22.03.2019 (BGBl. I 339).
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "indicators/catalogue.h"

namespace zielwerk::indicators {
namespace {

// Handbook, section 3, printed anew: code, paragraph, above (first … last month), below, shape, good.
struct Row {
  const char* code;
  const char* paragraph;
  const char* above;
  int above_first, above_last;
  const char* below;
  int below_first, below_last;
  Shape shape;
  bool shown_as_change;
  Good good;
};

constexpr auto quotient = Shape::Quotient;
constexpr auto rates = Shape::MeanOfMonthlyQuotients;
const Row law[] = {
    {"K1", "§ 4 Abs. 1", "sum LLU", 0, 0, "sum LLU", -12, -12, quotient, true, Good::Down},
    {"K1E1", "§ 4 Abs. 2 Nr. 1", "sum LUH", 0, 0, "sum LUH", -12, -12, quotient, true, Good::Down},
    {"K1E2", "§ 4 Abs. 2 Nr. 2", "mean ELB", 0, 0, "mean ELB", -12, -12, quotient, true, Good::Down},
    {"K1E3", "§ 4 Abs. 2 Nr. 3", "sum ELB_ZU", 0, 0, "mean ELB", 0, 0, rates, false, Good::Down},
    {"K1E4", "§ 4 Abs. 2 Nr. 4", "sum ELB_AB", 0, 0, "mean ELB", -1, -1, rates, false, Good::Up},
    {"K2", "§ 5 Abs. 1", "sum INT", -11, 0, "mean ELB", -12, -1, quotient, false, Good::Up},
    {"K2E1", "§ 5 Abs. 2 Nr. 1", "sum GERING", -11, 0, "mean ELB", -12, -1, quotient, false, Good::Neutral},
    {"K2E2", "§ 5 Abs. 2 Nr. 2", "sum OEFF", -11, 0, "mean ELB", -12, -1, quotient, false, Good::Neutral},
    {"K2E3", "§ 5 Abs. 2 Nr. 3", "sum INT_KONT", -11, 0, "sum INT_SVB", -11, 0, quotient, false, Good::Up},
    {"K2E4", "§ 5 Abs. 2 Nr. 4", "sum INT AE", -11, 0, "mean ELB AE", -12, -1, quotient, false, Good::Up},
    {"K3", "§ 6 Abs. 1", "mean ELB LZB", 0, 0, "mean ELB LZB", -12, -12, quotient, true, Good::Down},
    {"K3E1", "§ 6 Abs. 2 Nr. 1", "sum INT LZB", -11, 0, "mean ELB LZB", -12, -1, quotient, false, Good::Up},
    {"K3E2", "§ 6 Abs. 2 Nr. 2", "mean AKT LZB", 0, 0, "mean ELB LZB", 0, 0, quotient, false, Good::Up},
    {"K3E3", "§ 6 Abs. 2 Nr. 3", "sum ELB_ZU LZB", 0, 0, "mean ELB LZB", 0, 0, rates, false, Good::Down},
    {"K3E4", "§ 6 Abs. 2 Nr. 4", "sum ELB_AB LZB", 0, 0, "mean ELB LZB", -1, -1, rates, false, Good::Up},
};

bool in_force(const Figure& figure, Month month) { return figure.from && *figure.from <= month && (!figure.until || month <= *figure.until); }

std::string shown(const Term& term) {
  return std::string(term.collect == Collect::Sum ? "sum " : "mean ") + term.measure + (term.group.empty() ? "" : " " + term.group);
}

TEST(Law, OneRowInForceForEveryCodeAndMonth) {
  for (Month month(2010, 8); month <= Month(2030, 12); month = month + 1) {
    for (const auto& row : law) {
      const auto all = regulation();
      const auto rows = std::count_if(all.begin(), all.end(), [&](const Figure& figure) { return figure.code == row.code && in_force(figure, month); });
      ASSERT_EQ(rows, 1) << row.code << " " << month.text();
      const auto* figure = kennzahl(row.code, month);
      ASSERT_NE(figure, nullptr) << row.code << " " << month.text();
      EXPECT_TRUE(in_force(*figure, month));
    }
  }
}

TEST(Law, NothingBeforeTheRegulationAndNothingElse) {
  std::set<std::string> codes;
  for (const auto& figure : regulation()) codes.insert(figure.code);
  EXPECT_EQ(codes.size(), std::size(law));
  for (const auto& row : law) EXPECT_EQ(kennzahl(row.code, {2010, 7}), nullptr) << row.code;
  for (const char* code : {"K4", "K2E5", "k2", "K2_F", ""}) EXPECT_EQ(kennzahl(code, {2020, 1}), nullptr) << code;
}

TEST(Law, EveryRowCitesParagraphAndGazette) {
  for (const auto& figure : regulation()) {
    SCOPED_TRACE(figure.code);
    EXPECT_TRUE(figure.paragraph.starts_with("§ ")) << figure.paragraph;
    EXPECT_TRUE(figure.gazette.starts_with("BGBl. ")) << figure.gazette;
    EXPECT_FALSE(figure.words.empty());
    EXPECT_FALSE(figure.name.empty());
    EXPECT_EQ(figure.factor, 100);  // § 3: in percent
  }
}

TEST(Law, AboveAndBelowTheLine) {
  for (const auto& row : law) {
    SCOPED_TRACE(row.code);
    const auto* figure = kennzahl(row.code, {2020, 1});
    EXPECT_EQ(figure->paragraph, row.paragraph);
    EXPECT_EQ(shown(figure->above), row.above);
    EXPECT_EQ(shown(figure->below), row.below);
    EXPECT_EQ(figure->above.first, row.above_first);
    EXPECT_EQ(figure->above.last, row.above_last);
    EXPECT_EQ(figure->below.first, row.below_first);
    EXPECT_EQ(figure->below.last, row.below_last);
    EXPECT_EQ(figure->shape, row.shape);
    EXPECT_EQ(figure->shown_as_change, row.shown_as_change);
    EXPECT_EQ(figure->good, row.good);
  }
}

// In force 22.03.2019, after March's Stichtag; only K2E3 changed.
TEST(Law, WhatChangedInSpring2019) {
  for (const auto& row : law) {
    const auto* before = kennzahl(row.code, {2019, 3});
    const auto* after = kennzahl(row.code, {2019, 4});
    EXPECT_EQ(before != after, std::string_view(row.code) == "K2E3") << row.code;
  }
  const auto* old = kennzahl("K2E3", {2019, 3});
  const auto* now = kennzahl("K2E3", {2019, 4});
  EXPECT_EQ(old->above.measure + " " + old->name, "INT_NACH Nachhaltigkeit der Integrationen");
  EXPECT_EQ(now->above.measure + " " + now->name, "INT_KONT Kontinuierliche Beschäftigung nach Integration");
  EXPECT_NE(old->gazette.find("2010 I S. 1152"), std::string::npos);
  EXPECT_NE(now->gazette.find("2019 I S. 339"), std::string::npos);
}

// "im selben Monat" and "im Vormonat": the two rates are not mirror images.
TEST(Law, Asymmetries) {
  for (const char* inflow : {"K1E3", "K3E3"}) EXPECT_EQ(kennzahl(inflow, {2020, 1})->below.last, 0) << inflow;
  for (const char* outflow : {"K1E4", "K3E4"}) EXPECT_EQ(kennzahl(outflow, {2020, 1})->below.last, -1) << outflow;
  for (const char* shifted : {"K2", "K2E1", "K2E2", "K2E4", "K3E1"}) {
    const auto* figure = kennzahl(shifted, {2020, 1});
    EXPECT_EQ(figure->below.first, figure->above.first - 1) << shifted;
    EXPECT_EQ(figure->below.last, figure->above.last - 1) << shifted;
  }
}

}  // namespace
}  // namespace zielwerk::indicators
