#include "steering/record.h"

#include <algorithm>

#include <fmt/format.h>

namespace zielwerk::steering {
namespace {

constexpr std::size_t persons_a_side = 2;

bool has(std::string_view letters, std::string_view subject) { return !subject.empty() && letters.find(subject.front()) != std::string_view::npos; }

}  // namespace

std::string Entry::text(std::string_view field) const {
  const auto* value = body.if_contains(field);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Record::Record(std::vector<domain::Act> acts, std::set<std::string> sides) : sides_(std::move(sides)) {
  std::stable_sort(acts.begin(), acts.end(), [](const auto& a, const auto& b) { return std::tie(a.at, a.room, a.number) < std::tie(b.at, b.room, b.number); });
  for (auto& act : acts) {
    const auto* kind = find_kind(act.kind);
    base::ensure(kind, "a kept act is of a known kind");
    auto body = boost::json::parse(act.body).as_object();
    entries_.push_back({std::move(act), kind, std::move(body)});
  }
  for (const auto& one : entries_) {
    if (one.act.kind == "zustimmung") consents_[std::stoi(one.text("vorgang"))][one.act.side].insert(one.act.by);
  }
}

std::vector<const Entry*> Record::of_kind(std::string_view kind) const {
  std::vector<const Entry*> all;
  for (const auto& one : entries_) {
    if (one.act.kind == kind) all.push_back(&one);
  }
  return all;
}

std::vector<const Entry*> Record::about(std::string_view subject) const {
  std::vector<const Entry*> all;
  for (const auto& one : entries_) {
    if (one.act.subject == subject) all.push_back(&one);
  }
  return all;
}

const Entry* Record::newest(std::string_view kind, std::string_view subject, std::string_view room) const {
  const Entry* found = nullptr;
  for (const auto& one : entries_) {
    if (one.act.kind == kind && one.act.subject == subject && one.act.room == room) found = &one;
  }
  return found;
}

const Entry* Record::shared(int number) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& one) { return one.act.room == domain::shared_room && one.act.number == number; });
  return found == entries_.end() ? nullptr : &*found;
}

int Record::last(std::string_view room) const {
  int number = 0;
  for (const auto& one : entries_) {
    if (one.act.room == room) number = std::max(number, one.act.number);
  }
  return number;
}

std::vector<std::string> Record::subjects(std::string_view letters, bool shared_only) const {
  std::vector<std::string> all;
  for (const auto& one : entries_) {
    if (!one.kind->opens.empty() && has(letters, one.act.subject) && (!shared_only || one.act.room == domain::shared_room)) all.push_back(one.act.subject);
  }
  return all;
}

Record::Standing Record::standing(const Entry& entry) const {
  Standing standing;
  if (const auto found = consents_.find(entry.act.number); found != consents_.end() && entry.act.room == domain::shared_room) standing.persons = found->second;
  standing.persons[entry.act.side].insert(entry.act.by);
  if (entry.kind->consent != Consent::None) {
    const auto asked = entry.kind->consent == Consent::EverySide ? sides_ : std::set<std::string>{entry.act.side};
    for (const auto& side : asked) {
      if (standing.persons[side].size() < persons_a_side) standing.missing.push_back(side);
    }
  }
  standing.counts = standing.missing.empty();
  return standing;
}

const Entry* Record::in_force(std::string_view kind, std::string_view subject) const {
  const Entry* found = nullptr;
  for (const auto& one : entries_) {
    if (one.act.kind == kind && one.act.subject == subject && one.act.room == domain::shared_room && counts(one)) found = &one;
  }
  return found;
}

bool ministries_apart(const domain::TargetAgreement& terms) { return terms.kind == "BMAS_LAND"; }

std::string side_of(const domain::Party& party, const domain::TargetAgreement& terms) {
  const auto kind = party.role == "AGENTUR" || party.role == "BA" ? domain::Side::Agency
                    : party.role == "MUNICIPALITY"                ? domain::Side::Municipality
                    : party.role == "ZKT" || party.role == "JOBCENTER_GE" ? domain::Side::Jobcenter
                                                                          : domain::Side::Ministry;
  const bool apart = kind == domain::Side::Ministry && ministries_apart(terms);
  return domain::code({kind, !apart ? "" : party.role == "BMAS" ? "DE" : terms.state});
}

std::set<std::string> sides_of(const domain::TargetAgreement& terms) {
  std::set<std::string> sides;
  for (const auto& party : terms.parties) sides.insert(side_of(party, terms));
  return sides;
}

}  // namespace zielwerk::steering
