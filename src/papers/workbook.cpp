#include <set>

#include <fmt/format.h>

#include "documents/workbook_writer.h"
#include "papers/render.h"

namespace zielwerk::papers {
namespace {

using documents::WrittenCell;
using documents::WrittenSheet;

// Excel takes at most 31 characters, no repetition, and none of []:*?/\ .
std::string sheet_name(const std::string& caption, std::set<std::string>& taken) {
  std::string name;
  for (std::size_t at = 0, count = 0; at < caption.size() && count < 26; ++count) {
    std::size_t length = 1;
    while (at + length < caption.size() && (static_cast<unsigned char>(caption[at + length]) & 0xC0) == 0x80) ++length;
    const auto character = caption.substr(at, length);
    name += character.find_first_of("[]:*?/\\'") == std::string::npos ? character : " ";
    at += length;
  }
  auto free = name;
  for (int number = 2; !taken.insert(free).second; ++number) free = fmt::format("{} {}", name, number);
  return free;
}

WrittenSheet sheet(const Table& table, const std::string& heading, std::set<std::string>& taken) {
  WrittenSheet sheet;
  sheet.name = sheet_name(heading.empty() ? table.caption : heading + " " + table.caption, taken);
  for (const auto& column : table.columns) sheet.headings.push_back(column.heading);
  for (const auto& row : table.rows) {
    auto& cells = sheet.rows.emplace_back();
    for (const auto& cell : row) {
      if (cell.plain.empty()) cells.push_back({cell.text});
      else cells.push_back({cell.plain, cell.places, cell.unit});
    }
  }
  sheet.notes = {heading.empty() ? table.caption : heading + ": " + table.caption};
  if (!table.note.empty()) sheet.notes.push_back(table.note);
  return sheet;
}

}  // namespace

std::string as_xlsx(const Paper& paper) {
  WrittenSheet cover;
  cover.name = "Unterlage";
  cover.headings = {"Unterlage", paper.title};
  cover.rows = {{{"Einheit"}, {paper.unit}}, {{"Vereinbarung"}, {paper.agreement}}};
  if (!paper.basis.empty()) cover.rows.push_back({{"Datenbasis"}, {paper.basis}});
  if (!paper.rule.empty()) cover.rows.push_back({{"Regelstand"}, {paper.rule}});
  if (paper.own_reckoning) cover.rows.push_back({{"Kennzeichnung"}, {own_mark}});
  for (const auto& source : paper.sources) cover.rows.push_back({{"Quelle"}, {source}});
  cover.rows.push_back({{"Inhalt SHA-256"}, {content_hash(paper)}});
  std::vector<WrittenSheet> sheets = {std::move(cover)};
  std::set<std::string> taken = {"Unterlage"};
  std::string heading;
  for (const auto& block : paper.blocks) {
    if (const auto* one = std::get_if<Heading>(&block)) heading = one->text.substr(0, one->text.find(' '));
    // The number of a target tells its sheets apart; other tables are known by their captions.
    const auto number = heading.size() <= 4 && heading.find_first_of("0123456789") != std::string::npos ? heading : std::string();
    if (const auto* table = std::get_if<Table>(&block)) sheets.push_back(sheet(*table, number, taken));
    if (const auto* chart = std::get_if<Chart>(&block)) sheets.push_back(sheet(chart->table, number, taken));
  }
  for (auto& one : sheets) {
    one.notes.push_back(running_line(paper));
    one.footer = running_line(paper);
  }
  return documents::workbook_of(sheets, paper.title);
}

}  // namespace zielwerk::papers
