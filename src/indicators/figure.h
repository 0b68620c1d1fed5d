// Figures: what an indicator counts, as data. § 2 Abs. 1 of the Kennzahlen regulation makes every figure a "Quotient aus einem
// Zähler und einem Nenner", so a row says what is counted above the line, what below, and over which months. Year to date is the
// same row over January … month. One evaluator serves the fifteen Kennzahlen, the figures that agreements name, and local ones.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact.h"
#include "base/month.h"
#include "base/problem.h"
#include "domain/fact.h"

namespace zielwerk::indicators {

using base::Exact;
using base::Month;

enum class Collect { Sum, Mean };

// Months t+first … t+last, collected.
struct Term {
  Collect collect = Collect::Sum;
  std::string measure;
  std::string group;
  int first = 0;
  int last = 0;
};

enum class Shape {
  Amount,                  // the numerator alone: a sum of flows, a mean of stocks
  Quotient,                // numerator / denominator
  MeanOfMonthlyQuotients,  // mean of the twelve monthly rates (K1E3, K1E4, K3E3, K3E4)
  GapBetweenSexes,         // |men - women| of the quotient, in Prozentpunkte
};

enum class Good { Up, Down, Neutral };

struct Figure {
  std::string code;
  std::string name;
  std::string paragraph;  // of the regulation; empty for figures that are not in it
  std::string words;      // the few that decide
  std::string gazette;    // Bundesgesetzblatt
  std::optional<Month> from;   // first and last Berichtsmonat this row is in force for
  std::optional<Month> until;
  Shape shape = Shape::Quotient;
  Term above;
  Term below;
  int factor = 100;              // of a quotient: 100 gives percent, 1 a plain ratio (places per coach)
  bool shown_as_change = false;  // K1, K1E1, K1E2, K3: (quotient - 1) x 100
  Good good = Good::Up;
  // A year-to-date value that grows towards the year's: a sum, or a sum over a stock. It has no verdict as a level before December.
  bool accumulates = false;

  bool in_percent() const { return shape != Shape::Amount && factor == 100; }
};

// How a value came about: every node can be recomputed from its arguments, the leaves are facts or constants. Printed by `explain`.
struct Derivation {
  std::string operation;  // sum, mean, quotient_percent, mean_of, gap, change_percent … (docs/formats/derivation.md)
  std::string label;      // German
  Exact value;
  std::vector<Derivation> arguments;
  const domain::FactRecord* fact = nullptr;  // a leaf that is a fact; valid while the history lives
  domain::SeriesKey series;                  // of a leaf
};

// A computed figure: in percent for quotas, in the measure's unit for amounts. Nothing is rounded.
struct Reading {
  Exact value;
  std::optional<Exact> above;  // of a mean of monthly rates: the sum of the rates in percent …
  std::optional<Exact> below;  // … and the number of months
};

// The figure of one Berichtsmonat as § 3 publishes it: the row's own months. Problems: data_state_missing, fact_missing,
// denominator_zero. `how` (may be null) receives the derivation.
base::Result<Reading> monthly(const Figure& figure, domain::Sex sex, const domain::FactLens& lens, Month month, Derivation* how = nullptr);

// Jahresfortschrittswert: the same row over January … month. Not for shown_as_change figures, whose change compares two of these.
base::Result<Reading> year_to_date(const Figure& figure, domain::Sex sex, const domain::FactLens& lens, Month month, Derivation* how = nullptr);

// The value of a single month: a stock at its Stichtag, a flow of the month.
base::Result<Reading> single_month(const Figure& figure, domain::Sex sex, const domain::FactLens& lens, Month month, Derivation* how = nullptr);

// Number of months the row looks back from the Berichtsmonat.
int months_needed(const Figure& figure);

}  // namespace zielwerk::indicators
