// Numerals and number words of German papers: "9,9", "- 0,4", "34 500", "38.219.839 €", "480 TEUR", "anderthalb", "ein Viertel", "9 von 10",
// "verdoppelt". Each with its unit and what the context says it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact.h"
#include "reader/plain.h"

namespace zielwerk::reader {

enum class Unit { None, Percent, Points, Euro, Factor, Days, WorkingDays, Weeks, Months, Years, Grade, Score, Rank };

struct Numeral {
  Span span;         // the number itself with its sign
  Span with_unit;    // "+ 1,1 Prozent", "2 v. H.", "rd. 16,6 Mio. Euro"
  base::Decimal value;  // signed as written, multiplied out (Mio., TEUR, halves)
  Unit unit = Unit::None;
  bool plus = false;
  bool minus = false;        // hyphen, en dash or true minus that is a sign
  bool approximate = false;  // rund, ca., etwa
  bool word = false;         // a number word or fraction word
  bool thousands = false;    // written with separators
  std::vector<std::string> traps;  // EN_DASH_AS_MINUS, SPACE_AFTER_SIGN, THOUSANDS_POINT, NUMBER_WORD …
  std::string explained;     // empty: may be a value. Else why it is none: YEAR, DATE, LAW_REFERENCE, LABEL_CODE, PAGE_REFERENCE …
};

// Every numeral and number word of the text, in order. "ein", "eine" count only with a unit of measure or as a fraction.
std::vector<Numeral> numerals(std::string_view text);

// A date inside a text: "22.2.18", "05/12/2022", "2023-01-17", "15. März 2019", "27. 2020", "__.__.2021".
struct DateFound {
  Span span;
  std::optional<int> day, month, year;
  std::string quality;  // of the exchange format: COMPLETE, COMPLETE_TWO_DIGIT_YEAR, PARTIAL_MONTH_MISSING …
  std::string iso() const;  // empty unless complete and a day of the calendar
};
std::vector<DateFound> dates(std::string_view text);

// A day that words name: a complete date, "Ende März 2019", "Mitte 2014", "I. Quartal 2019" (its last day); without a year it is `year`.
struct Moment {
  Span span;
  std::string iso;
};
std::vector<Moment> moments(std::string_view text, int year);

std::string unit_code(Unit unit);  // PERCENT …; COUNT of None

}  // namespace zielwerk::reader
