#include <algorithm>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"
#include "reader/statement.h"

namespace zielwerk::reader {
namespace {

// "Bei der Bewertung werden A, B und C berücksichtigt", "A und B sind zu würdigen", "In die Bewertung fließen ein: A und B": the words
// that name the circumstances; empty where the sentence is built otherwise.
std::vector<Span> named_circumstances(const std::string& text) {
  static const std::string finite = "(?:werden|wird|sind|ist|finden|findet|fließen|fließt|führen|führt)";
  static const std::string judging = R"((?:[Bb]ei|[Ff]ür|[Ii]n) (?:der|die|dieser) (?:\w+en )?(?:Beurteilung|Bewertung|Würdigung|Zielnachhaltung|Gesamtbewertung|Zielerreichung)(?: (?:der|des|dieser) [A-ZÄÖÜ]\w+(?: \d{4})?)*)";
  static const std::string verb = R"((?:zu )?(?:berücksichtig\w+|Rechnung zu stellen|in Rechnung|in die Betrachtung einbezogen|würdigen|gewürdigt|beachte[nt]|bedenken|bedacht|einbezogen|einzubeziehen|mit in den Blick|in den Blick|Berücksichtigung|ein\b|Rechnung getragen|einer Anpassung))";
  static const Words opened("^(?:" + judging + "|Dabei|Hierbei) " + finite + " (?:auch |insbesondere |ferner |zudem )?(.+?) (?:angemessen |ebenso |besonders |mit )?" + verb + "(?: ?\\.|$| )");
  static const Words listed("^(?:Zu berücksichtigen|Zu beachten|Zu würdigen) (?:sind|ist) (?:insbesondere |auch |dabei )?(.+?)\\.?$");
  static const Words colon("^" + judging + " (?:(?:fließen|fließt|gehen|geht)(?: auch)? ein|(?:sind|ist) einzubeziehen): (.+?)\\.?$");
  static const Words inside("; (?:dabei|hierbei) " + finite + " (.+?) " + verb);
  static const Words first("^(.+?) " + finite + " (?:auch |ebenso |angemessen |besonders )?(?:(?:" + judging + "|dabei|darin|hierbei)(?: auch| ebenso| angemessen| besonders)* )?" + verb + "(?: wie (.+?)\\.?$)?");
  static const Words numbered(R"(^(?:\(\d{1,2}\)|\d{1,2}\.\d?) )");
  const auto skip = match(numbered, text);
  const auto from = skip.empty() ? std::size_t{0} : skip[0].end;
  const auto body = text.substr(from);
  for (const auto* pattern : {&opened, &listed, &colon, &inside, &first}) {
    const auto groups = match(*pattern, body);
    if (groups.empty()) continue;
    static const Words frame("^" + judging + "$");
    std::vector<Span> spans;
    for (std::size_t k = 1; k < groups.size(); ++k) {
      if (!groups[k].empty() && !frame.in(cut(body, groups[k]))) spans.push_back({from + groups[k].begin, from + groups[k].end});
    }
    return spans;
  }
  return {};
}

// An enumeration cut at its commas and conjunctions; what has no noun of its own ("konjunkturelle" of "konjunkturelle und strukturelle
// Besonderheiten") stays with what follows.
std::vector<Span> enumerated(const std::string& text, Span whole) {
  static const Words joint(R"((?:, | sowie | und (?:auch )?|; ))");
  static const Words noun(R"(^(?:\S+ )*?[A-ZÄÖÜ][\wäöüß-]*[\wäöüß])");
  static const Words adjective(R"([A-ZÄÖÜ][a-zäöüß]+(?:elle|ige|ische|liche|ale|are)[nrsm]?)");
  static const Words clause(R"(^(?:die|der|das|welche\w*|soweit|sofern|wenn|vor allem|insbesondere|dass|weil|einschließlich) (?:\S+ ){0,12}(?:\S+(?:en|t|ist|sind)\.?)$)");
  const auto words = text.substr(0, whole.end);
  std::vector<Span> parts;
  auto begin = whole.begin;
  for (auto groups = match(joint, words, begin); begin < whole.end; groups = groups.empty() ? groups : match(joint, words, groups[0].end)) {
    const Span part{begin, groups.empty() ? whole.end : groups[0].begin};
    const auto said = cut(words, part);
    // "soweit sie nicht vom Landkreis zu vertreten sind" belongs to what stands before it.
    if (!parts.empty() && clause.in(said) && words.substr(parts.back().end, part.begin - parts.back().end) == ", ") parts.back().end = part.end;
    else if (noun.in(said) && !adjective.is(said) && !said.ends_with("-")) parts.push_back(part);
    else if (!groups.empty()) continue;
    if (groups.empty()) break;
    begin = groups[0].end;
  }
  return parts;
}

class Weighing {
 public:
  explicit Weighing(Draft& draft) : draft_(draft), all_(passages(draft.paper)) {}

  void read() {
    static const Words verb(R"((?i)\b(?:berücksichtigt|zu berücksichtigen|(?:finden|findet)[^.]*Berücksichtigung|gewürdigt|zu würdigen|einbezogen|einzubeziehen|mit in den Blick genommen|in den Blick genommen|bedacht|zu bedenken|beachtet|zu beachten|Rechnung getragen|fließen[^.]*\bein|fließt[^.]*\bein|eingehen|geht[^.]*\bein|gehen[^.]*\bein|führen zu einer Anpassung)\b)");
    static const Words judging(R"((?i)\b(?:Beurteilung|Bewertung|Würdigung|Zielnachhaltung|Zielerreichung|Abschlussbewertung)\b)");
    static const Words none(R"((?i)Zielvereinbarungsprozess|Grundlagen und Empfehlungen|Querschnittsaufgabe|durchgängig zu (?:berücksichtigen|beachten)|Vorbereitung|Ergänzungsgrößen findet)");
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto& text = all_[i].text.text();
      if (labelled(i) || !verb.in(text) || none.in(text)) continue;
      if (!judging.in(text) && !draft_.paper.under(all_[i].block, "PROCEDURE")) continue;
      read(i);
    }
  }

 private:
  void read(std::size_t i) {
    const auto& text = all_[i].text.text();
    static const Words follow_up(R"((?i)\bbei der Zielnachhaltung\b)");
    static const Words refers(R"(^(?:\(\d+\) )?(?:Dies|Das|Sie|Weist|Hierbei|Dabei)\b)");
    applies_ = follow_up.in(text) ? "TARGET_FOLLOW_UP" : "JUDGING_ACHIEVEMENT";
    const bool back = refers.in(text) && i > 0;
    bool any = false;
    for (const auto& region : named_circumstances(text)) {
      for (const auto& part : enumerated(text, region)) any = (back && known(all_[i], part).empty() ? false : one(all_[i], part)) || any;
    }
    if (any) return;
    if (grounds(all_[i]) || (back && grounds(all_[i - 1]))) return;
    take(all_[i], {0, text.size()}, "OTHER_CIRCUMSTANCE");
  }

  // "| Zu beachten | Wirkung der Neuregelungen; Stellenabbau |"
  bool labelled(std::size_t i) {
    static const Words label(R"((?i)^(?:Zu (?:berücksichtigen|beachten|würdigen)|Berücksichtigung|Umstände)(?: bei der (?:Beurteilung|Bewertung))?:?$)");
    const auto& block = draft_.paper.blocks[all_[i].block];
    if (block.kind != BlockKind::Row || !label.is(all_[i].text.text())) return false;
    applies_ = "JUDGING_ACHIEVEMENT";
    for (std::size_t k = i + 1; k < all_.size() && all_[k].block == all_[i].block; ++k) {
      for (const auto& part : enumerated(all_[k].text.text(), {0, all_[k].text.size()})) one(all_[k], part);
    }
    return true;
  }

  static std::string known(const Passage& passage, Span part) {
    const auto found = longest(rule_book().find("erwaegung", cut(passage.text.text(), part)));
    return found.empty() ? std::string() : found.front().code();
  }

  bool one(const Passage& passage, Span part) {
    const auto code = known(passage, part);
    take(passage, part, code.empty() ? "OTHER_CIRCUMSTANCE" : code);
    return true;
  }

  bool grounds(const Passage& passage) {
    const auto found = longest(rule_book().find("erwaegung", passage.text.text()));
    for (const auto& finding : found) take(passage, finding.span, finding.code());
    return !found.empty();
  }

  void take(const Passage& passage, Span words, const std::string& code) {
    auto& list = draft_.list("considerations");
    const bool other = code == "OTHER_CIRCUMSTANCE";
    // One clause that goes on ("ebenso … wie konjunkturelle Besonderheiten") is not a second ground where the first has said it.
    if (!other && std::any_of(list.begin(), list.end(), [&](const json::value& known) { return known.at("code").as_string() == code; })) return;
    const auto raw = passage.text.raw(words);
    list.push_back({{"code", code}, {"applies_to", applies_}, {"evidence", draft_.evidence({raw})}});
    draft_.marks.push_back({raw, fmt::format("considerations[{}]", code), other ? "inferred" : "exact", other ? "Der Umstand hat keinen eigenen Code" : ""});
    if (other) draft_.open("consideration_without_code", "Ein Umstand, der bei der Beurteilung zu berücksichtigen ist, hat keinen eigenen Code; er steht mit seinem Wortlaut im Entwurf.", raw);
  }

  Draft& draft_;
  std::vector<Passage> all_;
  const char* applies_ = "JUDGING_ACHIEVEMENT";
};

}  // namespace

void read_weighing(Draft& draft) {
  draft.list("considerations");
  Weighing(draft).read();
}

}  // namespace zielwerk::reader
