// The document of an offer: last year's agreement, or the last round, with other values. A controller types values and reasons; everything
// else is carried over, and what cannot hold in another year is left out rather than guessed.
#pragma once

#include <map>
#include <string>

#include <boost/json/object.hpp>

#include "base/problem.h"

namespace zielwerk::drafting {

// Agreement of one year -> draft of the next: years of term, targets, references and milestones move on; amounts, forecasts, signatures
// and what it amended stay behind.
boost::json::object for_next_year(boost::json::object document);

// Other values for targets: id -> signed value ("3.5", "-0,4"). Bound and scale stay; direction and words follow the value, and what said
// the old value again goes. `name` is what the round is called as a paper. Problems, all at once: target_unknown, value_invalid.
base::Checked<boost::json::object> with_values(boost::json::object document, const std::map<std::string, std::string>& values, const std::string& name);

}  // namespace zielwerk::drafting
