#include "reader/standing_alone.h"

#include <algorithm>

#include "reader/quantity_json.h"
#include "reader/words.h"

namespace zielwerk::reader {

bool StandingAlone::value_line(std::size_t i) {
  const auto& block = paper_.blocks[i];
  if (block.text.size() > 60) return false;
  const Statement statement(paper_, i, block.text);
  static const Words line(R"((?i)^(?:\W*)(?:K ?[123](?: ?E ?[1-4])?|Delta K ?[123]|Δ ?K ?[123]|[^=:.]{0,30}) ?(?:=|:) ?[+\-–−]? ?\d[\d.,]* ?(?:%|Prozent|v\. ?H\.|Prozentpunkte?|PP)?\.?$)");
  if (!line.is(block.text.text()) || statement.indicators.size() != 1) return false;
  static const Words label(R"((?i)^K ?[123](?: ?E ?[1-4])?$|^Veränderung.*)");
  const auto& indicator = statement.indicators.front();
  if (!label.is(block.text.text().substr(indicator.span.begin, indicator.span.end - indicator.span.begin))) return false;
  for (const auto& number : statement.numbers) {
    if (number.explained.empty()) alone_.push_back({block.text.raw(), i, "SHORT_FORM", number.value, unit_code(number.unit == Unit::None ? Unit::Percent : number.unit), indicator.code(), block.text.text(), statement.text.raw(number.span)});
  }
  return true;
}

void StandingAlone::attach_alone(TargetRead& target) {
  for (auto alone = alone_.begin(); alone != alone_.end();) {
    const bool fits = alone->relation == "WORD_FORM" ? target.direction == "HOLD" : alone->code == target.code && alone->value == target.signed_value;
    if (!fits || target.block - alone->block > 3) {
      ++alone;
      continue;
    }
    const bool said = std::any_of(target.equivalents.begin(), target.equivalents.end(), [&](const EquivalentRead& one) { return one.relation == alone->relation; });
    if (!said) target.equivalents.push_back({alone->text, alone->value, alone->unit, alone->relation});
    target.evidence.insert(target.evidence.begin(), alone->raw);
    target.traps.emplace_back(alone->relation == "WORD_FORM" ? "WORD_INSTEAD_OF_NUMBER" : "VALUE_TWICE");
    if (!alone->number.empty()) target.uses.push_back(alone->number);
    alone = alone_.erase(alone);
  }
}

void StandingAlone::targets_standing_alone() {
  for (const auto& alone : alone_) {
    if (alone.relation != "SHORT_FORM") continue;
    TargetRead target;
    target.block = alone.block;
    target.code = alone.code;
    const auto* row = rule_book().indicator(alone.code);
    if (!row) continue;
    target.kennzahl = row->kennzahl_of("");
    target.year = paper_.year;
    target.aggregation = row->aggregation;
    target.measure = alone.unit == "PERCENTAGE_POINT" ? "POINT_CHANGE" : "RELATIVE_CHANGE";
    target.unit = alone.unit;
    target.value = alone.value;
    if (target.value.digits < 0) target.value.digits = -target.value.digits;
    settle(target, {.bound = "", .sign = alone.value.digits < 0 ? -1 : 1, .change = true});
    target.reference = ReferenceRead{.type = "PREVIOUS_YEAR", .year = target.year - 1, .month = std::nullopt, .value = std::nullopt, .raw = {}};
    target.value_raw = alone.text;
    target.evidence = {alone.raw};
    target.number = alone.number;
    target.traps = {"SHORT_FORM_LOOKS_LIKE_LEVEL", "REFERENCE_IMPLIED", "COMPARATOR_IMPLIED"};
    target.inferred.emplace_back("measure", "Kurzform der Kennzahl: Veränderung zum Vorjahr");
    targets_.push_back(std::move(target));
  }
}

}  // namespace zielwerk::reader
