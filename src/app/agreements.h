// Use cases around agreements: take over, list, export, check before signing.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "app/workspace.h"
#include "domain/agreement.h"
#include "evaluation/plausibility.h"
#include "intake/agreement_json.h"

namespace zielwerk::app {

struct ImportedAgreement {
  std::string id;
  int version = 1;
  bool already_known = false;
  std::string remark;  // the number given does not fit the party's name
};

// Keeps an exchange document. The Träger follows from the name of the zkT or gE party unless given; anything but exactly one hit in
// the master data is a problem (jobcenter_not_found, jobcenter_ambiguous) that asks for --traeger. The same document again changes
// nothing; the same paper read anew, or an amendment, is a further version; another paper of the Träger and year gets "-2".
// A draft is refused (draft_unconfirmed): nothing that the program read binds anybody before a person confirmed it.
base::Checked<ImportedAgreement> import_agreement(Workspace& workspace, const std::filesystem::path& file, const std::optional<std::string>& traeger);

// The same for a file already read, with its confirmation if it was a draft. A dry run says what would happen and keeps nothing. `also`
// happens in the same commit.
base::Checked<ImportedAgreement> take_agreement(Workspace& workspace, const intake::AgreementFile& file, const std::optional<std::string>& traeger,
                                                const std::optional<domain::Confirmation>& confirmation = {}, bool dry_run = false,
                                                const std::function<void(store::Store&, const ImportedAgreement&)>& also = {});

// Whose agreement a file is: a Trägernummer, the Land, or "DE". By the name of the party; problems as above.
base::Result<std::string> whose_agreement(const Workspace& workspace, const intake::AgreementFile& file, const std::optional<std::string>& traeger);

// One version of an agreement, ready to work with.
struct Agreement {
  domain::StoredAgreement stored;
  domain::TargetAgreement terms;
};

// The newest version, or the one given. Problem agreement_unknown names what there is.
base::Result<Agreement> find_agreement(const Workspace& workspace, const std::string& id, std::optional<int> version = {});

// The version in force for a month: an amendment counts from its date on, unless it is retroactive.
base::Result<Agreement> agreement_in_force(const Workspace& workspace, const std::string& id, base::Month month);

// Newest versions, by id.
std::vector<Agreement> all_agreements(const Workspace& workspace);

// Findings on an agreement of the store, or on a file that is not in it yet: exchange JSON, or a paper (which is read first).
base::Checked<std::vector<evaluation::Finding>> check_agreement(const Workspace& workspace, const std::string& id_or_file);

}  // namespace zielwerk::app
