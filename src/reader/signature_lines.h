// The part of a paper where it is signed: lines cut into cells, cells told apart, columns found again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reader/draft.h"

namespace zielwerk::reader {

// A date as it stands beside a place. What is illegible stays empty: nothing is made up from other dates.
struct SignedDate {
  Span raw;  // in the document; empty: nothing written
  std::optional<int> day, month, year;
  std::string quality;
  bool month_first = false;  // 02/17/2012
  bool ambiguous = false;    // 05/12/2022
  std::string iso() const;   // empty unless day, month and year are there and a day of the calendar
};

extern const std::string date_pattern;  // what a date beside a place may look like, partial and damaged ones included

// The date that `text` is; nothing else may stand there. `raw` of the result is empty.
std::optional<SignedDate> signed_date(const std::string& text);

enum class Part { Date, Behalf, Name, Office, Label, Blank, Other };

struct Cell {
  Part part = Part::Other;
  Span raw;
  std::size_t line = 0;  // where its line begins in the document
  std::string text;    // even
  int column = 0;      // where it begins on its line, in characters; of a table row: 1000 × the index of the cell
  std::string place;   // of a date
  Span place_raw;
  SignedDate date;
  std::string person;  // of a name
  std::string office;  // named together with the person
  std::string of;      // the party in brackets after the name
  bool behalf = false;
};

// Cells of one stretch of signatures, line by line.
using Stretch = std::vector<std::vector<Cell>>;

// Every stretch that has at least one place with a date, or a name under a line to sign on. `known`: persons and parties of the head.
struct Known {
  std::vector<std::string> persons;
  std::vector<std::string> parties;  // names and abbreviations
};
std::vector<Stretch> signature_stretches(const Paper& paper, const Known& known);

}  // namespace zielwerk::reader
