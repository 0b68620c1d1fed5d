// Bewertung: targets against facts. Verdict (erreicht, nicht erreicht) is arithmetic on one stated Ladestand; monitoring and
// forecasts never have one; what the parties judge together stays open. Nothing here reads a file, a clock or a store: same
// agreement, same facts, same answer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "domain/agreement.h"
#include "domain/fact.h"
#include "indicators/catalogue.h"
#include "indicators/figure.h"

namespace zielwerk::evaluation {

using base::Exact;
using base::Month;
using domain::DataState;
using domain::Waiting;

// The rules of this module have a version; stored verdicts name it.
inline constexpr const char* rule_version = "2026-11";

enum class Status { Reached, Missed, NotAssessable, Observed, Forecast, Open };
inline bool is_verdict(Status status) { return status == Status::Reached || status == Status::Missed; }
std::string code(Status status);      // erreicht, nicht_erreicht … of the exchange format
std::optional<Status> parse_status(std::string_view code);
std::string in_words(Status status);  // "nicht erreicht"

// One line of the result, in the terms of docs/formats/evaluation.md.
struct Assessment {
  std::string id;
  Waiting waiting = 0;
  DataState state;
  DataState state_last_year;
  Status status = Status::Open;
  std::optional<base::Rounded> actual;  // in the target's own scale
  std::optional<Exact> actual_exact;
  std::optional<base::Rounded> target;
  std::string unit;
  std::string comparator;                // ">="; empty where there is no verdict to make
  std::optional<Exact> level;            // year-to-date levels that are compared
  std::optional<Exact> level_last_year;
  std::optional<Exact> level_target;     // in-year Soll of a change
  std::optional<base::Rounded> distance;  // positive: better than needed
  std::string distance_unit;
  std::optional<Exact> path;  // in-year Soll of an agreed level
  bool rounding_decides = false;
  std::string reason;  // "fact_missing: INT T 2020-04 (Ladestand 2020-06)"
  std::vector<std::string> assumptions;
  std::vector<std::string> remarks;

  // How the figures came about, by name (ist, ist_exakt, niveau …); filled only on request.
  std::map<std::string, indicators::Derivation> how;
  std::string formula;    // "ist = niveau / niveau_vorjahr - 1"
  std::string paragraph;  // of the figure, with gazette
};

enum class WaitingSource { Agreement, Assumed, Request };
std::string code(WaitingSource source);

struct Evaluation {
  std::string agreement;
  std::string jobcenter;  // Trägernummer; empty for a Land's or federal agreement
  int version = 1;
  int year = 0;
  Month month;
  Waiting waiting = 0;
  WaitingSource waiting_source = WaitingSource::Assumed;
  DataState state;
  DataState state_last_year;
  bool final = false;
  std::vector<Assessment> rows;  // targets, monitoring, forecasts, qualitative goals, programmes
};

struct Request {
  Month month;
  std::optional<Waiting> waiting;  // what the user asked for; a target's own Wartezeit is stronger
  bool with_derivation = false;
  std::optional<Waiting> waiting_last_year = {};  // unequal Ladestände, an explicit choice: what a change compares with is read with it instead
};

// What figures exist, and what was delivered for the Jobcenter.
struct Sources {
  const domain::Vocabulary& vocabulary;
  const indicators::Declared& declared;
  const domain::FactHistory& facts;
  std::optional<Waiting> waiting_last_year = {};  // of the Request
};

Evaluation evaluate(const domain::StoredAgreement& stored, const domain::TargetAgreement& agreement, const Request& request,
                    const Sources& sources);

// The waiting an evaluation is read with by default: of the dialogues, else t-3 as an assumption.
Waiting default_waiting(const domain::TargetAgreement& agreement);

}  // namespace zielwerk::evaluation
