#include "reader/blocks.h"

#include <algorithm>
#include <array>
#include <optional>

#include <re2/re2.h>

#include "reader/cells.h"
#include "reader/lines.h"
#include "reader/markers.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

bool ends_a_sentence(std::string_view text) { return text.ends_with(".") || text.ends_with(";") || text.ends_with(":") || text.ends_with(",") || text.ends_with("?") || text.ends_with("!"); }

bool table_row(const Line& line) { return line.even.size() > 1 && line.even.front() == '|'; }

bool table_rule(std::string_view text) {
  return text.find('-') != std::string_view::npos && text.find_first_not_of("|-: +=") == std::string_view::npos;
}

const Words& leads_on() {
  // A block that ends with one of these words goes on after a page break.
  static const Words pattern(R"((?:\b(?:der|die|das|des|dem|den|ein|eine|einer|eines|einem|einen|und|oder|sowie|mit|bei|von|vom|zu|zum|zur|in|im|an|am|auf|für|nach|über|unter|um|durch|gegenüber|gemäß|als|wie|dass|wenn|nicht|mindestens|höchstens|mehr|rund|ca\.|Nr\.|Abs\.|Dr\.)|,|\bProzent-|–)$)");
  return pattern;
}

class Cutter {
 public:
  explicit Cutter(std::string_view document) : document_(document), lines_(lines_of(document)), furniture_(furniture(lines_)) {}

  std::vector<Block> cut() {
    for (std::size_t i = 0; i < lines_.size(); ++i) take(i);
    close();
    join_divided();
    open_headings();
    for (auto& block : blocks_) {
      if (block.kind != BlockKind::Row) block.sentences = sentences(block.text.text());
    }
    return std::move(blocks_);
  }

 private:
  void take(std::size_t i) {
    const auto& line = lines_[i];
    if (furniture_[i]) {
      // A page number inside a paragraph does not end it.
      Block block{.kind = BlockKind::Furniture, .raw = line.raw};
      block.text.append(document_, line.raw);
      aside_.push_back(std::move(block));
      page_break_ = true;
      return;
    }
    if (line.blank) {
      if (!page_break_) close();
      pending_blank_ = true;
      return;
    }
    if (table_row(line)) return take_row(line);
    if (line.even.size() > 5 && line.even.find_first_not_of("-_=–— ") == std::string::npos) return;  // a drawn line
    if (take_columns(i)) return;
    if (underlined(i)) return add_heading({first_character(line), line.raw.end}, 4, line.raw);
    if (paragraph_alone(line.even)) return add_heading({first_character(line), line.raw.end}, 3, line.raw);
    const auto start = first_character(line);
    const auto text = document_.substr(start, line.raw.end - start);
    if (const auto heading = markdown_heading(text)) return add_heading({start + heading->length, line.raw.end}, heading->level, line.raw);
    if (const bool resumes = page_break_ && open_ && !ends_a_sentence(open_->text.text()); page_break_ && !resumes) close();
    page_break_ = false;
    if (take_numbered_heading(i, start)) return;
    if (const auto item = item_marker(line.even)) return add_item(line, start, *item);
    if (labelled(i) && ((i > 0 && labelled(i - 1)) || (i + 1 < lines_.size() && labelled(i + 1)))) return add_item(line, start, {});
    if (take_plain_heading(i, start)) return;
    if (!open_) open_ = Block{.raw = line.raw};
    open_->text.append(document_, line.raw);
    open_->raw.end = line.raw.end;
    pending_blank_ = false;
  }

  // The rest of a label that stands below its row: "in Langzeit-" | 65, then "arbeitslosigkeit"; "(Jahresdurchschnitt)".
  bool goes_on_above(Span cell) const {
    if (blocks_.empty() || blocks_.back().kind != BlockKind::Row || blocks_.back().cells.size() < 2) return false;
    const auto words = document_.substr(cell.begin, cell.end - cell.begin);
    static const Words low(R"(^[a-zäöü(])");
    return low.in(words) && (words.front() == '(' || blocks_.back().cells.front().text().ends_with("-"));
  }

  // "Verbesserung der Integration in | … | 26,8 %", below it "Erwerbstätigkeit": words without numbers, each below the beginning of a cell, are
  // the rest of the row above. The row above must end in the middle of a phrase, or they go on in lower case or brackets.
  bool add_below(std::size_t i, const std::vector<Span>& cells) {
    if (i == 0 || lines_[i - 1].blank || blocks_.empty() || blocks_.back().kind != BlockKind::Row || blocks_.back().raw.end != lines_[i - 1].raw.end) return false;
    auto& row = blocks_.back();
    static const Words digit(R"(\d)");
    static const Words unfinished(R"((?:^|\s)(?:[a-zäöü][\wäöüß]*|\S*-)$)");
    if (row.cells.size() < 2 || cells.size() >= row.cells.size() || !digit.in(row.cells.back().text()) || digit.in(lines_[i].even)) return false;
    static const Words goes_on(R"(^[a-zäöü(])");
    const bool whole = std::none_of(row.cells.begin(), row.cells.end(), [&](const Plain& cell) { return !digit.in(cell.text()) && unfinished.in(cell.text()); });
    if (whole && !goes_on.in(document_.substr(cells.front().begin, cells.front().end - cells.front().begin))) return false;
    std::vector<std::size_t> at;
    for (const auto& cell : cells) {
      const auto below = std::find_if(row.cells.begin(), row.cells.end(), [&](const Plain& above) {
        const auto a = column_of(above.raw().begin), b = column_of(cell.begin);
        return (a > b ? a - b : b - a) <= 2 && !digit.in(above.text());
      });
      if (below == row.cells.end()) return false;
      at.push_back(static_cast<std::size_t>(below - row.cells.begin()));
    }
    for (std::size_t k = 0; k < cells.size(); ++k) row.cells[at[k]].append(document_, cells[k]);
    row.text.append(document_, lines_[i].raw);
    row.raw.end = lines_[i].raw.end;
    return true;
  }

  // "2 | Bestand an Langzeitleistungs-", below it "beziehern | 10.900 | 10.640": the row above is the beginning of this one's label.
  bool add_values(std::size_t i, const std::vector<Span>& cells) {
    if (i == 0 || cells.size() < 2 || lines_[i - 1].blank || blocks_.empty() || blocks_.back().kind != BlockKind::Row || blocks_.back().raw.end != lines_[i - 1].raw.end) return false;
    auto& row = blocks_.back();
    const auto words = [&](Span cell) { return document_.substr(cell.begin, cell.end - cell.begin); };
    static const Words digit(R"(\d)"), mark(R"(^\d{1,2}(?:\.\d)?[.)]?$)"), goes_on(R"(^[a-zäöü(])"), value_of_its_own(R"((?:^|\s)[+–-]? ?\d[\d.,]*(?:\s|%|$))");
    static const Words unfinished(R"((?:-|\b(?:in|im|der|die|des|dem|den|von|und|mit|zur|zum|am|an|auf|nach|für|bei))$)");
    if (row.table_head || row.cells.empty() || row.cells.size() > 2 || (row.cells.size() == 2 && !mark.in(row.cells.front().text()))) return false;
    auto& label = row.cells.back();
    if (value_of_its_own.in(label.text()) || digit.in(words(cells.front())) || !digit.in(words(cells.back())) || !(unfinished.in(label.text()) || goes_on.in(words(cells.front())))) return false;
    label.append(document_, cells.front());
    for (std::size_t k = 1; k < cells.size(); ++k) {
      Plain value;
      value.append(document_, cells[k]);
      value.trim();
      row.cells.push_back(std::move(value));
    }
    row.text.append(document_, lines_[i].raw);
    row.raw.end = lines_[i].raw.end;
    return true;
  }

  // In characters from the beginning of its line.
  std::size_t column_of(std::size_t position) const {
    std::size_t column = 0;
    for (auto at = position; at > 0 && document_[at - 1] != '\n'; --at) column += (static_cast<unsigned char>(document_[at - 1]) & 0xC0U) == 0x80U ? 0 : 1;
    return column;
  }

  // "Zielwert Integrationsquote Frauen 2026: 17,0 Prozent": lines of label and value say each its own thing.
  bool labelled(std::size_t i) const {
    static const Words value(R"(^[A-ZÄÖÜ][^:.;]{8,90}: ?[^:;a-zäöü]{0,6}(?:mindestens |höchstens |rund )?[+–-]? ?\d[^:;.]{0,30}\.?$)");
    return !furniture_[i] && !lines_[i].blank && value.in(lines_[i].even);
  }

  // "2. Ziele" with a drawn line below it.
  bool underlined(std::size_t i) const {
    if (i + 1 >= lines_.size() || !starts_block(i) || lines_[i].even.size() > 110 || ends_a_sentence(lines_[i].even)) return false;
    const auto& next = lines_[i + 1].even;
    return next.size() >= 3 && (next.find_first_not_of('-') == std::string::npos || next.find_first_not_of('=') == std::string::npos);
  }

  // "§ 3" or "Artikel 1" on a line of its own.
  static bool paragraph_alone(std::string_view text) {
    static const Words alone(R"((?:§ ?\d+[a-z]?|(?:Artikel|Abschnitt|Teil|Kapitel) (?:\d+|[IVX]+|[A-H]))\.?)");
    return alone.is(text);
  }

  std::size_t first_character(const Line& line) const {
    auto at = line.raw.begin;
    while (at < line.raw.end && (document_[at] == ' ' || document_[at] == '\t' || document_.substr(at, 3) == "\uFEFF")) at += document_.substr(at, 3) == "\uFEFF" ? 3 : 1;
    return at;
  }

  void take_row(const Line& line) {
    close();
    page_break_ = false;
    if (table_rule(line.even)) {
      if (!blocks_.empty() && blocks_.back().kind == BlockKind::Row && blocks_.back().table == table_) blocks_.back().table_head = true;
      return;
    }
    if (blocks_.empty() || blocks_.back().kind != BlockKind::Row || pending_blank_) ++table_;
    pending_blank_ = false;
    Block row{.kind = BlockKind::Row, .table = table_, .raw = line.raw};
    row.text.append(document_, line.raw);
    row.cells = markdown_cells(document_, line.raw);
    blocks_.push_back(std::move(row));
  }

  // Lines with the same kind of gaps, at least two one after the other, are a table set with blanks.
  bool take_columns(std::size_t i) {
    const auto count = [&](std::size_t line) { return furniture_[line] || lines_[line].blank || table_row(lines_[line]) ? std::size_t{0} : gap_cells(document_, lines_[line].raw).size(); };
    const auto cells = gap_cells(document_, lines_[i].raw);
    static const Words marker(R"((?i)(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)]|[A-Z][.)]|§ ?\d+|[a-z]\)|\(\d{1,2}\)|[-–•]))");
    const bool heads_rows = table_kind_ != 0 && i + 1 < lines_.size() && count(i + 1) >= 3;  // "2   Verbesserung der Integration" inside a table
    if (!heads_rows && cells.size() == 2 && marker.is(document_.substr(cells[0].begin, cells[0].end - cells[0].begin))) {
      table_kind_ = 0;
      return false;
    }
    if (table_kind_ != 0 && (add_below(i, cells) || add_values(i, cells))) return true;
    if (cells.size() == 1 && table_kind_ != 0 && goes_on_above(cells[0])) {
      blocks_.back().cells.front().append(document_, cells[0]);
      blocks_.back().raw.end = lines_[i].raw.end;
      return true;
    }
    if (cells.size() < 2) {
      // A label that takes two lines: its first stands alone, the next line holds the values.
      const bool label = table_kind_ != 0 && i + 1 < lines_.size() && !lines_[i + 1].blank && count(i + 1) >= 2 && !ends_a_sentence(lines_[i].even) && lines_[i].even.size() < 60;
      if (!label) {
        table_kind_ = 0;
        return false;
      }
    }
    const auto next = [&](std::size_t from) {
      for (std::size_t k = from; k < lines_.size() && k < from + 3; ++k) {
        const bool drawn = lines_[k].even.find_first_not_of("-_=–— ") == std::string::npos;
        if (!lines_[k].blank && !drawn) return count(k);
      }
      return std::size_t{0};
    };
    const bool goes_on = table_kind_ != 0;
    if (!goes_on && cells.size() >= 2 && next(i + 1) < 2) {
      static const Words signature(R"(\d{4}|_{4,}|\.{5,})");
      if (!signature.in(lines_[i].even)) return false;
    }
    close();
    page_break_ = false;
    if (!goes_on) ++table_;
    table_kind_ = 1;
    Block row{.kind = BlockKind::Row, .table = table_, .table_head = !goes_on, .raw = lines_[i].raw};
    row.text.append(document_, lines_[i].raw);
    for (const auto& cell : cells) {
      Plain plain;
      plain.append(document_, cell);
      plain.trim();
      row.cells.push_back(std::move(plain));
    }
    blocks_.push_back(std::move(row));
    pending_blank_ = false;
    return true;
  }

  bool starts_block(std::size_t i) const { return i == 0 || lines_[i - 1].blank || furniture_[i - 1] || !open_; }
  bool ends_block(std::size_t i) const { return i + 1 >= lines_.size() || lines_[i + 1].blank || furniture_[i + 1]; }

  bool take_numbered_heading(std::size_t i, std::size_t start) {
    const auto& even = lines_[i].even;
    re2::StringPiece number, gap, rest;
    if (!RE2::FullMatch(piece(even), numbered(), &number, &gap, &rest)) return false;
    const std::string_view words(rest.data(), rest.size());
    static const Words law(R"(^(?:Abs|Absatz|SGB|Satz|Nr\.)\b)");
    if (!heading_words(words) || law.in(words)) return false;
    const bool capital = words[0] >= 'A' && words[0] <= 'Z';
    const bool umlaut = words.starts_with("Ä") || words.starts_with("Ö") || words.starts_with("Ü") || words.starts_with("„") || words.starts_with("\"");
    if (!capital && !umlaut && !words.starts_with("kommunale") && !words.starts_with("lokale")) return false;
    const bool word = number.size() > 2 && number[1] >= 'a' && number[1] <= 'z';  // "Artikel 1"
    const bool paragraph = number.starts_with("§") || (word && (number.starts_with("A") || number.starts_with("T") || number.starts_with("K") || number.starts_with("Z")));
    if (!paragraph && number[0] >= '0' && number[0] <= '9' && !ends_block(i) && !heading_follows(i)) return false;
    if (!starts_block(i) && !paragraph) return false;
    std::string name(number);
    std::erase_if(name, [](char byte) { return byte == '(' || byte == ')'; });
    while (!name.empty() && name.back() == '.') name.pop_back();
    const int deeper = static_cast<int>(std::count(name.begin(), name.end(), '.'));
    const bool letter = name[0] >= 'A' && name[0] <= 'H';
    const int level = paragraph ? 3 : (name[0] == 'I' || name[0] == 'V' || name[0] == 'X') ? 4 + deeper : letter ? 3 + deeper : 5 + deeper;
    Plain plain;
    plain.append(document_, {start, lines_[i].raw.end});
    plain.trim();
    const auto at = plain.text().find(words);
    close();
    Block block{.kind = BlockKind::Heading, .level = level, .number = name, .raw = lines_[i].raw};
    block.text = at == std::string::npos ? plain : plain.part({at, plain.size()});
    blocks_.push_back(std::move(block));
    pending_blank_ = false;
    return true;
  }

  // "1. Ziele" directly followed by text without a blank line is a heading only if the next line is no list of the same kind.
  bool heading_follows(std::size_t i) const {
    const auto& next = lines_[i + 1].even;
    return !item_marker(next) && lines_[i].even.size() < 90 && next.size() > 60;
  }

  bool take_plain_heading(std::size_t i, std::size_t start) {
    const auto& even = lines_[i].even;
    const auto text = document_.substr(start, lines_[i].raw.end - start);
    const bool bold = text.starts_with("**") && text.substr(0, text.find_last_not_of(" \r\t") + 1).ends_with("**");
    if (!starts_block(i) || !ends_block(i) || !heading_words(even)) return false;
    if (!bold && even.size() > 90) return false;
    static const Words signs(R"(^(?:gez\.|i\. ?[AV]\.|\(|_|\d|[A-Z]\. [A-Z])|,|\b(?:Dr\.|Frau|Herr)\b|^K ?\d)");
    if (!bold && signs.in(even)) return false;
    add_heading({start, lines_[i].raw.end}, bold ? 8 : 9, lines_[i].raw);
    return true;
  }

  void add_heading(Span text, int level, Span raw) {
    close();
    page_break_ = false;
    pending_blank_ = false;
    Block block{.kind = BlockKind::Heading, .level = level, .raw = raw};
    block.text.append(document_, text);
    block.text.trim();
    re2::StringPiece number, gap, rest;
    const auto even = block.text.text();
    if (RE2::FullMatch(piece(even), numbered(), &number, &gap, &rest)) {
      block.number = std::string(number);
      while (!block.number.empty() && (block.number.back() == '.' || block.number.back() == ')')) block.number.pop_back();
      block.text = block.text.part({even.size() - rest.size(), even.size()});
    }
    blocks_.push_back(std::move(block));
  }

  void add_item(const Line& line, std::size_t start, const Marker& marker) {
    close();
    Plain whole;
    whole.append(document_, {start, line.raw.end});
    whole.trim();
    Block block{.kind = BlockKind::Item, .level = line.indent, .number = marker.number, .raw = line.raw};
    block.text = whole.part({std::min(marker.length, whole.size()), whole.size()});
    block.text.trim();
    const auto raw = document_.substr(start, line.raw.end - start);
    const auto bold = raw.find("**");
    if (bold < 6 && raw.find_last_of('*') + 3 > raw.size() && heading_words(block.text.text())) {
      block.kind = BlockKind::Heading;
      block.level = 8;
      if (block.number == "-") block.number.clear();
      blocks_.push_back(std::move(block));
    } else {
      open_ = std::move(block);
    }
    pending_blank_ = false;
  }

  void close() {
    if (open_) {
      open_->text.trim();
      if (!open_->text.empty()) add_in_pieces(std::move(*open_));
    }
    open_.reset();
    for (auto& block : aside_) blocks_.push_back(std::move(block));
    aside_.clear();
    page_break_ = false;
  }

  // A paragraph of more than ten pages is none: it is cut between words, so that no step ever sees more at once.
  void add_in_pieces(Block block) {
    constexpr std::size_t longest = 32'768;
    while (block.text.size() > longest) {
      auto at = block.text.text().rfind(". ", longest);
      if (at == std::string::npos || at == 0) at = block.text.text().rfind(' ', longest);
      if (at == std::string::npos || at == 0) at = longest - 1;
      Block piece = block;
      piece.text = block.text.part({0, at + 1});
      piece.raw = {block.raw.begin, piece.text.raw().end};
      block.text = block.text.part({at + 1, block.text.size()});
      block.text.trim();
      block.raw.begin = piece.raw.end;
      blocks_.push_back(std::move(piece));
    }
    if (!block.text.empty()) blocks_.push_back(std::move(block));
  }

  void join_divided() {
    std::vector<Block> joined;
    std::optional<std::size_t> last;  // last block that is no furniture
    for (auto& block : blocks_) {
      const bool prose = block.kind == BlockKind::Paragraph || block.kind == BlockKind::Heading;
      if (prose && last && joined[*last].kind != BlockKind::Row && (joined[*last].kind != BlockKind::Heading || joined[*last].level >= 9) && divided(joined[*last], block)) {
        joined[*last].text.append(document_, block.raw);
        joined[*last].raw.end = block.raw.end;
        if (joined[*last].kind == BlockKind::Heading && !heading_words(joined[*last].text.text())) joined[*last].kind = BlockKind::Paragraph;
        continue;
      }
      joined.push_back(std::move(block));
      if (joined.back().kind != BlockKind::Furniture) last = joined.size() - 1;
    }
    blocks_ = std::move(joined);
  }

  static bool divided(const Block& head, const Block& tail) {
    const auto& first = head.text.text();
    const auto& second = tail.text.text();
    if (tail.kind == BlockKind::Heading && (tail.level < 9 || !tail.number.empty())) return false;
    if (first.empty() || second.empty()) return false;
    const bool lower = (second[0] >= 'a' && second[0] <= 'z') || second.starts_with("ä") || second.starts_with("ö") || second.starts_with("ü");
    static const Words party(R"(^(?:und (?:dem|der|das|den)|zwischen|vertreten|mit de[mr]|der|dem|gez\.?|i\. ?[AV]\.)\b)");
    if (party.in(second) && first.size() < 160) return false;
    static const Words opener(R"(\b(?:zwischen|und)(?: de[mrn])?$)");
    if (opener.in(first) && first.size() < 60) return false;
    if (leads_on().in(first)) return first.size() > 20 || lower;
    return lower && first.size() > 50 && !ends_a_sentence(first);
  }

  void open_headings() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].kind == BlockKind::Heading) {
        while (!open.empty() && blocks_[open.back()].level >= blocks_[i].level) open.pop_back();
        blocks_[i].headings = open;
        open.push_back(i);
      } else {
        blocks_[i].headings = open;
      }
    }
  }

  std::string_view document_;
  std::vector<Line> lines_;
  std::vector<bool> furniture_;
  std::vector<Block> blocks_;
  std::vector<Block> aside_;  // furniture met inside an open block
  std::optional<Block> open_;
  bool page_break_ = false;
  bool pending_blank_ = false;
  int table_ = -1;
  int table_kind_ = 0;
};

}  // namespace

std::vector<Block> blocks(std::string_view document) { return Cutter(document).cut(); }

}  // namespace zielwerk::reader
