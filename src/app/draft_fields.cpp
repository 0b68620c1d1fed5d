#include "app/draft_edit.h"

#include <algorithm>
#include <array>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/corrections.h"
#include "app/field_kind.h"
#include "app/new_entry.h"
#include "base/exact.h"
#include "base/text.h"
#include "reader/phrases.h"
#include "report/review_tables.h"
#include "report/review_words.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;

struct GroupName {
  const char* name;  // empty: what stands outside of lists
  const char* title;
};
constexpr std::array<GroupName, 21> groups = {{{"targets", "Ziele"},
                                               {"milestones", "Zwischenwerte"},
                                               {"monitoring", "Monitoring"},
                                               {"forecasts", "Prognosen"},
                                               {"goals", "Überschriften der Ziele"},
                                               {"qualitative_goals", "Qualitative Ziele"},
                                               {"budgets", "Mittel"},
                                               {"programmes", "Programme"},
                                               {"considerations", "Umstände bei der Beurteilung"},
                                               {"dialogues", "Zieldialoge"},
                                               {"final_evaluation", "Schlussbewertung"},
                                               {"signatures", "Unterschriften"},
                                               {"parties", "Parteien"},
                                               {"documents", "Unterlagen"},
                                               {"", "Kopf"},
                                               {"general_aims", "Leitsätze"},
                                               {"framework", "Rahmen"},
                                               {"triggers", "Abweichungen"},
                                               {"reporting", "Berichte"},
                                               {"committees", "Gremien"},
                                               {"obligations", "Zusagen"}}};
constexpr std::array<const char*, 5> head = {"title", "year", "kind", "state", "term"};

std::string plain(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_double()) return fmt::format("{}", value.get_double());
  if (const auto* lines = value.if_array()) {
    std::vector<std::string> all;
    for (const auto& one : *lines) all.push_back(plain(one));
    return base::join(all, "\n");
  }
  return json::serialize(value);
}

std::string words_of(const std::string& code) {
  const auto words = report::in_words(code);
  return words.empty() ? "Anzahl" : words;
}

json::array choices(const std::vector<std::string>& codes) {
  json::array all;
  for (const auto& one : codes) all.push_back({{"code", one}, {"wort", words_of(one)}});
  return all;
}

struct Doubt {
  std::string confidence;
  std::string reason;
};

class Fields {
 public:
  Fields(const json::object& document, const json::object& agreement) : agreement_(agreement) {
    const auto& reading = document.at("document").at("reading").as_object();
    for (const auto& one : reading.at("fields").as_array()) {
      const auto* reason = one.as_object().if_contains("reason");
      doubts_[std::string(one.at("field").as_string())] = {std::string(one.at("confidence").as_string()), reason ? std::string(reason->as_string()) : ""};
    }
    for (const auto& one : corrections(document.at("agreement"), agreement)) read_[one.path] = one.read;
  }

  json::object all() {
    json::array made;
    for (const auto& group : groups) {
      json::array entries;
      if (*group.name == '\0') entries = head_entries();
      else entries = entries_of(group.name);
      made.push_back({{"name", group.name}, {"titel", group.title}, {"eintraege", std::move(entries)}, {"neu", *group.name == '\0' ? json::value(nullptr) : addition(group.name, group.title)}});
    }
    return {{"gruppen", std::move(made)}, {"auswahl", std::move(choices_)}};
  }

 private:
  // The fields of an entry that is added; null: nothing can be.
  json::value addition(const std::string& path, const std::string& title) {
    auto steps = path_steps(path);
    if (!entry_example(steps)) return nullptr;
    steps.push_back({"+", true});
    json::array fields;
    // The example says of what kind each field is; what a person has to say is empty.
    add(fields, path + "[+]", *entry_example(path_steps(path)), steps.size());
    const json::value empty = empty_entry(path_steps(path));
    for (auto& one : fields) {
      auto& field = one.as_object();
      const std::string name(std::string_view(field.at("pfad").as_string()).substr(path.size() + 4));
      const auto* preset = &empty;
      for (const auto& step : path_steps(name)) preset = preset && preset->is_object() ? preset->get_object().if_contains(step.name) : nullptr;
      field["wert"] = preset && (preset->is_string() || preset->is_bool()) ? json::value(plain(*preset)) : json::value(nullptr);
      field["wort"] = nullptr;
    }
    return json::value{{"pfad", path}, {"titel", title}, {"felder", std::move(fields)}, {"zeilen", empty.as_object().contains("evidence")}};
  }

  // The lists within an entry, each with its entries' names and what can be added.
  json::array lists_of(std::string_view list, const std::string& path, const json::object& entry) {
    json::array lists;
    for (const auto& name : lists_within(list)) {
      const auto title = report::field_in_words(name);
      json::array names;
      const auto* held = entry.if_contains(name);
      for (std::size_t i = 0; held && held->is_array() && i < held->get_array().size(); ++i) {
        names.push_back({{"pfad", fmt::format("{}.{}[{}]", path, name, entry_key(held->get_array(), i))}, {"titel", fmt::format("{} {}", title, i + 1)}});
      }
      lists.push_back({{"titel", title}, {"eintraege", std::move(names)}, {"neu", addition(fmt::format("{}.{}", path, name), title)}});
    }
    return lists;
  }

  json::array entries_of(const char* name) {
    json::array entries;
    const auto* list = agreement_.if_contains(name);
    if (list && list->is_object()) entries.push_back(entry(name, name, *list, report::field_in_words(name)));
    if (!list || !list->is_array()) return entries;
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
      const auto key = entry_key(list->get_array(), i);
      entries.push_back(entry(name, fmt::format("{}[{}]", name, key), list->get_array()[i], key));
    }
    return entries;
  }

  json::array head_entries() {
    json::array entries;
    for (const char* name : head) {
      if (const auto* value = agreement_.if_contains(name)) entries.push_back(entry(name, name, *value, report::field_in_words(name)));
    }
    return entries;
  }

  json::object entry(std::string_view list, const std::string& path, const json::value& value, const std::string& title) {
    json::array fields, lines, hints;
    add(fields, path, value);
    const auto* object = value.if_object();
    if (const auto* evidence = object ? object->if_contains("evidence") : nullptr; evidence && evidence->is_array()) {
      for (const auto& one : evidence->get_array()) lines.push_back({{"zeile", one.at("line")}, {"zitat", one.at("quote")}});
    }
    if (const auto* tags = object ? object->if_contains("ambiguities") : nullptr; tags && tags->is_array()) {
      for (const auto& one : tags->get_array()) hints.emplace_back(report::trap_in_words(std::string_view(one.as_string())));
    }
    const auto found = read_.find(path);
    return {{"pfad", path},  {"titel", title},   {"worte", report::entry_in_words(list, value)},         {"felder", std::move(fields)},
            {"belege", std::move(lines)}, {"hinweise", std::move(hints)}, {"listen", object && path.ends_with(']') ? lists_of(list, path, *object) : json::array()}, {"ergaenzt", found != read_.end() && found->second.empty()}};
  }

  // `from`: where the field's own name begins in its path.
  void add(json::array& fields, const std::string& path, const json::value& value, std::size_t from = 1) {
    const auto steps = path_steps(path);
    if (!can_be_corrected(steps)) return;
    if (const auto* object = value.if_object()) {
      for (const auto& [name, member] : *object) add(fields, fmt::format("{}.{}", path, std::string_view(name)), member, from);
      return;
    }
    const auto* schema = field_schema(steps);
    const auto kind = kind_at(steps, value);
    if (const auto* list = value.if_array(); list && kind != FieldKind::Lines) {
      for (std::size_t i = 0; i < list->size(); ++i) add(fields, fmt::format("{}[{}]", path, entry_key(*list, i)), (*list)[i], from);
      return;
    }
    if (kind == FieldKind::Other) return;
    json::object field = {{"pfad", path}, {"name", label(steps, from)}, {"art", code(kind)}, {"wert", value.is_null() ? json::value(nullptr) : json::value(plain(value))}};
    const auto name = choice_name(steps, schema);
    field["auswahl"] = name;
    field["wort"] = value.is_string() && !name.empty() ? chosen(name, plain(value)) : json::value(nullptr);
    if (!name.empty()) field["art"] = code(FieldKind::Choice);
    // Who reads a level or a condition from the words of a value notes it at the value.
    auto doubt = doubts_.find(path);
    if (doubt == doubts_.end() && path.ends_with(".signed_value")) doubt = doubts_.find(path.substr(0, path.size() - 12) + "value");
    const bool unsure = doubt != doubts_.end() && doubt->second.confidence != "exact";
    field["zweifel"] = unsure ? json::value(report::in_words(doubt->second.confidence) + (doubt->second.reason.empty() ? "" : ": " + doubt->second.reason)) : json::value(nullptr);
    const auto read = read_.find(path);
    field["gelesen"] = read == read_.end() ? json::value(nullptr) : json::value(read->second.empty() || read->second == "null" ? "–" : report::kept_in_words(read->second));
    fields.push_back(std::move(field));
  }

  // Which of the lists of choices is for the field; each is told once.
  std::string choice_name(const std::vector<PathStep>& steps, const json::object* schema) {
    auto codes = choices_of(schema);
    const auto& member = steps.back().name;
    if (member == "code") codes = codes_in(steps[steps.size() - std::min<std::size_t>(steps.size(), 3)].name);
    const bool indicator = member == "code" && steps.size() > 1 && steps[steps.size() - 2].name == "indicator";
    const auto* refers = referred(steps);
    if (codes.empty() && !indicator && !refers) return "";
    std::string name = indicator ? "indicator" : refers ? member : "";
    for (const auto& step : steps) {
      if (!indicator && !refers && !step.entry) name += (name.empty() ? "" : ".") + step.name;
    }
    if (!choices_.contains(name)) choices_[name] = indicator ? choices(report::indicator_codes()) : refers ? references(*refers) : choices(codes);
    return name;
  }

  // The codes that the drafts' phrases have words for.
  static std::vector<std::string> codes_in(std::string_view list) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kinds = {
        {{"general_aims", "aim"}, {"framework", "framework"}, {"considerations", "consideration"}, {"completion", "completion"}, {"obligations", "obligation"}}};
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& one) { return one.first == list; });
    return found == kinds.end() ? std::vector<std::string>() : reader::codes_of(found->second);
  }

  json::value chosen(const std::string& name, const std::string& code) const {
    for (const auto& one : choices_.at(name).as_array()) {
      if (one.at("code").as_string() == code) return one.at("wort");
    }
    return json::value(words_of(code));
  }

  // The list that a field names an entry of; nullptr: none.
  static const char* const* referred(const std::vector<PathStep>& steps) {
    static constexpr std::array<std::array<const char*, 2>, 3> lists = {{{"goal", "goals"}, {"party", "parties"}, {"target", "targets"}}};
    const auto found = std::find_if(lists.begin(), lists.end(), [&](const auto& one) { return steps.back().name == one[0]; });
    return found == lists.end() ? nullptr : &(*found)[1];
  }
  json::array references(const char* list) const {
    json::array all = {{{"code", ""}, {"wort", "–"}}};
    for (const auto& one : agreement_.at(list).as_array()) all.push_back({{"code", one.at("id")}, {"wort", report::entry_in_words(list, one)}});
    return all;
  }

  // "Zeitraum, Jahr"; the entry itself is named by its title.
  static std::string label(const std::vector<PathStep>& steps, std::size_t from) {
    std::vector<std::string> words;
    for (std::size_t i = steps.size() > 1 ? from : 0; i < steps.size(); ++i) {
      if (steps[i].entry) {
        const auto place = base::parse_decimal(steps[i].name);
        if (i > 1) words.push_back(place ? std::to_string(place->digits + 1) : steps[i].name);
      } else {
        words.push_back(report::field_in_words(steps[i].name));
      }
    }
    return words.empty() ? "" : base::join(words, ", ");
  }

  const json::object& agreement_;
  json::object choices_;
  std::map<std::string, Doubt> doubts_;
  std::map<std::string, std::string> read_;  // field -> what was read before a person corrected it
};

}  // namespace

json::object field_groups(const json::object& document, const json::object& agreement) { return Fields(document, agreement).all(); }

json::object target_choices() {
  const auto of = [](const char* member) { return choices(choices_of(field_schema({{"targets", false}, {"T", true}, {member, false}}))); };
  return {{"messgroesse", choices(report::indicator_codes())}, {"skala", of("measure")}, {"bedingung", choices({">=", "<="})}, {"einheit", of("unit")}, {"bildung", of("aggregation")}, {"vergleich", choices(choices_of(field_schema({{"targets", false}, {"T", true}, {"reference", false}, {"type", false}})))}};
}

}  // namespace zielwerk::app
