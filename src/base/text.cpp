#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace zielwerk::base {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

std::size_t width_of(UChar32 c) {
  const auto category = u_charType(c);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

// The code point that begins at `at`; moves `at` behind it. Broken bytes read as one column each.
UChar32 next(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  auto i = static_cast<int32_t>(at);
  U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), i, static_cast<int32_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return c;
}

std::size_t bytes_for_width(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    std::size_t after = at;
    const UChar32 c = next(text, after);
    used += c < 0 ? 1 : width_of(c);
    if (used > width && at > 0) break;
    at = after;
  }
  return at;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
    } else if (next(bytes, at) < 0) {
      return false;
    }
  }
  return true;
}

bool fits_a_line(std::string_view text) {
  return !trim(text).empty() && is_utf8(text) && display_width(text) <= 80 && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

std::string to_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_utf8(bytes)) return std::string(bytes);
  std::string text;
  icu::UnicodeString(bytes.data(), static_cast<int32_t>(bytes.size()), "windows-1252").toUTF8String(text);
  return text;
}

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (bool changed = true; changed;) {
    changed = false;
    if (!text.empty() && blank(text.front())) text.remove_prefix(1), changed = true;
    if (!text.empty() && blank(text.back())) text.remove_suffix(1), changed = true;
    if (text.starts_with(no_break_space)) text.remove_prefix(2), changed = true;
    if (text.ends_with(no_break_space)) text.remove_suffix(2), changed = true;
  }
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0;;) {
    const auto end = text.find(separator, begin);
    parts.emplace_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const UChar32 c = next(utf8, at);
    width += c < 0 ? 1 : width_of(c);
  }
  return width;
}

std::vector<std::string> wrap(std::string_view utf8, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  const auto flush = [&] {
    lines.push_back(line);
    line.clear();
  };
  for (auto word : split(utf8, ' ')) {
    while (display_width(word) > width) {
      if (!line.empty()) flush();
      const auto cut = bytes_for_width(word, width);
      lines.push_back(word.substr(0, cut));
      word.erase(0, cut);
    }
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) flush();
    line += line.empty() ? word : " " + word;
  }
  if (!line.empty() || lines.empty()) flush();
  return lines;
}

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const UChar32 c = next(text, at);
    if (c != '\n' && (c < 0 || u_iscntrl(c))) {
      for (auto i = begin; i < at; ++i) shown += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[i]));
    } else {
      shown += text.substr(begin, at - begin);
    }
  }
  return shown;
}

std::string quoted(std::string_view found) {
  std::string shown;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < found.size(); ++characters) {
    if (characters == 60) {
      shown += "…";
      break;
    }
    const std::size_t begin = at;
    const UChar32 c = next(found, at);
    if (c < 0 || u_iscntrl(c)) {
      for (auto i = begin; i < at; ++i) shown += fmt::format("\\x{:02X}", static_cast<unsigned char>(found[i]));
    } else {
      shown += found.substr(begin, at - begin);
    }
  }
  return "„" + shown + "“";
}

}  // namespace zielwerk::base
