// The steering year as one person may see it: dialogues, Maßnahmen, comments and what is due, all read off the acts and the verdicts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/evaluations.h"
#include "app/steering.h"
#include "steering/duties.h"

namespace zielwerk::app {

struct YearView {
  std::shared_ptr<const SteeringFile> file;  // what the pointers below point into
  std::string name;                          // "Kreis Lippe"
  std::string today;
  std::vector<steering::Dialogue> dialogues;
  steering::PlanState plan;
  std::vector<steering::AgreedStep> steps;
  std::vector<steering::CommentDuty> comments;
  std::map<std::string, std::string> facts;  // T2@2021-06 -> the sentence a comment begins with
  std::vector<steering::Duty> duties;        // of all sides
};

// Problem agreement_unknown. Verdicts are those of the frozen bases of dialogues that are not finished, or, without one, of the newest month.
base::Result<YearView> year_of(Workspace& workspace, const Person& person, const std::string& id, const std::string& today);
// All agreements in the person's reach, by id, and then the negotiations that the person sees something of.
std::vector<YearView> years_of(Workspace& workspace, const Person& person, const std::string& today);

// Duties of the person's own side; of one that sits at no side, none.
std::vector<steering::Duty> own_duties(const YearView& year, const Person& person);

// One dialogue as an invitation (or its withdrawal), or, without an id, all of them as a calendar. Problem dialogue_unknown.
base::Result<std::string> ical(const Workspace& workspace, const YearView& year, const std::string& dialogue);

// What is due for one person, as an Atom feed. `origin` is where the pages are, or empty.
std::string atom(Workspace& workspace, const Person& person, const std::string& today, const std::string& origin);

// Mail to an account: what is due for it. Nobody gets the same list twice in a row, and nobody an empty one.
struct Letter {
  std::string account;
  std::string to;
  std::string subject;
  std::string text;
  std::string checksum;
};
std::vector<Letter> letters(Workspace& workspace, const std::string& today, const std::string& origin);
void letter_sent(Workspace& workspace, const Letter& letter);

}  // namespace zielwerk::app
