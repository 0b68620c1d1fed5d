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

// A person whom the words before the sections name together with an office or as Frau or Herr.
struct PersonNamed {
  std::string name;      // "Dr. Eike Harmsfeld"
  std::string function;  // nominative; empty: not said
  int party = -1;        // whose name stands last before it; -1: none
};
std::vector<PersonNamed> persons_named(const Paper& paper, const std::vector<PartyKnown>& parties);

std::vector<PartyKnown> known_parties(const Draft& draft);
int party_of_role(const std::string& label, const std::vector<PartyKnown>& parties);
int party_of(const std::string& label, const std::vector<PartyKnown>& parties);

}  // namespace zielwerk::reader
