// Where the letters of a paper were damaged by a scanner, a PDF or a mail program: glyphs that were mended ("2O19", "p1ant"), words that are
// none ("rnit", "Eltem"), words and numbers that a line end tore. What such a sentence says is a guess: its values are never exact, and every
// such sentence with a number is an open point.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/target.h"

namespace zielwerk::reader {

struct Draft;

// Places in the document, in order.
std::vector<Span> damaged_places(std::string_view document, const std::vector<Block>& blocks);

// The damaged words within the spans, as a German reason; empty: none.
std::string damage_in(const Paper& paper, const std::vector<Span>& spans);

// The same of the words before the first target that say who agrees, and so of whom all targets are.
std::string damage_of_parties(const Paper& paper, std::size_t first_target);

// Traps and confidences of a target that was read from damaged words; `parties`: damage_of_parties.
void doubt_damaged(const Paper& paper, TargetRead& target, const std::string& parties);

// An open point for every damaged sentence, row or heading with a number.
void read_damage(Draft& draft);

}  // namespace zielwerk::reader
