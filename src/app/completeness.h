// The completeness board: which Ladestände of which months are there, Jobcenter by Jobcenter.
#pragma once

#include <array>
#include <vector>

#include "app/workspace.h"

namespace zielwerk::app {

enum class Coverage {
  Complete,  // every series has this month in exactly this Ladestand
  Partial,
  Withheld,   // all there, but some only as a mark without a number
  Missing,
  NotYet,    // later than the newest Ladestand of the store
};
char letter(Coverage coverage);  // v, t, k, f, n

struct BoardRow {
  domain::ProviderNumber jobcenter;
  std::size_t series = 0;     // that are expected; 0: nothing was ever delivered
  bool by_agreement = false;  // those the agreement of the year needs; else those that came in that year
  std::array<std::array<Coverage, 4>, 12> months{};  // t-0 … t-3
};

// Of a year, in the order of `jobcenters`.
std::vector<BoardRow> completeness(const Workspace& workspace, const std::vector<domain::ProviderNumber>& jobcenters, int year);

}  // namespace zielwerk::app
