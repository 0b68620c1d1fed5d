#include "reader/phrases.h"

#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/problem.h"
#include "base/resource.h"
#include "base/text.h"
#include "reader/partners.h"
#include "reader/passages.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

struct Pattern {
  std::string code, said;
  std::unique_ptr<NeedyRe> words;  // group 1: the numbers for "#"
};

using Patterns = std::map<std::string, std::vector<Pattern>, std::less<>>;

Pattern pattern_of(std::string code, std::string_view words) {
  std::string said(words.substr(0, words.find(" |")));
  while (said.ends_with('.') || said.ends_with(':')) said.pop_back();
  auto text = RE2::QuoteMeta(said);
  const std::string slot = RE2::QuoteMeta("{n}");
  if (const auto at = text.find(slot); at != std::string::npos) text.replace(at, slot.size(), R"((\d+(?:(?:, | und )\d+)*))");
  return {std::move(code), std::move(said), std::make_unique<NeedyRe>(std::move(text), false)};
}

const Patterns& patterns() {
  static const Patterns all = [] {
    Patterns read;
    for (const auto& line : base::split(base::resource("rules/draft_phrases.txt"), '\n')) {
      const auto sign = line.find('=');
      const auto blank = line.find(' ');
      if (line.empty() || line.front() == '#' || sign == std::string::npos) continue;
      const auto words = base::trim(std::string_view(line).substr(sign + 1));
      if (!words.empty()) read[line.substr(0, blank)].push_back(pattern_of(std::string(base::trim(std::string_view(line).substr(blank, sign - blank))), words));
    }
    return read;
  }();
  return all;
}

bool letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || (static_cast<unsigned char>(byte) >= 0xC3U && static_cast<unsigned char>(byte) <= 0xC5U); }

std::string numbered(const std::string& code, const re2::StringPiece& numbers) {
  auto result = code.substr(0, code.size() - 1);
  bool first = true;
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const bool digit = numbers[at] >= '0' && numbers[at] <= '9';
    const bool begins = digit && (at == 0 || numbers[at - 1] < '0' || numbers[at - 1] > '9');
    if (begins && !first) result += '_';
    if (digit) result += numbers[at];
    first = first && !digit;
  }
  return result;
}

std::string ended(std::string text) {
  while (text.ends_with('.') || text.ends_with(',') || text.ends_with(';') || text.ends_with(':') || text.ends_with(' ')) text.pop_back();
  return text;
}

// The sentences of the paper, one after the other, as far as drafts say them so.
class Clauses {
 public:
  explicit Clauses(Draft& draft) : draft_(draft), all_(passages(draft.paper)) {}

  void read() {
    for (at_ = 0; at_ < all_.size(); ++at_) {
      if (goal() || obligation() || budget() || weighing() || document() || committee() || coded("general_aims", "aim") || coded("framework", "framework")) continue;
    }
  }

 private:
  const std::string& text() const { return all_[at_].text.text(); }

  json::value mark(const Passage& passage, const std::string& field) {
    const auto raw = passage.text.raw();
    draft_.marks.push_back({raw, field, "exact", {}});
    draft_.paper.understood.push_back(raw);
    return draft_.evidence({raw});
  }

  static bool known(const json::array& list, std::string_view code) {
    return std::any_of(list.begin(), list.end(), [&](const json::value& one) { return one.at("code").as_string() == code; });
  }

  // What a goal is about, below its heading: no clause of its own.
  bool goal() {
    if (phrase_of("goal", text()).empty()) return false;
    draft_.paper.understood.push_back(all_[at_].text.raw());
    return true;
  }

  // A sentence or item that is the phrase and nothing else.
  bool coded(const char* list, std::string_view kind) {
    const auto code = phrase_of(kind, text());
    if (code.empty()) return false;
    auto evidence = mark(all_[at_], fmt::format("{}[{}]", list, code));
    if (!known(draft_.list(list), code)) draft_.list(list).push_back({{"code", code}, {"evidence", std::move(evidence)}});
    return true;
  }

  // "Das MAGS und der Kreis verpflichten sich, wirtschaftlich zu handeln."
  bool obligation() {
    static const Words bound(R"((?i)^(.+?) verpflichte(?:t|n) sich(?: dazu)?, (.+)$)");
    const auto groups = match(bound, text());
    if (groups.empty()) return false;
    const auto code = phrase_of("obligation", cut(text(), groups[2]));
    if (code.empty()) return false;
    auto& list = draft_.list("obligations");
    json::array who;
    for (const auto& id : partners_named(draft_, cut(text(), groups[1]))) who.push_back(json::value(id));
    auto evidence = mark(all_[at_], fmt::format("obligations[{}]", code));
    if (!known(list, code)) list.push_back({{"id", fmt::format("O{}", list.size() + 1)}, {"who", std::move(who)}, {"code", code}, {"evidence", std::move(evidence)}});
    return true;
  }

  // "Bei der Beurteilung der Zielerreichung werden berücksichtigt:" and the list below.
  bool weighing() {
    const auto applies = phrase_of("applies", text());
    if (applies.empty()) return false;
    const auto opener = at_;
    auto& list = draft_.list("considerations");
    while (at_ + 1 < all_.size() && draft_.paper.blocks[all_[at_ + 1].block].kind == BlockKind::Item) {
      const auto found = phrases_in("consideration", all_[at_ + 1].text.text());
      if (found.empty() || found.front().span.begin != 0) break;
      ++at_;
      const auto condition = ended(text().substr(found.front().span.end));
      json::object one{{"code", found.front().code}, {"applies_to", applies}};
      if (condition.starts_with(", ")) one["condition"] = condition.substr(2);
      one["evidence"] = mark(all_[at_], fmt::format("considerations[{}]", found.front().code));
      if (!known(list, found.front().code)) list.push_back(std::move(one));
    }
    if (at_ != opener) mark(all_[opener], "considerations");
    return at_ != opener;
  }

  // "Planungsgrundlage ist das Planungspapier „Gemeinsame Planungsgrundlagen“ aus dem Jahr 2019."
  bool document() {
    static const Words titled(R"(^[^„“"]*[„"](.+)[“”"](?: aus dem Jahr ((?:19|20)\d\d))?\.?$)");
    static const Words inside(R"(\b((?:19|20)\d\d)\b)");
    const auto groups = match(titled, text());
    if (groups.empty()) return false;
    const auto head = text().substr(0, groups[1].begin);
    const auto binding = phrases_in("binding", head);
    if (binding.empty() || binding.front().span.begin != 0) return false;
    const auto type = phrase_of("document", without_quote(head.substr(binding.front().span.end)));
    if (type.empty()) return false;
    auto& list = draft_.list("documents");
    const auto title = cut(text(), groups[1]);
    const auto year = groups[2].empty() ? match(inside, title).empty() ? std::string() : cut(title, match(inside, title)[1]) : cut(text(), groups[2]);
    const auto id = fmt::format("D{}", list.size() + 1);
    auto evidence = mark(all_[at_], fmt::format("documents[{}]", id));
    list.push_back({{"id", id}, {"type", type}, {"title", title}, {"year", year.empty() ? json::value(nullptr) : json::value(std::stoi(year))}, {"binding", binding.front().code}, {"evidence", std::move(evidence)}});
    return true;
  }

  static std::string without_quote(std::string head) {
    for (const std::string_view quote : {"„", "\""}) {
      if (head.ends_with(quote)) head.resize(head.size() - quote.size());
    }
    return std::string(base::trim(head));
  }

  // "Gesamtbudget: rund 16,6 Mio. Euro im Jahr 2020 (Quelle: „Eingliederungsmittel-Verordnung 2020“)"
  bool budget() {
    static const Words labelled(R"((?i)^([^:\[]+?)(?: \[([^\]]+)\])?: (.+)$)");
    static const Words in_year(R"((?i)\bim Jahr ((?:19|20)\d\d))");
    static const Words source(R"(\(Quelle: [„"](.+)[“”"]\))");
    const auto groups = match(labelled, text());
    if (groups.empty()) return false;
    const auto title = cut(text(), groups[1]);
    const auto kind = phrases_in("budget", groups[2].empty() ? title : cut(text(), groups[2]));
    if (kind.empty() || kind.front().span.begin != 0) return false;
    const auto found = numerals(text());
    const auto sum = std::find_if(found.begin(), found.end(), [&](const Numeral& one) { return one.unit == Unit::Euro && one.span.begin >= groups[3].begin; });
    if (sum == found.end()) return false;
    auto& list = draft_.list("budgets");
    const auto id = fmt::format("B{}", list.size() + 1);
    const auto precision = phrases_in("precision", text().substr(groups[3].begin, sum->span.begin - groups[3].begin));
    const auto year = match(in_year, text(), groups[3].begin);
    json::object one{{"id", id}, {"title", title}, {"code", kind.front().code}, {"amount", number(sum->value)}, {"currency", "EUR"}, {"precision", precision.empty() ? "EXACT" : precision.front().code}, {"raw", cut(text(), sum->with_unit)}, {"source", nullptr}, {"year", year.empty() ? draft_.paper.year : std::stoi(cut(text(), year[1]))}};
    if (const auto from = match(source, text()); !from.empty()) {
      for (const auto& known : draft_.list("documents")) {
        if (known.at("title").as_string() == cut(text(), from[1])) one["source"] = known.at("id");
      }
    }
    draft_.mark(all_[at_].text.raw(sum->with_unit), fmt::format("budgets[{}].amount", id));
    one["evidence"] = mark(all_[at_], fmt::format("budgets[{}]", id));
    list.push_back(std::move(one));
    return true;
  }

  // "Als Gremium wirkt mit: Ausschuss für Zielvereinbarungen (§ 2b Nds. AG SGB II). Aufgaben: …"
  bool committee() {
    static const Words named(R"((?i)^Als Gremium wirkt mit: ([^()]+?)(?: \(([^()]+)\))?\.?$)");
    static const Words tasks(R"((?i)^Aufgaben(?: sind)?: )");
    const auto groups = match(named, text());
    if (groups.empty()) return false;
    auto& list = draft_.list("committees");
    const auto id = fmt::format("C{}", list.size() + 1);
    json::object one{{"id", id}, {"name", cut(text(), groups[1])}, {"legal_basis", text_or_null(cut(text(), groups[2]))}, {"tasks", json::array()}};
    one["evidence"] = mark(all_[at_], fmt::format("committees[{}]", id));
    if (at_ + 1 < all_.size() && all_[at_ + 1].block == all_[at_].block && tasks.in(all_[at_ + 1].text.text())) {
      ++at_;
      for (const auto& task : phrases_in("task", text())) one["tasks"].as_array().push_back(json::value(task.code));
      mark(all_[at_], fmt::format("committees[{}].tasks", id));
    }
    list.push_back(std::move(one));
    return true;
  }

  Draft& draft_;
  std::vector<Passage> all_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Phrase> phrases_in(std::string_view kind, std::string_view text) {
  std::vector<Phrase> found;
  const auto of_kind = patterns().find(kind);
  if (of_kind == patterns().end()) return found;
  const re2::StringPiece input(text.data(), text.size());
  const auto words = lowered(text);
  for (const auto& pattern : of_kind->second) {
    if (!has_needed(pattern.words->needed(), words)) continue;
    const auto& re = pattern.words->re();
    re2::StringPiece groups[2];
    const int count = re.NumberOfCapturingGroups();
    for (std::size_t at = 0; at < text.size() && re.Match(input, at, input.size(), RE2::UNANCHORED, groups, count + 1);) {
      const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
      const auto end = begin + groups[0].size();
      at = std::max(end, begin + 1);
      if ((begin > 0 && letter(text[begin - 1])) || (end < text.size() && letter(text[end]))) continue;
      found.push_back({count == 0 ? pattern.code : numbered(pattern.code, groups[1]), {begin, end}});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Phrase& a, const Phrase& b) { return a.span.end - a.span.begin > b.span.end - b.span.begin; });
  std::vector<Phrase> kept;
  for (auto& one : found) {
    if (std::none_of(kept.begin(), kept.end(), [&](const Phrase& other) { return other.span.meets(one.span); })) kept.push_back(std::move(one));
  }
  std::stable_sort(kept.begin(), kept.end(), [](const Phrase& a, const Phrase& b) { return a.span.begin < b.span.begin; });
  return kept;
}

std::string phrase_of(std::string_view kind, std::string_view text) {
  const auto words = ended(std::string(text));
  for (const auto& one : phrases_in(kind, words)) {
    if (one.span.begin == 0 && one.span.end == words.size()) return one.code;
  }
  return {};
}

std::vector<std::string> codes_of(std::string_view kind) {
  std::vector<std::string> codes;
  const auto of_kind = patterns().find(kind);
  if (of_kind == patterns().end()) return codes;
  for (const auto& one : of_kind->second) {
    if (one.code.find('#') == std::string::npos) codes.push_back(one.code);
  }
  return codes;
}

std::string words_of(std::string_view code) {
  for (const std::string_view kind : {"aim", "framework", "obligation", "consideration", "completion", "content", "duty", "task", "dialogue", "basis", "extra", "topic"}) {
    const auto of_kind = patterns().find(kind);
    if (of_kind == patterns().end()) continue;
    const auto found = std::find_if(of_kind->second.begin(), of_kind->second.end(), [&](const Pattern& one) { return one.code == code; });
    if (found != of_kind->second.end()) return ended(found->said);
  }
  return {};
}

void read_phrases(Draft& draft) { Clauses(draft).read(); }

}  // namespace zielwerk::reader
