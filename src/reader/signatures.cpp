#include "reader/draft.h"

namespace zielwerk::reader {

void read_signatures(Draft& draft) { (void)draft; }

}  // namespace zielwerk::reader
