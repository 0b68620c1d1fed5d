// A paper's text line by line, with what was recognised in it: passages that became a field, values inside them, and what is open.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/reader.h"

namespace zielwerk::report {

// Layers may lie on each other: a value stands in a passage.
enum Layer : unsigned { Passage = 1, Open = 2, Value = 4 };

struct MarkedPiece {
  std::string text;     // free of control characters
  unsigned layers = 0;  // of Layer
  std::string fields;   // of its values and passages: "T1 Wert"
  std::vector<std::string> paths;  // the same as corrections name them: "targets[T1].value"; "open_points[0]"
};

struct MarkedLine {
  int number = 0;      // in the text, from 1
  std::string margin;  // whose words begin here: "T1", "M1–M4", "?" for open points
  std::vector<MarkedPiece> pieces;
};

// Blank lines are left out.
std::vector<MarkedLine> marked_lines(std::string text, const std::vector<reader::Mark>& marks, const std::vector<reader::OpenPoint>& open_points);

// "targets[T1].value" -> "T1 Wert", "year" -> "Jahr".
std::string short_name(const std::string& field);

}  // namespace zielwerk::report
