// An evaluation as it is printed and kept: docs/formats/evaluation.md, to the letter. A stored verdict is such a line, so that asking
// again prints the same characters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "evaluation/evaluation.h"
#include "report/table.h"

namespace zielwerk::report {

// One row; every figure is text in plain decimal notation, absent ones are nullopt.
struct Line {
  std::string id;
  int waiting = 0;
  std::string state;
  std::string state_last_year;
  std::string status;
  std::optional<std::string> actual;
  std::optional<std::string> actual_exact;
  std::optional<std::string> target;
  std::optional<std::string> unit;
  std::optional<std::string> comparator;
  std::optional<std::string> level;
  std::optional<std::string> level_last_year;
  std::optional<std::string> level_target;
  std::optional<std::string> distance;
  std::optional<std::string> distance_unit;
  std::optional<std::string> path;
  bool rounding_decides = false;
  std::optional<std::string> reason;
  std::vector<std::string> assumptions;
  std::vector<std::string> remarks;
};

Line line(const evaluation::Assessment& row);
boost::json::object to_json(const Line& line);
Line parse_line(const std::string& json_text);

struct EvaluationReport {
  evaluation::Evaluation head;  // its rows are not printed; `lines` are
  std::string jobcenter_name;
  std::vector<Line> lines;
  std::vector<std::string> notes;  // for people: which verdicts are kept ones, and where today's data would say otherwise
};

boost::json::object to_json(const EvaluationReport& report);

// What a row is about, in the agreement's words.
struct RowWords {
  std::string goal;
  std::string target;
  bool change = false;  // a signed figure
};
RowWords row_words(const domain::TargetAgreement& agreement, const std::string& id);

// The table of the README: goal, target in words, Soll, Ist, distance in people, status, data basis.
// `targets_only` leaves out what has no verdict by nature: monitoring, forecasts, qualitative goals, programmes.
Table table(const EvaluationReport& report, const domain::TargetAgreement& agreement, bool targets_only = false);

// What a comment begins with: "Juni 2021 (Ladestand Juni 2021): Ist -0,9 %, vereinbart ≥ +0,1 %, Abstand -27 Integrationen."
std::string fact_sentence(const Line& line, const RowWords& words, base::Month month);

// A plain figure in German form: "1354.251" -> "1.354,251".
std::string german(const std::string& plain_number);
// Sign, word and tone of a status.
Cell status_cell(const std::string& status);

}  // namespace zielwerk::report
