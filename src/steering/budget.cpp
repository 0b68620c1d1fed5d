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

void months(Title& title, const Record& record, int year, const Title* before) {
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
    if (before && before->months.size() == 12) one.used_last_year = before->months[static_cast<std::size_t>(number) - 1].used;
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

}  // namespace

std::optional<Exact> Title::deviation() const {
  if (!available || !agreed) return std::nullopt;
  return *available - *agreed;
}

BudgetYear budget_year(const Record& record, const domain::TargetAgreement& terms, const BudgetYear* last_year) {
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
    const Title* before = nullptr;
    for (std::size_t i = 0; last_year && i < last_year->titles.size(); ++i) {
      if (last_year->titles[i].code == title.code) before = &last_year->titles[i];
    }
    months(title, record, terms.year, before);
    year.titles.push_back(std::move(title));
  }
  return year;
}

std::vector<SuggestedFact> deviations(const BudgetYear& year, const domain::TargetAgreement& terms) {
  const auto clause = std::find_if(terms.considerations.begin(), terms.considerations.end(), [](const auto& one) { return one.code == "BUDGET_DEVIATION"; });
  std::vector<SuggestedFact> all;
  for (const auto& title : year.titles) {
    const auto deviation = title.deviation();
    if (!deviation || *deviation == 0) continue;
    const auto percent = *title.agreed == 0 ? std::string() : fmt::format(" ({} %)", base::round_half_away(*deviation / *title.agreed * 100, 1).german_with_sign());
    all.push_back({clause == terms.considerations.end() ? std::string() : clause->id,
                   fmt::format("{}: verfügbar {}, vereinbart {}; Abweichung {}{}.", title.label, euro(*title.available), euro(*title.agreed), euro(*deviation), percent)});
  }
  return all;
}

}  // namespace zielwerk::steering
