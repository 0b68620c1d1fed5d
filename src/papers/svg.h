// Charts as SVG, drawn from their description with whole numbers only: the same chart gives the same bytes. Roles differ by form (filled,
// hollow, line, dash), colour only accompanies.
#pragma once

#include <string>
#include <string_view>

#include "papers/paper.h"

namespace zielwerk::papers {

// A complete SVG document without script or reference; `id` is unique on the page it stands on (title and description carry it).
std::string svg(const Chart& chart, std::string_view id);

std::string escaped(std::string_view text);  // for XML and HTML, control characters left out

}  // namespace zielwerk::papers
