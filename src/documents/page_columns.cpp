// Regions of a page where text stands side by side: which strips divide it, and whether it is a table, signatures or columns of text.
#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "base/text.h"
#include "documents/page_lines.h"

namespace zielwerk::documents {
namespace {

bool is_number(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
  if (word.starts_with("–") || word.starts_with("−")) word.remove_prefix(3);
  return !word.empty() && word.back() != '.' && word.find_first_not_of("0123456789.,") == std::string_view::npos;
}

bool is_unit(std::string_view word) { return word == "%" || word == "€" || word == "EUR" || word == "Euro" || word == "Prozent"; }

// How wide a gap must be to be more than the space between words. Justified text has wide spaces, but many, and all of one width.
long widest_space(const Line& line) {
  std::vector<long> spaces;
  for (std::size_t i = 1; i < line.words.size(); ++i) spaces.push_back(std::max(line.words[i].left - line.words[i - 1].right, 0L));
  const long least = line.height * 45 / 100;
  if (spaces.size() < 6) return least;
  const auto middle = spaces.begin() + static_cast<std::ptrdiff_t>(spaces.size() / 2);
  std::nth_element(spaces.begin(), middle, spaces.end());
  return std::clamp(*middle * 18 / 10, least, line.height * 8 / 10);
}

// The empty strips between the words of a line that are at least so wide; between two values ("18,9 % 19,1 %") hardly any width is
// needed. A label ("1.", "§ 2") belongs to what follows it, a unit to its number.
std::vector<Edges> gaps_of(const Line& line, long least) {
  std::vector<Edges> gaps;
  long right = line.words[0].right;
  bool label = line.words[0].text.size() <= 4 && !is_number(line.words[0].text) && !is_unit(line.words[0].text);
  for (std::size_t i = 1; i < line.words.size(); ++i) {
    const auto& before = line.words[i - 1].text;
    const auto& word = line.words[i];
    const long gap = word.left - right;
    const bool grouped = is_number(before) && word.text.size() == 3;  // 12 345 678
    const bool between_values = (is_number(before) || is_unit(before)) && is_number(word.text) && !grouped;
    const bool of_number = is_unit(word.text) && is_number(before) && gap < line.height;
    const long needed = label ? std::max(least, 4 * line.height) : between_values ? std::min(least, line.height * 15 / 100) : least;
    if (gap >= needed && !of_number) gaps.push_back({right, word.left});
    right = std::max(right, word.right);
    label = false;
  }
  return gaps;
}

// The widest part of the strip that no word of the line touches; nothing but spaces: {0, 0}.
Edges clear_part(Edges strip, const Line& line) {
  Edges widest{};
  const auto consider = [&](long left, long right) {
    left = std::max(left, strip.left);
    right = std::min(right, strip.right);
    if (right - left > widest.right - widest.left) widest = {left, right};
  };
  consider(strip.left, line.left);
  consider(line.right, strip.right);
  for (const auto& gap : gaps_of(line, widest_space(line))) consider(gap.left, gap.right);
  return (widest.right - widest.left) * 12 >= line.height ? widest : Edges{};
}

std::vector<Edges> clear_parts(const std::vector<Edges>& strips, const Line& line) {
  std::vector<Edges> clear;
  for (const auto& strip : strips) {
    if (const auto part = clear_part(strip, line); part.right > part.left) clear.push_back(part);
  }
  return clear;
}

bool divided_by(const Line& line, const std::vector<Edges>& gutters) {
  return std::any_of(gutters.begin(), gutters.end(), [&](Edges gutter) { return line.left < gutter.left + 1 && line.right > gutter.right - 1; });
}

// Strips that hardly any line of the region crosses, and that divide at least one.
std::vector<Edges> common_gutters(const std::vector<Line>& lines, std::size_t begin, std::size_t end) {
  std::map<long, long> changes;  // x -> words that begin minus words that end there
  std::vector<Edges> gutters;
  for (std::size_t i = begin; i < end; ++i) {
    long left = lines[i].left;
    for (const auto& gap : gaps_of(lines[i], widest_space(lines[i]))) {
      ++changes[left], --changes[gap.left];
      left = gap.right;
    }
    ++changes[left], --changes[lines[i].right];
  }
  const long tolerated = static_cast<long>(end - begin) / 25;
  long covered = 0;
  long empty_since = 0;
  bool empty = true;
  bool something_at_left = false;
  for (const auto& [x, change] : changes) {
    covered += change;
    if (!empty && covered <= tolerated) {
      empty = true;
      empty_since = x;
    } else if (empty && covered > tolerated) {
      empty = false;
      const Edges strip{empty_since, x};
      bool divides = false;
      if (!std::exchange(something_at_left, true)) continue;
      for (std::size_t i = begin; i < end && !divides; ++i) divides = divided_by(lines[i], {strip});
      if (divides && (strip.right - strip.left) * 12 >= lines[begin].height) gutters.push_back(strip);
    }
  }
  return gutters;
}

long gap_above(const std::vector<Line>& lines, std::size_t i) { return i == 0 ? 0 : lines[i].top - lines[i - 1].bottom; }

// The lines after `begin` that respect one of its strips; text that merely follows below is given back.
std::size_t end_of_region(const std::vector<Line>& lines, std::size_t begin) {
  auto strips = gaps_of(lines[begin], widest_space(lines[begin]));
  std::size_t end = begin + 1;       // behind the last line that surely belongs
  bool loose = false;                // since then came a line that may be text below
  for (std::size_t i = begin + 1; i < lines.size(); ++i) {
    auto clear = clear_parts(strips, lines[i]);
    const bool divided = divided_by(lines[i], clear);
    const bool at_right = !clear.empty() && lines[i].left >= clear.front().right - 1;
    const long gap = gap_above(lines, i);
    const bool apart = gap > lines[i].height || std::abs(lines[i].height - lines[begin].height) * 100 > 7 * lines[begin].height;
    if (clear.empty() || gap > 8 * lines[i].height || (!divided && !at_right && apart)) break;  // a heading or text below
    strips = std::move(clear);
    loose = loose || (!divided && !at_right && gap * 10 > 3 * lines[i].height);
    if (divided || at_right) loose = false;
    if (!loose) end = i + 1;
  }
  return end;
}

// Lines above that stand within the columns: the upper lines of a head, or of a cell whose neighbour is centred.
std::size_t begin_of_region(const std::vector<Line>& lines, std::size_t begin, std::size_t least_begin, const std::vector<Edges>& gutters) {
  while (begin > least_begin) {
    const auto& line = lines[begin - 1];
    const bool crosses = clear_parts(gutters, line).size() < gutters.size();
    const long gap = gap_above(lines, begin);
    const bool at_right = line.left >= gutters.front().right - 1;
    if (crosses || gap * 10 > (at_right ? 6 : -1) * line.height) break;
    --begin;
  }
  return begin;
}

std::size_t column_of(const Word& word, const std::vector<Edges>& gutters) {
  std::size_t column = 0;
  while (column < gutters.size() && word.left + word.right > gutters[column].left + gutters[column].right) ++column;
  return column;
}

// The lines of a region, column by column; a line without words there is missing, so each knows its number in the region.
struct Cell {
  std::size_t line;
  Line words;
};
using Columns = std::vector<std::vector<Cell>>;

Columns columns_of(const std::vector<Line>& lines, const Region& region) {
  Columns columns(region.gutters.size() + 1);
  for (std::size_t i = region.begin; i < region.end; ++i) {
    for (const auto& word : lines[i].words) {
      auto& column = columns[column_of(word, region.gutters)];
      if (column.empty() || column.back().line != i) column.push_back({i, {}});
      column.back().words.words.push_back(word);
    }
  }
  for (auto& column : columns) {
    for (auto& cell : column) cell.words.measure();
  }
  return columns;
}

std::string text_of(const Line& line) {
  std::string text;
  append_line(text, line, false);
  return text;
}

Region::Kind kind_of(const Columns& columns, const Region& region) {
  using Kind = Region::Kind;
  std::size_t values = 0;
  std::size_t signs = 0;
  std::size_t full_lines = 0;
  std::size_t all_lines = 0;
  std::size_t shortest = columns[0].size();
  std::size_t longest = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::vector<Line> lines;
    for (const auto& cell : columns[c]) {
      const auto text = text_of(cell.words);
      values += c > 0 && looks_like_value(text) ? 1U : 0U;
      signs += looks_signed(text) ? 1U : 0U;
      lines.push_back(cell.words);
    }
    const auto edges = edges_of(lines);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) full_lines += goes_on(lines[i], lines[i + 1], edges) ? 1U : 0U;
    all_lines += lines.size();
    shortest = std::min(shortest, lines.size());
    longest = std::max(longest, lines.size());
  }
  const auto rows = region.end - region.begin;
  if (signs >= 2 && columns.size() <= 4) return Kind::Signatures;
  if (values > 0 && (rows > 1 || columns.size() > 2)) return Kind::Table;
  if (signs > 0) return Kind::Signatures;
  if (rows <= 2) return Kind::Text;  // two words of a justified line may be far apart
  if (rows >= 8 && full_lines * 10 >= all_lines * 6 && shortest * 10 >= longest * 6 && columns.size() <= 3) return Kind::Columns;
  return rows >= 3 && (columns.size() >= 3 || full_lines > 0) ? Kind::Table : Kind::Signatures;
}

// A cell reaches nearly to the next column, however short its lines are.
Edges cell_edges(const std::vector<Line>& lines, const Region& region, std::size_t column) {
  Edges edges = edges_of(lines);
  if (column < region.gutters.size() && !lines.empty()) edges.right = std::max(edges.right, region.gutters[column].right - lines[0].height * 3 / 2);
  return edges;
}

// Smallest distance between lines of one cell.
long distance_within(const Columns& columns) {
  long least = -1;
  for (const auto& column : columns) {
    for (std::size_t i = 1; i < column.size(); ++i) {
      const long gap = std::max(column[i].words.top - column[i - 1].words.bottom, 0L);
      if (least < 0 || gap < least) least = gap;
    }
  }
  return std::max(least, 0L);
}

struct Held {
  std::size_t filled = 0;           // columns with words
  std::size_t continued = 0;        // of them those whose text goes on from above
  bool first = false;               // words in the first column
  bool first_goes_on = false;       // from above
  bool first_is_continued = false;  // below
  std::uint64_t values = 0;         // columns with a value, one bit each
};

std::vector<Held> what_lines_hold(const Region& region, const Columns& columns, std::size_t count) {
  std::vector<Held> lines(count);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::vector<Line> own;
    for (const auto& cell : columns[c]) own.push_back(cell.words);
    const auto edges = cell_edges(own, region, c);
    for (std::size_t k = 0; k < own.size(); ++k) {
      auto& line = lines[columns[c][k].line - region.begin];
      ++line.filled;
      line.first = line.first || c == 0;
      if (c > 0 && c < 64 && looks_like_value(text_of(own[k]))) line.values |= std::uint64_t{1} << c;
      const bool near = k > 0 && (own[k].top - own[k - 1].bottom) * 2 < own[k].height;
      if (!near || !goes_on(own[k - 1], own[k], edges)) continue;
      ++line.continued;
      if (c > 0) continue;
      line.first_goes_on = true;
      lines[columns[c][k - 1].line - region.begin].first_is_continued = true;
    }
  }
  return lines;
}

// For every line of the region whether a row begins there. Where rows stand farther apart than lines, that decides; otherwise a row
// begins with a line that fills the first column and another one, unless all it says goes on from above.
std::vector<bool> row_begins(const std::vector<Line>& lines, const Region& region, const Columns& columns) {
  const auto count = region.end - region.begin;
  std::vector<bool> begins(count, false);
  begins[0] = true;
  const long within = distance_within(columns);
  long bottom = lines[region.begin].bottom;
  bool spaced = false;
  for (std::size_t i = 1; i < count; ++i) {
    const auto& line = lines[region.begin + i];
    begins[i] = line.top - bottom > within + line.height / 5;
    spaced = spaced || begins[i];
    bottom = std::max(bottom, line.bottom);
  }
  const auto seen = what_lines_hold(region, columns, count);
  std::uint64_t values_in_row = seen[0].values;
  bool upper_part = false;  // of a first cell whose neighbours are centred: the row ends with the line that completes it
  for (std::size_t i = 1; i < count; ++i) {
    const auto& line = seen[i];
    if (upper_part && line.first) upper_part = false;
    else if (!upper_part) {
      const bool opens_cell = line.first && line.filled == 1 && values_in_row != 0 && !line.first_goes_on && line.first_is_continued;
      const bool fills = line.first && line.filled >= 2 && line.continued < line.filled;
      if (!spaced && (opens_cell || fills)) begins[i] = true;
      if ((line.values & values_in_row) != 0) begins[i] = true;
      upper_part = begins[i] && opens_cell;
    }
    values_in_row = (begins[i] ? 0 : values_in_row) | line.values;
  }
  return begins;
}

Rows rows_of(const std::vector<Line>& lines, const Region& region, const Columns& columns) {
  const auto begins = row_begins(lines, region, columns);
  std::vector<std::size_t> row_of_line;
  for (const bool begin : begins) row_of_line.push_back((row_of_line.empty() ? 0 : row_of_line.back()) + (begin && !row_of_line.empty() ? 1 : 0));
  Rows rows(row_of_line.back() + 1, std::vector<std::string>(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const auto& [line, words] : columns[c]) {
      auto& text = rows[row_of_line[line - region.begin]][c];
      // A cell's short lines are no lines of their own, except where an item begins.
      const bool item = begins_item(words, false) && !looks_like_value(text_of(words));
      Line shown = words;
      if (item) shown.words[0].text = "-";
      append_line(text, shown, !text.empty() && !item);
    }
  }
  return rows;
}

// "Zielwert 2024:   18,9 %" above the signatures is a line of text, though the same tabulator divides it.
void leave_out_values_above(const std::vector<Line>& lines, Region& region) {
  const auto columns = columns_of(lines, region);
  std::size_t first_signed = region.end;
  for (const auto& column : columns) {
    for (const auto& cell : column) {
      if (looks_signed(text_of(cell.words))) first_signed = std::min(first_signed, cell.line);
    }
  }
  for (std::size_t c = 1; c < columns.size(); ++c) {
    for (const auto& cell : columns[c]) {
      if (cell.line < first_signed && looks_like_value(text_of(cell.words))) region.begin = std::max(region.begin, cell.line + 1);
    }
  }
}

// Lines at the end that only continue the first column belong to the table if they continue its last cell; otherwise they are text
// that stands below.
void give_back_text_below(const std::vector<Line>& lines, Region& region) {
  const auto only_first = [&](const Line& line) { return line.right <= region.gutters.front().right - 1; };
  std::size_t end = region.end;
  while (end > region.begin + 1 && only_first(lines[end - 1])) --end;
  if (end == region.end) return;
  std::vector<Line> first;
  for (std::size_t i = region.begin; i < end; ++i) {
    Line part = lines[i];
    std::erase_if(part.words, [&](const Word& word) { return column_of(word, region.gutters) > 0; });
    if (part.words.empty()) continue;
    part.measure();
    first.push_back(std::move(part));
  }
  const Edges edges = cell_edges(first, region, 0);
  const bool centred = !first.empty() && end > 0 && gap_above(lines, end) < 0;  // the rest of a cell whose neighbour is centred
  while (end < region.end && !first.empty() && (goes_on(first.back(), lines[end], edges) || (centred && end + 1 == region.end))) {
    first.push_back(lines[end++]);
  }
  region.end = end;
}

}  // namespace

std::vector<Region> find_regions(const std::vector<Line>& lines) {
  std::vector<Region> regions;
  for (std::size_t i = 0; i < lines.size();) {
    Region region;
    region.begin = i++;
    if (gaps_of(lines[region.begin], lines[region.begin].height * 14 / 10).empty()) continue;
    region.end = end_of_region(lines, region.begin);
    region.gutters = common_gutters(lines, region.begin, region.end);
    // Words of a head may stand across columns.
    for (std::size_t head = 1; head <= 2 && region.begin + head + 3 < region.end; ++head) {
      if (auto gutters = common_gutters(lines, region.begin + head, region.end); gutters.size() > region.gutters.size()) region.gutters = std::move(gutters);
    }
    if (region.gutters.empty()) continue;
    region.begin = begin_of_region(lines, region.begin, regions.empty() ? 0 : regions.back().end, region.gutters);
    region.kind = kind_of(columns_of(lines, region), region);
    if (region.kind == Region::Kind::Signatures) leave_out_values_above(lines, region);
    if (region.kind == Region::Kind::Text) continue;
    if (region.kind == Region::Kind::Table) give_back_text_below(lines, region);
    i = std::max(i, region.end);
    regions.push_back(std::move(region));
  }
  return regions;
}

void append_region(std::vector<Block>& blocks, const std::vector<Line>& lines, const Region& region, Edges page_edges, const Measures& measures,
                   int page, std::vector<std::string>& layout) {
  const auto columns = columns_of(lines, region);
  if (region.kind == Region::Kind::Table) {
    note(layout, "tables");
    blocks.push_back({Block::Kind::Table, 0, {}, rows_of(lines, region, columns), page});
    return;
  }
  note(layout, "columns");
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::vector<Line> own;
    for (const auto& cell : columns[c]) own.push_back(cell.words);
    Edges edges = edges_of(own);
    // Short lines do not show how wide their column is.
    if (region.kind == Region::Kind::Signatures) edges.right = c < region.gutters.size() ? region.gutters[c].right - measures.body : page_edges.right;
    append_paragraphs(blocks, own, edges, measures, page);
  }
}

}  // namespace zielwerk::documents
