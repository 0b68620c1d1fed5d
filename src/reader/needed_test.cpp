// Which words a pattern needs, and that no match is without them.
#include "reader/needed.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "base/resource.h"
#include "base/text.h"
#include "reader/rules.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

std::string shown(const Needed& needed) {
  std::string text;
  for (const auto& choice : needed) text += (text.empty() ? "" : " + ") + base::join(choice, "|");
  return text;
}

struct Case {
  std::string pattern, expected;
};

TEST(Needed, WordsThatEveryMatchHas) {
  const std::vector<Case> cases{
      {"Bestand", "bestand"},
      {"(?i)\\bZahl(?:en)?\\b", "zahlen|zahl"},
      {"Zahl der [^.;]{0,40}Integrationen?", "zahl der  + integrationen|integratione"},
      {"K ?2", "k 2|k2"},
      {"(?P<w>steigt|sinkt) um", "steigt um|sinkt um"},
      {"(?:ab|.*)c\\d+", ""},
      {"[ae]lb", "alb|elb"},
      {"elb*", "el"},
      {"(?:elb){0,3}xy", "xy"},
      {"(?:elb){2}xy", "elb + xy"},
      {"[^a]b\\.cd", "cd"},
      {"§ 48b\\b", " 48b"},
      {"\\x{20AC}ab\\p{L}cd", "ab + cd"},
      {"x{20A|bc}:", "20a|bc"},
      {"xy{a}bc", "xy + bc"},
      {"a|bcd", ""},
      {"\\Qab\\E", ""},
      {"(ab", ""},
      {"ab)", ""},
      {"", ""},
  };
  for (const auto& one : cases) EXPECT_EQ(shown(needed_by(one.pattern)), one.expected) << one.pattern;
}

TEST(Needed, LettersThatAreTakenForOthers) {
  EXPECT_EQ(lowered("Zieſ \u212A2"), "zies k2");
  EXPECT_TRUE(has_needed(needed_by("ziels"), lowered("ZIELſ")));
}

TEST(Needed, AllWordsOfATextInOnePass) {
  WordFinder finder;
  const std::vector<std::string> words{"he", "she", "his", "hers", "k 2", "he"};
  std::vector<std::uint32_t> numbers;
  for (const auto& word : words) numbers.push_back(finder.add(word));
  EXPECT_EQ(numbers.front(), numbers.back());
  const auto there = [&](std::string_view text) {
    const auto found = finder.in(text);
    std::string all;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) all += found[numbers[i]] ? '1' : '0';
    return all;
  };
  EXPECT_EQ(there("ushers"), "11010");
  EXPECT_EQ(there("his k 2"), "00101");
  EXPECT_EQ(there("h-e s h i s k2"), "00000");
}

// The shipped patterns against all sentences of the shipped rules.
TEST(Needed, NoRuleMatchesWithoutItsWords) {
  std::vector<std::string> sentences;
  for (const auto& rule : rule_book().rules()) {
    for (const auto* examples : {&rule->yes, &rule->no}) {
      for (const auto& one : *examples) sentences.push_back(folded(one));
    }
  }
  std::vector<std::string> words;
  for (const auto& one : sentences) words.push_back(lowered(one));
  RE2::Options options;
  options.set_case_sensitive(false);
  std::size_t passed_over = 0;
  for (const char* name : {"rules/ziele.rules", "rules/zusaetze.rules", "rules/teile.rules", "rules/dialoge.rules", "rules/unterlagen.rules"}) {
    for (const auto& line : base::split(base::resource(name), '\n')) {
      const auto text = base::trim(line);
      if (!text.starts_with("muster ") || text.find("{z") != std::string_view::npos) continue;
      const auto pattern = folded_pattern(text.substr(7));
      const RE2 compiled(pattern, options);
      const auto needed = needed_by(pattern);
      for (std::size_t i = 0; i < sentences.size(); ++i) {
        if (has_needed(needed, words[i])) continue;
        ++passed_over;
        EXPECT_FALSE(RE2::PartialMatch(sentences[i], compiled)) << pattern << "\n" << sentences[i];
      }
    }
  }
  EXPECT_GT(passed_over, 10'000U);
}

}  // namespace
}  // namespace zielwerk::reader
