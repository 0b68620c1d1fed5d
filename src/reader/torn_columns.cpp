#include "reader/torn_columns.h"

#include <algorithm>
#include <map>

#include <re2/re2.h>

namespace zielwerk::reader {
namespace {

using Rows = std::vector<const Block*>;

std::ptrdiff_t cells_of(const Block& row, const RE2& what) {
  return std::count_if(row.cells.begin(), row.cells.end(), [&](const Plain& cell) { return RE2::FullMatch(cell.text(), what); });
}

std::ptrdiff_t numbers_in(const Block& row) {
  static const RE2 number(R"([+<>±\x{2013}\x{2212}-]? ?\d[\d.,]* ?(?:%|€|EUR|Euro|Prozent)?)");
  static const RE2 year(R"((?:19|20)\d\d)");
  return cells_of(row, number) - cells_of(row, year);
}

class Torn {
 public:
  Torn(std::string_view document, const std::vector<Block>& blocks) : document_(document), blocks_(blocks) {}

  std::vector<Span> places() {
    std::map<int, Rows> tables;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (set_with_blanks(i)) tables[blocks_[i].table].push_back(&blocks_[i]);
      else if (beside_columns(i)) found_.push_back(blocks_[i].text.raw());
    }
    for (const auto& [table, rows] : tables) rows_of(rows);
    return std::move(found_);
  }

 private:
  std::string_view raw(std::size_t begin, std::size_t end) const { return document_.substr(begin, begin < end ? end - begin : 0); }
  bool set_with_blanks(std::size_t i) const {
    return i < blocks_.size() && blocks_[i].kind == BlockKind::Row && !blocks_[i].cells.empty() && raw(blocks_[i].raw.begin, blocks_[i].raw.end).find('|') == std::string_view::npos;
  }

  // Nothing but a rule between them.
  bool adjoin(std::size_t above, std::size_t below) const {
    static const RE2 rule(R"([\s_=\x{2500}-]*)"), blank_line(R"(\n[ \t]*\r?\n)");
    const auto gap = raw(blocks_[above].raw.end, blocks_[below].raw.begin);
    const re2::StringPiece piece(gap.data(), gap.size());
    return RE2::FullMatch(piece, rule) && !RE2::PartialMatch(piece, blank_line);
  }

  // A line that is no row and has a number, but a column's gap before it or a row above or below it.
  bool beside_columns(std::size_t i) const {
    static const RE2 column(R"([^\s.:] {3,}[+\x{2013}\x{2212}-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?(?: ?%)?(?:\s|$))"), number(R"(\d)");
    const auto& block = blocks_[i];
    const bool prose = block.text.size() > 160;
    if (block.kind == BlockKind::Row || block.kind == BlockKind::Furniture || block.kind == BlockKind::Heading || prose) return false;
    const auto text = raw(block.raw.begin, block.raw.end);
    if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), column)) return true;
    const bool row_above = i > 0 && set_with_blanks(i - 1) && adjoin(i - 1, i);
    const bool row_below = set_with_blanks(i + 1) && adjoin(i, i + 1);
    return (row_above || row_below) && !block.text.text().ends_with('.') && RE2::PartialMatch(block.text.text(), number);
  }

  // Heads that ran together, columns without heads, words or a number at the end of words where other rows have a cell of their own.
  void rows_of(const Rows& rows) {
    static const RE2 years(R"((?:19|20)\d\d(?: (?:19|20)\d\d)+|(?:Ziel|Soll|Plan)\w*(?: \d{4})? (?:Vorjahr|Ist|Ergebnis|Prognose)\b.*|(?:Vorjahr|Ist|Ergebnis|Prognose)\b[^(]* (?:Ziel|Soll)\w*.*)");
    static const RE2 after_words(R"(\pL{3}.* \d[\d.,]* ?%?)"), with_year(R"(.*\b(?:19|20)\d\d)");
    std::ptrdiff_t most = 0;
    std::size_t cells = 0;
    bool heads = numbers_in(*rows.front()) > 1;
    const auto first = static_cast<std::size_t>(rows.front() - blocks_.data());
    heads = heads || (first > 0 && head_in_one(first - 1));
    for (const auto* row : rows) {
      most = std::max(most, numbers_in(*row));
      cells = std::max(cells, row->cells.size());
      heads = heads || cells_of(*row, years) > 0;
    }
    for (const auto* row : rows) {
      const auto numbers = numbers_in(*row);
      const bool torn = row->cells.size() < cells && numbers > 0 && (numbers == most || cells_of(*row, after_words) > cells_of(*row, with_year));
      if (heads || torn) found_.push_back(row->cells.back().raw());
    }
  }

  // A line of words with a year directly above the first row.
  bool head_in_one(std::size_t above) const {
    static const RE2 year(R"(.*\b(?:19|20)\d\d)");
    const auto& block = blocks_[above];
    return block.kind != BlockKind::Row && block.kind != BlockKind::Furniture && RE2::FullMatch(block.text.text(), year) && adjoin(above, above + 1);
  }

  std::string_view document_;
  const std::vector<Block>& blocks_;
  std::vector<Span> found_;
};

}  // namespace

std::vector<Span> torn_columns(std::string_view document, const std::vector<Block>& blocks) { return Torn(document, blocks).places(); }

}  // namespace zielwerk::reader
