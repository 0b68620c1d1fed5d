// Mittel of the year: what was agreed, allotted, shifted, is available, bound and spent, per title. Exact; a month nobody reported is
// missing, not zero.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "steering/record.h"

namespace zielwerk::steering {

using base::Exact;

struct Allotment {
  Exact amount;
  std::string date;
  std::string source;
  int act = 0;
};

struct BudgetMonth {
  base::Month month;
  std::optional<Exact> spent;  // since January
  std::optional<Exact> bound;
  std::optional<Exact> spent_in_month;    // needs the month before
  std::optional<Exact> used;              // Mittelausschöpfung: percent of what was available
  std::optional<Exact> used_last_year;    // the same month of last year's file
};

struct Title {
  std::string code;   // VWT, EGT
  std::string label;
  std::optional<Exact> agreed;          // of the agreement
  std::vector<Allotment> allotments;    // by the time they were written down; the last one holds
  Exact shifted = 0;                    // in minus out
  std::optional<Exact> available;       // allotted (else agreed) plus shifted; absent if neither is known
  std::vector<BudgetMonth> months;      // January … December
  std::optional<Exact> allotted() const { return allotments.empty() ? std::optional<Exact>() : allotments.back().amount; }
  std::optional<Exact> deviation() const;  // available minus agreed
};

// Umschichtung.
struct Shift {
  std::string subject;  // U1
  std::string from;
  std::string to;
  Exact amount;
  std::string date;
  std::string source;
};

// The agreement's rounded total against its parts: "rd. 16,6 Mio." against 8.793.355 + 7.795.364.
struct TotalCheck {
  Exact total;
  Exact parts;
  std::string words;
  bool agrees = false;  // within the rounding of the total
};

struct BudgetYear {
  std::vector<Title> titles;
  std::vector<Shift> shifts;
  std::optional<TotalCheck> total;
};

// `last_year`: of the file of the year before, if there is one.
BudgetYear budget_year(const Record& record, const domain::TargetAgreement& terms, const BudgetYear* last_year = nullptr);

// A deviation from the agreement's amounts, in words, ready to be filed as a fact under its clause: the agreement's BUDGET_DEVIATION, or ""
// if it has none.
struct SuggestedFact {
  std::string clause;
  std::string text;
};
std::vector<SuggestedFact> deviations(const BudgetYear& year, const domain::TargetAgreement& terms);

}  // namespace zielwerk::steering
