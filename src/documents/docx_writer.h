// The small Markdown (blocks.h) as a Word document that can be read aloud: headings are headings, lists are lists, the head row of a table
// is marked, title and language are set. The same Markdown gives the same bytes. Opened again, it gives the same blocks.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "documents/blocks.h"

namespace zielwerk::documents {

// `title`: of the document; empty: its first heading. Control characters that XML forbids are dropped.
std::string write_docx(std::string_view markdown, std::string_view title = {});

// A picture (PNG) over the width of the text.
struct DocxPicture {
  std::string png;
  std::string alternative;  // what it shows, for those who do not see it
};

// What stands around the text: on every page, and in the properties.
struct DocxFrame {
  std::string title;
  std::string header;
  std::string footer;      // lines; the page number follows
  std::string identifier;  // of the content
  std::map<std::size_t, DocxPicture> pictures = {};  // each before the block of that number
};

// Blocks as they are; one whose page is greater than that of the block before begins a new page. Columns of numbers stand to the right.
std::string write_docx(const std::vector<Block>& blocks, const DocxFrame& frame);

}  // namespace zielwerk::documents
