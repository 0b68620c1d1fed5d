// Zielabrechnung: what has to be there before a year can be closed, the account that is frozen then, and what changed in the data since.
// Figures are handed in; nothing is computed anew.
#pragma once

#include <string>
#include <vector>

#include "steering/budget.h"
#include "steering/negotiation.h"
#include "steering/quality.h"
#include "steering/weighing.h"

namespace zielwerk::steering {

// A row of the final evaluation as it is printed and kept.
struct FinalRow {
  std::string id;
  boost::json::object row;  // docs/formats/evaluation.md
  std::string derivation_sha256;  // of the kept verdict; empty where there is none
  std::string text(std::string_view member) const;
};

struct Account {
  const Record& record;
  const domain::TargetAgreement& terms;
  std::string agreement;
  int version = 0;
  std::string rule_version;
  base::Month month;
  domain::DataState state;
  std::vector<FinalRow> rows;
  std::vector<domain::Party> gone;  // parties of an earlier version that the newest one lacks
};

// Everything that stands in the way, at once: settlement_unsigned, settlement_party_gone, settlement_data_missing, settlement_not_weighed,
// settlement_quality_open, settlement_quality_contradicts, settlement_part_missing.
base::Problems obstacles(const Account& account);

// Verdict rows with their checksums, weighing and judgement sentence per target, qualitative results, budgets, programmes, measures,
// signatures. The same account gives the same characters.
boost::json::object frozen(const Account& account);

// "T1: Ist +2,2 statt +1,7; erreicht statt nicht erreicht", for each row of `now` that differs from the frozen one.
std::vector<std::string> changed_since(const boost::json::object& frozen, const std::vector<FinalRow>& now);

}  // namespace zielwerk::steering
