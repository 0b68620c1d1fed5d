// From a statement to Zielwerte: which number, of what, by how much, in which direction, how firmly, compared with what. Sign traps live here
// and nowhere else in the program: "um nicht mehr als 6,9 % sinkt" is -6.9, >=.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "reader/statement.h"

namespace zielwerk::reader {

struct ReferenceRead {
  std::string type;  // PREVIOUS_YEAR …
  std::optional<int> year, month;
  std::optional<base::Decimal> value;
  std::string unit;  // of the value
  std::string raw;   // empty: implied
};

struct EquivalentRead {
  std::string raw;
  base::Decimal value;
  std::string unit;
  std::string relation;  // SHORT_FORM, WORD_FORM, ABSOLUTE_EQUIVALENT
};

// A value to be reached on the way.
struct MilestoneRead {
  std::string date;  // ISO
  std::string comparator;
  base::Decimal value;
  std::string unit;
  Span raw;  // in the document
};

struct TargetRead {
  std::string code, kennzahl, subgroup;
  std::string measure, direction, literal, effective;
  bool explicit_bound = true;
  base::Decimal value, signed_value;
  std::optional<base::Decimal> low, high;
  std::string unit, value_raw;
  int year = 0;
  std::optional<int> month;  // of a MONTH_VALUE
  std::string aggregation;
  std::optional<ReferenceRead> reference;
  std::string from, to;      // ISO, of a PROGRAMME_PERIOD_SHARE; else empty
  std::optional<std::string> waiting, per, condition, deadline, place, responsible;  // responsible: id of a party
  std::optional<base::Decimal> weight;     // percent
  std::optional<base::Decimal> tolerance;  // in tolerance_unit
  std::string tolerance_unit;
  std::vector<MilestoneRead> milestones;
  std::vector<EquivalentRead> equivalents;
  std::vector<std::string> traps;
  std::vector<Span> evidence;  // in the document
  Span number;                 // in the document; empty where a word stands for it
  std::vector<Span> uses;      // further numbers of the document that the target says again
  std::size_t block = 0;
  std::vector<std::pair<std::string, std::string>> inferred;  // field, from what
  std::vector<std::pair<Span, std::string>> attached;         // words of later sentences, and the field they fill
};

// Pieces that several ways of writing share.
struct Quantity {
  std::string code, subgroup;
  const Finding* finding = nullptr;  // null: from heading or an earlier sentence
  std::string from;                  // heading, earlier sentence: a German word for the reviewer
};

// Fills measure, direction and comparators from indicator, sign, bound and way of writing. `sign` is +1, -1 or 0 (not said).
struct Wording {
  std::string bound;     // ">=", "<=", "<", ">", "RANGE", empty: none
  int sign = 0;          // of the direction words
  bool minus = false;    // the number bears the sign itself
  bool change = false;   // "um", "Steigerung", "+"; false: a level
  bool hold = false;
  std::string not_way;   // NOT_UP, NOT_DOWN
  std::string deciding;  // LOWER, UPPER: which bound of a range the words call decisive
};
void settle(TargetRead& target, const Wording& wording);

// What a sentence agrees on. `quantity` is what the sentence is about where it does not say so itself, `lead` the stance it inherits.
std::vector<TargetRead> targets_of(const Statement& statement, const std::optional<Quantity>& quantity, const Stance& lead);

}  // namespace zielwerk::reader
