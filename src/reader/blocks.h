// A document cut into headings, paragraphs, list items and rows of tables, and these into sentences; page numbers and running heads set
// aside. Sentences that a page break divided are one again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/plain.h"

namespace zielwerk::reader {

enum class BlockKind { Heading, Paragraph, Item, Row, Furniture };

struct Block {
  BlockKind kind = BlockKind::Paragraph;
  int level = 0;            // of a heading: 1 is the highest; of an item: its indentation
  std::string number;       // of a heading or item: "II", "3", "§ 4", "(2)", "1a"; empty: none
  Plain text;               // without marker
  std::vector<Plain> cells; // of a row
  int table = -1;           // rows of one table have one number
  bool table_head = false;
  Span raw;                 // in the document, marker included
  std::vector<std::size_t> headings;  // open headings above, outermost first (indices of blocks)
  std::vector<Span> sentences;        // of `text`; of a row: of no meaning
};

std::vector<Block> blocks(std::string_view document);

// Words that can be a heading: short, no verb, no value.
bool heading_words(std::string_view text);

// Sentences of an even text. Abbreviations, ordinals and dates end none; a semicolon between statements ends none either.
std::vector<Span> sentences(std::string_view text);

}  // namespace zielwerk::reader
