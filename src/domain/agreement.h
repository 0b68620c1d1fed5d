// Zielvereinbarung (§ 48b SGB II) as its parties confirmed it: what evaluation needs, each value with the words it comes from.
// The full exchange document is kept beside it, unchanged (StoredAgreement::document).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/month.h"
#include "domain/fact.h"
#include "domain/jobcenter.h"

namespace zielwerk::domain {

// The exact words in the signed text.
struct Evidence {
  std::string quote;
  int line = 0;
};

struct IndicatorRef {
  std::string code;      // INTEGRATION_RATE …
  std::string kennzahl;  // K2, only if stated; may be empty
  std::string subgroup;  // LZB, WOMEN …; empty: all
  std::string text() const { return subgroup.empty() ? code : code + " " + subgroup; }
};

// The scale a target is measured on. Prozent (of last year) is not Prozentpunkte.
enum class Scale { Level, RelativeChange, ChangeInPoints, AbsoluteChange, Ratio, Other };
enum class Bound { AtLeast, AtMost, MoreThan, LessThan, Equal };
std::string sign(Bound bound);     // ">="
std::string in_words(Bound bound);  // "mindestens"

enum class Aggregation { YearToDate, AnnualSum, AnnualAverage, AnnualShare, YearEndStock, MonthValue, MonthlyAverage, Other };

struct Reference {
  std::string type;  // PREVIOUS_YEAR, PREVIOUS_YEAR_END, BASE_MONTH, BASELINE …
  std::optional<int> year;
  std::optional<int> month;
  std::optional<base::Decimal> value;  // stated base value
};

struct Equivalent {
  std::string raw;
  std::optional<base::Decimal> value;
  std::string unit;
  std::string relation;  // SHORT_FORM, WORD_FORM, ABSOLUTE_EQUIVALENT, DERIVED …
};

// Decimals that verdicts compare at: those of the number, at least one for PERCENT and PERCENTAGE_POINT, none else unless written.
int places_of(const base::Decimal& value, const std::string& unit);

// Zielwert: binding and measurable. Sign traps ended when it was read: `value` is the signed value that decides.
struct Target {
  std::string id;  // T1
  std::string goal;
  std::string scope;
  IndicatorRef indicator;
  Scale scale = Scale::Level;
  std::string scale_code;  // as in the exchange format
  Bound bound = Bound::AtLeast;
  bool bound_explicit = true;
  bool reads_equality = false;  // "entspricht", "Stagnation": one-sided reading of an equality
  base::Decimal value;          // decimals as agreed
  std::string unit;             // PERCENT, PERCENTAGE_POINT, COUNT, EUR …
  std::string words;            // value_raw
  int year = 0;                 // of the result
  std::optional<int> month;     // of a MONTH_VALUE
  Aggregation aggregation = Aggregation::Other;
  std::optional<Reference> reference;
  std::optional<Waiting> waiting;
  std::vector<Equivalent> equivalents;
  std::string responsible_party;
  std::string per;
  std::vector<std::string> ambiguities;
  std::vector<Evidence> evidence;

  int places() const { return places_of(value, unit); }
};

struct Milestone {
  std::string target;
  Month month;  // of its date
  std::string date;
  Bound bound = Bound::AtLeast;
  base::Decimal value;
  std::string unit;
};

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

struct QualitativeGoal {
  std::string id;
  std::string goal;
  std::string title;
  std::vector<std::string> steps;
  std::vector<std::string> criteria;
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
  std::string date_raw;
  std::string date_iso;  // empty if the paper has no full date
  std::string date_quality;
};

struct TargetAgreement {
  std::string kind;   // LAND_ZKT, GE, BMAS_LAND, BMAS_BA, KOMMUNE_JC, LAND_KOMMUNE
  std::string state;  // Land, "DE" or empty
  std::string title;
  int year = 0;
  std::string from;  // term, ISO dates
  std::string to;
  bool amends = false;
  std::optional<Month> effective_from;  // of an amendment
  bool retroactive = false;
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
  bool has_dialogues = false;
  std::optional<Waiting> waiting;  // of the dialogues
  bool names_final_values = false;
  std::optional<Waiting> final_waiting;
  std::string document_sha256;

  const Goal* goal(std::string_view id) const;
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
};

}  // namespace zielwerk::domain
