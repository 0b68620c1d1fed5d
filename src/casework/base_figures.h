// Base figures with their names (../exchange/facts.md), from counters: per Jobcenter, month, sex (T, M, F) and group. What may leave
// the house is decided here, too.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "casework/counts.h"

namespace zielwerk::casework {

enum class Shown : std::uint8_t {
  Number,
  Withheld,  // "*": 1 or 2 cases, or one that would give such a count away
  Open,      // ".": INT_KONT while the continuity of a counted integration is not known yet
};

struct BaseFigure {
  domain::SeriesKey series;
  std::int64_t value = 0;  // persons, or cents
  bool in_cents = false;
  Shown shown = Shown::Number;
};

// Figures of one Jobcenter and month, zeroes included: in a store a month without a value is missing, and missing is not zero. `closed`:
// under the disclosure rule (handbook, section 9), else all numbers are told (--intern).
class JobcenterFigures {
 public:
  JobcenterFigures(const Counts& counts, bool closed);
  ~JobcenterFigures();

  std::size_t jobcenters() const { return jobcenters_.size(); }
  domain::ProviderNumber jobcenter(std::size_t index) const { return jobcenters_[index].number; }
  // Group by group, T before M before F; a month's movements and events are not there in the first month of the data.
  void of_month(std::size_t jobcenter, int month, std::vector<BaseFigure>& figures) const;

 private:
  struct OneJobcenter {
    domain::ProviderNumber number;
    std::array<int, 3> class_index;  // M, F, X; -1: nobody
  };
  struct Plan;
  const Counts& counts_;
  bool closed_;
  std::unique_ptr<Plan> plan_;
  std::vector<OneJobcenter> jobcenters_;
};

// All figures of the months from … to as exchange CSV with that Ladestand. Returns how many lines.
struct CsvSummary {
  std::uint64_t lines = 0;
  std::uint64_t withheld = 0;
  std::uint64_t open = 0;
};
CsvSummary write_csv(const Counts& counts, Month from, Month to, Month state, bool closed, unsigned threads, const std::function<void(std::string_view)>& write);

}  // namespace zielwerk::casework
