// What the steering year knows beside the figures, as papers take it: the dialogues, what was agreed in them, what the sides wrote, weighed,
// spent and decided. Whoever keeps the year fills it; what is empty is printed as „liegt nicht vor“, never left out silently. All texts are
// German and ready to print, dates too („12. Juli 2021“); amounts of money are exact.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/exact.h"
#include "base/month.h"

namespace zielwerk::papers {

// Steuerungsdialog: `basis` is what was frozen for it.
struct Dialogue {
  std::string title;  // „1. Steuerungsdialog“
  std::string date;
  std::optional<base::Month> month;  // Berichtsmonat of its data
  std::optional<int> waiting;        // Wartezeit of its data
  std::vector<std::string> agenda;
  std::string minutes;  // agreed by both sides; empty: none yet
  std::vector<std::string> decisions;
};

// Maßnahmenvereinbarung
struct AgreedMeasure {
  std::string title;
  std::string target;  // T2; empty: of the whole agreement
  std::string owner;
  std::string due;
  std::string expected;  // effect
  std::string status;
  bool open = true;
  bool settled_since = false;  // done or given up after the last dialogue
};

// What the Jobcenter says to a target that deviates or flipped (004, Managementbericht).
struct Comment {
  std::string target;
  std::string cause;
  std::string action;
  std::string by;
  std::string date;
};

// Who owes a comment, since when; empty: no dialogue has frozen these figures.
struct OwedComment {
  std::string target;
  std::string by;
  std::string since;
};

// Erwägung: a clause of the agreement, and what happened in the year under it.
struct Consideration {
  std::string clause;
  std::string fact;
  std::string date;
  std::string target;    // empty: the whole agreement
  std::string evidence;
  std::string effect;    // empty: not weighed yet
  std::string reason;
  std::string decision;
  std::string by;
};

// What the parties decided together; the arithmetic verdict stands beside it unchanged.
struct Judgement {
  std::string target;
  std::string words;  // „rechnerisch nicht erreicht, unter Berücksichtigung von … als erreicht bewertet“
  std::string by;
  std::string date;
};

// In euro. What is not there is not known; it is never 0.
struct BudgetYear {
  std::string title;  // Verwaltungskosten
  std::optional<base::Exact> allotted;
  std::string source;  // of the allotment, with date
  std::optional<base::Exact> shifted;
  std::optional<base::Exact> available;
  std::optional<base::Exact> bound;
  std::optional<base::Exact> spent;
  std::optional<base::Exact> spent_last_year;  // up to the same month
  std::optional<base::Exact> used, used_last_year;  // Mittelausschöpfung in percent, up to the same month
};

// A qualitative goal in the year, by its criteria.
struct QualitativeResult {
  struct Criterion {
    std::string words;
    std::string state;  // erfüllt, nicht erfüllt …
    std::string evidence;
  };
  std::string goal;  // Q1
  std::vector<Criterion> criteria;  // or steps, where the agreement names no criteria
  std::vector<std::pair<std::string, std::string>> views;  // side and what it says; shared ones only
  std::string assessment;  // made together; empty: none yet
  std::string date;
};

struct ProgrammeResult {
  std::string programme;  // PR5
  std::string site;
  std::string planned;   // places
  std::string occupied;
  std::string as_of;
  std::string by;        // responsible party
};

struct Closing {
  std::string party;
  std::string person;
  std::string second_person;
  std::string place_date;
};

struct Year {
  bool kept = false;  // there is a file: what it does not hold was not done
  std::optional<Dialogue> last_dialogue;  // before the one the paper is for
  std::optional<Dialogue> next_dialogue;
  std::vector<AgreedMeasure> measures;
  std::vector<Comment> comments;
  std::vector<OwedComment> owed;
  std::vector<Consideration> considerations;
  std::vector<Judgement> judgements;
  std::vector<BudgetYear> budgets;
  std::vector<QualitativeResult> qualitative;
  std::vector<ProgrammeResult> programmes;
  std::vector<Closing> closings;          // of the settlement, party by party
  std::vector<std::string> corrections;   // of data, reported after the settlement was closed
};

}  // namespace zielwerk::papers
