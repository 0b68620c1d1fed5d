#include "drafting/phrases.h"

#include <map>

#include "base/problem.h"
#include "base/resource.h"
#include "base/text.h"

namespace zielwerk::drafting {
namespace {

struct Phrases {
  std::map<std::pair<std::string, std::string>, std::string> words;
  std::vector<std::pair<std::string, std::string>> order;
};

const Phrases& phrases() {
  static const Phrases all = [] {
    Phrases read;
    for (const auto& line : base::split(base::resource("rules/draft_phrases.txt"), '\n')) {
      const auto sign = line.find('=');
      const auto blank = line.find(' ');
      if (line.empty() || line.front() == '#') continue;
      base::ensure(sign != std::string::npos && blank < sign, "a line of draft_phrases.txt is \"kind CODE = words\"");
      const std::pair key(line.substr(0, blank), std::string(base::trim(line.substr(blank, sign - blank))));
      base::ensure(read.words.emplace(key, base::trim(line.substr(sign + 1))).second, "a code has its words once");
      read.order.push_back(key);
    }
    return read;
  }();
  return all;
}

// "QUALITATIVE_GOALS_4_5" -> "QUALITATIVE_GOALS_#" and "4 und 5".
std::optional<std::pair<std::string, std::string>> without_numbers(std::string_view code) {
  const auto last = code.find_last_not_of("0123456789_");
  if (last == std::string_view::npos || last + 2 >= code.size() || code[last + 1] != '_') return std::nullopt;
  const auto numbers = base::split(code.substr(last + 2), '_');
  std::string said;
  for (std::size_t i = 0; i < numbers.size(); ++i) said += (i == 0 ? "" : i + 1 == numbers.size() ? " und " : ", ") + numbers[i];
  return std::pair(std::string(code.substr(0, last + 1)) + "_#", said);
}

}  // namespace

std::optional<std::string> phrase(std::string_view kind, std::string_view code) {
  const auto find = [&](std::string_view one) {
    const auto found = phrases().words.find({std::string(kind), std::string(one)});
    return found == phrases().words.end() ? std::nullopt : std::optional(found->second);
  };
  if (auto exact = find(code)) return exact;
  const auto numbered = without_numbers(code);
  auto words = numbered ? find(numbered->first) : std::nullopt;
  if (words) words->replace(words->find("{n}"), 3, numbered->second);
  return words;
}

std::vector<std::string> codes(std::string_view kind) {
  std::vector<std::string> all;
  for (const auto& [of, code] : phrases().order) {
    if (of == kind) all.push_back(code);
  }
  return all;
}

std::optional<IndicatorWords> indicator_words(std::string_view code) {
  const auto line = phrase("indicator", code);
  if (!line) return std::nullopt;
  auto parts = base::split(*line, '|');
  base::ensure(parts.size() == 5, "an indicator has five parts");
  for (auto& part : parts) part = base::trim(part);
  return IndicatorWords{parts[0], parts[1], parts[2] == "up", parts[3], parts[4]};
}

}  // namespace zielwerk::drafting
