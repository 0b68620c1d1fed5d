// What was read of a paper, as tables: the fields with their words, what is open, what the check found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "evaluation/plausibility.h"
#include "reader/reader.h"
#include "report/table.h"

namespace zielwerk::report {

// Every field of the draft: value, words, line, how sure, and what to look at. `targets_only` leaves one row per target.
Table fields_table(const reader::Reading& reading, bool targets_only);
// An entry of a list of the exchange format ("targets") on one line: "Integrationsquote: mindestens +2,6 % zum Vorjahr 2023".
std::string entry_in_words(std::string_view list, const boost::json::value& entry);

Table open_points_table(const reader::Reading& reading);
// "18 Zahlen: 5 verwendet, 13 erklärt, 0 ungelesen" and, of the explained, why.
std::string number_balance(const reader::Reading& reading);
std::string number_reasons(const reader::Reading& reading);

Table findings_table(const std::string& of, const std::vector<evaluation::Finding>& findings);

}  // namespace zielwerk::report
