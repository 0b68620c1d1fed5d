#include "app/steering.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/agreements.h"
#include "app/audit.h"
#include "app/upkeep.h"
#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::app {
namespace {

using domain::Role;
using Fields = std::map<std::string, std::string>;

// People around the agreement of Heidekreis (22116-2020): two ministries that are one side, a Landkreis, a committee.
class SteeringYear : public testing::Test {
 protected:
  struct Someone {
    domain::Account account;
    domain::Scope scope;
    Person person() const { return {account, scope}; }
  };
  Someone someone(Role role, const std::string& name, const std::string& scope = "22116") const {
    return {{name, name, role, scope, "h", false, ""}, *domain::Scope::parse(scope, workspace_.directory())};
  }
  void SetUp() override { ASSERT_TRUE(import_agreement(workspace_, ZIELWERK_ROOT "/agreements/heidekreis_2020.json", {})); }

  // "ok D1", or the codes of the problems.
  std::string does(const Someone& who, const std::string& kind, Fields fields, const std::map<std::string, Upload>& uploads = {}, bool own = false, int replaces = 0) {
    workspace_.act_as(who.account.name);
    const auto done = act(workspace_, who.person(), id_, {kind, own ? "eigen" : domain::shared_room, std::move(fields), replaces}, uploads);
    if (done) return "ok " + done->subject;
    std::string codes;
    for (const auto& one : done.error()) codes += one.code + " ";
    return codes;
  }
  std::size_t acts_of(const Someone& who) const { return open_file(workspace_, who.person(), id_)->record.entries().size(); }
  // Everything that this person can get to see of the file, as one text.
  std::string all_of(const Someone& who) const {
    std::string text;
    const auto file = open_file(workspace_, who.person(), id_);
    if (!file) return file.error().code + file.error().message;
    for (const auto& one : file->record.entries()) text += one.act.room + std::to_string(one.act.number) + one.act.subject + one.act.kind + one.act.by + one.act.body + "\n";
    return text + base::join(file->record.subjects("RADMSU"), ",");
  }

  Workspace workspace_{store::open_memory_store(), [] { return std::string("2020-07-01T10:00:00Z"); }, "test"};
  std::string id_ = "22116-2020";
  Someone ministry_ = someone(Role::Ministry, "mw", "NI");
  Someone ministry2_ = someone(Role::Ministry, "ms", "NI");
  Someone clerk_ = someone(Role::Controlling, "anna");
  Someone head_ = someone(Role::Management, "bernd");
  Someone committee_ = someone(Role::Committee, "gremium");
};

const Fields june = {{"datum", "2020-06-15"}, {"art", "regelmaessig"}};

TEST_F(SteeringYear, AnotherSideCannotTellAnOwnRoomFromAnEmptyOne) {
  ASSERT_EQ(does(ministry_, "dialog.planen", june), "ok D1");
  const auto before = all_of(ministry_);
  const std::string paper = "unter uns";
  ASSERT_EQ(does(clerk_, "dialog.notiz", {{"zu", "D1"}, {"text", "Die Zahlen sind schlecht"}}, {}, true), "ok D1");
  ASSERT_EQ(does(clerk_, "anlage", {{"titel", "Geheim"}, {"art", "daten"}}, {{"datei", {"geheim.txt", paper}}}, true), "ok A1-jobcenter");
  ASSERT_EQ(does(clerk_, "kommentar", {{"ziel", "T1"}, {"monat", "2020-06"}, {"ursache", "Entwurf"}, {"massnahme", "Entwurf"}}, {}, true), "ok T1@2020-06");
  EXPECT_EQ(acts_of(clerk_), 4U);
  EXPECT_EQ(acts_of(head_), 4U) << "the same side";
  for (const auto& other : {ministry_, ministry2_, committee_, someone(Role::Audit, "revision", "alle")}) EXPECT_EQ(all_of(other), before) << other.account.name;
  // Neither by asking for the subject, nor for the file, nor by the next number.
  EXPECT_EQ(does(ministry_, "anlage.fassung", {{"zu", "A1-jobcenter"}, {"fassung", "2"}}, {{"datei", {"x.txt", "x"}}}), does(ministry_, "anlage.fassung", {{"zu", "A7-nichts"}, {"fassung", "2"}}, {{"datei", {"x.txt", "x"}}}));
  const auto sha256 = documents::sha256(paper);
  EXPECT_TRUE(find_file(workspace_, *open_file(workspace_, clerk_.person(), id_), sha256).has_value());
  EXPECT_EQ(find_file(workspace_, *open_file(workspace_, ministry_.person(), id_), sha256).error().code, "file_unknown");
  ASSERT_EQ(does(ministry_, "anlage", {{"titel", "Offen"}, {"art", "daten"}}, {{"datei", {"offen.txt", "für alle"}}}), "ok A1");
  ASSERT_EQ(does(ministry_, "kommentar", {{"ziel", "T1"}, {"monat", "2020-06"}, {"ursache", "x"}, {"massnahme", "x"}}), "ok T1@2020-06") << "nothing to build on is visible";
  EXPECT_EQ(open_file(workspace_, ministry_.person(), id_)->record.last(domain::shared_room), 3);
}

TEST_F(SteeringYear, TheRecordOfChangesDoesNotTellWhatAnOwnRoomHolds) {
  ASSERT_EQ(does(ministry_, "dialog.planen", june), "ok D1");
  ASSERT_EQ(does(clerk_, "dialog.notiz", {{"zu", "D1"}, {"text", "Die Zahlen sind schlecht"}}, {}, true), "ok D1");
  const auto entry = workspace_.store().audit_head();
  EXPECT_EQ(entry.object, "22116-2020");
  EXPECT_TRUE(entry.detail.starts_with("eigener Raum ")) << entry.detail;
  EXPECT_EQ(entry.detail.find("notiz"), std::string::npos);
  EXPECT_TRUE(verify_audit(workspace_, {}).findings.empty());
}

TEST_F(SteeringYear, BundAndLandDoNotSeeIntoEachOthersRoom) {
  std::ifstream kept(ZIELWERK_ROOT "/agreements/heidekreis_2020.json");
  auto paper = boost::json::parse(std::string(std::istreambuf_iterator<char>(kept), {})).as_object();
  auto& agreement = paper.at("agreement").as_object();
  agreement["kind"] = "BMAS_LAND";
  agreement.at("parties").as_array()[0].as_object()["role"] = "BMAS";
  paper.at("document").as_object()["sha256"] = std::string(64, 'a');
  const auto file = std::filesystem::temp_directory_path() / ("zielwerk_bund_land_" + std::to_string(::getpid()) + ".json");
  std::ofstream(file) << boost::json::serialize(paper);
  const auto imported = import_agreement(workspace_, file, {});
  std::filesystem::remove(file);
  ASSERT_TRUE(imported) << imported.error().front().message;
  id_ = imported->id;
  ASSERT_EQ(id_, "NI-2020");
  const auto bund = someone(Role::Ministry, "bmas", "alle");
  ASSERT_EQ(does(ministry_, "dialog.planen", june), "ok D1");
  const auto before = all_of(bund);
  ASSERT_EQ(does(ministry_, "dialog.notiz", {{"zu", "D1"}, {"text", "unsere Linie"}}, {}, true), "ok D1");
  EXPECT_EQ(all_of(bund), before);
  EXPECT_EQ(acts_of(ministry2_), 2U) << "the Land's other ministry is the same side";
  ASSERT_EQ(does(bund, "dialog.notiz", {{"zu", "D1"}, {"text", "unsere auch"}}, {}, true), "ok D1");
  EXPECT_EQ(acts_of(ministry_), 2U);
  EXPECT_EQ(does(someone(Role::Ministry, "nrw", "NW"), "dialog.planen", june), "agreement_unknown ");
}

TEST_F(SteeringYear, ANegotiationOfBundAndLandBeginsWithItsSides) {
  id_ = "NI-2031";
  const auto bund = someone(Role::Ministry, "bmas", "alle");
  const auto side = [&](const Someone& who) { return side_code(who.person(), open_file(workspace_, who.person(), id_)->terms); };
  EXPECT_EQ(side(bund), "ministerium:DE");
  EXPECT_EQ(side(ministry_), "ministerium:NI");
  id_ = "QQ-2031";
  EXPECT_EQ(open_file(workspace_, bund.person(), id_).error().code, "agreement_unknown") << "no such Land";
  id_ = "NI-2031-2";
  EXPECT_EQ(open_file(workspace_, bund.person(), id_).error().code, "agreement_unknown");
}

TEST_F(SteeringYear, WhoSitsAtNoSideReads) {
  ASSERT_EQ(does(ministry_, "dialog.planen", june), "ok D1");
  EXPECT_EQ(acts_of(committee_), 1U);
  EXPECT_EQ(does(committee_, "dialog.planen", june), "side_missing ");
  EXPECT_EQ(does(someone(Role::Administration, "admin", "alle"), "dialog.planen", june), "side_missing ");
  EXPECT_EQ(does(someone(Role::Agency, "agentur"), "dialog.planen", june), "not_a_party ");
  EXPECT_EQ(does(someone(Role::Controlling, "fern", "32702"), "dialog.planen", june), "agreement_unknown ");
}

TEST_F(SteeringYear, OfTwoPeopleAtOnceTheSecondIsTold) {
  ASSERT_EQ(does(ministry_, "dialog.planen", june), "ok D1");
  const Fields minutes = {{"zu", "D1"}, {"text", "Es wurde gesprochen."}};
  EXPECT_EQ(does(clerk_, "kommentar", {{"ziel", "T1"}, {"monat", "2020-06"}, {"ursache", "a"}, {"massnahme", "a"}}), "ok T1@2020-06");
  EXPECT_EQ(does(head_, "kommentar", {{"ziel", "T1"}, {"monat", "2020-06"}, {"ursache", "b"}, {"massnahme", "b"}}), "version_outdated ");
  EXPECT_EQ(open_file(workspace_, head_.person(), id_)->record.newest("kommentar", "T1@2020-06")->text("ursache"), "a") << "nobody's words are lost";
}

TEST_F(SteeringYear, FilesAreKnownByTheirContent) {
  const auto sent = [&](const std::string& name, std::string bytes) { return does(clerk_, "anlage", {{"titel", "Anlage"}, {"art", "daten"}}, {{"datei", {name, std::move(bytes)}}}); };
  EXPECT_EQ(sent("gross.txt", std::string((std::size_t{21} << 20), 'a')), "upload_too_large ");
  EXPECT_EQ(sent("rechnung.pdf", "MZ\x90\x01 ein Programm"), "upload_type_unknown ");
  EXPECT_EQ(sent("leer.txt", ""), "upload_type_unknown ");
  EXPECT_EQ(sent("archiv.docx", "PK\x03\x04 irgendein ZIP"), "upload_type_unknown ");
  EXPECT_TRUE(workspace_.store().steering().files().empty()) << "nothing half stored";
  EXPECT_EQ(sent("../../etc/pass\"wd;\r\nX: y.png", "%PDF-1.7 sagt, was es ist"), "ok A1");
  const auto file = open_file(workspace_, ministry_.person(), id_);
  const auto kept = find_file(workspace_, *file, file->record.entries().front().text("datei"));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->type, "application/pdf") << "whatever the name says";
  EXPECT_EQ(kept->name, "pass_wd___X: y.png");
  EXPECT_EQ(does(clerk_, "anlage", {{"titel", "Anlage"}, {"art", "daten"}}, {{"bild", {"a.txt", "a"}}}), "field_unknown ");
}

TEST(SteeringStore, ChangedBytesOfAnAnnexAreNoticed) {
  const auto path = std::filesystem::temp_directory_path() / ("zielwerk_annex_" + std::to_string(::getpid()) + ".db");
  {
    Workspace workspace(store::open_sqlite_store(path.string(), true), [] { return std::string("2020-07-01T10:00:00Z"); }, "test");
    ASSERT_TRUE(import_agreement(workspace, ZIELWERK_ROOT "/agreements/heidekreis_2020.json", {}));
    const domain::Account account{"mw", "MW", Role::Ministry, "NI", "h", false, ""};
    const auto scope = *domain::Scope::parse("NI", workspace.directory());
    ASSERT_TRUE(act(workspace, {account, scope}, "22116-2020", {"anlage", domain::shared_room, {{"titel", "Zielvereinbarung"}, {"art", "unterschriebene_fassung"}}}, {{"datei", {"zv.pdf", "%PDF-1.7 unterschrieben"}}}));
    EXPECT_TRUE(health(workspace).findings.empty());
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(raw, "DROP TRIGGER annex_is_never_changed; UPDATE annex SET bytes = x'2550'", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    const auto file = open_file(workspace, {account, scope}, "22116-2020");
    EXPECT_EQ(find_file(workspace, *file, file->record.entries().front().text("datei")).error().code, "file_changed");
    ASSERT_EQ(health(workspace).findings.size(), 1U);
    EXPECT_NE(health(workspace).findings.front().find("zv.pdf"), std::string::npos);
  }
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + end);
}

}  // namespace
}  // namespace zielwerk::app
