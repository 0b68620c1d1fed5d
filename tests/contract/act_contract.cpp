// One suite over every store: what src/store/act_store.h promises.
#include <gtest/gtest.h>

#include "../support.h"

namespace zielwerk::store {
namespace {

using namespace test;

class ActContract : public testing::TestWithParam<const char*> {
 protected:
  void keep(const std::string& room, int number, const std::string& agreement = "33148-2021") {
    store_->steering().keep(domain::Act{agreement, room, number, "D1", "dialog.planen", "ministerium", "m.beispiel", "2021-01-01T00:00:00Z", R"({"datum":"2021-06-15"})"});
  }
  std::string numbers(const std::string& room, const std::string& agreement = "33148-2021") const {
    std::string all;
    for (const auto& one : store_->steering().acts(agreement, room)) all += std::to_string(one.number) + " ";
    return all;
  }

  Folder folder_;
  std::unique_ptr<Store> store_ = std::string_view(GetParam()) == "memory" ? open_memory_store() : open_sqlite_store(folder_.file("speicher.db").string(), true);
};

INSTANTIATE_TEST_SUITE_P(Stores, ActContract, testing::Values("memory", "sqlite"), [](const auto& one) { return std::string(one.param); });

TEST_P(ActContract, EveryRoomOfEveryAgreementCountsForItself) {
  keep("gemeinsam", 1);
  keep("jobcenter", 1);
  keep("gemeinsam", 2);
  keep("gemeinsam", 1, "22116-2020");
  EXPECT_EQ(numbers("gemeinsam"), "1 2 ");
  EXPECT_EQ(numbers("jobcenter"), "1 ");
  EXPECT_EQ(numbers("ministerium"), "");
  EXPECT_EQ(numbers("gemeinsam", "22116-2020"), "1 ");
  EXPECT_EQ(store_->steering().agreements(), (std::vector<std::string>{"22116-2020", "33148-2021"}));
  const auto act = store_->steering().acts("33148-2021", "jobcenter").front();
  EXPECT_EQ(act.agreement + act.room + act.subject + act.kind + act.side + act.by + act.at + act.body, R"(33148-2021jobcenterD1dialog.planenministeriumm.beispiel2021-01-01T00:00:00Z{"datum":"2021-06-15"})");
}

TEST_P(ActContract, ANumberIsTakenOnceAndNoneIsLeftOut) {
  EXPECT_THROW(keep("gemeinsam", 2), AlreadyKept);
  EXPECT_THROW(keep("gemeinsam", 0), AlreadyKept);
  EXPECT_TRUE(store_->steering().agreements().empty());
  keep("gemeinsam", 1);
  EXPECT_THROW(keep("gemeinsam", 1), AlreadyKept);
  EXPECT_THROW(keep("gemeinsam", 3), AlreadyKept);
  EXPECT_EQ(numbers("gemeinsam"), "1 ");
}

TEST_P(ActContract, WhatFailsLeavesNoActAndNoFile) {
  const auto before = store_->state();
  EXPECT_THROW(store_->at_once([&] {
    keep("gemeinsam", 1);
    store_->steering().keep(domain::StoredFile{"sha", "a.txt", "text/plain", "Text", "z"});
    throw base::EnvironmentError("power cut");
  }),
               base::EnvironmentError);
  EXPECT_EQ(numbers("gemeinsam"), "");
  EXPECT_TRUE(store_->steering().files().empty());
  keep("gemeinsam", 1);
  EXPECT_NE(store_->state(), before);
}

TEST_P(ActContract, AnAnnexIsKeptOnceByteForByte) {
  const std::string bytes("%PDF-\0\xff\n", 8);
  store_->steering().keep(domain::StoredFile{"b", "a.pdf", "application/pdf", bytes, "z1"});
  store_->steering().keep(domain::StoredFile{"b", "anders.pdf", "text/plain", "anders", "z2"});
  store_->steering().keep(domain::StoredFile{"a", "b.txt", "text/plain", "", "z2"});
  const auto file = store_->steering().file("b");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->bytes, bytes);
  EXPECT_EQ(file->sha256 + file->name + file->type + file->recorded_at, "ba.pdfapplication/pdfz1");
  EXPECT_FALSE(store_->steering().file("c"));
  EXPECT_EQ(store_->steering().files(), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace zielwerk::store
