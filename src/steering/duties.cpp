#include "steering/duties.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "base/text.h"
#include "domain/draft.h"

namespace zielwerk::steering {
namespace {

constexpr int lead_days = 28;
constexpr int months_to_settle = 5;  // spring: until May 31

std::string day_of(const std::string& moment) { return moment.substr(0, 10); }

std::string before(const std::string& day, int days) {
  using namespace std::chrono;
  if (day.size() != 10) return {};
  const sys_days then = year(std::stoi(day.substr(0, 4))) / month(static_cast<unsigned>(std::stoi(day.substr(5, 2)))) / std::chrono::day(static_cast<unsigned>(std::stoi(day.substr(8))));
  const year_month_day earlier{then - std::chrono::days(days)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(earlier.year()), static_cast<unsigned>(earlier.month()), static_cast<unsigned>(earlier.day()));
}

std::string german_day(const std::string& day) { return day.size() == 10 ? fmt::format("{}.{}.{}", day.substr(8), day.substr(5, 2), day.substr(0, 4)) : day; }

// Whose Maßnahme it is: a side named by its word, its party's id or its party's name; else everybody's.
std::set<std::string> sides_named(const std::string& responsible, const domain::TargetAgreement& terms, const std::set<std::string>& sides) {
  std::set<std::string> named;
  for (const auto& side : sides) {
    if (responsible == side || responsible.find(domain::in_words(*domain::parse_side(side))) != std::string::npos) named.insert(side);
  }
  for (const auto& party : terms.parties) {
    if (responsible == party.id || responsible.find(party.name) != std::string::npos) named.insert(side_of(party, terms));
  }
  return named.empty() ? sides : named;
}

class List {
 public:
  List(const Record& record, const domain::TargetAgreement& terms, const Known& known, const std::string& today)
      : record_(record), terms_(terms), known_(known), today_(today), dialogues_(dialogues(record, terms, known.findings, today)) {}

  std::vector<Duty> make() {
    const bool settled = record_.in_force("abrechnung", "abrechnung");
    sign();
    agree();
    if (!known_.in_force) answer();
    if (known_.in_force && !settled) {
      comment();
      talk();
      finish();
      deliver();
      settle();
    }
    std::stable_sort(all_.begin(), all_.end(), [](const Duty& a, const Duty& b) {
      return std::tuple(a.until.empty(), a.until, a.since, a.side, a.task, a.subject) < std::tuple(b.until.empty(), b.until, b.since, b.side, b.task, b.subject);
    });
    return std::move(all_);
  }

 private:
  void add(const std::set<std::string>& sides, const Duty& duty) {
    for (const auto& side : sides) {
      all_.push_back(duty);
      all_.back().side = side;
    }
  }
  bool soon(const std::string& day) const { return before(day, lead_days) <= today_; }

  // The dialogue that a comment is for: the next one that is not finished.
  std::string next_day() const {
    std::string day;
    for (const auto& one : dialogues_) {
      if (one.state == Dialogue::State::Planned && (day.empty() || one.day < day)) day = one.day;
    }
    return day;
  }

  void comment() {
    const auto side = commenting_side(record_);
    if (side.empty()) return;
    for (const auto& one : comments(record_, known_.findings)) {
      if (one.given) continue;
      add({side}, {"", Task::Comment, one.subject, fmt::format("Kommentar zu {}, {}: {}.", one.finding.target, one.finding.month.german_text(), one.finding.deviates() ? "Ziel nicht erreicht" : "Stand gewechselt"), one.finding.since, next_day()});
    }
  }

  void sign() {
    if (known_.signed_text) return;
    const auto agreed = record_.of_kind("einigung");
    if (agreed.empty() || !record_.counts(*agreed.back())) return;
    for (const auto& party : terms_.parties) {
      if (record_.newest("unterschrift", party.id)) continue;
      add({side_of(party, terms_)}, {"", Task::Signature, party.id, fmt::format("Unterschrift: {}.", party.name), day_of(agreed.back()->act.at), ""});
    }
  }

  // The newest offer is answered by whoever did not make it: agreed on, or with another one. Nothing else is due before there is an agreement.
  void answer() {
    const Entry* newest = nullptr;
    for (const auto* offer : record_.of_kind("angebot")) {
      if (offer->act.room == domain::shared_room) newest = offer;
    }
    if (!newest) return;
    const auto about = record_.about(newest->act.subject);
    if (std::any_of(about.begin(), about.end(), [](const auto* one) { return one->act.kind == "einigung"; })) return;
    auto others = record_.sides();
    others.erase(newest->act.side);
    add(others, {"", Task::Answer, newest->act.subject, fmt::format("Angebot {} beantworten: sich darauf einigen oder ein Gegenangebot machen.", newest->act.subject), day_of(newest->act.at), ""});
  }

  // A consent is asked for the newest version only, and for the newest round.
  bool outdated(const Entry& entry) const {
    if (entry.kind->replaces) return record_.newest(entry.act.kind, entry.act.subject) != &entry;
    return record_.of_kind(entry.act.kind).back() != &entry;
  }

  void agree() {
    for (const auto& entry : record_.entries()) {
      if (entry.act.room != domain::shared_room || entry.kind->consent == Consent::None || outdated(entry)) continue;
      const auto standing = record_.standing(entry);
      for (const auto& side : standing.missing) {
        const auto there = standing.persons.contains(side) ? standing.persons.at(side).size() : 0;
        add({side}, {"", Task::Consent, entry.act.subject,
                     fmt::format("Zustimmung zu „{}“ {} (Vorgang {}): es {}.", entry.kind->label, entry.act.subject, entry.act.number, there == 0 ? "fehlen zwei Personen" : "fehlt eine zweite Person"),
                     day_of(entry.act.at), "", entry.act.number});
      }
    }
  }

  void talk() {
    const auto plan = plan_state(terms_, dialogues_);
    if (plan.missing > 0 && terms_.dialogues && !terms_.from.empty() && terms_.from <= today_) {
      add(record_.sides(), {"", Task::PlanDialogue, "", fmt::format("{} planen: {} vereinbart, {}.", terms_.dialogues->name, plan.words, plan.missing == 1 ? "einer fehlt noch" : fmt::format("{} fehlen noch", plan.missing)), terms_.from, terms_.to});
    }
    for (const auto& one : dialogues_) {
      const auto what = fmt::format("Dialog {} am {}", one.id, german_day(one.day));
      if (one.state == Dialogue::State::MinutesMissing) add(record_.sides(), {"", Task::WriteMinutes, one.id, what + ": das Protokoll fehlt.", one.day, ""});
      if (one.state != Dialogue::State::Planned || !soon(one.day)) continue;
      const auto since = std::max(before(one.day, lead_days), day_of(one.planned_at));
      add(record_.sides(), {"", Task::HoldDialogue, one.id, what + (one.begin.empty() ? "." : ", " + one.begin + " Uhr."), since, one.day});
      if (!one.basis && one.kind != "anlass") add(record_.sides(), {"", Task::FixBasis, one.id, what + ": die Datenbasis ist noch nicht festgehalten.", since, one.day});
      for (const auto& committee : terms_.committees) {
        const bool asked = std::any_of(one.recommendations.begin(), one.recommendations.end(), [&](const auto* entry) { return entry->text("ausschuss") == committee.id; });
        if (!asked) add(record_.sides(), {"", Task::AskCommittee, one.id, fmt::format("{}: eine Empfehlung von {} ist noch nicht festgehalten.", what, committee.name), since, one.day});
      }
    }
  }

  void finish() {
    for (const auto& step : agreed_steps(record_)) {
      if (!step.open() || !soon(step.due)) continue;
      add(sides_named(step.responsible, terms_, record_.sides()), {"", Task::FinishStep, step.id, fmt::format("Maßnahme {} ({}): {}.", step.id, step.responsible, step.title), before(step.due, lead_days), step.due});
    }
  }

  void deliver() {
    for (const auto& month : known_.missing_months) add(record_.sides(), {"", Task::Delivery, month.text(), fmt::format("Lieferung: für {} gibt es noch keine Zahlen.", month.german_text()), (month + 2).text() + "-01", ""});
  }

  void settle() {
    const auto since = fmt::format("{}-01-01", terms_.year + 1);
    if (terms_.year == 0 || today_ < since || !record_.of_kind("abrechnung").empty()) return;
    add(record_.sides(), {"", Task::Settlement, fmt::format("{}", terms_.year), fmt::format("Zielabrechnung {}.", terms_.year), since, fmt::format("{}-{:02}-31", terms_.year + 1, months_to_settle)});
  }

  const Record& record_;
  const domain::TargetAgreement& terms_;
  const Known& known_;
  const std::string& today_;
  std::vector<Dialogue> dialogues_;
  std::vector<Duty> all_;
};

}  // namespace

std::vector<CommentDuty> comments(const Record& record, const std::vector<Finding>& findings) {
  std::vector<CommentDuty> all;
  for (const auto& finding : findings) {
    if (!finding.deviates() && !finding.flipped()) continue;
    CommentDuty duty{finding, fmt::format("{}@{}", finding.target, finding.month.text()), nullptr, nullptr};
    for (const auto* entry : record.about(duty.subject)) {
      if (entry->act.kind == "kommentar") (entry->act.room == domain::shared_room ? duty.given : duty.drafted) = entry;
    }
    all.push_back(std::move(duty));
  }
  return all;
}

std::string commenting_side(const Record& record) {
  const auto& sides = record.sides();
  for (const char* kind : {"jobcenter", "kommune", "agentur", "ministerium"}) {
    const auto next = std::find_if(sides.begin(), sides.end(), [&](const auto& side) { return side.starts_with(kind) && !side.ends_with(":DE"); });  // the Land before the Bund
    if (next != sides.end()) return *next;
  }
  return {};
}

std::string code(Task task) {
  constexpr std::array codes = {"kommentar", "unterschrift", "zustimmung", "dialog_planen", "datenbasis", "ausschuss", "dialog", "protokoll", "massnahme", "lieferung", "abrechnung", "angebot"};
  return codes[static_cast<std::size_t>(task)];
}

std::string in_words(Task task) {
  constexpr std::array words = {"Kommentar", "Unterschrift", "Zustimmung", "Dialog planen", "Datenbasis", "Ausschuss", "Dialog", "Protokoll", "Maßnahme", "Lieferung", "Zielabrechnung", "Angebot"};
  return words[static_cast<std::size_t>(task)];
}

std::vector<Duty> duties(const Record& record, const domain::TargetAgreement& terms, const Known& known, const std::string& today) { return List(record, terms, known, today).make(); }

}  // namespace zielwerk::steering
