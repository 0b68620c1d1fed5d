#include "reader/rules.h"

#include <gtest/gtest.h>

namespace zielwerk::reader {
namespace {

// Every rule brings its own examples; they are run as they stand.
TEST(Rules, MatchWhatTheySayTheyMatch) {
  for (const auto& rule : rule_book().rules()) {
    for (const auto& example : rule->yes) EXPECT_TRUE(rule_book().matches(*rule, example)) << rule->place << ": die Regel " << rule->name << " trifft ihr Beispiel „ja“ nicht: " << example;
    for (const auto& example : rule->no) EXPECT_FALSE(rule_book().matches(*rule, example)) << rule->place << ": die Regel " << rule->name << " trifft ihr Beispiel „nein“: " << example;
  }
}

TEST(Rules, SayWithFileAndLineWhatIsWrong) {
  const auto parsed = RuleBook::parse({{"x.rules", "regel a\n  art posten\n  ist X\n  muster (\n  ja b\nregel a\nhallo welt\n"}});
  ASSERT_FALSE(parsed);
  std::string all;
  for (const auto& problem : parsed.error()) all += problem.where + ": " + problem.message + "\n";
  EXPECT_NE(all.find("x.rules, Zeile 4"), std::string::npos) << all;
  EXPECT_NE(all.find("zweimal"), std::string::npos) << all;
  EXPECT_NE(all.find("„hallo“"), std::string::npos) << all;
}

TEST(Rules, GiveTheNamedPlace) {
  const auto parsed = RuleBook::parse({{"x.rules", "regel um\n  art zahl\n  ist N\n  muster um (?P<w>\\d+)\n  ja um 4\n"}});
  ASSERT_TRUE(parsed);
  const auto found = parsed->find("zahl", "erhöht um 44 Fälle");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (Span{11, 13}));
}

}  // namespace
}  // namespace zielwerk::reader
