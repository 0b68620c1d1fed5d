// Agreements that change another: what they change, and since when.
#pragma once

#include "reader/draft.h"

namespace zielwerk::reader {

// agreement.amends of an amendment; null stays null. After the targets, before the signatures.
void read_amendment(Draft& draft);
// Signed after it takes effect: retroactive. After the signatures.
void settle_amendment(Draft& draft);
// triggers (what happens when something occurs) and reporting (who tells whom, when). After the parties.
void read_triggers(Draft& draft);

}  // namespace zielwerk::reader
