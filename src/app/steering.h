// The steering year's one door: whoever acts in an agreement's file does it here, through the one commit. A person sees the shared room and
// the own side's; of another side's own room nothing, not even that it is empty.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/agreements.h"
#include "app/drafts.h"
#include "steering/record.h"

namespace zielwerk::app {

// An agreement's file as one person reads it.
struct SteeringFile {
  std::string id;                     // "33148-2021"
  std::optional<Agreement> agreement; // none while it is negotiated
  domain::TargetAgreement terms;      // of the agreement, or of the newest offer seen; at the very beginning only what the id says of them
  steering::Record record;
};

// "33148-2021", "NI-2020", "DE-2020": whose agreement, and of which year. A further paper of that year ("04704-2020-2") has the same.
struct FileId {
  std::string whose;
  int year = 0;
  std::string year_before() const;  // "33148-2020"
};
std::optional<FileId> parse_file_id(std::string_view id);
std::optional<domain::ProviderNumber> jobcenter_of(const SteeringFile& file);  // none of an agreement between Bund, Land and BA

// The side a person acts for in the year of an agreement, and whose own room they read; "" for those who sit at none. Between Bund and Land
// the Zuständigkeit decides: „alle“ is the Bund, the Land's own is the Land.
std::string side_code(const Person& person, const domain::TargetAgreement& terms);

// Problem agreement_unknown: there is none, or not for this person. An id without an agreement is a negotiation: NNNNN-YYYY, of a Jobcenter in
// the own Zuständigkeit, or NI-YYYY, of the own Land with the Bund; to a person without a side it begins with the first shared act.
base::Result<SteeringFile> open_file(const Workspace& workspace, const Person& person, const std::string& id);

// Whether an act of this kind can still be added: after the settlement only what speaks about it, in the archive only consents.
bool still_open(const SteeringFile& file, std::string_view kind);

// A file that comes with an act: the field that names it, its name and bytes.
struct Upload {
  std::string name;
  std::string bytes;
};
constexpr std::size_t largest_upload = std::size_t{20} << 20;

// Does it, or says everything that is wrong and does nothing. Problems: those of steering::make_act, side_missing (a committee reads),
// upload_too_large, upload_type_unknown, field_invalid (a file named, not sent), document_invalid and what the exchange format lacks, not_a_party, file_closed (settled or archived:
// only what may come afterwards).
base::Checked<domain::Act> act(Workspace& workspace, const Person& person, const std::string& id, steering::Intent intent, const std::map<std::string, Upload>& uploads = {});

// An annex that an act seen by this person brought, under the name it had there. Problems: file_unknown, file_changed (its bytes no longer have its checksum).
base::Result<domain::StoredFile> find_file(const Workspace& workspace, const SteeringFile& file, const std::string& sha256);

}  // namespace zielwerk::app
