// The exchange format's codes in German words: indicators, units, bindings, traps … For people who review what was read.
#pragma once

#include <string>
#include <string_view>

namespace zielwerk::report {

// "INTEGRATION_RATE" -> "Integrationsquote"; an unknown code stays as it is.
std::string in_words(std::string_view code);

// Ambiguity tags as sentences without a full stop: what a reviewer should look at.
std::string trap_in_words(std::string_view tag);

// "targets" -> "Ziele", "year" -> "Jahr": members of the exchange format as a reviewer calls them.
std::string field_in_words(std::string_view member);

}  // namespace zielwerk::report
