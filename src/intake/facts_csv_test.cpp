#include "intake/facts_csv.h"

#include <gtest/gtest.h>

#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

using test::Lines;

const domain::Directory& directory = domain::official_directory();
const domain::Vocabulary vocabulary;
const std::string header = "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n";

base::Checked<FactFile> read(const std::string& bytes) { return read_facts_csv(test::written("zahlen.csv", bytes), {vocabulary, directory}); }

// "33148 ELB T 2021-06 @2021-09 = 20249.5 | Zeile 2", or "code | where"
Lines outcome(const std::string& bytes) {
  const auto file = read(bytes);
  if (file) return test::outcome(file);
  Lines list;
  for (const auto& one : file.error()) list.push_back(one.code + " | " + one.where);
  return list;
}

TEST(FactsCsv, Forms) {
  const Lines two = {"33148 ELB T 2021-06 @2021-09 = 20249.5 | Zeile 2", "04704 INT M LZB 2021-06 @2021-06 = * | Zeile 3"};
  const std::pair<const char*, std::string> cases[] = {
      {"as described", header + "33148;2021-06;2021-09;ELB;T;;20249,5\n04704;2021-06;2021-06;INT;M;LZB;*\n"},
      {"without a last line break", header + "33148;2021-06;2021-09;ELB;T;;20249,5\n04704;2021-06;2021-06;INT;M;LZB;*"},
      {"BOM", "\xEF\xBB\xBF" + header + "33148;2021-06;2021-09;ELB;T;;20249,5\n04704;2021-06;2021-06;INT;M;LZB;*\n"},
      {"CRLF", "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\r\n33148;2021-06;2021-09;ELB;T;;20249,5\r\n04704;2021-06;2021-06;INT;M;LZB;*\r\n"},
      {"decimal point", header + "33148;2021-06;2021-09;ELB;T;;20249.5\n04704;2021-06;2021-06;INT;M;LZB;*\n"},
      {"quotation marks", "\"traeger\";\"berichtsmonat\";\"ladestand\";\"messgroesse\";\"geschlecht\";\"gruppe\";\"wert\"\n\"33148\";\"2021-06\";\"2021-09\";\"ELB\";\"T\";\"\";\"20249,5\"\n"
                          "\"04704\";2021-06;2021-06;INT;M;\"LZB\";\"*\"\n"},
      {"commas", "traeger,berichtsmonat,ladestand,messgroesse,geschlecht,gruppe,wert\n33148,2021-06,2021-09,ELB,T,,20249.5\n04704,2021-06,2021-06,INT,M,LZB,*\n"},
      {"columns in another order", "wert;gruppe;geschlecht;messgroesse;ladestand;berichtsmonat;traeger\n20249,5;;T;ELB;2021-09;2021-06;33148\n*;LZB;M;INT;2021-06;2021-06;04704\n"},
      {"blanks around", header + " 33148 ; 2021-06;2021-09 ;ELB ; T;  ; 20249,5 \n04704;2021-06;2021-06;INT;M;LZB; * \n"},
      {"trailing zeros", header + "33148;2021-06;2021-09;ELB;T;;20249,500\n04704;2021-06;2021-06;INT;M;LZB;*\n"},
  };
  for (const auto& [name, bytes] : cases) EXPECT_EQ(outcome(bytes), two) << name;
  EXPECT_EQ(outcome(header + "\n\n33148;2021-06;2021-09;ELB;T;;1\n"), Lines{"33148 ELB T 2021-06 @2021-09 = 1 | Zeile 4"});  // lines are counted, empty ones too
}

TEST(FactsCsv, Values) {
  const std::pair<const char*, const char*> cases[] = {
      {"0", "0"},     {"-0,0", "0"},  {"-12,5", "-12.5"}, {"+3", "3"},           {"999999999999999999", "999999999999999999"},
      {"*", "*"},     {"-", "-"},     {"x", "x"},         {".", "."},            {"–", "-"},
      {"\x96", "-"} /* a dash in CP1252 */,
      {"", nullptr},  {"1.234,5", nullptr}, {"1 000", nullptr}, {"viele", nullptr}, {"1e3", nullptr},
      {"9999999999999999999", nullptr}, {"0,0000000001", nullptr}, {"n/a", nullptr}, {"**", nullptr}, {"12 %", nullptr},
      {"zw\xF6lf", nullptr},
  };
  for (const auto& [value, expected] : cases) {
    const auto lines = outcome(header + "33148;2021-06;2021-09;ELB;T;;" + value + "\n");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0], expected ? fmt::format("33148 ELB T 2021-06 @2021-09 = {} | Zeile 2", expected) : "value_invalid | zahlen.csv, Zeile 2, Spalte 7 (wert)") << value;
  }
  const auto file = read(header + "33148;2021-06;2021-09;ELB;T;;zw\xF6lf\n");
  EXPECT_TRUE(file.error()[0].message.starts_with("„zwölf“ ist kein Wert")) << file.error()[0].message;
}

TEST(FactsCsv, EveryProblemWithItsPlace) {
  const std::string good = "33148;2021-06;2021-09;ELB;T;;1\n";
  struct Case {
    const char* name;
    std::string bytes;
    Lines problems;
  };
  const Case cases[] = {
      {"empty", "", {"file_empty | zahlen.csv"}},
      {"only a header", header, {"file_without_facts | zahlen.csv"}},
      {"unknown column", "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert;notiz\n" + good, {"column_unknown | zahlen.csv, Zeile 1"}},
      {"missing columns", "traeger;berichtsmonat;ladestand;messgroesse;geschlecht\n" + good, {"column_missing | zahlen.csv, Zeile 1", "column_missing | zahlen.csv, Zeile 1"}},
      {"a column twice", "traeger;traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n" + good, {"column_twice | zahlen.csv, Zeile 1"}},
      {"no header", good, {"column_unknown | zahlen.csv, Zeile 1", "column_unknown | zahlen.csv, Zeile 1", "column_unknown | zahlen.csv, Zeile 1",
                           "column_unknown | zahlen.csv, Zeile 1", "column_unknown | zahlen.csv, Zeile 1", "column_unknown | zahlen.csv, Zeile 1",
                           "column_unknown | zahlen.csv, Zeile 1", "column_missing | zahlen.csv, Zeile 1", "column_missing | zahlen.csv, Zeile 1",
                           "column_missing | zahlen.csv, Zeile 1", "column_missing | zahlen.csv, Zeile 1", "column_missing | zahlen.csv, Zeile 1",
                           "column_missing | zahlen.csv, Zeile 1", "column_missing | zahlen.csv, Zeile 1"}},
      {"a field too few", header + "33148;2021-06;2021-09;ELB;T;1\n", {"field_count | zahlen.csv, Zeile 2"}},
      {"a field too many", header + "33148;2021-06;2021-09;ELB;T;;1;2\n", {"field_count | zahlen.csv, Zeile 2"}},
      {"decimal comma and comma as separator", "traeger,berichtsmonat,ladestand,messgroesse,geschlecht,gruppe,wert\n33148,2021-06,2021-09,ELB,T,,1,5\n", {"field_count | zahlen.csv, Zeile 2"}},
      {"a number without its zero", header + good + "4704;2021-06;2021-09;ELB;T;;1\n", {"jobcenter_unknown | zahlen.csv, Zeile 3, Spalte 1 (traeger)"}},
      {"an unknown number", header + "99999;2021-06;2021-09;ELB;T;;1\n", {"jobcenter_unknown | zahlen.csv, Zeile 2, Spalte 1 (traeger)"}},
      {"month 13", header + "33148;2021-13;2021-09;ELB;T;;1\n", {"month_invalid | zahlen.csv, Zeile 2, Spalte 2 (berichtsmonat)"}},
      {"a day as Ladestand", header + "33148;2021-06;2021-09-30;ELB;T;;1\n", {"state_invalid | zahlen.csv, Zeile 2, Spalte 3 (ladestand)"}},
      {"Ladestand too early", header + "33148;2021-06;2021-05;ELB;T;;1\n", {"state_before_month | zahlen.csv, Zeile 2, Spalte 3 (ladestand)"}},
      {"unknown measure", header + "33148;2021-06;2021-09;elb;T;;1\n", {"measure_unknown | zahlen.csv, Zeile 2, Spalte 4 (messgroesse)"}},
      {"unknown sex", header + "33148;2021-06;2021-09;ELB;W;;1\n", {"sex_invalid | zahlen.csv, Zeile 2, Spalte 5 (geschlecht)"}},
      {"unknown group", header + "33148;2021-06;2021-09;ELB;T;SINGLE_PARENTS;1\n", {"group_unknown | zahlen.csv, Zeile 2, Spalte 6 (gruppe)"}},
      {"two values for a key", header + good + "33148;2021-07;2021-09;ELB;T;;1\n33148;2021-06;2021-09;ELB;T;;2\n", {"fact_conflict_in_file | zahlen.csv, Zeile 4"}},
      {"a mark and a number", header + good + "33148;2021-06;2021-09;ELB;T;;*\n", {"fact_conflict_in_file | zahlen.csv, Zeile 3"}},
      {"a long line", header + good + std::string(70'000, 'x') + "\n33148;2021-13;2021-09;ELB;T;;1\n", {"line_too_long | zahlen.csv, Zeile 3", "month_invalid | zahlen.csv, Zeile 4, Spalte 2 (berichtsmonat)"}},
      {"everything wrong", header + "1;2;3;4;5;6;sieben\n" + good, {"jobcenter_unknown | zahlen.csv, Zeile 2, Spalte 1 (traeger)", "month_invalid | zahlen.csv, Zeile 2, Spalte 2 (berichtsmonat)",
                                                                      "state_invalid | zahlen.csv, Zeile 2, Spalte 3 (ladestand)", "measure_unknown | zahlen.csv, Zeile 2, Spalte 4 (messgroesse)",
                                                                      "sex_invalid | zahlen.csv, Zeile 2, Spalte 5 (geschlecht)", "group_unknown | zahlen.csv, Zeile 2, Spalte 6 (gruppe)",
                                                                      "value_invalid | zahlen.csv, Zeile 2, Spalte 7 (wert)"}},
      {"the column as the file has it", "wert;gruppe;geschlecht;messgroesse;ladestand;berichtsmonat;traeger\nviel;;T;ELB;2021-09;2021-06;33148\n", {"value_invalid | zahlen.csv, Zeile 2, Spalte 1 (wert)"}},
  };
  for (const auto& c : cases) EXPECT_EQ(outcome(c.bytes), c.problems) << c.name;
}

// An empty month is no month, in the first row as in any other.
TEST(FactsCsv, EmptyFieldsAreMissing) {
  EXPECT_EQ(outcome(header + ";2021-06;2021-09;ELB;T;;1\n"), Lines{"jobcenter_unknown | zahlen.csv, Zeile 2, Spalte 1 (traeger)"});
  EXPECT_EQ(outcome(header + "33148;;2021-09;ELB;T;;1\n"), Lines{"month_invalid | zahlen.csv, Zeile 2, Spalte 2 (berichtsmonat)"});
  EXPECT_EQ(outcome(header + "33148;2021-06;;ELB;T;;1\n"), Lines{"state_invalid | zahlen.csv, Zeile 2, Spalte 3 (ladestand)"});
  EXPECT_EQ(outcome(header + "33148;;;ELB;T;;1\n"), (Lines{"month_invalid | zahlen.csv, Zeile 2, Spalte 2 (berichtsmonat)", "state_invalid | zahlen.csv, Zeile 2, Spalte 3 (ladestand)"}));
}

TEST(FactsCsv, TheSameAgainIsHarmless) {
  const auto file = read(header + "33148;2021-07;2021-09;ELB;T;;2\n33148;2021-06;2021-09;ELB;T;;1\n33148;2021-06;2021-09;ELB;T;;1,0\n33148;2021-06;2021-08;ELB;T;;3\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(test::outcome(file), (Lines{"33148 ELB T 2021-06 @2021-08 = 3 | Zeile 5", "33148 ELB T 2021-06 @2021-09 = 1 | Zeile 3", "33148 ELB T 2021-07 @2021-09 = 2 | Zeile 2"}));
  EXPECT_EQ(file->delivery.facts, 3U);
  EXPECT_EQ(file->delivery.source, "zahlen.csv");
  EXPECT_EQ(file->delivery.sha256.size(), 64U);
  EXPECT_EQ(file->delivery.first_state.text() + " " + file->delivery.last_state.text(), "2021-08 2021-09");
}

// T need not be M + F: a remark, never an error.
TEST(FactsCsv, SumOfSexes) {
  const auto rows = [](const char* total) {
    return header + "33148;2021-06;2021-09;ELB;T;;" + total + "\n33148;2021-06;2021-09;ELB;M;;60\n33148;2021-06;2021-09;ELB;F;;40,5\n33148;2021-07;2021-09;ELB;T;;*\n";
  };
  EXPECT_TRUE(read(rows("100,5"))->remarks.empty());
  EXPECT_TRUE(read(rows("*"))->remarks.empty());
  const auto remarks = read(rows("101"))->remarks;
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_EQ(remarks[0].code, "sum_of_sexes");
  EXPECT_NE(remarks[0].message.find("An einer Stelle"), std::string::npos) << remarks[0].message;
}

TEST(FactsCsv, MoreProblemsThanAnybodyReads) {
  std::string bytes = header;
  for (int i = 0; i < 10'050; ++i) bytes += "33148;2021-06;2021-09;ELB;T;;viele\n";
  const auto file = read(bytes);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().size(), most_problems + 1);
  EXPECT_EQ(file.error().back().code + ": " + file.error().back().message, "more_problems: … und 50 weitere Fehler.");
}

TEST(FactsCsv, AFileThatIsNotThere) {
  EXPECT_THROW(read_facts_csv(test::folder() / "fehlt.csv", {vocabulary, directory}), base::EnvironmentError);
  EXPECT_THROW(read_facts_csv(test::folder(), {vocabulary, directory}), base::EnvironmentError);
}

TEST(FactsCsv, TheDemoFilesAreClean) {
  for (const char* number : {"04704", "22116", "31118", "32702", "33148"}) {
    const auto file = read_facts_csv(test::root / fmt::format("demo/zahlen_erfunden_{}.csv", number), {vocabulary, directory});
    ASSERT_TRUE(file) << number << file.error()[0].message;
    EXPECT_TRUE(file->remarks.empty());
  }
}

}  // namespace
}  // namespace zielwerk::intake
