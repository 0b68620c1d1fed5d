// The agreement desk: drafts on the server, from the paper to the confirmed agreement. A draft lies in the room of the side that made it;
// nobody else can tell whether it exists until it is shared. Everything that changes one goes into the record of changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/draft_edit.h"
#include "app/reading.h"
#include "domain/draft.h"

namespace zielwerk::app {

// Who asks. The side follows from role and Zuständigkeit.
struct Person {
  const domain::Account& account;
  const domain::Scope& scope;
  std::optional<domain::Side> side() const { return domain::side_of(account.role, scope); }
};

// A draft as a person may see it: their own room's whole, a shared one up to the version shared with them and without the other room's
// reasons and comments. nullopt: as if it did not exist.
std::optional<domain::StoredDraft> find_draft(const Workspace& workspace, const Person& person, const std::string& id);
std::vector<domain::StoredDraft> list_drafts(const Workspace& workspace, const Person& person);  // heads; open ones and ended ones
bool own_room(const Person& person, const domain::StoredDraft& draft);

// Keeps what `agreement read` wrote of a paper. Without a Trägernummer the party's name says whose it is; where it does not, nobody but
// its maker sees the draft until somebody says so. Problems: json_invalid, draft_expected, jobcenter_unknown, scope_missing.
base::Result<domain::StoredDraft> keep_draft(Workspace& workspace, const Person& person, std::string text, const std::optional<std::string>& traeger);

// A changed draft; or, where others changed it since `edit.version`, what they did and nothing changed.
struct Edited {
  domain::StoredDraft draft;
  std::vector<domain::DraftVersion> meanwhile;
};
// Problems, all at once: why_missing, draft_ended, open_point_unknown, jobcenter_unknown, scope_missing, those of apply(), and those that
// the exchange format would have only since this change. Only in the own room.
base::Checked<Edited> edit_draft(Workspace& workspace, const Person& person, const std::string& id, const DraftEdit& edit);

// Who else may be shown a draft: the ministries of its Land and of the Bund, agency, municipality, Jobcenter.
std::vector<domain::Side> other_sides(const Workspace& workspace, const domain::StoredDraft& draft);
// Problems: draft_ended, side_unknown (none of these).
base::Result<domain::DraftShare> share_draft(Workspace& workspace, const Person& person, const domain::StoredDraft& draft, const std::string& with);
// Problem comment_invalid (empty, over 2000 characters).
base::Result<domain::DraftComment> comment_draft(Workspace& workspace, const Person& person, const domain::StoredDraft& draft, const std::string& field, const std::string& words, bool shared);
base::Result<domain::DraftEnd> drop_draft(Workspace& workspace, const Person& person, const domain::StoredDraft& draft);

// What stands between a draft and an agreement, and what the check before signing says.
struct DraftState {
  std::vector<evaluation::Finding> findings;
  base::Problems obstacles;
  std::vector<std::size_t> open;  // points of the reading that nobody settled, from 0
  std::vector<domain::Correction> corrections;  // against what was read
  bool second_person_needed = false;
};
DraftState state_of(const Workspace& workspace, const domain::StoredDraft& draft, domain::SecondPerson rule);

// The draft becomes an agreement, in one commit. Problems, all at once: draft_ended, version_outdated (somebody changed it since),
// open_points_left, second_person_needed, not_a_party, jobcenter_not_found, and what the exchange format or the evidence lacks.
base::Checked<ImportedAgreement> confirm_draft(Workspace& workspace, const Person& person, const domain::StoredDraft& draft, int version, domain::SecondPerson rule);

// The exchange document of its newest version that the person sees.
boost::json::object draft_document(const domain::StoredDraft& draft);

}  // namespace zielwerk::app
