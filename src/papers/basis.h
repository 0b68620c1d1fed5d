// What the builders take: results of evaluations and figures of one unit for one month, read once by the use case. Plain values; whoever has
// them can build any document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "domain/agreement.h"
#include "evaluation/evaluation.h"
#include "papers/year.h"
#include "report/evaluation_report.h"

namespace zielwerk::papers {

// The standing of a target at another time.
struct Before {
  base::Month month;
  report::Line line;
};

// One month of the year so far; each month is read with the Wartezeit of the row ("gleiche Ladestände").
struct YearPoint {
  base::Month month;
  report::Line line;
  bool withheld = false;
};

// One month of the last twelve, as one Ladestand shows it, and the same month a year before as the Ladestand a year before showed it.
struct MonthPoint {
  base::Month month;
  std::optional<base::Exact> value;
  std::optional<base::Exact> last_year;
  bool provisional = false;
};

// A row of the evaluation with everything that is told about it.
struct Row {
  report::Line line;
  report::RowWords words;
  std::string name;        // Integrationsquote der Langzeitleistungsbeziehenden
  std::string kennzahl;    // K3E1; may be empty
  std::string unit;        // of the level: %, Prozentpunkte, € or nothing
  std::vector<YearPoint> year;
  std::vector<MonthPoint> months;
  std::string monthly_name;  // what `months` shows, in `unit`
  bool withheld = false;  // persons can be recognised: the figures are not in `line`, and must not be said in any other way
  std::string why;  // there is no figure, in words; else empty
  std::optional<Before> last_month;
  std::optional<Before> last_dialogue;
  boost::json::object derivation;  // docs/formats/derivation.md; only of targets
};

// A figure of the regulation by sex, with what stands beside it.
struct FigureRow {
  struct Value {
    std::optional<base::Exact> value;
    std::string reason;
    bool withheld = false;
  };
  std::string code;
  std::string name;
  domain::Sex sex = domain::Sex::T;
  bool in_percent = true;
  bool is_change = false;
  Value month;
  Value year_to_date;
  Value last_year;   // year to date of the same month, at the Ladestand a year before
  Value of_land;     // year to date
  Value of_type;     // of the Vergleichstyp
};

struct Basis {
  std::string unit;      // Jobcenter Lippe
  std::string land;
  std::string provider;
  std::string agreement;
  int version = 1;
  domain::TargetAgreement terms;
  evaluation::Evaluation head;  // its rows are not filled
  std::string peer_group;
  int in_land = 0;  // Jobcenter summed for the Land, and for the Vergleichstyp
  int in_type = 0;
  std::vector<Row> rows;
  std::vector<FigureRow> figures;
  std::vector<std::string> sources;  // files the figures came from
  std::string text;                  // of the agreement, small Markdown (documents/blocks.h)
  Year year;
};

}  // namespace zielwerk::papers
