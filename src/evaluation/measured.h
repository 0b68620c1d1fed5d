// Measuring, before any judging: the level of this year, what it is compared with, and the value on the target's scale.
#pragma once

#include <optional>

#include "evaluation/evaluation.h"

namespace zielwerk::evaluation {

indicators::Derivation node(std::string operation, std::string label, const Exact& value, std::vector<indicators::Derivation> arguments);
indicators::Derivation constant(std::string label, const Exact& value);

std::string reason_of(const base::Problem& problem);  // "fact_missing: INT T 2020-04 (Ladestand 2020-06)"

// What is measured: the figure, whose, and whether over the year so far or in a single month (a stock at a date).
struct Measured {
  indicators::Subject subject;
  bool single_month = false;

  base::Result<indicators::Reading> read(const domain::FactHistory& facts, DataState state, Month month, indicators::Derivation* how) const;
};

// Problem measure_unknown: the code, or code and subgroup.
base::Result<Measured> measured(const domain::IndicatorRef& indicator, domain::Aggregation aggregation, Month month, const Sources& sources);

// One row's question: which value of which scale, for which month, read with which Wartezeit.
struct Question {
  const Measured& measured;
  domain::Scale scale;
  const std::optional<domain::Reference>& reference;  // absent: the previous year
  Month month;
  Waiting waiting;
  const Sources& sources;
  bool with_derivation;

  int years_back() const;
  Waiting waiting_then() const { return sources.waiting_last_year.value_or(waiting); }  // of what it is compared with
};

struct Measurement {
  indicators::Reading reading;
  std::optional<Exact> base;  // what a change compares with; absent for a level
  Exact value;                // on the target's scale, unrounded
  indicators::Derivation level_how;
  indicators::Derivation base_how;
};

// Problems: data_state_missing, fact_missing, denominator_zero, measure_unknown (a reference without a value). Both years are read
// with the same Wartezeit: "gleiche Ladestände" (handbook, section 5), unless Sources say otherwise.
base::Result<Measurement> measure(const Question& question);

// Fills the row's figures and, on request, their derivations. `places` are the decimals the value is shown with.
void show(Assessment& row, const Question& question, Measurement measurement, int places);

// The level at which the scale has that value, and the names of both operations in derivations.
Exact level_for(domain::Scale scale, const Exact& value, const std::optional<Exact>& base);
std::string level_operation(domain::Scale scale);

}  // namespace zielwerk::evaluation
