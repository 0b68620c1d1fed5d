// Zielvereinbarung (§ 48b SGB II) as its parties confirmed it: what evaluation needs, each value with the words it comes from.
// The full exchange document is kept beside it, unchanged (StoredAgreement::document).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/month.h"
#include "domain/jobcenter.h"
#include "domain/target.h"

namespace zielwerk::domain {

struct Observed {  // Monitoring: watched, never judged
  std::string id;
  std::string goal;
  IndicatorRef indicator;
  std::string compare_with;
  bool optional = false;
  std::vector<Evidence> evidence;
};

struct Expected {  // Prognose: shown beside the actual figure, never a target
  std::string id;
  std::string goal;
  IndicatorRef indicator;
  Scale scale = Scale::Level;
  base::Decimal value;
  std::string unit;
  std::string words;
  int year = 0;
  std::vector<Evidence> evidence;
};

// Kriterium: what has to be fulfilled for a qualitative goal, one of several that all have to be.
struct Criterion {
  std::string code;   // MEASURE_AWARDED …
  std::string words;  // of the agreement: "vergeben"
};

struct QualitativeGoal {
  std::string id;
  std::string goal;
  std::string title;
  std::vector<std::string> steps;
  std::vector<Criterion> criteria;
  std::vector<Evidence> evidence;
};

struct Places {
  std::string location;
  base::Decimal count;
  std::string as_of;   // as written: "2020-Q1", "from 2020-Q2, gradually", "2016"
  std::string status;  // CURRENT, HISTORIC, START, END …
  std::optional<Month> from;  // first month that as_of names, if it names one
};

struct Programme {
  std::string id;
  std::string name;
  std::string scope;  // MUNICIPAL …: whose goal it serves
  std::vector<Places> places;
  std::string until;
  std::vector<Evidence> evidence;
};

struct Goal {
  std::string id;
  std::string number;
  std::string heading;
};

struct Party {
  std::string id;
  std::string role;
  std::string name;
};

struct Budget {
  std::string id;
  std::string title;
  std::string code;
  base::Decimal amount;
  std::string precision;
  std::string raw;
};

struct Signature {
  std::string id;
  std::string party;
  std::string place;   // as written
  std::string signer;
  std::string date_raw;
  std::string date_iso;  // empty if the paper has no full date
  std::string date_quality;
};

// Berücksichtigung: what the parties want weighed when they judge (pandemic, budget, law …).
struct Consideration {
  std::string id;
  std::string code;
  std::string applies_to;
  std::vector<Evidence> evidence;
};

// A document that the agreement names, and how far it binds: INTEGRAL_PART, TO_BE_OBSERVED …
struct NamedDocument {
  std::string id;
  std::string type;
  std::string title;
  std::string binding;
};

struct Committee {
  std::string id;
  std::string name;
};

// The dialogues as the paper plans them. Numbers that it does not state are absent.
struct DialoguePlan {
  std::string name;  // "Zieldialog"
  std::optional<int> exactly;
  std::optional<int> at_least;
  std::optional<int> as_a_rule;
  std::vector<std::string> extra_on;  // TARGET_DEVIATION …
};

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
