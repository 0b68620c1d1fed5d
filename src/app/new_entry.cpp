#include "app/new_entry.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/exact.h"
#include "base/resource.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;

const json::object& examples() {
  static const json::value all = json::parse(base::resource("rules/new_entries.json"));
  return all.as_object();
}

// "programmes[PR1].places" -> "programmes.places"
std::string kind_of_list(const std::vector<PathStep>& list) {
  std::string name;
  for (const auto& step : list) {
    if (!step.entry) name += (name.empty() ? "" : ".") + step.name;
  }
  return name;
}

void clear(json::value& value, std::vector<PathStep> steps) {
  if (auto* object = value.if_object()) {
    for (auto& [name, member] : *object) {
      steps.push_back({std::string(name), false});
      clear(member, steps);
      steps.pop_back();
    }
    return;
  }
  const auto kind = can_be_corrected(steps) ? kind_of(field_schema(steps), value) : FieldKind::Other;
  const bool stays = kind == FieldKind::Other || kind == FieldKind::Choice || kind == FieldKind::YesNo || (value.is_string() && is_code(std::string_view(value.get_string())));
  if (kind == FieldKind::Lines) value = json::array();
  else if (!stays) value = nullptr;
}

void name_list(json::array& list) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < list.size(); ++i) keys.push_back(entry_key(list, i));
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (auto* object = list[i].if_object(); object && !object->contains("id")) (*object)["id"] = keys[i];
  }
}

}  // namespace

bool is_code(std::string_view text) {
  return text.size() > 2 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

const json::object* entry_example(const std::vector<PathStep>& list) {
  const bool alternate = !list.empty() && list.size() % 2 == 1 && std::none_of(list.begin(), list.end(), [&](const auto& step) { return step.entry != ((&step - list.data()) % 2 == 1); });
  const auto* found = alternate ? examples().if_contains(kind_of_list(list)) : nullptr;
  return found ? &found->as_object() : nullptr;
}

FieldKind kind_at(const std::vector<PathStep>& field, const json::value& value) {
  const bool nothing = value.is_null() || (value.is_array() && value.get_array().empty());
  const auto last = std::find_if(field.rbegin(), field.rend(), [](const auto& step) { return step.entry; }).base();
  if (nothing && last != field.begin()) {
    const auto* example = entry_example({field.begin(), last - 1});
    json::value copy = example ? json::value(*example) : json::value();
    const auto* there = example ? find_field(copy.as_object(), {last, field.end()}) : nullptr;
    if (there) return kind_of(field_schema(field), *there);
  }
  return kind_of(field_schema(field), value);
}

std::vector<std::string> lists_within(std::string_view list) {
  std::vector<std::string> names;
  for (const auto& [name, example] : examples()) {
    const std::string_view path = name;
    if (path.starts_with(list) && path.size() > list.size() && path[list.size()] == '.') names.emplace_back(path.substr(list.size() + 1));
  }
  return names;
}

json::object empty_entry(const std::vector<PathStep>& list) {
  json::value entry = *entry_example(list);
  auto steps = list;
  steps.push_back({"+", true});
  clear(entry, steps);
  return std::move(entry.as_object());
}

std::string next_id(const json::array& list, std::string_view like) {
  const auto prefix = like.substr(0, like.find_first_of("0123456789"));
  std::int64_t last = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto key = entry_key(list, i);
    const auto number = key.starts_with(prefix) ? base::parse_decimal(std::string_view(key).substr(prefix.size())) : std::nullopt;
    if (number && number->places == 0) last = std::max(last, number->digits);
  }
  return fmt::format("{}{}", prefix, last + 1);
}

void name_entries(json::object& agreement) {
  for (const auto& [path, example] : examples()) {
    const auto point = path.find('.');
    auto* list = agreement.if_contains(path.substr(0, point));
    if (!list || !list->is_array()) continue;
    if (point == json::string_view::npos) {
      name_list(list->get_array());
      continue;
    }
    for (auto& entry : list->get_array()) {
      auto* within = entry.is_object() ? entry.get_object().if_contains(path.substr(point + 1)) : nullptr;
      if (within && within->is_array()) name_list(within->get_array());
    }
  }
}

}  // namespace zielwerk::app
