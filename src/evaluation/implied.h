// What an offered Integrationsquote means in persons: the Integrationen it needs, and the development of the ELB it assumes (handbook,
// section 6). Exact, and cheap enough to be asked with every key that is typed.
#pragma once

#include <optional>

#include "base/exact.h"

namespace zielwerk::evaluation {

using base::Exact;

struct Offered {
  std::optional<Exact> rate_change;   // K2, percent on last year
  std::optional<Exact> count_change;  // Integrationen, percent on last year
};

// Last year, on equal Ladestände.
struct LastYear {
  Exact integrations;
  Exact stock;                          // mean ELB
  std::optional<Exact> stock_before;    // the year before that, for the trend
};

struct Implied {
  std::optional<Exact> rate;             // in percent
  std::optional<Exact> integrations;     // that the offered count asks for
  std::optional<Exact> at_equal_stock;   // Integrationen that the offered rate needs if the ELB stay as they are
  std::optional<Exact> at_trend;         // … if they go on changing as they did
  std::optional<Exact> stock_growth;     // percent by which the ELB change if both offers are to come true
  std::optional<Exact> stock;            // mean ELB that goes with it
  std::optional<Exact> growth_at_equal_integrations;  // percent: the rate alone, with as many Integrationen as last year
};

// Nothing where the offer or last year do not say it; a rate change of -100 percent implies nothing.
Implied implied(const Offered& offered, const LastYear& last);

}  // namespace zielwerk::evaluation
