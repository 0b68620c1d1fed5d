#include "reader/said_twice.h"

#include <algorithm>

#include <fmt/format.h>

#include "reader/passages.h"

namespace zielwerk::reader {

void compare_words_with_figures(Draft& draft) {
  static const Words bracket(R"(^\s?\((?:=|d\. ?h\.|in (?:Ziffern|Worten):?)?\s?$)");
  for (const auto& passage : passages(draft.paper)) {
    const auto& text = passage.text.text();
    const auto numbers = numerals(text);
    for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
      const auto& first = numbers[i];
      const auto& second = numbers[i + 1];
      if (first.word == second.word || !bracket.in(text.substr(first.span.end, second.span.begin - first.span.end))) continue;
      if (second.with_unit.end >= text.size() || text[second.with_unit.end] != ')') continue;
      const auto one = passage.text.raw(first.span), other = passage.text.raw(second.span);
      const auto as = [&](Span raw) { return std::find_if(draft.paper.numbers.begin(), draft.paper.numbers.end(), [&](const NumberUse& use) { return use.raw.meets(raw); }); };
      const auto used = as(one);
      if (used == draft.paper.numbers.end() || used->as != NumberUse::As::Used) continue;
      draft.paper.use(other, used->detail);
      if (first.value == second.value) continue;
      for (auto& mark : draft.marks) {
        if (!mark.raw.meets(one)) continue;
        mark.confidence = "inferred";
        mark.reason = "in Worten und in Ziffern steht Verschiedenes";
      }
      draft.open("number_word_differs", fmt::format("Hier steht „{}“ und daneben „{}“; gelesen ist „{}“. Bitte am Papier klären, was gilt.", draft.paper.quote(one), draft.paper.quote(other), draft.paper.quote(one)),
                 {one.begin, other.end});
    }
  }
}

}  // namespace zielwerk::reader
