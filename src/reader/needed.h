// What a text must contain so that a pattern can match it: words that are looked for before the pattern is compiled or run. Most patterns of
// the reader never find their words in a paper and then cost nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zielwerk::reader {

// Small letters of ASCII; also for the two other letters that RE2 takes for them where case does not matter (U+017F, U+212A).
std::string lowered(std::string_view text);

// Of each choice one word (small ASCII letters, digits, blanks) must stand in the lowered text. Empty: nothing is known, the pattern must run.
using Needed = std::vector<std::vector<std::string>>;
// Of a pattern of RE2, with case or without. Never more than what every match contains; a pattern that is not understood needs nothing.
Needed needed_by(std::string_view pattern);
bool has_needed(const Needed& needed, std::string_view lowered_text);

// Which of many words a text contains, in one pass over it: at each letter only the words that begin with it and the next one are compared.
class WordFinder {
 public:
  std::uint32_t add(const std::string& word);  // its number, from 0; the same for the same word; two letters at least
  std::vector<bool> in(std::string_view lowered_text) const;  // by number

 private:
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::vector<std::uint32_t>> by_begin_;
};

}  // namespace zielwerk::reader
