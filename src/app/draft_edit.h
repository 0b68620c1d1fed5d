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

// An entry that the program did not see, of any list of rules/new_entries.json; its words are whole lines of the paper, where entries of that
// list have some.
struct NewEntry {
  std::string list;                // "programmes[PR1].places"
  std::vector<FieldValue> fields;  // named within the entry: "count"
  int first_line = 0;
  int last_line = 0;
};

// The same for a target, which is made of fewer details. A level compares with nothing unless it says so; a change with the year before.
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
  std::string reference = {};        // type of the exchange format; empty: as above
  std::string reference_year = {};   // 2021; empty: the year before
  std::string reference_month = {};  // 1 to 12, of BASE_MONTH
  std::string reference_value = {};  // the number itself, where the paper names it
};

struct DraftEdit {
  int version = 0;  // the version it was made on
  std::string why;
  std::optional<std::string> whose;  // Trägernummer
  std::vector<FieldValue> fields;
  std::vector<std::string> remove;  // whole entries of lists: "targets[T2]", "programmes[PR1].places[PL2]"
  std::vector<NewTarget> targets;
  std::vector<std::size_t> settled;  // open points of the reading, from 0
  std::vector<NewEntry> entries = {};
};

// Changes `agreement` (exchange format); a value with its sign takes the value without it along, and the formula that no longer fits goes.
// Problems, all at once: field_unknown, list_unknown, value_invalid, line_unknown. Then it is changed in part and of no use.
base::Problems apply(const DraftEdit& edit, boost::json::object& agreement, std::string_view text);

// For pages: "gruppen" in the order of the review, each with its entries, their fields, how sure the reader was and what was read where a
// person corrected it, and "neu", the fields of an entry that is added (lists within an entry have their own, in "listen"); "auswahl" the lists of choices that fields name. `document` is the draft as read, `agreement` as it is now.
boost::json::object field_groups(const boost::json::object& document, const boost::json::object& agreement);

// The choices a new target offers: indicator, measure, comparator, unit, aggregation, each with code and German words.
boost::json::object target_choices();

}  // namespace zielwerk::app
