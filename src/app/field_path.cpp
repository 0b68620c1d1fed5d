#include "app/field_path.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/resource.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;

std::string_view text(const json::value& entry, std::string_view name) {
  const auto* object = entry.if_object();
  const auto* value = object ? object->if_contains(name) : nullptr;
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

const json::object& schema() {
  static const json::value whole = json::parse(base::resource("docs/formats/agreement.schema.json"));
  return whole.as_object();
}

// A reference to a definition, or the choice that is not null.
const json::object* followed(const json::value* one) {
  for (const auto* object = one ? one->if_object() : nullptr; object;) {
    if (const auto* reference = object->if_contains("$ref")) {
      const std::string_view path = reference->as_string();
      object = &schema().at("$defs").at(path.substr(path.rfind('/') + 1)).as_object();
    } else if (const auto* any = object->if_contains("anyOf")) {
      object = any->as_array().front().if_object();
    } else {
      return object;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<PathStep> path_steps(std::string_view path) {
  std::vector<PathStep> steps;
  while (!path.empty()) {
    const bool entry = path.front() == '[';
    const auto end = entry ? path.find(']') : path.find_first_of(".[");
    if (entry && end == std::string_view::npos) return {};
    steps.push_back({std::string(path.substr(entry ? 1 : 0, entry ? end - 1 : end)), entry});
    if (steps.back().name.empty() || steps.size() > 8) return {};
    path = end == std::string_view::npos ? std::string_view() : path.substr(end + (entry ? 1 : 0));
    if (path.starts_with('.')) path.remove_prefix(1);
  }
  return steps;
}

std::string entry_key(const json::array& list, std::size_t index) {
  if (const auto id = text(list[index], "id"); !id.empty()) return std::string(id);
  const auto code = text(list[index], "code");
  const bool first = !code.empty() && std::none_of(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(index), [&](const auto& one) { return text(one, "code") == code; });
  return first ? std::string(code) : std::to_string(index);
}

std::size_t find_entry(const json::array& list, std::string_view key) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (entry_key(list, i) == key) return i;
  }
  return list.size();
}

json::value* find_field(json::object& agreement, const std::vector<PathStep>& steps) {
  json::value* here = nullptr;
  for (const auto& step : steps) {
    if (step.entry) {
      auto* list = here ? here->if_array() : nullptr;
      const auto index = list ? find_entry(*list, step.name) : 0;
      if (!list || index == list->size()) return nullptr;
      here = &(*list)[index];
    } else {
      auto* object = !here ? &agreement : here->if_object();
      here = object ? object->if_contains(step.name) : nullptr;
      if (!here) return nullptr;
    }
  }
  return here;
}

const json::object* field_schema(const std::vector<PathStep>& steps) {
  const auto* here = followed(schema().at("properties").as_object().if_contains("agreement"));
  for (const auto& step : steps) {
    if (!here) return nullptr;
    const auto* properties = here->if_contains("properties");
    here = followed(step.entry ? here->if_contains("items") : properties ? properties->as_object().if_contains(step.name) : nullptr);
  }
  return here;
}

bool schema_type(const json::object& one, std::string_view type) {
  const auto* named = one.if_contains("type");
  if (!named) return false;
  if (named->is_string()) return named->get_string() == type;
  return std::any_of(named->as_array().begin(), named->as_array().end(), [&](const auto& each) { return each.as_string() == type; });
}

}  // namespace zielwerk::app
