#include "reader/lines.h"

#include <map>
#include <optional>

#include "reader/words.h"

namespace zielwerk::reader {

std::vector<Line> lines_of(std::string_view document) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < document.size();) {
    auto end = document.find_first_of("\n\f", at);
    if (end == std::string_view::npos) end = document.size();
    Line line;
    line.raw = {at, end};
    Plain plain;
    plain.append(document, line.raw);
    plain.trim();
    line.even = plain.text();
    line.blank = line.even.empty();
    while (at + static_cast<std::size_t>(line.indent) < end && document[at + static_cast<std::size_t>(line.indent)] == ' ') ++line.indent;
    lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

std::vector<bool> furniture(const std::vector<Line>& lines) {
  static const Words page(R"((?i)^(?:<!-- ?)?(?:[-–—] ?\d{1,3} ?[-–—]|(?:Seite|S\.) ?\d{1,3}(?: ?(?:von|/) ?\d{1,3})?|\d{1,3} ?/ ?\d{1,3}|\d{1,3})(?: ?-->)?$)");
  static const Words running(R"((?i)(?:Seite ?\d|\bStand:? ?\d|Zielvereinbarung|Vereinbarung|Entwurf|Jobcenter))");
  std::map<std::string, int> seen;
  const auto without_digits = [](std::string text) {
    std::erase_if(text, [](char byte) { return byte >= '0' && byte <= '9'; });
    return text;
  };
  for (const auto& line : lines) {
    if (!line.blank && line.even.size() < 120) ++seen[without_digits(line.even)];
  }
  std::vector<bool> result(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& text = lines[i].even;
    if (lines[i].blank || text.front() == '|' || text.front() == '#') continue;
    const bool apart = (i == 0 || lines[i - 1].blank) && (i + 1 == lines.size() || lines[i + 1].blank);
    const bool within = i > 0 && i + 1 < lines.size();
    if (page.is(text) && (apart || within) && !(text.size() <= 3 && !apart)) result[i] = true;
    // A running head has a page number or returns at least three times, and is no item, heading or signature line.
    const bool many = seen[without_digits(text)] >= 3;
    if (many && apart && text.size() > 12 && running.in(text) && text.front() != '-' && text.front() != '(') result[i] = true;
    static const Words head(R"((?i)\bSeite \d{1,3}(?: von \d{1,3})?$|^Seite \d{1,3}\b)");
    // A running head that a page break put between the words of a sentence.
    static const Words titled(R"((?i)^(?:Zielvereinbarung|Vereinbarung)\b[^.;:]*$)");
    static const Words year(R"(\b(?:19|20)\d\d\b)");
    static const Words low(R"(^[a-zäöü])");
    const auto neighbour = [&](std::size_t from, int step) {
      auto k = static_cast<std::ptrdiff_t>(from) + step;
      while (k >= 0 && k < static_cast<std::ptrdiff_t>(lines.size()) && lines[static_cast<std::size_t>(k)].blank) k += step;
      return k >= 0 && k < static_cast<std::ptrdiff_t>(lines.size()) ? std::optional(static_cast<std::size_t>(k)) : std::nullopt;
    };
    const auto before = neighbour(i, -1);
    const auto after = neighbour(i, 1);
    const bool after_page = before && result[*before];
    if (within && text.size() < 110 && titled.in(text) && year.in(text) && after && (low.in(lines[*after].even) || after_page)) result[i] = true;
    static const Words counted(R"((?i)\bSeite \d{1,3} (?:von|/) ?\d{1,3}$)");
    if (text.size() < 110 && counted.in(text)) result[i] = true;
    if (apart && text.size() < 110 && head.in(text) && !text.ends_with(".") && !text.ends_with(";") && !text.ends_with(":")) result[i] = true;
  }
  return result;
}

}  // namespace zielwerk::reader
