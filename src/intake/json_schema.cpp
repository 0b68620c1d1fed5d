#include "intake/json_schema.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <re2/re2.h>

#include "base/text.h"
#include "intake/fact_file.h"

namespace zielwerk::intake {
namespace {

namespace json = boost::json;

std::size_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

// Walks a syntactically valid document to the value a pointer names.
class Locator {
 public:
  explicit Locator(std::string_view text) : text_(text) {}
  std::size_t find(std::string_view pointer) {
    std::size_t at = blank(0);
    while (!pointer.empty()) {
      pointer.remove_prefix(1);
      const auto end = std::min(pointer.find('/'), pointer.size());
      const auto next = child(at, pointer.substr(0, end));
      if (next == std::string_view::npos) return at;
      at = next;
      pointer.remove_prefix(end);
    }
    return at;
  }

 private:
  std::size_t blank(std::size_t at) const {
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\n' || text_[at] == '\r' || text_[at] == '\t')) ++at;
    return at;
  }
  std::size_t after_string(std::size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return at + 1;
  }
  std::size_t after_value(std::size_t at) const {
    int depth = 0;
    do {
      if (at >= text_.size()) return at;
      const char c = text_[at];
      if (c == '"') {
        at = after_string(at);
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      if (depth < 0 || (depth == 0 && c == ',')) return at;
      ++at;
    } while (depth > 0 || (at < text_.size() && text_[at] != ',' && text_[at] != '}' && text_[at] != ']' && text_[at] != '\n'));
    return at;
  }
  std::size_t child(std::size_t at, std::string_view key) const {
    const bool is_object = at < text_.size() && text_[at] == '{';
    std::size_t index = 0;
    for (at = blank(at + 1); at < text_.size() && text_[at] != '}' && text_[at] != ']'; ++index) {
      bool match = std::to_string(index) == key;
      if (is_object) {
        const auto end = after_string(at);
        match = text_.substr(at + 1, end - at - 2) == key;
        at = blank(blank(end) + 1);
      }
      if (match) return at;
      at = blank(after_value(at));
      if (at < text_.size() && text_[at] == ',') at = blank(at + 1);
    }
    return std::string_view::npos;
  }
  std::string_view text_;
};

std::string_view type_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "boolean";
    case json::kind::int64:
    case json::kind::uint64: return "integer";
    case json::kind::double_: return "number";
    case json::kind::string: return "string";
    case json::kind::array: return "array";
    case json::kind::object: break;
  }
  return "object";
}

bool is_type(const json::value& value, std::string_view type) {
  const auto own = type_of(value);
  return own == type || (type == "number" && own == "integer") ||
         (type == "integer" && value.is_double() && value.get_double() == static_cast<double>(static_cast<std::int64_t>(value.get_double())));
}

std::string german_type(std::string_view type) {
  static const std::map<std::string_view, const char*> words = {{"null", "null"},          {"boolean", "true oder false"}, {"integer", "eine ganze Zahl"},
                                                                {"number", "eine Zahl"},   {"string", "ein Text"},         {"array", "eine Liste"},
                                                                {"object", "ein Objekt"}};
  const auto found = words.find(type);
  return found == words.end() ? std::string(type) : found->second;
}

std::string shown(const json::value& value) {
  if (value.is_string()) return base::quoted(std::string_view(value.get_string()));
  if (value.is_array() || value.is_object()) return german_type(type_of(value));
  return base::quoted(json::serialize(value));
}

class Checker {
 public:
  Checker(const JsonDocument& document, const json::value& schema) : document_(document), root_(schema) {}

  bool check(const json::value& value, const json::object& schema, const std::string& pointer) {
    bool valid = true;
    for (const auto& [word, argument] : schema) valid = keyword(word, argument, value, schema, pointer) && valid;
    return valid;
  }

  base::Problems problems;

 private:
  bool report(const char* code, const std::string& pointer, std::string message) {
    if (problems.size() < most_problems && !silent_) problems.push_back({code, std::move(message), document_.where(pointer)});
    return false;
  }

  bool keyword(std::string_view word, const json::value& argument, const json::value& value, const json::object& schema, const std::string& pointer) {
    if (word == "$ref") return check(value, definition(argument.get_string()), pointer);
    if (word == "type") return type(argument, value, pointer);
    if (word == "enum") return one_of(argument.get_array(), value, pointer);
    if (word == "const") return value == argument || report("value_invalid", pointer, fmt::format("{} ist nicht erlaubt; erwartet ist {}.", shown(value), shown(argument)));
    if (word == "anyOf") return any_of(argument.get_array(), value, pointer);
    if (word == "pattern") return pattern(argument.get_string(), value, pointer);
    if (word == "minimum" || word == "maximum") return limit(word == "minimum", argument, value, pointer);
    if (word == "minLength") {
      return !value.is_string() || value.get_string().size() >= static_cast<std::size_t>(argument.as_int64()) ||
             report("value_invalid", pointer, "Der Text ist leer; erwartet ist mindestens ein Zeichen.");
    }
    if (word == "minItems") {
      return !value.is_array() || value.get_array().size() >= static_cast<std::size_t>(argument.as_int64()) ||
             report("value_missing", pointer, fmt::format("Die Liste hat {} Einträge; erwartet sind mindestens {}.", value.get_array().size(), argument.as_int64()));
    }
    if (word == "items") return items(argument.get_object(), value, pointer);
    if (word == "required") return required(argument.get_array(), value, pointer);
    if (word == "properties") return properties(argument.get_object(), value, pointer);
    if (word == "additionalProperties") return argument == json::value(true) || only_known(schema, value, pointer);
    base::ensure(word.starts_with("$") || word == "title" || word == "description", "the schema uses a word that the check does not know");
    return true;
  }

  const json::object& definition(std::string_view reference) const {
    base::ensure(reference.starts_with("#/$defs/"), "the schema refers to another document");
    return root_.at("$defs").at(reference.substr(8)).as_object();
  }

  bool type(const json::value& argument, const json::value& value, const std::string& pointer) {
    std::vector<std::string> expected;
    const auto fits = [&](const json::value& name) {
      expected.push_back(german_type(name.get_string()));
      return is_type(value, name.get_string());
    };
    if (argument.is_string() ? fits(argument) : std::any_of(argument.get_array().begin(), argument.get_array().end(), fits)) return true;
    return report("type_invalid", pointer, fmt::format("{} steht an dieser Stelle; erwartet ist {}.", shown(value), base::join(expected, " oder ")));
  }

  bool one_of(const json::array& allowed, const json::value& value, const std::string& pointer) {
    if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return true;
    std::vector<std::string> names;
    for (const auto& one : allowed) names.push_back(one.is_string() ? std::string(one.get_string()) : json::serialize(one));
    return report("value_invalid", pointer, fmt::format("{} ist nicht erlaubt; erwartet ist {}.", shown(value), base::join(names, ", ")));
  }

  bool any_of(const json::array& choices, const json::value& value, const std::string& pointer) {
    // The choice of the same type says best what is wrong; the others would only add noise.
    const bool was_silent = std::exchange(silent_, true);
    const bool fits = std::any_of(choices.begin(), choices.end(), [&](const json::value& choice) { return check(value, choice.as_object(), pointer); });
    silent_ = was_silent;
    return fits || check(value, choices.front().as_object(), pointer);
  }

  bool pattern(std::string_view expression, const json::value& value, const std::string& pointer) {
    if (!value.is_string()) return true;
    auto [known, is_new] = patterns_.try_emplace(std::string(expression));
    if (is_new) known->second = std::make_unique<re2::RE2>(known->first, re2::RE2::Quiet);
    const auto& text = value.get_string();
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *known->second) ||
           report("value_invalid", pointer, fmt::format("{} hat nicht die erwartete Form {}.", shown(value), expression));
  }

  bool limit(bool minimum, const json::value& argument, const json::value& value, const std::string& pointer) {
    if (!value.is_number()) return true;
    const auto number = value.to_number<double>();
    const auto bound = argument.to_number<double>();
    return (minimum ? number >= bound : number <= bound) ||
           report("value_invalid", pointer, fmt::format("{} ist nicht erlaubt; erwartet ist {} {}.", shown(value), minimum ? "mindestens" : "höchstens", bound));
  }

  bool items(const json::object& schema, const json::value& value, const std::string& pointer) {
    if (!value.is_array()) return true;
    bool valid = true;
    std::size_t index = 0;
    for (const auto& item : value.get_array()) valid = check(item, schema, fmt::format("{}/{}", pointer, index++)) && valid;
    return valid;
  }

  bool required(const json::array& names, const json::value& value, const std::string& pointer) {
    if (!value.is_object()) return true;
    bool valid = true;
    for (const auto& name : names) {
      if (!value.get_object().contains(name.get_string())) {
        valid = report("value_missing", pointer, fmt::format("Das Feld „{}“ fehlt.", std::string_view(name.get_string())));
      }
    }
    return valid;
  }

  bool properties(const json::object& known, const json::value& value, const std::string& pointer) {
    if (!value.is_object()) return true;
    bool valid = true;
    for (const auto& [name, member] : value.get_object()) {
      const auto* schema = known.if_contains(name);
      if (schema) valid = check(member, schema->as_object(), fmt::format("{}/{}", pointer, std::string_view(name))) && valid;
    }
    return valid;
  }

  bool only_known(const json::object& schema, const json::value& value, const std::string& pointer) {
    if (!value.is_object()) return true;
    bool valid = true;
    for (const auto& [name, member] : value.get_object()) {
      if (!schema.at("properties").as_object().contains(name)) {
        valid = report("field_unknown", fmt::format("{}/{}", pointer, std::string_view(name)), fmt::format("Das Feld {} gibt es hier nicht.", base::quoted(name)));
      }
    }
    return valid;
  }

  const JsonDocument& document_;
  const json::value& root_;
  std::map<std::string, std::unique_ptr<re2::RE2>> patterns_;
  bool silent_ = false;
};

}  // namespace

std::string JsonDocument::where(std::string_view pointer) const {
  const auto line = line_at(text, Locator(text).find(pointer));
  return pointer.empty() ? fmt::format("{}, Zeile {}", name, line) : fmt::format("{}, Zeile {} ({})", name, line, pointer);
}

base::Result<JsonDocument> parse_json(std::string name, std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (!base::is_utf8(text)) return base::problem("encoding_invalid", "Die Datei ist nicht in UTF-8 geschrieben; JSON muss UTF-8 sein.", name);
  json::parse_options options;
  options.max_depth = 64;
  json::stream_parser parser({}, options);
  json::error_code error;
  const auto consumed = parser.write_some(text, error);
  if (!error) parser.finish(error);
  const bool rest_blank = error || base::trim(std::string_view(text).substr(consumed)).empty();
  if (error || !rest_blank) {
    const auto line = line_at(text, consumed);
    const auto newline = text.rfind('\n', consumed == 0 ? 0 : consumed - 1);
    const auto column = consumed - (newline == std::string::npos ? 0 : newline + 1) + 1;
    return base::problem("json_invalid", consumed >= text.size() ? "Das JSON bricht ab; die Datei ist unvollständig." : "Hier steht kein gültiges JSON.",
                         fmt::format("{}, Zeile {}, Spalte {}", name, line, column));
  }
  return JsonDocument{std::move(name), std::move(text), parser.release()};
}

base::Problems check_schema(const JsonDocument& document, const json::value& schema) {
  Checker checker(document, schema);
  checker.check(document.value, schema.as_object(), "");
  return std::move(checker.problems);
}

}  // namespace zielwerk::intake
