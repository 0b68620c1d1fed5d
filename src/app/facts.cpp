#include "app/facts.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "intake/facts_csv.h"
#include "intake/profile.h"
#include "intake/workbook.h"

namespace zielwerk::app {

using base::Checked;
using intake::FactFile;

std::vector<LayoutProfile> layout_profiles(const std::filesystem::path& folder, const domain::Vocabulary& vocabulary) {
  std::vector<LayoutProfile> all;
  if (folder.empty()) return all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    const auto profile = intake::read_profile(entry.path(), vocabulary);
    all.push_back({entry.path().stem().string(), profile ? (*profile)->description : std::string(), entry.path()});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return all;
}

Checked<FactFile> read_facts(const Workspace& workspace, const ImportFacts& request, const intake::Progress& progress) {
  const intake::Known known{workspace.vocabulary(), workspace.directory()};
  if (request.profile) {
    const auto profile = intake::read_profile(*request.profile, workspace.vocabulary());
    if (!profile) return tl::unexpected(profile.error());
    return intake::read_workbook(request.file, **profile, known);
  }
  const auto extension = request.file.extension();
  if (extension == ".xlsx" || extension == ".xlsm") {
    return base::problems({"profile_missing", "Eine Excel-Mappe braucht ein Layoutprofil: --profile=DATEI.toml (Beispiele unter profiles/, Anleitung: docs/formats/profil.md).",
                           request.file.filename().string()});
  }
  return intake::read_facts_csv(request.file, known, progress);
}

Checked<ImportedFacts> import_facts(Workspace& workspace, const ImportFacts& request, const intake::Progress& progress) {
  auto file = read_facts(workspace, request, progress);
  if (!file) return tl::unexpected(file.error());
  return take_facts(workspace, std::move(*file), request);
}

Checked<store::TakenOver> take_delivery(Workspace& workspace, const intake::FactFile& file, bool check) {
  Checked<store::TakenOver> taken;
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    taken = store.append(file.delivery, file.table, check);
    if (!taken || check || taken->already_known) return std::nullopt;
    return Workspace::Change{file.delivery.correction ? "lieferung.korrektur" : "lieferung.uebernehmen", std::to_string(taken->delivery.id),
                             fmt::format("{}, {} Werte, SHA-256 {}", file.delivery.source, taken->delivery.facts, file.delivery.sha256)};
  });
  return taken;
}

Checked<ImportedFacts> take_facts(Workspace& workspace, FactFile file, const ImportFacts& request) {
  file.delivery.received_at = workspace.now();
  file.delivery.correction = request.correction;
  file.delivery.note = request.note;
  auto taken = take_delivery(workspace, file, request.check);
  if (!taken) return tl::unexpected(taken.error());
  return ImportedFacts{std::move(*taken), std::move(file.remarks)};
}

bool FactFilter::matches(const domain::SeriesKey& series) const {
  return (!measure || *measure == series.measure) && (!group || *group == series.group) && (!sex || *sex == series.sex);
}

bool FactFilter::matches(const domain::FactRecord& record) const {
  return (!from || *from <= record.month) && (!to || record.month <= *to) && (!state || *state == record.state.loaded);
}

void for_each_fact(const Workspace& workspace, const FactFilter& filter, const TakeFact& take) {
  const auto jobcenters = filter.jobcenter ? std::vector{*filter.jobcenter} : workspace.store().jobcenters();
  for (const auto jobcenter : jobcenters) {
    const auto history = workspace.store().read(jobcenter);
    for (const auto& [series, records] : history.all()) {
      if (!filter.matches(series)) continue;
      for (const auto& record : records) {
        if (filter.matches(record)) take(jobcenter, series, record);
      }
    }
  }
}

void for_each_valid_fact(const Workspace& workspace, const FactFilter& filter, const TakeFact& take) {
  const auto jobcenters = filter.jobcenter ? std::vector{*filter.jobcenter} : workspace.store().jobcenters();
  for (const auto jobcenter : jobcenters) {
    const auto history = workspace.store().read(jobcenter);
    for (const auto& [series, records] : history.all()) {
      if (!filter.matches(series)) continue;
      for (std::size_t i = 0; i < records.size(); ++i) {
        const bool corrected = i + 1 < records.size() && records[i + 1].month == records[i].month && records[i + 1].state == records[i].state;
        if (!corrected && filter.matches(records[i])) take(jobcenter, series, records[i]);
      }
    }
  }
}

void export_facts(const Workspace& workspace, const FactFilter& filter, std::ostream& out) {
  out << "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n";
  for_each_valid_fact(workspace, filter, [&](domain::ProviderNumber jobcenter, const domain::SeriesKey& series, const domain::FactRecord& record) {
    auto value = record.value.text();
    if (record.value.mark == domain::Mark::None) std::replace(value.begin(), value.end(), '.', ',');
    out << jobcenter.text() << ';' << record.month.text() << ';' << record.state.loaded.text() << ';' << series.measure << ';' << domain::letter(series.sex)
        << ';' << series.group << ';' << value << '\n';
  });
}

}  // namespace zielwerk::app
