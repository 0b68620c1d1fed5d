#include "intake/text_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace zielwerk::intake {
namespace {

using base::Month;

constexpr std::size_t longest_text = 1'000;

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

// Length of the blank that begins here: also no-break (U+00A0, U+202F) and thin (U+2009) spaces.
std::size_t blank_at(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r') return 1;
  if (text.starts_with("\u00A0")) return 2;
  if (text.starts_with("\u202F") || text.starts_with("\u2009")) return 3;
  return 0;
}

void drop_end(std::string& text, std::size_t bytes) {
  text.resize(text.size() - bytes);
  while (text.ends_with(' ') || text.ends_with(',')) text.pop_back();
}

bool drop_superscript(std::string& text) {
  static constexpr std::array<std::string_view, 12> marks = {"¹", "²", "³", "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁾", "⁽"};
  for (const auto mark : marks) {
    if (!text.ends_with(mark)) continue;
    drop_end(text, mark.size());
    return true;
  }
  return false;
}

// "25)" in "(unter 25)" closes a parenthesis and is no mark.
bool closes_parenthesis(std::string_view text) {
  int open = 0;
  for (const char c : text) open += c == '(' ? 1 : c == ')' ? -1 : 0;
  return open >= 0;
}

bool drop_numbered_mark(std::string& text) {
  if (!text.ends_with(')') || closes_parenthesis(text)) return false;
  std::size_t begin = text.size() - 1;
  while (begin > 0 && text.size() - begin < 3 && (digit(text[begin - 1]) || text[begin - 1] == '*')) --begin;
  if (begin == text.size() - 1) return false;
  drop_end(text, text.size() - begin);
  return true;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Length of `name` (lower case) at the front of the text, any case; 0 if it is not there.
std::size_t starts_with_name(std::string_view text, std::string_view name) {
  if (text.size() < name.size()) return 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool capital_umlaut = name.substr(0, i + 1).ends_with("ä") && text.substr(0, i + 1).ends_with("Ä");
    if (lower(text[i]) != name[i] && !capital_umlaut) return 0;
  }
  return name.size();
}

std::pair<int, std::size_t> month_name(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, int>, 30> names = {{
      {"januar", 1}, {"jänner", 1}, {"jan.", 1},      {"jan", 1},      {"februar", 2},   {"feb.", 2},      {"feb", 2},  {"märz", 3},
      {"maerz", 3},  {"mrz.", 3},   {"mrz", 3},       {"mär.", 3},     {"mär", 3},       {"april", 4},     {"apr.", 4}, {"apr", 4},
      {"mai", 5},    {"juni", 6},   {"jun.", 6},      {"jun", 6},      {"juli", 7},      {"jul.", 7},      {"jul", 7},  {"august", 8},
      {"aug.", 8},   {"aug", 8},    {"september", 9}, {"oktober", 10}, {"november", 11}, {"dezember", 12},
  }};
  static constexpr std::array<std::pair<std::string_view, int>, 10> short_names = {{
      {"sept.", 9},
      {"sept", 9},
      {"sep.", 9},
      {"sep", 9},
      {"okt.", 10},
      {"okt", 10},
      {"nov.", 11},
      {"nov", 11},
      {"dez.", 12},
      {"dez", 12},
  }};
  const auto try_name = [&](std::string_view name) {
    const auto length = starts_with_name(text, name);
    return length > 0 && (length == text.size() || !letter(text[length])) ? length : 0;
  };
  for (const auto& [name, month] : names) {
    if (const auto length = try_name(name)) return {month, length};
  }
  for (const auto& [name, month] : short_names) {
    if (const auto length = try_name(name)) return {month, length};
  }
  return {0, 0};
}

// Exactly so many digits, not followed by another one; -1 otherwise.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size() || (at + count < text.size() && digit(text[at + count]))) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<Month> sensible_month(int year, int month) {
  if (year < 2000 || year > 2099 || month < 1 || month > 12) return std::nullopt;
  return Month(year, month);
}

// "März 2015", "Mrz. 2015", "2015-03", "03/2015", "03.2015", "01.03.2015" at the front, with its length.
std::pair<std::optional<Month>, std::size_t> month_at(std::string_view text) {
  if (const auto [month, length] = month_name(text); month > 0) {
    auto at = length;
    while (at < text.size() && (text[at] == ' ' || text[at] == '/')) ++at;
    return {sensible_month(digits_at(text, at, 4), month), at + 4};
  }
  const auto separator = [&](std::size_t at, std::string_view allowed) {
    return at < text.size() && allowed.find(text[at]) != std::string_view::npos;
  };
  if (digits_at(text, 0, 4) >= 0 && separator(4, "-")) return {sensible_month(digits_at(text, 0, 4), digits_at(text, 5, 2)), 7};
  if (digits_at(text, 0, 2) < 0 || !separator(2, "./")) return {std::nullopt, 0};
  if (digits_at(text, 3, 4) >= 0) return {sensible_month(digits_at(text, 3, 4), digits_at(text, 0, 2)), 7};
  if (separator(5, ".") && digits_at(text, 0, 2) >= 1 && digits_at(text, 0, 2) <= 31) {
    return {sensible_month(digits_at(text, 6, 4), digits_at(text, 3, 2)), 10};
  }
  return {std::nullopt, 0};
}

}  // namespace

std::string collapse_blanks(std::string_view text) {
  std::string collapsed;
  bool blank = false;
  while (!text.empty()) {
    if (const auto length = blank_at(text)) {
      blank = !collapsed.empty();
      text.remove_prefix(length);
      continue;
    }
    if (blank) collapsed += ' ';
    blank = false;
    collapsed += text.front();
    text.remove_prefix(1);
  }
  return collapsed;
}

std::string label_text(std::string_view cell) {
  std::string text = collapse_blanks(cell);
  while (drop_superscript(text) || drop_numbered_mark(text)) {
  }
  return text;
}

std::size_t leading_blanks(std::string_view cell) {
  std::size_t count = 0;
  for (auto length = blank_at(cell); length > 0; length = blank_at(cell)) {
    cell.remove_prefix(length);
    ++count;
  }
  return count;
}

std::optional<Month> month_of_serial(std::string_view number, bool days_count_from_1904) {
  double serial = 0;
  const auto end = std::from_chars(number.data(), number.data() + number.size(), serial);
  if (end.ec != std::errc() || end.ptr != number.data() + number.size() || !(serial >= 1 && serial < 100'000)) return std::nullopt;
  // Day 25,569 of the 1900 count is 1970-01-01; days to civil date after Howard Hinnant, chrono-compatible algorithms.
  const int days = static_cast<int>(serial) + (days_count_from_1904 ? 1'462 : 0) - 25'569 + 719'468;
  const int era = days / 146'097;
  const int day_of_era = days - era * 146'097;
  const int year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;  // 0 = March
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return sensible_month(year_of_era + era * 400 + (month <= 2 ? 1 : 0), month);
}

std::optional<Month> Captured::stated_month() const { return month || month_name == 0 ? month : sensible_month(year, month_name); }

void Captured::add(const Captured& other) {
  if (other.month) month = other.month;
  if (other.state) state = other.state;
  if (other.month_name > 0) month_name = other.month_name;
  if (other.year > 0) year = other.year;
}

std::optional<TextPattern> TextPattern::parse(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, Piece>, 6> placeholders = {{{"monat", Piece::Month},
                                                                                      {"datenstand", Piece::State},
                                                                                      {"monatsname", Piece::MonthName},
                                                                                      {"jahr", Piece::Year},
                                                                                      {"traeger", Piece::Provider},
                                                                                      {"zahl", Piece::Number}}};
  TextPattern pattern;
  pattern.text_ = collapse_blanks(text);
  for (std::string_view rest = pattern.text_; !rest.empty();) {
    if (rest.front() == '*') {
      pattern.pieces_.push_back({Piece::Anything, ""});
      rest.remove_prefix(1);
    } else if (rest.front() == '{') {
      const auto close = rest.find('}');
      const auto name = rest.substr(1, close == std::string_view::npos ? close : close - 1);
      const auto known = std::find_if(placeholders.begin(), placeholders.end(), [&](const auto& one) { return one.first == name; });
      if (close == std::string_view::npos || known == placeholders.end()) return std::nullopt;
      pattern.pieces_.push_back({known->second, ""});
      rest.remove_prefix(close + 1);
    } else {
      const auto end = std::min(rest.find_first_of("*{"), rest.size());
      pattern.pieces_.push_back({Piece::Literal, std::string(rest.substr(0, end))});
      rest.remove_prefix(end);
    }
  }
  return pattern;
}

TextPattern TextPattern::literal(std::string_view text) {
  TextPattern pattern;
  pattern.text_ = collapse_blanks(text);
  pattern.pieces_.push_back({Piece::Literal, pattern.text_});
  return pattern;
}

bool TextPattern::has(Piece piece) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const Part& part) { return part.kind == piece; });
}

// Bytes that the piece takes at `at`; 0 if it does not fit.
std::size_t TextPattern::take(const Part& part, std::string_view text, std::size_t at, Captured& found) {
  const auto rest = text.substr(at);
  if (part.kind == Piece::Literal) return rest.starts_with(part.literal) ? part.literal.size() : 0;
  const bool word_goes_on =
      at > 0 && ((digit(text[at - 1]) && !rest.empty() && digit(rest[0])) || (letter(text[at - 1]) && !rest.empty() && letter(rest[0])));
  if (word_goes_on) return 0;
  if (part.kind == Piece::Month || part.kind == Piece::State) {
    const auto [month, length] = month_at(rest);
    (part.kind == Piece::Month ? found.month : found.state) = month;
    return month ? length : 0;
  }
  if (part.kind == Piece::MonthName) {
    const auto [month, length] = month_name(rest);
    found.month_name = month;
    return length;
  }
  if (part.kind == Piece::Year) {
    found.year = digits_at(rest, 0, 4);
    return found.year >= 0 ? 4 : 0;
  }
  if (part.kind == Piece::Provider) {
    found.provider = rest.substr(0, 5);
    return digits_at(rest, 0, 5) >= 0 ? 5 : 0;
  }
  for (const std::size_t count : {1, 2, 3}) {
    if (const int number = digits_at(rest, 0, count); number >= 0) {
      found.number = number;
      return count;
    }
  }
  return 0;
}

// Every piece but "*" takes a fixed length where it stands, so only the last "*" need ever be tried anew: no backtracking explosion.
std::optional<Captured> TextPattern::match(std::string_view text) const {
  text = text.substr(0, longest_text);
  Captured found;
  Captured found_at_star;
  std::size_t piece = 0;
  std::size_t at = 0;
  std::optional<std::size_t> star;
  std::size_t star_at = 0;
  while (piece < pieces_.size() || at < text.size()) {
    if (piece < pieces_.size() && pieces_[piece].kind == Piece::Anything) {
      star = piece++;
      star_at = at;
      found_at_star = found;
      continue;
    }
    if (const auto length = piece < pieces_.size() ? take(pieces_[piece], text, at, found) : 0; length > 0) {
      at += length;
      ++piece;
      continue;
    }
    if (!star || star_at >= text.size()) return std::nullopt;
    at = ++star_at;
    piece = *star + 1;
    found = found_at_star;
  }
  return found;
}

}  // namespace zielwerk::intake
