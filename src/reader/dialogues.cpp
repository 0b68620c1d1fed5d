#include "reader/draft.h"

namespace zielwerk::reader {

void read_dialogues(Draft& draft) { (void)draft; }

}  // namespace zielwerk::reader
