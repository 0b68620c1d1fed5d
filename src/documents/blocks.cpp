#include "documents/blocks.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "documents/page_lines.h"

namespace zielwerk::documents {
namespace {

using Kind = Block::Kind;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
  return text;
}

std::string row_line(const std::vector<std::string>& cells, std::size_t columns) {
  std::string line = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    const std::string cell = i < cells.size() ? replaced(replaced(cells[i], "|", "\\|"), "\n", "<br>") : std::string();
    line += cell.empty() ? "  |" : " " + cell + " |";
  }
  return line;
}

std::size_t width(const Rows& rows) {
  std::size_t columns = 0;
  for (const auto& row : rows) columns = std::max(columns, row.size());
  return columns;
}

void append_table(std::string& text, const Rows& rows) {
  const auto columns = width(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += row_line(rows[i], columns);
    if (i == 0) {
      text += "\n|";
      for (std::size_t c = 0; c < columns; ++c) text += "--|";
    }
    if (i + 1 < rows.size()) text += '\n';
  }
}

void append(std::string& text, const Block& block) {
  switch (block.kind) {
    case Kind::Heading: text += std::string(static_cast<std::size_t>(std::clamp(block.level, 1, 6)), '#') + " " + replaced(block.text, "\n", " "); break;
    case Kind::Item: {
      const std::string indent(static_cast<std::size_t>(std::clamp(block.level, 0, 8)) * 2, ' ');
      text += indent + "- " + replaced(block.text, "\n", "\n" + indent + "  ");
      break;
    }
    case Kind::Table: append_table(text, block.rows); break;
    case Kind::Paragraph: text += block.text; break;
  }
}

bool blank(const Block& block) { return block.kind == Kind::Table ? width(block.rows) == 0 : block.text.empty(); }

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.push_back(replaced(std::string(base::trim(cell)), "<br>", "\n"));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  if (!base::trim(cell).empty()) cells.push_back(replaced(std::string(base::trim(cell)), "<br>", "\n"));
  return cells;
}

bool is_rule(std::string_view line) {
  return line.starts_with("|") && line.find('-') != std::string_view::npos && line.find_first_not_of("|-: ") == std::string_view::npos;
}

struct SourceLine {
  Kind kind = Kind::Paragraph;
  int level = 0;
  std::size_t indent = 0;
  std::string_view text;
};

SourceLine understand(std::string_view line) {
  SourceLine found;
  found.indent = std::min(line.find_first_not_of(' '), line.size());
  found.text = line.substr(found.indent);
  if (found.text.starts_with("|")) {
    found.kind = Kind::Table;
  } else if (found.text.starts_with("- ")) {
    found.kind = Kind::Item;
    found.level = static_cast<int>(std::min<std::size_t>(found.indent / 2, 8));
    found.text.remove_prefix(2);
  } else if (const auto hashes = std::min(found.text.find_first_not_of('#'), found.text.size());
             hashes >= 1 && hashes <= 6 && found.text.substr(hashes).starts_with(' ')) {
    found.kind = Kind::Heading;
    found.level = static_cast<int>(hashes);
    found.text.remove_prefix(hashes + 1);
  }
  found.text = base::trim(found.text);
  return found;
}

// "Neustadt, den …\t\tAuental, den …": what tabulators set side by side; empty if a line has none.
Rows rows_of_tabs(const std::string& text) {
  Rows rows;
  for (const auto& line : base::split(text, '\n')) {
    rows.emplace_back();
    for (const auto& part : base::split(line, '\t')) {
      if (const auto cell = base::trim(part); !cell.empty() || rows.back().empty()) rows.back().emplace_back(cell);
    }
    if (rows.back().size() < 2) return {};
  }
  return rows;
}

bool is_layout_table(const Rows& rows) {
  std::size_t signed_cells = 0;
  for (const auto& row : rows) {
    for (const auto& cell : row) {
      if (looks_like_value(cell)) return false;
      signed_cells += looks_signed(cell) ? 1U : 0U;
    }
  }
  return width(rows) <= 4 && signed_cells >= 2;
}

// Paragraphs that are divided by tabulators and sign become one table, to be taken apart like the others.
void tables_of_tabs(std::vector<Block>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    Rows rows;
    std::size_t end = i;
    for (; end < blocks.size() && blocks[end].kind == Kind::Paragraph; ++end) {
      auto more = rows_of_tabs(blocks[end].text);
      if (more.empty() || (!rows.empty() && width(more) != width(rows))) break;
      std::move(more.begin(), more.end(), std::back_inserter(rows));
    }
    if (rows.empty() || !is_layout_table(rows) || std::none_of(rows[0].begin(), rows[0].end(), looks_signed)) continue;
    for (auto& row : rows) {
      for (auto& cell : row) cell = replaced(std::move(cell), "**", "");
    }
    blocks[i] = {Kind::Table, 0, {}, std::move(rows), blocks[i].page};
    blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(i) + 1, blocks.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

}  // namespace

std::string to_markdown(const std::vector<Block>& blocks) {
  std::vector<std::size_t> unused;
  return to_markdown(blocks, 0, unused);
}

std::string to_markdown(const std::vector<Block>& blocks, int pages, std::vector<std::size_t>& page_starts) {
  std::string text;
  const Block* before = nullptr;
  for (const auto& block : blocks) {
    if (blank(block)) continue;
    if (before) text += before->kind == Kind::Item && block.kind == Kind::Item ? "\n" : "\n\n";
    while (static_cast<int>(page_starts.size()) < std::min(block.page, pages)) page_starts.push_back(text.size());
    append(text, block);
    before = &block;
  }
  if (before) text += '\n';
  while (static_cast<int>(page_starts.size()) < pages) page_starts.push_back(text.size());
  return text;
}

std::vector<Block> parse_markdown(std::string_view markdown) {
  std::vector<Block> blocks;
  bool open = false;  // the last block goes on
  for (const auto& raw : base::split(markdown, '\n')) {
    const SourceLine line = understand(base::trim(raw).empty() ? std::string_view() : std::string_view(raw));
    if (line.text.empty()) {
      open = false;
      continue;
    }
    Block* const last = open ? &blocks.back() : nullptr;
    if (line.kind == Kind::Table) {
      if (is_rule(line.text) && last && last->kind == Kind::Table && last->rows.size() == 1) continue;
      if (!last || last->kind != Kind::Table) blocks.push_back({Kind::Table, 0, {}, {}, 0});
      blocks.back().rows.push_back(cells_of(line.text));
    } else if (line.kind == Kind::Paragraph && last && (last->kind == Kind::Paragraph || (last->kind == Kind::Item && line.indent >= 2))) {
      last->text += "\n" + std::string(line.text);
    } else {
      blocks.push_back({line.kind, line.level, std::string(line.text), {}, 0});
    }
    open = blocks.back().kind != Kind::Heading;
  }
  return blocks;
}

std::vector<Block> without_layout_tables(std::vector<Block> blocks, std::vector<std::string>& layout) {
  std::vector<Block> result;
  tables_of_tabs(blocks);
  for (auto& block : blocks) {
    if (block.kind != Kind::Table || (width(block.rows) > 1 && !is_layout_table(block.rows))) {
      result.push_back(std::move(block));
      continue;
    }
    const auto columns = width(block.rows);
    if (columns > 1) note(layout, "columns");
    for (std::size_t column = 0; column < columns; ++column) {
      for (const auto& row : block.rows) {
        if (column < row.size() && !row[column].empty()) result.push_back({Kind::Paragraph, 0, row[column], {}, block.page});
      }
    }
  }
  return result;
}

void Inline::add(std::string_view text, bool bold) {
  if (text.empty()) return;
  if (!runs_.empty() && runs_.back().bold == bold) {
    runs_.back().text += text;
  } else {
    runs_.push_back({std::string(text), bold});
  }
}

void Inline::line_break() { add("\n", !runs_.empty() && runs_.back().bold); }

std::string Inline::take() {
  std::vector<Run> runs;
  // What is between two bold runs and only blank is bold, too: no "**a** **b**".
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const bool blank_run = base::trim(runs_[i].text).empty();
    const bool bold = blank_run && !runs.empty() ? runs.back().bold : runs_[i].bold && !blank_run;
    if (!runs.empty() && runs.back().bold == bold) {
      runs.back().text += runs_[i].text;
    } else {
      runs.push_back({std::move(runs_[i].text), bold});
    }
  }
  runs_.clear();
  std::string text;
  for (const auto& run : runs) {
    const auto begin = run.text.find_first_not_of(" \t\n");
    if (!run.bold || begin == std::string::npos) {
      text += run.text;
      continue;
    }
    const auto end = run.text.find_last_not_of(" \t\n") + 1;
    text += run.text.substr(0, begin) + "**" + run.text.substr(begin, end - begin) + "**" + run.text.substr(end);
  }
  // Blanks at the ends of lines and empty lines say nothing, and a blank line would end the paragraph.
  std::vector<std::string> lines;
  for (const auto& line : base::split(text, '\n')) {
    if (const auto trimmed = base::trim(line); !trimmed.empty()) lines.emplace_back(trimmed);
  }
  return base::join(lines, "\n");
}

}  // namespace zielwerk::documents
