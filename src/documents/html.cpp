#include "documents/html.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <libxml/HTMLparser.h>

namespace zielwerk::documents {
namespace {

using Kind = Block::Kind;

// Cells with their spans put where they stand; what a cell covers besides is empty.
class Grid {
 public:
  void row() {
    rows_.emplace_back();
    for (auto& rest : covered_) rest -= rest > 0 ? 1 : 0;
  }
  void cell(std::string text, int columns, int rows) {
    if (rows_.empty()) row();
    auto& cells = rows_.back();
    while (cells.size() < covered_.size() && covered_[cells.size()] > 0) cells.emplace_back();
    for (int i = 0; i < columns && cells.size() < most_columns; ++i) {
      if (covered_.size() <= cells.size()) covered_.resize(cells.size() + 1);
      covered_[cells.size()] = rows;
      cells.push_back(std::exchange(text, std::string()));
    }
  }
  Rows take() { return std::move(rows_); }

 private:
  static constexpr std::size_t most_columns = 64;
  Rows rows_;
  std::vector<int> covered_;  // per column: rows, this one included, that a cell occupies
};

struct Table {
  Grid grid;
  std::string cell;
  bool in_cell = false;
  int columns = 1;
  int rows = 1;
};

enum class Role { Other, Skipped, Bold, Heading, Unordered, Ordered, Item, Preformatted, Table, Row, Cell, Break, Paragraph };

Role role_of(std::string_view name) {
  static const std::map<std::string_view, Role> roles{
      {"head", Role::Skipped}, {"script", Role::Skipped}, {"style", Role::Skipped}, {"template", Role::Skipped}, {"noscript", Role::Skipped},
      {"select", Role::Skipped}, {"object", Role::Skipped}, {"b", Role::Bold}, {"strong", Role::Bold}, {"h1", Role::Heading}, {"h2", Role::Heading},
      {"h3", Role::Heading}, {"h4", Role::Heading}, {"h5", Role::Heading}, {"h6", Role::Heading}, {"ul", Role::Unordered}, {"ol", Role::Ordered},
      {"li", Role::Item}, {"pre", Role::Preformatted}, {"table", Role::Table}, {"tr", Role::Row}, {"td", Role::Cell}, {"th", Role::Cell},
      {"br", Role::Break}, {"p", Role::Paragraph}, {"div", Role::Paragraph}, {"section", Role::Paragraph}, {"article", Role::Paragraph},
      {"blockquote", Role::Paragraph}, {"hr", Role::Paragraph}, {"dt", Role::Paragraph}, {"dd", Role::Paragraph}, {"dl", Role::Paragraph},
      {"header", Role::Paragraph}, {"footer", Role::Paragraph}, {"main", Role::Paragraph}, {"nav", Role::Paragraph}, {"aside", Role::Paragraph},
      {"figure", Role::Paragraph}, {"figcaption", Role::Paragraph}, {"caption", Role::Paragraph}, {"address", Role::Paragraph},
      {"fieldset", Role::Paragraph}, {"form", Role::Paragraph}, {"body", Role::Paragraph}, {"center", Role::Paragraph}};
  const auto found = roles.find(name);
  return found == roles.end() ? Role::Other : found->second;
}

std::string_view attribute(const xmlChar** attributes, std::string_view name) {
  for (; attributes && attributes[0]; attributes += 2) {
    if (name == reinterpret_cast<const char*>(attributes[0])) return attributes[1] ? reinterpret_cast<const char*>(attributes[1]) : std::string_view();
  }
  return {};
}

int span(const xmlChar** attributes, std::string_view name) {
  const auto text = attribute(attributes, name);
  int value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 1, 1000);
}

bool hidden(const xmlChar** attributes) {
  std::string style;
  for (const char c : attribute(attributes, "style")) {
    if (c != ' ') style += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return style.find("display:none") != std::string::npos;
}

// Follows the parser's events; nothing is kept but the way from the root, the open tables and what has been read.
class HtmlReader {
 public:
  void begin(std::string_view name, const xmlChar** attributes) {
    Role role = role_of(name);
    if (hidden(attributes)) role = Role::Skipped;
    open_.push_back({std::string(name), role});
    skipped_ += role == Role::Skipped ? 1 : 0;
    if (skipped_ > 0) return;
    if (role == Role::Break) {
      text_.line_break();
      line_begins_ = true;
    }
    if (role == Role::Bold) ++bold_;
    if (role == Role::Preformatted) ++preformatted_;
    if (role >= Role::Heading && role != Role::Break) flush();
    if (role == Role::Heading) heading_ = name[1] - '0';
    if (role == Role::Unordered || role == Role::Ordered) lists_.push_back(role == Role::Ordered ? std::max(span(attributes, "start"), 1) : 0);
    if (role == Role::Item) item_ = true;
    if (role == Role::Table) tables_.emplace_back();
    if (role == Role::Row && !tables_.empty()) tables_.back().grid.row();
    if (role == Role::Cell && !tables_.empty()) {
      auto& table = tables_.back();
      table.in_cell = true;
      table.columns = span(attributes, "colspan");
      table.rows = span(attributes, "rowspan");
    }
  }

  void end(std::string_view name) {
    // The parser closes what it opened; an end without a beginning is none.
    if (open_.empty() || open_.back().name != name) return;
    const Role role = open_.back().role;
    open_.pop_back();
    const bool was_skipped = skipped_ > 0;
    skipped_ -= role == Role::Skipped ? 1 : 0;
    if (was_skipped) return;
    if (role == Role::Bold) --bold_;
    if (role >= Role::Heading && role != Role::Break) flush();
    if (role == Role::Preformatted) --preformatted_;
    if (role == Role::Heading) heading_ = 0;
    if (role == Role::Item) item_ = false;
    if ((role == Role::Unordered || role == Role::Ordered) && !lists_.empty()) lists_.pop_back();
    if (role == Role::Cell && !tables_.empty() && tables_.back().in_cell) {
      auto& table = tables_.back();
      table.in_cell = false;
      table.grid.cell(std::move(table.cell), table.columns, table.rows);
      table.cell.clear();
    }
    if (role == Role::Table && !tables_.empty()) close_table();
  }

  void characters(std::string_view text) {
    if (skipped_ > 0) return;
    std::string visible;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
      if (preformatted_ > 0 && c != '\r') {
        visible += c;
      } else if (!blank) {
        visible += c;
        line_begins_ = false;
      } else if (!line_begins_) {
        visible += ' ';
        line_begins_ = true;  // no second blank
      }
    }
    text_.add(visible, bold_ > 0);
  }

  Reading finish() {
    flush();
    while (!tables_.empty()) close_table();
    return std::move(reading_);
  }

 private:
  struct Open {
    std::string name;
    Role role;
  };

  // What has been read becomes a block, or a line of the cell that is open.
  void flush() {
    std::string text = text_.take();
    line_begins_ = true;
    if (text.empty()) return;
    Kind kind = heading_ > 0 ? Kind::Heading : Kind::Paragraph;
    int level = heading_;
    if (item_ && !lists_.empty()) {
      item_ = false;
      if (lists_.back() > 0) {
        text = fmt::format("{}. {}", lists_.back()++, text);
      } else if (kind == Kind::Paragraph) {
        kind = Kind::Item;
        level = static_cast<int>(lists_.size()) - 1;
      }
    }
    if (!tables_.empty() && tables_.back().in_cell) {
      auto& cell = tables_.back().cell;
      cell += (cell.empty() ? "" : "\n") + std::string(kind == Kind::Item ? "- " : "") + text;
    } else {
      reading_.blocks.push_back({kind, level, std::move(text)});
    }
  }

  // A table in a cell becomes lines of it.
  void close_table() {
    Rows rows = tables_.back().grid.take();
    tables_.pop_back();
    if (tables_.empty() || !tables_.back().in_cell) {
      if (!rows.empty()) reading_.blocks.push_back({Kind::Table, 0, {}, std::move(rows)});
      return;
    }
    auto& outer = tables_.back().cell;
    for (const auto& row : rows) {
      std::string line;
      for (const auto& cell : row) line += (line.empty() || cell.empty() ? "" : " ") + cell;
      if (!line.empty()) outer += (outer.empty() ? "" : "\n") + line;
    }
  }

  Reading reading_;
  Inline text_;
  std::vector<Open> open_;
  std::vector<Table> tables_;
  std::vector<int> lists_;  // 0: bullets, otherwise the next number
  int skipped_ = 0;
  int bold_ = 0;
  int preformatted_ = 0;
  int heading_ = 0;
  bool item_ = false;
  bool line_begins_ = true;
};

std::string_view view(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

}  // namespace

Reading read_html(std::string_view utf8) {
  HtmlReader reader;
  htmlSAXHandler events{};
  events.startElement = [](void* state, const xmlChar* name, const xmlChar** attributes) {
    static_cast<HtmlReader*>(state)->begin(view(name), attributes);
  };
  events.endElement = [](void* state, const xmlChar* name) { static_cast<HtmlReader*>(state)->end(view(name)); };
  events.characters = [](void* state, const xmlChar* text, int size) {
    static_cast<HtmlReader*>(state)->characters({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
  };
  events.ignorableWhitespace = events.characters;
  events.cdataBlock = [](void*, const xmlChar*, int) {};
  xmlInitParser();
  xmlSetStructuredErrorFunc(nullptr, [](void*, xmlErrorPtr) {});
  auto* context = htmlCreatePushParserCtxt(&events, &reader, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8);
  htmlCtxtUseOptions(context, HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
  constexpr std::size_t piece = 1 << 16;
  for (; !utf8.empty(); utf8.remove_prefix(std::min(piece, utf8.size()))) {
    htmlParseChunk(context, utf8.data(), static_cast<int>(std::min(piece, utf8.size())), 0);
  }
  htmlParseChunk(context, nullptr, 0, 1);
  htmlFreeParserCtxt(context);
  return reader.finish();
}

}  // namespace zielwerk::documents
