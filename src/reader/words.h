// Patterns over German words. RE2's \b and \w know ASCII only, so umlauts are folded first ("ä" -> "ae", "ß" -> "ss"): both are two bytes,
// so every place in the folded text is the same place in the text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <re2/re2.h>

namespace zielwerk::reader {

std::string folded(std::string_view text);
// The pattern for folded text; umlauts in character classes become alternatives: "[aä]" -> "(?:[a]|ae)".
std::string folded_pattern(std::string_view pattern);

class Words {
 public:
  explicit Words(std::string_view pattern) : pattern_(folded_pattern(pattern)) {}
  bool in(std::string_view text) const { return RE2::PartialMatch(folded(text), pattern_); }
  bool is(std::string_view text) const { return RE2::FullMatch(folded(text), pattern_); }
  const RE2& re() const { return pattern_; }

 private:
  RE2 pattern_;
};

}  // namespace zielwerk::reader
