// The rule every store shares: which rows of a delivery are new, known, corrected or in conflict.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "store/store.h"

namespace zielwerk::store {

// What is known of one column; records ordered as in FactHistory.
using KnownRecords = std::function<std::span<const domain::FactRecord>(const domain::Column&)>;
using DescribePlace = std::function<std::string(const domain::FactRecord&)>;
// Receives the rows of one column that are to be kept, columns in ascending order of Jobcenter and series.
using KeepRows = std::function<void(const domain::Column&, std::span<const domain::FactRow>)>;

base::Checked<TakenOver> take_over(const domain::Delivery& delivery, const domain::FactTable& table, bool dry_run,
                                   const KnownRecords& known, const DescribePlace& describe, const KeepRows& keep);

}  // namespace zielwerk::store
