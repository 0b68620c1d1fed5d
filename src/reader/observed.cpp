#include "reader/observed.h"

#include <algorithm>

#include <fmt/format.h>

#include "reader/words.h"

namespace zielwerk::reader {
namespace {

const Words& optional() {
  static const Words words(R"((?i)\b(?:ggf|ggfls|gegebenenfalls|bei Bedarf|kann|können)\b)");
  return words;
}

}  // namespace

void Observed::observe(const Statement& statement, const Stance& lead, const std::optional<Quantity>& quantity) {
  // "Gleiches gilt für die Zahl …", after a sentence that watches.
  static const Words too(R"((?i)^\W*(?:Gleiches|Dasselbe|Entsprechendes|Das Gleiche) gilt\b)");
  const bool goes_on = last_watched_ == statement.block && too.in(statement.text.text());
  const bool watched = goes_on || statement.has_role("BEOBACHTUNG") || lead.role == "BEOBACHTUNG" || paper_.under(statement.block, "MONITORING");
  const bool reported = statement.has_role("BERICHT") || lead.role == "BERICHT";
  if (!watched && !reported) return;
  if (statement.has_role("PROGNOSE") && !watched) return;
  auto compare = compared(statement);
  const bool listed = paper_.blocks[statement.block].kind == BlockKind::Item && (lead.role == "BEOBACHTUNG" || lead.role == "BERICHT");
  const auto said = listed ? announced_ : Announced{};
  if (compare.empty()) compare = said.compare;
  // "Sie wird vierteljährlich ausgewertet": of what the sentence before spoke about.
  static const Words pronoun(R"((?i)^\W*(?:Sie|Er|Es|Diese[rs]?|Die Entwicklung|Deren|Dessen|Ein Zielwert|Ein Wert)\b)");
  if (statement.indicators.empty() && watched && quantity && last_watched_ != statement.block && pronoun.in(statement.text.text())) {
    watch(value_of(quantity->code, quantity->subgroup, statement.block, {statement.text.raw()}), false, compare, false);
  }
  for (const auto& indicator : statement.indicators) {
    // "Suchtberatung. … die Stadt beobachtet die Fallzahlen": those of the heading.
    const bool of_heading = indicator.code() == "CASELOAD" && quantity && quantity->code.ends_with("_CASES");
    auto value = value_of(of_heading ? quantity->code : indicator.code(), group_near(statement, indicator), statement.block, {statement.text.raw()});
    last_watched_ = statement.block;
    const bool optionally = reported && (said.optional || optional().in(statement.text.text()));
    const auto groups = value.subgroup == "BOTH" ? std::vector<std::string>{"WOMEN", "MEN"} : std::vector{value.subgroup};
    for (const auto& group : groups) {
      value.subgroup = group;
      watch(value, reported && !watched, compare, optionally, said.group);
    }
  }
}

ValueRead Observed::value_of(const std::string& code, const std::string& subgroup, std::size_t block, std::vector<Span> evidence) {
  ValueRead value;
  value.code = code;
  value.subgroup = subgroup;
  if (const auto* row = rule_book().indicator(code)) value.kennzahl = row->kennzahl_of(subgroup);
  value.block = block;
  value.evidence = std::move(evidence);
  return value;
}

void Observed::announce(const Statement& lead) {
  static const Words fields(R"((?i)Analysefeld)");
  static const Words quality(R"((?i)Qualität der Integrationen)");
  const auto& words = lead.text.text();
  announced_ = {compared(lead), fields.in(words) ? "ANALYSEFELD" : quality.in(words) ? "QUALITY_OF_INTEGRATIONS" : "", optional().in(words)};
}

std::string Observed::compared(const Statement& statement) {
  static const Words forecast(R"((?i)prognosti|Prognose|Erwartungswert)");
  if (forecast.in(statement.text.text())) return "FORECAST";
  std::string compare;
  for (const auto& reference : statement.references) {
    if (reference.code() == "PREVIOUS_YEAR") return "PREVIOUS_YEAR";
    if (reference.code() == "COMPARISON_TYPE" || reference.code() == "STATE_AVERAGE") compare = reference.code();
  }
  return compare;
}

std::string Observed::group_near(const Statement& statement, const Finding& indicator) {
  std::string group(indicator.rule->attribute("gruppe"));
  const auto* next = [&]() -> const Finding* {
    for (const auto& other : statement.indicators) {
      if (other.span.begin > indicator.span.begin) return &other;
    }
    return nullptr;
  }();
  for (const auto& finding : statement.groups) {
    const bool behind = finding.span.begin >= indicator.span.end && finding.span.begin - indicator.span.end < 70 && (!next || finding.span.begin < next->span.begin);
    const bool inside = indicator.span.covers(finding.span) && indicator.code() == "INTEGRATION_RATE";
    if ((behind || inside) && group.empty()) group = finding.code();
  }
  return named_by(indicator.code(), group) ? std::string() : group;
}

void Observed::analysis_fields(std::size_t i) {
  static const Words fields(R"((?i)Analysefelder|(?:beide|alle(?: \w+)?) Größen\b[^.]*\b(?:beobachtet|Monitoring|verfolgt)|(?:diese|genannten|vorstehenden|aufgeführten)\b[^.]*\b(?:beobachtet|Monitoring))");
  if (list_.empty() || !fields.in(paper_.blocks[i].text.text())) return;
  for (const auto item : list_) {
    const Statement statement(paper_, item, paper_.blocks[item].text);
    for (const auto& indicator : statement.indicators) {
      watch(value_of(indicator.code(), group_near(statement, indicator), item, {statement.text.raw(), paper_.blocks[i].text.raw()}), false, "", false, "ANALYSEFELD");
    }
  }
}

void Observed::watch(ValueRead value, bool reported, const std::string& compare, bool optional, const std::string& group) {
  value.subgroup = group_or_all(value.subgroup);
  for (const auto& other : monitoring_) {
    if (other.at("indicator").at("code").as_string() == value.code && other.at("indicator").at("subgroup") == text_or_null(value.subgroup)) return;
  }
  json::object one;
  one["id"] = fmt::format("M{}", monitoring_.size() + 1);
  one["goal"] = goal_of(draft_, value.block);
  one["indicator"] = {{"code", value.code}, {"kennzahl", text_or_null(value.kennzahl)}, {"subgroup", text_or_null(value.subgroup)}};
  one["binding"] = reported ? "REPORTING" : "MONITORING";
  one["compare_with"] = text_or_null(compare);
  one["aggregation"] = nullptr;
  one["group"] = text_or_null(group);
  one["year"] = nullptr;
  one["optional"] = optional;
  one["note"] = nullptr;
  one["evidence"] = draft_.evidence(value.evidence);
  for (const auto& span : value.evidence) draft_.marks.push_back({span, "monitoring[" + std::string(one["id"].as_string()) + "]", "exact", {}});
  monitoring_.push_back(std::move(one));
}

void Observed::expect(const Statement& statement, const Stance& lead, const std::optional<Quantity>& quantity) {
  const bool expected = statement.has_role("PROGNOSE") || lead.role == "PROGNOSE" || paper_.under(statement.block, "FORECAST");
  if (!expected || statement.has_role("VORSCHLAG")) return;
  // The economy at large is no quantity of ours.
  static const Words economy(R"((?i)\b(?:Bruttoinlandsprodukt\w*|BIP|Wirtschaftswachstum\w*|Wachstum der Wirtschaft|Beschäftigungsplus|Erwerbstätigen|Arbeitslosen|Arbeitslosenzahl\w*|Arbeitsmarkt|Konjunktur\w*)\b)");
  const auto counted = rule_book().find("erwartet", statement.text.text());
  for (const auto& number : statement.numbers) {
    if (!number.explained.empty() || number.unit == Unit::Months || number.unit == Unit::Years) continue;
    // What is expected of a year gone by is a provisional result.
    bool before = false, now = paper_.year == 0;
    for (const auto& year : statement.numbers) {
      if (year.explained == "YEAR") (year.value.digits < paper_.year ? before : now) = true;
    }
    if (before && !now) continue;
    const auto stance = statement.stance(number.span.begin, lead);
    if (stance.role == "ERGEBNIS" || stance.role == "VORSCHLAG" || stance.role == "ALTES_ZIEL") continue;
    const Finding* indicator = nullptr;
    for (const auto& one : statement.indicators) {
      if (!indicator || one.span.end <= number.span.begin) indicator = &one;
    }
    for (const auto& one : counted) {
      if (one.whole.covers(number.span) && number.unit == Unit::None) indicator = &one;
    }
    if (!indicator && (!quantity || economy.in(statement.text.text()))) continue;
    const auto code = indicator ? indicator->code() : quantity->code;
    const auto* row = rule_book().indicator(code);
    if (!row || (number.unit == Unit::Euro && row->unit != "EUR")) continue;  // money of a budget
    if (number.unit == Unit::None && (row->unit == "EUR" || row->unit == "PERCENT")) continue;
    ValueRead value;
    value.code = code;
    value.subgroup = group_or_all(indicator ? group_near(statement, *indicator) : quantity->subgroup);
    if (row) {
      value.kennzahl = row->kennzahl_of(value.subgroup);
    }
    value.value = number.value;
    const bool change = number.unit == Unit::Percent && row && (row->unit != "PERCENT" || !statement.directions.empty());
    value.measure = change ? "RELATIVE_CHANGE" : number.unit == Unit::Points ? "POINT_CHANGE" : "LEVEL";
    const auto down = std::any_of(statement.directions.begin(), statement.directions.end(), [](const Finding& one) { return one.code() == "DOWN"; });
    if (change && down && value.value->digits > 0) value.value->digits = -value.value->digits;
    value.unit = number.unit == Unit::None && row ? row->unit : unit_code(number.unit);
    value.value_raw = statement.text.text().substr(number.with_unit.begin, number.with_unit.end - number.with_unit.begin);
    value.year = paper_.year;
    value.evidence = {statement.text.raw()};
    value.number = statement.text.raw(number.span);
    value.block = statement.block;
    paper_.use(value.number, "forecasts");
    forecasts_.push_back(std::move(value));
  }
}

std::string Observed::group_or_all(const std::string& group) const {
  const auto& kind = draft_.agreement["kind"].as_string();
  if (!group.empty() || (kind != "BMAS_BA" && kind != "BMAS_LAND")) return group;
  return kind == "BMAS_BA" ? "ALL_GE" : "ALL_ZKT_OF_LAND";
}

}  // namespace zielwerk::reader
