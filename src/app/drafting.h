// Use cases around an agreement's text: write it, compare two.
#pragma once

#include <optional>

#include "app/workspace.h"
#include "drafting/diff.h"
#include "drafting/draft.h"

namespace zielwerk::app {

// An agreement is named by its id in the store ("33148-2021", the newest version), by id and version ("33148-2021@1"), or by an exchange
// file. Problems of all of these: agreement_unknown, and those of intake::read_agreement.

// The text as Markdown. Without a template the one that is usual for the agreement's kind and Land; template_missing if there is none.
base::Checked<std::string> draft_agreement(const Workspace& workspace, const std::string& agreement, std::optional<drafting::Template> form);

base::Checked<std::vector<drafting::Difference>> compare_agreements(const Workspace& workspace, const std::string& before, const std::string& after);

}  // namespace zielwerk::app
