// Zielvereinbarung (§ 48b SGB II) as its parties confirmed it: what evaluation needs, each value with the words it comes from.
// The full exchange document is kept beside it, unchanged (StoredAgreement::document).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/month.h"
#include "domain/jobcenter.h"
#include "domain/provisions.h"

namespace zielwerk::domain {

// Änderungsvereinbarung: what it does to the paper it amends. Its own targets are the new values.
struct Amendment {
  std::optional<Month> effective_from;
  bool retroactive = false;
  std::vector<std::string> deleted;  // ids of targets
};

struct TargetAgreement {
  std::string kind;   // LAND_ZKT, GE, BMAS_LAND, BMAS_BA, KOMMUNE_JC, LAND_KOMMUNE
  std::string state;  // Land, "DE" or empty
  std::string title;
  int year = 0;
  std::string from;  // term, ISO dates
  std::string to;
  std::optional<Amendment> amends;
  std::vector<Party> parties;
  std::vector<Goal> goals;
  std::vector<Target> targets;
  std::vector<Milestone> milestones;
  std::vector<Observed> monitoring;
  std::vector<Expected> forecasts;
  std::vector<QualitativeGoal> qualitative;
  std::vector<Programme> programmes;
  std::vector<Budget> budgets;
  std::vector<Signature> signatures;
  std::vector<Consideration> considerations;
  std::vector<NamedDocument> documents;
  std::vector<Committee> committees;
  std::optional<DialoguePlan> dialogues;
  std::optional<Waiting> waiting;  // of the dialogues
  bool names_final_values = false;
  std::optional<Waiting> final_waiting;
  std::string document_sha256;

  const Goal* goal(std::string_view id) const;
};

// What holds after an amendment: its targets take the place of those with the same id or are added, deleted ones are gone, and of
// everything else it only replaces what it states.
TargetAgreement amended(TargetAgreement terms, const TargetAgreement& amendment);

// What a person changed in a draft. `path` is "targets[T1].value"; both values are JSON, empty where there was or is nothing.
struct Correction {
  std::string path;
  std::string read;
  std::string corrected;
};

// A draft becomes binding for its readers only when a person says so (docs/decisions/0014).
struct Confirmation {
  std::string by;
  std::string why;  // of the corrections; empty if there are none
  std::vector<Correction> corrections;
};

// Agreement as the store keeps it: identity, version, and the exchange document as it came.
struct StoredAgreement {
  std::string id;   // "33148-2021", "NI-2020", "04704-2020-2"
  int version = 1;  // an amendment or a corrected reading is a further version
  std::optional<ProviderNumber> jobcenter;
  std::string document;  // exchange JSON
  std::string source;    // file name
  std::string sha256;    // of the exchange file
  std::string recorded_at;
  std::optional<Confirmation> confirmation = {};  // of a draft that the program read
};

}  // namespace zielwerk::domain
