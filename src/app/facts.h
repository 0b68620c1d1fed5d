// Use cases around facts: take a file over, give facts out, say what is kept.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace.h"
#include "intake/fact_file.h"

namespace zielwerk::app {

struct ImportFacts {
  std::filesystem::path file;
  std::optional<std::filesystem::path> profile;  // for workbooks
  bool check = false;                            // dry run
  bool correction = false;
  std::string note;
};

struct ImportedFacts {
  store::TakenOver taken;
  base::Problems remarks;
};

// The layout profiles of a folder, by name; of one that cannot be read the description is empty, and using it says why.
struct LayoutProfile {
  std::string name;  // of the file, without ".toml"
  std::string description;
  std::filesystem::path file;
};
std::vector<LayoutProfile> layout_profiles(const std::filesystem::path& folder, const domain::Vocabulary& vocabulary);

// A file read and checked, not taken over. CSV by default; XLSX with a profile (problem profile_missing without one).
base::Checked<intake::FactFile> read_facts(const Workspace& workspace, const ImportFacts& request, const intake::Progress& progress);

// A file whole or not at all.
base::Checked<ImportedFacts> import_facts(Workspace& workspace, const ImportFacts& request, const intake::Progress& progress);
base::Checked<ImportedFacts> take_facts(Workspace& workspace, intake::FactFile file, const ImportFacts& request);
// The delivery as it is, with its entry in the audit chain; every way into the store ends here.
base::Checked<store::TakenOver> take_delivery(Workspace& workspace, const intake::FactFile& file, bool check = false);

struct FactFilter {
  std::optional<domain::ProviderNumber> jobcenter;
  std::optional<base::Month> from;
  std::optional<base::Month> to;
  std::optional<base::Month> state;  // exactly this Ladestand
  std::optional<std::string> measure;
  std::optional<std::string> group;  // "" means everybody
  std::optional<domain::Sex> sex;

  bool matches(const domain::SeriesKey& series) const;
  bool matches(const domain::FactRecord& record) const;
};

// What holds: of every key the newest value, a correction in place of what it corrects.
using TakeFact = std::function<void(domain::ProviderNumber, const domain::SeriesKey&, const domain::FactRecord&)>;
void for_each_valid_fact(const Workspace& workspace, const FactFilter& filter, const TakeFact& take);

// Those as exchange CSV, ordered by Jobcenter, series, month and Ladestand.
void export_facts(const Workspace& workspace, const FactFilter& filter, std::ostream& out);

// Every record that matches, corrected ones too.
void for_each_fact(const Workspace& workspace, const FactFilter& filter, const TakeFact& take);

}  // namespace zielwerk::app
