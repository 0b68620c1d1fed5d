#include "reader/words.h"

#include <array>
#include <utility>

namespace zielwerk::reader {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> folds = {{{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}}};

std::string_view fold_at(std::string_view text, std::size_t at) {
  if (text[at] != '\xC3') return {};
  for (const auto& [from, to] : folds) {
    if (text.substr(at, 2) == from) return to;
  }
  return {};
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result(text);
  for (std::size_t at = 0; at + 1 < result.size(); ++at) {
    const auto to = fold_at(text, at);
    if (!to.empty()) result.replace(at, 2, to);
  }
  return result;
}

std::string folded_pattern(std::string_view written) {
  // "[^.;]" means "within the sentence": a point inside a number ("1.150") does not end one.
  std::string pattern;
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (written.substr(at, 5) == "[^.;]") {
      pattern += "(?:[^.;]|\\.\\d)";
      at += 4;
    } else {
      pattern += written[at];
    }
  }
  std::string result;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '\\' && at + 1 < pattern.size()) {
      result += pattern.substr(at, 2);
      ++at;
      continue;
    }
    if (pattern[at] == '[') {
      auto end = at + 1;
      while (end < pattern.size() && (pattern[end] != ']' || pattern[end - 1] == '\\' || end == at + 1)) ++end;
      std::string rest, others;
      for (auto k = at + 1; k < end; ++k) {
        const auto to = fold_at(pattern, k);
        if (to.empty()) {
          rest += pattern[k];
        } else {
          others += "|" + std::string(to);
          ++k;
        }
      }
      // A negated class excludes letters by their folded form already.
      const auto letters = "[" + rest + "]";
      if (others.empty() || rest.starts_with("^")) result += letters;
      else result.append("(?:").append(rest.empty() ? std::string() : letters).append(rest.empty() ? others.substr(1) : others).append(")");
      at = end;
      continue;
    }
    const auto to = fold_at(pattern, at);
    if (to.empty()) {
      result += pattern[at];
    } else {
      // An optional or repeated umlaut repeats as one.
      result += "(?:" + std::string(to) + ")";
      ++at;
    }
  }
  return result;
}

const RE2& LazyRe::get() const {
  std::call_once(once_, [&] {
    RE2::Options options;
    options.set_case_sensitive(with_case_);
    options.set_log_errors(false);
    compiled_ = std::make_unique<RE2>(written_, options);
  });
  return *compiled_;
}

bool Words::match(std::string_view text, RE2::Anchor anchor) const {
  const auto even = folded(text);
  return may_match(even) && re().Match(even, 0, even.size(), anchor, nullptr, 0);
}

}  // namespace zielwerk::reader
