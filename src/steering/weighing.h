// Berücksichtigung: the clauses of the agreement with their words, the facts filed under them, and what the sides made of it for each
// target. A weighing stands beside the verdict and never changes it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "steering/record.h"

namespace zielwerk::steering {

// Sachverhalt.
struct FiledFact {
  std::string subject;   // S1
  std::string clause;
  std::string date;
  std::string text;
  std::string source;
  std::string evidence;  // checksum of a kept file
  std::string side;
  bool shared = false;
};

struct Clause {
  std::string id;
  std::string words;  // of the agreement
  std::string applies_to;
  std::vector<FiledFact> facts;
};
std::vector<Clause> clauses(const Record& record, const domain::TargetAgreement& terms);

// Abwägung zu einem Ziel.
struct Weighing {
  std::string target;
  std::vector<std::string> clauses;
  std::vector<std::string> facts;
  std::string effect;  // "3.1 Prozentpunkte"; empty: not quantified
  std::string reason;
  std::string judgement;  // als_erreicht, als_nicht_erreicht, keine_bewertung
  int act = 0;
  std::vector<std::string> missing;  // sides whose second person has not agreed
  bool counts = false;
};
// The one in force, else the newest proposal.
std::vector<Weighing> weighings(const Record& record, const domain::TargetAgreement& terms);

// "rechnerisch nicht erreicht, unter Berücksichtigung von „Abweichungen …“ als erreicht bewertet". `status`: of the verdict, as in the
// exchange format (erreicht, nicht_erreicht, nicht_bewertbar, offen).
std::string sentence(const Weighing& weighing, const std::string& status, const domain::TargetAgreement& terms);
std::string verdict_words(const std::string& status);  // "rechnerisch nicht erreicht"

}  // namespace zielwerk::steering
