#include "app/basis.h"

#include <set>

#include <fmt/format.h>

#include "app/evaluations.h"
#include "base/text.h"

namespace zielwerk::app {

base::Problems fill_basis(const Workspace& workspace, const std::string& id, steering::Intent& intent) {
  const auto month = base::Month::parse(base::trim(intent.fields["monat"]));
  if (!month) return {};  // make_act says so
  const auto agreement = agreement_in_force(workspace, id, *month);
  if (!agreement) return {agreement.error()};
  const auto& terms = agreement->terms;
  const auto first = base::Month::parse(terms.from.substr(0, 7)).value_or(base::Month(terms.year, 1)), last = base::Month::parse(terms.to.substr(0, 7)).value_or(base::Month(terms.year, 12));
  if (*month < first || *month > last) {
    return {{"month_outside_term", fmt::format("{} liegt außerhalb der Laufzeit der Vereinbarung ({} bis {}).", month->text(), first.text(), last.text()), "monat"}};
  }
  std::set<base::Month> states;
  std::optional<base::Month> newest;
  const auto facts = facts_of(workspace, *agreement);
  for (const auto& [series, records] : facts.all()) {
    for (const auto& one : records) {
      if (one.month == *month && one.state.loaded <= *month + 3) states.insert(one.state.loaded);
      if (!newest || one.month > *newest) newest = one.month;
    }
  }
  if (states.empty()) {
    return {{"basis_without_data", fmt::format("Zu {} gibt es noch keine Zahlen; {}.", month->german_text(), newest ? "der neueste Monat mit Zahlen ist " + newest->german_text() : "es gibt überhaupt keine"), "monat"}};
  }
  const std::string typed(base::trim(intent.fields["ladestand"]));
  if (typed.empty()) {
    const auto agreed = terms.waiting ? states.find(*month + *terms.waiting) : states.end();
    intent.fields["ladestand"] = (agreed == states.end() ? *states.rbegin() : *agreed).text();
  } else if (const auto state = base::Month::parse(typed); state && !states.contains(*state)) {
    std::vector<std::string> known;
    for (const auto& one : states) known.push_back(one.text());
    return {{"data_state_missing", fmt::format("{} ist zum Ladestand {} nicht aufbewahrt; aufbewahrt ist {}.", month->german_text(), typed, base::join(known, ", ")), "ladestand"}};
  }
  intent.filled = {{"fassung", std::to_string(agreement->stored.version)}, {"regel", evaluation::rule_version}};
  return {};
}

void keep_verdicts(Workspace& workspace, const std::string& id, const steering::Intent& intent) {
  const auto month = base::Month::parse(intent.fields.at("monat")), state = base::Month::parse(intent.fields.at("ladestand"));
  if (month && state) evaluate(workspace, id, {*month, *state - *month});
}

}  // namespace zielwerk::app
