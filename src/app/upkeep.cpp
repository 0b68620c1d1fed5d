#include "app/upkeep.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "documents/input_file.h"
#include "intake/declaration.h"
#include "intake/small_csv.h"

namespace zielwerk::app {

using base::Checked;
using base::Month;

Checked<ImportedDeclaration> import_declaration(Workspace& workspace, const std::filesystem::path& file) {
  // A file of the same name replaces its older version; the others must still fit to what it says now.
  auto others = workspace.store().declarations();
  std::erase_if(others, [&](const auto& one) { return one.name == file.filename().string(); });
  const auto declaration = intake::read_declaration(file, together(others).vocabulary);
  if (!declaration) return tl::unexpected(declaration.error());
  const store::StoredDeclaration kept{declaration->name, declaration->document, workspace.now()};
  others.push_back(kept);
  if (auto all = together(others); !all.problems.empty()) return tl::unexpected(std::move(all.problems));
  workspace.commit([&](store::Store& store) {
    store.keep(kept);
    return Workspace::Change{"erklaerung.uebernehmen", kept.name, ""};
  });
  workspace.declarations_changed();
  return ImportedDeclaration{declaration->name, declaration->measures.size(), declaration->groups.size(), declaration->figures.size()};
}

Checked<std::size_t> import_peer_groups(Workspace& workspace, const std::filesystem::path& file) {
  std::vector<domain::PeerGroupMembership> memberships;
  const auto take = [&](const intake::CsvRow& row, base::Problems& problems) {
    const auto before = problems.size();
    const auto number = domain::ProviderNumber::parse(row.fields.at("traeger"));
    if (!number || !workspace.directory().find(*number)) {
      problems.push_back({"jobcenter_unknown", fmt::format("{} ist keine bekannte Trägernummer.", base::quoted(row.fields.at("traeger"))), row.where});
    }
    const auto& from = row.fields.at("gueltig_ab");
    const auto& until = row.fields.at("gueltig_bis");
    if (!Month::parse(from) || (!until.empty() && !Month::parse(until)) || (!until.empty() && until < from)) {
      problems.push_back({"month_invalid", fmt::format("„{}“ bis „{}“ ist kein Zeitraum; erwartet ist JJJJ-MM, das Ende darf leer sein.", from, until), row.where});
    }
    if (row.fields.at("vergleichstyp").empty()) problems.push_back({"value_missing", "Der Vergleichstyp fehlt.", row.where});
    if (problems.size() == before) memberships.push_back({*number, row.fields.at("vergleichstyp"), from, until, row.fields.at("quelle")});
  };
  const auto rows = intake::read_small_csv(file, {"traeger", "vergleichstyp", "gueltig_ab", "gueltig_bis", "quelle"}, take);
  if (!rows) return tl::unexpected(rows.error());
  workspace.commit([&](store::Store& store) {
    store.keep(std::span<const domain::PeerGroupMembership>(memberships));
    return Workspace::Change{"vergleichstyp.uebernehmen", file.filename().string(), fmt::format("{} Zuordnungen", memberships.size())};
  });
  return memberships.size();
}

store::Store::Health health(const Workspace& workspace) {
  auto health = workspace.store().check();
  const auto& steering = workspace.store().steering();
  for (const auto& sha256 : steering.files()) {
    const auto file = steering.file(sha256);
    if (file && documents::sha256(file->bytes) != sha256) health.findings.push_back(fmt::format("Die Anlage {} ({}…) wurde nach dem Ablegen verändert.", base::quoted(file->name), sha256.substr(0, 12)));
  }
  return health;
}

std::vector<Coverage> coverage(const Workspace& workspace) {
  std::vector<Coverage> all;
  for (const auto jobcenter : workspace.store().jobcenters()) {
    const auto history = workspace.store().read(jobcenter);
    Coverage one;
    one.jobcenter = jobcenter;
    one.series = history.all().size();
    one.first_month = Month(2999, 12);
    for (const auto& [series, records] : history.all()) {
      one.facts += records.size();
      one.first_month = std::min(one.first_month, records.front().month);
      one.last_month = std::max(one.last_month, records.back().month);
      for (const auto& record : records) one.last_state = std::max(one.last_state, record.state.loaded);
    }
    std::set<Month> months;
    for (const auto& record : history.series({"ELB", domain::Sex::T, ""})) months.insert(record.month);
    one.months_missing = static_cast<std::size_t>(one.last_month - one.first_month + 1) - months.size();
    all.push_back(one);
  }
  return all;
}

Checked<std::vector<PrintedFigure>> printed_figures(const std::filesystem::path& file) {
  std::vector<PrintedFigure> figures;
  const auto take = [&](const intake::CsvRow& row, base::Problems& problems) {
    PrintedFigure figure{row.fields.at("quelle"), row.fields.at("groesse"), row.fields.at("gedruckt"), {}, false};
    const auto& how = row.fields.at("rechnung");
    std::vector<base::Exact> values;
    for (const auto& word : base::split(row.fields.at("werte"), ' ')) {
      if (word.empty()) continue;
      const auto number = base::parse_decimal(word);
      if (!number) problems.push_back({"value_invalid", fmt::format("{} ist keine Zahl.", base::quoted(word)), row.where});
      values.push_back(number ? number->exact() : base::Exact(0));
    }
    const auto places = base::parse_decimal(row.fields.at("stellen"));
    std::optional<base::Exact> result;
    if (how == "quote" && values.size() == 2 && values[1] != 0) result = values[0] / values[1] * 100;
    if (how == "anteil" && values.size() == 2) result = values[0] * values[1] / 100;
    if (how == "steigerung" && values.size() == 2) result = values[0] * (1 + values[1] / 100);
    if (how == "durchschnitt" && !values.empty()) {
      result = 0;
      for (const auto& value : values) *result += value;
      *result /= static_cast<int>(values.size());
    }
    if (how == "summe" && !values.empty()) {
      result = 0;
      for (const auto& value : values) *result += value;
    }
    if (!result && how != "angegeben") {
      problems.push_back({"value_invalid", fmt::format("Die Rechnung {} passt nicht zu den Werten; erwartet ist quote, anteil, steigerung, durchschnitt, summe oder angegeben.", base::quoted(how)), row.where});
      return;
    }
    if (result) {
      figure.recomputed = base::round_half_away(*result, places ? static_cast<int>(places->digits) : 0).german();
      figure.agrees = figure.recomputed == figure.printed;
    }
    figures.push_back(std::move(figure));
  };
  const auto rows = intake::read_small_csv(file, {"quelle", "groesse", "rechnung", "werte", "stellen", "gedruckt"}, take);
  if (!rows) return tl::unexpected(rows.error());
  return figures;
}

}  // namespace zielwerk::app
