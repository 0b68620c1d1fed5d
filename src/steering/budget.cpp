#include "steering/budget.h"

#include <algorithm>

#include <fmt/format.h>

#include "evaluation/plausibility.h"

namespace zielwerk::steering {
namespace {

using base::Month;

Exact amount(const Entry& entry, const char* field) { return base::parse_decimal(entry.text(field))->exact(); }

std::string euro(const Exact& value) { return base::german_or_rounded(value, 2) + " €"; }

std::optional<Exact> agreed(const domain::TargetAgreement& terms, const std::string& code) {
  std::optional<Exact> sum;
  for (const auto& budget : terms.budgets) {
    if (budget.code == code) sum = sum.value_or(0) + budget.amount.exact();
  }
  return sum;
}

// Last year's share of what was available, by its file, else by the deliveries.
std::optional<Exact> used_before(Title& title, int month, const BesideBudget& beside) {
  if (beside.last_year) {
    const auto& titles = beside.last_year->titles;
    const auto same = std::find_if(titles.begin(), titles.end(), [&](const auto& one) { return one.code == title.code; });
    if (same != titles.end() && std::any_of(same->months.begin(), same->months.end(), [](const auto& one) { return one.used.has_value(); })) {
      title.last_year_from = fmt::format("Akte {}", beside.last_year_file);
      return same->months[static_cast<std::size_t>(month) - 1].used;
    }
  }
  const auto found = beside.delivered_last_year.find(title.code);
  const auto used = found == beside.delivered_last_year.end() ? std::nullopt : found->second.used(month);
  if (used) title.last_year_from = fmt::format("Lieferung {}, Ladestand {}", found->second.series, found->second.state.loaded.text());
  return used;
}

void months(Title& title, const Record& record, int year, const BesideBudget& beside) {
  std::optional<Exact> until_now = Exact(0);
  for (int number = 1; number <= 12; ++number) {
    BudgetMonth one{Month(year, number), {}, {}, {}, {}, {}};
    if (const auto* entry = record.newest("budget.stand", fmt::format("{}@{}", title.code, one.month.text()))) {
      one.spent = amount(*entry, "ausgegeben");
      if (!entry->text("gebunden").empty()) one.bound = amount(*entry, "gebunden");
      if (until_now) one.spent_in_month = *one.spent - *until_now;
      if (title.available && *title.available != 0) one.used = *one.spent / *title.available * 100;
    }
    until_now = one.spent;
    one.used_last_year = used_before(title, number, beside);
    title.months.push_back(one);
  }
}

std::vector<Shift> shifts_of(const Record& record) {
  std::vector<Shift> all;
  for (const auto* entry : record.of_kind("budget.umschichtung")) {
    all.push_back({entry->act.subject, entry->text("von"), entry->text("nach"), amount(*entry, "betrag"), entry->text("datum"), entry->text("quelle")});
  }
  return all;
}

std::optional<TotalCheck> check_total(const domain::TargetAgreement& terms) {
  const auto total = std::find_if(terms.budgets.begin(), terms.budgets.end(), [](const auto& one) { return one.code == "TOTAL"; });
  const auto vwt = agreed(terms, "VWT");
  const auto egt = agreed(terms, "EGT");
  if (total == terms.budgets.end() || !vwt || !egt) return std::nullopt;
  const Exact parts = *vwt + *egt;
  return TotalCheck{total->amount.exact(), parts, total->raw, evaluation::within_rounding(*total, parts)};
}

std::string measure_of(const std::string& title, const char* what) { return (title == "VWT" ? "VK_" : "EGT_") + std::string(what); }

std::optional<Exact> number_at(const domain::FactHistory& facts, const domain::SeriesKey& key, Month month, domain::DataState state) {
  const auto record = domain::SeriesAsOf(key, facts.series(key), state).at(month);
  return record ? std::optional((*record)->value.number.exact()) : std::nullopt;
}

}  // namespace

std::optional<Exact> Delivered::since_january(int month) const {
  Exact sum = 0;
  for (int number = 0; number < month; ++number) {
    const auto& one = spent[static_cast<std::size_t>(number)];
    if (!one) return std::nullopt;
    sum += *one;
  }
  return sum;
}

std::optional<Exact> Delivered::used(int month) const {
  const auto sum = since_january(month);
  if (!sum || !allotted || *allotted == 0) return std::nullopt;
  return *sum / *allotted * 100;
}

std::vector<domain::SeriesKey> budget_series() {
  std::vector<domain::SeriesKey> all;
  for (const char* title : {"VWT", "EGT"}) {
    for (const char* what : {"SOLL", "IST"}) all.push_back({measure_of(title, what), domain::Sex::T, ""});
  }
  return all;
}

std::optional<Delivered> delivered(const domain::FactHistory& facts, const std::string& title, int year, std::optional<domain::DataState> as_of) {
  const domain::SeriesKey spent{measure_of(title, "IST"), domain::Sex::T, ""}, allotted{measure_of(title, "SOLL"), domain::Sex::T, ""};
  if (as_of && !facts.kept(spent, *as_of)) return std::nullopt;  // an older one is no substitute
  auto newest = as_of;
  for (const auto* key : {&spent, &allotted}) {
    for (const auto& one : facts.series(*key)) {
      if (!as_of && one.month.year() == year && (!newest || *newest < one.state)) newest = one.state;
    }
  }
  if (!newest) return std::nullopt;
  Delivered found{spent.measure, *newest, {}, {}};
  found.allotted = number_at(facts, allotted, Month(year, 1), found.state);
  for (int number = 1; number <= 12; ++number) {
    found.spent.push_back(number_at(facts, spent, Month(year, number), found.state));
    const auto booked = number == 1 ? std::nullopt : number_at(facts, allotted, Month(year, number), found.state);
    if (found.allotted && booked) *found.allotted += *booked;
  }
  return found;
}

std::optional<Exact> Title::deviation() const {
  if (!available || !agreed) return std::nullopt;
  return *available - *agreed;
}

BudgetYear budget_year(const Record& record, const domain::TargetAgreement& terms, const BesideBudget& beside) {
  BudgetYear year;
  year.shifts = shifts_of(record);
  year.total = check_total(terms);
  for (const auto& choice : find_kind("budget.zuteilung")->fields.front().choices) {
    Title title;
    title.code = choice.code;
    title.label = choice.label;
    title.agreed = agreed(terms, title.code);
    for (const auto* entry : record.of_kind("budget.zuteilung")) {
      if (entry->text("titel") == title.code) title.allotments.push_back({amount(*entry, "betrag"), entry->text("datum"), entry->text("quelle"), entry->act.number});
    }
    for (const auto& shift : year.shifts) {
      if (shift.to == title.code) title.shifted += shift.amount;
      if (shift.from == title.code) title.shifted -= shift.amount;
    }
    const auto base = title.allotted() ? title.allotted() : title.agreed;
    if (base) title.available = *base + title.shifted;
    if (const auto found = beside.delivered.find(title.code); found != beside.delivered.end()) title.delivered = found->second;
    months(title, record, terms.year, beside);
    year.titles.push_back(std::move(title));
  }
  return year;
}

std::vector<SuggestedFact> deviations(const BudgetYear& year, const domain::TargetAgreement& terms) {
  const auto clause = std::find_if(terms.considerations.begin(), terms.considerations.end(), [](const auto& one) { return one.code == "BUDGET_DEVIATION"; });
  std::vector<SuggestedFact> all;
  for (const auto& title : year.titles) {
    if (!title.agreed || !title.available) continue;
    const bool written = !title.allotments.empty() || title.shifted != 0;
    const auto there = written || !title.delivered || !title.delivered->allotted ? *title.available : *title.delivered->allotted;
    const Exact deviation = there - *title.agreed;
    if (deviation == 0) continue;
    const auto percent = *title.agreed == 0 ? std::string() : fmt::format(" ({} %)", base::round_half_away(deviation / *title.agreed * 100, 1).german_with_sign());
    all.push_back({clause == terms.considerations.end() ? std::string() : clause->id,
                   fmt::format("{}: {} {}, vereinbart {}; Abweichung {}{}.", title.label, written ? "verfügbar" : fmt::format("zugeteilt (Lieferung, Ladestand {})", title.delivered ? title.delivered->state.loaded.text() : ""),
                               euro(there), euro(*title.agreed), euro(deviation), percent)});
  }
  return all;
}

}  // namespace zielwerk::steering
