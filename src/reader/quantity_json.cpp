#include "reader/quantity_json.h"

#include <algorithm>

#include <fmt/format.h>

namespace zielwerk::reader {
namespace {

std::string formula(const TargetRead& target) {
  const auto name = (target.kennzahl.empty() ? target.code : target.kennzahl) + (target.subgroup.empty() || !target.kennzahl.empty() ? "" : "_" + target.subgroup);
  const auto amount = target.signed_value.plain();
  const auto base = target.reference && target.reference->year ? fmt::format("{}[{}]", name, *target.reference->year) : name + "[Bezug]";
  const auto value = fmt::format("{}[{}]", name, target.year);
  if (target.measure == "RELATIVE_CHANGE") return target.signed_value.digits == 0 ? fmt::format("{} {} {}", value, target.effective, base) : fmt::format("({} / {} - 1) * 100 {} {}", value, base, target.effective, amount);
  if (target.measure == "POINT_CHANGE" || target.measure == "ABSOLUTE_CHANGE") return fmt::format("{} - {} {} {}", value, base, target.effective, amount);
  if (target.measure == "RATIO") return fmt::format("{} / {} {} {}", value, base, target.effective, amount);
  return fmt::format("{} {} {}", value, target.effective, amount);
}

std::string scope_of(const Paper& paper, std::size_t block) {
  for (const auto& role : paper.roles[block]) {
    if (role == "MUNICIPAL") return "MUNICIPAL";
    if (role == "LOCAL") return "LOCAL";
    if (role == "QUALITY") return "QUALITY";
    if (role == "FOCUS") return "FOCUS";
    if (role == "LAND_PROGRAMME") return "LAND_PROGRAMME";
    if (role.starts_with("LAND_") || role == "MIXED") return "LAND";
    if (role == "Z1" || role == "Z2" || role == "Z3") return "STATUTORY";
  }
  return "STATUTORY";
}

json::value reference_json(const std::optional<ReferenceRead>& reference) {
  if (!reference) return nullptr;
  json::object one;
  one["type"] = reference->type;
  one["year"] = or_null(reference->year);
  if (reference->month) one["month"] = *reference->month;
  if (reference->value) {
    one["value"] = number(*reference->value);
    if (!reference->unit.empty()) one["unit"] = reference->unit;
  }
  one["raw"] = text_or_null(reference->raw);
  return one;
}

json::object period_json(const TargetRead& target) {
  if (!target.from.empty()) return {{"type", "RANGE"}, {"from", target.from}, {"to", target.to}};
  if (target.month) return {{"type", "MONTH"}, {"year", target.year}, {"month", *target.month}};
  return {{"type", "CALENDAR_YEAR"}, {"year", target.year}};
}

}  // namespace

json::object target_json(const Draft& draft, const TargetRead& target, std::size_t index) {
  json::object one;
  one["id"] = fmt::format("T{}", index + 1);
  one["goal"] = goal_of(draft, target.block);
  one["scope"] = scope_of(draft.paper, target.block);
  one["binding"] = "TARGET";
  one["indicator"] = {{"code", target.code}, {"kennzahl", text_or_null(target.kennzahl)}, {"subgroup", text_or_null(target.subgroup)}};
  one["measure"] = target.measure;
  one["direction"] = target.direction;
  one["comparator_literal"] = target.literal;
  one["comparator_effective"] = target.effective;
  one["comparator_explicit"] = target.explicit_bound;
  one["value"] = number(target.value);
  one["value_low"] = target.low ? number(*target.low) : json::value(nullptr);
  one["value_high"] = target.high ? number(*target.high) : json::value(nullptr);
  one["signed_value"] = number(target.signed_value);
  one["unit"] = target.unit;
  one["value_raw"] = text_or_null(target.value_raw);
  one["period"] = period_json(target);
  one["aggregation"] = target.aggregation;
  one["reference"] = reference_json(target.reference);
  one["tolerance"] = target.tolerance ? json::value{{"value", number(*target.tolerance)}, {"unit", target.tolerance_unit}} : json::value(nullptr);
  one["wartezeit"] = or_null(target.waiting);
  one["per"] = or_null(target.per);
  json::array equivalents;
  for (const auto& equivalent : target.equivalents) equivalents.push_back({{"raw", equivalent.raw}, {"value", number(equivalent.value)}, {"unit", equivalent.unit}, {"relation", equivalent.relation}});
  one["equivalents"] = std::move(equivalents);
  one["condition"] = or_null(target.condition);
  one["weight"] = target.weight ? number(*target.weight) : json::value(nullptr);
  one["bands"] = json::array();
  one["deadline"] = or_null(target.deadline);
  one["responsible_party"] = or_null(target.responsible);
  one["place"] = or_null(target.place);
  one["formula"] = formula(target);
  json::array traps;
  for (const auto& trap : target.traps) {
    if (std::find(traps.begin(), traps.end(), json::value(trap)) == traps.end()) traps.emplace_back(trap);
  }
  one["ambiguities"] = std::move(traps);
  one["note"] = nullptr;
  one["evidence"] = draft.evidence(target.evidence);
  return one;
}

json::object forecast_json(const Draft& draft, const ValueRead& value, std::size_t index) {
  json::object one;
  one["id"] = fmt::format("F{}", index + 1);
  one["goal"] = goal_of(draft, value.block);
  one["indicator"] = {{"code", value.code}, {"kennzahl", text_or_null(value.kennzahl)}, {"subgroup", text_or_null(value.subgroup)}};
  one["measure"] = value.measure;
  one["value"] = number(*value.value);
  one["unit"] = value.unit;
  one["value_raw"] = value.value_raw;
  one["year"] = value.year;
  one["is_target"] = false;
  one["evidence"] = draft.evidence(value.evidence);
  return one;
}

}  // namespace zielwerk::reader
