// What a page is made of, once its format is forgotten, and the small Markdown in which it is kept (document.h):
//   # Heading            one to six #
//   - item               an item below another one is indented by two blanks
//   | a | b |            a table; its second line is |--|--|; in a cell \| is a stroke and <br> the end of a line
//   words **bold**       everything else; a line break within a paragraph is one, a blank line ends it
// A paragraph that begins like a heading, an item or a row is one when read again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::documents {

using Rows = std::vector<std::vector<std::string>>;

struct Block {
  enum class Kind { Heading, Paragraph, Item, Table };
  Kind kind = Kind::Paragraph;
  int level = 0;     // heading: 1 to 6; item: 0 is outermost
  std::string text;  // lines separated by \n; not of tables
  Rows rows = {};    // of a table, the first is its head; a cell that another one covers is empty
  int page = 0;      // 1 is the first; 0: not known

  bool operator==(const Block&) const = default;
};

// Blocks that a reader made of a foreign file, and what it noticed: layout tags and German remarks as in Document.
struct Reading {
  std::vector<Block> blocks;
  std::vector<std::string> layout;
  std::vector<std::string> remarks;
  int pages = 0;
};

std::string to_markdown(const std::vector<Block>& blocks);
// The same, with the offset in the text of the first character of each page from 1 to `pages`.
std::string to_markdown(const std::vector<Block>& blocks, int pages, std::vector<std::size_t>& page_starts);
std::vector<Block> parse_markdown(std::string_view markdown);

// A table without any rule that only sets signatures, parties or dates side by side becomes its columns, one after the other; any
// other table stays. Also replaces tables of one cell or one column by their paragraphs.
std::vector<Block> without_layout_tables(std::vector<Block> blocks, std::vector<std::string>& layout);

// Words of a paragraph or cell as they come, bold or not.
class Inline {
 public:
  void add(std::string_view text, bool bold);
  void line_break();
  bool empty() const { return runs_.empty(); }
  // Trimmed, with ** around what is bold; then begins anew.
  std::string take();

 private:
  struct Run {
    std::string text;
    bool bold;
  };
  std::vector<Run> runs_;
};

}  // namespace zielwerk::documents
