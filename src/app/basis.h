// Datenbasis of a dialogue: which figures it rests on.
#pragma once

#include "app/agreements.h"
#include "steering/record.h"

namespace zielwerk::app {

// Fills in what people do not type when they freeze the basis of a dialogue: the Ladestand (what the agreement says of its dialogues, else the
// newest one of the month), version and rules. Problems: month_outside_term, basis_without_data, data_state_missing.
base::Problems fill_basis(const Workspace& workspace, const std::string& agreement, steering::Intent& intent);

// Keeps the verdicts that such a basis shows.
void keep_verdicts(Workspace& workspace, const std::string& agreement, const steering::Intent& intent);

}  // namespace zielwerk::app
