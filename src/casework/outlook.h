// Hineinwachsen: who will become LZB if everybody who is in stock now stays. Straight from the bit histories of a state file, rule [A].
#pragma once

#include "casework/state_file.h"

namespace zielwerk::casework {

// Persons of one set (sex, group), from the last month of the file on.
struct OutlookRow {
  char sex = 'T';
  std::string group;                  // "", AE, LZB4 is not asked for, flagged ones
  std::int64_t stock = 0;             // in stock at the last month
  std::int64_t long_term = 0;         // of them LZB already
  std::vector<std::int64_t> growing;  // by month ahead: become LZB in just that month
  std::int64_t all = 0;               // all months ahead together: those who could still leave before
  std::vector<bool> hidden;           // by month ahead, then for `all`: 1 or 2 persons, or what would give them away
};

struct Outlook {
  Month from;  // last month of the file
  int ahead = 0;
  std::vector<OutlookRow> rows;  // groups in order, T, M, F each
};

// Of one Jobcenter, or of all. `closed`: under the disclosure rule.
Outlook outlook(const StateFile& state, const Path& code, std::optional<domain::ProviderNumber> jobcenter, int ahead, bool closed);

}  // namespace zielwerk::casework
