// Headers and row labels of one sheet, as a reader sees them, and what a profile makes of them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/month.h"
#include "base/problem.h"
#include "intake/profile.h"
#include "intake/sheet.h"

namespace zielwerk::intake {

struct HeaderText {
  unsigned row = 0;
  unsigned column = 0;  // of the cell that holds it; a merged cell fills to the right
  CellKind kind = CellKind::Text;
  std::string text;  // label_text()
};

struct HeaderColumn {
  unsigned column = 0;
  std::vector<HeaderText> levels;  // from the top down, only those with text
  bool has_values = false;
};

struct MatchedColumn {
  unsigned column = 0;
  const ColumnLayout* layout = nullptr;
  std::optional<base::Month> month;  // of a column that brings its own
  std::optional<base::Month> state;
  std::string header_cell;
};

struct LabelledRow {
  unsigned row = 0;
  unsigned column = 0;
  std::size_t depth = 0;
  std::string label;
  std::optional<std::size_t> above;  // index of the next heading or less indented label
  bool heading = false;              // without a number or mark, so it qualifies the rows below
  bool has_values = false;
};

struct MatchedRow {
  unsigned row = 0;
  const RowLayout* layout = nullptr;
};

// Rows and columns with values that no layout of the sheet reads: a sheet may be described by several [[blatt]].
class Unread {
 public:
  void read(std::size_t sheet, const std::string& line) { read_.insert({sheet, line}); }  // line: "Zeile 12", "Spalte 3"
  void seen(std::size_t sheet, const std::string& line, base::Problem remark) { seen_.try_emplace({sheet, line}, std::move(remark)); }
  base::Problems remarks() const;

 private:
  std::set<std::pair<std::size_t, std::string>> read_;
  std::map<std::pair<std::size_t, std::string>, base::Problem> seen_;
};

// Collects the problems and remarks of one sheet and names its cells.
struct SheetReport {
  std::size_t sheet;
  std::string place;  // "zahlen.xlsx, Blatt Kennzahlen"
  base::Problems& problems;
  base::Problems& remarks;
  Unread& unread;

  // where: "Zelle C14"; empty: the sheet
  void problem(std::string code, std::string message, const std::string& where) const;
  void remark(std::string code, std::string message, const std::string& where) const;
  void line(const std::string& line, bool read, std::string message, const std::string& where) const;
};

// A number or date cell as a month: Excel serial or ISO date.
std::optional<base::Month> month_of_cell(const Cell& cell, bool days_count_from_1904);

// A cell's text; a number as people would write it: 2015.
std::string shown_text(const Cell& cell);

// Problems label_missing, label_ambiguous, month_invalid; notes which columns with values are read and which are not.
std::vector<MatchedColumn> match_columns(const Sheet& sheet, const SheetLayout& layout, bool days_count_from_1904, const SheetReport& report);

// Problems label_missing, label_ambiguous; notes which rows with values are read and which are not.
std::vector<MatchedRow> match_rows(const Sheet& sheet, const SheetLayout& layout, const std::vector<MatchedColumn>& columns,
                                   const SheetReport& report);

}  // namespace zielwerk::intake
