// What a delivery would do to verdicts before anybody takes it over: which would flip, and how much of the way each part of the delivery
// goes. Nothing is kept.
#pragma once

#include "app/evaluations.h"
#include "app/facts.h"

namespace zielwerk::app {

// What moves a verdict from one month's standing to the next. Taken one after the other, so they add up exactly to the whole change.
enum class Part {
  OldMonths,  // earlier months of the year, as the newer Ladestand has them (or as a correction sets them)
  LastYear,   // the year before, at the Ladestand a year before
  NewMonth,
};
std::string code(Part part);  // alte_monate, vorjahr, neuer_monat

struct PartOfFlip {
  Part part;
  std::string change;  // of the exact Ist by this part, a fraction
};

struct Flip {
  std::string agreement;
  std::string jobcenter;
  base::Month month_before;  // the last month that could be read; the same month where a correction changes its verdict
  base::Month month;
  report::Line before;
  report::Line after;
  std::vector<PartOfFlip> parts;  // empty where one side has no Ist
};

struct Preview {
  ImportedFacts facts;  // of a dry run
  std::vector<domain::ProviderNumber> jobcenters;  // that the file speaks of
  std::vector<Flip> flips;  // of the agreements of these Jobcenter, read with their own Wartezeit
};

// What a delivery that was taken over changed, for the Jobcenter of a Zuständigkeit: the same, between what was known before it and with it.
struct Effect {
  std::uint64_t added = 0;      // months not known before
  std::uint64_t revised = 0;    // months known from an older Ladestand
  std::uint64_t corrected = 0;  // another value of the same month and Ladestand
  std::uint64_t without_number = 0;
  std::vector<domain::ProviderNumber> jobcenters;
  std::vector<Flip> flips;
};
Effect effect_of(const Workspace& workspace, domain::DeliveryId delivery, const domain::Scope& scope);

base::Checked<Preview> preview_facts(Workspace& workspace, const ImportFacts& request);

}  // namespace zielwerk::app
