#include "report/table.h"

#include <algorithm>
#include <numeric>

#include <boost/json.hpp>

#include "base/exact.h"
#include "base/text.h"
#include "documents/workbook_writer.h"
#include "report/json_text.h"

namespace zielwerk::report {
namespace {

using base::display_width;

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8;

std::string padded(const std::string& text, std::size_t width) {
  const auto used = display_width(text);
  return used >= width ? text : text + std::string(width - used, ' ');
}

// "12,5 %" -> the part before the decimal comma decides where the number stands.
std::size_t width_before_comma(const std::string& text) {
  const auto end = text.find_first_of(", ", 0);
  return display_width(text.substr(0, end));
}

// Numbers of a column padded so that their decimal commas stand under each other.
std::vector<std::vector<std::string>> aligned(const Table& table) {
  std::vector<std::vector<std::string>> cells(table.rows.size());
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    std::size_t before = 0;
    if (table.columns[column].align == Align::Decimal) {
      for (const auto& row : table.rows) before = std::max(before, width_before_comma(row[column].shown));
    }
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const auto text = base::printable(table.rows[row][column].shown);
      const auto own = width_before_comma(text);
      cells[row].push_back(text.empty() || own >= before ? text : std::string(before - own, ' ') + text);
    }
  }
  return cells;
}

std::vector<std::size_t> natural_widths(const Table& table, const std::vector<std::vector<std::string>>& cells) {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    std::size_t width = display_width(table.columns[column].heading);
    for (const auto& row : cells) width = std::max(width, display_width(row[column]));
    widths.push_back(width);
  }
  return widths;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + gap * (widths.empty() ? 0 : widths.size() - 1);
}

std::size_t longest_word(const std::vector<std::vector<std::string>>& cells, std::size_t column) {
  std::size_t longest = 0;
  for (const auto& row : cells) {
    for (const auto& word : base::split(row[column], ' ')) longest = std::max(longest, display_width(word));
  }
  return longest;
}

// Takes from the widest text column until the table fits; false if no column can give any more. Words are broken only if they may be.
bool shrink(const Table& table, const std::vector<std::vector<std::string>>& cells, std::vector<std::size_t>& widths, std::size_t width, bool break_words) {
  std::vector<std::size_t> narrow;
  for (std::size_t i = 0; i < widths.size(); ++i) narrow.push_back(std::max({narrowest, display_width(table.columns[i].heading), break_words ? 0 : longest_word(cells, i)}));
  while (total(widths) > width) {
    std::size_t widest = table.columns.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const auto least = narrow[i];
      if (table.columns[i].align == Align::Left && widths[i] > least && (widest == table.columns.size() || widths[i] > widths[widest])) widest = i;
    }
    if (widest == table.columns.size()) return false;
    --widths[widest];
  }
  return true;
}

void drop_column(Table& table, std::size_t column) {
  const auto at = static_cast<std::ptrdiff_t>(column);
  table.columns.erase(table.columns.begin() + at);
  for (auto& row : table.rows) row.erase(row.begin() + at);
}

bool hidden(const Table& table, std::size_t column) {
  const auto& one = table.columns[column];
  return one.programs_only || (one.if_any && std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return row[column].shown.empty(); }));
}

// What people see of a table: without the columns that say nothing to them and without its section column, and the section of each row.
struct Sectioned {
  Table table;
  std::vector<std::string> sections;  // empty if there is no such column
};

Sectioned for_people(const Table& table) {
  Sectioned result{table, {}};
  auto& columns = result.table.columns;
  for (std::size_t i = columns.size(); i-- > 0;) {
    if (hidden(result.table, i)) drop_column(result.table, i);
  }
  const auto found = std::find_if(columns.begin(), columns.end(), [](const Column& column) { return column.section; });
  if (found == columns.end()) return result;
  const auto at = static_cast<std::size_t>(found - columns.begin());
  for (const auto& row : result.table.rows) result.sections.push_back(row[at].shown);
  drop_column(result.table, at);
  return result;
}

// The line above a row that begins a new section.
std::string section_line(const std::vector<std::string>& sections, std::size_t row, const TextStyle& style) {
  if (sections.empty() || sections[row].empty() || (row > 0 && sections[row] == sections[row - 1])) return {};
  std::string text;
  for (const auto& line : base::wrap(base::printable(sections[row]), style.width == 0 ? std::string::npos : style.width)) text += in_colour(line, Tone::Faint, style.colour) + "\n";
  return text;
}

std::string as_blocks(const Table& table, const std::vector<std::string>& sections, const TextStyle& style) {
  std::string text;
  for (std::size_t number = 0; number < table.rows.size(); ++number) {
    const auto& row = table.rows[number];
    text += section_line(sections, number, style);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i].shown.empty()) continue;
      const auto lines = base::wrap(table.columns[i].heading + ": " + base::printable(row[i].shown), std::max<std::size_t>(style.width, 20));
      for (const auto& line : lines) text += in_colour(line, row[i].tone, style.colour) + "\n";
    }
    text += "\n";
  }
  return text;
}

void append_row(std::string& text, const std::vector<std::vector<std::string>>& lines, const std::vector<std::size_t>& widths,
                const std::vector<Tone>& tones, bool colour) {
  std::size_t height = 1;
  for (const auto& cell : lines) height = std::max(height, cell.size());
  for (std::size_t line = 0; line < height; ++line) {
    std::string printed;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const std::string part = line < lines[i].size() ? lines[i][line] : "";
      const bool last = i + 1 == widths.size();
      printed += in_colour(last ? part : padded(part, widths[i]), tones[i], colour && !part.empty());
      if (!last) printed += std::string(gap, ' ');
    }
    printed.erase(printed.find_last_not_of(' ') + 1);
    text += printed + "\n";
  }
}

std::string as_grid(const Table& table, const std::vector<std::string>& sections, const TextStyle& style,
                    const std::vector<std::vector<std::string>>& cells, const std::vector<std::size_t>& widths) {
  std::string text;
  const auto wrapped = [&](const std::string& cell, std::size_t column) {
    if (display_width(cell) <= widths[column]) return std::vector<std::string>{cell};
    return base::wrap(cell, widths[column]);
  };
  std::vector<std::vector<std::string>> header;
  for (std::size_t i = 0; i < table.columns.size(); ++i) header.push_back(wrapped(table.columns[i].heading, i));
  append_row(text, header, widths, std::vector<Tone>(widths.size(), Tone::Faint), style.colour);
  std::string rule;
  for (std::size_t i = 0; i < total(widths); ++i) rule += "─";
  text += rule + "\n";
  for (std::size_t row = 0; row < cells.size(); ++row) {
    text += section_line(sections, row, style);
    std::vector<std::vector<std::string>> lines;
    std::vector<Tone> tones;
    for (std::size_t i = 0; i < cells[row].size(); ++i) {
      lines.push_back(wrapped(cells[row][i], i));
      tones.push_back(table.rows[row][i].tone);
    }
    append_row(text, lines, widths, tones, style.colour);
  }
  return text;
}

std::string plain(const Cell& cell) { return cell.plain.value_or(cell.shown); }

std::string csv_quoted(const std::string& text) {
  if (text.find_first_of(";\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

// A text that a spreadsheet would take for a formula gets an apostrophe.
std::string harmless(std::string text, Align align) {
  if (align == Align::Left && !text.empty() && std::string_view("=+-@\t").find(text[0]) != std::string_view::npos) text.insert(0, 1, '\'');
  return text;
}

std::string csv_field(const Cell& cell, Align align) { return csv_quoted(harmless(plain(cell), align)); }

std::string with_comma(std::string number) {
  std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

bool is_number(const std::string& text) { return !text.empty() && base::parse_decimal(text).has_value(); }

}  // namespace

std::string in_colour(const std::string& text, Tone tone, bool colour) {
  if (!colour || tone == Tone::Plain) return text;
  const char* code = tone == Tone::Good ? "32" : tone == Tone::Bad ? "31" : tone == Tone::Doubt ? "33" : "2";
  return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
}

std::string as_text(const Table& whole, const TextStyle& style) {
  const auto [table, sections] = for_people(whole);
  std::string text;
  const std::size_t width = style.width == 0 ? std::string::npos : style.width;
  if (!table.title.empty()) {
    for (const auto& line : base::wrap(base::printable(table.title), width)) text += line + "\n";
    text += "\n";
  }
  const auto cells = aligned(table);
  auto widths = natural_widths(table, cells);
  const auto natural = widths;
  bool fits = shrink(table, cells, widths, width, false);
  if (!fits) fits = shrink(table, cells, widths = natural, width, true);
  text += fits ? as_grid(table, sections, style, cells, widths) : as_blocks(table, sections, style);
  for (const auto& note : table.notes) {
    bool first = true;
    for (const auto& line : base::wrap(base::printable(note), width == std::string::npos ? width : width - 2)) {
      text += (std::exchange(first, false) ? "· " : "  ") + line + "\n";
    }
  }
  return text;
}

std::string as_csv(const Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i) text += (i > 0 ? ";" : "") + table.columns[i].key;
  text += "\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i > 0 ? ";" : "") + csv_field(row[i], table.columns[i].align);
    text += "\n";
  }
  return text;
}

std::string as_spreadsheet_csv(const Table& table) {
  std::string text = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < table.columns.size(); ++i) text += (i > 0 ? ";" : "") + csv_quoted(table.columns[i].heading);
  text += "\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool number = table.columns[i].align == Align::Decimal && is_number(plain(row[i]));
      text += (i > 0 ? ";" : "") + (number ? with_comma(plain(row[i])) : csv_quoted(harmless(row[i].shown, Align::Left)));
    }
    text += "\n";
  }
  return text;
}

std::string as_workbook(const Table& table) {
  documents::WrittenSheet sheet{"Tabelle", {}, {}, table.notes};
  for (const auto& column : table.columns) sheet.headings.push_back(column.heading);
  for (const auto& row : table.rows) {
    auto& written = sheet.rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto number = table.columns[i].align == Align::Decimal ? base::parse_decimal(plain(row[i])) : std::nullopt;
      written.push_back(number ? documents::WrittenCell{plain(row[i]), number->places} : documents::WrittenCell{row[i].shown, {}});
    }
  }
  return documents::workbook_of(sheet);
}

std::string as_json(const Table& table) {
  boost::json::array rows;
  for (const auto& row : table.rows) {
    boost::json::object entry;
    for (std::size_t i = 0; i < row.size(); ++i) entry[table.columns[i].key] = plain(row[i]);
    rows.push_back(std::move(entry));
  }
  return json_text(rows);
}

}  // namespace zielwerk::report
