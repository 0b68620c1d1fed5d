// Any bytes as a file of rules: a book or problems, never a crash; what matches lies in the text.
#include "reader/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk::reader;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto book = RuleBook::parse({{"rules/fuzz.rules", text}});
  if (!book) {
    if (book.error().empty()) __builtin_trap();
    return 0;
  }
  constexpr std::string_view sentence = "Die Integrationsquote soll um mindestens 2,5 % gegenüber dem Vorjahr steigen.";
  for (const auto& rule : book->rules()) {
    book->matches(*rule, sentence);
    for (const auto& finding : book->find(rule->kind, sentence)) {
      if (finding.span.begin > finding.span.end || finding.whole.end > sentence.size() || finding.span.end > sentence.size()) __builtin_trap();
    }
  }
  return 0;
}
