#include "reader/draft.h"

namespace zielwerk::reader {

void read_tensions(Draft& draft) { (void)draft; }

}  // namespace zielwerk::reader
