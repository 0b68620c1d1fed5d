#include "reader/blocks.h"
#include "reader/words.h"

namespace zielwerk::reader {

bool heading_words(std::string_view text) {
  if (text.empty() || text.size() > 140 || text.ends_with(".") || text.ends_with(";") || text.ends_with(",")) return false;
  static const Words verb(R"(\b(?:ist|sind|wird|werden|soll|sollen|beträgt|steigt|sinkt|erhöht|liegt|führen|vereinbaren|hat|haben|muss|kann|können|erreicht)\b)");
  static const Words value(R"(\d ?(?:%|Prozent|v\. ?H|Euro|€|EUR)|^\d|\d\.\d{3}\b)");
  const bool note = text.ends_with(")") && text.find('(') > 6;  // what stands in brackets behind a heading may be a sentence
  return !verb.in(note ? text.substr(0, text.find('(')) : text) && !value.in(text);
}

}  // namespace zielwerk::reader
