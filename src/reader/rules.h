// Rules of reading as data (rules/*.rules): what words mean in an agreement. They are executed as they stand; every rule brings sentences
// it must match and sentences it must not, and `./test` runs them. Matching is RE2, linear in the text.
//
//   wort prozent = (?:%|Prozent\b|v\. ?H\.)          a name for part of a pattern, used as {prozent}
//
//   messgroesse INTEGRATION_RATE                     the polarity table: one row per indicator code
//     gut hoch                                       hoch | niedrig: which side is success
//     einheit PERCENT
//     zeit YEAR_TO_DATE_ANNUAL                       aggregation where the words name none
//     kennzahl K2
//     kennzahl LZB K3E1                              Kennzahl of a subgroup
//
//   regel steigt                                     unique name
//     art richtung                                   kind of finding
//     ist UP sicher=ja                               its code, and attributes
//     in ZIELE,VERFAHREN                             only under headings of these roles
//     muster \b(?P<w>steig\w+)\b                     RE2, upper and lower case alike; the group w is the finding, else all that matched
//     nicht \bnicht\b                                the sentence must not match this
//     ja Die Quote steigt um 2 %.
//     nein Der Bestand sinkt.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "reader/plain.h"

namespace re2 {
class RE2;
}

namespace zielwerk::reader {

struct Rule {
  std::string name;
  std::string kind;
  std::string code;
  std::map<std::string, std::string, std::less<>> attributes;
  std::vector<std::string> sections;
  std::vector<std::string> yes, no;
  std::string place;  // "rules/ziele.rules, Zeile 12"

  std::string_view attribute(std::string_view name) const;  // empty: not given
};

struct Finding {
  const Rule* rule = nullptr;
  Span span;   // in the sentence
  Span whole;  // everything the pattern matched
  std::map<std::string, Span, std::less<>> captures;

  const std::string& code() const { return rule->code; }
};

struct IndicatorRow {
  std::string code;
  bool high_is_good = true;
  std::string unit = "COUNT";
  std::string aggregation = "ANNUAL_SUM";
  std::map<std::string, std::string, std::less<>> kennzahlen;  // by subgroup; "" for all

  // Empty: none. All Träger of a Land together are measured by the Kennzahl of each.
  std::string kennzahl_of(std::string_view subgroup) const;
};

class RuleBook {
 public:
  // Of texts in the language above, by file name. Every problem at once: rule_invalid with file and line. Patterns that are known to be good
  // are compiled only when a text first has their words.
  static base::Checked<RuleBook> parse(const std::vector<std::pair<std::string, std::string_view>>& files, bool known_good = false);
  RuleBook(RuleBook&&) noexcept;
  ~RuleBook();

  class Search;
  // All findings of one kind, by place; several rules may find at the same place.
  std::vector<Finding> find(std::string_view kind, std::string_view text) const;
  bool matches(const Rule& rule, std::string_view text) const;
  const std::vector<std::unique_ptr<Rule>>& rules() const;
  const IndicatorRow* indicator(std::string_view code) const;

 private:
  friend class RuleParser;
  struct State;
  explicit RuleBook(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// One text that is searched for several kinds: it is evened out and looked through for the patterns' words once.
class RuleBook::Search {
 public:
  Search(const RuleBook& book, std::string_view text);
  std::vector<Finding> find(std::string_view kind) const;

 private:
  void add_findings(const Rule& rule, const re2::RE2& pattern, std::vector<Finding>& found) const;
  const State& state_;
  std::string even_;
  std::vector<bool> words_;  // of those that patterns need: is it there?
};

// Whether a quantity is about a group by its own name: LZB_STOCK about LZB, the gap of the sexes about both. It is then no subgroup of it.
bool named_by(std::string_view code, std::string_view group);

// The rules the program ships. Bug if they are broken; a test parses them.
const RuleBook& rule_book();
// Of these rules: a draft says which rules it was read with.
std::string rules_sha256();

}  // namespace zielwerk::reader
