#include "reader/draft.h"

namespace zielwerk::reader {

void read_parties(Draft& draft) { (void)draft; }

}  // namespace zielwerk::reader
