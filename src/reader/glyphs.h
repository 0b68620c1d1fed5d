// Letters and digits that a scanner takes for each other: "l,2 %", "2O19", "p1ant". Only what cannot be anything else is mended; each letter
// stays one byte, so that places in the text stay the same. What was mended is a guess all the same (reader/damage).
#pragma once

#include <string>

namespace zielwerk::reader {

// From that place on, and in the word that it cuts.
void mend_glyphs(std::string& text, std::size_t from);

}  // namespace zielwerk::reader
