// Declaration files (TOML): measures, groups and figures for local goals, without recompiling. docs/formats/erklaerung.md.
#pragma once

#include <filesystem>

#include "base/problem.h"
#include "domain/measure.h"
#include "indicators/catalogue.h"

namespace zielwerk::intake {

struct Declaration {
  std::string name;      // of the file, without folder
  std::string document;  // as it came
  std::vector<domain::Measure> measures;
  std::vector<domain::Group> groups;
  indicators::Declared figures;
};

// Every problem with line and column: declaration_invalid, code_invalid, code_taken, value_missing, value_invalid, measure_unknown,
// group_unknown, key_unknown. `vocabulary` is what is already known (without this file).
base::Checked<Declaration> parse_declaration(std::string name, std::string text, const domain::Vocabulary& vocabulary);
base::Checked<Declaration> read_declaration(const std::filesystem::path& file, const domain::Vocabulary& vocabulary);

}  // namespace zielwerk::intake
