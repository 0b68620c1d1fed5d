// What documents say of the steering year: read off the shared room of the agreement's file, of both sides alike; nothing of a side's own
// room gets into a document.
#pragma once

#include <optional>
#include <span>

#include "app/agreements.h"
#include "papers/basis.h"
#include "steering/record.h"

namespace zielwerk::app {

struct YearRead {
  papers::Year year;
  std::optional<steering::Record> record;  // none: the file is empty
  std::string frozen_on;                   // day the data of the document's month were held fast for a dialogue; else empty
};

// As the file stood with act `until` (absent: as it stands), for a document about `month`. Acts that need consent are there once they count.
YearRead read_year(const Workspace& workspace, const std::string& agreement, const domain::TargetAgreement& terms, base::Month month, std::optional<int> until = {});

// What depends on the results of that month: comments owed, and the parties' judgements beside the verdicts.
void add_results(YearRead& read, const Workspace& workspace, const domain::TargetAgreement& terms, base::Month month, std::span<const papers::Row> rows);

}  // namespace zielwerk::app
