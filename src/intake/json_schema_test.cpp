#include "intake/json_schema.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

using test::Lines;

Lines violations(const char* schema, const char* text) {
  const auto document = parse_json("a.json", text);
  if (!document) return {document.error().code + " | " + document.error().where};
  Lines list;
  for (const auto& one : check_schema(*document, boost::json::parse(schema))) list.push_back(one.code + " | " + one.where);
  return list;
}

TEST(JsonSchema, Words) {
  struct Case {
    const char* schema;
    const char* text;
    Lines expected;
  };
  const Case cases[] = {
      {R"({"type": "integer"})", "5", {}},
      {R"({"type": "integer"})", "5.0", {}},
      {R"({"type": "integer"})", "5.5", {"type_invalid | a.json, Zeile 1"}},
      {R"({"type": "integer"})", "1e300", {"type_invalid | a.json, Zeile 1"}},
      {R"({"type": "number"})", "5", {}},
      {R"({"type": ["string", "null"]})", "null", {}},
      {R"({"type": ["string", "null"]})", "true", {"type_invalid | a.json, Zeile 1"}},
      {R"({"enum": ["a", "b"]})", "\"b\"", {}},
      {R"({"enum": ["a", "b"]})", "\"c\"", {"value_invalid | a.json, Zeile 1"}},
      {R"({"const": "1.1"})", "\"1.0\"", {"value_invalid | a.json, Zeile 1"}},
      {R"({"pattern": "^t-[0-3]$"})", "\"t-3\"", {}},
      {R"({"pattern": "^t-[0-3]$"})", "\"t-4\"", {"value_invalid | a.json, Zeile 1"}},
      {R"({"pattern": "^t-[0-3]$"})", "null", {}},
      {R"({"minimum": 1, "maximum": 12})", "13", {"value_invalid | a.json, Zeile 1"}},
      {R"({"minimum": 1, "maximum": 12})", "0", {"value_invalid | a.json, Zeile 1"}},
      {R"({"minLength": 1})", "\"\"", {"value_invalid | a.json, Zeile 1"}},
      {R"({"minItems": 1})", "[]", {"value_missing | a.json, Zeile 1"}},
      {R"({"required": ["a", "b"]})", "{\n\"a\": 1}", {"value_missing | a.json, Zeile 1"}},
      {R"({"properties": {"a": {"type": "string"}}, "additionalProperties": false})", "{\n\"x\": 1,\n\"a\": 1}", {"field_unknown | a.json, Zeile 2 (/x)", "type_invalid | a.json, Zeile 3 (/a)"}},
      {R"({"items": {"type": "integer"}})", "[1,\n\"b\",\n3,\n\"d\"]", {"type_invalid | a.json, Zeile 2 (/1)", "type_invalid | a.json, Zeile 4 (/3)"}},
      {R"({"anyOf": [{"type": "object", "required": ["q"]}, {"type": "null"}]})", "null", {}},
      {R"({"anyOf": [{"type": "object", "required": ["q"]}, {"type": "null"}]})", "{}", {"value_missing | a.json, Zeile 1"}},
      {R"({"$ref": "#/$defs/n", "$defs": {"n": {"type": "null"}}})", "1", {"type_invalid | a.json, Zeile 1"}},
  };
  for (const auto& c : cases) {
    auto found = violations(c.schema, c.text);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, c.expected) << c.schema << " against " << c.text;
  }
  EXPECT_THROW(violations(R"({"oneOf": []})", "1"), base::Bug);  // a word that the check does not know
}

// The line of a value, whatever stands before it.
TEST(JsonSchema, Places) {
  const std::string text = "{\n  \"a, }]\": \"]}\\\",\",\n  \"liste\": [ [1, 2], {\"b\": \"x\"},\n    {\n      \"b\" :\n        5 } ],\n  \"ende\": null\n}";
  const auto document = parse_json("a.json", text);
  ASSERT_TRUE(document);
  const std::pair<const char*, const char*> cases[] = {
      {"", "a.json, Zeile 1"},
      {"/liste", "a.json, Zeile 3 (/liste)"},
      {"/liste/1/b", "a.json, Zeile 3 (/liste/1/b)"},
      {"/liste/2", "a.json, Zeile 4 (/liste/2)"},
      {"/liste/2/b", "a.json, Zeile 6 (/liste/2/b)"},
      {"/ende", "a.json, Zeile 7 (/ende)"},
      {"/fehlt", "a.json, Zeile 1 (/fehlt)"},
  };
  for (const auto& [pointer, where] : cases) EXPECT_EQ(document->where(pointer), where);
}

TEST(JsonSchema, BrokenText) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "json_invalid | a.json, Zeile 1, Spalte 1"},
      {"{", "json_invalid | a.json, Zeile 1, Spalte 2"},
      {"{\n\"a\": 1,\n}", "json_invalid | a.json, Zeile 3, Spalte 1"},
      {"1 2", "json_invalid | a.json, Zeile 1, Spalte 3"},
      {"\"\xFF\"", "encoding_invalid | a.json"},
      {std::string(100'000, '['), "json_invalid | a.json, Zeile 1, Spalte 65"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(violations("{}", text.c_str()), Lines{expected}) << text.substr(0, 20);
}

}  // namespace
}  // namespace zielwerk::intake
