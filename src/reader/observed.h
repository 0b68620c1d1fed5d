// What an agreement only watches (Monitoring, Berichterstattung) or expects (Prognose): never a target.
#pragma once

#include "reader/draft.h"
#include "reader/table.h"

namespace zielwerk::reader {

class Observed {
 public:
  explicit Observed(Draft& draft) : draft_(draft), paper_(draft.paper) {}

 protected:
  void observe(const Statement& statement, const Stance& lead, const std::optional<Quantity>& quantity);
  // What the sentence before a list says of all of it: "Im Rahmen eines Monitorings wird im Vergleich zum Vorjahr beobachtet:"
  void announce(const Statement& lead);
  static ValueRead value_of(const std::string& code, const std::string& subgroup, std::size_t block, std::vector<Span> evidence);
  static std::string compared(const Statement& statement);
  static std::string group_near(const Statement& statement, const Finding& indicator);
  // "Daher erfolgt ein um diese vier Analysefelder erweitertes Monitoring" speaks of the list above.
  void analysis_fields(std::size_t i);
  void watch(ValueRead value, bool reported, const std::string& compare, bool optional, const std::string& group = {});
  void expect(const Statement& statement, const Stance& lead, const std::optional<Quantity>& quantity);
  // Agreements of the Federation speak of all Jobcenter of a kind unless they name a group.
  std::string group_or_all(const std::string& group) const;

  struct Announced {
    std::string compare, group;
    bool optional = false;
  };

  Draft& draft_;
  Paper& paper_;
  Announced announced_;
  std::vector<std::size_t> list_;  // items read since the last paragraph
  std::size_t last_watched_ = static_cast<std::size_t>(-1);  // block whose sentence was watched last
  std::vector<ValueRead> forecasts_;
  json::array monitoring_;
};

}  // namespace zielwerk::reader
