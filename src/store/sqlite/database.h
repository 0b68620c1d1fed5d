// A thin hold on SQLite's C interface: statements that bind and read by position, errors as base::EnvironmentError in German.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace zielwerk::store::sqlite {

class Database {
 public:
  Database(const std::string& path, bool create);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql) const;  // one or more statements without results
  void write_ahead() const;           // readers and one writer side by side; waits for others who do the same
  sqlite3* handle() const { return handle_; }
  const std::string& path() const { return path_; }
  [[noreturn]] void fail(int code) const;

 private:
  std::string path_;
  sqlite3* handle_ = nullptr;
};

// Prepared once, used many times. Columns and parameters count from 0.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Binds in order and starts anew.
  template <class... Values>
  Statement& with(const Values&... values) {
    sqlite3_reset(statement_);
    int position = 0;
    (bind(++position, values), ...);
    return *this;
  }
  bool next();             // a row is there
  void run();              // no rows expected
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  bool null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string_view bytes(int column) const;  // valid until next()
  std::string text(int column) const { return std::string(bytes(column)); }

 private:
  void bind(int position, std::int64_t value) { check(sqlite3_bind_int64(statement_, position, value)); }
  void bind(int position, int value) { bind(position, static_cast<std::int64_t>(value)); }
  void bind(int position, std::uint32_t value) { bind(position, static_cast<std::int64_t>(value)); }
  void bind(int position, std::uint64_t value) { bind(position, static_cast<std::int64_t>(value)); }
  void bind(int position, bool value) { bind(position, static_cast<std::int64_t>(value)); }
  void bind(int position, const std::string& value) {
    check(sqlite3_bind_text(statement_, position, value.data(), static_cast<int>(value.size()), SQLITE_STATIC));
  }
  struct Blob {
    std::string_view bytes;
  };
  void bind(int position, const Blob& value) {
    check(sqlite3_bind_blob(statement_, position, value.bytes.data(), static_cast<int>(value.bytes.size()), SQLITE_STATIC));
  }
  void bind(int position, std::nullptr_t) { check(sqlite3_bind_null(statement_, position)); }
  void check(int code) const;

  const Database& database_;
  sqlite3_stmt* statement_ = nullptr;

 public:
  static Blob blob(std::string_view bytes) { return {bytes}; }
};

// Everything until commit() happens, or nothing does. One within another is a part of it.
class Transaction {
 public:
  explicit Transaction(const Database& database) : database_(database), within_(sqlite3_get_autocommit(database.handle()) == 0) {
    database_.run(within_ ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
  }
  ~Transaction();
  void commit();

 private:
  const Database& database_;
  bool within_;
  bool done_ = false;
};

}  // namespace zielwerk::store::sqlite
