#include "store/sqlite/database.h"

#include <fmt/format.h>

#include "base/problem.h"

namespace zielwerk::store::sqlite {
namespace {

const char* german(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL: return "der Datenträger ist voll";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "ein anderer Vorgang schreibt gerade; bitte gleich noch einmal versuchen";
    case SQLITE_READONLY: return "die Datei ist nur lesbar";
    case SQLITE_IOERR: return "Lesen oder Schreiben ist gescheitert (Datenträger voll oder gestört)";
    case SQLITE_CANTOPEN: return "die Datei lässt sich nicht öffnen";
    case SQLITE_CORRUPT: return "die Datei ist beschädigt";
    case SQLITE_NOTADB: return "die Datei ist kein Zielwerk-Speicher";
    case SQLITE_NOMEM: return "der Arbeitsspeicher reicht nicht";
    default: return nullptr;
  }
}

constexpr int patience_ms = 10'000;

}  // namespace

Database::Database(const std::string& path, bool create) : path_(path) {
  const int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
  if (path.empty()) throw base::EnvironmentError("Der Name des Speichers ist leer; --store=DATEI oder $ZIELWERK_STORE nennt die Datei.");
  // ":memory:" and the like are names of files here: a store that vanishes would be no store.
  const std::string file = path.starts_with(":") || path.starts_with("file:") ? "./" + path : path;
  if (sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const auto message = fmt::format("Der Speicher {} lässt sich nicht öffnen. Gibt es ihn noch nicht, legt „zielwerk --store={} init“ ihn an.", path, path);
    sqlite3_close(handle_);
    throw base::EnvironmentError(message);
  }
  sqlite3_busy_timeout(handle_, patience_ms);
  sqlite3_extended_result_codes(handle_, 1);
}

Database::~Database() { sqlite3_close(handle_); }

void Database::fail(int code) const {
  const char* known = german(code);
  throw base::EnvironmentError(fmt::format("Speicher {}: {}.", path_, known ? known : sqlite3_errmsg(handle_)));
}

void Database::run(const char* sql) const {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

void Database::write_ahead() const {
  // Two processes that change the mode at once each hold what the other needs: SQLite answers at once instead of waiting.
  constexpr int pause_ms = 10;
  int code = SQLITE_BUSY;
  for (int waited = 0; (code & 0xFF) == SQLITE_BUSY && waited < patience_ms; waited += pause_ms) {
    code = sqlite3_exec(handle_, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    if ((code & 0xFF) == SQLITE_BUSY) sqlite3_sleep(pause_ms);
  }
  if (code != SQLITE_OK) fail(code);
}

Statement::Statement(const Database& database, std::string_view sql) : database_(database) {
  check(sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &statement_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::check(int code) const {
  if (code != SQLITE_OK) database_.fail(code);
}

bool Statement::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail(code);
  return false;
}

void Statement::run() {
  next();
  sqlite3_reset(statement_);
}

std::string_view Statement::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Transaction::~Transaction() {
  // A rollback that fails (disk gone) is repeated by SQLite itself when the file is next opened.
  if (!done_) sqlite3_exec(database_.handle(), within_ ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run(within_ ? "RELEASE part" : "COMMIT");
  done_ = true;
}

}  // namespace zielwerk::store::sqlite
