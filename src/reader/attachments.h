// What later sentences add to a target: by when, on what condition, with what weight and tolerance, where, who answers for it, values on
// the way.
#pragma once

#include "reader/draft.h"
#include "reader/statement.h"

namespace zielwerk::reader {

// Reads a sentence that says more of `target`, the last one before it; false: it says nothing of the kind.
bool attach(const Draft& draft, const Statement& statement, TargetRead& target);

}  // namespace zielwerk::reader
