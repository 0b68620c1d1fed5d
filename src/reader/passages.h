// Where the parts of an agreement look for words: its sentences with their places, and patterns over German words that say where they matched.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/paper.h"
#include "reader/words.h"

namespace zielwerk::reader {

struct Passage {
  std::size_t block = 0;
  Plain text;            // one sentence; of a row: one sentence of a cell
  std::size_t cell = 0;
};

// Every sentence of the paper in order. Furniture and headings are none; an annex that is not part of the agreement neither, nor
// what a part has read whole.
std::vector<Passage> passages(const Paper& paper);

// Groups of the first match at or after `from`; [0] is all of it. Empty: no match. A group that took no part is an empty span.
std::vector<Span> match(const Words& pattern, std::string_view text, std::size_t from = 0);

std::string cut(std::string_view text, Span span);  // without blanks at the ends

// Words as a paper inflects them -> nominative: "dem Sächsischen Staatsministerium", "des Landkreises X", "den Vorsitzenden der …".
std::string nominative_name(std::string name);
// `article`: the word before ("den", "der", "die"), which tells "Vorsitzenden" of a man from that of a woman.
std::string nominative_function(std::string function, std::string_view article);

// A person's name: "Prof. Dr. Urs Feldkamp", "Jörg-Peter Wanninger". One pattern for heads and signatures; it has no groups.
extern const std::string person_pattern;
// An office: "Erste Kreisbeigeordnete", "Vorsitzender der Geschäftsführung". No groups.
extern const std::string office_pattern;

// "Dr. Edmund Heller" -> "Heller"
std::string surname(std::string_view person);

}  // namespace zielwerk::reader
