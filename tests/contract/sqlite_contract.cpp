// What only a file can show: what outlives the process, migrations, foreign files, two writers.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <thread>

#include "../support.h"
#include "store/segment.h"
#include "store/sqlite/schema.h"

namespace zielwerk::store {
namespace {

using namespace test;

// SQLite itself, past the store.
class Raw {
 public:
  explicit Raw(const std::filesystem::path& path) { EXPECT_EQ(sqlite3_open(path.c_str(), &handle_), SQLITE_OK); }
  ~Raw() { sqlite3_close(handle_); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  // "" or the error
  std::string run(const std::string& sql) {
    char* message = nullptr;
    sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &message);
    const std::string text = message ? message : "";
    sqlite3_free(message);
    return text;
  }
  std::int64_t number(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql;
    sqlite3_step(statement);
    const auto found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
  }

 private:
  sqlite3* handle_ = nullptr;
};

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

std::string error_of(const std::filesystem::path& path, bool create) {
  try {
    open_sqlite_store(path.string(), create);
  } catch (const base::EnvironmentError& error) {
    return error.what();
  }
  return "";
}

class SqliteContract : public testing::Test {
 protected:
  std::unique_ptr<Store> open(bool create = false) { return open_sqlite_store(path_.string(), create); }
  void fill() { ASSERT_TRUE(append(*open(true), delivery("a.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}, {"33148", "ELB T", "2020-04", "2020-04", "1000"}}))); }

  Folder folder_;
  std::filesystem::path path_ = folder_.file("speicher.db");
};

TEST_F(SqliteContract, OutlivesTheProcess) {
  fill();
  open()->keep(StoredDeclaration{"ziele.toml", "x", "2026"});
  const auto again = open();
  EXPECT_EQ(told(again->read(number("33148")), "INT T"), "2020-04@2020-04=20");
  EXPECT_EQ(again->declarations().size(), 1U);
  EXPECT_TRUE(append(*again, delivery("a.csv", {}))->already_known);
  const auto health = again->check();
  EXPECT_TRUE(health.findings.empty());
  EXPECT_EQ(health.schema_version, static_cast<int>(sqlite::migrations.size()));
  EXPECT_GT(health.bytes, 0U);
}

TEST_F(SqliteContract, AnAbsentFileSaysHowToMakeOne) {
  EXPECT_NE(error_of(path_, false).find("init"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_NE(error_of(folder_.file("kein/ordner/speicher.db"), true), "");
}

TEST_F(SqliteContract, FactsAreAppendOnly) {
  fill();
  Raw raw(path_);
  EXPECT_EQ(raw.run("UPDATE segment SET data = x'00'"), "segments are append-only");
  EXPECT_EQ(raw.run("DELETE FROM segment"), "segments are append-only");
  EXPECT_EQ(raw.number("SELECT count(*) FROM segment"), 2);
  open()->keep(domain::StoredAgreement{"A", 1, {}, "{}", "", "", ""});
  open()->keep(std::vector{StoredVerdict{"A", 1, "T1", month("2020-12"), 0, "r", "erreicht", "{}", "{}", ""}});
  EXPECT_EQ(raw.run("UPDATE verdict SET status = 'nicht_erreicht'"), "verdicts are append-only");
  open()->keep(domain::StoredAgreement{"B", 1, {}, "{}", "", "", "", domain::Confirmation{"A. Muster", "Tippfehler", {{"year.value", "2020", "2021"}}}});
  for (const char* change : {"UPDATE confirmation SET why = ''", "DELETE FROM confirmation", "UPDATE correction SET path = ''", "DELETE FROM correction"}) {
    EXPECT_EQ(raw.run(change), "confirmations are append-only") << change;
  }
  open()->drafts().keep(domain::StoredDraft{"E1", domain::Side{}, "a.pdf", "", "{}", {{1, "a", "z", "", "", "{}", {{"x", "", ""}}}}, {}, {}, {}});
  for (const char* change : {"UPDATE draft_version SET why = ''", "DELETE FROM draft_version", "UPDATE draft_change SET path = ''", "DELETE FROM draft", "UPDATE draft SET side = ''"}) {
    EXPECT_EQ(raw.run(change), "drafts are append-only") << change;
  }
  open()->steering().keep(domain::Act{"A", "gemeinsam", 1, "D1", "dialog.planen", "ministerium", "m", "z", "{}"});
  open()->steering().keep(domain::StoredFile{"sha", "a.pdf", "application/pdf", "%PDF-", "z"});
  for (const char* change : {"UPDATE act SET body = ''", "UPDATE act SET acted_by = 'x'", "DELETE FROM act"}) EXPECT_EQ(raw.run(change), "acts are append-only") << change;
  for (const char* change : {"UPDATE annex SET bytes = x'00'", "DELETE FROM annex"}) EXPECT_EQ(raw.run(change), "annexes are append-only") << change;
}

TEST_F(SqliteContract, AMissingActIsNoticed) {
  const auto store = open(true);
  for (int number = 1; number <= 3; ++number) store->steering().keep(domain::Act{"A", "gemeinsam", number, "D1", "dialog.planen", "ministerium", "m", "z", "{}"});
  EXPECT_TRUE(store->check().findings.empty());
  ASSERT_EQ(Raw(path_).run("DROP TRIGGER act_is_never_deleted; DELETE FROM act WHERE number = 2"), "");
  ASSERT_EQ(store->check().findings.size(), 1U);
  EXPECT_EQ(store->check().findings.front(), "Steuerungsakte A: 2 Vorgänge, die letzte Nummer ist 3.");
}

TEST_F(SqliteContract, AnOldFileIsBroughtUpToDate) {
  constexpr int newest = static_cast<int>(sqlite::migrations.size());
  for (int version = 1; version < newest; ++version) {
    SCOPED_TRACE(version);
    const auto path = folder_.file(fmt::format("alt{}.db", version));
    {
      Raw raw(path);
      for (int step = 0; step < version; ++step) ASSERT_EQ(raw.run(sqlite::migrations[static_cast<std::size_t>(step)]), "");
      const auto file = delivery("alt.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}, {"33148", "INT T", "2020-05", "2020-05", "22,5"}});
      ASSERT_EQ(raw.run(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = 0x5A57524B;"
                                    "INSERT INTO delivery VALUES(1,'alt.csv','sha','2026',0,'','',2,{},{});"
                                    "INSERT INTO series VALUES(1,'INT','T','');"
                                    "INSERT INTO segment VALUES(33148,1,1,x'{}');"
                                    "INSERT INTO agreement VALUES('33148-2020',1,33148,'{{}}','a.json','s','2026')",
                                    version, month("2020-04").index(), month("2020-05").index(), hex(pack(file.table.rows)))),
                "");
    }
    const auto store = open_sqlite_store(path.string(), false);
    EXPECT_EQ(store->check().schema_version, newest);
    EXPECT_TRUE(store->check().findings.empty());
    EXPECT_EQ(told(store->read(number("33148")), "INT T"), "2020-04@2020-04=20 2020-05@2020-05=22.5");
    EXPECT_EQ(store->agreements().size(), 1U);
    store->keep(StoredDeclaration{"neu.toml", "", ""});
    store->keep(std::vector{StoredVerdict{"33148-2020", 1, "T1", month("2020-12"), 0, "r", "erreicht", "{}", "{}", ""}});
    EXPECT_FALSE(store->agreements().front().confirmation);
    store->keep(domain::StoredAgreement{"33148-2020", 2, {}, "{}", "", "", "", domain::Confirmation{"A. Muster", "", {}}});
    EXPECT_TRUE(store->agreements().back().confirmation);
    EXPECT_TRUE(store->drafts().heads().empty());
    store->steering().keep(domain::Act{"33148-2020", "gemeinsam", 1, "D1", "dialog.planen", "ministerium", "m", "z", "{}"});
    EXPECT_EQ(store->steering().agreements(), std::vector<std::string>{"33148-2020"});
    EXPECT_EQ(Raw(path).run("DELETE FROM segment"), "segments are append-only");
  }
}

TEST_F(SqliteContract, MinistriesOfOldFilesGetRoomsOfTheirOwn) {
  constexpr int before = 10;
  {
    Raw raw(path_);
    for (int step = 0; step < before; ++step) ASSERT_EQ(raw.run(sqlite::migrations[static_cast<std::size_t>(step)]), "");
    ASSERT_EQ(raw.run("PRAGMA user_version = 10; PRAGMA application_id = 0x5A57524B;"
                      "INSERT INTO account VALUES('bund','B','ministerium','alle','h',0,'z','','',''),('land','L','ministerium','NW','h',0,'z','','',''),('anna','A','controlling','33148','h',0,'z','','','');"
                      "INSERT INTO draft VALUES('E1','ministerium','a.pdf','','{}'),('E2','ministerium','b.pdf','','{}'),('E3','jobcenter','c.pdf','','{}');"
                      "INSERT INTO draft_version VALUES('E1',1,'bund','z','','DE','{}'),('E2',1,'land','z','','NW','{}'),('E3',1,'anna','z','','33148','{}');"
                      "INSERT INTO draft_share VALUES('E3','ministerium',1,'anna','z');"
                      "INSERT INTO draft_comment VALUES('E3',1,'ministerium',1,'land','z','','Wort')"),
              "");
  }
  const auto store = open();
  const auto room = [&](const char* id) { return domain::code(store->drafts().find(id)->side); };
  EXPECT_EQ(room("E1") + " " + room("E2") + " " + room("E3"), "ministerium:DE ministerium:NW jobcenter");
  std::string shares;
  const auto shared = store->drafts().find("E3");
  for (const auto& one : shared->shares) shares += domain::code(one.with) + " ";
  EXPECT_EQ(shares, "ministerium:DE ministerium:NW ") << "nobody loses sight of what was shared";
  EXPECT_EQ(domain::code(store->drafts().find("E3")->comments.front().side), "ministerium:NW");
  EXPECT_EQ(Raw(path_).run("UPDATE draft SET side = ''"), "drafts are append-only");
}

TEST_F(SqliteContract, RefusesWhatIsNotItsOwn) {
  fill();
  ASSERT_EQ(Raw(path_).run("PRAGMA user_version = 99"), "");
  EXPECT_NE(error_of(path_, false).find("neueren Zielwerk-Version"), std::string::npos);
  EXPECT_EQ(Raw(path_).number("SELECT count(*) FROM segment"), 2);

  struct Case {
    const char* name;
    const char* sql;
  };
  const Case foreign[] = {{"fremd.db", "CREATE TABLE t(x)"}, {"fremd3.db", "CREATE TABLE t(x); PRAGMA user_version = 3"}, {"firefox.sqlite", "CREATE TABLE t(x); PRAGMA user_version = 75"}};
  for (const auto& c : foreign) {
    SCOPED_TRACE(c.name);
    ASSERT_EQ(Raw(folder_.file(c.name)).run(c.sql), "");
    for (const bool create : {false, true}) {
      EXPECT_NE(error_of(folder_.file(c.name), create).find("kein Zielwerk-Speicher"), std::string::npos) << error_of(folder_.file(c.name), create);
    }
    EXPECT_EQ(Raw(folder_.file(c.name)).number("SELECT count(*) FROM sqlite_schema"), 1);
  }
  const auto text = folder_.written("brief.txt", std::string(5000, 'x'));
  for (const bool create : {false, true}) EXPECT_NE(error_of(text, create).find("kein Zielwerk-Speicher"), std::string::npos) << error_of(text, create);
}

// BEGIN IMMEDIATE waits for the other writer; a reader is never kept waiting.
TEST_F(SqliteContract, TheSecondWriterWaits) {
  fill();
  const auto store = open();
  Raw other(path_);
  ASSERT_EQ(other.run("BEGIN IMMEDIATE"), "");
  EXPECT_EQ(told(store->read(number("33148")), "INT T"), "2020-04@2020-04=20");
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    other.run("COMMIT");
  });
  EXPECT_TRUE(append(*store, delivery("b.csv", {{"33148", "INT T", "2020-05", "2020-05", "21"}})));
  release.join();
  EXPECT_EQ(store->deliveries().size(), 2U);
}

TEST_F(SqliteContract, TwoStoresOnOneFile) {
  fill();
  const auto first = open();
  const auto second = open();
  ASSERT_TRUE(append(*first, delivery("b.csv", {{"33148", "BG T", "2020-05", "2020-05", "7"}})));
  ASSERT_TRUE(append(*second, delivery("c.csv", {{"33148", "BG T", "2020-06", "2020-06", "8"}, {"33148", "AKT T", "2020-06", "2020-06", "9"}})));
  EXPECT_EQ(told(first->read(number("33148")), "BG T"), "2020-05@2020-05=7 2020-06@2020-06=8");
  EXPECT_EQ(told(first->read(number("33148")), "AKT T"), "2020-06@2020-06=9");
  EXPECT_FALSE(append(*first, delivery("d.csv", {{"33148", "BG T", "2020-06", "2020-06", "6"}})));
  EXPECT_TRUE(append(*second, delivery("b.csv", {}))->already_known);
}

TEST_F(SqliteContract, SeesWhatOthersChanged) {
  fill();
  const auto watcher = open(), other = open();
  const auto before = watcher->state();
  other->deliveries();
  EXPECT_EQ(watcher->state(), before) << "reading is no change";
  other->keep(StoredDeclaration{"ziele.toml", "x", "2026"});
  EXPECT_NE(watcher->state(), before);
}

TEST_F(SqliteContract, DamageIsFoundAndSaid) {
  fill();
  ASSERT_EQ(Raw(path_).run("DROP TRIGGER segment_is_never_changed; UPDATE segment SET data = x'05'"), "");
  const auto store = open();
  EXPECT_EQ(store->check().findings.size(), 3U);  // two segments, and a delivery that has fewer facts than it says
  EXPECT_THROW(store->read(number("33148")), base::EnvironmentError);
}

// "… throws EnvironmentError …; then nothing has changed": not even what the store thinks it has written. A series that was new in a
// failed delivery must not be remembered under a number that the next new series gets.
TEST_F(SqliteContract, AFailedDeliveryLeavesNothingBehind) {
  fill();
  ASSERT_EQ(Raw(path_).run("DROP TRIGGER segment_is_never_changed; UPDATE segment SET data = x'05' WHERE series = (SELECT id FROM series WHERE measure = 'INT')"), "");
  const auto store = open();
  // AKT is new and comes first; then the damaged INT is met and everything is rolled back.
  EXPECT_THROW(append(*store, delivery("b.csv", {{"33148", "AKT T", "2020-04", "2020-04", "1"}, {"33148", "INT T", "2020-05", "2020-04", "2"}})), base::EnvironmentError);
  ASSERT_TRUE(append(*store, delivery("c.csv", {{"04704", "BG T", "2020-04", "2020-04", "7"}})));
  EXPECT_NO_THROW(ASSERT_TRUE(append(*store, delivery("d.csv", {{"04704", "AKT T", "2020-05", "2020-05", "8"}}))));
  const auto history = open()->read(number("04704"));
  EXPECT_EQ(told(history, "BG T"), "2020-04@2020-04=7");
  EXPECT_EQ(told(history, "AKT T"), "2020-05@2020-05=8");
}

}  // namespace
}  // namespace zielwerk::store
