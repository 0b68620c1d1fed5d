#include "drafting/offer.h"

#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/exact.h"
#include "base/text.h"

namespace zielwerk::drafting {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::array& list(json::object& parent, std::string_view name) { return parent.at(name).as_array(); }

// "2021-01-01" -> "2022-01-01"; anything else stays.
void move_date(json::object& object, std::string_view name) {
  auto date = text(object, name);
  if (date.size() < 4 || date.find_first_not_of("0123456789-") != std::string::npos) return;
  object[name] = fmt::format("{}{}", std::stoi(date.substr(0, 4)) + 1, date.substr(4));
}

void move_year(json::object& object, std::string_view name) {
  if (const auto* year = object.if_contains(name); year && year->is_int64()) object[name] = year->get_int64() + 1;
}

void move_words(json::object& object, std::string_view name, int year) {
  auto words = text(object, name);
  const auto from = std::to_string(year);
  for (auto at = words.find(from); at != std::string::npos; at = words.find(from, at + 4)) words.replace(at, 4, std::to_string(year + 1));
  if (!words.empty()) object[name] = words;
}

json::object* inner(json::object& object, std::string_view name) {
  auto* value = object.if_contains(name);
  return value ? value->if_object() : nullptr;
}

std::string unit_words(const std::string& unit) {
  return unit == "PERCENT" ? " Prozent" : unit == "PERCENTAGE_POINT" ? " Prozentpunkte" : unit == "EUR" ? " Euro" : "";
}

struct Wording {
  std::string direction;
  std::string literal;
  std::string words;
};

Wording wording(const json::object& target, const base::Decimal& value) {
  const auto bound = text(target, "comparator_effective");
  const bool at_least = bound.starts_with('>');
  const auto amount = base::Decimal{value.digits < 0 ? -value.digits : value.digits, value.places}.german() + unit_words(text(target, "unit"));
  if (text(target, "measure") == "LEVEL" || text(target, "measure") == "RATIO") return {at_least ? "LEVEL_MIN" : "LEVEL_MAX", bound, fmt::format("{} {}", at_least ? "mindestens" : "höchstens", amount)};
  if (value.digits == 0) return {"HOLD", bound, at_least ? "mindestens der Wert des Vorjahres" : "höchstens der Wert des Vorjahres"};
  const bool rises = value.digits > 0;
  if (rises == at_least) return {rises ? "INCREASE" : "DECREASE", ">=", fmt::format("um mindestens {} {}", amount, rises ? "steigt" : "sinkt")};
  return {rises ? "LIMIT_INCREASE" : "LIMIT_DECREASE", "<=", fmt::format("um nicht mehr als {} {}", amount, rises ? "steigt" : "sinkt")};
}

json::array quote_of(const std::string& words) {
  const auto length = static_cast<std::int64_t>(words.size());
  return {json::object{{"quote", words}, {"start", 0}, {"end", length}, {"byte_start", 0}, {"byte_end", length}, {"line", 1}}};
}

void take(json::object& target, const base::Decimal& value) {
  const auto words = wording(target, value);
  target["signed_value"] = json::parse(value.plain());
  target["value"] = text(target, "measure") == "LEVEL" ? json::parse(value.plain()) : json::parse(base::Decimal{value.digits < 0 ? -value.digits : value.digits, value.places}.plain());
  target["value_low"] = nullptr;
  target["value_high"] = nullptr;
  target["direction"] = words.direction;
  target["comparator_literal"] = words.literal;
  target["comparator_explicit"] = true;
  target["value_raw"] = words.words;
  target["equivalents"] = json::array{};
  target["ambiguities"] = json::array{};
  target["formula"] = nullptr;
  target["evidence"] = quote_of(words.words);
}

}  // namespace

json::object for_next_year(json::object document) {
  auto& agreement = document.at("agreement").as_object();
  auto& head = agreement.at("year").as_object();
  const int year = static_cast<int>(head.at("value").as_int64());
  move_words(agreement.at("title").as_object(), "value", year);
  move_year(head, "value");
  for (const char* end : {"from", "to"}) move_date(agreement.at("term").as_object(), end);
  for (auto& one : list(agreement, "targets")) {
    auto& target = one.as_object();
    auto& period = target.at("period").as_object();
    move_year(period, "year");
    for (const char* date : {"date", "from", "to"}) move_date(period, date);
    move_date(target, "deadline");
    if (auto* reference = inner(target, "reference")) {
      move_year(*reference, "year");
      reference->erase("value");
    }
    move_words(target, "value_raw", year);
    target["formula"] = nullptr;
  }
  for (auto& one : list(agreement, "monitoring")) {
    auto& watched = one.as_object();
    if (const auto* of = watched.if_contains("year"); of && of->is_int64() && of->get_int64() == year) move_year(watched, "year");
  }
  for (auto& one : list(agreement, "milestones")) move_date(one.as_object(), "date");
  for (auto& one : list(agreement, "qualitative_goals")) move_date(one.as_object(), "deadline");
  for (auto& one : list(agreement, "documents")) {
    auto& named = one.as_object();
    if (const auto* of = named.if_contains("year"); of && of->is_int64() && of->get_int64() == year) {
      move_words(named, "title", year);
      move_year(named, "year");
    }
  }
  if (auto* dialogues = inner(agreement, "dialogues")) {
    if (auto* period = inner(*dialogues, "period")) move_year(*period, "year");
  }
  if (auto* last = inner(agreement, "final_evaluation")) {
    move_year(*last, "values_year");
    move_words(*last, "when_raw", year + 1);
    if (auto* when = inner(*last, "when")) move_year(*when, "year");
  }
  agreement["amends"] = nullptr;
  for (const char* left : {"budgets", "forecasts", "signatures"}) agreement[left] = json::array{};
  return document;
}

base::Checked<json::object> with_values(json::object document, const std::map<std::string, std::string>& values, const std::string& name) {
  auto& agreement = document.at("agreement").as_object();
  base::Problems problems;
  auto open = values;
  std::vector<std::string> known;
  for (auto& one : list(agreement, "targets")) {
    auto& target = one.as_object();
    known.push_back(text(target, "id"));
    const auto wanted = open.extract(known.back());
    if (wanted.empty()) continue;
    const auto value = base::parse_decimal(base::trim(wanted.mapped()));
    if (!value) {
      problems.push_back({"value_invalid", fmt::format("{} ist keine Zahl; erwartet ist z. B. 3.5 oder -0,4.", base::quoted(wanted.mapped())), known.back()});
      continue;
    }
    take(target, *value);
  }
  for (const auto& [target, value] : open) problems.push_back({"target_unknown", fmt::format("Ein Ziel {} gibt es nicht; es gibt {}.", base::quoted(target), base::join(known, ", ")), target});
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  // The last use of `agreement`: an assignment to a member may move all of an object.
  agreement["signatures"] = json::array{};
  document["document"] = json::object{{"file", name}, {"sha256", std::string(64, '0')}, {"chars", 0}, {"bytes", 0}, {"language", "de"}, {"layout", json::array{}}, {"ocr_noise", json::array{}}};
  document["distractors"] = json::array{};
  document["tensions"] = json::array{};
  return document;
}

}  // namespace zielwerk::drafting
