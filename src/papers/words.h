// Numbers and names as papers print them: decimal comma, point for thousands, a real minus, a narrow blank before the unit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "papers/basis.h"
#include "papers/paper.h"

namespace zielwerk::papers {

inline constexpr std::string_view not_there = "liegt nicht vor";
inline constexpr std::string_view withheld_sign = "*";  // as the official statistics mark it
inline constexpr std::string_view withheld_note = "„*“ heißt: zurückgehalten, weil die Zahl auf eine oder zwei Personen schließen ließe.";

std::string printed(std::string german_number);              // "-1,5" -> "−1,5"
std::string with_unit(std::string number, std::string_view unit);  // "3,1 %"; units in words after a usual blank
std::string shown(const base::Rounded& number, std::string_view unit);
std::string unit_sign(const std::string& unit_code);         // PERCENT -> %, EUR -> €, COUNT -> ""

// A plain number of a row ("-172") in German, with its sign where it is a change.
std::string number(const std::string& plain, bool change, std::string_view unit);
Cell number_cell(const std::optional<std::string>& plain, bool change, const std::string& unit);
// A level: percent and points with one decimal, counts with at most one, money without.
std::optional<base::Rounded> level(const std::optional<std::string>& plain, std::string_view unit);
std::optional<base::Rounded> level(const std::optional<base::Exact>& value, std::string_view unit);
Cell level_cell(const std::optional<base::Rounded>& value, const std::string& unit);

std::string status_words(const std::string& status);  // "nicht_erreicht" -> "nicht erreicht"
Tone tone(const std::string& status);
std::string actual_words(const Row& row);             // "+10,6 %", "fehlt"
std::string target_words(const Row& row);             // "mindestens +9,9 %"
std::string distance_words(const report::Line& line);  // "um 172 Integrationen verfehlt"; empty if nothing is counted
std::string short_month(base::Month month);           // "Jun. 21"
std::string waiting_words(const evaluation::Evaluation& head);

}  // namespace zielwerk::papers
