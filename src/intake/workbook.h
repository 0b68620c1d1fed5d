// Workbooks (XLSX) as the BA publishes them, read through a declared layout: no position is built in. docs/formats/profil.md
// describes the profile, profiles/*.toml are examples.
#pragma once

#include <filesystem>
#include <memory>

#include "intake/fact_file.h"

namespace zielwerk::intake {

// A layout profile (TOML), parsed; intake/profile.h. Problems profile_invalid, measure_unknown, group_unknown, sex_invalid name file,
// line and column of the profile.
class Profile;
base::Checked<std::shared_ptr<const Profile>> read_profile(const std::filesystem::path& file, const domain::Vocabulary& vocabulary);

// Every problem of the workbook at once, each with sheet and cell, what was found and what was expected: file_unreadable,
// file_empty, file_too_large, file_changed, file_without_facts, sheet_missing, cell_missing, month_invalid, state_invalid,
// state_before_month, jobcenter_unknown, value_invalid, label_missing, label_ambiguous, fact_conflict_in_file.
// Remarks: label_not_in_profile (rows and columns left out), value_missing (an empty cell is missing, never 0).
// Bounded: 200 MB of file, 512 MiB inflated, 5 million cells. Throws base::EnvironmentError if the file cannot be opened.
base::Checked<FactFile> read_workbook(const std::filesystem::path& file, const Profile& profile, const Known& known);

}  // namespace zielwerk::intake
