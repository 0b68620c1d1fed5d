#include "reader/markers.h"

#include "reader/words.h"

namespace zielwerk::reader {
std::optional<Marker> markdown_heading(std::string_view line) {
  std::size_t level = 0;
  while (level < line.size() && line[level] == '#') ++level;
  if (level == 0 || level > 6 || level >= line.size() || line[level] != ' ') return std::nullopt;
  return Marker{level + 1, {}, static_cast<int>(level)};
}

const RE2& numbered() {
  static const RE2 pattern(R"(^(?P<n>(?:§ ?\d+[a-z]?)|(?:Artikel|Art\.|Teil|Abschnitt|Kapitel|Anlage|Anhang|Ziffer) ?(?:[IVX]+|\d+|[A-Z])\b|[IVX]{1,5}[.)]|\([A-HIVX]{1,4}\)|[A-H][.)]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}|\d)(?P<gap>[:.]? +(?:[-–:] )?)(?P<rest>\S.*)$)");
  return pattern;
}

std::optional<Marker> item_marker(std::string_view line) {
  static const RE2 bullet(R"(^(?:[-–—•▪◦*o]|\x{F0B7}|\x{2022}|\x{25CF}) +)");
  static const RE2 count(R"(^(?P<n>\([0-9a-z]{1,3}\)|[a-z]\)|[a-z]{1,2}\)|[A-Z]\.\d{1,2}|\d{1,2}[.)]|\d{1,2}\.\d{1,2}\.?|[ivx]{1,4}\)) +)");
  re2::StringPiece number;
  auto rest = piece(line);
  if (RE2::Consume(&rest, bullet)) return Marker{line.size() - rest.size(), "-", 0};
  // "30. September 2012 eine Anlaufstelle …": a date that a line begins with counts nothing.
  static const RE2 day(R"(^\d{1,2}\. ?(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)");
  if (RE2::PartialMatch(rest, day)) return std::nullopt;
  if (RE2::Consume(&rest, count, &number)) return Marker{line.size() - rest.size(), std::string(number), 0};
  // "Nr. 2 Integration: Die Quote …": counted with a label; "Nr. 2 und 3" goes on with a reference.
  static const RE2 labelled(R"(^(?P<n>Nr\. ?\d{1,2}) +[A-ZÄÖÜ][^.:;]{2,60}: )");
  if (RE2::PartialMatch(rest, labelled, &number)) return Marker{number.size() + 1, std::string(number), 0};
  return std::nullopt;
}

}  // namespace zielwerk::reader
