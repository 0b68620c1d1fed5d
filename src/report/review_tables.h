// What was read of a paper, as tables: the fields with their words, what is open, what the check found.
#pragma once

#include <string>
#include <vector>

#include "evaluation/plausibility.h"
#include "reader/reader.h"
#include "report/table.h"

namespace zielwerk::report {

// Every field of the draft: value, words, line, how sure, and what to look at. `targets_only` leaves one row per target.
Table fields_table(const reader::Reading& reading, bool targets_only);
Table open_points_table(const reader::Reading& reading);
// "18 Zahlen: 5 verwendet, 13 erklärt, 0 ungelesen" and, of the explained, why.
std::string number_balance(const reader::Reading& reading);
std::string number_reasons(const reader::Reading& reading);

Table findings_table(const std::string& of, const std::vector<evaluation::Finding>& findings);

}  // namespace zielwerk::report
