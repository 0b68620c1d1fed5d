#include "documents/page_lines.h"

#include <algorithm>
#include <array>

#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text.h"

namespace zielwerk::documents {
namespace {

bool is_bullet(std::string_view word) {
  // The last four are bullets of the fonts Symbol and Wingdings.
  static constexpr std::array<std::string_view, 18> bullets{"•", "▪", "■", "●", "◦", "○", "–", "-", "➢", "‣", "·", "►", "→", "✓",
                                                            "\uF0B7", "\uF0A7", "\uF0D8", "\uF076"};
  return std::find(bullets.begin(), bullets.end(), word) != bullets.end();
}

bool begins_with_digit(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

bool begins_with_label(const Line& line) {
  static const RE2 label(R"(\(?\d{1,2}(\.\d{1,2}){0,3}[.)]|\(\d{1,2}[a-z]?\)|\(?[a-z]\)|[IVX]{1,5}[.)]|§|Artikel|Präambel|Anlage)");
  return RE2::FullMatch(line.words[0].text, label);
}

UChar32 first_character(std::string_view text) {
  UChar32 c = 0;
  int32_t at = 0;
  U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), at, static_cast<int32_t>(text.size()), c);
  return c;
}

// "Ver" + "einbarung" is one word; "Frauen" + "und", "SGB-II" + "Bezug" and "18" + "24" are not.
bool is_divided_word(std::string_view text, std::string_view next) {
  static const std::array<std::string_view, 7> joined_by{"und", "oder", "bzw.", "sowie", "als", "bis", "noch"};
  if (text.size() < 2 || !u_islower(first_character(next))) return false;
  if (std::find(joined_by.begin(), joined_by.end(), next) != joined_by.end()) return false;
  auto at = static_cast<int32_t>(text.size());
  UChar32 before = 0;
  U8_PREV(reinterpret_cast<const uint8_t*>(text.data()), 0, at, before);
  return u_islower(before);
}

std::string text_of(const Line& line) {
  std::string text;
  for (const auto& word : line.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

int heading_level(const Line& line, const Measures& measures) {
  const auto near = [&](long height) { return std::abs(height - line.height) * 100 <= height * 4; };
  const auto found = std::find_if(measures.headings.begin(), measures.headings.end(), near);
  return found == measures.headings.end() ? 0 : static_cast<int>(std::min<std::ptrdiff_t>(found - measures.headings.begin() + 1, 6));
}

bool ends_sentence(std::string_view text) { return text.ends_with('.') || text.ends_with(':') || text.ends_with(';') || text.ends_with('!') || text.ends_with('?'); }

}  // namespace

bool begins_item(const Line& line, bool went_on) {
  if (line.words.size() < 2 || !is_bullet(line.words[0].text)) return false;
  const bool could_be_minus = line.words[0].text == "-" || line.words[0].text == "–";
  return !could_be_minus || !went_on || !begins_with_digit(line.words[1].text);
}

void Line::measure() {
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.left < b.left; });
  left = words.front().left;
  right = words.front().right;
  top = words.front().top;
  bottom = words.front().bottom;
  std::vector<long> heights;
  for (const auto& word : words) {
    right = std::max(right, word.right);
    top = std::min(top, word.top);
    bottom = std::max(bottom, word.bottom);
    heights.push_back(word.bottom - word.top);
  }
  std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
  height = std::max(heights[heights.size() / 2], 1L);
}

Edges edges_of(const std::vector<Line>& lines) {
  if (lines.empty()) return {};
  Edges edges{lines[0].left, lines[0].right};
  for (const auto& line : lines) edges = {std::min(edges.left, line.left), std::max(edges.right, line.right)};
  return edges;
}

std::vector<Line> lines_of(std::vector<Word> words) {
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.top + a.bottom < b.top + b.bottom; });
  std::vector<Line> lines;
  long first_middle = 0;  // twice
  for (auto& word : words) {
    const long middle = word.top + word.bottom;
    const long height = word.bottom - word.top;
    // The first word decides where the line is, or lines would creep into each other; two fifths of the height let raised digits in.
    if (lines.empty() || (middle - first_middle) * 10 > 8L * std::max(height, lines.back().words[0].bottom - lines.back().words[0].top)) {
      lines.emplace_back();
      first_middle = middle;
    }
    lines.back().words.push_back(std::move(word));
  }
  for (auto& line : lines) line.measure();
  return lines;
}

bool goes_on(const Line& line, const Line& next, Edges edges) {
  const std::string_view last = line.words.back().text;
  if (last.ends_with('-') && is_divided_word(last.substr(0, last.size() - 1), next.words[0].text)) return true;
  if (last.starts_with("___") || next.words[0].text.starts_with("___")) return false;  // lines to sign on
  const long needed = line.height * 3 / 10 + next.words[0].right - next.words[0].left;
  const long space_left = line.left - edges.left;
  const long space_right = edges.right - line.right;
  const bool centred = space_left > line.height && std::abs(space_left - space_right) < line.height;
  return (centred ? space_left + space_right : space_right) < needed;
}

void append_line(std::string& text, const Line& line, bool went_on) {
  const std::string added = text_of(line);
  if (text.empty()) {
    text = added;
  } else if (!went_on) {
    text += "\n" + added;
  } else if (text.ends_with("\u00AD")) {  // a soft hyphen is printed only where it divides
    text.resize(text.size() - 2);
    text += added;
  } else if (text.ends_with('-') || text.ends_with("\u2010")) {
    const auto without_hyphen = text.size() - (text.back() == '-' ? 1 : 3);
    if (is_divided_word(std::string_view(text).substr(0, without_hyphen), line.words[0].text)) {
      text.resize(without_hyphen);
      text += added;
    } else {
      const bool suspended = u_islower(first_character(added)) || text.ends_with(" -");
      text += (suspended ? " " : "") + added;
    }
  } else {
    text += " " + added;
  }
}

void append_paragraphs(std::vector<Block>& blocks, const std::vector<Line>& lines, Edges edges, const Measures& measures, int page) {
  const Line* before = nullptr;
  long item_text = 0;  // left edge of the words of the item that is open; 0: none
  for (const auto& line : lines) {
    const bool went_on = before && goes_on(*before, line, edges);
    const int heading = heading_level(line, measures);
    const bool item = begins_item(line, went_on);
    bool begins = !before || item;
    if (before && !begins) {
      const long tolerance = measures.measured ? 12 : 40;
      begins = line.top - before->top > std::max(measures.pitch, line.height) * 135 / 100 || heading != heading_level(*before, measures) ||
               std::abs(line.height - before->height) * 100 > std::max(line.height, before->height) * tolerance ||
               (begins_with_label(line) && !went_on) || (!went_on && (ends_sentence(blocks.back().text) || heading > 0)) ||
               (item_text > 0 && line.left + line.height / 2 < item_text);
    }
    Line words = line;
    if (item) words.words.erase(words.words.begin());
    if (begins) {
      blocks.push_back({item ? Block::Kind::Item : heading > 0 ? Block::Kind::Heading : Block::Kind::Paragraph, heading, {}, {}, page});
      if (item) blocks.back().level = 0;
      item_text = item ? words.words[0].left : 0;
    }
    append_line(blocks.back().text, words, went_on);
    before = &line;
  }
}

bool looks_signed(const std::string& cell) {
  static const RE2 signs(
      R"((?i)\bden[ ,]+(?:_|\.{3}|…|\d{1,2}\.)|\(?ort\s*[,/]\s*datum|unterschrift|_{5,}|\.{10,}|…{4,}|^\*{0,2}(?:für (?:das|die|den)|in vertretung|im auftrag|i\. ?[va]\.)(?:\s|$))");
  static const RE2 place_and_date(R"([\p{L}. -]+, ?(?:den )?\d{1,2}\. ?(?:\d{1,2}\.|\p{L}+) ?\d{4})");
  return RE2::PartialMatch(cell, signs) || RE2::FullMatch(cell, place_and_date);
}

bool looks_like_value(const std::string& cell) {
  static const RE2 value(R"(\*{0,2}[<>≤≥+±−–-]?\s*\d[\d.,\x{A0} ]*\s*(?:%|€|EUR|Euro|Prozent(?:punkte)?|Personen|T€|Mio\..*)?\*{0,2})");
  return RE2::FullMatch(cell, value);
}

void note(std::vector<std::string>& layout, std::string_view tag) {
  if (std::find(layout.begin(), layout.end(), tag) == layout.end()) layout.emplace_back(tag);
}

}  // namespace zielwerk::documents
