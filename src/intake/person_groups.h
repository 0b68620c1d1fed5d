// Own groups for the person-level engine (docs/formats/personengruppen.md): a TOML file of codes, by flag or by age.
#pragma once

#include <filesystem>

#include "base/problem.h"
#include "casework/person_month.h"

namespace zielwerk::intake {

// The built-in flagged groups with those of the file: at most five together. Problems: toml_invalid, group_invalid, groups_too_many.
base::Checked<casework::GroupRules> read_person_groups(const std::filesystem::path& file);

}  // namespace zielwerk::intake
