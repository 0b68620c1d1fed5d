#include "steering/dialogue.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::steering {
namespace {

using State = Dialogue::State;

std::string number_in_words(int number) {
  constexpr std::array words = {"kein", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"};
  return number >= 0 && static_cast<std::size_t>(number) < words.size() ? words[static_cast<std::size_t>(number)] : std::to_string(number);
}

void take(Dialogue& one, const Entry& entry) {
  const auto& kind = entry.act.kind;
  if (kind == "dialog.planen" || kind == "dialog.verlegen") {
    one.day = entry.text("datum");
    one.begin = entry.text("beginn");
    one.end = entry.text("ende");
    if (kind == "dialog.planen" || !entry.text("ort").empty()) one.place = entry.text("ort");
  }
  if (kind == "dialog.planen") {
    one.kind = entry.text("art");
    one.occasion = entry.text("anlass");
    one.participants = entry.text("teilnehmer");
    one.planned_at = entry.act.at;
  } else if (kind == "dialog.verlegen" || kind == "dialog.absagen") {
    ++one.moves;
    one.reason = entry.text("grund");
    if (kind == "dialog.absagen") one.state = State::Cancelled;
  } else if (kind == "dialog.stichtag") {
    const auto version = entry.text("fassung");
    one.basis = Basis{*base::Month::parse(entry.text("monat")), {base::Month::parse(entry.text("ladestand")).value_or(*base::Month::parse(entry.text("monat")))}, version.empty() ? 1 : std::stoi(version), entry.text("regel"), entry.act.at};
  } else if (kind == "dialog.punkt") {
    one.agenda.push_back({entry.text("titel"), entry.text("ziel"), &entry});
  } else if (kind == "dialog.empfehlung") {
    one.recommendations.push_back(&entry);
  } else if (kind == "dialog.notiz") {
    one.notes.push_back(&entry);
  } else if (kind == "dialog.protokoll") {
    one.minutes = &entry;
  } else if (kind == "dialog.beschluss") {
    one.decisions.push_back(&entry);
  }
  // Notes of the own room must not move what everybody sees.
  if (entry.act.room == domain::shared_room && (kind == "dialog.planen" || kind == "dialog.verlegen" || kind == "dialog.absagen" || kind == "dialog.stichtag" || kind == "dialog.punkt")) one.changed_at = entry.act.at;
}

State state_of(const Record& record, const Dialogue& one, const std::string& today) {
  if (one.state == State::Cancelled) return State::Cancelled;
  if (one.minutes) return record.in_force("dialog.protokoll", one.id) ? State::Held : State::MinutesOpen;
  return one.day < today ? State::MinutesMissing : State::Planned;
}

void add_agenda(Dialogue& one, const domain::TargetAgreement& terms, const std::vector<Finding>& findings, const std::vector<AgreedStep>& steps) {
  std::vector<AgendaPoint> own;
  for (const auto& finding : findings) {
    if (!one.basis || finding.month != one.basis->month || finding.state.loaded != one.basis->state.loaded) continue;
    if (finding.deviates()) own.push_back({fmt::format("Ziel {} weicht ab", finding.target), finding.target, nullptr});
    else if (finding.flipped()) own.push_back({fmt::format("Ziel {} hat seinen Stand gewechselt", finding.target), finding.target, nullptr});
  }
  for (const auto& step : steps) {
    if (step.open() && step.dialogue != one.id) own.push_back({fmt::format("Maßnahme {}: {}", step.id, step.title), step.id, nullptr});
  }
  for (const auto& goal : terms.qualitative) own.push_back({fmt::format("Qualitatives Ziel {}: {}", goal.id, goal.title), goal.id, nullptr});
  one.agenda.insert(one.agenda.begin(), own.begin(), own.end());
}

}  // namespace

std::string in_words(State state) {
  switch (state) {
    case State::Planned: return "geplant";
    case State::MinutesMissing: return "Protokoll fehlt";
    case State::MinutesOpen: return "Protokoll nicht abgestimmt";
    case State::Held: return "abgeschlossen";
    case State::Cancelled: return "abgesagt";
  }
  return {};
}

std::string kind_in_words(const Dialogue& dialogue) { return label_of("dialog.planen", "art", dialogue.kind); }

std::vector<AgreedStep> agreed_steps(const Record& record) {
  std::vector<AgreedStep> all;
  for (const auto* entry : record.of_kind("massnahme.vereinbaren")) {
    all.push_back({entry->act.subject, entry->text("titel"), entry->text("verantwortlich"), entry->text("beginn"), entry->text("faellig"), entry->text("ziel"), entry->text("wirkung"), entry->text("dialog"), "offen", "", {}, nullptr});
    auto& step = all.back();
    for (const auto* later : record.about(step.id)) {
      if (later->act.kind != "massnahme.stand") continue;
      step.status = later->text("stand");
      step.report = later->text("text");
      step.newest = later;
      if (const auto dialogue = later->text("dialog"); !dialogue.empty()) step.followed_up.push_back(dialogue);
    }
  }
  return all;
}

std::vector<Dialogue> dialogues(const Record& record, const domain::TargetAgreement& terms, const std::vector<Finding>& findings, const std::string& today) {
  const auto steps = agreed_steps(record);
  std::vector<Dialogue> all;
  for (const auto* planned : record.of_kind("dialog.planen")) {
    auto& one = all.emplace_back();
    one.id = planned->act.subject;
    for (const auto* entry : record.about(one.id)) take(one, *entry);
    one.state = state_of(record, one, today);
    for (const auto& step : steps) {
      if (step.dialogue == one.id) one.agreed.push_back(step.id);
      if (std::find(step.followed_up.begin(), step.followed_up.end(), one.id) != step.followed_up.end()) one.followed_up.push_back(step.id);
    }
    if (one.state != State::Cancelled && one.state != State::Held) add_agenda(one, terms, findings, steps);
  }
  return all;
}

const Dialogue* find_dialogue(const std::vector<Dialogue>& all, std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

PlanState plan_state(const domain::TargetAgreement& terms, const std::vector<Dialogue>& dialogues) {
  PlanState plan;
  for (const auto& one : dialogues) {
    if (one.kind != "regelmaessig" || one.state == State::Cancelled) continue;
    ++(one.state == State::Planned ? plan.planned : plan.past);
  }
  if (!terms.dialogues) {
    plan.words = "nichts vereinbart";
    return plan;
  }
  const auto& agreed = *terms.dialogues;
  plan.wanted = agreed.exactly ? agreed.exactly : agreed.at_least ? agreed.at_least : agreed.as_a_rule;
  plan.words = !plan.wanted ? "regelmäßig, ohne Zahl" : fmt::format("{} {}", agreed.exactly ? "genau" : agreed.at_least ? "mindestens" : "in der Regel", number_in_words(*plan.wanted));
  const int all = plan.planned + plan.past;
  // Regular talks without a number are none if there is not even one.
  plan.missing = std::max(0, plan.wanted.value_or(1) - all);
  if (agreed.exactly) plan.beyond = std::max(0, all - *agreed.exactly);
  for (const auto& one : agreed.extra_on) plan.extra_on.emplace_back(one == "TARGET_DEVIATION" ? "bei Zielabweichungen" : one == "REQUEST_OF_ZKT" ? "auf Wunsch des kommunalen Trägers" : one);
  return plan;
}

}  // namespace zielwerk::steering
