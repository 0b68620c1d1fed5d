// Use cases of the person-level engine (docs/casework.md): person-months become base figures.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/workspace.h"
#include "casework/base_figures.h"
#include "casework/reading.h"

namespace zielwerk::app {

struct ComputeRequest {
  std::vector<std::filesystem::path> inputs;
  std::optional<std::filesystem::path> out;     // facts file
  std::optional<base::Month> state;             // Ladestand; the last month of the input if absent
  std::optional<base::Month> from;
  std::optional<base::Month> to;
  std::optional<std::filesystem::path> groups;  // own groups (TOML, docs/formats/personengruppen.md)
  bool internal = false;                        // counts of 1 and 2 are told
  unsigned threads = 2;
  const casework::Path* path = casework::best_path();
};

struct Computed {
  casework::Counts counts;
  casework::CsvSummary csv;
  base::Month first;
  base::Month last;
  base::Month state;
  std::uint64_t rows = 0;
  std::size_t persons = 0;
  std::size_t jobcenters = 0;
  bool by_days = false;
  std::vector<base::Month> gaps;
};

// Files of person-months, whole or not at all. The facts file is written beside its place and moved there at the end.
base::Checked<Computed> compute(const ComputeRequest& request, const casework::Progress& progress);

// "LZB nach Regel [A] …; unvollständig bis 2017-11 (LZB4: 2019-11)": for the summary and for the note of a delivery.
std::string rule_note(base::Month first, base::Month last, bool by_days);

}  // namespace zielwerk::app
