// Layout profile: where in a workbook what stands. docs/formats/profil.md is the description for those who write one.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "domain/jobcenter.h"
#include "domain/measure.h"
#include "intake/sheet.h"
#include "intake/text_pattern.h"

namespace zielwerk::intake {

// A statement read from one cell: of the sheet being read, or of the sheet that is named.
struct CellSource {
  std::optional<TextPattern> sheet;
  CellAddress address;
  std::string cell;  // "A4", as the profile names it
  TextPattern pattern;
};

// What a row, a column or a whole sheet says about its values; rows and columns complete each other.
struct Meaning {
  std::string measure;
  std::optional<domain::Sex> sex;
  std::optional<std::string> group;
};

struct ColumnLayout {
  std::vector<TextPattern> header;  // from the top level down, levels without text left out
  Meaning meaning;
  unsigned occurrence = 0;  // counts from 1; 0: there must be only one
  bool may_be_missing = false;

  bool has(TextPattern::Piece piece) const;
  bool has_month() const { return has(TextPattern::Piece::Month) || has(TextPattern::Piece::MonthName); }
  bool repeats() const { return has_month() || has(TextPattern::Piece::State); }
  std::string shown() const;  // "ELB / Männer"
};

struct RowLayout {
  std::string label;               // as label_text()
  std::vector<std::string> under;  // headings and less indented labels above it, outermost first
  Meaning meaning;
  unsigned occurrence = 0;
  bool may_be_missing = false;

  std::string shown() const;  // "Männer (unter Bestand)"
};

struct SheetLayout {
  TextPattern name;
  bool may_be_missing = false;
  unsigned first_header_row = 0;
  unsigned last_header_row = 0;
  unsigned first_row = 0;
  unsigned last_row = 0;
  std::vector<unsigned> label_columns;  // more than one: a label further left is a heading of those to its right
  Meaning meaning;
  std::vector<ColumnLayout> columns;
  std::vector<RowLayout> rows;
};

class Profile {
 public:
  std::string name;
  std::string description;  // for those who choose among profiles

  // The Träger: exactly one of the three.
  std::optional<CellSource> provider_cell;
  bool provider_in_file_name = false;
  std::optional<domain::ProviderNumber> provider;

  std::optional<CellSource> month;  // absent: every column has its own
  std::optional<CellSource> state;
  std::optional<CellSource> waiting_cell;
  std::optional<int> waiting;

  std::vector<SheetLayout> sheets;
};

}  // namespace zielwerk::intake
