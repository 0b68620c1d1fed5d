#include "store/sqlite/sqlite_acts.h"

#include <fmt/format.h>

#include "store/store.h"

namespace zielwerk::store::sqlite {

void SqliteActs::keep(const domain::Act& act) {
  Transaction transaction(database_);
  Statement last(database_, "SELECT max(number) FROM act WHERE agreement = ? AND room = ?");
  if (last.with(act.agreement, act.room).next() && last.integer(0) != act.number - 1) throw AlreadyKept("Dieser Vorgang ist schon abgelegt.");
  Statement(database_, "INSERT INTO act VALUES(?,?,?,?,?,?,?,?,?)")
      .with(act.agreement, act.room, act.number, act.subject, act.kind, act.side, act.by, act.at, act.body)
      .run();
  transaction.commit();
}

std::vector<domain::Act> SqliteActs::acts(const std::string& agreement, const std::string& room) const {
  Statement query(database_, "SELECT number, subject, kind, side, acted_by, acted_at, body FROM act WHERE agreement = ? AND room = ? ORDER BY number");
  query.with(agreement, room);
  std::vector<domain::Act> all;
  while (query.next()) all.push_back({agreement, room, static_cast<int>(query.integer(0)), query.text(1), query.text(2), query.text(3), query.text(4), query.text(5), query.text(6)});
  return all;
}

std::vector<std::string> SqliteActs::agreements() const {
  Statement query(database_, "SELECT DISTINCT agreement FROM act ORDER BY agreement");
  std::vector<std::string> all;
  while (query.next()) all.push_back(query.text(0));
  return all;
}

void SqliteActs::keep(const domain::StoredFile& file) {
  Statement(database_, "INSERT OR IGNORE INTO annex VALUES(?,?,?,?,?)").with(file.sha256, file.name, file.type, Statement::blob(file.bytes), file.recorded_at).run();
}

std::optional<domain::StoredFile> SqliteActs::file(const std::string& sha256) const {
  Statement query(database_, "SELECT name, type, bytes, recorded_at FROM annex WHERE sha256 = ?");
  if (!query.with(sha256).next()) return std::nullopt;
  return domain::StoredFile{sha256, query.text(0), query.text(1), std::string(query.bytes(2)), query.text(3)};
}

std::vector<std::string> SqliteActs::files() const {
  Statement query(database_, "SELECT sha256 FROM annex ORDER BY sha256");
  std::vector<std::string> all;
  while (query.next()) all.push_back(query.text(0));
  return all;
}

void SqliteActs::check(std::vector<std::string>& findings) const {
  Statement query(database_, "SELECT agreement, count(*), max(number) FROM act GROUP BY agreement, room HAVING count(*) != max(number)");
  while (query.next()) findings.push_back(fmt::format("Steuerungsakte {}: {} Vorgänge, die letzte Nummer ist {}.", query.text(0), query.integer(1), query.integer(2)));
}

}  // namespace zielwerk::store::sqlite
