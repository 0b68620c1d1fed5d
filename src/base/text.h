// Text as files hold it and as a terminal shows it. Inside the program all text is UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::base {

// Rule of the BA's files: bytes that are valid UTF-8 are UTF-8 (a BOM is dropped), everything else is CP1252.
std::string to_utf8(std::string_view bytes);
bool is_utf8(std::string_view bytes);
bool fits_a_line(std::string_view text);  // 1 to 80 columns of UTF-8, no control characters

std::string_view trim(std::string_view text);  // blanks, tabs, CR, LF and the no-break space
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view between);

// Columns a terminal needs for the text.
std::size_t display_width(std::string_view utf8);

// Lines of at most `width` columns, broken between words; a longer word is cut.
std::vector<std::string> wrap(std::string_view utf8, std::size_t width);

// Control characters shown as \xNN (line ends stay): text of a file must not steer a terminal.
std::string printable(std::string_view text);

// What was found, fit to be quoted in an error: control characters shown as \xNN, cut after 60 characters.
std::string quoted(std::string_view found);

}  // namespace zielwerk::base
