// Whether a number of a sentence is a change or a level, and which way the change goes.
#pragma once

#include "reader/slots.h"

namespace zielwerk::reader {

class Movement : public Slots {
 protected:
  using Slots::Slots;

  bool change_of(const Numeral& number, const Quantity& quantity, const Finding* direction, const IndicatorRow& row) const;
  // "Der Anstieg der Quote beträgt 2 %", "der Zuwachs wird auf 2 % begrenzt"; a count or a sum has no level in percent at all.
  bool growth_of(const Numeral& number, const Quantity& quantity, const IndicatorRow& row) const;
  // "Thüringen weist für 2018 eine Quote von 27,7 % aus": present tense, but of a year gone by.
  bool of_earlier_year() const;
  // "Der Anstieg der Zahl … soll 0,5 Prozent nicht übersteigen": the noun says which way, the verb is a bound.
  const Finding* growth_word(const Quantity& quantity) const;
  // "der Anteil der Frauen an den Integrationen": a share of people has no code of its own, and is no change of their number either.
  bool share_of(const Quantity& quantity, const IndicatorRow& row) const;
  // "übersteigt 900 nicht", "überschreitet 15 Tage nicht", "unter 7.000 sinken": verbs that are bounds of a level.
  void level_bound(const Finding* direction, Wording& wording) const;

  bool only_short_form_ = false;  // the short form is all the sentence says: a change, never a level
};

}  // namespace zielwerk::reader
