// A document made ready for reading: text, blocks, what each section is about, and where numbers went. Every part of the reader works on it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/document.h"
#include "reader/blocks.h"
#include "reader/numerals.h"
#include "reader/plain.h"
#include "reader/rules.h"

namespace zielwerk::reader {

// What became of a number of the document (exactly one of the three).
struct NumberUse {
  Span raw;
  std::string text;
  enum class As { Used, Explained, Unread } as = As::Unread;
  std::string detail;  // the field that uses it ("targets[T1].value"), or why it is none ("LAW_REFERENCE")
};

struct OpenPoint {
  std::string code;     // number_unread, target_like_sentence, comparator_implied …
  std::string message;  // German, complete
  Span raw;
};

// A fragment that became a field.
struct Mark {
  Span raw;
  std::string field;       // "targets[T1].value"
  std::string confidence;  // exact | inferred | missing
  std::string reason;      // of inferred: from what
};

struct Paper {
  explicit Paper(const documents::Document& document);

  const documents::Document& document;
  std::string_view text;
  Positions positions;
  std::vector<Block> blocks;
  std::vector<std::vector<std::string>> roles;  // of each block: what the headings above it (and itself) are about, innermost first
  int year = 0;                                 // the agreement's; 0: not found
  int until = 0;                                // last year of its term; 0: only its own
  std::vector<NumberUse> numbers;               // of the whole document, by place
  std::vector<Span> damage;                     // places whose letters were damaged (reader/damage), by place
  std::vector<Span> understood;                 // sentences that one part has read whole; passages() leaves them out

  bool under(std::size_t block, std::string_view role) const;
  std::string_view quote(Span raw) const { return text.substr(raw.begin, raw.end - raw.begin); }
  // The first use wins over explanations, an explanation over nothing; a number is never in two classes.
  void use(Span raw, const std::string& field);
  void explain(Span raw, const std::string& why);

 private:
  void mark(Span raw, NumberUse::As as, const std::string& detail);
};

}  // namespace zielwerk::reader
