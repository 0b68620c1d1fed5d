#include "app/agreements.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/reading.h"
#include "base/text.h"
#include "intake/agreement_json.h"

namespace zielwerk::app {
namespace {

using base::Checked;
using base::Result;
using domain::Form;
using domain::ProviderNumber;
using domain::StoredAgreement;
using domain::TargetAgreement;

// Agreements between Bund, Land and BA have no Träger.
bool has_jobcenter(const TargetAgreement& agreement) { return agreement.kind != "BMAS_LAND" && agreement.kind != "BMAS_BA"; }

const domain::Party* party_of_jobcenter(const TargetAgreement& agreement) {
  const auto with_role = [&](std::string_view role) -> const domain::Party* {
    const auto found = std::find_if(agreement.parties.begin(), agreement.parties.end(), [&](const auto& party) { return party.role == role; });
    return found == agreement.parties.end() ? nullptr : &*found;
  };
  if (agreement.kind == "LAND_ZKT") return with_role("ZKT");
  const auto* jobcenter = with_role("JOBCENTER_GE");
  return jobcenter || agreement.kind == "GE" ? jobcenter : with_role("MUNICIPALITY");
}

Result<ProviderNumber> jobcenter_of(const domain::Directory& directory, const TargetAgreement& agreement, const std::string& source) {
  const auto form = agreement.kind == "LAND_ZKT" ? Form::zkT : Form::gE;
  const auto* party = party_of_jobcenter(agreement);
  if (!party) {
    return base::problem("jobcenter_not_found", fmt::format("Die Vereinbarung nennt keine Partei, die das Jobcenter ({}) ist. Bitte --traeger=NNNNN angeben.", text(form)), source);
  }
  const auto name = domain::bare_name(party->name);
  const auto hits = directory.named(name, agreement.state, form, agreement.year);
  if (hits.size() == 1) return hits.front()->number;
  if (hits.empty()) {
    return base::problem("jobcenter_not_found",
                         fmt::format("Zu „{}“ (gesucht: „{}“, {}, Land {}, {}) gibt es in den Stammdaten kein Jobcenter. Bitte --traeger=NNNNN angeben.", party->name,
                                     name, text(form), agreement.state.empty() ? "beliebig" : agreement.state, agreement.year),
                         source);
  }
  std::vector<std::string> numbers;
  for (const auto* hit : hits) numbers.push_back(hit->number.text());
  return base::problem("jobcenter_ambiguous",
                       fmt::format("Zu „{}“ passen im Jahr {} mehrere Jobcenter: {}. Bitte --traeger=NNNNN angeben.", party->name, agreement.year, base::join(numbers, ", ")),
                       source);
}

Result<std::optional<ProviderNumber>> choose_jobcenter(const Workspace& workspace, const intake::AgreementFile& file, const std::optional<std::string>& traeger) {
  if (traeger) {
    const auto number = ProviderNumber::parse(*traeger);
    if (!number || !workspace.directory().find(*number)) {
      return base::problem("jobcenter_unknown", fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern eines Jobcenters.", base::quoted(*traeger)), "--traeger");
    }
    return *number;
  }
  if (!has_jobcenter(file.agreement)) return std::nullopt;
  const auto found = jobcenter_of(workspace.directory(), file.agreement, file.source);
  if (!found) return tl::unexpected(found.error());
  return *found;
}

TargetAgreement own_terms(const StoredAgreement& stored) {
  auto parsed = intake::parse_agreement(stored.source, stored.document);
  base::ensure(parsed.has_value(), "a stored agreement was valid when it was kept");
  return std::move(parsed->agreement);
}

// What holds with the given versions: the newest reading of the paper itself, and on it the newest reading of each amendment, in the order
// they came. With a month only the amendments in force in it count. The version is the newest one that was used.
Agreement in_force(std::span<const StoredAgreement> versions, std::optional<base::Month> month) {
  Agreement agreement;
  std::vector<std::pair<const StoredAgreement*, TargetAgreement>> amendments;
  for (const auto& stored : versions) {
    auto terms = own_terms(stored);
    if (!terms.amends || &stored == &versions.front()) {
      agreement = {stored, std::move(terms)};
      continue;
    }
    const auto& from = terms.amends->effective_from;
    if (month && !terms.amends->retroactive && from && *month < *from) continue;
    const auto same = std::find_if(amendments.begin(), amendments.end(), [&](const auto& one) { return one.second.document_sha256 == terms.document_sha256; });
    if (same == amendments.end()) {
      amendments.emplace_back(&stored, std::move(terms));
    } else {
      *same = {&stored, std::move(terms)};
    }
  }
  for (const auto& [stored, terms] : amendments) {
    agreement.terms = domain::amended(std::move(agreement.terms), terms);
    if (stored->version > agreement.stored.version) agreement.stored = *stored;
  }
  return agreement;
}

std::string whose(const TargetAgreement& agreement, const std::optional<ProviderNumber>& jobcenter) {
  return jobcenter ? jobcenter->text() : agreement.state.empty() ? "DE" : agreement.state;
}

// "33148-2021", "NI-2020", "DE-2020": papers of one Träger and year share it.
std::string base_id(const TargetAgreement& agreement, const std::optional<ProviderNumber>& jobcenter) { return fmt::format("{}-{}", whose(agreement, jobcenter), agreement.year); }

// Is `id` the base id itself, or a further paper of it ("04704-2020-2")?
bool belongs_to(const std::string& id, const std::string& base) { return id == base || (id.starts_with(base + "-") && id.size() > base.size() + 1); }

// What is kept already and decides the identity of a further paper.
struct Kept {
  std::optional<StoredAgreement> same_file, same_paper, first_paper;
  int papers = 0;
};

Kept kept_with(const Workspace& workspace, const intake::AgreementFile& file, const std::string& base) {
  Kept kept;
  for (const auto& stored : workspace.store().agreements()) {
    if (!belongs_to(stored.id, base)) continue;
    if (stored.sha256 == file.sha256) kept.same_file = stored;
    if (stored.version == 1) ++kept.papers;
    if (stored.id == base) kept.first_paper = stored;
    if (own_terms(stored).document_sha256 == file.agreement.document_sha256) kept.same_paper = stored;
  }
  return kept;
}

Checked<ImportedAgreement> take_once(Workspace& workspace, const intake::AgreementFile& file, const std::optional<std::string>& traeger, const std::optional<domain::Confirmation>& confirmation,
                                     bool dry_run, const std::function<void(store::Store&, const ImportedAgreement&)>& also) {
  const auto by_name = has_jobcenter(file.agreement) ? jobcenter_of(workspace.directory(), file.agreement, file.source) : Result<ProviderNumber>(base::problem("no_jobcenter", ""));
  const auto jobcenter = choose_jobcenter(workspace, file, traeger);
  if (!jobcenter) return base::problems(jobcenter.error());

  const auto base = base_id(file.agreement, *jobcenter);
  const auto kept = kept_with(workspace, file, base);
  if (kept.same_file) return ImportedAgreement{kept.same_file->id, kept.same_file->version, true, {}};
  if (file.draft && !confirmation) {
    return base::problems({"draft_unconfirmed", fmt::format("Das ist ein Entwurf, den das Programm gelesen und noch niemand bestätigt hat. Nach der Durchsicht übernimmt ihn "
                                                            "„zielwerk agreement confirm {} --as=NAME“.", file.source), file.source});
  }
  ImportedAgreement imported{base, 1, false, {}};
  const auto& continues = kept.same_paper ? kept.same_paper : file.agreement.amends ? kept.first_paper : kept.same_paper;
  if (continues) {
    imported = {continues->id, workspace.store().versions(continues->id).back().version + 1, false, {}};
  } else if (kept.papers > 0) {
    imported.id = fmt::format("{}-{}", base, kept.papers + 1);
  }
  if (by_name && *jobcenter && *by_name != **jobcenter) {
    imported.remark = fmt::format("Nach dem Namen der Partei gehört die Vereinbarung zu {} {}, abgelegt ist sie unter {} {}.", by_name->text(),
                                  workspace.directory().name(*by_name), (*jobcenter)->text(), workspace.directory().name(**jobcenter));
  }
  if (!dry_run) {
    workspace.commit([&](store::Store& store) {
      store.keep({imported.id, imported.version, *jobcenter, file.document, file.source, file.sha256, workspace.now(), confirmation});
      if (also) also(store, imported);
      return Workspace::Change{confirmation ? "vereinbarung.bestaetigen" : "vereinbarung.uebernehmen", fmt::format("{}@{}", imported.id, imported.version), file.sha256};
    });
  }
  return imported;
}

}  // namespace

Checked<ImportedAgreement> import_agreement(Workspace& workspace, const std::filesystem::path& path, const std::optional<std::string>& traeger) {
  const auto file = intake::read_agreement(path);
  if (!file) return tl::unexpected(file.error());
  return take_agreement(workspace, *file, traeger);
}

Checked<ImportedAgreement> take_agreement(Workspace& workspace, const intake::AgreementFile& file, const std::optional<std::string>& traeger,
                                          const std::optional<domain::Confirmation>& confirmation, bool dry_run,
                                          const std::function<void(store::Store&, const ImportedAgreement&)>& also) {
  for (;;) {
    try {
      return take_once(workspace, file, traeger, confirmation, dry_run, also);
    } catch (const store::AlreadyKept&) {
      // Another process took this id meanwhile; what it kept is seen in the next round, so every round moves on.
    }
  }
}

Result<std::string> whose_agreement(const Workspace& workspace, const intake::AgreementFile& file, const std::optional<std::string>& traeger) {
  const auto jobcenter = choose_jobcenter(workspace, file, traeger);
  if (!jobcenter) return tl::unexpected(jobcenter.error());
  return whose(file.agreement, *jobcenter);
}

Result<Agreement> find_agreement(const Workspace& workspace, const std::string& id, std::optional<int> version) {
  const auto versions = workspace.store().versions(id);
  if (versions.empty()) {
    std::vector<std::string> known;
    for (const auto& stored : workspace.store().agreements()) {
      if (known.empty() || known.back() != stored.id) known.push_back(stored.id);
    }
    return base::problem("agreement_unknown", fmt::format("Die Vereinbarung {} gibt es nicht. Bekannt: {}.", base::quoted(id), known.empty() ? "keine" : base::join(known, ", ")));
  }
  const auto wanted = static_cast<std::size_t>(version.value_or(versions.back().version));
  if (wanted >= 1 && wanted <= versions.size()) return in_force(std::span(versions).first(wanted), std::nullopt);
  return base::problem("agreement_unknown", fmt::format("Die Vereinbarung {} hat keine Fassung {}; es gibt 1 bis {}.", id, *version, versions.back().version));
}

Result<Agreement> agreement_in_force(const Workspace& workspace, const std::string& id, base::Month month) {
  const auto versions = workspace.store().versions(id);
  if (versions.empty()) return find_agreement(workspace, id);
  return in_force(versions, month);
}

std::vector<Agreement> all_agreements(const Workspace& workspace) {
  std::vector<Agreement> newest;
  const auto stored = workspace.store().agreements();
  for (std::size_t begin = 0; begin < stored.size();) {
    std::size_t end = begin;
    while (end < stored.size() && stored[end].id == stored[begin].id) ++end;
    newest.push_back(in_force(std::span(stored).subspan(begin, end - begin), std::nullopt));
    begin = end;
  }
  return newest;
}

Checked<std::vector<evaluation::Finding>> check_agreement(const Workspace& workspace, const std::string& id_or_file) {
  const evaluation::Words words{workspace.vocabulary(), workspace.declared()};
  if (!workspace.store().versions(id_or_file).empty()) return evaluation::check(find_agreement(workspace, id_or_file)->terms, words);
  if (!std::filesystem::exists(id_or_file)) return base::problems(find_agreement(workspace, id_or_file).error());
  if (!is_exchange_file(id_or_file)) {
    auto paper = read_paper(workspace, id_or_file, {});
    if (!paper) return base::problems(paper.error());
    if (!paper->obstacles.empty()) return tl::unexpected(std::move(paper->obstacles));
    return std::move(paper->findings);
  }
  const auto file = intake::read_agreement(id_or_file);
  if (!file) return tl::unexpected(file.error());
  return evaluation::check(file->agreement, words);
}

}  // namespace zielwerk::app
