// Was für wen ansteht: one pure function from what is agreed, done and known to a list of duties. The pages, the digest and the feed show
// this list; nothing else decides what is due.
#pragma once

#include <string>
#include <vector>

#include "steering/dialogue.h"

namespace zielwerk::steering {

// Kommentar, that a target asks for because it deviates or its verdict flipped. Everything else needs none.
struct CommentDuty {
  Finding finding;
  std::string subject;           // T2@2021-06
  const Entry* given = nullptr;  // the shared comment; nullptr: owed
  const Entry* drafted = nullptr;  // of the reader's own room
};
std::vector<CommentDuty> comments(const Record& record, const std::vector<Finding>& findings);

// Who comments (004: "Die Jobcenter kommentieren"): the Jobcenter, else who comes next at the table. Empty without parties.
std::string commenting_side(const Record& record);

enum class Task { Comment, Signature, Consent, PlanDialogue, FixBasis, AskCommittee, HoldDialogue, WriteMinutes, FinishStep, Delivery, Settlement, Answer };
std::string code(Task task);      // kommentar, unterschrift …
std::string in_words(Task task);  // "Kommentar"

struct Duty {
  std::string side;     // code of who has to act
  Task task = Task::Comment;
  std::string subject;  // T2@2021-06, D1, M3, "2021-07" …
  std::string words;    // one sentence
  std::string since;    // day
  std::string until;    // day; empty: no day is agreed
  int act = 0;          // Consent: to which act
  bool overdue(const std::string& today) const { return !until.empty() && until < today; }
};

// What is known beside the file.
struct Known {
  std::vector<Finding> findings;
  std::vector<base::Month> missing_months;  // of the term, whose first figures should be there by now
  bool signed_text = false;                 // the paper itself names all its signatures
  bool in_force = true;                     // there is an agreement; before, only offers, consents and signatures are due
};

// For every side at the table, as the reader of the record sees it; by day. Comments are due for dialogues that are still to come or have no
// minutes; dialogues and Maßnahmen from four weeks before their day.
std::vector<Duty> duties(const Record& record, const domain::TargetAgreement& terms, const Known& known, const std::string& today);

}  // namespace zielwerk::steering
