// What documents say of the steering year: read off the shared room of the agreement's file, of both sides alike; nothing of a side's own
// room gets into a document.
#pragma once

#include <optional>

#include "app/agreements.h"
#include "papers/year.h"

namespace zielwerk::app {

struct YearRead {
  papers::Year year;
  int last_act = 0;  // of the shared room; 0: the file is empty
};

// As the file stood with act `until` (absent: as it stands), for a document about `month`. Acts that need consent are there once they count.
YearRead read_year(const Workspace& workspace, const std::string& agreement, const domain::TargetAgreement& terms, base::Month month, std::optional<int> until = {});

}  // namespace zielwerk::app
