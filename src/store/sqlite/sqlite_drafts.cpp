#include "store/sqlite/sqlite_drafts.h"

#include <fmt/format.h>

#include "store/store.h"

namespace zielwerk::store::sqlite {
namespace {

using domain::StoredDraft;

int number(const Statement& query, int column) { return static_cast<int>(query.integer(column)); }

domain::Side side(const Statement& query, int column) {
  const auto known = domain::parse_side(query.text(column));
  if (!known) throw base::EnvironmentError(fmt::format("Der Speicher nennt eine Seite, die dieses Programm nicht kennt: {}.", query.text(column)));
  return *known;
}

}  // namespace

void SqliteDrafts::keep(const StoredDraft& draft) {
  Transaction transaction(database_);
  Statement(database_, "INSERT INTO draft VALUES(?,?,?,?,?)").with(draft.id, domain::code(draft.side), draft.source, draft.title, draft.document).run();
  keep(draft.id, draft.versions.front());
  transaction.commit();
}

void SqliteDrafts::keep(const std::string& draft, const domain::DraftVersion& version) {
  Transaction transaction(database_);
  Statement last(database_, "SELECT max(version), (SELECT count(*) FROM draft_end WHERE draft = draft_version.draft) FROM draft_version WHERE draft = ?");
  if (last.with(draft).next() && (number(last, 0) != version.version - 1 || number(last, 1) != 0)) throw AlreadyKept("Diese Fassung des Entwurfs ist schon abgelegt.");
  Statement(database_, "INSERT INTO draft_version VALUES(?,?,?,?,?,?,?)").with(draft, version.version, version.by, version.at, version.why, version.whose, version.agreement).run();
  Statement insert(database_, "INSERT INTO draft_change VALUES(?,?,?,?,?,?)");
  int position = 0;
  for (const auto& one : version.changes) insert.with(draft, version.version, ++position, one.path, one.read, one.corrected).run();
  transaction.commit();
}

void SqliteDrafts::keep(const std::string& draft, const domain::DraftShare& share) {
  Statement(database_, "INSERT OR IGNORE INTO draft_share VALUES(?,?,?,?,?)").with(draft, domain::code(share.with), share.version, share.by, share.at).run();
}

void SqliteDrafts::keep(const std::string& draft, const domain::DraftComment& comment) {
  Transaction transaction(database_);
  Statement last(database_, "SELECT max(number) FROM draft_comment WHERE draft = ?");
  if (last.with(draft).next() && number(last, 0) != comment.number - 1) throw AlreadyKept("Diese Anmerkung ist schon abgelegt.");
  Statement(database_, "INSERT INTO draft_comment VALUES(?,?,?,?,?,?,?,?)")
      .with(draft, comment.number, domain::code(comment.side), comment.shared, comment.by, comment.at, comment.field, comment.words)
      .run();
  transaction.commit();
}

void SqliteDrafts::keep(const std::string& draft, const domain::DraftEnd& end) {
  Transaction transaction(database_);
  Statement known(database_, "SELECT 1 FROM draft_end WHERE draft = ?");
  if (known.with(draft).next()) throw AlreadyKept("Der Entwurf ist schon abgeschlossen.");
  Statement(database_, "INSERT INTO draft_end VALUES(?,?,?,?,?)").with(draft, end.agreement, end.version, end.by, end.at).run();
  transaction.commit();
}

StoredDraft SqliteDrafts::head(const Statement& query) const {
  StoredDraft draft{query.text(0), side(query, 1), query.text(2), query.text(3), {}, {}, {}, {}, {}};
  Statement versions(database_, "SELECT version, changed_by, changed_at, why, whose FROM draft_version WHERE draft = ? ORDER BY version");
  versions.with(draft.id);
  while (versions.next()) draft.versions.push_back({number(versions, 0), versions.text(1), versions.text(2), versions.text(3), versions.text(4), {}, {}});
  Statement shares(database_, "SELECT side, version, shared_by, shared_at FROM draft_share WHERE draft = ? ORDER BY version, side");
  shares.with(draft.id);
  while (shares.next()) draft.shares.push_back({side(shares, 0), number(shares, 1), shares.text(2), shares.text(3)});
  Statement end(database_, "SELECT agreement, version, ended_by, ended_at FROM draft_end WHERE draft = ?");
  if (end.with(draft.id).next()) draft.end = {end.text(0), number(end, 1), end.text(2), end.text(3)};
  return draft;
}

std::optional<StoredDraft> SqliteDrafts::find(const std::string& id) const {
  Statement query(database_, "SELECT id, side, source, title, document FROM draft WHERE id = ?");
  if (!query.with(id).next()) return std::nullopt;
  auto draft = head(query);
  draft.document = query.text(4);
  Statement held(database_, "SELECT agreement FROM draft_version WHERE draft = ? AND version = ?");
  Statement changes(database_, "SELECT path, was_read, corrected FROM draft_change WHERE draft = ? AND version = ? ORDER BY position");
  for (auto& version : draft.versions) {
    if (held.with(id, version.version).next()) version.agreement = held.text(0);
    changes.with(id, version.version);
    while (changes.next()) version.changes.push_back({changes.text(0), changes.text(1), changes.text(2)});
  }
  Statement comments(database_, "SELECT number, side, shared, written_by, written_at, field, words FROM draft_comment WHERE draft = ? ORDER BY number");
  comments.with(id);
  while (comments.next()) {
    draft.comments.push_back({number(comments, 0), side(comments, 1), comments.integer(2) != 0, comments.text(3), comments.text(4), comments.text(5), comments.text(6)});
  }
  return draft;
}

std::vector<StoredDraft> SqliteDrafts::heads() const {
  Statement query(database_, "SELECT id, side, source, title FROM draft ORDER BY id");
  std::vector<StoredDraft> all;
  while (query.next()) all.push_back(head(query));
  return all;
}

void SqliteDrafts::keep(const StoredPaper& paper) {
  Statement(database_, "INSERT OR IGNORE INTO paper VALUES(?,?,?,?)").with(paper.sha256, paper.name, paper.text, paper.recorded_at).run();
}

std::optional<StoredPaper> SqliteDrafts::paper(const std::string& sha256) const {
  Statement query(database_, "SELECT sha256, name, text, recorded_at FROM paper WHERE sha256 = ?");
  if (!query.with(sha256).next()) return std::nullopt;
  return StoredPaper{query.text(0), query.text(1), query.text(2), query.text(3)};
}

void keep_confirmation(const Database& database, const domain::StoredAgreement& agreement) {
  const auto& confirmation = *agreement.confirmation;
  Statement(database, "INSERT INTO confirmation VALUES(?,?,?,?)").with(agreement.id, agreement.version, confirmation.by, confirmation.why).run();
  Statement insert(database, "INSERT INTO correction VALUES(?,?,?,?,?,?)");
  int position = 0;
  for (const auto& one : confirmation.corrections) insert.with(agreement.id, agreement.version, ++position, one.path, one.read, one.corrected).run();
}

std::optional<domain::Confirmation> read_confirmation(const Database& database, const domain::StoredAgreement& agreement) {
  Statement query(database, "SELECT confirmed_by, why FROM confirmation WHERE agreement = ? AND version = ?");
  if (!query.with(agreement.id, agreement.version).next()) return std::nullopt;
  domain::Confirmation confirmation{query.text(0), query.text(1), {}};
  Statement corrections(database, "SELECT path, was_read, corrected FROM correction WHERE agreement = ? AND version = ? ORDER BY position");
  corrections.with(agreement.id, agreement.version);
  while (corrections.next()) confirmation.corrections.push_back({corrections.text(0), corrections.text(1), corrections.text(2)});
  return confirmation;
}

}  // namespace zielwerk::store::sqlite
