// A line of a table cut into its cells.
#pragma once

#include <string_view>
#include <vector>

#include "reader/plain.h"

namespace zielwerk::reader {

// Cells of "| a | b |", each with its place; `raw` is the line in the document.
std::vector<Plain> markdown_cells(std::string_view document, Span raw);

// Cells of a line set with blanks, tabs, bars between them or dot leaders; blanks around them left out. Set with tabs, cells may be empty.
std::vector<Span> gap_cells(std::string_view document, Span raw);

}  // namespace zielwerk::reader
