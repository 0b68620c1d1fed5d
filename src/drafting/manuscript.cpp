#include "drafting/manuscript.h"

#include <array>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "drafting/german.h"
#include "drafting/phrases.h"

namespace zielwerk::drafting {
namespace {

namespace json = boost::json;

// A JSON number of at most 15 digits has one double, and the shortest text of that double is the number again (intake/agreement_json).
std::optional<base::Decimal> decimal(const json::value& value) {
  if (value.is_int64()) return base::Decimal{value.get_int64(), 0};
  if (!value.is_double()) return std::nullopt;
  std::array<char, 400> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value.get_double(), std::chars_format::fixed).ptr;
  return base::parse_decimal({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

bool nothing(const json::value& value) {
  return value.is_null() || (value.is_string() && value.get_string().empty()) || (value.is_array() && value.get_array().empty()) ||
         (value.is_object() && value.get_object().empty()) || (value.is_bool() && !value.get_bool());
}

// Fields about the reading of a paper, identities, and second spellings of what is said.
bool not_for_the_paper(std::string_view name) {
  static const std::set<std::string_view> names = {"evidence",  "id",         "note",         "formula",      "ambiguities", "value_raw", "raw",      "count_raw",
                                                   "place_raw", "date_iso",   "date_partial", "date_quality", "date_likely", "derived",   "binding",  "is_target",
                                                   "when_raw",  "place_note", "currency",     "law"};
  return names.contains(name);
}

std::string joined(const std::string& where, std::string_view name) { return fmt::format("{}/{}", where, name); }

}  // namespace

bool Part::has(std::string_view name) const {
  const auto* value = object_ ? object_->if_contains(name) : nullptr;
  return value && !nothing(*value);
}

const json::value* Part::value(std::string_view name) const {
  const auto* value = object_ ? object_->if_contains(name) : nullptr;
  if (value) manuscript_->said_.insert(value);
  return value;
}

std::string Part::text(std::string_view name) const {
  const auto* found = value(name);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<base::Decimal> Part::number(std::string_view name) const {
  const auto* found = value(name);
  if (!found || !found->is_number()) return std::nullopt;
  const auto exact = decimal(*found);
  if (!exact) problem("number_too_long", fmt::format("Die Zahl {} hat zu viele Stellen.", json::serialize(*found)), name);
  return exact;
}

std::optional<int> Part::whole(std::string_view name) const {
  const auto exact = number(name);
  if (!exact || exact->normalised().places != 0 || exact->digits < 0 || exact->digits > 1'000'000'000) return std::nullopt;
  return static_cast<int>(exact->normalised().digits);
}

bool Part::flag(std::string_view name) const {
  const auto* found = value(name);
  return found && found->is_bool() && found->get_bool();
}

Part Part::part(std::string_view name) const {
  const auto* found = value(name);
  return {*manuscript_, found ? found->if_object() : nullptr, joined(where_, name)};
}

std::vector<Part> Part::parts(std::string_view name) const {
  std::vector<Part> all;
  const auto* found = value(name);
  if (!found || !found->is_array()) return all;
  for (const auto& one : found->get_array()) {
    if (!one.is_object()) continue;
    manuscript_->said_.insert(&one);
    all.emplace_back(*manuscript_, &one.get_object(), fmt::format("{}/{}/{}", where_, name, all.size()));
  }
  return all;
}

std::vector<std::string> Part::texts(std::string_view name) const {
  std::vector<std::string> all;
  const auto* found = value(name);
  if (!found || !found->is_array()) return all;
  for (const auto& one : found->get_array()) {
    if (one.is_object() || one.is_array()) continue;
    manuscript_->said_.insert(&one);
    all.push_back(one.is_string() ? std::string(one.get_string()) : json::serialize(one));
  }
  return all;
}

std::string Part::json(std::string_view name) const { return has(name) ? json::serialize(*value(name)) : std::string(); }

std::string Part::words(std::string_view kind, std::string_view name) const {
  const auto code = text(name);
  return code.empty() ? code : manuscript_->words(kind, code, joined(where_, name));
}

std::vector<std::string> Part::all_words(std::string_view kind, std::string_view name) const {
  std::vector<std::string> all;
  for (const auto& code : texts(name)) all.push_back(manuscript_->words(kind, code, fmt::format("{}/{}/{}", where_, name, all.size())));
  return all;
}

void Part::problem(std::string code, std::string message, std::string_view field) const {
  manuscript_->problems_.push_back({std::move(code), std::move(message), field.empty() ? where_ : joined(where_, field)});
}

Manuscript::Manuscript(const json::object& document, Template form)
    : root_(document.at("agreement")), form_(form), agreement_(*this, root_.if_object(), "/agreement") {
  base::ensure(root_.is_object(), "the document fits the schema");
  year_ = agreement_.part("year").whole("value").value_or(0);
}

std::string Manuscript::words(std::string_view kind, const std::string& code, const std::string& where) {
  if (auto found = phrase(kind, code)) return *found;
  problems_.push_back({"code_without_words", fmt::format("Für {} gibt es noch keine deutschen Wörter; sie stehen in rules/draft_phrases.txt als „{} {} = …“.", base::quoted(code), kind, code), where});
  return code;
}

std::string Manuscript::party(const std::string& id, bool dative) const {
  for (const auto& party : agreement_.parts("parties")) {
    if (party.text("id") != id) continue;
    const auto full = party.text("name");
    const auto abbreviation = party.text("abbr");
    const auto name = with_article(full, abbreviation.empty() ? full : abbreviation);
    return dative ? name.dative : name.nominative;
  }
  return id == "BA" ? (dative ? "der Bundesagentur für Arbeit" : "die Bundesagentur für Arbeit") : id;
}

std::string Manuscript::title_of_document(const std::string& id) const {
  for (const auto& one : agreement_.parts("documents")) {
    if (one.text("id") == id) return as_title(one.text("title"));
  }
  return as_title(id);
}

bool Manuscript::section(int level, const std::string& title, const std::function<void()>& body) {
  const auto begin = text_.size();
  heading(level, title);
  const auto empty = text_.size();
  body();
  if (text_.size() != empty) return true;
  text_.resize(begin);
  return false;
}

void Manuscript::heading(int level, const std::string& text) { text_ += std::string(static_cast<std::size_t>(level), '#') + " " + text + "\n\n"; }

void Manuscript::paragraph(const std::string& text) {
  if (!text.empty()) text_ += text + "\n\n";
}

void Manuscript::items(const std::vector<std::string>& items) {
  for (const auto& item : items) text_ += "- " + item + "\n";
  if (!items.empty()) text_ += "\n";
}

void Manuscript::table(const std::vector<std::vector<std::string>>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text_ += "|";
    for (const auto& cell : rows[i]) text_ += " " + cell + " |";
    text_ += "\n";
    if (i != 0) continue;
    text_ += "|";
    for (std::size_t column = 0; column < rows[i].size(); ++column) text_ += "--|";
    text_ += "\n";
  }
  text_ += "\n";
}

void Manuscript::unsaid(const json::value& value, const std::string& where) {
  if (nothing(value)) return;
  if (!said_.contains(&value)) {
    auto found = json::serialize(value);
    problems_.push_back({"field_not_expressible", fmt::format("Die Vorlage {} hat für diese Angabe keine Worte: {}.", drafting::text(form_), base::quoted(found)), where});
  } else if (const auto* object = value.if_object()) {
    for (const auto& [name, member] : *object) {
      if (!not_for_the_paper(name)) unsaid(member, joined(where, name));
    }
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) unsaid((*array)[i], fmt::format("{}/{}", where, i));
  }
}

base::Checked<std::string> Manuscript::finished() {
  said_.insert(&root_);
  unsaid(root_, "/agreement");
  if (!problems_.empty()) return tl::unexpected(problems_);
  text_.pop_back();
  return text_;
}

}  // namespace zielwerk::drafting
