#include "reader/blocks.h"
#include "reader/words.h"

namespace zielwerk::reader {

std::vector<Span> sentences(std::string_view text) {
  static const Words abbreviation(
      R"((?:\b(?:Abs|Nr|Nrn|S|Art|Ziff|Buchst|Satz|bzw|ggf|ggfls|Ggf|Ggfls|vgl|Vgl|ca|rd|inkl|einschl|insb|z|B|d|h|u|a|o|i|V|m|A|e|Mio|Mrd|Tsd|Dr|Prof|St|Str|max|min|mind|usw|etc|Bd|Az|Tel|lfd|Hs|sog|Kap|gez|Jan|Feb|Mrz|Apr|Aug|Sept|Okt|Nov|Dez|H|v|jew|rechtl|Bad Fallingb|Nds)|\d|^[IVX]+|\([a-z]|\b[a-z])$)");
  std::vector<Span> found;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char mark = text[at];
    if (mark != '.' && mark != '!' && mark != '?') continue;
    std::size_t end = at + 1;
    while (end < text.size() && (text[end] == '"' || text[end] == ')' || text.substr(end).starts_with("“") || text.substr(end).starts_with("”"))) end += text[end] == '"' || text[end] == ')' ? 1 : 3;
    for (const std::string_view note : {"¹", "²", "³"}) {
      if (text.substr(std::min(end, text.size())).starts_with(note)) end += note.size();
    }
    if (end < text.size() && text[end] != ' ') continue;
    const auto next = text.substr(std::min(text.size(), end + 1));
    const bool opens = next.empty() || (next[0] >= 'A' && next[0] <= 'Z') || next.starts_with("Ä") || next.starts_with("Ö") || next.starts_with("Ü") || next.starts_with("„") || next.starts_with("§") || next[0] == '"' || next[0] == '(' || (next[0] >= '0' && next[0] <= '9') || next.starts_with("–");
    if (!opens) continue;
    const auto from = at > 24 ? at - 24 : 0;
    if (mark == '.' && abbreviation.in(text.substr(from, at - from)) && !next.empty()) {
      // "… um 3,1. Das Ziel": a number ends a sentence if a new one plainly begins.
      static const Words plain_start(R"(^(?:Das|Die|Der|Es|Ein|Eine|Im|In|Für|Ziel|Zudem|Hierzu|Dies|Diese|Damit|Dabei|Grundlage|Bei|Nach|Auch|Weiterhin|Daher)\b)");
      const char before = at > 0 ? text[at - 1] : ' ';
      // A year or a decimal ends a sentence; only short numbers are ordinals.
      std::size_t run = at;
      while (run > 0 && ((text[run - 1] >= '0' && text[run - 1] <= '9') || text[run - 1] == ',')) --run;
      const bool year = before >= '0' && before <= '9' && (at - run >= 3);
      static const Words waiting(R"(\bt ?- ?[0-3]$)");
      const bool unit_end = text.substr(0, at).ends_with("v. H") || waiting.in(text.substr(from, at - from));
      static const Words month(R"((?i)^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Quartal|Halbjahr)\b)");
      const bool number_ends = year && !month.in(next);
      if (!number_ends && !(unit_end || (before >= '0' && before <= '9' && plain_start.in(next)))) continue;
    }
    found.push_back({begin, end});
    begin = end + 1;
    at = end;
  }
  if (begin < text.size()) found.push_back({begin, text.size()});
  return found;
}

}  // namespace zielwerk::reader
