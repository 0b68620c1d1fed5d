#include "domain/fact.h"

#include <gtest/gtest.h>

#include "domain/fact_table.h"

namespace zielwerk::domain {
namespace {

struct Value {
  const char* month;
  const char* state;
  const char* value;  // number or mark
  DeliveryId delivery = 1;
};

FactValue value(std::string_view text) {
  if (const auto mark = parse_mark(text)) return {{}, *mark};
  return {*base::parse_decimal(text)};
}

FactHistory history(const SeriesKey& key, std::initializer_list<Value> values) {
  FactHistory all;
  for (const auto& one : values) all.add(key, {{*Month::parse(one.month), {*Month::parse(one.state)}, value(one.value), one.delivery, Place::line(1)}});
  return all;
}

const SeriesKey integrations{"INT", Sex::T, ""};

// "20", or "fact_missing: INT T 2020-04 (Ladestand 2020-06)"
std::string seen(const FactHistory& facts, const char* month, const char* state, const SeriesKey& key = integrations) {
  const auto series = FactLens(facts, {*Month::parse(state)}).series(key);
  if (!series) return series.error().code + ": " + series.error().where;
  const auto fact = series->at(*Month::parse(month));
  return fact ? (*fact)->value.text() : fact.error().code + ": " + fact.error().where;
}

TEST(Lens, ReadsAsOfOneLadestand) {
  const auto facts = history(integrations, {
                                               {"2020-04", "2020-04", "20"},
                                               {"2020-04", "2020-05", "22"},
                                               {"2020-04", "2020-07", "25"},
                                               {"2020-05", "2020-05", "30"},
                                               {"2020-05", "2020-06", "*"},
                                               {"2020-05", "2020-07", "31"},
                                               {"2020-06", "2020-07", "-"},
                                               {"2020-03", "2020-07", "x"},
                                               {"2020-02", "2020-07", "."},
                                           });
  struct Case {
    const char* name;
    const char* month;
    const char* state;
    const char* expected;
  };
  const Case cases[] = {
      {"as it was loaded", "2020-04", "2020-04", "20"},
      {"newest, not later", "2020-04", "2020-05", "22"},
      {"an older one if none is newer", "2020-04", "2020-06", "22"},
      {"final", "2020-04", "2020-07", "25"},
      {"nothing later is visible", "2020-05", "2020-04", "fact_missing: INT T 2020-05 (Ladestand 2020-04)"},
      {"a mark hides the older number", "2020-05", "2020-06", "fact_missing: INT T 2020-05 (Ladestand 2020-06)"},
      {"a number after the mark", "2020-05", "2020-07", "31"},
      {"a dash is the number 0", "2020-06", "2020-07", "-"},
      {"x is missing", "2020-03", "2020-07", "fact_missing: INT T 2020-03 (Ladestand 2020-07)"},
      {". is missing", "2020-02", "2020-07", "fact_missing: INT T 2020-02 (Ladestand 2020-07)"},
      {"never delivered", "2020-01", "2020-07", "fact_missing: INT T 2020-01 (Ladestand 2020-07)"},
      {"a state that was never kept", "2020-04", "2020-08", "data_state_missing: INT T 2020-08"},
      {"nor an older one", "2020-04", "2019-04", "data_state_missing: INT T 2019-04"},
  };
  for (const auto& c : cases) EXPECT_EQ(seen(facts, c.month, c.state), c.expected) << c.name;
  EXPECT_EQ(seen(facts, "2020-04", "2020-04", {"ELB", Sex::F, "LZB"}), "data_state_missing: ELB F LZB 2020-04");
}

TEST(Lens, ACorrectionWins) {
  const std::initializer_list<Value> values = {
      {"2020-04", "2020-04", "20", 1}, {"2020-04", "2020-05", "22", 2}, {"2020-04", "2020-04", "19", 3}, {"2020-04", "2020-05", "23", 4}};
  const auto facts = history(integrations, values);
  EXPECT_EQ(seen(facts, "2020-04", "2020-04"), "19");
  EXPECT_EQ(seen(facts, "2020-04", "2020-05"), "23");
  std::string all;  // the old value stays readable
  for (const auto& record : facts.series(integrations)) all += record.value.text() + " ";
  EXPECT_EQ(all, "20 19 22 23 ");
}

TEST(Marks, Table) {
  struct Case {
    const char* text;
    Mark mark;
    bool missing;
    char sign;
  };
  const Case cases[] = {
      {"*", Mark::Withheld, true, '*'},       {"-", Mark::NothingThere, false, '-'}, {"–", Mark::NothingThere, false, '-'},
      {"—", Mark::NothingThere, false, '-'},  {"−", Mark::NothingThere, false, '-'}, {"x", Mark::NotMeaningful, true, 'x'},
      {"X", Mark::NotMeaningful, true, 'x'},  {".", Mark::Unknown, true, '.'},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    ASSERT_EQ(parse_mark(c.text), c.mark);
    EXPECT_EQ((FactValue{{}, c.mark}.missing()), c.missing);
    EXPECT_EQ(sign(c.mark), c.sign);
  }
  for (const char* text : {"", "**", "0", "n/a", "y", " *"}) EXPECT_FALSE(parse_mark(text)) << text;
}

TEST(FactValue, SameStatement) {
  struct Case {
    const char* a;
    const char* b;
    bool same;
  };
  const Case cases[] = {
      {"12", "12,0", true}, {"12", "12,1", false}, {"-", "0", true}, {"-", "-", true}, {"*", "*", true},
      {"*", "x", false},    {"*", "0", false},     {"*", "-", false}, {".", "12", false}, {"0", "-0,0", true},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(value(c.a) == value(c.b), c.same) << c.a << " and " << c.b;
    EXPECT_EQ(value(c.b) == value(c.a), c.same) << c.b << " and " << c.a;
  }
}

TEST(Place, InItsFile) {
  const std::pair<const char*, std::pair<unsigned, unsigned>> cells[] = {{"A1", {1, 0}}, {"C14", {14, 2}}, {"Z9", {9, 25}}, {"AA1", {1, 26}}, {"XFD1048576", {1048576, 16383}}};
  for (const auto& [name, cell] : cells) EXPECT_EQ(cell_name(cell.first, cell.second), name);
  Delivery delivery;
  delivery.sheets = {"Deckblatt", "Kennzahlen"};
  EXPECT_EQ(delivery.describe(Place::line(12)), "Zeile 12");
  EXPECT_EQ(delivery.describe(Place::cell(1, 14, 2)), "Blatt Kennzahlen, Zelle C14");
}

TEST(FactRow, PacksEverything) {
  const FactRow rows[] = {
      {0, {1900, 1}, {{1900, 1}}, value("0"), Place::line(1)},
      {4'000'000'000U, {2999, 12}, {{2999, 12}}, {{-999'999'999'999'999'999, 9}}, Place::cell(65535, 1048576, 16383)},
      {7, {2020, 4}, {{2020, 6}}, value("*"), Place::line((std::uint64_t{1} << 40) + 1)},
  };
  EXPECT_EQ(rows[1].column(), 4'000'000'000U);
  EXPECT_EQ(rows[1].month().text() + rows[1].state().loaded.text(), "2999-122999-12");
  EXPECT_EQ(rows[1].value().text(), "-999999999.999999999");
  EXPECT_TRUE(rows[1].place().is_cell());
  EXPECT_EQ(rows[1].place().packed, Place::cell(65535, 1048576, 16383).packed);
  EXPECT_EQ(rows[2].value().mark, Mark::Withheld);
  EXPECT_EQ(rows[2].place().packed, (std::uint64_t{1} << 40) + 1);
  EXPECT_LT(rows[0].order(), rows[2].order());
  EXPECT_LT(rows[2].order(), rows[1].order());
}

}  // namespace
}  // namespace zielwerk::domain
