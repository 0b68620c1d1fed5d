#include "reader/draft.h"

namespace zielwerk::reader {

void read_qualitative(Draft& draft) { (void)draft; }

}  // namespace zielwerk::reader
