#include "intake/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "domain/fact.h"
#include "intake/cell_value.h"
#include "intake/fact_file.h"

namespace zielwerk::intake {
namespace {

using Piece = TextPattern::Piece;

constexpr std::size_t deepest_label = 100;
constexpr std::size_t most_matched_columns = 2'000;

std::string cell(unsigned row, unsigned column) { return "Zelle " + domain::cell_name(row, column); }

// A number or a mark; free text ("Anzahl") is none.
bool states_value(const Cell& found) {
  if (found.kind == CellKind::Empty || found.kind == CellKind::FormulaOnly) return false;
  if (found.kind != CellKind::Text) return true;
  const auto value = cell_value(found);
  return value && value->has_value();
}

bool in_rows(const Sheet::Entry& entry, const SheetLayout& layout) { return entry.row >= layout.first_row && entry.row <= layout.last_row; }

bool is_label_column(const SheetLayout& layout, unsigned column) {
  return std::find(layout.label_columns.begin(), layout.label_columns.end(), column) != layout.label_columns.end();
}

class Header {
 public:
  Header(const Sheet& sheet, const SheetLayout& layout) : sheet_(sheet), layout_(layout) {
    for (const auto& entry : sheet.entries()) {
      if (in_rows(entry, layout) && states_value(sheet.cell(entry))) values_in_.insert(entry.column);
      last_used_ = std::max<unsigned>(last_used_, entry.column);
    }
    for (unsigned row = layout.first_header_row; row <= layout.last_header_row; ++row) read_level(row);
  }

  std::vector<HeaderColumn> columns() const {
    std::vector<HeaderColumn> list;
    for (const auto& [column, levels] : levels_) {
      if (!is_label_column(layout_, column)) list.push_back({column, levels, values_in_.contains(column)});
    }
    return list;
  }

 private:
  void read_level(unsigned row) {
    std::map<unsigned, HeaderText> texts;
    const auto add = [&](unsigned column, unsigned from) {
      const auto found = sheet_.at(row, from);
      auto text = label_text(shown_text(found));
      if (!text.empty()) texts.insert_or_assign(column, HeaderText{row, from, found.kind, std::move(text)});
    };
    const auto first = std::lower_bound(sheet_.entries().begin(), sheet_.entries().end(), row,
                                        [](const auto& entry, unsigned wanted) { return entry.row < wanted; });
    for (auto entry = first; entry != sheet_.entries().end() && entry->row == row; ++entry) add(entry->column, entry->column);
    unsigned filled = 0;  // merged ranges of an honest sheet never overlap
    for (const auto& merge : sheet_.merges()) {
      if (merge.first_row != row) continue;  // further down, a merged cell is the same text, not another level
      for (auto column = merge.first_column + 1; column <= std::min(merge.last_column, last_used_) && filled < 16'384; ++column, ++filled) {
        add(column, merge.first_column);
      }
    }
    for (auto& [column, text] : texts) levels_[column].push_back(std::move(text));
  }

  const Sheet& sheet_;
  const SheetLayout& layout_;
  std::set<unsigned> values_in_;
  unsigned last_used_ = 0;
  std::map<unsigned, std::vector<HeaderText>> levels_;
};

struct HeaderMatch {
  MatchedColumn column;
  const HeaderText* not_a_month = nullptr;  // everything else fits
};

std::optional<HeaderMatch> match(const HeaderColumn& column, const ColumnLayout& layout, const Sheet& sheet, bool from_1904) {
  if (column.levels.size() != layout.header.size()) return std::nullopt;
  Captured captured;
  HeaderMatch match;
  for (std::size_t i = 0; i < layout.header.size(); ++i) {
    const auto& level = column.levels[i];
    const auto& pattern = layout.header[i];
    const bool stated_as_date = level.kind != CellKind::Text && (pattern.is_only(Piece::Month) || pattern.is_only(Piece::State));
    if (stated_as_date) {
      const auto month = month_of_cell(sheet.at(level.row, level.column), from_1904);
      (pattern.is_only(Piece::Month) ? captured.month : captured.state) = month;
      if (!month) match.not_a_month = &level;
    } else if (const auto found = pattern.match(level.text)) {
      captured.add(*found);
    } else {
      return std::nullopt;
    }
  }
  match.column = {column.column, &layout, captured.stated_month(), captured.state, cell(column.levels.back().row, column.levels.back().column)};
  if (layout.has_month() && !match.column.month && !match.not_a_month) match.not_a_month = &column.levels.back();
  return match;
}

// "„A“, „B“, „C“" of what was there, so that a wrong label can be told from a missing one.
std::string some_of(const std::vector<std::string>& found) {
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 5); ++i) shown.push_back(base::quoted(found[i]));
  if (found.size() > 5) shown.push_back(fmt::format("… ({} weitere)", found.size() - 5));
  return shown.empty() ? "keine" : base::join(shown, ", ");
}

std::string shown(const HeaderColumn& column) {
  std::vector<std::string> levels;
  for (const auto& level : column.levels) levels.push_back(level.text);
  return base::join(levels, " / ");
}

// Labels of the sheet, top to bottom, each with what stands above it.
std::vector<LabelledRow> labelled_rows(const Sheet& sheet, const SheetLayout& layout, const std::vector<MatchedColumn>& columns) {
  std::set<std::string> headings, labels;
  for (const auto& row : layout.rows) {
    labels.insert(row.label);
    headings.insert(row.under.begin(), row.under.end());
  }
  std::set<unsigned> value_columns;
  for (const auto& column : columns) value_columns.insert(column.column);
  std::vector<LabelledRow> rows;
  std::vector<std::size_t> open;  // labels that may qualify the next one
  const auto close_row = [&](std::size_t begin, bool has_values) {
    for (auto i = begin; i < rows.size(); ++i) {
      auto& row = rows[i];
      row.has_values = has_values && i + 1 == rows.size();
      // An empty row that the profile reads is a row whose figures are missing, unless it also stands above others.
      row.heading = !row.has_values && (headings.contains(row.label) || !labels.contains(row.label));
      while (!open.empty() &&
             (rows[open.back()].depth > row.depth || (rows[open.back()].depth == row.depth && (row.heading || !rows[open.back()].heading)))) {
        open.pop_back();
      }
      if (!open.empty()) row.above = open.back();
      open.push_back(i);
    }
  };
  const auto& entries = sheet.entries();
  for (std::size_t i = 0; i < entries.size();) {
    const auto begin = rows.size();
    const auto row = entries[i].row;
    bool has_values = false;
    for (; i < entries.size() && entries[i].row == row; ++i) {
      if (!in_rows(entries[i], layout)) continue;
      const auto found = sheet.cell(entries[i]);
      const auto position = std::find(layout.label_columns.begin(), layout.label_columns.end(), entries[i].column);
      if (position != layout.label_columns.end()) {
        const auto text = shown_text(found);
        const auto depth =
            std::min(leading_blanks(text), deepest_label) + static_cast<std::size_t>(position - layout.label_columns.begin()) * (deepest_label + 1);
        if (auto label = label_text(text); !label.empty())
          rows.push_back({row, entries[i].column, depth, std::move(label), std::nullopt, false, false});
      } else if (columns.empty() || value_columns.contains(entries[i].column)) {
        has_values = has_values || states_value(found);
      }
    }
    close_row(begin, has_values);
  }
  return rows;
}

bool stands_under(const std::vector<LabelledRow>& rows, const LabelledRow& row, const std::vector<std::string>& headings) {
  auto wanted = headings.rbegin();
  for (auto above = row.above; above && wanted != headings.rend(); above = rows[*above].above) {
    if (rows[*above].label == *wanted) ++wanted;
  }
  return wanted == headings.rend();
}

// The candidates' places: "Zelle A12, Zelle A30"
template <class List, class Name>
std::string places(const List& candidates, Name name) {
  std::vector<std::string> list;
  for (const auto& one : candidates) {
    if (list.size() < 5) list.push_back(name(one));
  }
  return base::join(list, ", ") + (candidates.size() > 5 ? " …" : "");
}

}  // namespace

base::Problems Unread::remarks() const {
  base::Problems list;
  for (const auto& [line, remark] : seen_) {
    if (!read_.contains(line) && list.size() < most_problems) list.push_back(remark);
  }
  return list;
}

void SheetReport::problem(std::string code, std::string message, const std::string& where) const {
  if (problems.size() < most_problems) problems.push_back({std::move(code), std::move(message), where.empty() ? place : place + ", " + where});
}

void SheetReport::remark(std::string code, std::string message, const std::string& where) const {
  if (remarks.size() < most_problems) remarks.push_back({std::move(code), std::move(message), where.empty() ? place : place + ", " + where});
}

void SheetReport::line(const std::string& line, bool read, std::string message, const std::string& where) const {
  if (read) return unread.read(sheet, line);
  unread.seen(sheet, line, {"label_not_in_profile", std::move(message), place + ", " + where});
}

std::string shown_text(const Cell& found) {
  if (found.kind != CellKind::Number) return std::string(found.text);
  const auto number = shortest_decimal(found.text);
  return number ? number->normalised().plain() : std::string(found.text);
}

std::optional<base::Month> month_of_cell(const Cell& found, bool days_count_from_1904) {
  if (found.kind == CellKind::Number) return month_of_serial(found.text, days_count_from_1904);
  if (found.kind == CellKind::Date) return base::Month::parse(found.text.substr(0, 7));
  return std::nullopt;
}

std::vector<MatchedColumn> match_columns(const Sheet& sheet, const SheetLayout& layout, bool days_count_from_1904, const SheetReport& report) {
  const auto headers = Header(sheet, layout).columns();
  std::map<unsigned, MatchedColumn> taken;
  std::set<unsigned> unusable;
  std::vector<std::string> header_texts;
  for (const auto& header : headers) {
    if (header_texts.empty() || header_texts.back() != shown(header)) header_texts.push_back(shown(header));
  }
  const auto rows = layout.first_header_row == layout.last_header_row
                        ? fmt::format("Kopfzeile {}", layout.first_header_row)
                        : fmt::format("Kopfzeilen {} bis {}", layout.first_header_row, layout.last_header_row);
  for (const auto& column : layout.columns) {
    std::vector<HeaderMatch> matches;
    for (const auto& header : headers) {
      if (auto found = match(header, column, sheet, days_count_from_1904)) matches.push_back(*found);
    }
    if (!column.repeats() && column.occurrence > 0) {
      matches = column.occurrence <= matches.size() ? std::vector{matches[column.occurrence - 1]} : std::vector<HeaderMatch>{};
    }
    if (matches.empty() && !column.may_be_missing) {
      report.problem("label_missing",
                     fmt::format("Die Spalte {}{} fehlt; gefunden sind die Überschriften {}.", base::quoted(column.shown()),
                                 column.occurrence > 1 ? fmt::format(" (Vorkommen {})", column.occurrence) : "", some_of(header_texts)),
                     rows);
    }
    if (!column.repeats() && matches.size() > 1) {
      report.problem("label_ambiguous",
                     fmt::format("Die Spalte {} steht mehrmals da ({}); erwartet ist eine, sonst „vorkommen“ im Profil.",
                                 base::quoted(column.shown()), places(matches, [](const HeaderMatch& one) { return one.column.header_cell; })),
                     rows);
      matches.resize(1);
    }
    for (const auto& found : matches) {
      if (found.not_a_month) {
        report.problem("month_invalid",
                       fmt::format("{} ist kein Monat; erwartet ist ein Datum oder ein Monat wie „März 2015“ (2000 bis 2099).",
                                   base::quoted(found.not_a_month->text)),
                       cell(found.not_a_month->row, found.not_a_month->column));
      }
      if (taken.size() >= most_matched_columns) {
        report.problem("label_ambiguous", fmt::format("Mehr als {} Spalten passen zum Profil.", most_matched_columns), rows);
        break;
      }
      const auto [at, is_new] = taken.try_emplace(found.column.column, found.column);
      if (!is_new) {
        report.problem("label_ambiguous",
                       fmt::format("Die Spalte passt zu zwei Abschnitten des Profils: {} und {}.", base::quoted(at->second.layout->shown()),
                                   base::quoted(column.shown())),
                       found.column.header_cell);
      }
      if (found.not_a_month) unusable.insert(found.column.column);
    }
  }
  for (const auto& header : headers) {
    if (!header.has_values) continue;
    report.line(fmt::format("Spalte {}", header.column), taken.contains(header.column),
                fmt::format("Die Spalte {} steht nicht im Profil und wird nicht gelesen.", base::quoted(shown(header))),
                cell(header.levels.back().row, header.column));
  }
  std::vector<MatchedColumn> matched;
  for (auto& [column, found] : taken) {
    if (!unusable.contains(column)) matched.push_back(std::move(found));
  }
  return matched;
}

std::vector<MatchedRow> match_rows(const Sheet& sheet, const SheetLayout& layout, const std::vector<MatchedColumn>& columns,
                                   const SheetReport& report) {
  const auto rows = labelled_rows(sheet, layout, columns);
  std::unordered_map<std::string_view, std::vector<const LabelledRow*>> by_label;
  std::vector<std::string> with_values;
  for (const auto& row : rows) {
    by_label[row.label].push_back(&row);
    if (row.has_values) with_values.push_back(row.label);
  }
  const auto where = fmt::format("ab Zelle {}", domain::cell_name(layout.first_row, layout.label_columns.front()));
  std::map<unsigned, const RowLayout*> taken;
  for (const auto& wanted : layout.rows) {
    std::vector<const LabelledRow*> found;
    for (const auto* row : by_label[wanted.label]) {
      if (stands_under(rows, *row, wanted.under)) found.push_back(row);
    }
    // Headings of the same name only count where nothing else does: then the row's figures are missing.
    if (std::any_of(found.begin(), found.end(), [](const auto* row) { return !row->heading; }))
      std::erase_if(found, [](const auto* row) { return row->heading; });
    if (wanted.occurrence > 0)
      found = wanted.occurrence <= found.size() ? std::vector{found[wanted.occurrence - 1]} : std::vector<const LabelledRow*>{};
    if (found.size() > 1) {
      report.problem("label_ambiguous",
                     fmt::format("Die Zeile {} steht mehrmals da ({}); erwartet ist eine, sonst „unter“ oder „vorkommen“ im Profil.", wanted.shown(),
                                 places(found, [](const LabelledRow* row) { return cell(row->row, row->column); })),
                     cell(found[1]->row, found[1]->column));
    } else if (found.empty()) {
      if (wanted.may_be_missing) continue;
      report.problem("label_missing",
                     fmt::format("Die Zeile {}{} fehlt; gefunden sind Zeilen mit Werten zu {}.", wanted.shown(),
                                 wanted.occurrence > 1 ? fmt::format(", Vorkommen {},", wanted.occurrence) : "", some_of(with_values)),
                     where);
    } else if (const auto [at, is_new] = taken.try_emplace(found[0]->row, &wanted); !is_new) {
      report.problem("label_ambiguous",
                     fmt::format("Die Zeile passt zu zwei Abschnitten des Profils: {} und {}.", at->second->shown(), wanted.shown()),
                     cell(found[0]->row, found[0]->column));
    }
  }
  for (const auto& row : rows) {
    if (!row.has_values) continue;
    report.line(fmt::format("Zeile {}", row.row), taken.contains(row.row),
                fmt::format("Die Zeile {} steht nicht im Profil und wird nicht gelesen.", base::quoted(row.label)), cell(row.row, row.column));
  }
  std::vector<MatchedRow> matched;
  for (const auto& [row, found] : taken) matched.push_back({row, found});
  return matched;
}

}  // namespace zielwerk::intake
