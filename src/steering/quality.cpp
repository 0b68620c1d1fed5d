#include "steering/quality.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace zielwerk::steering {
namespace {

using base::Month;

Item item(const Record& record, const std::string& goal, int number, const std::string& words, const char* kind, const char* state) {
  Item one;
  one.number = number;
  one.words = words;
  const auto* entry = record.newest(kind, fmt::format("{}@{}", goal, number));
  if (!entry) return one;
  one.state = entry->text(state);
  one.date = entry->text("datum");
  one.report = entry->text("text");
  one.evidence = entry->text("nachweis");
  one.by = entry->act.by;
  return one;
}

// The newest word of each side in each room the reader sees.
std::vector<View> views_of(const Record& record, const std::string& goal) {
  std::vector<View> views;
  for (const auto* entry : record.about(goal)) {
    if (entry->act.kind != "ziel.sicht") continue;
    const bool shared = entry->act.room == domain::shared_room;
    std::erase_if(views, [&](const View& one) { return one.side == entry->act.side && one.shared == shared; });
    views.push_back({entry->act.side, entry->text("urteil"), entry->text("grund"), shared});
  }
  return views;
}

bool all_done(const std::vector<Item>& items) {
  return std::all_of(items.begin(), items.end(), [](const Item& one) { return one.done(); });
}

std::string party_of(const domain::TargetAgreement& terms, const domain::Programme& programme) {
  const std::string_view role = programme.scope == "MUNICIPAL" ? "MUNICIPALITY" : "JOBCENTER_GE";
  const auto found = std::find_if(terms.parties.begin(), terms.parties.end(), [&](const auto& one) { return one.role == role || (role == "JOBCENTER_GE" && one.role == "ZKT"); });
  return found == terms.parties.end() ? std::string() : found->name;
}

struct Dated {
  Month from;
  bool of_file = false;  // what the file says outweighs the paper
  base::Exact places;
  std::string source;
};

std::vector<Dated> dated_places(const Record& record, const domain::Programme& programme, const std::string& location) {
  std::vector<Dated> all;
  for (const auto& one : programme.places) {
    if (one.location == location && one.from) all.push_back({*one.from, false, one.count.exact(), fmt::format("Vereinbarung: {}", one.as_of)});
  }
  std::map<std::string, const Entry*> newest;
  for (const auto* entry : record.of_kind("programm.plaetze")) {
    if (entry->text("programm") == programme.id && entry->text("ort") == location) newest[entry->text("ab")] = entry;
  }
  for (const auto& [from, entry] : newest) {
    all.push_back({*Month::parse(from), true, base::parse_decimal(entry->text("plaetze"))->exact(), fmt::format("Vorgang {}", entry->act.number)});
  }
  std::stable_sort(all.begin(), all.end(), [](const Dated& a, const Dated& b) { return std::tie(a.from, a.of_file) < std::tie(b.from, b.of_file); });
  return all;
}

Site site(const Record& record, const domain::TargetAgreement& terms, const domain::Programme& programme, const std::string& location) {
  Site site{programme.id, programme.name, location, party_of(terms, programme), {}};
  const auto dated = dated_places(record, programme, location);
  for (int number = 1; number <= 12; ++number) {
    Site::Month one{Month(terms.year, number), {}, {}, {}};
    for (const auto& places : dated) {
      if (places.from > one.month) break;
      one.places = places.places;
      one.source = places.source;
    }
    for (const auto* entry : record.of_kind("programm.belegung")) {
      if (entry->text("programm") == programme.id && entry->text("ort") == location && entry->text("monat") == one.month.text()) {
        one.occupied = base::parse_decimal(entry->text("belegt"))->exact();
      }
    }
    site.months.push_back(std::move(one));
  }
  return site;
}

}  // namespace

bool Quality::fulfilled() const { return criteria.empty() ? all_done(steps) : all_done(criteria); }
bool Quality::contradicts() const { return judged && joint->text("urteil") == "erreicht" && !fulfilled(); }
std::string Quality::result() const { return !judged || contradicts() ? "offen" : joint->text("urteil"); }

std::vector<Quality> qualities(const Record& record, const domain::TargetAgreement& terms) {
  std::vector<Quality> all;
  for (const auto& goal : terms.qualitative) {
    Quality one;
    one.id = goal.id;
    one.title = goal.title;
    for (const auto& step : goal.steps) one.steps.push_back(item(record, goal.id, static_cast<int>(one.steps.size()) + 1, step, "ziel.schritt", "stand"));
    for (const auto& criterion : goal.criteria) {
      one.criteria.push_back(item(record, goal.id, static_cast<int>(one.criteria.size()) + 1, criterion.words.empty() ? criterion.code : criterion.words, "ziel.kriterium", "erfuellt"));
    }
    one.views = views_of(record, goal.id);
    // A newer proposal that not everybody has agreed to leaves the older judgement in force.
    const auto* holds = record.in_force("ziel.bewertung", goal.id);
    one.joint = holds ? holds : record.newest("ziel.bewertung", goal.id);
    one.judged = holds != nullptr;
    if (one.joint) one.missing = record.standing(*one.joint).missing;
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Site> sites(const Record& record, const domain::TargetAgreement& terms) {
  std::vector<Site> all;
  for (const auto& programme : terms.programmes) {
    std::vector<std::string> locations;
    const auto add = [&](const std::string& location) {
      if (std::find(locations.begin(), locations.end(), location) == locations.end()) locations.push_back(location);
    };
    for (const auto& one : programme.places) add(one.location);
    for (const char* kind : {"programm.plaetze", "programm.belegung"}) {
      for (const auto* entry : record.of_kind(kind)) {
        if (entry->text("programm") == programme.id) add(entry->text("ort"));
      }
    }
    for (const auto& location : locations) all.push_back(site(record, terms, programme, location));
  }
  return all;
}

}  // namespace zielwerk::steering
