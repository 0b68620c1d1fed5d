// Values on a line of their own ("K2 = 0,0 %", "Stagnation"), which a sentence says again or which are the target themselves.
#pragma once

#include "reader/observed.h"

namespace zielwerk::reader {

class StandingAlone : public Observed {
 protected:
  using Observed::Observed;

  struct Alone {
    Span raw;
    std::size_t block;
    std::string relation;
    base::Decimal value;
    std::string unit;
    std::string code;
    std::string text;
    Span number{};
  };

  bool value_line(std::size_t block);      // true: the block is such a line
  void attach_alone(TargetRead& target);   // the value before it that it says again
  // A short form that no sentence repeats is the target: a change, never a level (agreements.md, 0.1).
  void targets_standing_alone();

  std::vector<Alone> alone_;
  std::vector<TargetRead> targets_;
};

}  // namespace zielwerk::reader
