#include "reader/draft.h"

namespace zielwerk::reader {

void read_parts(Draft& draft) { (void)draft; }

}  // namespace zielwerk::reader
