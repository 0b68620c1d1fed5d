// What an agreement holds besides its targets, each with the words it comes from: monitoring, forecasts, qualitative goals, programmes,
// parties, budgets, signatures, and what shall be considered when it is judged.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/month.h"
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

}  // namespace zielwerk::domain
