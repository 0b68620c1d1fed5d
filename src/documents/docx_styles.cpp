#include "documents/docx_styles.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace zielwerk::documents {
namespace {

using Token = XmlPart::Token;

// "heading 1" is the name in every language of Word; programs other than Word also write it in German.
int heading_of_name(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name == "title" || name == "titel") return 1;
  for (const std::string_view prefix : {"heading ", "überschrift ", "Überschrift "}) {
    if (name.starts_with(prefix) && name.size() == prefix.size() + 1 && name.back() >= '1' && name.back() <= '9') return std::min(name.back() - '0', 6);
  }
  return 0;
}

std::string letters(int number) {  // a … z, aa, bb, as Word counts
  return std::string(static_cast<std::size_t>((number - 1) / 26 % 8 + 1), static_cast<char>('a' + (number - 1) % 26));
}

std::string roman(int number) {
  static constexpr std::pair<int, const char*> digits[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                                                           {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
  std::string text;
  for (const auto& [value, digit] : digits) {
    for (; number >= value && text.size() < 20; number -= value) text += digit;
  }
  return text;
}

std::string printed(int number, const std::string& format) {
  std::string text;
  if (format == "none") return text;
  if (format.ends_with("Letter")) text = letters(std::max(number, 1));
  if (format.ends_with("Roman")) text = roman(number);
  if (text.empty()) return (format == "decimalZero" && number < 10 ? "0" : "") + std::to_string(number);
  if (format.starts_with("upper")) std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace

bool is_on(const XmlPart& part) {
  const auto value = part.attribute("val").value_or("1");
  return value != "0" && value != "false" && value != "off";
}

int number_or(const std::optional<std::string>& text, int otherwise) {
  int value = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

Styles::Styles(XmlPart* part) {
  Entry* entry = nullptr;
  while (part && part->next()) {
    if (part->token() != Token::Begin) continue;
    const auto name = part->name();
    if (name == "style") {
      entry = &entries_[part->attribute("styleId").value_or("")];
    } else if (!entry) {
      continue;
    } else if (name == "name") {
      entry->own.heading = heading_of_name(part->attribute("val").value_or(""));
    } else if (name == "basedOn") {
      entry->parent = part->attribute("val").value_or("");
    } else if (name == "outlineLvl") {
      const int level = number_or(part->attribute("val"), 9);
      if (level >= 0 && level < 9 && entry->own.heading == 0) entry->own.heading = std::min(level + 1, 6);
    } else if (name == "b") {
      entry->own.bold = is_on(*part);
    } else if (name == "numId") {
      entry->own.list = part->attribute("val").value_or("");
    } else if (name == "ilvl") {
      entry->own.list_level = std::clamp(number_or(part->attribute("val"), 0), 0, 8);
    }
  }
}

ParagraphStyle Styles::paragraph(const std::string& id) const {
  ParagraphStyle style;
  std::string at = id;
  for (int depth = 0; depth < 16; ++depth) {  // styles may be based on each other in a circle
    const auto found = entries_.find(at);
    if (found == entries_.end()) break;
    const auto& own = found->second.own;
    if (style.heading == 0) style.heading = own.heading;
    style.bold = style.bold || own.bold;
    if (style.list.empty()) {
      style.list = own.list;
      style.list_level = own.list_level;
    }
    at = found->second.parent;
  }
  return style;
}

bool Styles::bold_characters(const std::string& id) const { return paragraph(id).bold; }

void Numbering::read_level(XmlPart& part, Levels& into) {
  auto& level = into[static_cast<std::size_t>(std::clamp(number_or(part.attribute("ilvl"), 0), 0, 8))];
  for (int depth = 1; depth > 0 && part.next();) {
    if (part.token() == Token::End) --depth;
    if (part.token() != Token::Begin) continue;
    ++depth;
    if (part.name() == "start") level.start = number_or(part.attribute("val"), 1);
    if (part.name() == "numFmt") level.format = part.attribute("val").value_or("decimal");
    if (part.name() == "lvlText") level.text = part.attribute("val").value_or("");
  }
}

Numbering::Numbering(XmlPart* part) {
  std::string kind;
  std::string list;
  std::size_t level = 0;
  while (part && part->next()) {
    if (part->token() != Token::Begin) continue;
    const auto name = part->name();
    if (name == "abstractNum") kind = part->attribute("abstractNumId").value_or("");
    if (name == "num") list = part->attribute("numId").value_or("");
    if (name == "abstractNumId") lists_[list] = part->attribute("val").value_or("");
    if (name == "lvlOverride") level = static_cast<std::size_t>(std::clamp(number_or(part->attribute("ilvl"), 0), 0, 8));
    if (name == "startOverride") restarts_[list][level] = number_or(part->attribute("val"), 1);
    if (name == "lvl") read_level(*part, kinds_[list.empty() ? kind : lists_[list]]);
  }
}

std::optional<std::string> Numbering::next(const std::string& list, int level) {
  const auto known = lists_.find(list);
  if (known == lists_.end()) return std::nullopt;
  const auto kind = kinds_.find(known->second);
  if (kind == kinds_.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(std::clamp(level, 0, 8));
  const auto& form = kind->second;
  if (form[at].format == "bullet") return "";
  auto& counted = counted_[known->second];
  if (!std::exchange(begun_[list], true)) {
    for (const auto& [which, start] : restarts_[list]) counted[which] = start - 1;
  }
  for (std::size_t i = 0; i < at; ++i) {
    if (counted[i] == 0) counted[i] = form[i].start;
  }
  counted[at] = std::max(counted[at], form[at].start - 1) + 1;
  for (std::size_t i = at + 1; i < levels; ++i) counted[i] = 0;
  std::string text;
  for (std::size_t i = 0; i < form[at].text.size(); ++i) {
    const char c = form[at].text[i];
    const bool place = c == '%' && i + 1 < form[at].text.size() && form[at].text[i + 1] >= '1' && form[at].text[i + 1] <= '9';
    if (!place) {
      text += c;
      continue;
    }
    const auto shown = static_cast<std::size_t>(form[at].text[++i] - '1');
    text += printed(counted[shown], form[shown].format);
  }
  return text;
}

}  // namespace zielwerk::documents
