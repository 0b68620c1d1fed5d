#include "domain/agreement.h"

#include <algorithm>

namespace zielwerk::domain {

std::string sign(Bound bound) {
  switch (bound) {
    case Bound::AtLeast: return ">=";
    case Bound::AtMost: return "<=";
    case Bound::MoreThan: return ">";
    case Bound::LessThan: return "<";
    case Bound::Equal: break;
  }
  return "=";
}

std::string in_words(Bound bound) {
  switch (bound) {
    case Bound::AtLeast: return "mindestens";
    case Bound::AtMost: return "höchstens";
    case Bound::MoreThan: return "mehr als";
    case Bound::LessThan: return "weniger als";
    case Bound::Equal: break;
  }
  return "genau";
}

int places_of(const base::Decimal& value, const std::string& unit) {
  const int written = value.normalised().places;
  return unit == "PERCENT" || unit == "PERCENTAGE_POINT" ? std::max(1, written) : written;
}

TargetAgreement amended(TargetAgreement terms, const TargetAgreement& amendment) {
  std::erase_if(terms.targets, [&](const Target& target) {
    return std::find(amendment.amends->deleted.begin(), amendment.amends->deleted.end(), target.id) != amendment.amends->deleted.end();
  });
  const auto merge = [](auto& all, const auto& changed) {
    for (const auto& one : changed) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const auto& other) { return other.id == one.id; });
      if (same == all.end()) {
        all.push_back(one);
      } else {
        *same = one;
      }
    }
  };
  merge(terms.targets, amendment.targets);
  merge(terms.monitoring, amendment.monitoring);
  merge(terms.forecasts, amendment.forecasts);
  merge(terms.qualitative, amendment.qualitative);
  merge(terms.programmes, amendment.programmes);
  merge(terms.budgets, amendment.budgets);
  merge(terms.goals, amendment.goals);
  if (!amendment.milestones.empty()) terms.milestones = amendment.milestones;
  merge(terms.considerations, amendment.considerations);
  merge(terms.documents, amendment.documents);
  merge(terms.committees, amendment.committees);
  if (amendment.dialogues) terms.dialogues = amendment.dialogues;
  if (amendment.waiting) terms.waiting = amendment.waiting;
  if (amendment.names_final_values) {
    terms.names_final_values = true;
    terms.final_waiting = amendment.final_waiting;
  }
  terms.signatures = amendment.signatures;
  terms.parties = amendment.parties;
  terms.title = amendment.title;
  terms.document_sha256 = amendment.document_sha256;
  terms.amends = amendment.amends;
  return terms;
}

const Goal* TargetAgreement::goal(std::string_view id) const {
  const auto found = std::find_if(goals.begin(), goals.end(), [&](const Goal& goal) { return goal.id == id; });
  return found == goals.end() ? nullptr : &*found;
}

}  // namespace zielwerk::domain
