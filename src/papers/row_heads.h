// Typst tags the head of a table's row as an ordinary cell (decision 0060); here it becomes one (PDF/UA-1, 7.5).
#pragma once

#include <string>

namespace zielwerk::papers {

// The same PDF, in which the first cell of each row below a table's head is a TH with the scope Row. The same bytes give the same bytes.
std::string with_row_heads(const std::string& pdf);

}  // namespace zielwerk::papers
