// Tables for people and programs: one value, printed for a terminal, as CSV or as JSON. German number forms are in the cells;
// colour only accompanies a word or sign.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace zielwerk::report {

enum class Align { Left, Decimal };  // Decimal: numbers stand with their decimal commas under each other
enum class Tone { Plain, Good, Bad, Doubt, Faint };

struct Cell {
  std::string shown;  // for people: "1.132,5"
  std::optional<std::string> plain;  // for programs: "1132.5"; as `shown` if not given
  Tone tone = Tone::Plain;
};

struct Column {
  std::string key;      // for programs: berichtsmonat
  std::string heading;  // for people: Berichtsmonat
  Align align = Align::Left;
  bool section = false;  // for people: not a column but a line of its own above the rows that share it
  bool if_any = false;   // for people: only where one of its cells says something
  bool programs_only = false;  // people read it elsewhere, in the notes
};

struct Table {
  std::string title;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> notes;
};

struct TextStyle {
  std::size_t width = 100;  // columns of the terminal; 0: as wide as needed
  bool colour = false;
};

// Cells wrap to the width; where even that is too narrow, each row becomes a block of "heading: value" lines.
std::string as_text(const Table& table, const TextStyle& style);
// ";" as separator, decimal point, keys as header; a text that a spreadsheet would take for a formula gets an apostrophe.
std::string as_csv(const Table& table);
// For a spreadsheet in German: UTF-8 with its mark, ";", the headings people read, decimal comma, no formulas.
std::string as_spreadsheet_csv(const Table& table);
// As an XLSX file: numbers are numbers, shown with their own decimals.
std::string as_workbook(const Table& table);
// An array of objects, all values strings; missing values are "".
std::string as_json(const Table& table);

std::string in_colour(const std::string& text, Tone tone, bool colour);

}  // namespace zielwerk::report
