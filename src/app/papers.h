// Use cases around documents (Unterlagen): read what one needs, and build it. Console and server call the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/agreements.h"
#include "papers/builders.h"

namespace zielwerk::app {

struct PaperRequest {
  std::string name;  // of papers::kinds()
  std::optional<base::Month> month;  // absent: the last that can be read; of a settlement December
  std::optional<domain::Waiting> waiting;
  std::optional<int> until_act = {};  // the steering file as it stood with that act of the shared room; absent: as it stands
};

// Problems: paper_unknown (lists what there is), those of find_agreement, evaluate and, for the agreement's text, draft_agreement.
base::Checked<papers::Paper> make_paper(Workspace& workspace, const std::string& agreement, const PaperRequest& request);

// Of all Jobcenter of a Land whose agreement runs in that month (of the year of the month; without one, of the newest year there is).
// Problem land_empty if there are none. `refused`: agreements of which no document could be made, and why.
struct LandPapers {
  std::vector<papers::Paper> papers;
  base::Problems refused;
};
base::Checked<LandPapers> make_papers(Workspace& workspace, const std::string& land, const PaperRequest& request);

}  // namespace zielwerk::app
