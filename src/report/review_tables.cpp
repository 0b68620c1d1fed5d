#include "report/review_tables.h"

#include <algorithm>
#include <array>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/exact.h"
#include "base/text.h"
#include "report/review_words.h"

namespace zielwerk::report {
namespace {

namespace json = boost::json;

const json::value* member(const json::value& parent, std::string_view name) {
  const auto* object = parent.if_object();
  const auto* value = object ? object->if_contains(name) : nullptr;
  return value && !value->is_null() ? value : nullptr;
}

std::string plain(const json::value& number) { return number.is_double() ? fmt::format("{}", number.get_double()) : json::serialize(number); }

std::string german_number(const json::value& number) {
  const auto decimal = base::parse_decimal(plain(number));
  return decimal ? decimal->german() : plain(number);
}

// Any value of a draft in a few words.
std::string shown(const json::value& value) {
  if (value.is_string()) return in_words(std::string_view(value.get_string()));
  if (value.is_number()) return plain(value);  // years and counts
  if (value.is_bool()) return value.get_bool() ? "ja" : "nein";
  if (const auto* code = member(value, "code")) {
    if (const auto* text = member(value, "text")) return shown(*text);
    const auto* subgroup = member(value, "subgroup");
    return shown(*code) + (subgroup ? fmt::format(" ({})", shown(*subgroup)) : "");
  }
  for (const char* word : {"name", "text", "value", "type"}) {
    if (const auto* one = member(value, word)) return shown(*one);
  }
  std::vector<std::string> all;
  if (const auto* array = value.if_array()) {
    for (const auto& one : *array) all.push_back(shown(one));
  }
  return base::join(all, "; ");
}

std::string member_shown(const json::value& parent, std::string_view name) {
  const auto* value = member(parent, name);
  return value ? shown(*value) : std::string();
}

std::string on_one_line(std::string_view quote) {
  std::string text;
  for (const char c : quote) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ' || c == '\f';
    if (!blank) text += c;
    if (blank && !text.empty() && text.back() != ' ') text += ' ';
  }
  constexpr std::size_t longest = 160;
  auto lines = base::wrap(text, longest);
  return lines.empty() ? "" : lines.size() > 1 ? lines.front() + " …" : lines.front();
}

const json::value* first_evidence(const json::value& entry) {
  const auto* evidence = member(entry, "evidence");
  const auto* array = evidence ? evidence->if_array() : nullptr;
  if (!array || array->empty()) return nullptr;
  // The head of a table comes first, the row that holds the value last.
  const auto& first = array->front();
  return member_shown(first, "quote").starts_with("|") ? &array->back() : &first;
}

// What the parts of a list's entries are called, and which of their members say what was agreed.
struct Part {
  const char* name;
  std::array<const char*, 6> members;
};
constexpr Part parts[] = {
    {"parties", {"name", "role"}},
    {"documents", {"title", "year", "binding"}},
    {"general_aims", {"code"}},
    {"framework", {"code"}},
    {"budgets", {"title", "amount", "precision", "year"}},
    {"goals", {"number", "heading"}},
    {"milestones", {"target", "date", "comparator", "value", "unit"}},
    {"monitoring", {"indicator", "compare_with", "group"}},
    {"forecasts", {"indicator", "value", "unit", "year"}},
    {"qualitative_goals", {"title", "steps", "completion", "deadline"}},
    {"programmes", {"name", "target_group", "until"}},
    {"scoring", {"name", "bands"}},
    {"triggers", {"condition", "action", "who"}},
    {"reporting", {"who", "to", "what", "frequency"}},
    {"dialogues", {"name", "count_exact", "regularity", "count_min", "wartezeit", "ladestand_rule"}},
    {"considerations", {"code", "condition"}},
    {"final_evaluation", {"values", "values_year", "wartezeit", "when_raw"}},
    {"committees", {"name", "legal_basis"}},
    {"obligations", {"code"}},
    {"signatures", {"party", "signer", "place", "date_raw", "date_iso"}},
};

// How a target is measured, as its code; its words are for people.
std::string_view measure_of(const json::value& target) {
  const auto* measure = member(target, "measure");
  return measure && measure->is_string() ? std::string_view(measure->get_string()) : std::string_view();
}

std::string value_of_target(const json::value& target) {
  const auto* value = member(target, "signed_value");
  if (!value) return "";
  const bool change = measure_of(target).ends_with("_CHANGE");
  const auto number = german_number(*value);
  return fmt::format("{} {}{} {}", member_shown(target, "comparator_effective"), change && !number.starts_with('-') ? "+" : "", number, member_shown(target, "unit"));
}

std::string reference_of_target(const json::value& target) {
  const auto* reference = member(target, "reference");
  if (!reference) return "";
  const auto year = member_shown(*reference, "year");
  const auto* value = member(*reference, "value");
  return member_shown(*reference, "type") + (year.empty() ? "" : " " + year) + (value && value->is_number() ? ": " + german_number(*value) : "");
}

std::string values(const json::value& entry, const Part& part) {
  std::vector<std::string> all;
  for (const char* name : part.members) {
    const auto* value = name ? member(entry, name) : nullptr;
    const bool number = value && value->is_number() && std::string_view(name) != "year" && std::string_view(name) != "values_year";
    const auto words = !value ? std::string() : number ? german_number(*value) : shown(*value);
    if (!words.empty()) all.push_back(words);
  }
  return base::join(all, ", ");
}

class Fields {
 public:
  explicit Fields(const reader::Reading& reading) : agreement_(reading.draft.at("agreement")) {
    for (const auto& mark : reading.marks) {
      if (mark.confidence != "exact") unsure_[mark.field] = mark.reason;
    }
    table.columns = {{"teil", "Teil", Align::Left, true}, {"feld", "Feld"},         {"wert", "Wert"}, {"wortlaut", "Wortlaut"}, {"zeile", "Zeile", Align::Decimal},
                     {"sicherheit", "Sicherheit"},        {"hinweis", "Hinweis"}};
  }

  void head() {
    add("Kopf", "kind", field_in_words("kind"), member_shown(agreement_, "kind") + (member(agreement_, "state") ? ", " + member_shown(agreement_, "state") : ""), nullptr);
    for (const char* name : {"title", "year"}) add("Kopf", name, field_in_words(name), member_shown(agreement_, name), member(agreement_, name));
    if (const auto* term = member(agreement_, "term")) add("Kopf", "term", field_in_words("term"), fmt::format("{} bis {}", member_shown(*term, "from"), member_shown(*term, "to")), term);
    if (const auto* statute = member(agreement_, "statute")) {
      const auto number = member_shown(*statute, "number");
      add("Kopf", "statute", field_in_words("statute"), fmt::format("§ {} Abs. {}{}", member_shown(*statute, "section"), member_shown(*statute, "para"), number.empty() ? "" : " Nr. " + number), statute);
    }
    if (const auto* amends = member(agreement_, "amends")) add("Kopf", "amends", field_in_words("amends"), member_shown(*amends, "agreement_title"), amends);
  }

  void target(const json::value& one) {
    const auto id = member_shown(one, "id");
    const auto field = fmt::format("targets[{}]", id);
    const auto section = fmt::format("Ziel {}: {}", id, member_shown(one, "indicator"));
    std::vector<std::string> traps;
    if (const auto* tags = member(one, "ambiguities"); tags && tags->is_array()) {
      for (const auto& tag : tags->get_array()) traps.push_back(trap_in_words(std::string_view(tag.as_string())));
    }
    add(section, field + ".value", "Wert", value_of_target(one), &one, base::join(traps, ". "), field + ".comparator_effective");
    if (measure_of(one) != "LEVEL") add(section, field + ".reference", "Vergleich", reference_of_target(one), nullptr);
    add(section, field + ".aggregation", "Bildung", fmt::format("{}, {}", member_shown(one, "aggregation"), member_shown(*member(one, "period"), "year")), nullptr, {}, field + ".indicator");
    for (const char* name : {"wartezeit", "deadline", "condition", "weight", "tolerance", "per", "place"}) {
      if (const auto* value = member(one, name)) add(section, field + "." + name, field_in_words(name), shown(*value), nullptr);
    }
  }

  void target_in_short(const json::value& one) {
    const auto id = member_shown(one, "id");
    add("", fmt::format("targets[{}].value", id), fmt::format("{} {}", id, member_shown(one, "indicator")), fmt::format("{} {}", value_of_target(one), reference_of_target(one)), &one, {},
        fmt::format("targets[{}].comparator_effective", id));
  }

  void list(const Part& part) {
    const auto* all = member(agreement_, part.name);
    if (!all) return;
    const auto label = field_in_words(part.name);
    if (all->is_object()) return add("Sonstiges", part.name, label, values(*all, part), all);
    for (const auto& one : all->as_array()) {
      const auto id = member_shown(one, "id");
      const auto digits = id.find_first_of("0123456789");
      add(label, fmt::format("{}[{}]", part.name, id), digits == std::string::npos ? label : fmt::format("{} {}", label, id.substr(digits)), values(one, part), &one);
    }
  }

  const json::value& agreement() const { return agreement_; }
  Table table;

 private:
  // `also`: another field that the row shows.
  void add(const std::string& section, const std::string& field, const std::string& label, const std::string& value, const json::value* entry, const std::string& remark = {}, const std::string& also = {}) {
    const auto* evidence = entry ? first_evidence(*entry) : nullptr;
    const auto doubt = unsure_.find(field);
    const auto doubt_also = unsure_.find(also);
    const bool missing = value.empty();
    const bool unsure = doubt != unsure_.end() || doubt_also != unsure_.end();
    std::string hint = doubt != unsure_.end() ? doubt->second : doubt_also != unsure_.end() ? doubt_also->second : "";
    if (!remark.empty()) hint += (hint.empty() ? "" : ". ") + remark;
    table.rows.push_back({{section, {}, {}},
                          {label, {}, {}},
                          {missing ? "–" : value, value, missing ? Tone::Doubt : Tone::Plain},
                          {evidence ? on_one_line(member_shown(*evidence, "quote")) : "", {}, Tone::Faint},
                          {evidence ? member_shown(*evidence, "line") : "", {}, {}},
                          {in_words(missing ? "missing" : unsure ? "inferred" : "exact"), {}, missing || unsure ? Tone::Doubt : Tone::Good},
                          {hint, {}, {}}});
  }

  const json::value& agreement_;
  std::map<std::string, std::string> unsure_;  // field -> from what it was inferred
};

}  // namespace

Table fields_table(const reader::Reading& reading, bool targets_only) {
  Fields fields(reading);
  const auto& agreement = fields.agreement();
  if (!targets_only) fields.head();
  if (const auto* targets = member(agreement, "targets")) {
    for (const auto& one : targets->as_array()) targets_only ? fields.target_in_short(one) : fields.target(one);
  }
  std::vector<std::string> more;
  for (const auto& part : parts) {
    const auto* all = member(agreement, part.name);
    if (!targets_only) fields.list(part);
    if (all && all->is_array() && !all->get_array().empty()) more.push_back(fmt::format("{} ({})", field_in_words(part.name), all->get_array().size()));
  }
  if (targets_only && !more.empty()) fields.table.notes.push_back("Außerdem gelesen: " + base::join(more, ", "));
  if (fields.table.rows.empty()) fields.table.notes.push_back("Kein Ziel gelesen.");
  return std::move(fields.table);
}

std::string entry_in_words(std::string_view list, const json::value& entry) {
  if (list == "targets") return fmt::format("{}: {} {}", member_shown(entry, "indicator"), value_of_target(entry), reference_of_target(entry));
  const auto part = std::find_if(std::begin(parts), std::end(parts), [&](const Part& one) { return one.name == list; });
  return part == std::end(parts) ? shown(entry) : values(entry, *part);
}

Table open_points_table(const reader::Reading& reading) {
  Table table;
  table.title = "Offene Punkte";
  table.columns = {{"zeile", "Zeile", Align::Decimal}, {"punkt", "Was zu klären ist"}, {"stelle", "Stelle"}};
  for (const auto& point : reading.draft.at("document").at("reading").at("open_points").as_array()) {
    const auto* evidence = first_evidence(point);
    table.rows.push_back({{evidence ? member_shown(*evidence, "line") : "", {}, {}}, {member_shown(point, "message"), {}, Tone::Doubt}, {evidence ? on_one_line(member_shown(*evidence, "quote")) : "", {}, Tone::Faint}});
  }
  if (table.rows.empty()) table.notes.push_back("Keine.");
  return table;
}

std::string number_balance(const reader::Reading& reading) {
  std::map<reader::NumberUse::As, std::size_t> counts;
  for (const auto& number : reading.numbers) ++counts[number.as];
  using As = reader::NumberUse::As;
  return fmt::format("{} Zahlen: {} verwendet, {} erklärt, {} ungelesen", reading.numbers.size(), counts[As::Used], counts[As::Explained], counts[As::Unread]);
}

std::string number_reasons(const reader::Reading& reading) {
  std::map<std::string, std::size_t> counts;
  for (const auto& number : reading.numbers) {
    if (number.as == reader::NumberUse::As::Explained) ++counts[in_words(number.detail)];
  }
  std::vector<std::string> all;
  for (const auto& [why, count] : counts) all.push_back(fmt::format("{} {}", count, why));
  return base::join(all, ", ");
}

Table findings_table(const std::string& of, const std::vector<evaluation::Finding>& findings) {
  Table table;
  table.title = "Prüfung vor der Unterschrift · " + of;
  table.columns = {{"schwere", "Schwere"}, {"stelle", "Stelle"}, {"befund", "Befund"}, {"code", "Kürzel"}};
  for (const auto& finding : findings) {
    const bool contradiction = finding.severity == evaluation::Severity::Contradiction;
    const bool warning = finding.severity == evaluation::Severity::Warning;
    const auto word = evaluation::in_words(finding.severity);
    table.rows.push_back({{(contradiction ? "✗ " : warning ? "! " : "· ") + word, word, contradiction ? Tone::Bad : warning ? Tone::Doubt : Tone::Plain},
                          {finding.where, {}, {}},
                          {finding.message, {}, {}},
                          {finding.code, {}, Tone::Faint}});
  }
  if (table.rows.empty()) table.notes.push_back("Keine Befunde.");
  return table;
}

}  // namespace zielwerk::report
