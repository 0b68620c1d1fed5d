// Zielwert and what surrounds it: quantity, scale, bound and value of what was agreed, each with the words it comes from. Sign traps
// ("um nicht mehr als … sinkt") ended when the paper was read: the signed value decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/month.h"
#include "domain/fact.h"

namespace zielwerk::domain {

// The exact words in the signed text.
struct Evidence {
  std::string quote;
  int line = 0;
};

struct IndicatorRef {
  std::string code;      // INTEGRATION_RATE …
  std::string kennzahl;  // K2, only if stated; may be empty
  std::string subgroup;  // LZB, WOMEN …; empty: all
  std::string text() const { return subgroup.empty() ? code : code + " " + subgroup; }
};

// The scale a target is measured on. Prozent (of last year) is not Prozentpunkte.
enum class Scale { Level, RelativeChange, ChangeInPoints, AbsoluteChange, Ratio, Other };
enum class Bound { AtLeast, AtMost, MoreThan, LessThan, Equal };
std::string sign(Bound bound);     // ">="
std::string in_words(Bound bound);  // "mindestens"

enum class Aggregation { YearToDate, AnnualSum, AnnualAverage, AnnualShare, YearEndStock, MonthValue, MonthlyAverage, Other };

struct Reference {
  std::string type;  // PREVIOUS_YEAR, PREVIOUS_YEAR_END, BASE_MONTH, BASELINE …
  std::optional<int> year;
  std::optional<int> month;
  std::optional<base::Decimal> value;  // stated base value
};

struct Equivalent {
  std::string raw;
  std::optional<base::Decimal> value;
  std::string unit;
  std::string relation;  // SHORT_FORM, WORD_FORM, ABSOLUTE_EQUIVALENT, DERIVED …
};

// Decimals that verdicts compare at: those of the number, at least one for PERCENT and PERCENTAGE_POINT, none else unless written.
int places_of(const base::Decimal& value, const std::string& unit);

// Zielwert: binding and measurable. Sign traps ended when it was read: `value` is the signed value that decides.
struct Target {
  std::string id;  // T1
  std::string goal;
  std::string scope;
  IndicatorRef indicator;
  Scale scale = Scale::Level;
  std::string scale_code;  // as in the exchange format
  Bound bound = Bound::AtLeast;
  bool bound_explicit = true;
  bool reads_equality = false;  // "entspricht", "Stagnation": one-sided reading of an equality
  base::Decimal value;          // decimals as agreed
  std::string unit;             // PERCENT, PERCENTAGE_POINT, COUNT, EUR …
  std::string words;            // value_raw
  int year = 0;                 // of the result
  std::optional<int> month;     // of a MONTH_VALUE
  Aggregation aggregation = Aggregation::Other;
  std::optional<Reference> reference;
  std::optional<Waiting> waiting;
  std::vector<Equivalent> equivalents;
  std::string per;
  std::vector<std::string> ambiguities;
  std::vector<Evidence> evidence;

  int places() const { return places_of(value, unit); }
};

struct Milestone {
  std::string target;
  Month month;  // of its date
  std::string date;
  Bound bound = Bound::AtLeast;
  base::Decimal value;
  std::string unit;
};

}  // namespace zielwerk::domain
