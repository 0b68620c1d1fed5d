// From words with boxes to blocks: lines, paragraphs, columns one after the other, tables, headings by their size. Both pdftotext -tsv
// and Tesseract say in this table what they found: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/blocks.h"

namespace zielwerk::documents {

// Lengths in thousandths of a point (pdftotext) or of a pixel (Tesseract); only their ratios count.
struct Word {
  long left = 0;
  long top = 0;
  long right = 0;
  long bottom = 0;
  std::string text;
  long confidence = 100'000;  // thousandths of a percent
};

struct Page {
  long width = 0;
  std::vector<Word> words;
};

// Pages in the order of the table. What is no page or word of it is passed over. `by_line`: words are as high as their line, because
// boxes drawn around ink alone differ from letter to letter.
std::vector<Page> parse_words(std::string_view tsv, bool by_line);

// Blocks in reading order with the page they are on. `measured`: boxes come from a font, not from an image, so that their heights tell
// headings from text. A page is one flow, interrupted by regions of columns; a line of text goes on in the next where no further word
// would have fitted; a hyphen between two halves of one word goes, all others stay. Tags in `layout`: columns, tables, headings.
Reading lay_out(const std::vector<Page>& pages, bool measured);

}  // namespace zielwerk::documents
