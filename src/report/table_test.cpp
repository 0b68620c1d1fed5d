#include "report/table.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace zielwerk::report {
namespace {

const Table targets{"Zielvereinbarung Lippe 2021",
                    {{"id", "Ziel", Align::Left}, {"words", "Vereinbart", Align::Left}, {"ist", "Ist", Align::Decimal}},
                    {{{"T1", {}, Tone::Plain}, {"Integrationsquote steigt um mindestens 9,9 Prozent", {}, Tone::Plain}, {"1.132,5", "1132.5", Tone::Good}},
                     {{"T2", {}, Tone::Plain}, {"höchstens +1,1 %", {}, Tone::Plain}, {"-0,4", "-0.4", Tone::Bad}},
                     {{"T3", {}, Tone::Plain}, {"Größe", {}, Tone::Plain}, {"", {}, Tone::Plain}},
                     {{"T4", {}, Tone::Plain}, {"Anteil", {}, Tone::Plain}, {"12 %", "12", Tone::Plain}}},
                    {"Eigene Berechnung."}};

TEST(Table, DecimalCommasUnderEachOther) {
  EXPECT_EQ(as_text(targets, {0, false}),
            "Zielvereinbarung Lippe 2021\n\n"
            "Ziel  Vereinbart                                          Ist\n"
            "─────────────────────────────────────────────────────────────────\n"
            "T1    Integrationsquote steigt um mindestens 9,9 Prozent  1.132,5\n"
            "T2    höchstens +1,1 %                                       -0,4\n"
            "T3    Größe\n"
            "T4    Anteil                                                 12 %\n"
            "· Eigene Berechnung.\n");
}

TEST(Table, WrapsToTheWidth) {
  for (std::size_t width = 24; width <= 80; ++width) {
    const auto text = as_text(targets, {width, false});
    EXPECT_NE(text.find("1.132,5"), std::string::npos) << width;  // a number is never broken
    for (const auto& line : base::split(text, '\n')) EXPECT_LE(base::display_width(line), width) << line;
  }
  EXPECT_EQ(as_text({"", targets.columns, {targets.rows[0]}, {}}, {40, false}),
            "Ziel  Vereinbart                 Ist\n"
            "────────────────────────────────────────\n"
            "T1    Integrationsquote steigt   1.132,5\n"
            "      um mindestens 9,9 Prozent\n");
}

TEST(Table, TooNarrowBecomesBlocks) {
  const auto text = as_text({"", targets.columns, {targets.rows[1], targets.rows[2]}, {}}, {15, false});
  EXPECT_EQ(text, "Ziel: T2\nVereinbart:\nhöchstens +1,1 %\nIst: -0,4\n\nZiel: T3\nVereinbart: Größe\n\n");
}

TEST(Table, ColourOnlyAccompanies) {
  const auto coloured = as_text(targets, {80, true});
  std::string bare;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') {
      i = coloured.find('m', i);
    } else {
      bare += coloured[i];
    }
  }
  EXPECT_NE(coloured.find("\x1b[32m"), std::string::npos);
  for (const auto& line : base::split(as_text(targets, {80, false}), '\n')) EXPECT_NE(bare.find(base::trim(line)), std::string::npos) << line;
  EXPECT_EQ(in_colour("ok", Tone::Good, false), "ok");
  EXPECT_EQ(in_colour("ok", Tone::Plain, true), "ok");
}

TEST(Table, Csv) {
  EXPECT_EQ(as_csv(targets), "id;words;ist\nT1;Integrationsquote steigt um mindestens 9,9 Prozent;1132.5\nT2;höchstens +1,1 %;-0.4\nT3;Größe;\nT4;Anteil;12\n");
  const std::pair<const char*, const char*> cases[] = {
      {"=SUMME(A1)", "'=SUMME(A1)"}, {"+49", "'+49"},          {"-x", "'-x"},           {"@import", "'@import"}, {"\tx", "'\tx"}, {"a;b", "\"a;b\""},
      {"\"Ziel\"", "\"\"\"Ziel\"\"\""}, {"a\nb", "\"a\nb\""}, {"=a;b", "\"'=a;b\""}, {"9,9 = K2", "9,9 = K2"}, {"", ""},
  };
  for (const auto& [text, field] : cases) {
    EXPECT_EQ(as_csv({"", {{"k", "K", Align::Left}}, {{{text, {}, Tone::Plain}}}, {}}), std::string("k\n") + field + "\n");
  }
  // Numbers stay numbers.
  EXPECT_EQ(as_csv({"", {{"k", "K", Align::Decimal}}, {{{"-0,4", "-0.4", Tone::Plain}}}, {}}), "k\n-0.4\n");
}

TEST(Table, Json) {
  EXPECT_EQ(as_json({"", targets.columns, {targets.rows[1], targets.rows[2]}, {}}),
            "[\n  {\n    \"id\": \"T2\",\n    \"words\": \"höchstens +1,1 %\",\n    \"ist\": \"-0.4\"\n  },\n"
            "  {\n    \"id\": \"T3\",\n    \"words\": \"Größe\",\n    \"ist\": \"\"\n  }\n]\n");
  EXPECT_EQ(base::trim(as_json({"", targets.columns, {}, {}})), "[]");
}

}  // namespace
}  // namespace zielwerk::report
