// Dialoge and Maßnahmen as they stand: read off the acts of a steering file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/evaluation.h"
#include "steering/record.h"

namespace zielwerk::steering {

// Maßnahme that the sides agreed, with its last report.
struct AgreedStep {
  std::string id;  // M1
  std::string title;
  std::string responsible;
  std::string begin;
  std::string due;
  std::string target;  // T2; may be empty
  std::string effect;
  std::string dialogue;  // where it was agreed; may be empty
  std::string status = "offen";  // offen, laeuft, erledigt, aufgegeben
  std::string report;
  std::vector<std::string> followed_up;  // dialogues it was talked about in
  const Entry* newest = nullptr;  // massnahme.stand, for who builds on it
  bool open() const { return status == "offen" || status == "laeuft"; }
};
std::vector<AgreedStep> agreed_steps(const Record& record);

// Datenbasis: what a dialogue rests on, whatever is delivered afterwards.
struct Basis {
  base::Month month;
  domain::DataState state;
  int version = 1;   // of the agreement
  std::string rule;  // evaluation::rule_version
  std::string at;
};

struct AgendaPoint {
  std::string words;
  std::string about;  // T2, M1, Q1; may be empty
  const Entry* entry = nullptr;  // nullptr: there by itself
};

struct Dialogue {
  enum class State { Planned, MinutesMissing, MinutesOpen, Held, Cancelled };
  std::string id;  // D1
  State state = State::Planned;
  std::string kind;  // regelmaessig, anlass, abrechnung
  std::string day, begin, end, place;
  std::string occasion, participants, reason;  // the reason of the last move, or why it was cancelled
  int moves = 0;          // how often it was moved or cancelled
  std::string planned_at, changed_at;
  std::optional<Basis> basis;
  std::vector<AgendaPoint> agenda;
  const Entry* minutes = nullptr;      // the newest version
  std::vector<const Entry*> recommendations, notes, decisions;
  std::vector<std::string> agreed, followed_up;  // Maßnahmen
};
std::string in_words(Dialogue::State state);  // "Protokoll fehlt"
std::string kind_in_words(const Dialogue& dialogue);

// A target as the basis of a dialogue shows it.
struct Finding {
  std::string target;
  base::Month month;
  domain::DataState state;
  evaluation::Status status = evaluation::Status::Open;
  std::optional<evaluation::Status> before;  // at the basis of the last dialogue before this month
  std::string since;  // day the figures were there, or were frozen
  bool deviates() const { return status == evaluation::Status::Missed; }
  bool flipped() const { return before && evaluation::is_verdict(*before) && evaluation::is_verdict(status) && *before != status; }
};

// By number. `today` decides what is past. Agenda points come from people, and by themselves: deviating targets of `findings` for that basis,
// open Maßnahmen, qualitative goals.
std::vector<Dialogue> dialogues(const Record& record, const domain::TargetAgreement& terms, const std::vector<Finding>& findings, const std::string& today);
const Dialogue* find_dialogue(const std::vector<Dialogue>& all, std::string_view id);

// What the agreement plans against what is planned and held; only regular dialogues count.
struct PlanState {
  std::string words;  // "genau drei", "mindestens zwei", "in der Regel zwei", "regelmäßig, ohne Zahl", "nichts vereinbart"
  std::optional<int> wanted;
  int planned = 0;  // to come
  int past = 0;
  int missing = 0;
  int beyond = 0;  // of an exact number
  std::vector<std::string> extra_on;  // in words: when more may be held
};
PlanState plan_state(const domain::TargetAgreement& terms, const std::vector<Dialogue>& dialogues);

// What is wrong with an intent about dialogues and Maßnahmen beside its fields. Problems: dialogue_cancelled, dialogue_held,
// dialogue_not_yet, dialogue_without_basis, date_outside_term, end_before_begin, due_before_start.
base::Problems dialogue_problems(const Record& record, const domain::TargetAgreement& terms, const Intent& intent, const std::string& today);

}  // namespace zielwerk::steering
