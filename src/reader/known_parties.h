// The parties of a paper as a signature names them: by name, abbreviation or role.
#pragma once

#include <string>
#include <vector>

#include "reader/draft.h"

namespace zielwerk::reader {

struct PartyKnown {
  std::string id, role, name, abbr, person, function;
};

// One who signs, with the date that belongs to the name.

std::vector<PartyKnown> known_parties(const Draft& draft);
int party_of_role(const std::string& label, const std::vector<PartyKnown>& parties);
int party_of(const std::string& label, const std::vector<PartyKnown>& parties);

}  // namespace zielwerk::reader
