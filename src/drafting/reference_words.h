// When the result of a target is measured, what it is compared with, and the terms that stand beside it.
#pragma once

#include <string>

#include "drafting/manuscript.h"

namespace zielwerk::drafting {

// "im Jahr 2021", "am Jahresende 2018", "im Dezember 2021"; `natural` is the aggregation that needs no words. The adjective
// "jahresdurchschnittlich" stands with the indicator.
std::string time_words(Manuscript& paper, const Part& target, const std::string& natural);

struct ReferenceWords {
  std::string against;     // "gegenüber dem Vorjahr"
  std::string dative;      // "dem Wert des Vorjahres"
  std::string accusative;  // "den Wert des Vorjahres"
};
ReferenceWords reference_words(Manuscript& paper, const Part& target);

// " (Ausgangswert 2020: 3.412)" beside a level; empty without reference.
std::string base_value_words(Manuscript& paper, const Part& target);

}  // namespace zielwerk::drafting
