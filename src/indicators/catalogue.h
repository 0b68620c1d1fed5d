// The fifteen figures of the regulation on Kennzahlen under § 48a SGB II (SGB2§48aFKV) with the dates they are in force for, and the
// figures that agreements name. When the law changes, the old row stays and gets an end; the new one begins the month after.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "indicators/figure.h"

namespace zielwerk::indicators {

// § 4 to § 6, in the order of the regulation; K2E3 has two rows with dates.
std::span<const Figure> regulation();

// The row in force for that Berichtsmonat; nullptr for an unknown code or a month before the regulation (2010-08).
const Figure* kennzahl(std::string_view code, Month month);

// A figure that the user declared for a local goal; its code is the indicator code agreements use.
using Declared = std::vector<Figure>;

// What an agreement's indicator measures: the figure, and whose.
struct Subject {
  Figure figure;
  domain::Sex sex = domain::Sex::T;
};

// From the exchange code of an agreement (INTEGRATION_RATE, subgroup LZB) to its figure; nullopt if the code or the subgroup is not
// known. `month` selects the version in force.
std::optional<Subject> subject(std::string_view code, std::string_view subgroup, Month month, const domain::Vocabulary& vocabulary,
                               const Declared& declared);

// Codes of subject(), built-in ones, for help texts.
std::vector<std::string> agreement_codes();

}  // namespace zielwerk::indicators
