// One suite over every store: what src/store/store.h promises.
#include <gtest/gtest.h>

#include "../support.h"

namespace zielwerk::store {
namespace {

using namespace test;

class StoreContract : public testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<Store> open() {
    if (std::string_view(GetParam()) == "memory") return open_memory_store();
    return open_sqlite_store(folder_.file("speicher.db").string(), true);
  }
  void take(const std::string& name, const std::vector<Row>& rows, bool correction = false) {
    const auto taken = append(*store_, delivery(name, rows, correction));
    ASSERT_TRUE(taken) << shown(taken.error());
  }
  std::string told(std::string_view key, const char* jobcenter = "33148") const { return test::told(store_->read(number(jobcenter)), key); }
  std::string seen(std::string_view in_month, std::string_view state) const { return test::seen(store_->read(number("33148")), "INT T", in_month, state); }

  Folder folder_;
  std::unique_ptr<Store> store_ = open();
};

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, testing::Values("memory", "sqlite"), [](const auto& one) { return std::string(one.param); });

TEST_P(StoreContract, EmptyAtFirst) {
  EXPECT_TRUE(store_->deliveries().empty());
  EXPECT_TRUE(store_->jobcenters().empty());
  EXPECT_TRUE(store_->read(number("33148")).all().empty());
  EXPECT_TRUE(store_->agreements().empty());
  EXPECT_TRUE(store_->declarations().empty());
  EXPECT_TRUE(store_->peer_groups().empty());
  EXPECT_TRUE(store_->check().findings.empty());
}

TEST_P(StoreContract, KeepsEveryStateOfAFact) {
  take("april.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}, {"33148", "ELB T", "2020-04", "2020-04", "20623,5"}, {"04704", "INT T LZB", "2020-04", "2020-04", "*"}});
  take("mai.csv", {{"33148", "INT T", "2020-04", "2020-05", "22"}, {"33148", "INT T", "2020-05", "2020-05", "-"}});
  EXPECT_EQ(told("INT T"), "2020-04@2020-04=20 2020-04@2020-05=22 2020-05@2020-05=-");
  EXPECT_EQ(told("ELB T"), "2020-04@2020-04=20623.5");
  EXPECT_EQ(told("INT T LZB", "04704"), "2020-04@2020-04=*");
  const auto all = store_->deliveries();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, 1U);
  EXPECT_EQ(all[1].id, 2U);
  EXPECT_EQ(all[0].source + " " + all[0].sha256 + " " + all[0].received_at, "april.csv april.csv 2026-11-21T10:00:00Z");
  EXPECT_EQ(all[0].facts, 3U);
  EXPECT_EQ(all[1].first_state.text() + " " + all[1].last_state.text(), "2020-05 2020-05");
  const auto history = store_->read(number("33148"));
  const auto& fact = history.series(series("INT T"))[2];
  EXPECT_EQ(fact.delivery, 2U);
  EXPECT_EQ(all[1].describe(fact.place), "Zeile 3");
  EXPECT_TRUE(store_->check().findings.empty());
}

TEST_P(StoreContract, CountsWhatItTookOver) {
  take("april.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}});
  const auto second = delivery("mai.csv", {{"33148", "INT T", "2020-04", "2020-04", "20,0"}, {"33148", "INT T", "2020-04", "2020-05", "22"}, {"33148", "INT T", "2020-05", "2020-05", "*"}});
  for (const bool dry_run : {true, false}) {
    SCOPED_TRACE(dry_run);
    const auto taken = append(*store_, second, dry_run);
    ASSERT_TRUE(taken);
    EXPECT_FALSE(taken->already_known);
    EXPECT_EQ(taken->added, 2U);
    EXPECT_EQ(taken->known, 1U);  // same key, same value: harmless
    EXPECT_EQ(taken->corrected, 0U);
    EXPECT_EQ(taken->withheld, 1U);
    EXPECT_EQ(taken->revised, dry_run ? 1U : 0U);
    EXPECT_EQ(store_->deliveries().size(), dry_run ? 1U : 2U);  // a dry run changes nothing
    EXPECT_EQ(told("INT T"), dry_run ? "2020-04@2020-04=20" : "2020-04@2020-04=20 2020-04@2020-05=22 2020-05@2020-05=*");
  }
}

TEST_P(StoreContract, TheSameFileAgainIsKnown) {
  const auto file = delivery("april.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}});
  ASSERT_TRUE(append(*store_, file));
  auto renamed = delivery("april.csv", {{"33148", "INT T", "2020-04", "2020-04", "99"}});
  renamed.delivery.source = "kopie.csv";
  const auto again = append(*store_, renamed);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->already_known);
  EXPECT_EQ(again->delivery.id, 1U);
  EXPECT_EQ(again->delivery.source, "april.csv");
  EXPECT_EQ(again->added, 0U);
  EXPECT_EQ(told("INT T"), "2020-04@2020-04=20");
}

TEST_P(StoreContract, AConflictRefusesTheWholeFileAndNamesBothPlaces) {
  take("april.csv", {{"33148", "ELB T", "2020-04", "2020-04", "1"}, {"33148", "INT T", "2020-04", "2020-04", "20"}, {"33148", "INT T", "2020-03", "2020-04", "*"}});
  const auto file = delivery("neu.csv", {{"04704", "BG T", "2020-04", "2020-04", "7"},  // new and harmless, yet not kept
                                         {"33148", "INT T", "2020-04", "2020-04", "21"},
                                         {"33148", "INT T", "2020-03", "2020-04", "0"},
                                         {"33148", "INT T", "2020-05", "2020-05", "30"}});
  const auto tried = append(*store_, file, true);  // a dry run lists what would be refused
  ASSERT_TRUE(tried);
  const auto refused = append(*store_, file);
  ASSERT_FALSE(refused);
  for (const auto& problems : {tried->refused, refused.error()}) {
    ASSERT_EQ(problems.size(), 2U) << shown(problems);
    for (const auto& one : problems) EXPECT_EQ(one.code, "fact_conflict");
    const auto text = shown(problems);
    EXPECT_NE(text.find("33148 INT T 2020-04 (Ladestand 2020-04): die Datei sagt 21, bekannt ist 20 aus april.csv, Zeile 3."), std::string::npos) << text;
    EXPECT_NE(text.find("| neu.csv, Zeile 3"), std::string::npos) << text;
    EXPECT_NE(text.find("die Datei sagt 0, bekannt ist * aus april.csv, Zeile 4."), std::string::npos) << text;
  }
  EXPECT_EQ(store_->deliveries().size(), 1U);
  EXPECT_EQ(told("INT T"), "2020-03@2020-04=* 2020-04@2020-04=20");
  EXPECT_EQ(store_->jobcenters().size(), 1U);
  take("danach.csv", {{"04704", "BG T", "2020-04", "2020-04", "8"}, {"33148", "AKT T", "2020-04", "2020-04", "5"}});
  EXPECT_EQ(told("BG T", "04704"), "2020-04@2020-04=8");
  EXPECT_EQ(told("AKT T"), "2020-04@2020-04=5");
}

TEST_P(StoreContract, ACorrectionWinsAndTheOldValueStays) {
  take("april.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}, {"33148", "INT T", "2020-03", "2020-04", "19"}});
  const auto correction = append(*store_, delivery("korrektur.csv", {{"33148", "INT T", "2020-04", "2020-04", "18"}, {"33148", "INT T", "2020-03", "2020-04", "19"}}, true));
  ASSERT_TRUE(correction);
  EXPECT_EQ(correction->corrected, 1U);
  EXPECT_EQ(correction->known, 1U);
  EXPECT_EQ(correction->added, 0U);
  EXPECT_EQ(told("INT T"), "2020-03@2020-04=19 2020-04@2020-04=20 2020-04@2020-04=18");
  EXPECT_EQ(seen("2020-04", "2020-04"), "18");
  EXPECT_TRUE(store_->deliveries()[1].correction);
  EXPECT_EQ(store_->deliveries()[1].facts, 1U);
  // From now on the corrected value is what is known.
  EXPECT_FALSE(append(*store_, delivery("alt.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}})));
  EXPECT_TRUE(append(*store_, delivery("gleich.csv", {{"33148", "INT T", "2020-04", "2020-04", "18"}})));
  take("zurueck.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}}, true);
  EXPECT_EQ(seen("2020-04", "2020-04"), "20");
}

TEST_P(StoreContract, AnOlderStateMayComeLater) {
  take("juni.csv", {{"33148", "INT T", "2020-04", "2020-06", "25"}});
  take("april.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}});
  EXPECT_EQ(told("INT T"), "2020-04@2020-04=20 2020-04@2020-06=25");
  EXPECT_EQ(seen("2020-04", "2020-04"), "20");
  EXPECT_EQ(seen("2020-04", "2020-05"), "data_state_missing");
  EXPECT_EQ(seen("2020-04", "2020-06"), "25");
}

TEST_P(StoreContract, ReadsAllSeriesOrTheNamedOnes) {
  take("a.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}, {"33148", "INT M", "2020-04", "2020-04", "11"}, {"33148", "INT T LZB", "2020-04", "2020-04", "5"}});
  EXPECT_EQ(store_->read(number("33148")).all().size(), 3U);
  const std::vector wanted = {series("INT M"), series("BG T"), series("INT M")};  // one that is not there, one twice
  const auto some = store_->read(number("33148"), wanted);
  EXPECT_EQ(some.all().size(), 1U);
  EXPECT_EQ(test::told(some, "INT M"), "2020-04@2020-04=11");
  EXPECT_TRUE(some.kept(series("INT M"), {month("2020-04")}));
  EXPECT_FALSE(some.kept(series("INT T"), {month("2020-04")}));
  EXPECT_TRUE(store_->read(number("22116"), wanted).all().empty());
}

TEST_P(StoreContract, JobcentersByNumber) {
  take("a.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}, {"04704", "INT T", "2020-04", "2020-04", "20"}});
  take("b.csv", {{"22116", "INT T", "2020-04", "2020-04", "20"}, {"33148", "INT T", "2020-05", "2020-05", "20"}});
  std::string all;
  for (const auto one : store_->jobcenters()) all += one.text() + " ";
  EXPECT_EQ(all, "04704 22116 33148 ");
}

TEST_P(StoreContract, ExtremeValuesComeBack) {
  const std::vector<Row> rows = {{"00001", "INT T", "1900-01", "1900-01", "-999999999999999999"},
                                 {"00001", "INT T", "1900-02", "2999-12", "999999999999999999"},
                                 {"00001", "INT T", "1905-02", "1905-03", "0,000000001"},
                                 {"00001", "INT T", "2999-12", "2999-12", "."},
                                 {"99999", "INT F ASYL8", "2020-01", "2020-04", "x"}};
  take("extrem.csv", rows);
  EXPECT_EQ(told("INT T", "00001"), "1900-01@1900-01=-999999999999999999 1900-02@2999-12=999999999999999999 1905-02@1905-03=0.000000001 2999-12@2999-12=.");
  EXPECT_EQ(told("INT F ASYL8", "99999"), "2020-01@2020-04=x");
}

domain::StoredAgreement stored(const char* id, int version, const char* document, bool with_jobcenter = true) {
  return {id, version, with_jobcenter ? std::optional(number("33148")) : std::nullopt, document, "a.json", "abc", "2026-11-21T10:00:00Z"};
}

TEST_P(StoreContract, AgreementsAndVersions) {
  store_->keep(stored("NI-2020", 1, "{}", false));
  store_->keep(stored("33148-2021", 2, "{\"neu\": \"größer\"}"));
  store_->keep(stored("33148-2021", 1, "{}"));
  std::string all;
  for (const auto& one : store_->agreements()) all += fmt::format("{}/{} ", one.id, one.version);
  EXPECT_EQ(all, "33148-2021/1 33148-2021/2 NI-2020/1 ");
  const auto versions = store_->versions("33148-2021");
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[1].document, "{\"neu\": \"größer\"}");
  EXPECT_EQ(versions[1].jobcenter->text() + versions[1].source + versions[1].sha256 + versions[1].recorded_at, "33148a.jsonabc2026-11-21T10:00:00Z");
  EXPECT_FALSE(store_->versions("NI-2020")[0].jobcenter);
  EXPECT_TRUE(store_->versions("gibt-es-nicht").empty());
  EXPECT_ANY_THROW(store_->keep(stored("33148-2021", 1, "{\"anders\": 1}")));  // a version is kept once
  EXPECT_EQ(store_->versions("33148-2021")[0].document, "{}");
}

TEST_P(StoreContract, AConfirmationStaysWithItsVersion) {
  store_->keep(stored("33148-2021", 1, "{}"));
  auto confirmed = stored("33148-2021", 2, "{}");
  confirmed.confirmation = domain::Confirmation{"A. Muster", "Zahl verlesen", {{"targets[T1].value", "9.9", "9.8"}, {"targets[T2]", "{}", ""}}};
  store_->keep(confirmed);
  for (const auto& versions : {store_->versions("33148-2021"), store_->agreements()}) {
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_FALSE(versions[0].confirmation);
    ASSERT_TRUE(versions[1].confirmation);
    EXPECT_EQ(versions[1].confirmation->by + ": " + versions[1].confirmation->why, "A. Muster: Zahl verlesen");
    ASSERT_EQ(versions[1].confirmation->corrections.size(), 2U);
    const auto& [path, read, corrected] = versions[1].confirmation->corrections[0];
    EXPECT_EQ(path + " " + read + " " + corrected, "targets[T1].value 9.9 9.8");
    EXPECT_EQ(versions[1].confirmation->corrections[1].corrected, "");
  }
  EXPECT_ANY_THROW(store_->keep(confirmed));
}

TEST_P(StoreContract, TheFirstVerdictStays) {
  store_->keep(stored("33148-2021", 1, "{}"));
  StoredVerdict verdict{"33148-2021", 1, "T1", month("2021-12"), 3, "2026-11", "erreicht", "{\"ist\": \"9.9\"}", "{}", "2026-11-21"};
  auto other_waiting = verdict;
  other_waiting.waiting = 0;
  other_waiting.status = "nicht_erreicht";
  store_->keep(std::vector{verdict, other_waiting});
  auto later = verdict;
  later.status = "nicht_erreicht";
  later.row = "{}";
  auto new_month = verdict;
  new_month.month = month("2021-11");
  store_->keep(std::vector{later, new_month});
  const auto kept = store_->verdicts("33148-2021", 1, month("2021-12"));
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].waiting, 0);
  EXPECT_EQ(kept[1].status + " " + kept[1].row + " " + kept[1].rule_version + " " + kept[1].target, "erreicht {\"ist\": \"9.9\"} 2026-11 T1");
  EXPECT_EQ(store_->verdicts("33148-2021", 1, month("2021-11")).size(), 1U);
  EXPECT_TRUE(store_->verdicts("33148-2021", 2, month("2021-12")).empty());
}

TEST_P(StoreContract, DeclarationsAndPeerGroupsAreReplaced) {
  store_->keep(StoredDeclaration{"ziele.toml", "alt", "2026-01-01"});
  store_->keep(StoredDeclaration{"andere.toml", "x", "2026-01-01"});
  store_->keep(StoredDeclaration{"ziele.toml", "neu", "2026-02-01"});
  const auto declarations = store_->declarations();
  ASSERT_EQ(declarations.size(), 2U);
  EXPECT_EQ(declarations[1].name + " " + declarations[1].document + " " + declarations[1].recorded_at, "ziele.toml neu 2026-02-01");
  store_->keep(std::vector<domain::PeerGroupMembership>{{number("33148"), "IIb", "2014-01", "2018-12", "BA"}, {number("04704"), "IIIe", "2014-01", "", "BA"}});
  store_->keep(std::vector<domain::PeerGroupMembership>{{number("33148"), "IIc", "2014-01", "2019-12", "BA neu"}, {number("33148"), "IId", "2020-01", "", "BA"}});
  std::string all;
  for (const auto& one : store_->peer_groups()) all += fmt::format("{} {} {}-{} {}; ", one.jobcenter.text(), one.peer_group, one.from, one.until, one.source);
  EXPECT_EQ(all, "04704 IIIe 2014-01- BA; 33148 IIc 2014-01-2019-12 BA neu; 33148 IId 2020-01- BA; ");
}

TEST_P(StoreContract, AccountsAreReplacedByTheirName) {
  store_->keep(domain::Account{"b.zwei", "B. Zwei", domain::Role::Audit, "alle", "hash", false, "2026"});
  store_->keep(domain::Account{"a.eins", "A. Eins", domain::Role::Controlling, "33148,NW", "hash", false, "2026"});
  store_->keep(domain::Account{"b.zwei", "B. Zwei-Neu", domain::Role::Management, "NW", "anders", true, "2027", "", "", "2028"});
  std::string all;
  for (const auto& one : store_->accounts()) all += fmt::format("{}/{}/{}/{}/{}/{}/{}/{} ", one.name, one.person, domain::code(one.role), one.scope, one.password_hash, one.locked, one.changed_at, one.first_password_until);
  EXPECT_EQ(all, "a.eins/A. Eins/controlling/33148,NW/hash/false/2026/ b.zwei/B. Zwei-Neu/leitung/NW/anders/true/2027/2028 ");
}

TEST_P(StoreContract, OfAnAccessKeyOnlyItsEndCanBeSet) {
  store_->keep(domain::Account{"a.eins", "A. Eins", domain::Role::Controlling, "33148", "hash", false, "2026"});
  store_->keep(domain::AccessKey{"b", "a.eins", "Monatslieferung", "h2", "2026-02", "2027", ""});
  store_->keep(domain::AccessKey{"c", "a.eins", "Abruf", "h1", "2026-01", "2027", ""});
  store_->keep(domain::AccessKey{"b", "a.eins", "anders", "anders", "anders", "2099", "2026-03"});
  std::string all;
  for (const auto& one : store_->access_keys()) all += fmt::format("{}/{}/{}/{}/{}/{}/{} ", one.id, one.account, one.purpose, one.hash, one.made_at, one.expires_at, one.ended_at);
  EXPECT_EQ(all, "c/a.eins/Abruf/h1/2026-01/2027/ b/a.eins/Monatslieferung/h2/2026-02/2027/2026-03 ");
}

// "E1 jobcenter a.pdf: 1 anna 33148, 2 bernd 33148 (x: a→b) | ministerium@1 | 1 anna nein hier: Wort | A@2 bernd"
std::string written(const domain::StoredDraft& draft) {
  std::string all = fmt::format("{} {} {}:", draft.id, domain::code(draft.side), draft.source);
  for (const auto& one : draft.versions) {
    all += fmt::format(" {} {} {} {} {}", one.version, one.by, one.why, one.whose, one.agreement);
    for (const auto& change : one.changes) all += fmt::format(" ({}: {}→{})", change.path, change.read, change.corrected);
  }
  for (const auto& one : draft.shares) all += fmt::format(" | {}@{} {}", domain::code(one.with), one.version, one.by);
  for (const auto& one : draft.comments) all += fmt::format(" | {} {} {} {}: {}", one.number, domain::code(one.side), one.by, one.shared ? "geteilt" : "eigen", one.words);
  if (draft.end) all += fmt::format(" | {}@{} {}", draft.end->agreement, draft.end->version, draft.end->by);
  return all;
}

TEST_P(StoreContract, DraftsKeepEveryVersion) {
  auto& drafts = store_->drafts();
  EXPECT_FALSE(drafts.find("E1"));
  drafts.keep(domain::StoredDraft{"E1", domain::Side{}, "a.pdf", "Titel", "{}", {{1, "anna", "z", "", "", "{1}", {}}}, {}, {}, {}});
  drafts.keep("E1", domain::DraftVersion{2, "bernd", "z", "darum", "33148", "{2}", {{"x", "a", "b"}}});
  EXPECT_THROW(drafts.keep("E1", domain::DraftVersion{2, "carla", "z", "", "", "{3}", {}}), AlreadyKept) << "somebody was quicker";
  drafts.keep("E1", domain::DraftShare{domain::Side{domain::Side::Ministry, "NW"}, 1, "anna", "z"});
  drafts.keep("E1", domain::DraftShare{domain::Side{domain::Side::Ministry, "NW"}, 1, "bernd", "z"});
  drafts.keep("E1", domain::DraftComment{1, domain::Side{domain::Side::Ministry, "NW"}, true, "m", "z", "targets[T1]", "Wort"});
  EXPECT_THROW(drafts.keep("E1", domain::DraftComment{1, domain::Side{domain::Side::Ministry, "NW"}, true, "m", "z", "", "x"}), AlreadyKept);
  drafts.keep("E1", domain::DraftEnd{"33148-2021", 2, "bernd", "z"});
  EXPECT_THROW(drafts.keep("E1", domain::DraftEnd{"", 0, "anna", "z"}), AlreadyKept);
  EXPECT_THROW(drafts.keep("E1", domain::DraftVersion{3, "anna", "z", "", "", "{3}", {}}), AlreadyKept) << "it has ended";
  EXPECT_EQ(written(*drafts.find("E1")), "E1 jobcenter a.pdf: 1 anna   {1} 2 bernd darum 33148 {2} (x: a→b) | ministerium:NW@1 anna | 1 ministerium:NW m geteilt: Wort | 33148-2021@2 bernd");
  ASSERT_EQ(drafts.heads().size(), 1U);
  EXPECT_EQ(written(drafts.heads().front()), "E1 jobcenter a.pdf: 1 anna    2 bernd darum 33148  | ministerium:NW@1 anna | 33148-2021@2 bernd") << "light enough for a list";
  EXPECT_THROW(store_->at_once([&] {
    drafts.keep(domain::StoredDraft{"E2", domain::Side{domain::Side::Agency}, "b.pdf", "", "{}", {{1, "a", "z", "", "", "{}", {}}}, {}, {}, {}});
    throw base::EnvironmentError("power cut");
  }),
               base::EnvironmentError);
  EXPECT_FALSE(store_->drafts().find("E2"));
}

TEST_P(StoreContract, APaperIsKeptOnce) {
  store_->drafts().keep(StoredPaper{"sha", "a.txt", "Text", "z"});
  store_->drafts().keep(StoredPaper{"sha", "b.txt", "anders", "z"});
  EXPECT_EQ(store_->drafts().paper("sha")->text, "Text");
  EXPECT_FALSE(store_->drafts().paper("ahs"));
}

TEST_P(StoreContract, TheRecordOfChangesHasNoGaps) {
  EXPECT_EQ(store_->audit_head().number, 0U);
  store_->append(domain::AuditEntry{1, "z", "wer", "was", "woran", "näheres", "", "h1"});
  store_->append(domain::AuditEntry{2, "z", "wer", "was", "woran", "", "h1", "h2"});
  EXPECT_ANY_THROW(store_->append(domain::AuditEntry{2, "z", "wer", "was", "woran", "", "h1", "x"}));
  EXPECT_ANY_THROW(store_->append(domain::AuditEntry{4, "z", "wer", "was", "woran", "", "h2", "x"}));
  EXPECT_EQ(store_->audit_head().hash, "h2");
  ASSERT_EQ(store_->audit(2).size(), 1U);
  const auto all = store_->audit();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at + all[0].actor + all[0].action + all[0].object + all[0].detail + all[0].previous + all[0].hash, "zwerwasworannäheresh1");
}

TEST_P(StoreContract, EveryChangeGivesAnotherState) {
  std::vector<std::uint64_t> states = {store_->state()};
  EXPECT_EQ(store_->state(), states.back()) << "looking changes nothing";
  const auto changed = [&](const char* what) {
    EXPECT_NE(store_->state(), states.back()) << what;
    states.push_back(store_->state());
  };
  take("a.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}});
  changed("a delivery");
  store_->keep(stored("33148-2021", 1, "{}"));
  changed("an agreement");
  store_->keep(domain::Account{"a.eins", "A. Eins", domain::Role::Controlling, "33148", "hash", false, "2026"});
  changed("an account");
  store_->append(domain::AuditEntry{1, "", "", "", "", "", "", "h1"});
  changed("an entry of the record");
}

TEST_P(StoreContract, AtOnceIsAllOrNothing) {
  store_->append(domain::AuditEntry{1, "", "", "", "", "", "", "h1"});
  EXPECT_THROW(store_->at_once([&] {
    take("a.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}});
    store_->keep(stored("33148-2021", 1, "{}"));
    store_->append(domain::AuditEntry{2, "", "", "", "", "", "h1", "h2"});
    throw base::EnvironmentError("power cut");
  }),
               base::EnvironmentError);
  EXPECT_TRUE(store_->deliveries().empty());
  EXPECT_TRUE(store_->agreements().empty());
  EXPECT_EQ(store_->audit_head().number, 1U);
  EXPECT_EQ(told("INT T"), "");
  store_->at_once([&] {
    take("a.csv", {{"33148", "INT T", "2020-04", "2020-04", "20"}});
    store_->append(domain::AuditEntry{2, "", "", "", "", "", "h1", "h2"});
  });
  EXPECT_EQ(told("INT T"), "2020-04@2020-04=20");
  EXPECT_EQ(store_->audit_head().number, 2U);
}

}  // namespace
}  // namespace zielwerk::store
