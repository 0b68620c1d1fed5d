// The text of an agreement -> a draft in the exchange format (docs/formats/agreement.md): every field with its words, everything not
// understood as an open point, every number of the document accounted for. Deterministic, offline, no network, no clock.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "base/problem.h"
#include "documents/document.h"
#include "reader/paper.h"

namespace zielwerk::reader {

struct Reading {
  // Exchange format 1.1. `document` also holds `text` (what was read: a draft explains itself years later) and `reading` with open points,
  // numbers and confidences; nothing of it binds anybody before a person confirms it.
  boost::json::object draft;
  std::vector<Mark> marks;          // by place
  std::vector<OpenPoint> open_points;
  std::vector<NumberUse> numbers;   // all of the document, each in one class
};

// Longer texts are refused: an agreement has a few pages, a collection of them is not one.
constexpr std::size_t longest_text = std::size_t{4} << 20;
constexpr std::size_t most_numbers = 30'000;

// Problems: document_too_large, document_without_text.
base::Result<Reading> read(const documents::Document& document);

}  // namespace zielwerk::reader
