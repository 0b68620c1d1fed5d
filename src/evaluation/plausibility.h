// Plausibility before signing (handbook, section 6, "Checks before signing"): what a controller should look at again while it can
// still be changed. Findings are not errors of the file.
#pragma once

#include <string>
#include <vector>

#include "domain/agreement.h"
#include "indicators/catalogue.h"

namespace zielwerk::evaluation {

enum class Severity { Note, Warning, Contradiction };
std::string in_words(Severity severity);  // Hinweis, Warnung, Widerspruch

struct Finding {
  Severity severity;
  std::string code;     // IMPLIED_ELB_GROWTH …
  std::string where;    // "T1, T2" with line
  std::string message;  // a sentence a controller understands
};

struct Words {
  const domain::Vocabulary& vocabulary;
  const indicators::Declared& declared;
};

// Do the parts agree with a total, within the rounding that its words or its last digits show?
bool within_rounding(const domain::Budget& total, const base::Exact& parts);

std::vector<Finding> check(const domain::TargetAgreement& agreement, const Words& words);

}  // namespace zielwerk::evaluation
