// Patterns over German words. RE2's \b and \w know ASCII only, so umlauts are folded first ("ä" -> "ae", "ß" -> "ss"): both are two bytes,
// so every place in the folded text is the same place in the text.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <re2/re2.h>

#include "reader/needed.h"

namespace zielwerk::reader {

inline re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

std::string folded(std::string_view text);
// The pattern for folded text; umlauts in character classes become alternatives: "[aä]" -> "(?:[a]|ae)".
std::string folded_pattern(std::string_view pattern);

// A pattern of RE2, compiled when it is first asked for. A broken one is a bug.
class LazyRe {
 public:
  explicit LazyRe(std::string written, bool with_case = true) : written_(std::move(written)), with_case_(with_case) {}
  const std::string& written() const { return written_; }
  const RE2& get() const;

 private:
  std::string written_;
  bool with_case_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<RE2> compiled_;
};

// A pattern that knows which words a text must have before it is worth compiling.
class NeedyRe {
 public:
  explicit NeedyRe(std::string written, bool with_case = true) : needed_(needed_by(written)), re_(std::move(written), with_case) {}
  bool may_match(std::string_view text) const { return needed_.empty() || has_needed(needed_, lowered(text)); }
  const Needed& needed() const { return needed_; }
  const RE2& re() const { return re_.get(); }

 private:
  Needed needed_;
  LazyRe re_;
};

// The same for folded text.
class Words {
 public:
  explicit Words(std::string_view pattern) : re_(folded_pattern(pattern)) {}
  bool in(std::string_view text) const { return match(text, RE2::UNANCHORED); }
  bool is(std::string_view text) const { return match(text, RE2::ANCHOR_BOTH); }
  bool may_match(std::string_view folded_text) const { return re_.may_match(folded_text); }
  const RE2& re() const { return re_.re(); }

 private:
  bool match(std::string_view text, RE2::Anchor anchor) const;
  NeedyRe re_;
};

}  // namespace zielwerk::reader
