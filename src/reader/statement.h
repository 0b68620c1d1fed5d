// One sentence, list item or row of a table, looked at for what it says about a quantity: what it is about, which way, how firmly, compared
// with what, and which of its numbers can be a value at all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reader/paper.h"

namespace zielwerk::reader {

// What a stretch of a sentence is: something agreed, or one of the things that only look like it.
struct Stance {
  std::string role;   // ZIEL, PROGNOSE, ERGEBNIS …; empty: nothing said
  bool weak = false;  // ZIEL by the present tense alone
  const Rule* rule = nullptr;
};

struct Statement {
  const Paper* paper = nullptr;
  std::size_t block = 0;
  Plain text;
  std::vector<Finding> indicators;  // longest at each place
  std::vector<Finding> groups, directions, bounds, ways, references, times, waitings, roles;
  std::vector<Numeral> numbers;     // all; `explained` says which are none
  std::vector<Span> clauses;

  Statement(const Paper& paper, std::size_t block, Plain text);

  std::size_t clause_at(std::size_t position) const;
  Stance stance(std::size_t position, const Stance& lead) const;  // what holds at a place; `lead` is what a sentence before the list said
  bool has_role(std::string_view role) const;
  const Finding* role(std::string_view role) const;

 private:
  void explain_numbers();
};

// Findings without those that lie inside a longer one; of equal ones the first.
std::vector<Finding> longest(std::vector<Finding> found);

}  // namespace zielwerk::reader
