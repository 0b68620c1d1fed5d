#include "reader/rules.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/resource.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "reader/needed.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

// A pattern, compiled when a text first has its words.
class Pattern {
 public:
  Pattern(std::string written, WordFinder& words) : re_(std::move(written), false) {
    for (const auto& choice : needed_by(re_.written())) {
      auto& numbers = needed_.emplace_back();
      for (const auto& word : choice) numbers.push_back(words.add(word));
    }
  }
  bool may_match(const std::vector<bool>& there) const {
    return std::all_of(needed_.begin(), needed_.end(), [&](const auto& choice) { return std::any_of(choice.begin(), choice.end(), [&](auto word) { return there[word]; }); });
  }
  const RE2& re() const { return re_.get(); }

 private:
  LazyRe re_;
  std::vector<std::vector<std::uint32_t>> needed_;  // of each choice one
};

struct Patterns {
  std::vector<std::unique_ptr<Pattern>> wanted;
  std::vector<std::unique_ptr<Pattern>> vetoes;
};

}  // namespace

struct RuleBook::State {
  std::vector<std::unique_ptr<Rule>> rules;
  std::vector<Patterns> patterns;                                           // as rules
  WordFinder words;                                                         // that some pattern needs
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_kind;
  std::map<std::string, IndicatorRow, std::less<>> indicators;
};

class RuleParser {
 public:
  // Patterns that are known to be good need not be compiled before they are used.
  RuleParser(RuleBook::State& state, base::Problems& problems, bool known_good) : state_(state), problems_(problems), known_good_(known_good) {}

  void file(const std::string& name, std::string_view text) {
    int number = 0;
    rule_ = nullptr;
    row_ = nullptr;
    for (const auto& raw : base::split(text, '\n')) {
      place_ = fmt::format("{}, Zeile {}", name, ++number);
      std::string_view line = base::trim(raw);
      if (line.empty() || line.front() == '#') continue;
      const auto blank = line.find(' ');
      const auto word = line.substr(0, blank);
      const auto rest = blank == std::string_view::npos ? std::string_view() : base::trim(line.substr(blank));
      if (word == "wort") definition(rest);
      else if (word == "messgroesse") begin_row(rest);
      else if (word == "regel") begin_rule(rest);
      else if (rule_) of_rule(word, rest);
      else if (row_) of_row(word, rest);
      else bad(fmt::format("„{}“ steht vor der ersten Regel", word));
    }
  }

  void finish() {
    for (std::size_t i = 0; i < state_.rules.size(); ++i) {
      const auto& rule = *state_.rules[i];
      place_ = rule.place;
      if (rule.kind.empty()) bad(fmt::format("der Regel {} fehlt „art“", rule.name));
      if (rule.code.empty()) bad(fmt::format("der Regel {} fehlt „ist“", rule.name));
      if (state_.patterns[i].wanted.empty()) bad(fmt::format("der Regel {} fehlt „muster“", rule.name));
      if (rule.yes.empty()) bad(fmt::format("der Regel {} fehlt ein Beispiel „ja“", rule.name));
      state_.by_kind[rule.kind].push_back(i);
    }
  }

 private:
  void bad(const std::string& what) { problems_.push_back({"rule_invalid", what + ".", place_}); }

  void definition(std::string_view rest) {
    const auto equal = rest.find(" = ");
    if (equal == std::string_view::npos) return bad("erwartet ist „wort NAME = MUSTER“");
    words_[std::string(rest.substr(0, equal))] = expand(rest.substr(equal + 3));
  }

  std::string expand(std::string_view pattern) {
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      const auto end = pattern[at] == '{' ? pattern.find('}', at) : std::string_view::npos;
      if (end != std::string_view::npos && at + 1 < pattern.size() && pattern[at + 1] >= 'a' && pattern[at + 1] <= 'z') {
        const auto known = words_.find(pattern.substr(at + 1, end - at - 1));
        if (known == words_.end()) {
          bad(fmt::format("das Wort {} ist nicht erklärt", pattern.substr(at, end - at + 1)));
        } else {
          text += known->second;
        }
        at = end;
      } else {
        text += pattern[at];
      }
    }
    return text;
  }

  std::unique_ptr<Pattern> pattern(std::string_view written) {
    auto made = std::make_unique<Pattern>(folded_pattern(expand(written)), state_.words);
    if (!known_good_ && !made->re().ok()) bad(fmt::format("das Muster ist kein RE2-Ausdruck: {}", made->re().error()));
    return made;
  }

  void begin_rule(std::string_view name) {
    row_ = nullptr;
    if (!names_.emplace(name, 0).second) bad(fmt::format("die Regel {} gibt es zweimal", name));
    state_.rules.push_back(std::make_unique<Rule>());
    state_.patterns.emplace_back();
    rule_ = state_.rules.back().get();
    rule_->name = name;
    rule_->place = place_;
  }

  void begin_row(std::string_view code) {
    rule_ = nullptr;
    row_ = &state_.indicators[std::string(code)];
    if (!row_->code.empty()) bad(fmt::format("die Messgröße {} gibt es zweimal", code));
    row_->code = code;
  }

  void of_rule(std::string_view word, std::string_view rest) {
    if (word == "art") rule_->kind = rest;
    else if (word == "ist") meaning(rest);
    else if (word == "in") rule_->sections = base::split(rest, ',');
    else if (word == "muster") state_.patterns.back().wanted.push_back(pattern(rest));
    else if (word == "nicht") state_.patterns.back().vetoes.push_back(pattern(rest));
    else if (word == "ja") rule_->yes.emplace_back(rest);
    else if (word == "nein") rule_->no.emplace_back(rest);
    else bad(fmt::format("„{}“ ist kein Wort der Regelsprache; erwartet: art, ist, in, muster, nicht, ja, nein", word));
  }

  void meaning(std::string_view rest) {
    for (const auto& part : base::split(rest, ' ')) {
      const auto equal = part.find('=');
      if (part.empty()) continue;
      const bool named = equal != std::string::npos && equal > 0 && part[0] >= 'a' && part[0] <= 'z';
      if (!named) rule_->code = part;
      else rule_->attributes[part.substr(0, equal)] = part.substr(equal + 1);
    }
  }

  void of_row(std::string_view word, std::string_view rest) {
    if (word == "gut") row_->high_is_good = rest == "hoch";
    else if (word == "einheit") row_->unit = rest;
    else if (word == "zeit") row_->aggregation = rest;
    else if (word == "kennzahl") {
      const auto blank = rest.find(' ');
      if (blank == std::string_view::npos) row_->kennzahlen[""] = rest;
      else row_->kennzahlen[std::string(rest.substr(0, blank))] = base::trim(rest.substr(blank));
    } else bad(fmt::format("„{}“ ist kein Wort einer Messgröße; erwartet: gut, einheit, zeit, kennzahl", word));
  }

  RuleBook::State& state_;
  base::Problems& problems_;
  bool known_good_;
  std::map<std::string, std::string, std::less<>> words_;
  std::map<std::string, int, std::less<>> names_;
  Rule* rule_ = nullptr;
  IndicatorRow* row_ = nullptr;
  std::string place_;
};

std::string_view Rule::attribute(std::string_view wanted) const {
  const auto found = attributes.find(wanted);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

std::string IndicatorRow::kennzahl_of(std::string_view subgroup) const {
  const auto found = kennzahlen.find(subgroup.starts_with("ALL_") ? std::string_view() : subgroup);
  return found == kennzahlen.end() ? std::string() : found->second;
}

RuleBook::RuleBook(std::unique_ptr<State> state) : state_(std::move(state)) {}
RuleBook::RuleBook(RuleBook&&) noexcept = default;
RuleBook::~RuleBook() = default;

base::Checked<RuleBook> RuleBook::parse(const std::vector<std::pair<std::string, std::string_view>>& files, bool known_good) {
  auto state = std::make_unique<State>();
  base::Problems problems;
  RuleParser parser(*state, problems, known_good);
  for (const auto& [name, text] : files) parser.file(name, text);
  parser.finish();
  if (!problems.empty()) return tl::unexpected(problems);
  return RuleBook(std::move(state));
}

std::vector<Finding> RuleBook::find(std::string_view kind, std::string_view text) const { return Search(*this, text).find(kind); }

RuleBook::Search::Search(const RuleBook& book, std::string_view text) : state_(*book.state_), even_(folded(text)), words_(state_.words.in(lowered(even_))) {}

std::vector<Finding> RuleBook::Search::find(std::string_view kind) const {
  std::vector<Finding> found;
  const auto of_kind = state_.by_kind.find(kind);
  if (of_kind == state_.by_kind.end()) return found;
  for (const auto index : of_kind->second) {
    const auto begin = found.size();
    for (const auto& pattern : state_.patterns[index].wanted) {
      if (pattern->may_match(words_)) add_findings(*state_.rules[index], pattern->re(), found);
    }
    const auto& vetoes = state_.patterns[index].vetoes;
    const bool vetoed = found.size() > begin && std::any_of(vetoes.begin(), vetoes.end(), [&](const auto& veto) { return veto->may_match(words_) && RE2::PartialMatch(piece(even_), veto->re()); });
    if (vetoed) found.erase(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end());
  }
  std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
  return found;
}

void RuleBook::Search::add_findings(const Rule& rule, const RE2& pattern, std::vector<Finding>& found) const {
  const auto input = piece(even_);
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) + 1);
  const auto span_of = [&](const re2::StringPiece& group) {
    const auto begin = static_cast<std::size_t>(group.data() - even_.data());
    return Span{begin, begin + group.size()};
  };
  for (std::size_t at = 0; at <= input.size() && pattern.Match(input, at, input.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()));) {
    Finding finding{&rule, span_of(groups[0]), span_of(groups[0]), {}};
    at = finding.whole.end > at ? finding.whole.end : at + 1;
    for (const auto& [name, number] : pattern.NamedCapturingGroups()) {
      const auto& group = groups[static_cast<std::size_t>(number)];
      if (group.data() && !group.empty()) finding.captures[name] = span_of(group);
    }
    if (const auto word = finding.captures.find("w"); word != finding.captures.end()) {
      finding.span = word->second;
      at = std::max(finding.span.end, finding.whole.begin + 1);
    }
    found.push_back(std::move(finding));
  }
}

bool RuleBook::matches(const Rule& rule, std::string_view text) const {
  for (const auto& finding : find(rule.kind, text)) {
    if (finding.rule == &rule) return true;
  }
  return false;
}

const std::vector<std::unique_ptr<Rule>>& RuleBook::rules() const { return state_->rules; }

const IndicatorRow* RuleBook::indicator(std::string_view code) const {
  const auto found = state_->indicators.find(code);
  return found == state_->indicators.end() ? nullptr : &found->second;
}

namespace {

// Words and codes first: other files speak of them.
constexpr std::array<const char*, 14> shipped = {"rules/woerter.rules", "rules/messgroessen.rules", "rules/ziele.rules", "rules/zusaetze.rules", "rules/zahlen.rules", "rules/abschnitte.rules", "rules/teile.rules", "rules/dialoge.rules", "rules/unterlagen.rules", "rules/erwaegungen.rules", "rules/haushalt.rules", "rules/abschluss.rules", "rules/aenderung.rules", "rules/abweichung.rules"};

}  // namespace

const RuleBook& rule_book() {
  static const auto& book = *new RuleBook([] {  // never taken apart: the process ends
    std::vector<std::pair<std::string, std::string_view>> files;
    for (const char* name : shipped) files.emplace_back(name, base::resource(name));
    auto parsed = RuleBook::parse(files, true);
    if (!parsed) throw base::Bug(parsed.error().front().where + ": " + parsed.error().front().message);
    return std::move(*parsed);
  }());
  return book;
}

std::string rules_sha256() {
  std::string all;
  for (const char* name : shipped) all += base::resource(name);
  return documents::sha256(all);
}

bool named_by(std::string_view code, std::string_view group) {
  return (code.starts_with("LZB") && (group == "LZB" || group == "LZB4PLUS")) || (code.starts_with("LZA") && group == "LZA") || code == "GENDER_GAP_INTEGRATION_RATE" || (code == "BUT_TAKEUP_RATE" && group == "U25");
}

}  // namespace zielwerk::reader
