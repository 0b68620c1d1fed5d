// For the tests of this module: terms and acts in few words.
#pragma once

#include <gtest/gtest.h>

#include "steering/record.h"

namespace zielwerk::steering::test {

// Of a ministry, a Jobcenter and, if wanted, a municipality; invented.
inline domain::TargetAgreement terms(bool three = false) {
  domain::TargetAgreement terms;
  terms.kind = "LAND_ZKT";
  terms.state = "NI";
  terms.year = 2021;
  terms.from = "2021-01-01";
  terms.to = "2021-12-31";
  terms.parties = {{"P1", "LAND_MINISTRY", "Ministerium (erfunden)"}, {"P2", "ZKT", "Kreis Musterland"}};
  if (three) terms.parties.push_back({"P3", "MUNICIPALITY", "Stadt Musterstadt"});
  for (const char* id : {"T1", "T2"}) {
    domain::Target target;
    target.id = id;
    terms.targets.push_back(std::move(target));
  }
  terms.qualitative.push_back({"Q1", "", "Konzept für Alleinerziehende", {"Konzept"}, {{"PRESENT", "liegt vor"}}, {}});
  terms.committees.push_back({"C1", "Ausschuss für Zielvereinbarungen"});
  return terms;
}

// A file that grows: what people do, with the checks of make_act.
class Story {
 public:
  explicit Story(domain::TargetAgreement agreed = test::terms()) : terms_(std::move(agreed)) {}

  // "ok D1", or the codes of the problems. An account is "side.name".
  std::string does(const std::string& who, const std::string& kind, std::map<std::string, std::string> fields, int replaces = 0, bool own = false) {
    const auto side = who.substr(0, who.find('.'));
    auto made = make_act(seen_by(side), terms_, {kind, own ? side : domain::shared_room, std::move(fields), replaces}, side, who);
    if (!made) {
      std::string codes;
      for (const auto& one : made.error()) codes += one.code + " ";
      return codes;
    }
    made->side = side;
    made->by = who;
    made->at = at_;
    acts_.push_back(*made);
    return "ok " + made->subject;
  }
  void on(std::string day) { at_ = std::move(day) + "T09:00:00Z"; }
  std::vector<domain::Act> visible_to(const std::string& side) const {
    std::vector<domain::Act> all;
    std::copy_if(acts_.begin(), acts_.end(), std::back_inserter(all), [&](const auto& one) { return one.room == domain::shared_room || one.room == side; });
    return all;
  }
  Record seen_by(const std::string& side) const { return {visible_to(side), sides_of(terms_)}; }
  const domain::TargetAgreement& terms() const { return terms_; }
  domain::TargetAgreement& terms() { return terms_; }

 private:
  domain::TargetAgreement terms_;
  std::vector<domain::Act> acts_;
  std::string at_ = "2021-01-10T09:00:00Z";
};

}  // namespace zielwerk::steering::test
