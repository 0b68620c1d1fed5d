#include "reader/cells.h"

#include <algorithm>

namespace zielwerk::reader {

std::vector<Plain> markdown_cells(std::string_view document, Span raw) {
  std::vector<Plain> cells;
  auto at = document.find('|', raw.begin);
  while (at < raw.end) {
    std::size_t end = at + 1;
    while (end < raw.end && (document[end] != '|' || document[end - 1] == '\\')) ++end;
    if (end >= raw.end && document.substr(at + 1, raw.end - at - 1).find_first_not_of(" \t\r") == std::string_view::npos) break;
    Plain cell;
    cell.append(document, {at + 1, end});
    cell.trim();
    cells.push_back(std::move(cell));
    at = end;
  }
  return cells;
}

std::vector<Span> gap_cells(std::string_view document, Span raw) {
  std::vector<Span> cells;
  std::size_t begin = raw.begin;
  const auto line = document.substr(raw.begin, raw.end - raw.begin);
  // Columns set with tabs have empty cells, too.
  if (const auto first = line.find_first_not_of(" \t"); first != std::string_view::npos && line.find('\t', first) != std::string_view::npos && line.find("   ") == std::string_view::npos) {
    for (std::size_t at = raw.begin + first; at <= raw.end;) {
      const auto end = std::min(document.find('\t', at), raw.end);
      cells.push_back({at, end});
      at = end + 1;
    }
    return cells;
  }
  if (std::count(line.begin(), line.end(), '|') >= 2) {
    for (std::size_t at = raw.begin; at < raw.end;) {
      auto end = std::min(document.find('|', at), raw.end);
      auto from = at;
      at = end + 1;
      while (from < end && (document[from] == ' ' || document[from] == '\t')) ++from;
      while (end > from && (document[end - 1] == ' ' || document[end - 1] == '\t' || document[end - 1] == '\r')) --end;
      if (end > from) cells.push_back({from, end});
    }
    return cells;
  }
  const auto leaders = [&](std::size_t at) { return document.substr(at, 5) == "....." || document.substr(at, 9) == ". . . . ."; };
  const auto is_gap = [&](std::size_t at) { return document.substr(at, 3) == "   " || document[at] == '\t' || leaders(at); };
  while (begin < raw.end) {
    while (begin < raw.end && (document[begin] == ' ' || document[begin] == '\t' || document[begin] == '\r')) ++begin;
    std::size_t end = begin;
    while (end < raw.end && !(end + 1 < raw.end && is_gap(end))) ++end;
    while (end > begin && (document[end - 1] == '\r' || document[end - 1] == ' ')) --end;
    if (end > begin) cells.push_back({begin, end});
    begin = std::max(end, begin) + 1;
    if (end < raw.end && leaders(end)) {
      while (begin < raw.end && (document[begin] == '.' || document[begin] == ' ')) ++begin;
    }
  }
  return cells;
}

}  // namespace zielwerk::reader
