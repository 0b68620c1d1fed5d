#include "app/drafts.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/agreements.h"
#include "app/field_kind.h"
#include "base/resource.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;
using domain::Role;
using domain::SecondPerson;

// A desk with people of all sides. The paper is the invented one of Erlenau, given to the Jobcenter 22116 (Heidekreis, NI).
class Desk : public testing::Test {
 protected:
  struct Someone {
    domain::Account account;
    domain::Scope scope;
    Person person() const { return {account, scope}; }
  };
  Someone someone(Role role, const std::string& name, const std::string& scope = "22116") { return {{name, name, role, scope, "h", false, ""}, *domain::Scope::parse(scope, workspace_.directory())}; }

  domain::StoredDraft draft_by(const Someone& maker, const std::optional<std::string>& traeger = "22116") {
    workspace_.act_as(maker.account.name);
    const auto paper = read_paper(workspace_, ZIELWERK_ROOT "/agreements/beispiele/erlenau_2024.txt", {});
    const auto kept = keep_draft(workspace_, maker.person(), paper->draft, traeger);
    EXPECT_TRUE(kept.has_value());
    return *kept;
  }
  base::Checked<Edited> edit(const Someone& by, const domain::StoredDraft& draft, const std::string& field, const std::optional<std::string>& value, int version) {
    workspace_.act_as(by.account.name);
    return edit_draft(workspace_, by.person(), draft.id, {version, "geprüft", {}, {{field, value}}, {}, {}, {}});
  }
  std::string value(const domain::StoredDraft& draft, const char* member, std::size_t target = 0) { return json::serialize(draft_document(draft).at("agreement").at("targets").at(target).at(member)); }
  static std::string codes(const base::Problems& problems) {
    std::string all;
    for (const auto& one : problems) all += one.code + " ";
    return all;
  }

  Workspace workspace_{store::open_memory_store(), [] { return std::string("2026-11-21T10:00:00Z"); }, "test"};
  Someone anna_ = someone(Role::Controlling, "anna");
  Someone bernd_ = someone(Role::Management, "bernd");
  Someone ministry_ = someone(Role::Ministry, "ministerium", "NI");
  Someone town_ = someone(Role::Municipality, "kommune");
};

TEST_F(Desk, AnotherSideSeesNothingUntilItIsShared) {
  const auto draft = draft_by(anna_);
  EXPECT_TRUE(find_draft(workspace_, bernd_.person(), draft.id));
  for (const auto& other : {ministry_, town_, someone(Role::Controlling, "fern", "32702"), someone(Role::Ministry, "bund", "alle"), someone(Role::Audit, "revision", "alle"), someone(Role::Committee, "gremium")}) {
    EXPECT_FALSE(find_draft(workspace_, other.person(), draft.id)) << other.account.name;
    EXPECT_TRUE(list_drafts(workspace_, other.person()).empty()) << other.account.name;
  }
  ASSERT_TRUE(comment_draft(workspace_, anna_.person(), draft, "", "unter uns", false).has_value());
  ASSERT_TRUE(comment_draft(workspace_, anna_.person(), draft, "", "für alle", true).has_value());
  ASSERT_TRUE(edit(anna_, draft, "targets[T1].signed_value", "2,7", 1).has_value());
  ASSERT_TRUE(share_draft(workspace_, anna_.person(), *find_draft(workspace_, anna_.person(), draft.id), "ministerium:NI").has_value());
  ASSERT_TRUE(edit(anna_, draft, "targets[T1].signed_value", "2,8", 2).has_value());
  const auto seen = find_draft(workspace_, ministry_.person(), draft.id);
  ASSERT_TRUE(seen);
  EXPECT_EQ(value(*seen, "signed_value"), "2.7E0") << "the version that was shared, not the newest";
  ASSERT_EQ(seen->comments.size(), 1U);
  EXPECT_EQ(seen->comments.front().words, "für alle");
  for (const auto& version : seen->versions) EXPECT_EQ(version.why, "") << "reasons stay in the room";
  EXPECT_FALSE(find_draft(workspace_, town_.person(), draft.id));
  EXPECT_FALSE(find_draft(workspace_, someone(Role::Ministry, "bund", "alle").person(), draft.id)) << "the Bund's ministry is another side than the Land's";
  EXPECT_EQ(codes({share_draft(workspace_, anna_.person(), *find_draft(workspace_, anna_.person(), draft.id), "ministerium:NW").error()}), "side_unknown ") << "not of this Land";
  EXPECT_EQ(list_drafts(workspace_, ministry_.person()).size(), 1U);
  EXPECT_FALSE(own_room(ministry_.person(), *seen));
}

TEST_F(Desk, WhoseTraegerIsUnknownIsSeenByItsMakerOnly) {
  const auto draft = draft_by(anna_, {});
  EXPECT_EQ(draft.versions.back().whose, "");
  EXPECT_TRUE(find_draft(workspace_, anna_.person(), draft.id));
  EXPECT_FALSE(find_draft(workspace_, bernd_.person(), draft.id));
  EXPECT_EQ(codes(state_of(workspace_, draft, SecondPerson::Never).obstacles), "jobcenter_not_found ");
  const auto assigned = edit_draft(workspace_, anna_.person(), draft.id, {1, "steht im Briefkopf", "22116", {}, {}, {}, {}});
  ASSERT_TRUE(assigned.has_value());
  EXPECT_TRUE(find_draft(workspace_, bernd_.person(), draft.id));
  EXPECT_EQ(codes(edit_draft(workspace_, anna_.person(), draft.id, {2, "x", "32702", {}, {}, {}, {}}).error()), "scope_missing ");
}

TEST_F(Desk, TheSecondIsToldAndNothingIsOverwritten) {
  const auto draft = draft_by(anna_);
  ASSERT_TRUE(edit(anna_, draft, "targets[T1].signed_value", "2,7", 1).has_value());
  const auto late = edit(bernd_, draft, "targets[T1].signed_value", "9", 1);
  ASSERT_TRUE(late.has_value());
  ASSERT_EQ(late->meanwhile.size(), 1U);
  EXPECT_EQ(late->meanwhile.front().by + " " + late->meanwhile.front().why, "anna geprüft");
  std::string changes;
  for (const auto& one : late->meanwhile.front().changes) changes += fmt::format("{} {}→{} ", one.path, one.read, one.corrected);
  EXPECT_EQ(changes, "targets[T1].value 2.6→2.7 targets[T1].signed_value 2.6→2.7 targets[T1].formula \"(K2[2024] / K2[2023] - 1) * 100 >= 2.6\"→null ");
  EXPECT_EQ(value(late->draft, "signed_value"), "2.7E0");
  EXPECT_EQ(late->draft.versions.size(), 2U);
}

TEST_F(Desk, WhatMayStandInAField) {
  const auto draft = draft_by(anna_);
  const auto refused = [&](const std::string& field, const std::optional<std::string>& value) {
    const auto edited = edit(anna_, draft, field, value, 1);
    return edited ? std::string("taken") : codes(edited.error());
  };
  for (const auto& [field, given] : std::vector<std::pair<std::string, std::string>>{{"targets[T1].signed_value", "1.900"}, {"targets[T1].signed_value", "1e3"}, {"targets[T1].signed_value", ""},
                                                                                     {"targets[T1].unit", "PROZENT"}, {"year.value", "20,5"}, {"year.value", "1821"}, {"term.from", "gestern"},
                                                                                     {"parties[P1].role", "KREIS"}, {"targets[T1].comparator_explicit", "vielleicht"}}) {
    EXPECT_NE(refused(field, given), "taken") << field << " = " << given;
  }
  for (const char* field : {"", "targets", "targets[T9].signed_value", "targets[T1]", "targets[T1].id", "targets[T1].evidence[0].quote", "document.text", "targets[T1", "..", "goals[G1].statutory_code"}) {
    EXPECT_EQ(refused(field, "1"), "field_unknown ") << field;
  }
  EXPECT_EQ(find_draft(workspace_, anna_.person(), draft.id)->versions.size(), 1U) << "nothing half kept";
  const auto falls = edit(anna_, draft, "targets[T1].signed_value", "-0,5", 1);
  EXPECT_EQ(value(falls->draft, "value"), "5E-1") << "the value without its sign follows";
  EXPECT_EQ(refused("targets[T1].signed_value", "3"), "taken") << "an old version: told, not refused";
}

TEST_F(Desk, ATargetIsAddedWithItsWordsAndTakenOut) {
  const auto draft = draft_by(anna_);
  NewTarget wanted{"LZB_STOCK", "K3", "RELATIVE_CHANGE", "<=", "-1,5", "PERCENT", "ANNUAL_AVERAGE", 38, 38};
  const auto add = [&](int version) { return edit_draft(workspace_, anna_.person(), draft.id, {version, "übersehen", {}, {}, {}, {wanted}, {}}); };
  const auto added = add(1);
  ASSERT_TRUE(added.has_value());
  const auto targets = draft_document(added->draft).at("agreement").at("targets").as_array();
  EXPECT_EQ(targets.back().at("direction").as_string(), "DECREASE");
  EXPECT_TRUE(targets.back().at("evidence").at(0).at("quote").as_string().starts_with("Das Ziel ist im Jahr 2024 erreicht"));
  wanted.first_line = 9000;
  EXPECT_EQ(codes(add(2).error()), "line_unknown ");
  wanted = {"LZB_STOCK", "K3", "SEHR", "=", "viel", "PERCENT", "ANNUAL_AVERAGE", 38, 38};
  EXPECT_EQ(codes(add(2).error()), "value_invalid value_invalid ");
  const std::string id(targets.back().at("id").as_string());
  const auto gone = edit_draft(workspace_, anna_.person(), draft.id, {2, "doch keines", {}, {}, {fmt::format("targets[{}]", id)}, {}, {}});
  ASSERT_TRUE(gone.has_value());
  EXPECT_EQ(state_of(workspace_, gone->draft, SecondPerson::Corrected).corrections.size(), 0U) << "as it was read";
}

// Every list that can be extended takes the example of its own entries, field by field as people write them.
TEST_F(Desk, EachListTakesItsExample) {
  const auto draft = draft_by(anna_);
  const auto examples = json::parse(base::resource("rules/new_entries.json")).as_object();
  const auto add = [&](int version, NewEntry entry) { return edit_draft(workspace_, anna_.person(), draft.id, {version, "übersehen", {}, {}, {}, {}, {}, {std::move(entry)}}); };
  int version = 1;
  for (const auto& [name, example] : examples) {
    SCOPED_TRACE(std::string_view(name));
    const std::string list(name);
    const auto point = list.find('.');
    const auto agreement = draft_document(*find_draft(workspace_, anna_.person(), draft.id)).at("agreement").as_object();
    std::string path = list;
    if (point != std::string::npos) {
      const auto& outer = agreement.at(list.substr(0, point)).as_array();
      path = fmt::format("{}[{}]{}", list.substr(0, point), entry_key(outer, outer.size() - 1), list.substr(point));
    }
    NewEntry entry{path, {}, 38, 38};
    for (const auto& [member, value] : example.as_object()) {
      if (member == "id" || value.is_null() || value.is_object() || (value.is_array() && value.get_array().empty())) continue;
      if (!can_be_corrected({{list, false}, {"+", true}, {std::string(member), false}})) continue;
      const auto text = value.is_string() ? std::string(value.get_string()) : value.is_array() ? std::string(value.get_array().front().get_string()) : json::serialize(value);
      entry.fields.push_back({std::string(member), text});
    }
    const auto added = add(version, entry);
    ASSERT_TRUE(added.has_value()) << codes(added.error()) << added.error().front().message << " " << added.error().front().where;
    ASSERT_EQ(added->draft.versions.size(), static_cast<std::size_t>(++version));
    const auto& change = added->draft.versions.back().changes.back();
    EXPECT_TRUE(change.path.starts_with(path + "[")) << change.path;
    EXPECT_EQ(change.read, "");
    const auto gone = edit_draft(workspace_, anna_.person(), draft.id, {version, "doch nicht", {}, {}, {change.path}, {}, {}});
    ASSERT_TRUE(gone.has_value()) << gone.error().front().message;
    ++version;
    ASSERT_TRUE(add(version, entry).has_value());  // for the lists within
    ++version;
  }
  EXPECT_EQ(codes(add(version, {"targets", {}, 38, 38}).error()), "list_unknown ") << "a target has a way of its own";
  EXPECT_EQ(codes(add(version, {"budgets[B1].places", {}, 38, 38}).error()), "list_unknown ");
  EXPECT_EQ(codes(add(version, {"budgets", {{"amount", "1.000"}}, 38, 38}).error()), "value_invalid ");
  EXPECT_EQ(codes(add(version, {"budgets", {{"quote", "x"}}, 38, 38}).error()), "field_unknown ");
  EXPECT_EQ(codes(add(version, {"budgets", {}, 9000, 9000}).error()), "line_unknown ");
}

TEST_F(Desk, ATargetSaysWhatItIsComparedWith) {
  const auto draft = draft_by(anna_);
  const auto compared = [&](const std::string& measure, const std::string& reference, const std::string& year, const std::string& month, const std::string& value) {
    NewTarget wanted{"LZB_STOCK", "K3", measure, "<=", measure == "LEVEL" ? "5" : "-1,5", "PERCENT", "ANNUAL_AVERAGE", 38, 38, reference, year, month, value};
    const auto version = find_draft(workspace_, anna_.person(), draft.id)->versions.back().version;
    const auto added = edit_draft(workspace_, anna_.person(), draft.id, {version, "übersehen", {}, {}, {}, {wanted}, {}});
    return added ? json::serialize(draft_document(added->draft).at("agreement").at("targets").as_array().back().at("reference")) : codes(added.error());
  };
  EXPECT_EQ(compared("RELATIVE_CHANGE", "", "", "", ""), R"({"type":"PREVIOUS_YEAR","year":2023,"raw":null})");
  EXPECT_EQ(compared("LEVEL", "", "", "", ""), "null");
  EXPECT_EQ(compared("RELATIVE_CHANGE", "PREVIOUS_YEAR_END", "", "", ""), R"({"type":"PREVIOUS_YEAR_END","year":2023,"raw":null})");
  EXPECT_EQ(compared("RELATIVE_CHANGE", "BASE_MONTH", "2022", "12", ""), R"({"type":"BASE_MONTH","year":2022,"month":12,"raw":null})");
  EXPECT_EQ(compared("RELATIVE_CHANGE", "BASELINE", "2019", "", "4050"), R"({"type":"BASELINE","year":2019,"value":4050,"raw":null})");
  EXPECT_EQ(compared("RELATIVE_CHANGE", "BASE_MONTH", "", "", ""), "value_invalid ");
  EXPECT_EQ(compared("RELATIVE_CHANGE", "BASELINE", "", "", ""), "value_invalid ");
  EXPECT_EQ(compared("RELATIVE_CHANGE", "VORJAHR", "", "", ""), "value_invalid ");
}

TEST_F(Desk, ASecondPersonConfirmsWhatWasCorrected) {
  const auto draft = draft_by(anna_);
  const auto confirm = [&](const Someone& by, SecondPerson rule) {
    workspace_.act_as(by.account.name);
    const auto now = *find_draft(workspace_, by.person(), draft.id);
    const auto done = confirm_draft(workspace_, by.person(), now, now.versions.back().version, rule);
    return done ? done->id : codes(done.error());
  };
  EXPECT_EQ(confirm(anna_, SecondPerson::Always), "second_person_needed ");
  ASSERT_TRUE(edit(anna_, draft, "title.value", "Zielvereinbarung Erlenau", 1).has_value());
  EXPECT_FALSE(state_of(workspace_, *find_draft(workspace_, anna_.person(), draft.id), SecondPerson::Corrected).second_person_needed) << "a title binds nobody";
  ASSERT_TRUE(edit(anna_, draft, "budgets[B1].amount", "5218461", 2).has_value());
  EXPECT_EQ(confirm(anna_, SecondPerson::Corrected), "second_person_needed ");
  EXPECT_TRUE(workspace_.store().agreements().empty()) << "nothing binds";
  const auto stale = confirm_draft(workspace_, bernd_.person(), *find_draft(workspace_, bernd_.person(), draft.id), 2, SecondPerson::Corrected);
  EXPECT_EQ(codes(stale.error()), "version_outdated ");
  const auto entries = workspace_.store().audit().size();
  EXPECT_EQ(confirm(bernd_, SecondPerson::Corrected), "22116-2024");
  EXPECT_EQ(workspace_.store().audit().size(), entries + 1) << "one commit, one entry";
  const auto agreement = find_agreement(workspace_, "22116-2024");
  ASSERT_TRUE(agreement.has_value() && agreement->stored.confirmation);
  EXPECT_EQ(agreement->stored.confirmation->by, "bernd");
  EXPECT_EQ(agreement->stored.confirmation->corrections.size(), 2U);
  EXPECT_EQ(find_draft(workspace_, anna_.person(), draft.id)->end->agreement, "22116-2024");
  EXPECT_EQ(confirm(bernd_, SecondPerson::Corrected), "draft_ended ");
  EXPECT_EQ(codes(edit(anna_, draft, "title.value", "x", 3).error()), "draft_ended ");
}

TEST_F(Desk, OpenPointsComeFirst) {
  workspace_.act_as("anna");
  const auto paper = read_paper(workspace_, ZIELWERK_ROOT "/agreements/beispiele/moorkirch_2023.docx", {});
  const auto draft = *keep_draft(workspace_, anna_.person(), paper->draft, "22116");
  const auto points = state_of(workspace_, draft, SecondPerson::Never).open;
  ASSERT_GT(points.size(), 1U);
  EXPECT_EQ(codes(confirm_draft(workspace_, anna_.person(), draft, 1, SecondPerson::Never).error()), "open_points_left ");
  EXPECT_EQ(codes(edit_draft(workspace_, anna_.person(), draft.id, {1, "x", {}, {}, {}, {}, {99}}).error()), "open_point_unknown ");
  EXPECT_EQ(codes(edit_draft(workspace_, anna_.person(), draft.id, {1, " ", {}, {}, {}, {}, points}).error()), "why_missing ");
  const auto settled = edit_draft(workspace_, anna_.person(), draft.id, {1, "am Original geprüft", {}, {}, {}, {}, points});
  ASSERT_TRUE(settled.has_value());
  EXPECT_TRUE(confirm_draft(workspace_, anna_.person(), settled->draft, 2, SecondPerson::Never).has_value());
}

TEST_F(Desk, WhoIsNoPartyConfirmsNothing) {
  const auto agency = someone(Role::Agency, "agentur");
  const auto draft = draft_by(agency);
  EXPECT_EQ(codes(confirm_draft(workspace_, agency.person(), draft, 1, SecondPerson::Never).error()), "not_a_party ");
}

}  // namespace
}  // namespace zielwerk::app
