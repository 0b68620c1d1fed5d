#include "app/reading.h"

#include <fstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/corrections.h"
#include "base/text.h"
#include "report/json_text.h"

namespace zielwerk::app {

using base::Checked;
using base::Result;

Result<PaperRead> read_paper(const Workspace& workspace, const std::filesystem::path& file, const documents::OpenOptions& options) {
  auto document = documents::open_document(file, options);
  if (!document) return tl::unexpected(document.error());
  auto reading = reader::read(*document);
  if (!reading) return tl::unexpected(reading.error());
  PaperRead read{std::move(*document), std::move(*reading), {}, {}, {}};
  read.draft = report::json_text(read.reading.draft);
  const auto terms = intake::parse_agreement("Entwurf", read.draft);
  if (terms) {
    read.findings = evaluation::check(terms->agreement, {workspace.vocabulary(), workspace.declared()});
  } else {
    read.obstacles = terms.error();
  }
  return read;
}

bool is_exchange_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string begin(64, '\0');
  stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  begin.resize(static_cast<std::size_t>(stream.gcount()));
  if (begin.starts_with("\xEF\xBB\xBF")) begin.erase(0, 3);
  return file.extension() == ".json" || base::trim(begin).starts_with("{");
}

namespace {

bool same_rules(const intake::JsonDocument& draft, const reader::Reading& again) {
  const auto* read_with = draft.value.at("document").as_object().if_contains("rules_sha256");
  return read_with && *read_with == again.draft.at("document").at("rules_sha256");
}

// The last word on a draft that fits its text.
Checked<Confirmed> confirm(Workspace& workspace, const intake::AgreementFile& file, std::vector<domain::Correction> corrections, const Confirming& confirming) {
  if (!corrections.empty() && base::trim(confirming.why).empty()) {
    std::vector<std::string> paths;
    for (const auto& one : corrections) {
      if (paths.size() < 5) paths.push_back(one.path);
    }
    return base::problems({"why_missing", fmt::format("Der Entwurf wurde in {} Feldern geändert ({}{}). Warum, sagt --why=TEXT; es wird mit den Änderungen aufbewahrt.", corrections.size(),
                                                      base::join(paths, ", "), corrections.size() > paths.size() ? " …" : ""), file.source});
  }
  const domain::Confirmation confirmation{confirming.by, corrections.empty() ? "" : confirming.why, corrections};
  auto taken = take_agreement(workspace, file, confirming.traeger, confirmation, confirming.dry_run);
  if (!taken) return tl::unexpected(std::move(taken.error()));
  return Confirmed{std::move(*taken), std::move(corrections), confirming.dry_run};
}

}  // namespace

Checked<Confirmed> confirm_agreement(Workspace& workspace, const std::filesystem::path& path, const Confirming& confirming) {
  const auto file = intake::read_agreement(path);
  if (!file) return tl::unexpected(file.error());
  const auto draft = intake::parse_json(file->source, file->document);
  base::ensure(draft.has_value(), "an agreement that was read is JSON");
  const auto paper = paper_of(*draft);
  if (!paper) return base::problems(paper.error());
  auto problems = check_evidence(*draft, paper->text);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  const auto again = reader::read(*paper);
  if (!again) return base::problems(again.error());
  auto changes = corrections(again->draft.at("agreement"), draft->value.at("agreement"));
  // What a person changed and what other rules read otherwise could not be told apart.
  if (!changes.empty() && !same_rules(*draft, *again)) {
    return base::problems({"rules_changed", fmt::format("Der Entwurf wurde mit anderen Regeln gelesen als denen dieses Programms (document.rules_sha256), und sie lesen das Papier heute anders (Felder: {}). Bitte das Papier noch einmal lesen und die Korrekturen übernehmen.", changes.size()),
                           draft->where("/document")});
  }
  return confirm(workspace, *file, std::move(changes), confirming);
}

}  // namespace zielwerk::app
