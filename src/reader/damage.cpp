#include "reader/damage.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.h"
#include "reader/draft.h"
#include "reader/torn_columns.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

bool letter(char byte) { return byte >= 'a' && byte <= 'z'; }

// Words of a folded and lowered text.
template <class Use>
void each_word(const std::string& lowered_text, const Use& use) {
  for (std::size_t at = 0; at < lowered_text.size(); ++at) {
    if (!letter(lowered_text[at])) continue;
    auto end = at;
    while (end < lowered_text.size() && letter(lowered_text[end])) ++end;
    use(Span{at, end});
    at = end;
  }
}

// What agreements are made of: the words of the rules' examples.
const std::unordered_set<std::string>& vocabulary() {
  static const std::unordered_set<std::string> all = [] {
    std::unordered_set<std::string> words;
    for (const auto& rule : rule_book().rules()) {
      for (const auto* examples : {&rule->yes, &rule->no}) {
        for (const auto& example : *examples) {
          const auto text = lowered(folded(example));
          each_word(text, [&](Span word) { words.insert(text.substr(word.begin, word.end - word.begin)); });
        }
      }
    }
    return words;
  }();
  return all;
}

// "rnit" -> "mit", "eltem" -> "eltern", "dern" -> "dem"
std::vector<std::string> other_readings(const std::string& word) {
  std::vector<std::string> all;
  for (auto at = word.find("rn"); at != std::string::npos; at = word.find("rn", at + 1)) all.push_back(word.substr(0, at) + "m" + word.substr(at + 2));
  for (auto at = word.find('m'); at != std::string::npos; at = word.find('m', at + 1)) all.push_back(word.substr(0, at) + "rn" + word.substr(at + 1));
  return all;
}

class Search {
 public:
  Search(std::string_view document, const std::vector<Block>& blocks) : document_(document), blocks_(blocks) {
    for (const auto& block : blocks) {
      if (block.kind == BlockKind::Row) {
        for (const auto& cell : block.cells) add(cell);
      } else {
        add(block.text);
      }
    }
  }

  std::vector<Span> places() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      mended(*pieces_[i]);
      misread(*pieces_[i], texts_[i]);
    }
    torn_numbers();
    for (const auto& place : torn_columns(document_, blocks_)) found_.push_back(place);
    std::sort(found_.begin(), found_.end(), [](const Span& a, const Span& b) { return a.begin < b.begin || (a.begin == b.begin && a.end < b.end); });
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  void add(const Plain& piece) {
    pieces_.push_back(&piece);
    texts_.push_back(lowered(folded(piece.text())));
    const auto& text = texts_.back();
    each_word(text, [&](Span word) { ++times_[text.substr(word.begin, word.end - word.begin)]; });
  }

  int times(const std::string& word) const {
    const auto found = times_.find(word);
    return found == times_.end() ? 0 : found->second;
  }

  // Letters of the even text that are others in the document.
  void mended(const Plain& piece) {
    const auto& text = piece.text();
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (std::string_view("0158Ol").find(text[i]) == std::string_view::npos) continue;
      const char raw = document_[piece.raw({i, i + 1}).begin];
      if (raw == text[i] || std::string_view("0O1lIoSB").find(raw) == std::string_view::npos) continue;
      auto begin = text.rfind(' ', i), end = text.find(' ', i);
      begin = begin == std::string::npos ? 0 : begin + 1;
      if (end == std::string::npos) end = text.size();
      found_.push_back(piece.raw({begin, end}));
      i = end;
    }
  }

  void misread(const Plain& piece, const std::string& text) {
    Span last;
    each_word(text, [&](Span span) {
      const auto word = text.substr(span.begin, span.end - span.begin);
      const bool none = times(word) < 3 && word.size() > 2 && word != "gem" && !vocabulary().contains(word);
      const bool other = none && [&] {
        const auto all = other_readings(word);
        return std::any_of(all.begin(), all.end(), [&](const auto& one) { return vocabulary().contains(one) || times(one) > times(word); });
      }();
      // "Zie1": the last letter; after a whole word it is a footnote's mark.
      const bool last_letter = text[std::min(span.end, text.size() - 1)] == '1' && span.end < text.size() && (span.end + 1 == text.size() || std::string_view(" .,;:").find(text[span.end + 1]) != std::string_view::npos) &&
                               !vocabulary().contains(word) && times(word) < 2 && known(word + "l");
      // "Langzeit" at the end of a line and "leistungsbeziehende" at the beginning of the next.
      const bool torn = none && !last.empty() && last.end + 1 == span.begin && text[last.end] == ' ' && piece.text()[span.begin] >= 'a' && piece.text()[span.begin] <= 'z' &&
                        line_end_between(piece, last, span) && known(text.substr(last.begin, last.end - last.begin) + word);
      if (other || last_letter) found_.push_back(piece.raw({span.begin, span.end + (last_letter ? 1 : 0)}));
      if (torn) found_.push_back(piece.raw({last.begin, span.end}));
      last = span;
    });
  }

  bool known(const std::string& word) const { return times(word) > 0 || vocabulary().contains(word); }

  bool line_end_between(const Plain& piece, Span a, Span b) const {
    const auto begin = piece.raw(a).end, end = piece.raw(b).begin;
    return begin < end && document_.substr(begin, end - begin).find('\n') != std::string_view::npos;
  }

  // "um 2,\n3 Prozent", "5S,4", "über S0 Jahre", "§ 4Bb"
  void torn_numbers() {
    static const RE2 torn(R"((?:^|[^\d.,])(\d{1,3},[ \t]*\r?\n[ \t]*\d{1,2})(?:[^\d.,]|$)|\b(\d+[A-Za-z]+[.,]\d+|[A-Za-z]\d*,\d+|\d+[SB][\dSB]*[a-z]?|[SB][03-9]|[SB]\d[\dSB]+)\b)");
    re2::StringPiece groups[3];
    const re2::StringPiece input(document_.data(), document_.size());
    for (std::size_t at = 0; at < document_.size() && torn.Match(input, at, input.size(), RE2::UNANCHORED, groups, 3);) {
      const auto& group = groups[1].empty() ? groups[2] : groups[1];
      const auto begin = static_cast<std::size_t>(group.data() - document_.data());
      found_.push_back({begin, begin + group.size()});
      at = begin + group.size();
    }
  }

  std::string_view document_;
  const std::vector<Block>& blocks_;
  std::vector<const Plain*> pieces_;
  std::vector<std::string> texts_;  // of the pieces, folded and in small letters
  std::unordered_map<std::string, int> times_;
  std::vector<Span> found_;
};

template <class Use>
void each_damage(const Paper& paper, Span within, const Use& use) {
  auto place = std::lower_bound(paper.damage.begin(), paper.damage.end(), within.begin, [](const Span& one, std::size_t at) { return one.end <= at; });
  for (; place != paper.damage.end() && place->begin < within.end; ++place) {
    if (place->meets(within)) use(*place);
  }
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char byte : text) {
    if (byte != '\n' && byte != '\r') line += byte;
    else if (!line.ends_with(' ')) line += ' ';
  }
  return line;
}

}  // namespace

std::vector<Span> damaged_places(std::string_view document, const std::vector<Block>& blocks) { return Search(document, blocks).places(); }

std::string damage_in(const Paper& paper, const std::vector<Span>& spans) {
  std::vector<std::string> words;
  for (const auto& span : spans) {
    each_damage(paper, span, [&](Span place) {
      if (words.size() < 3) words.push_back(fmt::format("„{}“", on_one_line(paper.quote(place))));
    });
  }
  return words.empty() ? std::string() : fmt::format("Lesefehler im Satz: {}", base::join(words, ", "));
}

std::string damage_of_parties(const Paper& paper, std::size_t before) {
  static const Words parties(R"(SGB|Bundes|[Mm]inister|Agentur|Jobcenter|Land)");
  for (const auto& block : paper.blocks) {
    if (block.raw.begin >= before) break;
    if (!parties.in(block.text.text())) continue;
    if (auto damage = damage_in(paper, {block.raw}); !damage.empty()) return damage;
  }
  return {};
}

void doubt_damaged(const Paper& paper, TargetRead& target, const std::string& parties) {
  const auto number = std::string(paper.quote(target.number));
  const auto inside = damage_in(paper, target.evidence);
  if (inside.empty() && (parties.empty() || !target.subgroup.empty())) return;
  const auto& why = inside.empty() ? parties : inside;
  const auto has = [&](const char* letters) { return number.find_first_of(letters) != std::string::npos && number.find_first_of("0123456789") != std::string::npos; };
  target.traps.emplace_back(inside.empty() ? "OCR_DAMAGED_WORDS" : has("Oo") ? "OCR_O_FOR_0" : has("lI") ? "OCR_L_FOR_1" : "OCR_DAMAGED_WORDS");
  if (target.number.empty()) target.inferred.emplace_back("value", why);
  for (const char* field : {"indicator", "comparator_effective"}) target.inferred.emplace_back(field, why);
}

void read_damage(Draft& draft) {
  const auto& paper = draft.paper;
  for (const auto& target : draft.targets) {
    // A lost comma: "um 35 %" cannot be told from "um 3,5 %", but 243 % are more than the whole.
    const bool share = target.unit == "PERCENT" || target.unit == "PERCENTAGE_POINT";
    if (share && !target.number.empty() && target.value.exact() > base::Exact(100)) draft.open("value_implausible", fmt::format("„{}“ ist mehr als das Ganze; fehlt ein Komma? Bitte am Original prüfen.", target.value_raw), target.number);
  }
  const auto ask = [&](Span sentence) {
    const auto number = std::lower_bound(paper.numbers.begin(), paper.numbers.end(), sentence.begin, [](const NumberUse& use, std::size_t at) { return use.raw.end <= at; });
    if (number == paper.numbers.end() || number->raw.begin >= sentence.end) return;
    const auto why = damage_in(paper, {sentence});
    if (!why.empty()) draft.open("text_damaged", why + ". Bitte die Zahlen am Original prüfen.", sentence);
  };
  for (const auto& block : paper.blocks) {
    if (block.kind == BlockKind::Furniture) continue;
    const bool prose = block.kind != BlockKind::Row && !block.sentences.empty();
    if (!prose) ask(block.raw);
    else for (const auto& sentence : block.sentences) ask(block.text.raw(sentence));
  }
}

}  // namespace zielwerk::reader
