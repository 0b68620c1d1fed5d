// The rooms of a steering file: whatever people do in whatever order, nobody can tell another side's own room from an empty one.
#include <gtest/gtest.h>
// after gtest, which it needs
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include "steering/record.h"

namespace zielwerk {
namespace {

using steering::Intent;
using steering::Record;

domain::TargetAgreement agreed(bool bund_and_land) {
  domain::TargetAgreement terms;
  terms.kind = bund_and_land ? "BMAS_LAND" : "LAND_ZKT";
  terms.state = "NI";
  terms.parties = {{"P1", bund_and_land ? "BMAS" : "MUNICIPALITY", ""}, {"P2", "LAND_MINISTRY", ""}};
  if (!bund_and_land) terms.parties.push_back({"P3", "ZKT", ""});
  for (const char* id : {"T1", "T2"}) {
    domain::Target target;
    target.id = id;
    terms.targets.push_back(std::move(target));
  }
  terms.qualitative.push_back({"Q1", "", "", {}, {}, {}});
  terms.considerations.push_back({"C1", "", "", {}});
  return terms;
}

struct Wish {
  std::string side;
  std::string by;
  Intent intent;
};

// A value that often fits: subjects that may be there, numbers that may be the newest.
std::string any_value(const steering::Field& field) {
  switch (field.form) {
    case steering::Form::Date: return "2021-06-15";
    case steering::Form::Month: return *rc::gen::elementOf(std::vector<std::string>{"2021-06", "2021-07"});
    case steering::Form::Time: return "10:00";
    case steering::Form::Count: return std::to_string(*rc::gen::inRange(0, 12));
    case steering::Form::Euro:
    case steering::Form::Decimal: return "1.5";
    case steering::Form::File: return std::string(64, 'a');
    case steering::Form::Reasons:
    case steering::Form::Document: return "{}";
    case steering::Form::Choice: return std::string((*rc::gen::elementOf(field.choices)).code);
    case steering::Form::Id:
    case steering::Form::Ids: return *rc::gen::elementOf(std::vector<std::string>{"T1", "T2", "Q1", "C1", "P1", "P2", "D1", "S1", "S1-jobcenter", "S1-ministerium:NI"});
    default: return *rc::gen::elementOf(std::vector<std::string>{"eins", "zwei"});
  }
}

Wish any_wish(const std::vector<std::string>& sides) {
  const auto side = *rc::gen::elementOf(sides);
  const auto kinds = steering::catalogue();
  const auto& kind = kinds[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(kinds.size())))];
  Wish wish{side, fmt::format("{}.{}", side, *rc::gen::inRange(1, 4)), {std::string(kind.code), *rc::gen::arbitrary<bool>() ? side : domain::shared_room, {}, *rc::gen::inRange(0, 6)}};
  if (kind.consent != steering::Consent::None || kind.code == "zustimmung") wish.intent.room = domain::shared_room;
  for (const auto& field : kind.fields) wish.intent.fields[std::string(field.code)] = any_value(field);
  if (!kind.about.empty()) {
    const auto letter = std::string(1, kind.about.front());
    wish.intent.fields["zu"] = *rc::gen::elementOf(std::vector<std::string>{letter + "1", letter + "2", letter + "1-" + side, letter + "1-jobcenter", letter + "1-ministerium:NI"});
  }
  return wish;
}

std::vector<domain::Act> visible(const std::vector<domain::Act>& acts, const std::string& side) {
  std::vector<domain::Act> all;
  std::copy_if(acts.begin(), acts.end(), std::back_inserter(all), [&](const auto& one) { return one.room == domain::shared_room || one.room == side; });
  return all;
}

// Does all that is possible; what everybody was told goes into `told`.
std::vector<domain::Act> play(const std::vector<Wish>& wishes, const domain::TargetAgreement& terms, const std::function<bool(const Wish&)>& happens, std::map<std::string, std::string>& told) {
  std::vector<domain::Act> acts;
  int minute = 0;
  for (const auto& wish : wishes) {
    ++minute;
    if (!happens(wish)) continue;
    auto made = steering::make_act(Record(visible(acts, wish.side), steering::sides_of(terms)), terms, wish.intent, wish.side, wish.by);
    if (!made) {
      for (const auto& one : made.error()) told[wish.side] += one.code + one.message + one.where + "\n";
      continue;
    }
    made->side = wish.side;
    made->by = wish.by;
    made->at = fmt::format("2021-06-15T10:{:02}:00Z", minute);
    told[wish.side] += fmt::format("{} {}\n", made->number, made->subject);
    acts.push_back(*made);
  }
  return acts;
}

std::string whole(const std::vector<domain::Act>& acts, const std::string& side, const domain::TargetAgreement& terms) {
  const Record record(visible(acts, side), steering::sides_of(terms));
  std::string text;
  for (const auto& one : record.entries()) {
    const auto standing = record.standing(one);
    text += fmt::format("{} {} {} {} {} {} {} {} {}\n", one.act.room, one.act.number, one.act.subject, one.act.kind, one.act.side, one.act.by, one.act.at, one.act.body, standing.missing.size());
  }
  for (const auto& one : record.subjects("RADMSU")) text += one + " ";
  return text;
}

RC_GTEST_PROP(Rooms, NobodyCanTellAnotherSidesRoomFromAnEmptyOne, ()) {
  const auto terms = agreed(*rc::gen::arbitrary<bool>());
  const auto all_sides = steering::sides_of(terms);
  const std::vector<std::string> sides(all_sides.begin(), all_sides.end());
  std::vector<Wish> wishes;
  const auto count = *rc::gen::inRange(1, 40);
  for (int i = 0; i < count; ++i) wishes.push_back(any_wish(sides));
  std::map<std::string, std::string> told;
  const auto acts = play(wishes, terms, [](const Wish&) { return true; }, told);
  RC_TAG(acts.size() > 3 ? "many acts" : "few acts");
  for (const auto& side : sides) {
    std::map<std::string, std::string> told_without;
    const auto without = play(wishes, terms, [&](const Wish& wish) { return wish.intent.room == domain::shared_room || wish.intent.room == side; }, told_without);
    RC_ASSERT(whole(acts, side, terms) == whole(without, side, terms));
    RC_ASSERT(told[side] == told_without[side]);
  }
}

}  // namespace
}  // namespace zielwerk
