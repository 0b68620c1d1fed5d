// The exchange CSV for facts (docs/formats/facts.md): traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert, columns in
// any order, ";" or ",", UTF-8 or CP1252, decimal comma or point, value marks * - x . as they are.
#pragma once

#include "intake/fact_file.h"

namespace zielwerk::intake {

// The whole file, or all its problems, each with line and column: column_missing, column_unknown, column_twice, field_count,
// jobcenter_unknown, month_invalid, state_invalid, state_before_month, measure_unknown, sex_invalid, group_unknown, value_invalid,
// line_too_long, fact_conflict_in_file, file_empty, file_without_facts, file_changed, more_problems. Rows of the table are in order, without repetitions.
// Throws base::EnvironmentError if the file cannot be read.
base::Checked<FactFile> read_facts_csv(const std::filesystem::path& file, const Known& known, const Progress& progress = {});

}  // namespace zielwerk::intake
