// What the head of a column says its cells are.
#pragma once

#include <string>
#include <string_view>

namespace zielwerk::reader {

enum class Column { Label, Value, Proposal, Change, Forecast, Previous, Bound, Weight, Capacity, Money, Unit, Empty, Other };

struct Head {
  Column kind = Column::Label;
  int year = 0;
  std::string group;
  std::string bound;
  bool said = false;  // the head itself calls it a target
};

bool speaks_of_forecast(std::string_view text);
int year_in(std::string_view text);  // the first; 0: none
Head head_of(std::string_view text, int agreement_year);

}  // namespace zielwerk::reader
