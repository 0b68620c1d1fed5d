#include "casework/disclosure.h"

#include <algorithm>

namespace zielwerk::casework {
namespace {

// Hides the cell unless it is hidden or empty (0 is no count of anybody). True if that changed something.
bool hide(ProtectedSeries& series, unsigned cell) {
  if (series.hidden[cell] || series.cases[cell] == 0) return false;
  return series.hidden[cell] = true;
}

// T = M + F + X. A single hidden one of T, M, F would follow from the other two; so would X.
bool protect_sexes(ProtectedSeries& series) {
  const auto hidden = [&](unsigned cell) { return series.hidden[cell]; };
  const bool none_hidden = !hidden(cell_t) && !hidden(cell_m) && !hidden(cell_f);
  const unsigned smaller = series.cases[cell_m] != 0 && (series.cases[cell_m] <= series.cases[cell_f] || series.cases[cell_f] == 0) ? cell_m : cell_f;
  if (none_hidden) {
    if (!too_few(series.cases[cell_x])) return false;
    return hide(series, smaller) || hide(series, cell_t);
  }
  if (hidden(cell_t) && !hidden(cell_m) && !hidden(cell_f)) return hide(series, smaller);
  if (!hidden(cell_t) && hidden(cell_m) != hidden(cell_f)) return hide(series, hidden(cell_m) ? cell_f : cell_m) || hide(series, cell_t);
  return false;
}

bool protect_rest(ProtectedSeries& part, const ProtectedSeries& whole) {
  bool changed = false;
  for (const unsigned cell : {cell_t, cell_m, cell_f}) {
    if (part.hidden[cell] || whole.hidden[cell] || !too_few(whole.cases[cell] - part.cases[cell])) continue;
    changed = hide(part, cell) || changed;
  }
  return changed;
}

// Two stocks give the balance of the movements away.
bool protect_movements(std::vector<ProtectedSeries>& series, const std::vector<std::size_t>& movements) {
  bool changed = false;
  for (const unsigned cell : {cell_t, cell_m, cell_f}) {
    if (std::count_if(movements.begin(), movements.end(), [&](std::size_t i) { return series[i].hidden[cell]; }) != 1) continue;
    std::size_t best = series.size();
    for (const auto i : movements) {
      const auto cases = series[i].cases[cell];
      if (!series[i].hidden[cell] && cases != 0 && (best == series.size() || cases < series[best].cases[cell])) best = i;
    }
    if (best != series.size()) changed = hide(series[best], cell) || changed;
  }
  return changed;
}

}  // namespace

void protect(std::vector<ProtectedSeries>& series, const std::vector<std::size_t>& movements) {
  for (auto& one : series) {
    for (const unsigned cell : {cell_t, cell_m, cell_f}) one.hidden[cell] = one.hidden[cell] || too_few(one.cases[cell]);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (auto& one : series) {
      changed = protect_sexes(one) || changed;
      for (const auto whole : one.wholes) {
        if (whole >= 0) changed = protect_rest(one, series[static_cast<std::size_t>(whole)]) || changed;
      }
    }
    changed = protect_movements(series, movements) || changed;
  }
}

}  // namespace zielwerk::casework
