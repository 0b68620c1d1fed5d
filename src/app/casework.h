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
  std::optional<std::filesystem::path> state_file;  // also written: the bit histories, to append to later
  casework::Part part;                              // only persons of this part go into the state file; needs state_file
  bool internal = false;                            // counts of 1 and 2 are told
  unsigned threads = 2;
  const casework::Path* path = casework::best_path();
};

// What a computation was made of.
struct Computed {
  casework::Part part;
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

// The computed figures as a delivery of their own source: series "eigen:…", never mixed with official ones. All months from … to.
base::Checked<store::TakenOver> into_store(Workspace& workspace, const ComputeRequest& request, const Computed& computed);

// State files, counted together: every figure is a sum over persons, so parts computed anywhere may be added. Problems: groups_differ,
// person_in_two_files, parts_missing.
base::Checked<Computed> merge(const ComputeRequest& request);

struct AppendRequest {
  std::filesystem::path state;
  std::vector<std::filesystem::path> inputs;
  std::optional<std::filesystem::path> groups;
  bool correction = false;  // replace a month that is there
  unsigned threads = 2;
  const casework::Path* path = casework::best_path();
};

struct Appended {
  base::Month month;
  base::Month last;         // after `month` if the file was made of several
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;  // of the file afterwards
  enum class What { Made, Added, Replaced } what = What::Added;
};

// One month more at the end of a state file (made if there is none), or in place of the one that is there. Problems: month_known, month_gap,
// month_before, months_several, groups_differ, and those of compute.
base::Checked<Appended> append(const AppendRequest& request, const casework::Progress& progress);

struct StateInfo {
  casework::Part part;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  std::uint64_t persons = 0;
  std::uint64_t slots = 0;
  std::size_t blocks = 0;
  std::size_t jobcenters = 0;
  base::Month first;
  base::Month last;
  bool unfinished = false;
  std::vector<std::string> groups;
};
base::Checked<StateInfo> state_info(const std::filesystem::path& state);
// Reads everything once.
base::Problems verify_state(const std::filesystem::path& state, unsigned threads);

// "LZB nach Regel [A] …; unvollständig bis 2017-11 (LZB4: 2019-11)": for the summary and for the note of a delivery.
std::string rule_note(base::Month first, base::Month last, bool by_days);

}  // namespace zielwerk::app
