// What Zielwerk is measured against: the same facts as plain rows in SQLite, and one SQL statement (sql/) that judges all
// agreements from them. No checks of the file, no provenance but delivery and line, no derivation.
//
//   sql_baseline load national.csv rows.db      reads the file, inserts every row in one transaction, builds the index
//   sql_baseline judge rows.db targets.csv 2025 sql/series.sql sql/as_of_running.sql sql/verdicts.sql > verdicts.csv
//
// Both print their own stopwatch to stderr as "name seconds" lines.
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

namespace {

class Stopwatch {
 public:
  void lap(std::string_view name) {
    const auto now = std::chrono::steady_clock::now();
    fmt::print(stderr, "{} {:.4f}\n", name, std::chrono::duration<double>(now - last_).count());
    last_ = now;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

class Database {
 public:
  explicit Database(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("cannot open " + path);
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  void run(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
  }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
    return statement;
  }
  std::string error() const { return sqlite3_errmsg(handle_); }

 private:
  sqlite3* handle_ = nullptr;
};

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Row {
  std::int64_t tenths;  // -1: a mark
  std::int32_t traeger;
  std::int32_t month;
  std::int32_t ladestand;
  std::int32_t series;
};

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}
int month(std::string_view text) { return number(text.substr(0, 4)) * 12 + number(text.substr(5, 2)) - 1; }

std::int64_t tenths(std::string_view text) {
  if (text == "-") return 0;
  if (text == "*" || text == "x" || text == ".") return -1;
  std::int64_t whole = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), whole).ptr;
  return whole * 10 + (end != text.data() + text.size() ? end[1] - '0' : 0);
}

// The generator's own columns, in its own order; a line is trusted.
void parse(std::string_view text, std::vector<Row>& rows, std::map<std::string, int, std::less<>>& series) {
  std::string_view last_name;
  int last_series = 0;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    const auto value_at = line.rfind(';') + 1;
    const auto name = line.substr(22, value_at - 23);  // messgroesse;geschlecht;gruppe
    if (name != last_name) {
      auto found = series.find(name);
      if (found == series.end()) found = series.emplace(name, static_cast<int>(series.size()) + 1).first;
      last_name = name;
      last_series = found->second;
    }
    rows.push_back({tenths(line.substr(value_at)), number(line.substr(0, 5)), month(line.substr(6, 7)), month(line.substr(14, 7)), last_series});
  }
}

void load(const std::string& csv, const std::string& path) {
  Stopwatch watch;
  std::vector<Row> rows;
  std::map<std::string, int, std::less<>> series;
  {
    std::FILE* file = std::fopen(csv.c_str(), "rb");
    if (!file) throw std::runtime_error("cannot read " + csv);
    rows.reserve(std::filesystem::file_size(csv) / 40);
    std::string piece(std::size_t{8} << 20, '\0');
    std::size_t kept = 0;
    bool header = true;
    for (;;) {
      const auto got = std::fread(piece.data() + kept, 1, piece.size() - kept, file);
      if (got == 0) break;
      std::string_view text(piece.data(), kept + got);
      const auto whole = text.rfind('\n') + 1;
      parse(header ? text.substr(text.find('\n') + 1, whole - text.find('\n') - 1) : text.substr(0, whole), rows, series);
      header = false;
      kept = text.size() - whole;
      piece.replace(0, kept, text.substr(whole));
    }
    std::fclose(file);
  }
  watch.lap("parse");

  Database database(path);
  // A rollback journal costs a new table nothing: every page is written once.
  database.run("PRAGMA page_size = 16384; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
  database.run("CREATE TABLE series(id INTEGER PRIMARY KEY, measure TEXT NOT NULL, sex TEXT NOT NULL, members TEXT NOT NULL);"
               "CREATE TABLE facts(traeger INTEGER NOT NULL, series INTEGER NOT NULL, month INTEGER NOT NULL, ladestand INTEGER NOT NULL, value INTEGER,"
               " delivery INTEGER NOT NULL, line INTEGER NOT NULL)");
  database.run("BEGIN");
  for (const auto& [name, id] : series) {
    const auto first = name.find(';');
    const auto second = name.rfind(';');
    database.run(fmt::format("INSERT INTO series VALUES({},'{}','{}','{}')", id, name.substr(0, first), name.substr(first + 1, second - first - 1), name.substr(second + 1)).c_str());
  }
  auto* insert = database.prepare("INSERT INTO facts VALUES(?,?,?,?,?,1,?)");
  std::int64_t line = 1;
  for (const auto& row : rows) {
    sqlite3_bind_int(insert, 1, row.traeger);
    sqlite3_bind_int(insert, 2, row.series);
    sqlite3_bind_int(insert, 3, row.month);
    sqlite3_bind_int(insert, 4, row.ladestand);
    row.tenths < 0 ? sqlite3_bind_null(insert, 5) : sqlite3_bind_int64(insert, 5, row.tenths);
    sqlite3_bind_int64(insert, 6, ++line);
    if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error(database.error());
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  database.run("COMMIT");
  watch.lap("insert");
  fmt::print(stderr, "rows {}\nbytes_rows {}\n", rows.size(), std::filesystem::file_size(path));
  database.run("CREATE INDEX facts_by_series ON facts(series, month, traeger, ladestand, value)");
  database.run("ANALYZE");
  watch.lap("index");
  fmt::print(stderr, "bytes_with_index {}\n", std::filesystem::file_size(path));
}

void judge(const std::string& path, const std::string& targets, const std::string& year, const std::string& sql) {
  Stopwatch watch;
  Database database(path);
  database.run("PRAGMA cache_size = -262144; PRAGMA mmap_size = 4294967296; PRAGMA temp_store = MEMORY");
  database.run("CREATE TEMP TABLE target(traeger INTEGER, number INTEGER, tenths INTEGER, PRIMARY KEY(traeger, number)) WITHOUT ROWID; BEGIN");
  auto* insert = database.prepare("INSERT INTO target VALUES(?,?,?)");
  std::ifstream list(targets);
  std::string line;
  for (std::getline(list, line); std::getline(list, line);) {
    const auto first = line.find(';');
    const auto second = line.rfind(';');
    sqlite3_bind_int(insert, 1, number(line.substr(0, first)));
    sqlite3_bind_int(insert, 2, number(line.substr(first + 1, second - first - 1)));
    sqlite3_bind_int64(insert, 3, std::stoll(line.substr(second + 1)));
    if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error(database.error());
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  database.run("COMMIT");

  auto* query = database.prepare(sql);
  sqlite3_bind_int(query, sqlite3_bind_parameter_index(query, ":year"), number(year));
  fmt::memory_buffer out;
  fmt::format_to(std::back_inserter(out), "traeger;monat;wartezeit;ziel;status;ist_zehntel;niveau_millionstel;niveau_vorjahr_millionstel\n");
  int code = sqlite3_step(query);
  for (; code == SQLITE_ROW; code = sqlite3_step(query)) {
    for (int column = 0; column < 8; ++column) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(query, column));
      fmt::format_to(std::back_inserter(out), "{}{}", text ? text : "", column < 7 ? ';' : '\n');
    }
  }
  if (code != SQLITE_DONE) throw std::runtime_error(database.error());
  sqlite3_finalize(query);
  std::fwrite(out.data(), 1, out.size(), stdout);
  watch.lap("judge");
}

}  // namespace

int main(int count, char** words) {
  try {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() == 3 && arguments[0] == "load") {
      load(arguments[1], arguments[2]);
    } else if (arguments.size() > 4 && arguments[0] == "judge") {
      std::string sql;
      for (auto part = arguments.begin() + 4; part != arguments.end(); ++part) sql += contents(*part);
      judge(arguments[1], arguments[2], arguments[3], sql);
    } else {
      throw std::invalid_argument("usage: sql_baseline load NATIONAL.csv ROWS.db | judge ROWS.db TARGETS.csv YEAR PART.sql…");
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "sql_baseline: {}\n", error.what());
    return 2;
  }
}
