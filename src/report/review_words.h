// The exchange format's codes in German words: indicators, units, bindings, traps … For people who review what was read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::report {

// "INTEGRATION_RATE" -> "Integrationsquote"; an unknown code stays as it is.
std::string in_words(std::string_view code);

// What targets measure: the codes that have words here.
std::vector<std::string> indicator_codes();

// Ambiguity tags as sentences without a full stop: what a reviewer should look at.
std::string trap_in_words(std::string_view tag);

// What to do about an open point of a reading, by its code; a sentence.
std::string advice(std::string_view open_point);

// One value of a correction, which are kept as JSON: "PERCENT" -> %, 3.1 -> 3,1; objects and lists stay.
std::string kept_in_words(std::string_view kept);

// "targets" -> "Ziele", "year" -> "Jahr": members of the exchange format as a reviewer calls them.
std::string field_in_words(std::string_view member);

}  // namespace zielwerk::report
