#include "app/audit.h"

#include <gtest/gtest.h>

#include "app/rights.h"

namespace zielwerk::app {
namespace {

// A store whose record was tampered with: what another program could do to the file.
class Tampered : public testing::Test {
 protected:
  std::string findings(const std::function<void(std::vector<domain::AuditEntry>&)>& tamper, const std::optional<std::string>& head = {}) {
    Workspace first(store::open_memory_store(), [] { return std::string("2026-11-21T10:00:00Z"); }, "test");
    for (const char* name : {"a.eins", "b.zwei", "c.drei"}) EXPECT_TRUE(add_account(first, {name, "A. Beispiel", "gremium", "alle", "h"}).has_value());
    auto entries = first.store().audit();
    tamper(entries);
    auto store = store::open_memory_store();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      entries[i].number = i + 1;  // the store itself keeps the numbers without gaps
      store->append(entries[i]);
    }
    const Workspace second(std::move(store), [] { return std::string(); }, "test");
    std::string codes;
    for (const auto& one : verify_audit(second, head).findings) codes += one.code + "@" + one.where + " ";
    return codes;
  }
};

TEST_F(Tampered, EveryChangeIsSeen) {
  EXPECT_EQ(findings([](auto&) {}), "");
  EXPECT_EQ(findings([](auto& all) { all[1].actor = "x"; }), "audit_broken@Eintrag 2 ");
  EXPECT_EQ(findings([](auto& all) { all[0].detail = "x"; }), "audit_broken@Eintrag 1 ");
  EXPECT_NE(findings([](auto& all) { all.erase(all.begin() + 1); }), "");
  EXPECT_NE(findings([](auto& all) { std::swap(all[1], all[2]); }), "");
}

TEST_F(Tampered, ARecordMadeAnewIsSeenByItsOldHead) {
  std::string head;
  EXPECT_EQ(findings([&](auto& all) { head = text(all[2]); }), "");
  EXPECT_EQ(findings([](auto&) {}, head), "");
  EXPECT_EQ(findings([](auto& all) { all.pop_back(); }, head), "audit_head_differs@ ");
}

TEST(Commit, TheChangeAndItsEntryHappenTogetherOrNotAtAll) {
  Workspace workspace(store::open_memory_store(), [] { return std::string("2026-11-21T10:00:00Z"); }, "a.beispiel");
  const auto change = [](store::Store& store) {
    store.keep(domain::Account{"x.y", "", domain::Role::Audit, "alle", "h", false, ""});
    return Workspace::Change{"konto.anlegen", "x.y", ""};
  };
  EXPECT_THROW(workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    change(store);
    throw base::EnvironmentError("disk full");
  }),
               base::EnvironmentError);
  EXPECT_TRUE(workspace.store().accounts().empty());
  EXPECT_EQ(workspace.store().audit_head().number, 0U);
  workspace.commit(change);
  EXPECT_EQ(workspace.store().accounts().size(), 1U);
  EXPECT_EQ(workspace.store().audit_head().number, 1U);
  EXPECT_EQ(workspace.store().audit_head().actor, "a.beispiel");
}

}  // namespace
}  // namespace zielwerk::app
