// Tables set with blanks whose columns ran together, as PDF and mail programs leave them: which value is of which year is a guess there.
#pragma once

#include <string_view>
#include <vector>

#include "reader/blocks.h"

namespace zielwerk::reader {

// Places in the document, one in each row or line that is in doubt.
std::vector<Span> torn_columns(std::string_view document, const std::vector<Block>& blocks);

}  // namespace zielwerk::reader
