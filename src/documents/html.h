// HTML as browsers and mail programs save it, however broken: what a person would see, as blocks. Runs inside a confined child.
#pragma once

#include <string_view>

#include "documents/blocks.h"

namespace zielwerk::documents {

// The bytes are UTF-8. Whatever they are, something can be read; an empty Reading means that nobody would see anything.
Reading read_html(std::string_view utf8);

}  // namespace zielwerk::documents
