#include "app/draft_edit.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/field_kind.h"
#include "app/field_path.h"
#include "app/new_entry.h"
#include "base/exact.h"
#include "base/text.h"
#include "reader/plain.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;

// "1.900" is 1900 to one reader and 1.9 to another.
bool ambiguous(std::string_view text) {
  const auto point = text.rfind('.');
  const auto whole = text.substr(text.find_first_of("0123456789"), point - std::min(point, text.find_first_of("0123456789")));
  return point != std::string_view::npos && text.size() - point == 4 && whole != "0";
}

class Edit {
 public:
  Edit(json::object& agreement, std::string_view text) : agreement_(agreement), text_(text) {}

  void set(const FieldValue& field) {
    const auto steps = path_steps(field.path);
    auto* value = find_field(agreement_, steps);
    if (steps.empty() || !value || value->is_object() || !can_be_corrected(steps)) return refuse("field_unknown", fmt::format("Das Feld {} gibt es in diesem Entwurf nicht.", base::quoted(field.path)), field.path);
    const auto kind = kind_at(steps, *value);
    if (kind == FieldKind::Other) return refuse("field_unknown", fmt::format("Das Feld {} lässt sich nicht korrigieren.", base::quoted(field.path)), field.path);
    if (!field.value || base::trim(*field.value).empty()) return clear(*value, kind, steps, field.path);
    if (auto typed = typed_value(kind, field_schema(steps), *field.value, field.path)) *value = std::move(*typed);
    if (steps.back().name == "signed_value" && steps.size() == 3) follow(steps[1].name, *value);
  }

  void remove(const std::string& path) {
    auto steps = path_steps(path);
    const auto key = steps.size() > 1 && steps.back().entry ? steps.back().name : std::string();
    if (!key.empty()) steps.pop_back();
    auto* list = !key.empty() && (steps.size() == 1 || entry_example(steps)) ? find_field(agreement_, steps) : nullptr;
    const auto index = list && list->is_array() ? find_entry(list->get_array(), key) : 0;
    if (!list || !list->is_array() || index == list->get_array().size()) return refuse("field_unknown", fmt::format("Den Eintrag {} gibt es in diesem Entwurf nicht.", base::quoted(path)), path);
    list->get_array().erase(list->get_array().begin() + static_cast<std::ptrdiff_t>(index));
  }

  void add(const NewEntry& wanted) {
    const auto steps = path_steps(wanted.list);
    auto* list = entry_example(steps) ? list_at(steps) : nullptr;
    if (!list) return refuse("list_unknown", fmt::format("{} ist keine Liste dieses Entwurfs, die sich ergänzen lässt.", base::quoted(wanted.list)), wanted.list);
    auto entry = empty_entry(steps);
    const auto id = next_id(*list, std::string_view(entry.at("id").as_string()));
    entry["id"] = id;
    if (entry.contains("evidence")) {
      const auto evidence = words(wanted.first_line, wanted.last_line);
      if (!evidence) return;
      entry["evidence"] = json::array{*evidence};
    }
    list->push_back(std::move(entry));
    for (const auto& one : wanted.fields) {
      if (one.value && !base::trim(*one.value).empty()) set({fmt::format("{}[{}].{}", wanted.list, id, one.path), one.value});
    }
  }

  void add(const NewTarget& wanted) {
    const auto evidence = words(wanted.first_line, wanted.last_line);
    const std::vector<PathStep> target = {{"targets", false}, {"T", true}};
    const auto typed = [&](const char* member, const std::string& value) {
      auto steps = target;
      steps.push_back({member, false});
      const auto* schema = field_schema(steps);
      auto found = typed_value(kind_of(schema, nullptr), schema, value, member);
      return found ? std::move(*found) : json::value(nullptr);
    };
    if (wanted.comparator != ">=" && wanted.comparator != "<=") refuse("value_invalid", fmt::format("{} ist hier nicht möglich; erwartet ist mindestens (>=) oder höchstens (<=).", base::quoted(wanted.comparator)), "comparator");
    const auto value = typed("signed_value", wanted.value);
    const bool level = !wanted.measure.ends_with("_CHANGE");
    const auto year = agreement_.at("year").at("value").to_number<std::int64_t>();
    auto reference = reference_of(wanted, level, year);
    if (!evidence || !value.is_number() || !reference) return;
    const bool falls = json::serialize(value).starts_with('-');
    const bool at_least = wanted.comparator == ">=";
    const char* direction = level ? (at_least ? "LEVEL_MIN" : "LEVEL_MAX") : falls ? (at_least ? "LIMIT_DECREASE" : "DECREASE") : (at_least ? "INCREASE" : "LIMIT_INCREASE");
    json::object one;
    one["id"] = next_id(agreement_.at("targets").as_array(), "T1");
    one["goal"] = nullptr;
    one["scope"] = "LOCAL";
    one["binding"] = "TARGET";
    one["indicator"] = {{"code", wanted.indicator}, {"kennzahl", wanted.kennzahl.empty() ? json::value(nullptr) : json::value(wanted.kennzahl)}, {"subgroup", nullptr}};
    one["measure"] = typed("measure", wanted.measure);
    one["direction"] = direction;
    one["comparator_literal"] = wanted.comparator;
    one["comparator_effective"] = wanted.comparator;
    one["comparator_explicit"] = true;
    one["value"] = without_sign(value);
    for (const char* none : {"value_low", "value_high"}) one[none] = nullptr;
    one["signed_value"] = value;
    one["unit"] = typed("unit", wanted.unit);
    one["value_raw"] = nullptr;
    one["period"] = {{"type", "CALENDAR_YEAR"}, {"year", year}};
    one["aggregation"] = typed("aggregation", wanted.aggregation);
    one["reference"] = std::move(*reference);
    for (const char* none : {"tolerance", "wartezeit", "per"}) one[none] = nullptr;
    one["equivalents"] = json::array();
    for (const char* none : {"condition", "weight"}) one[none] = nullptr;
    one["bands"] = json::array();
    for (const char* none : {"deadline", "responsible_party", "place", "formula"}) one[none] = nullptr;
    one["ambiguities"] = json::array();
    one["note"] = nullptr;
    one["evidence"] = json::array{*evidence};
    agreement_.at("targets").as_array().push_back(std::move(one));
  }

  base::Problems problems;

 private:
  void refuse(std::string code, std::string message, const std::string& where) { problems.push_back({std::move(code), std::move(message), where}); }

  void clear(json::value& value, FieldKind kind, const std::vector<PathStep>& steps, const std::string& path) {
    const auto* schema = field_schema(steps);
    if (kind == FieldKind::Lines) value = json::array();
    else if (!schema || schema_type(*schema, "null") || !schema->contains("type")) value = nullptr;
    else refuse("value_invalid", "Das Feld darf nicht leer sein.", path);
  }

  std::optional<json::value> decimal(const std::string& text, bool whole, const std::string& path) {
    const auto number = base::parse_decimal(text);
    if (!number || (whole && number->normalised().places != 0)) {
      refuse("value_invalid", fmt::format("{} ist keine {}; erwartet sind Ziffern{}, ohne Tausenderpunkt.", base::quoted(text), whole ? "ganze Zahl" : "Zahl", whole ? "" : " mit Komma"), path);
      return std::nullopt;
    }
    if (ambiguous(text)) {
      refuse("value_invalid", fmt::format("{} ist mehrdeutig: Tausenderpunkt oder Komma? Bitte ohne Tausenderpunkt und mit Komma schreiben.", base::quoted(text)), path);
      return std::nullopt;
    }
    return json::parse(number->normalised().plain());
  }

  std::optional<json::value> typed_value(FieldKind kind, const json::object* schema, const std::string& given, const std::string& path) {
    const std::string value(base::trim(given));
    constexpr std::size_t longest = 4000;
    if (value.size() > longest) {
      refuse("value_invalid", fmt::format("Der Text ist zu lang; höchstens {} Zeichen.", longest), path);
      return std::nullopt;
    }
    if (kind == FieldKind::Number || kind == FieldKind::Whole) return decimal(value, kind == FieldKind::Whole, path);
    if (kind == FieldKind::Lines) {
      json::array lines;
      for (const auto& line : base::split(value, '\n')) {
        if (!base::trim(line).empty()) lines.emplace_back(base::trim(line));
      }
      return lines;
    }
    std::vector<std::string> possible = kind == FieldKind::YesNo ? std::vector<std::string>{"true", "false"} : choices_of(schema);
    if (!possible.empty() && std::find(possible.begin(), possible.end(), value) == possible.end()) {
      refuse("value_invalid", fmt::format("{} ist hier nicht möglich; erwartet ist {}.", base::quoted(value), base::join(possible, ", ")), path);
      return std::nullopt;
    }
    if (kind == FieldKind::YesNo) return json::value(value == "true");
    return json::value(value);
  }

  // "-2.0" and "2.0" are one number in the paper; what was written about the old one no longer holds.
  void follow(const std::string& target, const json::value& signed_value) {
    if (!signed_value.is_number()) return;
    if (auto* value = find_field(agreement_, path_steps(fmt::format("targets[{}].value", target)))) *value = without_sign(signed_value);
    if (auto* formula = find_field(agreement_, path_steps(fmt::format("targets[{}].formula", target)))) *formula = nullptr;
  }

  static json::value without_sign(const json::value& number) {
    if (number.is_int64()) return number.get_int64() < 0 ? -number.get_int64() : number.get_int64();
    const auto text = fmt::format("{}", number.as_double());
    return json::parse(text.starts_with('-') ? text.substr(1) : text);
  }

  // A list that an entry does not have yet begins here.
  json::array* list_at(std::vector<PathStep> steps) {
    const auto name = steps.back().name;
    steps.pop_back();
    auto* owner = steps.empty() ? nullptr : find_field(agreement_, steps);
    auto* object = steps.empty() ? &agreement_ : owner ? owner->if_object() : nullptr;
    if (!object) return nullptr;
    auto& list = (*object)[name];
    if (list.is_null()) list = json::array();
    return list.if_array();
  }

  // What a target is compared with; nullopt: said as a problem.
  std::optional<json::value> reference_of(const NewTarget& wanted, bool level, std::int64_t year) {
    if (wanted.reference.empty() && level) return json::value(nullptr);
    const std::vector<PathStep> steps = {{"targets", false}, {"T", true}, {"reference", false}};
    const auto typed = [&](const char* member, const std::string& value) {
      auto path = steps;
      path.push_back({member, false});
      const auto* schema = field_schema(path);
      return typed_value(kind_of(schema, nullptr), schema, value, fmt::format("reference.{}", member));
    };
    const auto type = typed("type", wanted.reference.empty() ? "PREVIOUS_YEAR" : wanted.reference);
    if (!type) return std::nullopt;
    json::object one{{"type", *type}, {"year", year - 1}};
    for (const auto& [member, value] : {std::pair("year", &wanted.reference_year), std::pair("month", &wanted.reference_month), std::pair("value", &wanted.reference_value)}) {
      if (base::trim(*value).empty()) continue;
      auto found = typed(member, *value);
      if (!found) return std::nullopt;
      one[member] = std::move(*found);
    }
    if (*type == "BASE_MONTH" && !one.contains("month")) return refuse("value_invalid", "Ein fester Monat braucht seine Nummer; erwartet ist 1 bis 12.", "reference.month"), std::nullopt;
    if (*type == "BASELINE" && !one.contains("value")) return refuse("value_invalid", "Ein fester Ausgangswert braucht seine Zahl.", "reference.value"), std::nullopt;
    one["raw"] = nullptr;
    return one;
  }

  std::optional<json::value> words(int first, int last) {
    const reader::Positions positions(text_);
    std::size_t begin = 0;
    for (int line = 1; line < first && begin != std::string_view::npos; ++line) begin = text_.find('\n', begin) == std::string_view::npos ? std::string_view::npos : text_.find('\n', begin) + 1;
    std::size_t end = begin;
    for (int line = first; line <= last && end != std::string_view::npos && end < text_.size(); ++line) {
      end = std::min(text_.find('\n', line == first ? end : end + 1), text_.size());
    }
    const auto quote = first < 1 || last < first || begin == std::string_view::npos || begin >= text_.size() ? std::string_view() : base::trim(text_.substr(begin, end - begin));
    if (quote.empty()) {
      refuse("line_unknown", fmt::format("Die Zeilen {} bis {} haben im Papier keinen Text; ein Eintrag braucht seine Worte.", first, last), "zeile_von");
      return std::nullopt;
    }
    begin = static_cast<std::size_t>(quote.data() - text_.data());
    end = begin + quote.size();
    return json::value{{"quote", quote},    {"start", positions.code_points(begin)}, {"end", positions.code_points(end)},
                       {"byte_start", begin}, {"byte_end", end},                     {"line", positions.line(begin)}};
  }

  json::object& agreement_;
  std::string_view text_;
};

}  // namespace

base::Problems apply(const DraftEdit& edit, json::object& agreement, std::string_view text) {
  Edit work(agreement, text);
  for (const auto& one : edit.fields) work.set(one);
  for (const auto& one : edit.remove) work.remove(one);
  for (const auto& one : edit.targets) work.add(one);
  for (const auto& one : edit.entries) work.add(one);
  return std::move(work.problems);
}

}  // namespace zielwerk::app
