// The clauses of a paper. A template is an order of them under its headings (draft.cpp); each writes what the agreement has and
// nothing if it has nothing.
#pragma once

#include <string>

#include "drafting/manuscript.h"

namespace zielwerk::drafting {

// Head: title, parties with representatives, legal basis with year and term.
void title_and_parties(Manuscript& paper);
void legal_basis(Manuscript& paper);

// Preamble.
void aims(Manuscript& paper);
void framework(Manuscript& paper);
void documents(Manuscript& paper);

// One goal: aim, monitoring, forecasts, targets, qualitative goals. Programmes stand with the municipal goal, or by themselves.
void goals(Manuscript& paper, int heading_level);
void programmes(Manuscript& paper);
void monitoring(Manuscript& paper, const std::string& goal);
void forecasts(Manuscript& paper, const std::string& goal);
void qualitative_goals(Manuscript& paper, const std::string& goal);

// Terms.
void budgets(Manuscript& paper);
void obligations(Manuscript& paper);
void dialogues(Manuscript& paper);
void considerations(Manuscript& paper);
void final_evaluation(Manuscript& paper);
void committees(Manuscript& paper);
void reports_and_triggers(Manuscript& paper);

// One block a party: place and date (partial dates stay partial, blanks are lines to write on), for whom, who signs.
void signatures(Manuscript& paper);

}  // namespace zielwerk::drafting
