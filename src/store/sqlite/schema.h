// The schema, step by step: step n brings a file from version n-1 to n. A step that was released is never changed; a new need is
// a new step at the end.
#pragma once

#include <array>

namespace zielwerk::store::sqlite {

inline constexpr std::array<const char*, 11> migrations = {
    // 1: facts, append-only, packed by delivery and series; agreements
    R"sql(
    CREATE TABLE delivery(
      id INTEGER PRIMARY KEY, source TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, received_at TEXT NOT NULL, correction INTEGER NOT NULL,
      note TEXT NOT NULL, sheets TEXT NOT NULL, facts INTEGER NOT NULL, first_state INTEGER NOT NULL, last_state INTEGER NOT NULL) STRICT;
    CREATE TABLE series(
      id INTEGER PRIMARY KEY, measure TEXT NOT NULL, sex TEXT NOT NULL, members TEXT NOT NULL, UNIQUE(measure, sex, members)) STRICT;
    CREATE TABLE segment(
      jobcenter INTEGER NOT NULL, series INTEGER NOT NULL REFERENCES series, delivery INTEGER NOT NULL REFERENCES delivery,
      data BLOB NOT NULL, PRIMARY KEY(jobcenter, series, delivery)) STRICT, WITHOUT ROWID;
    CREATE TRIGGER segment_is_never_changed BEFORE UPDATE ON segment BEGIN SELECT RAISE(ABORT, 'segments are append-only'); END;
    CREATE TRIGGER segment_is_never_deleted BEFORE DELETE ON segment BEGIN SELECT RAISE(ABORT, 'segments are append-only'); END;
    CREATE TABLE agreement(
      id TEXT NOT NULL, version INTEGER NOT NULL, jobcenter INTEGER, document TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
      recorded_at TEXT NOT NULL, PRIMARY KEY(id, version)) STRICT;
    )sql",
    // 2: verdicts with what they rested on
    R"sql(
    CREATE TABLE verdict(
      agreement TEXT NOT NULL, version INTEGER NOT NULL, month INTEGER NOT NULL, target TEXT NOT NULL, waiting INTEGER NOT NULL,
      rule TEXT NOT NULL, status TEXT NOT NULL, line TEXT NOT NULL, derivation TEXT NOT NULL, recorded_at TEXT NOT NULL,
      PRIMARY KEY(agreement, version, month, target, waiting), FOREIGN KEY(agreement, version) REFERENCES agreement) STRICT, WITHOUT ROWID;
    CREATE TRIGGER verdict_is_never_changed BEFORE UPDATE ON verdict BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
    )sql",
    // 3: what users declare, and who is compared with whom
    R"sql(
    CREATE TABLE declaration(name TEXT PRIMARY KEY, document TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE peer_group(
      jobcenter INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, peer_group TEXT NOT NULL, source TEXT NOT NULL,
      PRIMARY KEY(jobcenter, valid_from)) STRICT, WITHOUT ROWID;
    )sql",
    // 4: who confirmed a draft, and what was corrected in it
    R"sql(
    CREATE TABLE confirmation(
      agreement TEXT NOT NULL, version INTEGER NOT NULL, confirmed_by TEXT NOT NULL, why TEXT NOT NULL,
      PRIMARY KEY(agreement, version), FOREIGN KEY(agreement, version) REFERENCES agreement) STRICT, WITHOUT ROWID;
    CREATE TABLE correction(
      agreement TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL, was_read TEXT NOT NULL,
      corrected TEXT NOT NULL, PRIMARY KEY(agreement, version, position), FOREIGN KEY(agreement, version) REFERENCES confirmation) STRICT, WITHOUT ROWID;
    CREATE TRIGGER confirmation_is_never_changed BEFORE UPDATE ON confirmation BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
    CREATE TRIGGER confirmation_is_never_deleted BEFORE DELETE ON confirmation BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
    CREATE TRIGGER correction_is_never_changed BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
    CREATE TRIGGER correction_is_never_deleted BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
    )sql",
    // 5: who may work here, and the record of changes
    R"sql(
    CREATE TABLE account(
      name TEXT PRIMARY KEY, person TEXT NOT NULL, role TEXT NOT NULL, scope TEXT NOT NULL, password_hash TEXT NOT NULL,
      locked INTEGER NOT NULL, changed_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER account_is_never_deleted BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'accounts are locked, never deleted'); END;
    CREATE TABLE audit(
      number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL,
      previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
    CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
    )sql",
    // 6: keys with which programs work as an account
    R"sql(
    CREATE TABLE access_key(
      id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account, purpose TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, made_at TEXT NOT NULL,
      expires_at TEXT NOT NULL, ended_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER access_key_is_never_deleted BEFORE DELETE ON access_key BEGIN SELECT RAISE(ABORT, 'access keys are ended, never deleted'); END;
    CREATE TRIGGER access_key_only_ends BEFORE UPDATE OF id, account, purpose, hash, made_at, expires_at ON access_key
      BEGIN SELECT RAISE(ABORT, 'of an access key only its end can be set'); END;
    )sql",
    // 7: drafts with every version, shared or not, and the papers that agreements were signed on
    R"sql(
    CREATE TABLE draft(id TEXT PRIMARY KEY, side TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL, document TEXT NOT NULL) STRICT;
    CREATE TABLE draft_version(
      draft TEXT NOT NULL REFERENCES draft, version INTEGER NOT NULL, changed_by TEXT NOT NULL, changed_at TEXT NOT NULL, why TEXT NOT NULL,
      whose TEXT NOT NULL, agreement TEXT NOT NULL, PRIMARY KEY(draft, version)) STRICT;
    CREATE TABLE draft_change(
      draft TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL, was_read TEXT NOT NULL,
      corrected TEXT NOT NULL, PRIMARY KEY(draft, version, position), FOREIGN KEY(draft, version) REFERENCES draft_version) STRICT, WITHOUT ROWID;
    CREATE TABLE draft_share(
      draft TEXT NOT NULL, side TEXT NOT NULL, version INTEGER NOT NULL, shared_by TEXT NOT NULL, shared_at TEXT NOT NULL,
      PRIMARY KEY(draft, side, version), FOREIGN KEY(draft, version) REFERENCES draft_version) STRICT, WITHOUT ROWID;
    CREATE TABLE draft_comment(
      draft TEXT NOT NULL REFERENCES draft, number INTEGER NOT NULL, side TEXT NOT NULL, shared INTEGER NOT NULL, written_by TEXT NOT NULL,
      written_at TEXT NOT NULL, field TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY(draft, number)) STRICT, WITHOUT ROWID;
    CREATE TABLE draft_end(
      draft TEXT PRIMARY KEY REFERENCES draft, agreement TEXT NOT NULL, version INTEGER NOT NULL, ended_by TEXT NOT NULL,
      ended_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE paper(sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT;
    CREATE TRIGGER draft_is_never_changed BEFORE UPDATE ON draft BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_is_never_deleted BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_version_is_never_changed BEFORE UPDATE ON draft_version BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_version_is_never_deleted BEFORE DELETE ON draft_version BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_change_is_never_changed BEFORE UPDATE ON draft_change BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_change_is_never_deleted BEFORE DELETE ON draft_change BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_share_is_never_changed BEFORE UPDATE ON draft_share BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_share_is_never_deleted BEFORE DELETE ON draft_share BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_comment_is_never_changed BEFORE UPDATE ON draft_comment BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_comment_is_never_deleted BEFORE DELETE ON draft_comment BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_end_is_never_changed BEFORE UPDATE ON draft_end BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_end_is_never_deleted BEFORE DELETE ON draft_end BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER paper_is_never_changed BEFORE UPDATE ON paper BEGIN SELECT RAISE(ABORT, 'papers are append-only'); END;
    CREATE TRIGGER paper_is_never_deleted BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'papers are append-only'); END;
    )sql",
    // 8: what the sides of an agreement do in its year, and the files they add
    R"sql(
    CREATE TABLE act(
      agreement TEXT NOT NULL, room TEXT NOT NULL, number INTEGER NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, side TEXT NOT NULL,
      acted_by TEXT NOT NULL, acted_at TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(agreement, room, number)) STRICT, WITHOUT ROWID;
    CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'acts are append-only'); END;
    CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts are append-only'); END;
    CREATE TABLE annex(sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL, recorded_at TEXT NOT NULL) STRICT;
    CREATE TRIGGER annex_is_never_changed BEFORE UPDATE ON annex BEGIN SELECT RAISE(ABORT, 'annexes are append-only'); END;
    CREATE TRIGGER annex_is_never_deleted BEFORE DELETE ON annex BEGIN SELECT RAISE(ABORT, 'annexes are append-only'); END;
    )sql",
    // 9: where people get mail, and what they got last
    R"sql(
    ALTER TABLE account ADD COLUMN mail TEXT NOT NULL DEFAULT '';
    ALTER TABLE account ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    )sql",
    // 10: passwords that somebody else gave
    R"sql(
    ALTER TABLE account ADD COLUMN first_password_until TEXT NOT NULL DEFAULT '';
    )sql",
    // 11: ministries of Bund and Länder in rooms of their own; what was shared with all of them stays shared with those that have an account
    R"sql(
    CREATE TEMP TABLE ministry AS SELECT name, 'ministerium:' || CASE WHEN scope GLOB '[A-Z][A-Z]*' THEN substr(scope, 1, 2) ELSE 'DE' END AS side
      FROM account WHERE role = 'ministerium';
    DROP TRIGGER draft_is_never_changed;
    DROP TRIGGER draft_comment_is_never_changed;
    DROP TRIGGER draft_share_is_never_deleted;
    UPDATE draft SET side = coalesce((SELECT ministry.side FROM ministry JOIN draft_version ON changed_by = name
      WHERE draft_version.draft = draft.id AND version = 1), 'ministerium:DE') WHERE side = 'ministerium';
    UPDATE draft_comment SET side = coalesce((SELECT ministry.side FROM ministry WHERE name = written_by), 'ministerium:DE') WHERE side = 'ministerium';
    INSERT INTO draft_share SELECT draft, one.side, version, shared_by, shared_at FROM draft_share, (SELECT DISTINCT side FROM ministry) AS one
      WHERE draft_share.side = 'ministerium';
    DELETE FROM draft_share WHERE side = 'ministerium';
    DROP TABLE temp.ministry;
    CREATE TRIGGER draft_is_never_changed BEFORE UPDATE ON draft BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_comment_is_never_changed BEFORE UPDATE ON draft_comment BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    CREATE TRIGGER draft_share_is_never_deleted BEFORE DELETE ON draft_share BEGIN SELECT RAISE(ABORT, 'drafts are append-only'); END;
    )sql",
};

}  // namespace zielwerk::store::sqlite
