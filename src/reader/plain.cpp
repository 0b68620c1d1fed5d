#include "reader/plain.h"

#include <algorithm>
#include <array>
#include <utility>

#include "reader/glyphs.h"

namespace zielwerk::reader {
namespace {

bool continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t length_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && continuation(text[end])) ++end;
  return end - at;
}

// What a character becomes; nullptr: itself. An empty string drops it.
const char* even(std::string_view character) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 22> table = {{
      {"\t", " "}, {"\r", ""}, {"\u00A0", " "}, {"\u2009", " "}, {"\u202F", " "}, {"\u2002", " "}, {"\u2003", " "}, {"\u2007", " "}, {"\u00AD", ""},
      {"\u200B", ""}, {"\u200C", ""}, {"\u200D", ""}, {"\uFEFF", ""}, {"\u2010", "-"}, {"\u2011", "-"}, {"\uFB00", "ff"}, {"\uFB01", "fi"},
      {"\uFB02", "fl"}, {"\uFB03", "ffi"}, {"\uFB04", "ffl"}, {"\uFB05", "st"}, {"\uFB06", "st"}}};
  for (const auto& [from, to] : table) {
    if (character == from) return to;
  }
  return nullptr;
}

struct Entity {
  std::string_view name;
  const char* text;
};
constexpr std::array<Entity, 14> entities = {{{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&nbsp;", " "}, {"&quot;", "\""}, {"&apos;", "'"}, {"&auml;", "ä"},
                                              {"&ouml;", "ö"}, {"&uuml;", "ü"}, {"&szlig;", "ß"}, {"&sect;", "§"}, {"&euro;", "€"}, {"&ndash;", "–"}, {"&minus;", "−"}}};

// "<b>", "</td>", "<br/>": the tags that Markdown papers carry. A "<" of a comparison is none.
std::size_t tag_at(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at] != '<') return 0;
  const char next = text[at + 1];
  const bool opens = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/';
  if (!opens) return 0;
  const auto end = text.substr(0, std::min(text.size(), at + 300)).find('>', at);
  return end == std::string_view::npos ? 0 : end + 1 - at;
}

bool breaks(std::string_view tag) {
  return tag.starts_with("</p") || tag.starts_with("<p") || tag.starts_with("<br") || tag.starts_with("</li") || tag.starts_with("<li") || tag.starts_with("</td") || tag.starts_with("</div");
}

// *emphasis* of Markdown, opening or closing; a lone "*" is a mark of its own.
bool emphasis(std::string_view text, std::size_t at) {
  if (text[at] != '*') return false;
  const bool opens = at + 1 < text.size() && text[at + 1] != ' ' && (at == 0 || text[at - 1] == ' ') && text.find('*', at + 1) != std::string_view::npos;
  const bool closes = at > 0 && text[at - 1] != ' ' && text[at - 1] != '|';
  return opens || closes;
}

// A backslash that only protects the sign behind it.
bool escape(std::string_view text, std::size_t at) {
  return text[at] == '\\' && at + 1 < text.size() && std::string_view("|*_#[]()-+.!").find(text[at + 1]) != std::string_view::npos;
}

bool lower_case_word(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] >= 'a' && text[0] <= 'z') return true;
  return text.starts_with("ä") || text.starts_with("ö") || text.starts_with("ü") || text.starts_with("ß");
}

// "Eingliederungs-\nund Verwaltungskosten" keeps its hyphen, "Lang-\nzeitleistungsbezieher" loses it.
bool joins_two_words(std::string_view text) {
  for (const std::string_view word : {"und", "oder", "bzw", "sowie", "als", "wie"}) {
    if (text.starts_with(word) && (text.size() == word.size() || !lower_case_word(text.substr(word.size())))) return true;
  }
  return false;
}

bool letter_before(const std::string& text, std::size_t end) {
  if (end == 0) return false;
  const auto byte = static_cast<unsigned char>(text[end - 1]);
  return byte >= 0x80U || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

}  // namespace

Span Plain::raw(Span part) const {
  part.end = std::min(part.end, text_.size());
  if (part.empty()) {
    const auto at = part.begin < from_.size() ? from_[part.begin] : until_.empty() ? 0 : until_.back();
    return {at, at};
  }
  return {from_[part.begin], until_[part.end - 1]};
}

Span Plain::plain(Span in_document) const {
  const auto begin = std::lower_bound(from_.begin(), from_.end(), in_document.begin);
  const auto end = std::lower_bound(from_.begin(), from_.end(), in_document.end);
  return {static_cast<std::size_t>(begin - from_.begin()), static_cast<std::size_t>(end - from_.begin())};
}

Plain Plain::part(Span part) const {
  Plain result;
  part.end = std::min(part.end, text_.size());
  if (part.empty()) return result;
  result.text_ = text_.substr(part.begin, part.end - part.begin);
  const auto from = static_cast<std::ptrdiff_t>(part.begin);
  const auto to = static_cast<std::ptrdiff_t>(part.end);
  result.from_.assign(from_.begin() + from, from_.begin() + to);
  result.until_.assign(until_.begin() + from, until_.begin() + to);
  return result;
}

void Plain::push(std::string_view bytes, std::size_t from, std::size_t until) {
  for (const char byte : bytes) {
    const bool blank = byte == ' ' || byte == '\n';
    if (blank && (text_.empty() || text_.back() == ' ')) continue;
    text_ += blank ? ' ' : byte;
    from_.push_back(static_cast<std::uint32_t>(from));
    until_.push_back(static_cast<std::uint32_t>(until));
  }
}

void Plain::append(std::string_view document, Span line) {
  const auto text = document.substr(line.begin, line.end - line.begin);
  const auto before = text_.size();
  bool first = true;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = length_at(text, at);
    const auto character = text.substr(at, length);
    const auto place = line.begin + at;
    const char* to = nullptr;
    if (const auto tag = tag_at(text, at); tag > 0) {
      length = tag;
      to = breaks(text.substr(at, tag)) ? " " : "";
    } else if (character == "*" && (at + 1 < text.size() && text[at + 1] == '*')) {
      length = 2;
      to = letter_before(text_, text_.size()) && at + 2 < text.size() && letter_before(std::string(text.substr(at, 3)), 3) ? " " : "";
    } else if (emphasis(text, at) || escape(text, at)) {
      to = "";
    } else if (character == "&") {
      for (const auto& entity : entities) {
        if (text.substr(at).starts_with(entity.name)) {
          length = entity.name.size();
          to = entity.text;
        }
      }
    } else {
      to = even(character);
    }
    const auto bytes = to ? std::string_view(to) : character;
    if (first && !bytes.empty() && bytes != " ") {
      first = false;
      if (!text_.empty()) {
        const auto rest = text.substr(at);
        const bool divided = text_.size() > 1 && text_.back() == '-' && letter_before(text_, text_.size() - 1);
        if (divided && lower_case_word(rest) && !joins_two_words(rest)) {
          text_.pop_back();
          from_.pop_back();
          until_.pop_back();
        } else if (!soft_ && (!divided || joins_two_words(rest))) {
          push(" ", place, place);
        }
      }
    }
    if (!first) push(bytes, place, place + length);
    at += length;
  }
  while (!text_.empty() && text_.back() == ' ') {
    text_.pop_back();
    from_.pop_back();
    until_.pop_back();
  }
  mend_glyphs(text_, before);
  const auto last = text.find_last_not_of(" \t\r");
  soft_ = last != std::string_view::npos && last > 0 && text.substr(last - 1, 2) == "\u00AD";
}

void Plain::trim() {
  std::size_t begin = 0;
  while (begin < text_.size() && text_[begin] == ' ') ++begin;
  std::size_t end = text_.size();
  while (end > begin && text_[end - 1] == ' ') --end;
  if (begin > 0 || end < text_.size()) *this = part({begin, end});
}

Positions::Positions(std::string_view document) : document_(document), lines_{0} {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < document.size(); ++at) {
    if (at % 256 == 0) blocks_.push_back(count);
    if (!continuation(document[at])) ++count;
    if (document[at] == '\n') lines_.push_back(static_cast<std::uint32_t>(at + 1));
  }
  if (document.size() % 256 == 0) blocks_.push_back(count);
}

std::size_t Positions::code_points(std::size_t byte) const {
  std::size_t count = blocks_[byte / 256];
  for (std::size_t at = byte / 256 * 256; at < byte; ++at) count += continuation(document_[at]) ? 0 : 1;
  return count;
}

int Positions::line(std::size_t byte) const {
  return static_cast<int>(std::upper_bound(lines_.begin(), lines_.end(), byte) - lines_.begin());
}

}  // namespace zielwerk::reader
