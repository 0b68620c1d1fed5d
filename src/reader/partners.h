// Which parties words mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/draft.h"

namespace zielwerk::reader {

// Ids in the order of the parties: those named in full or by their abbreviation; where none is, those whose part in the agreement is named
// ("der kommunale Träger", "das Jobcenter"); "die Partner" are all.
std::vector<std::string> partners_named(const Draft& draft, std::string_view words);

}  // namespace zielwerk::reader
