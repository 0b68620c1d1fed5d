#include "intake/agreement_json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

namespace json = boost::json;
using domain::Aggregation;
using domain::Bound;
using domain::Scale;
using test::Lines;

std::string agreement_text(const char* name) { return test::bytes_of(test::root / "agreements" / name); }

Lines problems_of(const std::string& text) {
  const auto read = parse_agreement("a.json", text);
  Lines list;
  if (!read) {
    for (const auto& one : read.error()) list.push_back(one.code + " | " + one.where);
  }
  return list;
}

TEST(Agreement, TheFiveParse) {
  struct Case {
    const char* file;
    const char* kind;
    int year;
    std::optional<int> waiting;
    std::size_t targets, monitoring, forecasts, qualitative, programmes;
  };
  const Case cases[] = {
      {"lippe_2021.json", "LAND_ZKT", 2021, {}, 5, 7, 0, 1, 0},       {"borken_2018.json", "LAND_ZKT", 2018, {}, 5, 10, 0, 0, 0},
      {"dueren_2023.json", "LAND_ZKT", 2023, 0, 5, 5, 0, 1, 0},       {"heidekreis_2020.json", "LAND_ZKT", 2020, 0, 2, 3, 0, 2, 0},
      {"mansfeld_suedharz_2020.json", "GE", 2020, {}, 5, 1, 1, 0, 5},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.file);
    const auto read = read_agreement(test::root / "agreements" / c.file);
    ASSERT_TRUE(read) << test::shown(read.error())[0];
    const auto& a = read->agreement;
    EXPECT_EQ(a.kind, c.kind);
    EXPECT_EQ(a.year, c.year);
    EXPECT_EQ(a.waiting, c.waiting);
    EXPECT_EQ(a.targets.size(), c.targets);
    EXPECT_EQ(a.monitoring.size(), c.monitoring);
    EXPECT_EQ(a.forecasts.size(), c.forecasts);
    EXPECT_EQ(a.qualitative.size(), c.qualitative);
    EXPECT_EQ(a.programmes.size(), c.programmes);
    EXPECT_EQ(read->source, c.file);
    EXPECT_EQ(read->sha256.size(), 64U);
    EXPECT_EQ(read->document, agreement_text(c.file));
    for (const auto& target : a.targets) EXPECT_FALSE(target.evidence.empty()) << target.id;
  }
}

TEST(Agreement, Targets) {
  struct Case {
    const char* file;
    std::size_t index;
    const char* indicator;
    Scale scale;
    Bound bound;
    const char* value;
    int places;
    Aggregation aggregation;
    std::optional<int> waiting;
    bool equality = false;
  };
  using enum Scale;
  const Case cases[] = {
      {"lippe_2021.json", 0, "INTEGRATION_RATE", RelativeChange, Bound::AtLeast, "9.9", 1, Aggregation::YearToDate, {}},
      {"lippe_2021.json", 2, "GENDER_GAP_INTEGRATION_RATE", ChangeInPoints, Bound::AtMost, "0", 1, Aggregation::YearToDate, {}},
      {"lippe_2021.json", 3, "LZB_STOCK", RelativeChange, Bound::AtMost, "1.1", 1, Aggregation::AnnualAverage, {}},
      {"lippe_2021.json", 4, "INTEGRATIONS_COUNT LZB", RelativeChange, Bound::AtLeast, "17.7", 1, Aggregation::AnnualSum, {}},
      {"borken_2018.json", 2, "LZB_STOCK", RelativeChange, Bound::AtMost, "0", 1, Aggregation::AnnualAverage, {}, true},
      {"borken_2018.json", 4, "LZB_STOCK", RelativeChange, Bound::AtMost, "0", 1, Aggregation::YearEndStock, 0, true},
      {"dueren_2023.json", 2, "GENDER_GAP_INTEGRATION_RATE", ChangeInPoints, Bound::AtMost, "-0.1", 1, Aggregation::YearToDate, {}},
      {"dueren_2023.json", 3, "LZB_STOCK", RelativeChange, Bound::AtMost, "-0.4", 1, Aggregation::AnnualAverage, {}},
      {"heidekreis_2020.json", 1, "LZB_STOCK", RelativeChange, Bound::AtMost, "-1.5", 1, Aggregation::AnnualAverage, 0},
      {"mansfeld_suedharz_2020.json", 0, "INTEGRATION_RATE", Level, Bound::AtLeast, "18.9", 1, Aggregation::YearToDate, {}},
      {"mansfeld_suedharz_2020.json", 1, "LZB_STOCK", Level, Bound::AtMost, "7331", 0, Aggregation::AnnualAverage, {}},
      {"mansfeld_suedharz_2020.json", 2, "LZA_TRANSITIONS", Level, Bound::AtMost, "1132", 0, Aggregation::AnnualSum, {}},
      {"mansfeld_suedharz_2020.json", 3, "LZA_EXITS_EMPLOYMENT", Level, Bound::AtLeast, "261", 0, Aggregation::AnnualSum, {}},
  };
  for (const auto& c : cases) {
    const auto read = read_agreement(test::root / "agreements" / c.file);
    ASSERT_TRUE(read);
    const auto& target = read->agreement.targets.at(c.index);
    SCOPED_TRACE(std::string(c.file) + " " + target.id);
    EXPECT_EQ(target.indicator.text(), c.indicator);
    EXPECT_EQ(target.scale, c.scale);
    EXPECT_EQ(target.bound, c.bound);
    EXPECT_EQ(target.value.normalised().plain(), c.value);
    EXPECT_EQ(target.places(), c.places);
    EXPECT_EQ(target.aggregation, c.aggregation);
    EXPECT_EQ(target.waiting, c.waiting);
    EXPECT_EQ(target.reads_equality, c.equality);
  }
}

json::value& at(json::object& root, std::string_view pointer) { return root.at("agreement").at_pointer(pointer); }

// One change to a good document, and what is said about it.
TEST(Agreement, EveryProblemWithItsPlace) {
  struct Case {
    const char* name;
    void (*damage)(json::object& root);
    Lines problems;  // codes and pointers
  };
  const Case cases[] = {
      {"nothing", [](json::object&) {}, {}},
      {"a text for a number", [](json::object& root) { at(root, "/targets/0/signed_value") = "9,9"; }, {"type_invalid (/agreement/targets/0/signed_value)"}},
      {"an unknown unit", [](json::object& root) { at(root, "/targets/0/unit") = "PERZENT"; }, {"value_invalid (/agreement/targets/0/unit)"}},
      {"an unknown bound", [](json::object& root) { at(root, "/targets/1/comparator_effective") = "=>"; }, {"value_invalid (/agreement/targets/1/comparator_effective)"}},
      {"no unit", [](json::object& root) { at(root, "/targets/0").as_object().erase("unit"); }, {"value_missing (/agreement/targets/0)"}},
      {"no targets", [](json::object& root) { root.at("agreement").as_object().erase("targets"); }, {"value_missing (/agreement)"}},
      {"a field of tomorrow", [](json::object& root) { root["morgen"] = 1; }, {"field_unknown (/morgen)"}},
      {"a Wartezeit that does not exist", [](json::object& root) { at(root, "/targets/0/wartezeit") = "t-7"; }, {"value_invalid (/agreement/targets/0/wartezeit)"}},
      {"an id twice", [](json::object& root) { at(root, "/targets/1/id") = "T1"; }, {"id_twice (/agreement/targets/1/id)"}},
      {"a year of another age", [](json::object& root) { at(root, "/year/value") = 21; }, {"value_invalid (/agreement/year/value)"}},
      {"too many digits", [](json::object& root) { at(root, "/targets/0/signed_value") = 1234567890123456.5; }, {"number_too_long (/agreement/targets/0/signed_value)"}},
      {"digits for nobody", [](json::object& root) { at(root, "/targets/0/signed_value") = 1e300; }, {"number_too_long (/agreement/targets/0/signed_value)"}},
      {"all at once", [](json::object& root) { at(root, "/targets/0/unit") = 3; at(root, "/targets/4/signed_value") = nullptr; root["morgen"] = 1; },
       {"field_unknown (/morgen)", "type_invalid (/agreement/targets/0/unit)", "type_invalid (/agreement/targets/4/signed_value)", "value_invalid (/agreement/targets/0/unit)"}},
  };
  const auto good = json::parse(agreement_text("lippe_2021.json"));
  for (const auto& c : cases) {
    auto changed = good;
    c.damage(changed.as_object());
    const auto read = parse_agreement("a.json", json::serialize(changed));
    Lines found;
    if (!read) {
      for (const auto& one : read.error()) found.push_back(one.code + one.where.substr(one.where.rfind(" (")));
    }
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, c.problems) << c.name;
  }
}

TEST(Agreement, AMilestoneNeedsItsTarget) {
  auto document = json::parse(agreement_text("lippe_2021.json"));
  document.at("agreement").at("milestones") = json::parse(R"([{"id": "ME1", "target": "T9", "date": "2021-06-30", "comparator": ">=", "value": 5, "unit": "COUNT", "evidence": []}])");
  const auto lines = problems_of(json::serialize(document));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_TRUE(lines[0].starts_with("reference_unknown | ")) << lines[0];
  EXPECT_NE(lines[0].find("/agreement/milestones/0/target"), std::string::npos);
}

TEST(Agreement, BrokenFiles) {
  const auto good = agreement_text("lippe_2021.json");
  EXPECT_EQ(problems_of("{\n  \"schema_version\": 1.1,\n"), Lines{"json_invalid | a.json, Zeile 3, Spalte 1"});
  EXPECT_EQ(problems_of("{\n \"a\" 1}"), Lines{"json_invalid | a.json, Zeile 2, Spalte 6"});
  EXPECT_EQ(problems_of("{\"a\": \"D\xFCren\"}"), Lines{"encoding_invalid | a.json"});
  EXPECT_EQ(problems_of(good + "}").size(), 1U);
  EXPECT_EQ(problems_of(std::string(100, '[')).size(), 1U);
  EXPECT_FALSE(problems_of("[]").empty());
  EXPECT_FALSE(problems_of("null").empty());
  EXPECT_TRUE(problems_of("\xEF\xBB\xBF" + good).empty());
  EXPECT_THROW(read_agreement(test::folder() / "fehlt.json"), base::EnvironmentError);
  EXPECT_EQ(read_agreement(test::written("leer.json", "")).error()[0].code, "file_empty");
}

}  // namespace
}  // namespace zielwerk::intake
