// What stands beside an offered value: last year at the same Ladestand, the trend, the Vergleichstyp, the Land; and what an offer implies.
// All of these are own calculations ("eigene Berechnung"); none of them is a target.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/agreements.h"
#include "app/drafts.h"
#include "evaluation/implied.h"

namespace zielwerk::app {

// Beside one target, on its own scale (percent on last year, points, level).
struct TargetReferences {
  std::string target;
  std::string figure;  // its name
  std::string unit;    // of the target
  bool change = true;  // its values say how much something changes, not how high it is
  std::string words;   // of the agreement
  std::optional<base::Exact> last_year;       // result of the month a year before the target's
  std::optional<base::Exact> level;           // the level behind it
  std::optional<base::Exact> trend;           // straight line through the last twelve months, change over a year, in the figure's own unit
  std::optional<base::Exact> lower_quartile;  // of the Vergleichstyp, by linear interpolation
  std::optional<base::Exact> median;
  std::optional<base::Exact> upper_quartile;
  int peers = 0;                              // with a value
  std::optional<base::Exact> land;            // from summed numerators and denominators
  std::vector<std::string> reasons;           // why something is not there
};

struct References {
  base::Month month;        // of last year, the newest with data
  domain::DataState state;
  std::string peer_group;   // Vergleichstyp, empty if none is known
  std::vector<TargetReferences> targets;
  std::optional<evaluation::LastYear> people;  // for implied(); absent if the Integrationen or the ELB are missing
};

// For the targets of an agreement (or of a round's document) of that Jobcenter. `waiting`: absent, the dialogues' or t-3.
References references(const Workspace& workspace, const domain::TargetAgreement& terms, domain::ProviderNumber jobcenter, std::optional<base::Month> month = {},
                      std::optional<domain::Waiting> waiting = {});

// K2's and the Integrationen's change among the terms' targets, or the values typed in their place (T1 -> 3.5).
evaluation::Offered offered(const domain::TargetAgreement& terms, const std::map<std::string, base::Decimal>& typed = {});

// "Integrationsquote: um 3,1 %": what a target is called where people choose among them.
std::string target_title(const Workspace& workspace, const domain::TargetAgreement& terms, const domain::Target& target);

// Kaskade: what the Jobcenter of a Land agreed, together, against what the Land agreed itself.
struct CascadeLine {
  std::string target;      // of the Land's agreement
  std::string figure;
  std::string words;
  base::Exact agreed;      // the Land's value
  std::string agreed_unit; // of `agreed` and `together`: PERCENT, PERCENTAGE_POINT, COUNT …
  bool change = false;     // they are signed
  std::optional<base::Exact> together;   // on the same scale, from summed numerators and denominators
  std::optional<base::Exact> gap;        // together minus agreed, in persons (of a quota: its numerator; of money: euro)
  bool gap_is_good = false;              // nothing is missing
  std::string unit;        // of the gap: Integrationen, Personen, Euro
  int agreements = 0;      // that have such a target and its data
  std::vector<std::string> without;      // Jobcenter with an agreement that lack the target or its data, with the reason
};
struct Cascade {
  std::string land;        // id of the Land's agreement
  base::Month month;       // of last year: what the changes stand on
  domain::Waiting waiting = 0;
  int agreements = 0;      // of that Land and year in the store
  std::vector<CascadeLine> lines;
};
// Both sides stand on the same members: those with an agreed value and last year's data. Their denominators are last year's: nobody knows
// next year's. Only for a person whose Zuständigkeit holds the Land. Problems: agreement_unknown, cascade_unfit (not an agreement of a Land), cascade_empty.
base::Result<Cascade> cascade(const Workspace& workspace, const Person& person, const std::string& land_agreement);

}  // namespace zielwerk::app
