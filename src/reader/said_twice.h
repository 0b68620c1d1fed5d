// "fünfzig (60) Personen": a number in words and in figures says one value twice, and must say the same.
#pragma once

#include "reader/draft.h"

namespace zielwerk::reader {

// The figure counts as used with its word. Where the two differ it is an open point (number_word_differs), and what was read from either is
// a guess. After everything else was read.
void compare_words_with_figures(Draft& draft);

}  // namespace zielwerk::reader
