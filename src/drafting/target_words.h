// A Zielwert in words: one sentence that says indicator, subgroup, period, reference, bound, number, unit and direction, and sentences
// for what goes with it. What the sentence cannot say without doubt is a problem.
#pragma once

#include <string>

#include "drafting/manuscript.h"

namespace zielwerk::drafting {

// "Integrationsquote der Frauen (K2_F)", with its article if wanted.
std::string indicator_phrase(const Part& indicator, bool with_article);

// "9,9 Prozent", "50 Integrationen", "1 Arbeitstag"; `counted` says what a COUNT counts and may be empty.
std::string quantity(const Manuscript& paper, const base::Decimal& value, const std::string& unit, const std::string& counted, bool signed_value = false);

// "Das Ziel ist erreicht, wenn die Integrationsquote (K2) im Jahr 2021 gegenüber dem Vorjahr um mindestens 9,9 Prozent steigt."
std::string target_sentence(Manuscript& paper, const Part& target);

// Condition, weight, deadline, tolerance, responsible party, place, milestones.
std::string target_terms(Manuscript& paper, const Part& target);

// For tables: a plain level of the agreement's year without further terms.
bool fits_table(const Manuscript& paper, const Part& target);
struct TableWords {
  std::string measure;  // "Bestand an Langzeitleistungsbeziehenden im Jahresdurchschnitt"
  std::string bound;    // ">=", "=" …
  std::string value;    // "7.331"
};
TableWords table_words(Manuscript& paper, const Part& target);

}  // namespace zielwerk::drafting
