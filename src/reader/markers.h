// What a line begins with: the sign of a heading, a number, the mark of an item.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <re2/re2.h>

namespace zielwerk::reader {

struct Marker {
  std::size_t length = 0;  // bytes of the line before the text
  std::string number;
  int level = 0;
};

// "# Ziele", "## **1. Ziele**"
std::optional<Marker> markdown_heading(std::string_view line);
// "II. Ziele", "§ 3 Ziele", "1. Ziele 2018", "III) Lokale Ziele", "4.1 Qualität": groups n, gap and rest.
const RE2& numbered();
// "- ", "(2) ", "a) ", "3.1 "; a date counts nothing.
std::optional<Marker> item_marker(std::string_view line);

}  // namespace zielwerk::reader
