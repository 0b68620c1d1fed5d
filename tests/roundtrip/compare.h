// What read(draft(x)) must say like x: everything the words carry. Not identities, quotes, evidence and reading tags. A Kennzahl that
// x does not name may be named, and the year of an implied reference may be stated.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace zielwerk::roundtrip {

// "Ziele · Integrationsquote (K2) · Wert: + 9,9 Prozent -> + 9,0 Prozent"; the part up to the colon names the kind of difference.
struct Mismatch {
  std::string field;  // "Ziele · Wert"
  std::string words;
};
std::vector<Mismatch> compare(const boost::json::object& written, const boost::json::object& read);

}  // namespace zielwerk::roundtrip
