// The fields of a draft as people correct them: what they are called, what may stand in them, and setting them. A field is named as
// corrections are: "targets[T1].signed_value", "budgets[B1].amount", "considerations[0].condition".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/problem.h"

namespace zielwerk::app {

struct FieldValue {
  std::string path;
  std::optional<std::string> value;  // as people write it ("2,6"); nullopt: nothing
};

// A target that the program did not see. Its words are whole lines of the paper; what it compares with follows from the scale.
struct NewTarget {
  std::string indicator;
  std::string kennzahl;  // may be empty
  std::string measure;
  std::string comparator;  // >= or <=
  std::string value;
  std::string unit;
  std::string aggregation;
  int first_line = 0;
  int last_line = 0;
};

struct DraftEdit {
  int version = 0;  // the version it was made on
  std::string why;
  std::optional<std::string> whose;  // Trägernummer
  std::vector<FieldValue> fields;
  std::vector<std::string> remove;  // whole entries of lists: "targets[T2]"
  std::vector<NewTarget> targets;
  std::vector<std::size_t> settled;  // open points of the reading, from 0
};

// Changes `agreement` (exchange format); a value with its sign takes the value without it along, and the formula that no longer fits goes.
// Problems, all at once: field_unknown, value_invalid, line_unknown. Then it is changed in part and of no use.
base::Problems apply(const DraftEdit& edit, boost::json::object& agreement, std::string_view text);

// For pages: "gruppen" in the order of the review, each with its entries, their fields, how sure the reader was and what was read where a
// person corrected it; "auswahl" the lists of choices that fields name. `document` is the draft as read, `agreement` as it is now.
boost::json::object field_groups(const boost::json::object& document, const boost::json::object& agreement);

// The choices a new target offers: indicator, measure, comparator, unit, aggregation, each with code and German words.
boost::json::object target_choices();

}  // namespace zielwerk::app
