// What the parts of the reader write into: the agreement as exchange JSON, and beside it the marks and open points.
#pragma once

#include <boost/json.hpp>

#include "reader/paper.h"
#include "reader/target.h"

namespace zielwerk::reader {

namespace json = boost::json;

// A label of the paper that may name a goal: a heading, the words that begin an item, a cell of a table.
struct GoalPlace {
  std::size_t block = 0;
  bool heading = false;  // else it holds up to the next label below the same headings
  bool cell = false;     // only for its row
  Span raw;
  std::string id;
};

struct Draft {
  Paper& paper;
  json::object agreement;
  json::array distractors, tensions;
  std::vector<Mark> marks;
  std::vector<OpenPoint> open_points;
  std::vector<TargetRead> targets;  // in the order of the paper; ids T1 …
  std::vector<GoalPlace> goal_places;

  // [{quote, start, end, byte_start, byte_end, line}] of places in the document, blanks at the ends left out.
  json::array evidence(const std::vector<Span>& raw) const;
  // Notes that words became a field; numbers inside `raw` count as used by it.
  void mark(Span raw, const std::string& field, const std::string& confidence = "exact", const std::string& reason = {});
  void open(const std::string& code, const std::string& message, Span raw = {});
  json::array& list(std::string_view name);  // agreement[name], made if it is not there
};

json::value number(const base::Decimal& value);  // 9.9; whole numbers without a point
json::value text_or_null(const std::string& text);
json::value or_null(const std::optional<std::string>& text);
json::value or_null(const std::optional<int>& value);

// The parts, in the order they are read.
void read_head(Draft& draft);         // title, year, term, kind, state, statute, amends
void read_parties(Draft& draft);
void settle_state(Draft& draft);      // the Land of a Jobcenter of the official lists where the text names none
void read_goals(Draft& draft);        // every label that may name a goal, with its place
void read_quantities(Draft& draft);   // targets, monitoring, forecasts, milestones
void read_parts(Draft& draft);        // documents, aims, framework, obligations, committees, final evaluation
void read_weighing(Draft& draft);     // considerations: what is to be weighed when the targets are judged
void read_budgets(Draft& draft);
void read_qualitative(Draft& draft);
void read_programmes(Draft& draft);
void read_dialogues(Draft& draft);
void read_signatures(Draft& draft);
json::array noise(const Draft& draft);  // what a scanner or converter damaged
void settle_goals(Draft& draft);      // labels under which nothing is agreed are no goals; ids G1 … in the order of the paper
void read_tensions(Draft& draft);     // contradictions and gaps, from what was read

// The goal (id) that a block belongs to; null if none. Before settle_goals: the label.
json::value goal_of(const Draft& draft, std::size_t block);
// Whether the nearest heading says that its section agrees on no goals: procedure, money, framework, closing.
bool set_aside(const Paper& paper, std::size_t block);

}  // namespace zielwerk::reader
