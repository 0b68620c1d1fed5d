#include "documents/page_layout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/text.h"
#include "documents/page_lines.h"

namespace zielwerk::documents {
namespace {

constexpr long most = 100'000'000;  // thousandths; a page is less than 100 m

// "56.80" as 56800.
bool thousandths(std::string_view text, long& value) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto point = std::min(text.find('.'), text.size());
  long whole = 0;
  const auto read = std::from_chars(text.data(), text.data() + point, whole);
  if (read.ec != std::errc() || read.ptr != text.data() + point || whole < 0 || whole > most / 1000) return false;
  long part = 0;
  for (std::size_t i = 1; i <= 3; ++i) {
    const char digit = point + i < text.size() ? text[point + i] : '0';
    if (digit < '0' || digit > '9') return false;
    part = part * 10 + (digit - '0');
  }
  value = (whole * 1000 + part) * (negative ? -1 : 1);
  return true;
}

// Height that most letters have, pitch of most lines, and the heights of headings.
Measures measure(const std::vector<std::vector<Line>>& pages, bool measured) {
  std::map<long, std::size_t> letters;
  std::map<long, std::size_t> pitches;
  Measures found;
  found.measured = measured;
  for (const auto& lines : pages) {
    for (const auto& line : lines) {
      for (const auto& word : line.words) letters[line.height] += word.text.size();
    }
  }
  const auto commoner = [](const auto& a, const auto& b) { return a.second < b.second; };
  if (letters.empty()) return found;
  found.body = std::max_element(letters.begin(), letters.end(), commoner)->first;
  for (const auto& lines : pages) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const long pitch = lines[i].top - lines[i - 1].top;
      if (lines[i].height == found.body && pitch * 10 > found.body * 8 && pitch < 2 * found.body) ++pitches[pitch / 100 * 100];
    }
  }
  found.pitch = pitches.empty() ? found.body * 12 / 10 : std::max_element(pitches.begin(), pitches.end(), commoner)->first;
  for (auto height = letters.rbegin(); measured && height != letters.rend(); ++height) {
    if (height->first * 100 < found.body * 107 || found.headings.size() == 6) break;
    if (found.headings.empty() || height->first * 100 < found.headings.back() * 96) found.headings.push_back(height->first);
  }
  return found;
}

void append_page(Reading& reading, const std::vector<Line>& lines, Edges edges, const Measures& measures, int number) {
  std::size_t done = 0;
  const auto text_until = [&](std::size_t end) {
    append_paragraphs(reading.blocks, {lines.begin() + static_cast<std::ptrdiff_t>(done), lines.begin() + static_cast<std::ptrdiff_t>(end)}, edges, measures,
                      number);
  };
  for (const auto& region : find_regions(lines)) {
    text_until(region.begin);
    append_region(reading.blocks, lines, region, edges, measures, number, reading.layout);
    done = region.end;
  }
  text_until(lines.size());
}

}  // namespace

std::vector<Page> parse_words(std::string_view tsv, bool by_line) {
  std::vector<Page> pages;
  Word line_box;
  while (!tsv.empty()) {
    std::string_view line = tsv.substr(0, tsv.find('\n'));
    tsv.remove_prefix(std::min(line.size() + 1, tsv.size()));
    std::array<std::string_view, 11> fields;
    std::size_t filled = 0;
    for (; filled < fields.size(); ++filled) {
      const auto tab = line.find('\t');
      if (tab == std::string_view::npos) break;
      fields[filled] = line.substr(0, tab);
      line.remove_prefix(tab + 1);
    }
    Word word;
    long width = 0;
    long height = 0;
    if (filled < fields.size() || !thousandths(fields[6], word.left) || !thousandths(fields[7], word.top) || !thousandths(fields[8], width) ||
        !thousandths(fields[9], height) || width < 0 || height < 0) {
      continue;
    }
    if (fields[0] == "1" || pages.empty()) pages.emplace_back();
    if (fields[0] == "1") pages.back().width = width;
    word.bottom = word.top + std::max(height, 1L);
    if (fields[0] == "4") line_box = word;
    const auto text = base::trim(line);
    if (fields[0] != "5" || text.empty() || !base::is_utf8(text)) continue;
    word.right = word.left + width;
    if (by_line) word.top = line_box.top, word.bottom = line_box.bottom;
    word.text = text;
    thousandths(fields[10], word.confidence);
    pages.back().words.push_back(std::move(word));
  }
  return pages;
}

Reading lay_out(const std::vector<Page>& pages, bool measured) {
  Reading reading;
  reading.pages = static_cast<int>(pages.size());
  std::vector<std::vector<Line>> lines;
  std::map<long, Edges> edges;  // per width of the page: a page with little text has the margins of the others
  for (const auto& page : pages) {
    lines.push_back(lines_of(page.words));
    if (lines.back().empty()) continue;
    const auto own = edges_of(lines.back());
    auto& common = edges.try_emplace(page.width, own).first->second;
    common = {std::min(common.left, own.left), std::max(common.right, own.right)};
  }
  const auto measures = measure(lines, measured);
  for (std::size_t i = 0; i < pages.size(); ++i) append_page(reading, lines[i], edges[pages[i].width], measures, static_cast<int>(i) + 1);
  if (!measures.headings.empty()) note(reading.layout, "headings");
  return reading;
}

}  // namespace zielwerk::documents
