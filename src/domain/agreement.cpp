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

const Goal* TargetAgreement::goal(std::string_view id) const {
  const auto found = std::find_if(goals.begin(), goals.end(), [&](const Goal& goal) { return goal.id == id; });
  return found == goals.end() ? nullptr : &*found;
}

}  // namespace zielwerk::domain
