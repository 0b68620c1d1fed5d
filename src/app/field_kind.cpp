#include "app/field_kind.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "report/review_words.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;

// A value with its sign decides; the others follow from it or only say how the paper put it.
constexpr std::array<std::string_view, 3> targets_own = {"value", "binding", "formula"};

bool all_texts(const json::array& list) {
  return !list.empty() && std::all_of(list.begin(), list.end(), [](const auto& one) { return one.is_string(); });
}

}  // namespace

std::string code(FieldKind kind) {
  switch (kind) {
    case FieldKind::Text: return "text";
    case FieldKind::Lines: return "zeilen";
    case FieldKind::Number: return "zahl";
    case FieldKind::Whole: return "ganzzahl";
    case FieldKind::Date: return "datum";
    case FieldKind::YesNo: return "ja_nein";
    case FieldKind::Choice: return "auswahl";
    case FieldKind::Other: break;
  }
  return "";
}

FieldKind kind_of(const json::object* schema, const json::value& value) {
  if (schema && schema->contains("enum")) return FieldKind::Choice;
  const auto* pattern = schema ? schema->if_contains("pattern") : nullptr;
  if (pattern && pattern->as_string().starts_with("^\\d{4}-")) return FieldKind::Date;
  if (schema && schema_type(*schema, "number")) return FieldKind::Number;
  if (schema && schema_type(*schema, "integer")) return FieldKind::Whole;
  if (schema && schema_type(*schema, "boolean")) return FieldKind::YesNo;
  if (schema && schema_type(*schema, "string")) return FieldKind::Text;
  if (const auto* list = value.if_array()) return all_texts(*list) ? FieldKind::Lines : FieldKind::Other;
  if (value.is_object()) return FieldKind::Other;
  if (value.is_number()) return value.is_double() ? FieldKind::Number : FieldKind::Whole;
  return value.is_bool() ? FieldKind::YesNo : FieldKind::Text;
}

std::vector<std::string> choices_of(const json::object* schema) {
  std::vector<std::string> codes;
  const auto* list = schema ? schema->if_contains("enum") : nullptr;
  if (!list) return codes;
  for (const auto& one : list->as_array()) codes.emplace_back(one.as_string());
  return codes;
}

bool can_be_corrected(const std::vector<PathStep>& steps) {
  for (const auto& step : steps) {
    if (!step.entry && report::field_in_words(step.name) == step.name) return false;
  }
  const bool own = steps.front().name == "targets" && steps.size() == 3;
  return !own || std::find(targets_own.begin(), targets_own.end(), steps.back().name) == targets_own.end();
}

}  // namespace zielwerk::app
