// Targets and forecasts as the exchange format writes them.
#pragma once

#include "reader/draft.h"
#include "reader/table.h"

namespace zielwerk::reader {

json::object target_json(const Draft& draft, const TargetRead& target, std::size_t index);
json::object forecast_json(const Draft& draft, const ValueRead& value, std::size_t index);

}  // namespace zielwerk::reader
