// The steering file of an agreement as one person may read it: the shared room and the own one. Pure values; what holds today is read off
// the acts.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/problem.h"
#include "domain/act.h"
#include "domain/agreement.h"
#include "domain/draft.h"
#include "steering/catalogue.h"

namespace zielwerk::steering {

// An act taken apart.
struct Entry {
  domain::Act act;
  const Kind* kind = nullptr;
  boost::json::object body;
  std::string text(std::string_view field) const;  // "" if it is not there
};

class Record {
 public:
  // The acts of the rooms the reader sees, and the sides that have to agree.
  Record(std::vector<domain::Act> acts, std::set<std::string> sides);

  const std::vector<Entry>& entries() const { return entries_; }  // in the order they were written
  std::vector<const Entry*> of_kind(std::string_view kind) const;
  std::vector<const Entry*> about(std::string_view subject) const;
  // The newest of a kind about a subject in a room; nullptr if there is none.
  const Entry* newest(std::string_view kind, std::string_view subject, std::string_view room = domain::shared_room) const;
  const Entry* shared(int number) const;
  int last(std::string_view room) const;  // 0: empty
  // "D": D1, D2 …; those of the own room as well, unless asked from the shared one, where they do not exist.
  std::vector<std::string> subjects(std::string_view letters, bool shared_only = false) const;

  // Zustimmung: who stands behind a shared act. Its writer counts for the own side.
  struct Standing {
    std::map<std::string, std::set<std::string>> persons;  // side -> accounts
    std::vector<std::string> missing;                      // sides that have not agreed with two persons yet
    bool counts = false;
  };
  Standing standing(const Entry& entry) const;
  bool counts(const Entry& entry) const { return standing(entry).counts; }
  // The newest of a kind about a subject that counts.
  const Entry* in_force(std::string_view kind, std::string_view subject) const;

  const std::set<std::string>& sides() const { return sides_; }

 private:
  std::vector<Entry> entries_;
  std::set<std::string> sides_;
  std::map<int, std::map<std::string, std::set<std::string>>> consents_;  // shared act -> side -> accounts
};

// The sides that sit at the table, from the parties: ministry, agency, municipality, Jobcenter (a zkT is its Jobcenter). Ministries of a Land
// that sign together are one side ("ministerium"); in an agreement between Bund and Land (§ 48b Abs. 1 Satz 1 Nr. 3 SGB II) each is a side of
// its own: "ministerium:DE", "ministerium:NI".
std::string side_of(const domain::Party& party, const domain::TargetAgreement& terms);
std::set<std::string> sides_of(const domain::TargetAgreement& terms);
bool ministries_apart(const domain::TargetAgreement& terms);

// What somebody wants to do.
struct Intent {
  std::string kind;
  std::string room;               // shared_room or the own side's
  std::map<std::string, std::string> fields;  // "zu" names the subject where the kind adds to one
  int replaces = 0;               // number of the act seen as the newest, for kinds that replace; 0: none seen
  std::map<std::string, std::string> filled = {};  // the fields that the program fills in
};

// The act that comes of it, with the next number; `side`, `by` and `at` are the caller's to set. Problems, all at once: act_unknown,
// room_unfit, field_unknown, field_missing, field_invalid, subject_unknown, reference_unknown, version_outdated (somebody wrote since),
// consent_pointless (nothing to agree to, or this person has agreed already).
base::Checked<domain::Act> make_act(const Record& record, const domain::TargetAgreement& terms, const Intent& intent, const std::string& side, const std::string& by);

}  // namespace zielwerk::steering
