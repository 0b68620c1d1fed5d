#include "indicators/figure.h"

#include <algorithm>

#include <fmt/format.h>

namespace zielwerk::indicators {
namespace {

using base::Result;
using domain::FactLens;
using domain::Sex;

// First and last month of a term.
struct Window {
  Month first;
  Month last;
};

void describe(Derivation* how, std::string operation, std::string label, const Exact& value) {
  if (!how) return;
  how->operation = std::move(operation);
  how->label = std::move(label);
  how->value = value;
}

Derivation* argument(Derivation* how) { return how ? &how->arguments.emplace_back() : nullptr; }

std::string months_text(const Window& months) {
  return months.first == months.last ? months.last.text() : months.first.text() + " … " + months.last.text();
}

Result<Exact> amount(const Term& term, Sex sex, const FactLens& lens, const Window& months, Derivation* how) {
  const domain::SeriesKey key{term.measure, sex, term.group};
  const auto series = lens.series(key);
  if (!series) return tl::unexpected(series.error());
  base::DecimalSum sum;
  for (Month month = months.first; month <= months.last; month = month + 1) {
    const auto fact = series->at(month);
    if (!fact) return tl::unexpected(fact.error());
    sum.add((*fact)->value.number);
    if (how) {
      auto* leaf = argument(how);
      describe(leaf, "fact", fmt::format("{} {}", key.text(), month.text()), (*fact)->value.number.exact());
      leaf->fact = *fact;
      leaf->series = key;
    }
  }
  const Exact value = term.collect == Collect::Mean ? Exact(sum.exact() / (months.last - months.first + 1)) : sum.exact();
  if (how) {
    const char* word = term.collect == Collect::Mean ? "Durchschnitt" : "Summe";
    describe(how, term.collect == Collect::Mean ? "mean" : "sum", fmt::format("{} {} {}", word, key.text(), months_text(months)), value);
  }
  return value;
}

Result<Reading> quotient(const Figure& figure, Sex sex, const FactLens& lens, const Window& above_months, const Window& below_months,
                         Derivation* how) {
  const auto above = amount(figure.above, sex, lens, above_months, argument(how));
  if (!above) return tl::unexpected(above.error());
  const auto below = amount(figure.below, sex, lens, below_months, argument(how));
  if (!below) return tl::unexpected(below.error());
  if (*below == 0) {
    const domain::SeriesKey key{figure.below.measure, sex, figure.below.group};
    return base::problem("denominator_zero", fmt::format("Der Nenner {} ist 0 ({}).", key.text(), months_text(below_months)),
                         fmt::format("{} {}", key.text(), below_months.last.text()));
  }
  Reading reading{*above / *below * figure.factor, *above, *below};
  if (figure.shown_as_change) reading.value -= 100;
  describe(how, figure.shown_as_change ? "change_percent" : figure.factor == 100 ? "quotient_percent" : "ratio",
           figure.code + (figure.factor == 100 ? " in Prozent" : ""), reading.value);
  return reading;
}

Result<Reading> mean_of_quotients(const Figure& figure, Sex sex, const FactLens& lens, const Window& months, Derivation* how) {
  // What is missing is said before any division: first above the line, then below.
  for (const auto* term : {&figure.above, &figure.below}) {
    const auto complete = amount(*term, sex, lens, {months.first + term->last, months.last + term->last}, nullptr);
    if (!complete) return tl::unexpected(complete.error());
  }
  Exact total = 0;
  for (Month month = months.first; month <= months.last; month = month + 1) {
    const auto rate = quotient(figure, sex, lens, {month + figure.above.last, month + figure.above.last},
                               {month + figure.below.last, month + figure.below.last}, argument(how));
    if (!rate) return rate;
    total += rate->value;
  }
  const Exact mean = total / (months.last - months.first + 1);
  describe(how, "mean_of", fmt::format("Durchschnitt der Monatsraten {}", months_text(months)), mean);
  return Reading{mean, total, Exact(months.last - months.first + 1)};
}

// Computes the figure over the windows that `window(term)` gives; `rates` are the months of a mean of monthly rates.
template <class WindowOf>
Result<Reading> over(const Figure& figure, Sex sex, const FactLens& lens, WindowOf window, const Window& rates, Derivation* how) {
  switch (figure.shape) {
    case Shape::Amount: {
      const auto value = amount(figure.above, sex, lens, window(figure.above), how);
      if (!value) return tl::unexpected(value.error());
      return Reading{*value, std::nullopt, std::nullopt};
    }
    case Shape::Quotient: return quotient(figure, sex, lens, window(figure.above), window(figure.below), how);
    case Shape::MeanOfMonthlyQuotients: return mean_of_quotients(figure, sex, lens, rates, how);
    case Shape::GapBetweenSexes: {
      const auto men = quotient(figure, Sex::M, lens, window(figure.above), window(figure.below), argument(how));
      if (!men) return men;
      const auto women = quotient(figure, Sex::F, lens, window(figure.above), window(figure.below), argument(how));
      if (!women) return women;
      const Exact gap = abs(Exact(men->value - women->value));
      describe(how, "gap", "Abstand zwischen Männern und Frauen in Prozentpunkten", gap);
      return Reading{gap, std::nullopt, std::nullopt};
    }
  }
  throw base::Bug("a figure of unknown shape");
}

}  // namespace

Result<Reading> monthly(const Figure& figure, Sex sex, const FactLens& lens, Month month, Derivation* how) {
  const auto own_months = [&](const Term& term) { return Window{month + term.first, month + term.last}; };
  return over(figure, sex, lens, own_months, {month - 11, month}, how);
}

// The row's last month keeps its shift: K2's stock of t-12 … t-1 becomes December … m-1 (handbook, section 5).
Result<Reading> year_to_date(const Figure& figure, Sex sex, const FactLens& lens, Month month, Derivation* how) {
  const auto since_january = [&](const Term& term) { return Window{month.january() + term.last, month + term.last}; };
  return over(figure, sex, lens, since_january, {month.january(), month}, how);
}

Result<Reading> single_month(const Figure& figure, Sex sex, const FactLens& lens, Month month, Derivation* how) {
  const auto one = [&](const Term& term) { return Window{month + term.last, month + term.last}; };
  return over(figure, sex, lens, one, {month, month}, how);
}

int months_needed(const Figure& figure) {
  if (figure.shape == Shape::MeanOfMonthlyQuotients) return 12 - std::min(figure.above.last, figure.below.last);
  return 1 - std::min(figure.above.first, figure.below.first);
}

}  // namespace zielwerk::indicators
