#include "papers/words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace zielwerk::papers {
namespace {

constexpr std::string_view narrow = "\u202f";

// "1 Integration", "2 Integrationen": figures count in the plural.
std::string counted(const std::string& amount, const std::string& unit) {
  if (amount != "1") return amount + " " + unit;
  for (const auto& [many, one] : {std::pair("Integrationen", "Integration"), {"Personen", "Person"}, {"Prozentpunkte", "Prozentpunkt"}, {"Plätze", "Platz"}}) {
    if (unit == many) return amount + " " + one;
  }
  return amount + " " + unit;
}

}  // namespace

std::string printed(std::string german_number) {
  if (german_number.starts_with('-')) german_number.replace(0, 1, "−");
  return german_number;
}

std::string with_unit(std::string number, std::string_view unit) {
  if (unit.empty()) return number;
  return number + std::string(unit == "%" || unit == "€" ? narrow : " ") + std::string(unit);
}

std::string shown(const base::Rounded& number, std::string_view unit) { return with_unit(printed(number.german()), unit); }

std::string unit_sign(const std::string& unit_code) {
  return unit_code == "PERCENT" ? "%" : unit_code == "PERCENTAGE_POINT" ? "Prozentpunkte" : unit_code == "EUR" ? "€" : "";
}

std::string number(const std::string& plain, bool change, std::string_view unit) {
  const bool positive = plain.front() != '-' && plain.find_first_of("123456789") != std::string::npos;
  return with_unit((change && positive ? "+" : "") + printed(report::german(plain)), unit);
}

Cell number_cell(const std::optional<std::string>& plain, bool change, const std::string& unit) {
  if (!plain) return {};
  const auto point = plain->find('.');
  return {number(*plain, change, unit), *plain, point == std::string::npos ? 0 : static_cast<int>(plain->size() - point - 1), unit};
}

std::optional<base::Rounded> level(const std::optional<base::Exact>& value, std::string_view unit) {
  if (!value) return std::nullopt;
  const int places = unit == "€" ? 0 : !unit.empty() ? 1 : denominator(*value) == 1 ? 0 : 1;  // extrapolated stocks have one decimal
  return base::round_half_away(*value, places);
}

std::optional<base::Rounded> level(const std::optional<std::string>& plain, std::string_view unit) {
  const auto value = plain ? base::parse_decimal(*plain) : std::nullopt;
  return value ? level(value->exact(), unit) : std::nullopt;
}

Cell level_cell(const std::optional<base::Rounded>& value, const std::string& unit) {
  if (!value) return {"fehlt", {}, 0, {}};
  return {shown(*value, unit), value->plain(), value->places, unit};
}

std::string status_words(const std::string& status) {
  auto text = status;
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

Tone tone(const std::string& status) {
  if (status == "erreicht") return Tone::Good;
  if (status == "nicht_erreicht") return Tone::Bad;
  return status == "offen" || status == "nicht_bewertbar" ? Tone::Open : Tone::Note;
}

std::string actual_words(const Row& row) {
  return row.line.actual ? number(*row.line.actual, row.words.change, unit_sign(row.line.unit.value_or(""))) : "fehlt";
}

std::string target_words(const Row& row) {
  if (!row.line.target) return "";
  const auto value = number(*row.line.target, row.words.change, unit_sign(row.line.unit.value_or("")));
  if (!row.line.comparator) return value;
  const auto& sign = *row.line.comparator;
  const char* bound = sign == ">=" ? "mindestens " : sign == "<=" ? "höchstens " : sign == ">" ? "mehr als " : sign == "<" ? "weniger als " : "genau ";
  return bound + value;
}

std::string distance_words(const report::Line& line) {
  if (!line.distance) return "";
  const bool missed = line.status == "nicht_erreicht";
  const auto amount = report::german(line.distance->starts_with('-') ? line.distance->substr(1) : *line.distance);
  const auto counted_in = counted(amount, line.distance_unit.value_or(""));
  if (line.distance->find_first_of("123456789") == std::string::npos) return missed ? "knapp verfehlt" : "genau erreicht";
  return missed ? fmt::format("um {} verfehlt", counted_in) : fmt::format("mit {} Vorsprung erreicht", counted_in);
}

std::string short_month(base::Month month) {
  constexpr std::array names = {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."};
  return names[static_cast<std::size_t>(month.month() - 1)];
}

std::string waiting_words(const evaluation::Evaluation& head) {
  using evaluation::WaitingSource;
  const char* source = head.waiting_source == WaitingSource::Agreement ? "vereinbart" : head.waiting_source == WaitingSource::Assumed ? "angenommen" : "gewählt";
  return fmt::format("t-{}, {}", head.waiting, source);
}

}  // namespace zielwerk::papers
