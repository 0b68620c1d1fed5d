#include "report/json_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace zielwerk::report {
namespace {

namespace json = boost::json;

void write(std::string& text, const json::value& value, std::size_t level) {
  const std::string indent(2 * (level + 1), ' ');
  const std::string end(2 * level, ' ');
  const auto members = [&](char open, char close, const auto& container, auto write_one) {
    if (container.empty()) {
      text += {open, close};
      return;
    }
    text += open;
    bool first = true;
    for (const auto& one : container) {
      text += std::exchange(first, false) ? "\n" : ",\n";
      text += indent;
      write_one(one);
    }
    text += "\n" + end + close;
  };
  if (const auto* object = value.if_object()) {
    members('{', '}', *object, [&](const json::key_value_pair& member) {
      text += json::serialize(json::value(member.key())) + ": ";
      write(text, member.value(), level + 1);
    });
  } else if (const auto* array = value.if_array()) {
    members('[', ']', *array, [&](const json::value& one) { write(text, one, level + 1); });
  } else if (value.is_double()) {
    text += fmt::format("{}", value.get_double());  // 9.9, where json::serialize says 9.9E0
  } else {
    text += json::serialize(value);
  }
}

}  // namespace

std::string json_text(const json::value& value) {
  std::string text;
  write(text, value, 0);
  return text + "\n";
}

}  // namespace zielwerk::report
