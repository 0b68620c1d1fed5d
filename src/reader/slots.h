// What goes with a number of a sentence: the quantity it belongs to, the group, the words of direction and bound, the reference and the time.
#pragma once

#include "reader/target.h"
#include "reader/words.h"

namespace zielwerk::reader {

void add_trap(TargetRead& target, const std::string& trap);
// What the words around a quantity add to its name: costs of housing a month, the advice that is waited for.
void specify(std::string& code, std::string& subgroup, std::string_view around);

class Slots {
 public:
  Slots(const Statement& statement, const std::optional<Quantity>& quantity, const Stance& lead) : s_(statement), inherited_(quantity), lead_(lead), words_(statement.text.text()) {}

 protected:
  Stance stance_of(Span span) const;
  bool firm() const;
  // A sentence in the present tense agrees on something only where targets stand: below a goal's heading, or with a bound.
  bool agreed(const Stance& stance) const;
  // "Mehr als die Hälfte aller Integrationen beendet den Leistungsbezug": a percentage that is no change belongs to a share.
  bool level_of_share(const Numeral& number) const;
  bool other_share(const Finding& finding) const;
  // The indicator that a number belongs to: before it in the sentence, else right behind it, else what the sentence inherits.
  std::optional<Quantity> quantity_of(const Numeral& number) const;
  // The group: between the indicator and the number, or in the number's own clause.
  std::string group_of(const Numeral& number, const Quantity& quantity) const;
  // "mindestens 240, im Jahr 2015 mindestens 260 Alleinerziehende": the noun stands behind the second number only.
  bool elliptic(const Numeral& number, const Numeral& next) const;
  std::size_t first_candidate() const;
  static std::string group_for(const std::string& code, const std::string& group);
  const Finding* direction_of(const Numeral& number) const;
  std::string bound_of(const Numeral& number) const;
  bool way(const Numeral& number, std::string_view wanted) const;
  bool clean(std::size_t from, std::size_t to) const;
  const Finding* reference_of(const Numeral* number) const;
  // "Ende Dezember 2018" of the agreement's own year is a time, not a reference.
  bool plain_year_end(const Finding& finding) const;
  void fill_reference(TargetRead& target, const Finding* finding, bool needed) const;
  void fill_time(TargetRead& target, const IndicatorRow& row, const Quantity& quantity, Span at) const;
  void fill_month(TargetRead& target, const Finding& time) const;
  void fill_range(TargetRead& target) const;
  void fill_code(TargetRead& target, const Quantity& quantity, const std::string& group) const;

  const Statement& s_;
  const std::optional<Quantity>& inherited_;
  const Stance& lead_;
  const std::string& words_;
  std::vector<std::size_t> candidates_;  // numbers that may be a value
};

}  // namespace zielwerk::reader
