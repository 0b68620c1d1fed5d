// The review of a paper: its text with everything recognised marked, the fields, what is open, and what comes next. For people who decide
// whether the program understood the paper; on a terminal or in a browser.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "documents/document.h"
#include "evaluation/plausibility.h"
#include "reader/reader.h"
#include "report/table.h"

namespace zielwerk::report {

struct Review {
  const documents::Document& document;
  const reader::Reading& reading;
  const std::vector<evaluation::Finding>& findings;
  const base::Problems& obstacles;  // why the draft cannot be confirmed yet
  std::string next;                 // the command to call next
};

// With colour passages are underlined and values coloured; without, they stand in ‹ › and [ ], and what is open in { }. `short_form`:
// without the text, one row per target.
std::string review_text(const Review& review, const TextStyle& style, bool short_form);

// One self-contained HTML page, no script, readable aloud: text with <mark>, tables with links to the lines.
std::string review_page(const Review& review);

}  // namespace zielwerk::report
