// The words of our own drafts (rules/draft_phrases.txt), recognised where a paper uses them: the clause beside the goals that a draft says
// with one phrase for one code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/draft.h"

namespace zielwerk::reader {

struct Phrase {
  std::string code;  // numbers of the words included: BUDGET_UTILISATION_2023
  Span span;         // in the text
};

// What a text says of one kind ("aim", "topic", "duty" …), by place; of phrases within each other the longest.
std::vector<Phrase> phrases_in(std::string_view kind, std::string_view text);
// The code whose words the text is, but for its first letter's case and its end mark; empty: none.
std::string phrase_of(std::string_view kind, std::string_view text);

std::vector<std::string> codes_of(std::string_view kind);  // that have words

// The words that drafts say for a code, without an end mark; empty: none.
std::string words_of(std::string_view code);

// Aims, framework, what is weighed, duties, documents, money and committees. Sentences that are understood so are set aside for the other parts.
void read_phrases(Draft& draft);

}  // namespace zielwerk::reader
