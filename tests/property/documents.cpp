// What is drafted and opened again is the same, whatever the blocks are.
#include <gtest/gtest.h>
// after gtest, which it needs
#include <rapidcheck/gtest.h>

#include "documents/blocks.h"
#include "documents/docx.h"
#include "documents/docx_writer.h"

namespace zielwerk::documents {
namespace {

std::string any_words(bool lines) {
  static const std::vector<std::string> words{"Zielwert", "18,9 %", "-0,4", "§ 48b", "Größe", "a|b", "<br", "&amp;", "„so“", "**fett**", "1.132", "5\u00A0%", "\"", "*"};
  std::string text = "Wort";
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
    text += (lines && *rc::gen::inRange(0, 4) == 0 ? "\n" : " ") + *rc::gen::elementOf(words);
    text += " Ende";
  }
  return text;
}

Block any_block() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return {Block::Kind::Heading, *rc::gen::inRange(1, 7), any_words(false)};
    case 1: return {Block::Kind::Item, *rc::gen::inRange(0, 3), any_words(true)};
    case 2: return {Block::Kind::Paragraph, 0, any_words(true)};
    default: break;
  }
  Block table{Block::Kind::Table, 0, {}};
  const auto columns = static_cast<std::size_t>(*rc::gen::inRange(2, 5));
  for (int row = *rc::gen::inRange(1, 5); row > 0; --row) {
    table.rows.emplace_back();
    for (std::size_t c = 0; c < columns; ++c) table.rows.back().push_back(*rc::gen::inRange(0, 3) == 0 ? "" : any_words(true));
  }
  return table;
}

std::vector<Block> any_blocks() {
  std::vector<Block> blocks;
  for (int i = *rc::gen::inRange(1, 12); i > 0; --i) blocks.push_back(any_block());
  return blocks;
}

RC_GTEST_PROP(SmallMarkdown, IsReadAsWritten, ()) {
  const auto blocks = any_blocks();
  RC_ASSERT(parse_markdown(to_markdown(blocks)) == blocks);
}

RC_GTEST_PROP(Docx, IsReadAsWritten, ()) {
  const auto markdown = to_markdown(any_blocks());
  const auto bytes = write_docx(markdown);
  RC_ASSERT(write_docx(markdown) == bytes);
  const auto read = read_docx(bytes);
  RC_ASSERT(read.has_value());
  RC_ASSERT(to_markdown(read->blocks) == markdown);
}

}  // namespace
}  // namespace zielwerk::documents
