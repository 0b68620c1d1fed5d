// The lines of a document, and which of them are only page numbers and running heads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/plain.h"

namespace zielwerk::reader {

struct Line {
  Span raw;
  std::string even;  // for looking at
  int indent = 0;
  bool blank = false;
};

std::vector<Line> lines_of(std::string_view document);

// Page numbers, and lines that return on page after page.
std::vector<bool> furniture(const std::vector<Line>& lines);

}  // namespace zielwerk::reader
