// Mittel of the year: what was agreed, allotted, shifted, is available, bound and spent, per title. Exact; a month nobody reported is
// missing, not zero.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/fact.h"
#include "steering/record.h"

namespace zielwerk::steering {

using base::Exact;

struct Allotment {
  Exact amount;
  std::string date;
  std::string source;
  int act = 0;
};

// What the deliveries of figures say of one title (VK_SOLL, VK_IST, EGT_SOLL, EGT_IST), as of one Ladestand. It stands beside what the
// sides wrote down, and never in its place.
struct Delivered {
  std::string series;      // EGT_IST
  domain::DataState state;
  std::optional<Exact> allotted;             // booked in January, and what was booked since
  std::vector<std::optional<Exact>> spent;   // in each month, January … December
  std::optional<Exact> since_january(int month) const;  // absent if one of the months is missing
  std::optional<Exact> used(int month) const;           // percent of what was allotted
};
// nullopt: nothing of the title was delivered for that year, or nothing with that Ladestand. Without one, the newest of the year's figures.
std::optional<Delivered> delivered(const domain::FactHistory& facts, const std::string& title, int year, std::optional<domain::DataState> as_of = {});
std::vector<domain::SeriesKey> budget_series();  // all that delivered() reads

struct BudgetMonth {
  base::Month month;
  std::optional<Exact> spent;  // since January
  std::optional<Exact> bound;
  std::optional<Exact> spent_in_month;    // needs the month before
  std::optional<Exact> used;              // Mittelausschöpfung: percent of what was available
  std::optional<Exact> used_last_year;    // the same month of last year
};

struct Title {
  std::string code;   // VWT, EGT
  std::string label;
  std::optional<Exact> agreed;          // of the agreement
  std::vector<Allotment> allotments;    // by the time they were written down; the last one holds
  Exact shifted = 0;                    // in minus out
  std::optional<Exact> available;       // allotted (else agreed) plus shifted; absent if neither is known
  std::vector<BudgetMonth> months;      // January … December
  std::optional<Delivered> delivered;
  std::string last_year_from;           // "Akte 22116-2019", "Lieferung EGT_IST, Ladestand 2019-12"; empty: nothing is known of it
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

// What is known beside the acts of the file, by title. Of last year its file speaks first, then the deliveries.
struct BesideBudget {
  const BudgetYear* last_year = nullptr;
  std::string last_year_file;
  std::map<std::string, Delivered> delivered;
  std::map<std::string, Delivered> delivered_last_year;
};
BudgetYear budget_year(const Record& record, const domain::TargetAgreement& terms, const BesideBudget& beside = {});

// A deviation from the agreement's amounts, in words, ready to be filed as a fact under its clause: the agreement's BUDGET_DEVIATION, or ""
// if it has none. Where the sides wrote no allotment down, the delivered one deviates.
struct SuggestedFact {
  std::string clause;
  std::string text;
};
std::vector<SuggestedFact> deviations(const BudgetYear& year, const domain::TargetAgreement& terms);

}  // namespace zielwerk::steering
