// Any pattern (the first line) and any text: what the pattern matches has the words that it is said to need.
#include <re2/re2.h>

#include "reader/needed.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk::reader;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = input.find('\n');
  if (line == std::string_view::npos || line > 200 || size > 1000) return 0;
  const std::string pattern(input.substr(0, line));
  const auto text = input.substr(line + 1);
  const auto needed = needed_by(pattern);
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  const RE2 compiled(pattern, options);
  if (!compiled.ok() || !RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled)) return 0;
  const auto words = lowered(text);
  if (!has_needed(needed, words)) __builtin_trap();
  WordFinder finder;
  std::vector<std::vector<std::uint32_t>> numbers;
  for (const auto& choice : needed) {
    auto& of_choice = numbers.emplace_back();
    for (const auto& word : choice) of_choice.push_back(finder.add(word));
  }
  const auto there = finder.in(words);
  for (const auto& choice : numbers) {
    bool any = false;
    for (const auto number : choice) any = any || there[number];
    if (!any) __builtin_trap();
  }
  return 0;
}
