// The national view: the targets of all agreements for a month, with what was known of them before. Evaluated for everybody at once; what
// an account may see of it is chosen afterwards.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/evaluations.h"

namespace zielwerk::app {

// What was said of the same target before.
struct Standing {
  base::Month month;
  domain::DataState state;
  std::string status;
  std::optional<std::string> change;  // of the distance since then, where both are counted in the same unit
};

struct TargetLine {
  report::Line line;
  report::RowWords words;
  std::optional<Standing> last_month;  // the month before, with the same Wartezeit
  std::optional<Standing> last_known;  // the same month, before the last delivery that the line rests on
};

struct AgreementLines {
  Agreement agreement;
  evaluation::Evaluation head;  // its rows are not filled
  std::string peer_group;       // Vergleichstyp in that month, empty if none is known
  std::vector<TargetLine> lines;
  std::vector<std::string> notes;
};

struct Overview {
  std::vector<AgreementLines> agreements;
  std::vector<Agreement> outside_term;  // that do not run in the month asked for
};

// Month and Ladestand of each agreement.
using Choose = std::function<base::Result<EvaluateRequest>(const Agreement&, const domain::FactHistory&)>;
// Problems: those of `choose`. An agreement whose term the month lies outside of is left out.
base::Result<Overview> overview(Workspace& workspace, const Choose& choose);

// The lines of one agreement, the rows that are no targets included.
base::Result<AgreementLines> agreement_lines(Workspace& workspace, const Agreement& agreement, const domain::FactHistory& facts, const EvaluateRequest& request, bool targets_only);

}  // namespace zielwerk::app
