// A cell of figures as a FactValue.
#pragma once

#include <optional>

#include "base/problem.h"
#include "domain/fact.h"
#include "intake/sheet.h"

namespace zielwerk::intake {

// The shortest decimal that is the same double ("3879.5", never 3879.499999…); nullopt beyond 9 decimals or 18 digits.
std::optional<base::Decimal> shortest_decimal(std::string_view number);

// "1.234,5" and "1234,5"; a point only before groups of three, so "1.5" is nothing.
std::optional<base::Decimal> parse_german_number(std::string_view text);

// nullopt: the cell is empty, which is missing and never 0. Problem value_invalid says what was found; its `where` is the caller's.
base::Result<std::optional<domain::FactValue>> cell_value(const Cell& cell);

}  // namespace zielwerk::intake
