#include "reader/draft.h"

namespace zielwerk::reader {

void read_budgets(Draft& draft) { (void)draft; }

}  // namespace zielwerk::reader
