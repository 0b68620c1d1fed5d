#include "reader/glyphs.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace zielwerk::reader {
namespace {

bool digit(char byte) { return byte >= '0' && byte <= '9'; }
bool small(char byte) { return (byte >= 'a' && byte <= 'z') || static_cast<unsigned char>(byte) >= 0x80U; }
bool capital(char byte) { return byte >= 'A' && byte <= 'Z'; }
bool glyph(char byte) { return std::string_view("OolISB").find(byte) != std::string_view::npos; }
bool in_word(char byte) { return digit(byte) || small(byte) || capital(byte); }

constexpr std::string_view counting_words[] = {"Nr. ", "Nummer ", "Ziffer ", "Anlage ", "Anhang ", "Tabelle ", "Abschnitt ", "Teil ", "Kapitel ", "Artikel ", "Abs. "};

char at(std::string_view text, std::size_t place) { return place < text.size() ? text[place] : ' '; }

// High bytes are umlauts, but also dashes, quotation marks and signs, which end a word.
bool ends_word(std::string_view text, std::size_t place) {
  if (place >= text.size() || !in_word(text[place])) return true;
  return static_cast<unsigned char>(text[place]) >= 0xE2U || (text[place] == '\xC2');
}
bool begins_word(std::string_view text, std::size_t place) {
  if (place == 0 || !in_word(text[place - 1])) return true;
  if (static_cast<unsigned char>(text[place - 1]) < 0x80U) return false;
  return (place >= 2 && text[place - 2] == '\xC2') || (place >= 3 && static_cast<unsigned char>(text[place - 3]) >= 0xE2U);
}

// Digits and letters like them between what is no part of a word: [begin, end).
struct Group {
  std::size_t begin, end;
  bool digits = false, letters = false;
};

Group group_at(std::string_view text, std::size_t begin) {
  Group group{begin, begin};
  while (digit(at(text, group.end)) || glyph(at(text, group.end))) {
    (digit(text[group.end]) ? group.digits : group.letters) = true;
    ++group.end;
  }
  return group;
}

void mend(std::string& text, const Group& group) {
  for (auto i = group.begin; i < group.end; ++i) {
    if (text[i] == 'O' || text[i] == 'o') text[i] = '0';
    if (text[i] == 'l' || text[i] == 'I') text[i] = '1';
    if (text[i] == 'S') text[i] = '5';
    if (text[i] == 'B') text[i] = '8';
  }
}

// "§ 16l", "Anlage 2B", "I2", "B1": the letter may be one.
bool may_be_label(std::string_view text, const Group& group, bool alone) {
  if (!alone) return false;
  if (std::string_view("ISB").find(text[group.begin]) != std::string_view::npos && group.end - group.begin < 3) return true;
  const auto letters = std::count_if(text.begin() + static_cast<std::ptrdiff_t>(group.begin), text.begin() + static_cast<std::ptrdiff_t>(group.end), glyph);
  const char last = text[group.end - 1];
  if (letters != 1 || !glyph(last) || last == 'O') return false;
  const auto head = text.substr(group.begin > 16 ? group.begin - 16 : 0, std::min<std::size_t>(group.begin, 16));
  const bool counted = std::any_of(std::begin(counting_words), std::end(counting_words), [&](std::string_view word) { return head.ends_with(word); });
  return last == 'I' || counted || head.find("\u00A7") != std::string_view::npos;
}

bool percent_follows(std::string_view text, std::size_t place) {
  const auto rest = text.substr(place, 9);
  return rest.starts_with("%") || rest.starts_with(" %") || rest.starts_with(" Prozent");
}

// Groups with a point or comma between them, from the first one; where they end, or `begin` if a word goes on there.
std::size_t mend_number(std::string& text, std::size_t begin) {
  std::vector<Group> groups{group_at(text, begin)};
  while (groups.back().end > groups.back().begin) {
    const auto end = groups.back().end;
    const char mark = at(text, end), next = at(text, end + 1);
    if ((mark != '.' && mark != ',') || !(digit(next) || glyph(next))) break;
    groups.push_back(group_at(text, end + 1));
  }
  const auto end = groups.back().end;
  const bool paragraph = std::string_view(text).substr(begin > 16 ? begin - 16 : 0, std::min<std::size_t>(begin, 16)).find("\u00A7") != std::string_view::npos;
  const bool with_letter = paragraph && at(text, end) >= 'a' && at(text, end) <= 'z' && ends_word(text, end + 1);  // "§ l6e"
  if (!ends_word(text, end) && !with_letter) return begin;
  const bool any_digit = std::any_of(groups.begin(), groups.end(), [](const Group& group) { return group.digits; });
  const bool alone = groups.size() == 1;
  for (const auto& group : groups) {
    if (!group.letters) continue;
    const bool roman = (group.begin == begin || text[group.begin - 1] == '.') && text.find_first_not_of("ISB", group.begin) >= group.end;  // or an abbreviation
    const bool thousands = alone && group.end - group.begin == 3 && text.find_first_not_of("Oo", begin) >= end && begin >= 2 && text[begin - 1] == ' ' && digit(text[begin - 2]);
    if (group.digits ? !may_be_label(text, group, alone) : (any_digit && !roman) || thousands || percent_follows(text, end)) mend(text, group);
  }
  return end;
}

// "Hausha1te", "A1leinerziehende", "0ktober"
void mend_word(std::string& text, std::size_t place) {
  if (text[place] == '0' && begins_word(text, place) && small(at(text, place + 1)) && small(at(text, place + 2)) && !ends_word(text, place + 1)) text[place] = 'O';
  if (text[place] != '1' || place == 0) return;
  auto end = place;
  while (at(text, end) == '1') ++end;
  const bool before = (small(text[place - 1]) && !begins_word(text, place)) || (capital(text[place - 1]) && begins_word(text, place - 1) && small(at(text, end + 1)));
  const bool after = small(at(text, end)) && !ends_word(text, end);
  if (before && after && end - place <= 2) std::fill(text.begin() + static_cast<std::ptrdiff_t>(place), text.begin() + static_cast<std::ptrdiff_t>(end), 'l');
}

}  // namespace

void mend_glyphs(std::string& text, std::size_t from) {
  from = std::min(from, text.size());
  while (from > 0 && text[from - 1] != ' ') --from;
  for (auto place = from; place < text.size();) {
    if ((digit(text[place]) || glyph(text[place])) && begins_word(text, place)) {
      if (const auto end = mend_number(text, place); end > place) {
        place = end;
        continue;
      }
    }
    mend_word(text, place);
    ++place;
  }
}

}  // namespace zielwerk::reader
