#include "reader/target.h"

namespace zielwerk::reader {
namespace {

base::Decimal negative(base::Decimal value) {
  if (value.digits > 0) value.digits = -value.digits;
  return value;
}

}  // namespace

void settle(TargetRead& target, const Wording& wording) {
  const auto* row = rule_book().indicator(target.code);
  const bool high = !row || row->high_is_good;
  const std::string by_polarity = high ? ">=" : "<=";
  target.literal = wording.bound.empty() ? "=" : wording.bound;
  target.explicit_bound = !wording.bound.empty();
  const bool change = target.measure == "RELATIVE_CHANGE" || target.measure == "POINT_CHANGE" || target.measure == "ABSOLUTE_CHANGE";
  if (target.low) {
    // Over-fulfilment counts as reached: the bound nearer to "worse" decides.
    const bool down = change && (wording.sign < 0 || (wording.sign == 0 && !high));
    if (!wording.deciding.empty()) {
      const bool lower = wording.deciding == "LOWER";
      target.value = lower ? *target.low : *target.high;
      target.signed_value = down ? negative(target.value) : target.value;
      target.effective = lower == down ? "<=" : ">=";
      target.direction = "CORRIDOR";
      return;
    }
    const auto deciding = down ? (high ? *target.high : *target.low) : (high ? *target.low : *target.high);
    target.value = deciding;
    target.signed_value = down ? negative(deciding) : deciding;
    target.effective = by_polarity;
    target.direction = "CORRIDOR";
    return;
  }
  if (!change) {
    target.signed_value = target.value;
    target.effective = wording.bound.empty() ? by_polarity : wording.bound;
    // "mindestens Rang 10", "mindestens Note 2,5": at least as good, and the smaller number is better.
    if ((target.measure == "RANK" || target.unit == "GRADE") && wording.bound == ">=") target.effective = "<=";
    target.direction = target.effective[0] == '>' ? "LEVEL_MIN" : "LEVEL_MAX";
    if (target.measure == "RATIO") target.direction = "INCREASE";
    return;
  }
  if (wording.hold || target.value.digits == 0) {
    target.signed_value = target.value;
    target.effective = wording.bound.empty() || wording.bound == "=" ? by_polarity : wording.bound;
    target.direction = "HOLD";
    return;
  }
  // No word of direction: success is the direction ("Veränderung 2,0 %" of a rate).
  const int sign = wording.sign != 0 ? wording.sign : high ? 1 : -1;
  target.signed_value = sign < 0 ? negative(target.value) : target.value;
  const bool down = sign < 0;
  if (wording.bound.empty()) {
    target.effective = by_polarity;
    target.direction = down ? (high ? "LIMIT_DECREASE" : "DECREASE") : (high ? "INCREASE" : "LIMIT_INCREASE");
    return;
  }
  const bool at_least = wording.bound[0] == '>';
  const bool strict = wording.bound.size() == 1;
  // "sinkt um mindestens 2 %" is -2 or lower; "sinkt um nicht mehr als 2 %" is -2 or higher. Of a number that bears the minus itself success
  // decides: "maximal -1,5 %" and "mindestens -1,5 %" of what shall be low are both -1.5 or lower.
  target.effective = wording.minus ? (high ? (strict ? ">" : ">=") : (strict ? "<" : "<="))
                   : (at_least != down) ? (strict ? ">" : ">=") : (strict ? "<" : "<=");
  target.direction = at_least ? (down ? "DECREASE" : "INCREASE") : (down ? "LIMIT_DECREASE" : "LIMIT_INCREASE");
}

}  // namespace zielwerk::reader
