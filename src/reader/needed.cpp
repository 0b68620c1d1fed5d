#include "reader/needed.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "base/problem.h"

namespace zielwerk::reader {
namespace {

constexpr std::size_t most_words = 64, most_products = 32, shortest_word = 2;
constexpr int deepest = 200;

bool digit(char byte) { return byte >= '0' && byte <= '9'; }
char small(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; }
// Of words that are looked for: small letters, digits, the blank between them.
bool letter(char byte) { return byte == ' ' || digit(byte) || (small(byte) >= 'a' && small(byte) <= 'z'); }

// What is known of a part of a pattern: that it matches just some words, or what its matches need.
struct Known {
  bool exact = false;
  std::vector<std::string> words;
  Needed needed;
};

struct NotUnderstood {};

const Known nothing_matched{true, {""}, {}};
const Known anything{};

// Empty: the words may be missing or are too short to be looked for.
std::vector<std::string> choice_of(const Known& part) {
  if (part.exact) {
    const bool long_enough = std::all_of(part.words.begin(), part.words.end(), [](const auto& word) { return word.size() >= shortest_word; });
    return long_enough ? part.words : std::vector<std::string>();
  }
  const auto length = [](const std::vector<std::string>& choice) {
    return std::min_element(choice.begin(), choice.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); })->size();
  };
  const auto best = std::max_element(part.needed.begin(), part.needed.end(), [&](const auto& a, const auto& b) { return length(a) < length(b); });
  return best == part.needed.end() ? std::vector<std::string>() : *best;
}

// One after the other: exact parts grow into longer words, all others add what they need.
class Sequence {
 public:
  void add(Known part) {
    if (!part.exact) {
      flush();
      std::move(part.needed.begin(), part.needed.end(), std::back_inserter(needed_));
      return;
    }
    if (part.words.size() == 1) {
      for (auto& word : run_) word += part.words.front();
      return;
    }
    if (run_.size() * part.words.size() > most_products) flush();
    std::vector<std::string> longer;
    for (const auto& word : run_) {
      for (const auto& more : part.words) longer.push_back(word + more);
    }
    run_ = std::move(longer);
  }
  Known result() {
    if (exact_) return {true, std::move(run_), {}};
    flush();
    return {false, {}, std::move(needed_)};
  }

 private:
  void flush() {
    exact_ = false;
    if (auto choice = choice_of({true, run_, {}}); !choice.empty()) needed_.push_back(std::move(choice));
    run_ = {""};
  }
  bool exact_ = true;
  std::vector<std::string> run_{""};
  Needed needed_;
};

class Pattern {
 public:
  explicit Pattern(std::string_view text) : text_(text) {}

  Known all() {
    auto known = either(0);
    if (at_ < text_.size()) throw NotUnderstood();
    return known;
  }

 private:
  bool ends(std::string_view next) {
    if (!text_.substr(at_).starts_with(next)) return false;
    at_ += next.size();
    return true;
  }
  char take() {
    if (at_ >= text_.size()) throw NotUnderstood();
    return text_[at_++];
  }

  Known either(int depth) {
    if (depth > deepest) throw NotUnderstood();
    std::vector<Known> branches{sequence(depth)};
    while (ends("|")) branches.push_back(sequence(depth));
    if (branches.size() == 1) return std::move(branches.front());
    Known known{true, {}, {}};
    for (const auto& branch : branches) {
      known.exact = known.exact && branch.exact;
      known.words.insert(known.words.end(), branch.words.begin(), branch.words.end());
    }
    known.exact = known.exact && known.words.size() <= most_words;
    if (known.exact) return known;
    std::vector<std::string> choice;
    for (const auto& branch : branches) {
      const auto words = choice_of(branch);
      if (words.empty()) return anything;
      choice.insert(choice.end(), words.begin(), words.end());
    }
    return {false, {}, {choice}};
  }

  Known sequence(int depth) {
    Sequence parts;
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
      if (auto word = plain_word(); !word.empty()) {
        parts.add({true, {std::move(word)}, {}});
        continue;
      }
      auto part = one(depth);
      while (auto least = repetition()) part = *least > 0 ? Known{false, {}, choice_of(part).empty() ? Needed() : part.exact ? Needed{part.words} : part.needed} : optional(std::move(part));
      parts.add(std::move(part));
    }
    return parts.result();
  }

  // Letters up to the one that is repeated, or to what is no letter.
  std::string plain_word() {
    std::string word;
    while (at_ < text_.size() && letter(text_[at_]) && !(at_ + 1 < text_.size() && std::string_view("*+?{").find(text_[at_ + 1]) != std::string_view::npos)) word += small(text_[at_++]);
    return word;
  }

  // "{2}", "{2,}", "{2,5}"; any other brace is a brace.
  std::optional<int> counted() {
    const auto end = text_.substr(at_, 1) == "{" ? text_.find('}', at_) : std::string_view::npos;
    if (end == std::string_view::npos) return std::nullopt;
    const auto inside = text_.substr(at_ + 1, end - at_ - 1);
    const auto comma = inside.find(',');
    const auto digits = [](std::string_view part) { return part.size() <= 4 && std::all_of(part.begin(), part.end(), digit); };
    const auto first = inside.substr(0, comma);
    if (first.empty() || !digits(first) || (comma != std::string_view::npos && !digits(inside.substr(comma + 1)))) return std::nullopt;
    at_ = end + 1;
    return std::atoi(std::string(first).c_str());
  }

  // How often at least; nothing: once.
  std::optional<int> repetition() {
    std::optional<int> least;
    once_ = false;
    if (ends("*")) least = 0;
    else if (ends("+")) least = 1;
    else if (ends("?")) least = 0, once_ = true;
    else least = counted();
    if (least) ends("?");  // the shortest match first: the same words
    return least;
  }

  Known optional(Known part) const {
    if (!once_ || !part.exact || part.words.size() >= most_words) return anything;
    part.words.emplace_back();
    return part;
  }

  Known one(int depth) {
    const char byte = take();
    if (byte == '(') return group(depth);
    if (byte == '[') return char_class();
    if (byte == '\\') return escape();
    if (byte == '^' || byte == '$') return nothing_matched;
    if (byte == '*' || byte == '+' || byte == '?') throw NotUnderstood();
    return letter(byte) ? Known{true, {std::string(1, small(byte))}, {}} : anything;
  }

  Known group(int depth) {
    if (ends("?P<") || ends("?<")) {
      while (take() != '>') {
      }
    } else if (ends("?")) {
      for (char flag = take(); flag != ':'; flag = take()) {
        if (flag == ')') return nothing_matched;  // "(?i)"
        if (std::string_view("imsU-").find(flag) == std::string_view::npos) throw NotUnderstood();
      }
    }
    auto known = either(depth + 1);
    if (!ends(")")) throw NotUnderstood();
    return known;
  }

  Known escape() {
    const char byte = take();
    if (std::string_view("bBAz").find(byte) != std::string_view::npos) return nothing_matched;
    if (byte == 'p' || byte == 'P' || byte == 'x') {
      if (!ends("{")) {
        take();
        if (byte == 'x') take();
      } else {
        while (take() != '}') {
        }
      }
      return anything;
    }
    if (byte != ' ' && letter(byte) && std::string_view("dDwWsSCtnrfva").find(byte) == std::string_view::npos) throw NotUnderstood();
    return anything;
  }

  // "[ae]": a few letters; all other classes could be anything.
  Known char_class() {
    Known known{true, {}, {}};
    if (ends("^")) known.exact = false;
    for (bool first = true; first || text_.substr(at_, 1) != "]"; first = false) {
      const char byte = take();
      if (byte == '[' && text_.substr(at_, 1) == ":") {
        while (!ends(":]")) take();
        known.exact = false;
      } else if (byte == '\\') {
        escape();
        known.exact = false;
      } else if (!letter(byte)) {
        known.exact = false;  // ranges, too
      } else {
        known.words.emplace_back(1, small(byte));
      }
    }
    take();
    return known.exact && known.words.size() <= 6 ? known : anything;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool once_ = false;
};

}  // namespace

std::string lowered(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "\u017F") {
      result += 's';
      ++at;
    } else if (text.substr(at, 3) == "\u212A") {
      result += 'k';
      at += 2;
    } else {
      result += small(text[at]);
    }
  }
  return result;
}

Needed needed_by(std::string_view pattern) {
  try {
    const auto known = Pattern(pattern).all();
    if (!known.exact) return known.needed;
    const auto choice = choice_of(known);
    return choice.empty() ? Needed() : Needed{choice};
  } catch (const NotUnderstood&) {
    return {};
  }
}

bool has_needed(const Needed& needed, std::string_view lowered_text) {
  return std::all_of(needed.begin(), needed.end(), [&](const auto& choice) {
    return std::any_of(choice.begin(), choice.end(), [&](const auto& word) { return lowered_text.find(word) != std::string_view::npos; });
  });
}

namespace {

// Of letters, digits and blanks of a lowered text; 0: all other bytes.
std::size_t letter_number(char byte) {
  if (byte >= 'a' && byte <= 'z') return static_cast<std::size_t>(byte - 'a') + 1;
  if (digit(byte)) return static_cast<std::size_t>(byte - '0') + 27;
  return byte == ' ' ? 37 : 0;
}
constexpr std::size_t letters = 38;

}  // namespace

std::uint32_t WordFinder::add(const std::string& word) {
  base::ensure(word.size() >= shortest_word, "a word of two letters");
  const auto [known, added] = numbers_.emplace(word, static_cast<std::uint32_t>(words_.size()));
  if (added) {
    by_begin_.resize(letters * letters);
    by_begin_[letter_number(word[0]) * letters + letter_number(word[1])].push_back(known->second);
    words_.push_back(word);
  }
  return known->second;
}

std::vector<bool> WordFinder::in(std::string_view lowered_text) const {
  std::vector<bool> found(words_.size(), false);
  for (std::size_t at = 0; at + 1 < lowered_text.size() && !words_.empty(); ++at) {
    for (const auto number : by_begin_[letter_number(lowered_text[at]) * letters + letter_number(lowered_text[at + 1])]) {
      const auto& word = words_[number];
      const bool third = word.size() == 2 || (at + 2 < lowered_text.size() && word[2] == lowered_text[at + 2]);
      if (third && !found[number] && lowered_text.substr(at).starts_with(word)) found[number] = true;
    }
  }
  return found;
}

}  // namespace zielwerk::reader
