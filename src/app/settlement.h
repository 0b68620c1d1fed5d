// Zielabrechnung as use cases: close a year, read what was closed, and see what the data say since.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/steering.h"
#include "steering/settlement.h"

namespace zielwerk::app {

// Month and Ladestand the agreement settles on: its last month with the Wartezeit it names for that, else of its dialogues, else t-3.
struct SettlementBasis {
  base::Month month;
  domain::Waiting waiting = 0;
  bool agreed = false;  // the agreement itself says which values decide
};
SettlementBasis settlement_basis(const domain::TargetAgreement& terms);

// Verdicts are kept the first time they are made, as `evaluate` does; before the act, because that is a transaction of its own.
void keep_final_verdicts(Workspace& workspace, const std::string& id, const steering::Intent& intent);

// What `abrechnung` freezes, computed now, with the kept verdicts. Empty fields of the intent mean the agreed
// basis. Problems, all at once: those of steering::obstacles, settlement_basis (the agreement settles on other values), agreement_unknown
// (a negotiation), and those of evaluate.
base::Checked<std::string> settlement_account(Workspace& workspace, const SteeringFile& file, const steering::Intent& intent);

// Makes the act `abrechnung`. It closes the year once two persons of every side stand behind it. `replaces`: a draft of the settlement
// that is not closed yet.
struct SettleWanted {
  std::optional<base::Month> month;
  std::optional<base::Month> state;
  std::string text;
  int replaces = 0;
};
base::Checked<domain::Act> settle(Workspace& workspace, const Person& person, const std::string& id, const SettleWanted& wanted);

struct Settlement {
  const steering::Entry* entry = nullptr;
  boost::json::object account;        // as frozen
  steering::Record::Standing standing;
  std::vector<std::string> changed;   // what today's data say otherwise; never written into the settlement
};
// The settlement in force, else the newest draft of one. Problem settlement_missing.
base::Result<Settlement> find_settlement(Workspace& workspace, const SteeringFile& file);

// Every settlement in force, against what it was closed on. `damaged`: the act is no longer the one that the record of changes binds, or a kept
// verdict (row or derivation) is gone or another one. `corrected`: what today's data say otherwise; that is no damage.
struct SettlementCheck {
  int settled = 0;
  std::vector<std::string> damaged;
  std::vector<std::string> corrected;
};
SettlementCheck check_settlements(Workspace& workspace);

// Mittel: the acts of the file as this person sees it, the delivered figures beside them, and last year's path. Deliveries of last year are
// read at the Ladestand a year before this year's; where this year has none, at their newest.
steering::BudgetYear budget_of(const Workspace& workspace, const Person& person, const SteeringFile& file);

}  // namespace zielwerk::app
