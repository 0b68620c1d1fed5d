// Use cases of upkeep: declarations, peer groups, the health of a store, printed figures recomputed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/workspace.h"

namespace zielwerk::app {

struct ImportedDeclaration {
  std::string name;
  std::size_t measures = 0;
  std::size_t groups = 0;
  std::size_t figures = 0;
};
base::Checked<ImportedDeclaration> import_declaration(Workspace& workspace, const std::filesystem::path& file);

// CSV: traeger;vergleichstyp;gueltig_ab;gueltig_bis;quelle. Returns the number of memberships kept.
base::Checked<std::size_t> import_peer_groups(Workspace& workspace, const std::filesystem::path& file);

// What the store finds of itself, and annexes whose bytes no longer have their checksum. Reads everything once.
store::Store::Health health(const Workspace& workspace);

// What is kept of one Jobcenter.
struct Coverage {
  domain::ProviderNumber jobcenter;
  std::size_t series = 0;
  std::uint64_t facts = 0;
  base::Month first_month;
  base::Month last_month;
  base::Month last_state;
  std::size_t months_missing = 0;  // of the ELB total, between first and last month
};
std::vector<Coverage> coverage(const Workspace& workspace);

// Printed figures (docs/formats/gedruckt.md): recomputed where their base figures are printed, too; shown as stated where not.
struct PrintedFigure {
  std::string source;
  std::string what;
  std::string printed;
  std::string recomputed;  // empty: base figures are not printed
  bool agrees = false;
};
base::Checked<std::vector<PrintedFigure>> printed_figures(const std::filesystem::path& file);

}  // namespace zielwerk::app
