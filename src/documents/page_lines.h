// Inside of page_layout: lines of words, and how lines become paragraphs.
#pragma once

#include <string>
#include <vector>

#include "documents/blocks.h"
#include "documents/page_layout.h"

namespace zielwerk::documents {

struct Line {
  std::vector<Word> words;  // from left to right, at least one
  long left = 0;
  long right = 0;
  long top = 0;
  long bottom = 0;
  long height = 0;  // of its letters
  void measure();
};

// What is the same on all pages of a document.
struct Measures {
  long body = 1;                // height of most letters
  long pitch = 1;               // from line to line of a paragraph
  std::vector<long> headings;   // heights of larger letters, largest first
  bool measured = true;
};

// The edges between which text runs.
struct Edges {
  long left = 0;
  long right = 0;
};

Edges edges_of(const std::vector<Line>& lines);
std::vector<Line> lines_of(std::vector<Word> words);

// The next word would not have fitted into this line, or the line ends within a word: the text goes on in the next.
bool goes_on(const Line& line, const Line& next, Edges edges);

// A bullet and words. "- 0,4 Prozent" at the beginning of a line to which the text went on is none.
bool begins_item(const Line& line, bool went_on);

// Adds the line to the text that stands before it: with a blank, without the hyphen of a divided word, or with a line break.
void append_line(std::string& text, const Line& line, bool went_on);

void append_paragraphs(std::vector<Block>& blocks, const std::vector<Line>& lines, Edges edges, const Measures& measures, int page);

// A run of lines of which most are divided by the same empty strips.
struct Region {
  // Columns: text runs down the first and on in the next. Signatures: short lines side by side, each column for itself.
  enum class Kind { Text, Table, Columns, Signatures };
  Kind kind = Kind::Text;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<Edges> gutters;  // from left to right
};

std::vector<Region> find_regions(const std::vector<Line>& lines);
void append_region(std::vector<Block>& blocks, const std::vector<Line>& lines, const Region& region, Edges page_edges, const Measures& measures,
                   int page, std::vector<std::string>& layout);

// Words that stand where people sign, and nowhere in a table of targets; "18,9 %", "7.331" alone in a cell.
bool looks_signed(const std::string& cell);
bool looks_like_value(const std::string& cell);

void note(std::vector<std::string>& layout, std::string_view tag);

}  // namespace zielwerk::documents
