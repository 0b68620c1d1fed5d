// Two agreements side by side (years, rounds, neighbours): target by target, clause by clause. Targets are matched by what they are about,
// not by their numbers in the paper.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace zielwerk::drafting {

enum class Change { Added, Removed, Changed };
std::string in_words(Change change);  // "neu", "entfallen", "geändert"

struct Difference {
  std::string clause;   // "Ziele", "Monitoring", "Dialoge" …
  std::string subject;  // "Integrationsquote (K2)"
  std::string field;    // "Wert"; empty when the whole thing is new or gone
  Change change = Change::Changed;
  std::string before;   // in German words; empty: nothing
  std::string after;
};

// Exchange documents that fit the schema. Evidence, quotes, notes and identities are not compared; of signatures only places, dates and names.
std::vector<Difference> diff(const boost::json::object& before, const boost::json::object& after);

}  // namespace zielwerk::drafting
