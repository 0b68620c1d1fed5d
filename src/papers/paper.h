// Unterlage: a document for people as a plain value. A builder makes it from exact results, a renderer gives it a form; neither knows the
// other. Every figure in it is already German text, rounded by the one rounding; beside it stands the plain number for tables that are
// reckoned with. Nothing in it comes from a clock: the same results give the same value, and so the same content hash, years later.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <boost/json/object.hpp>

#include "base/exact.h"

namespace zielwerk::papers {

struct Heading {
  int level = 2;  // 1 is the title's
  std::string text;
};

struct Paragraph {
  std::string text;
};

// What is to be seen at once, in the order of weight.
enum class Tone { Good, Bad, Open, Note };
struct Message {
  Tone tone = Tone::Note;
  std::string text;
};
struct Messages {
  std::vector<Message> all;
};

struct Items {
  std::vector<std::string> all;
};

// Words and what belongs to them: a glossary, a derivation in brief, facts of a head.
struct Terms {
  std::vector<std::pair<std::string, std::string>> all;
};

struct Cell {
  std::string text;   // as shown; empty: nothing to say here
  std::string plain = {};  // of a number: in plain notation
  int places = 0;     // of a number
  std::string unit = {};   // of a number, shown behind it: "%"
};

struct Column {
  std::string heading;
  bool number = false;  // stands to the right
};

// The first cell of a row is its head.
struct Table {
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::string note = {};
};

// One line or bar of a chart. A value that is not there is a gap, never 0.
struct Point {
  std::optional<base::Rounded> value;
  bool provisional = false;
};
enum class Role { Actual, Target, LastYear };
struct Series {
  Role role = Role::Actual;
  std::string name;
  std::vector<Point> points;
};

// Bullet: one value each of Ist, Soll and Vorjahr. Course: months in a row, provisional ones dashed. Told apart without colour. `summary` says
// what the picture shows; the table says the same in figures.
struct Chart {
  enum class Kind { Bullet, Course };
  Kind kind = Kind::Bullet;
  std::string title;
  std::string summary;
  std::string unit;
  std::string comparator = {};      // of a bullet: >= or <=, the side of the Soll on which the target is reached
  std::vector<std::string> labels;  // of a course: the months
  std::vector<Series> series;
  Table table;
};

struct Signatures {
  struct Line {
    std::string party;
    std::string person;      // empty: a line to write on
    std::string place_date;  // the same
  };
  std::vector<Line> all;
};

struct PageBreak {};

using Block = std::variant<Heading, Paragraph, Messages, Items, Terms, Table, Chart, Signatures, PageBreak>;

struct Paper {
  std::string name;        // dossier, gender …
  std::string title;       // Dialogdossier
  std::string unit;        // Jobcenter Lippe
  std::string provider;    // Trägernummer; empty for a Land
  std::string agreement;   // 33148-2021
  int version = 1;
  std::string month;       // 2021-06; empty where no month matters
  std::string state;       // Ladestand; likewise
  std::string basis;       // "Juni 2021, Ladestand September 2021 (t-3, angenommen), vorläufig"
  std::string rule;        // of the rules that reckoned; empty if nothing was
  bool own_reckoning = true;  // "eigene Berechnung": BA terms ask for it (handbook, section 8)
  std::vector<std::string> sources;
  std::vector<Block> blocks;
};

// The file format zielwerk.unterlage/1 (docs/formats/unterlage.md).
boost::json::object to_json(const Paper& paper);
// SHA-256 of that object written without blanks.
std::string content_hash(const Paper& paper);

// The line that every page bears: unit, month, Ladestand, rule, mark.
std::string running_line(const Paper& paper);
inline constexpr const char* own_mark = "eigene Berechnung";
// "dossier_33148-2021_2021-06"
std::string file_stem(const Paper& paper);

}  // namespace zielwerk::papers
