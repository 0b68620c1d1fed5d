#include "reader/slots.h"

#include <algorithm>
#include <cstdlib>

namespace zielwerk::reader {
namespace {

std::optional<int> captured_year(const Statement& statement, const Finding& finding) {
  for (const char* name : {"jahr", "jahr2"}) {
    const auto found = finding.captures.find(name);
    if (found != finding.captures.end()) return std::atoi(statement.text.text().substr(found->second.begin, 4).c_str());
  }
  return std::nullopt;
}

std::optional<int> captured_month(const Statement& statement, const Finding& finding) {
  auto found = finding.captures.find("monat");
  if (found == finding.captures.end()) found = finding.captures.find("monat2");
  if (found == finding.captures.end()) return std::nullopt;
  const auto named = dates("1. " + statement.text.text().substr(found->second.begin, found->second.end - found->second.begin) + " 2020");
  return named.empty() ? std::nullopt : named.front().month;
}

bool contains(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

}  // namespace

void add_trap(TargetRead& target, const std::string& trap) {
  if (!trap.empty() && !contains(target.traps, trap)) target.traps.push_back(trap);
}

void specify(std::string& code, std::string& subgroup, std::string_view around) {
  static const Words monthly(R"((?i)\b(?:Monatsmittel|Monatsdurchschnitt|monatlich\w*|auf den Monat gerechnet|je Monat|pro Monat|im Monat)\b)");
  static const Words debt(R"((?i)Schuldn)");
  if (code == "LUH_SUM" && monthly.in(around)) code = "LUH_MONTHLY_AVG";
  if (code == "COUNSELLING_WAIT" && subgroup.empty() && debt.in(around)) subgroup = "DEBT_COUNSELLING";
}

Stance Slots::stance_of(Span span) const {
  const auto stance = s_.stance(span.begin, lead_);
  // "… wird beobachtet" at the end speaks of everything before it, unless a target is set in so many words.
  if (s_.has_role("BEOBACHTUNG") && !firm()) return {"BEOBACHTUNG", false, nullptr};
  const auto from = words_.rfind(';', span.begin), to = words_.find(';', span.end);
  for (const auto& finding : s_.roles) {
    const bool here = (from == std::string::npos || finding.span.begin > from) && finding.span.begin < to;
    if (here && finding.code() == "NACHRICHTLICH" && !firm()) return {"NACHRICHTLICH", false, nullptr};
  }
  const bool aims = std::any_of(s_.roles.begin(), s_.roles.end(), [](const Finding& one) { return one.code() == "ZIEL" && one.rule->attribute("schwach").empty(); });
  static const Words weighs(R"((?i)\b(?:gewichtet|wiegen|wiegt|gewogen|Bestandteile sind|In (?:den|die|das) \w*Index)\b)");
  if (s_.has_role("GEWICHT") && !aims && weighs.in(words_)) return {"GEWICHT", false, nullptr};
  if (s_.has_role("STREICHUNG")) return {"STREICHUNG", false, nullptr};
  return stance;
}

bool Slots::firm() const {
  static const Words set(R"((?i)(?:erreicht|erfüllt|eingehalten)[^.;]{0,25},? (?:wenn|solange|sobald|sofern|falls)|als (?:erreicht|erfüllt))");
  return set.in(words_);
}

bool Slots::agreed(const Stance& stance) const {
  if (!stance.role.empty() && stance.role != "ZIEL") return false;
  // Without a verb ("Index Prozessqualität: mindestens 100 Punkte") it depends on where it stands.
  if (stance.role.empty() && s_.indicators.empty() && !inherited_) return false;
  for (const char* role : {"ANNEX", "ATTACHMENT", "SCORING", "MILESTONES"}) {
    if (s_.paper->under(s_.block, role)) return false;
  }
  if (stance.role == "ZIEL" && !stance.weak) return !(s_.paper->under(s_.block, "FORECAST") && !firm());
  for (const auto& role : s_.paper->roles[s_.block]) {
    if (role == "FRAMEWORK" || role == "FORECAST" || role == "MONITORING") return false;
    if (role == "PROCEDURE" || role == "BUDGET" || role == "CLOSING") return !s_.bounds.empty();
    return true;
  }
  const auto& block = s_.paper->blocks[s_.block];
  const bool clause = block.kind == BlockKind::Item && !block.number.empty() && block.number != "-" && !s_.indicators.empty();
  return clause || !s_.bounds.empty() || !s_.ways.empty() || (!s_.directions.empty() && !s_.indicators.empty());
}

bool Slots::level_of_share(const Numeral& number) const { return !way(number, "UM") && !number.plus && !number.minus && s_.directions.empty(); }
bool Slots::other_share(const Finding& finding) const {
  return std::any_of(s_.indicators.begin(), s_.indicators.end(), [&](const Finding& other) {
    const auto* row = rule_book().indicator(other.code());
    return &other != &finding && row && row->unit == "PERCENT";
  });
}

std::optional<Quantity> Slots::quantity_of(const Numeral& number) const {
  const Finding* before = nullptr;
  const Finding* after = nullptr;
  std::vector<const Finding*> candidates;
  for (const auto& indicator : s_.indicators) {
    candidates.push_back(&indicator);
  }
  const auto fits = [&](const Finding& finding) {
    const auto* row = rule_book().indicator(finding.code());
    if (!row) return false;
    const auto& unit = row->unit;
    switch (number.unit) {
      case Unit::Euro: return unit == "EUR" || finding.code() == "EGT_UTILISATION";
      case Unit::Days:
      case Unit::WorkingDays: return unit == "WORKING_DAYS" || unit == "DAYS" || unit == "WEEKS";
      case Unit::Weeks: return unit == "WEEKS" || unit == "WORKING_DAYS";
      case Unit::Percent: return unit == "PERCENT" || !level_of_share(number) || !other_share(finding);
      default: return true;
    }
  };
  for (const auto* indicator : candidates) {
    if (!fits(*indicator)) continue;
    if (indicator->span.end <= number.span.begin || indicator->span.meets(number.span)) before = indicator;
    else if (!after) after = indicator;
  }
  // "900 Integrationen", "2 v. H. mehr Integrationen", "98 % der Eingliederungsmittel": the noun follows.
  if (after) {
    const auto gap = words_.substr(number.with_unit.end, after->span.begin - number.with_unit.end);
    static const Words near(R"((?i)^ ?(?:(?:mehr|weniger|der|des|aller|neue|an|zusätzliche|Prozent|Personen|junge|Frauen|höher|niedriger|dauerhafte|davon|gemäß|von) ?){0,4}$)");
    const bool next = near.is(gap);
    const bool count_follows = number.unit == Unit::None && gap.size() < 60 && gap.find_first_of(",;.") == std::string::npos;
    const bool farther = !before || s_.clause_at(before->span.begin) != s_.clause_at(number.span.begin);
    // "die Zahl der Integrationen von Langzeitbeziehenden steigt um 50 Integrationen": the noun only says what is counted.
    const bool counts = before && before->code() == after->code() && after->rule->attribute("gruppe").empty() && !before->rule->attribute("gruppe").empty();
    if (!counts && (next || (count_follows && farther) || !before)) return Quantity{after->code(), std::string(after->rule->attribute("gruppe")), after, ""};
  }
  if (before) return Quantity{before->code(), std::string(before->rule->attribute("gruppe")), before, ""};
  if (after) return Quantity{after->code(), std::string(after->rule->attribute("gruppe")), after, ""};
  return inherited_;
}

std::string Slots::group_of(const Numeral& number, const Quantity& quantity) const {
  std::string group = quantity.subgroup;
  const auto clause = s_.clause_at(number.span.begin);
  std::size_t best = std::string::npos;
  for (const auto& finding : s_.groups) {
    const bool within = quantity.finding && quantity.finding->span.covers(finding.span);
    const bool of_name = finding.code() == "LZB" || finding.code() == "LZB4PLUS" || finding.code() == "LZA";
    if (within && ((quantity.code.starts_with("LZ") && of_name) || quantity.code == "GENDER_GAP_INTEGRATION_RATE" || !quantity.subgroup.empty())) continue;
    // Words of another quantity's name are no group: "… und der Bestand an Langzeitleistungsbeziehenden".
    const bool of_indicator = !within && std::any_of(s_.indicators.begin(), s_.indicators.end(), [&](const Finding& one) { return one.span.covers(finding.span) && (quantity.code != "INTEGRATION_RATE" || one.code() != quantity.code) && (quantity.code != "INTEGRATION_RATE" || one.rule->attribute("schwach").empty()); });
    if (of_indicator) continue;
    // "1.055 Integrationen von Männern und 900 Integrationen von Frauen": each number has its noun behind it.
    if (quantity.finding && quantity.finding->span.begin >= number.with_unit.begin && !within && finding.span.end <= number.span.begin && first_candidate() < finding.span.begin) continue;
    const bool same_clause = s_.clause_at(finding.span.begin) == clause;
    const bool between = quantity.finding && finding.span.begin >= quantity.finding->span.end && finding.span.end <= number.span.begin;
    // "entfallen auf Personen, die das 50. Lebensjahr vollendet haben"
    const bool next_clause = s_.clause_at(finding.span.begin) == clause + 1 && words_.substr(s_.clauses[clause + 1].begin, 5) == " die ";
    const bool follows = finding.span.begin >= number.span.end && ((same_clause && finding.span.begin - number.span.end < 60) || (next_clause && finding.span.begin - number.span.end < 80));
    const bool leads = finding.span.end <= number.span.begin && same_clause && !quantity.finding;
    const bool meets = finding.span.meets(number.with_unit) || within;
    // "Die Zahl der jungen Menschen unter 25, die eine Ausbildung aufnehmen"
    // "die Gruppe der schwerbehinderten Menschen; deren Integrationen dürfen …"
    static const Words whose(R"((?i)\b(?:deren|ihre) $)");
    const bool owner = quantity.finding && finding.span.end <= quantity.finding->span.begin && whose.in(words_.substr(0, quantity.finding->span.begin));
    const bool subject = owner || (quantity.finding && finding.span.end <= quantity.finding->span.begin && quantity.finding->span.begin - finding.span.end < 12);
    // "Bei Menschen, die älter als 50 Jahre sind, sollen 165 Integrationen erreicht werden"
    static const Words of_whom(R"((?i)^\W*(?:bei|für|von den|unter den)\b)");
    const bool topic = candidates_.size() == 1 && finding.span.end <= number.span.begin && of_whom.in(words_) && std::all_of(s_.groups.begin(), s_.groups.end(), [&](const Finding& other) { return other.code() == finding.code(); });
    if (!between && !follows && !leads && !meets && !subject && !topic && !(same_clause && finding.span.end <= number.span.begin)) continue;
    // Another number between the group and this one claims the group.
    const bool claimed = std::any_of(candidates_.begin(), candidates_.end(), [&](std::size_t other) {
      const auto& span = s_.numbers[other].span;
      if (elliptic(number, s_.numbers[other])) return false;
      return !(span == number.span) && ((finding.span.begin <= span.begin && span.end <= number.span.begin) || (number.span.end <= span.begin && span.end <= finding.span.end));
    });
    if (claimed && !(between && finding.span.begin < first_candidate())) continue;
    // "780 bei Frauen"
    static const Words of(R"((?i)^ ?(?:bei|von|für|an|der|unter)?(?: den| der)? ?$)");
    const bool bound_to = follows && of.is(words_.substr(number.with_unit.end, finding.span.begin - std::min(finding.span.begin, number.with_unit.end)));
    const auto far = meets || bound_to ? 0 : finding.span.distance(number.span);
    if (far < best) {
      best = far;
      group = finding.code() == "BOTH" ? std::string() : finding.code();
    }
  }
  return group_for(quantity.code, group);
}

bool Slots::elliptic(const Numeral& number, const Numeral& next) const {
  static const Words gap(R"((?i)^,? ?(?:und |bzw\. |sowie |beziehungsweise )?(?:im Jahr (?:19|20)\d\d |(?:19|20)\d\d |in (?:19|20)\d\d |dann )?(?:mindestens |höchstens |wenigstens )?$)");
  return next.span.begin > number.with_unit.end && number.with_unit.end == number.span.end && gap.is(words_.substr(number.span.end, next.span.begin - number.span.end));
}

std::size_t Slots::first_candidate() const { return candidates_.empty() ? words_.size() : s_.numbers[candidates_.front()].span.begin; }

std::string Slots::group_for(const std::string& code, const std::string& group) {
  if (named_by(code, group)) return {};
  if (code == "U25_UNEMPLOYMENT_RATE" && group.empty()) return "U25";
  if (group == "NEW_APPLICATIONS" && code != "PROCESSING_DAYS") return "";
  return group;
}

const Finding* Slots::direction_of(const Numeral& number) const {
  const auto clause = s_.clause_at(number.span.begin);
  const Finding* best = nullptr;
  std::size_t far = std::string::npos;
  for (const auto& finding : s_.directions) {
    const bool same = s_.clause_at(finding.span.begin) == clause;
    const bool claimed = std::any_of(candidates_.begin(), candidates_.end(), [&](std::size_t other) {
      const auto& span = s_.numbers[other].span;
      return !(span == number.span) && finding.span.end <= span.begin && span.end <= number.span.begin;
    });
    std::size_t cost = finding.span.distance(number.span) + (same ? 0 : 400) + (claimed ? 60 : 0);
    // A noun of direction far before the number ("Verringerung der Hilfebedürftigkeit …") counts less than a verb behind it.
    if (finding.span.begin > number.span.begin) cost /= 2;
    if (cost < far) {
      far = cost;
      best = &finding;
    }
  }
  return best;
}

std::string Slots::bound_of(const Numeral& number) const {
  std::size_t floor = 0;
  for (const auto other : candidates_) {
    const auto& span = s_.numbers[other].span;
    if (span.end <= number.span.begin) floor = std::max(floor, span.end);
  }
  // "Erstgespräche, die binnen zehn Arbeitstagen geführt werden: 85 %"
  for (const auto& other : s_.numbers) {
    const bool days = other.unit == Unit::Days || other.unit == Unit::WorkingDays || other.unit == Unit::Weeks;
    if (days && other.span.end <= number.span.begin) floor = std::max(floor, other.with_unit.end);
  }
  const Finding* best = nullptr;
  for (const auto& finding : s_.bounds) {
    if (finding.code() == "RANGE") continue;
    if (finding.span.begin >= floor && finding.span.begin <= number.span.begin && number.span.begin - std::min(number.span.begin, finding.span.end) < 70) {
      const bool same = s_.clause_at(finding.span.begin) == s_.clause_at(number.span.begin);
      if (same || number.span.begin - finding.span.end < 4) best = &finding;
    }
    static const Words behind(R"((?i)^oder|^und mehr|^nicht (?:unter|über)schr)");
    const bool after = finding.span.begin >= number.with_unit.end && finding.span.begin - number.with_unit.end < 4;
    if (!best && after && behind.in(words_.substr(finding.span.begin))) best = &finding;
  }
  // One bound before an enumeration holds for all of it: "mindestens 250 Frauen und 300 Männer".
  if (!best && floor > 0) {
    static const Words list(R"((?i)^[^.;]{0,40}(?:und|sowie|,)[^.;]{0,30}$)");
    for (const auto& finding : s_.bounds) {
      if (finding.code() == "RANGE" || finding.span.begin >= floor) continue;
      const auto gap = words_.substr(floor, number.span.begin - floor);
      if (list.is(gap) && (finding.rule->name == "mindestens" || finding.rule->name == "hoechstens") && floor - std::min(floor, finding.span.end) < 30) best = &finding;
    }
  }
  return best ? best->code() : std::string();
}

bool Slots::way(const Numeral& number, std::string_view wanted) const {
  for (const auto& finding : s_.ways) {
    if (finding.code() != wanted) continue;
    if (wanted == "AUF" ? finding.span.meets(number.with_unit) || (finding.span.begin < number.span.begin && number.span.begin <= finding.span.end + 2) : finding.span.begin < number.span.begin && number.span.begin - finding.span.begin < 45 && clean(finding.span.end, number.span.begin)) return true;
  }
  return false;
}

bool Slots::clean(std::size_t from, std::size_t to) const {
  const auto between = words_.substr(from, to - from);
  static const Words words(R"((?i)^ ?(?:(?:mindestens|wenigstens|höchstens|maximal|max\.|rund|ca\.|etwa|nicht|mehr|weniger|als|bis|zu|insgesamt|über|unter|zwischen|jeweils|weitere|nur|ein|eine|einen|einem|nochmals|die|den|das|dem|so|circa|knapp|genau|durchschnittlich|wenigstens) ?)*[+\-–−]? ?$)");
  return words.is(between);
}

const Finding* Slots::reference_of(const Numeral* number) const {
  const Finding* best = nullptr;
  for (const auto& finding : s_.references) {
    if (const auto year = captured_year(s_, finding); year && s_.paper->year != 0 && *year >= s_.paper->year && finding.code().starts_with("PREVIOUS")) continue;
    if (finding.code() == "COMPARISON_TYPE" || (finding.code() == "PREVIOUS_YEAR_END" && !plain_year_end(finding))) continue;
    if (!best || finding.code() != "PREVIOUS_YEAR" || (number && finding.span.distance(number->span) < best->span.distance(number->span))) best = &finding;
  }
  return best;
}

bool Slots::plain_year_end(const Finding& finding) const {
  if (captured_year(s_, finding)) return true;
  static const Words previous(R"((?i)vorjahr)");
  return previous.in(words_.substr(finding.span.begin, finding.span.end - finding.span.begin));
}

void Slots::fill_reference(TargetRead& target, const Finding* finding, bool needed) const {
  if (!finding) {
    if (!needed) return;
    target.reference = ReferenceRead{.type = "PREVIOUS_YEAR", .year = target.year - 1};
    add_trap(target, "REFERENCE_IMPLIED");
    target.inferred.emplace_back("reference", "ohne Angabe: Vorjahr");
    return;
  }
  ReferenceRead reference{.type = finding->code(), .year = captured_year(s_, *finding), .month = captured_month(s_, *finding)};
  reference.raw = words_.substr(finding->span.begin, finding->span.end - finding->span.begin);
  if (reference.type == "PREVIOUS_YEAR" && !reference.year) reference.year = target.year - 1;
  if (reference.type == "PREVIOUS_YEAR" && *reference.year != target.year - 1) reference.type = "BASELINE";
  if (reference.type == "PREVIOUS_YEAR_END") {
    if (!reference.year) reference.year = target.year - 1;
    reference.month = 12;
  }
  for (const auto& number : s_.numbers) {
    if (number.explained != "BASELINE" || reference.type == "PREVIOUS_YEAR") continue;
    reference.value = number.value;
    if (number.unit != Unit::None) reference.unit = unit_code(number.unit);
  }
  target.reference = reference;
}

void Slots::fill_time(TargetRead& target, const IndicatorRow& row, const Quantity& quantity, Span at) const {
  target.year = s_.paper->year;
  for (const auto& number : s_.numbers) {
    if (number.explained != "YEAR" && number.explained != "DATE") continue;
    const auto year = number.value.digits;
    const bool of_reference = std::any_of(s_.references.begin(), s_.references.end(), [&](const Finding& one) { return one.span.meets(number.span) && one.code() != "PREVIOUS_YEAR_END"; });
    if (number.explained == "YEAR" && year > target.year && !of_reference && year < target.year + 12 && number.span.distance(at) < 90) {
      target.year = static_cast<int>(year);
      add_trap(target, "BEYOND_AGREEMENT_YEAR");
    }
  }
  target.aggregation = row.aggregation;
  const auto of_rule = quantity.finding ? quantity.finding->rule->attribute("zeit") : std::string_view();
  if (!of_rule.empty()) target.aggregation = of_rule;
  bool stated = !of_rule.empty();
  const bool average = std::any_of(s_.times.begin(), s_.times.end(), [](const Finding& time) { return time.code() == "ANNUAL_AVERAGE"; });
  const bool stock = row.aggregation == "ANNUAL_AVERAGE" || row.code.starts_with("P16");
  for (const auto& time : s_.times) {
    if (time.code() == "MONTH_VALUE") {
      if (stock && !average) fill_month(target, time);
      continue;
    }
    if (average && time.code() == "YEAR_END_STOCK") continue;
    if (time.code() == "MONTHLY_AVERAGE_OF_YEAR" && row.unit != "EUR") continue;
    if (time.code() == "ANNUAL_AVERAGE" && row.aggregation == "YEAR_TO_DATE_ANNUAL") continue;
    if (time.code() == "YEAR_END_STOCK" && !stock) continue;
    if (stated && time.code() != "YEAR_END_STOCK") continue;
    target.aggregation = time.code();
    stated = true;
  }
  if (!stated && row.code == "LZB_STOCK") add_trap(target, "AGGREGATION_NOT_STATED");
  for (const auto& waiting : s_.waitings) target.waiting = waiting.code();
  if (target.aggregation == "PROGRAMME_PERIOD_SHARE") fill_range(target);
}

// "im September 2022", where it is not what is compared with; December is the year's end.
void Slots::fill_month(TargetRead& target, const Finding& time) const {
  const auto year = captured_year(s_, time);
  const auto month = captured_month(s_, time);
  const bool compared = std::any_of(s_.references.begin(), s_.references.end(), [&](const Finding& one) { return one.span.meets(time.span); });
  if (!year || !month || *month == 12 || *year < s_.paper->year || compared) return;
  target.aggregation = "MONTH_VALUE";
  target.month = month;
  target.year = *year;
}

// "über die Programmlaufzeit vom 01.07.2022 bis zum 30.06.2024"
void Slots::fill_range(TargetRead& target) const {
  const auto days = dates(words_);
  if (days.size() < 2 || days[0].iso().empty() || days[1].iso() <= days[0].iso()) return;
  target.from = days[0].iso();
  target.to = days[1].iso();
  target.year = *days[0].year;
}

void Slots::fill_code(TargetRead& target, const Quantity& quantity, const std::string& group) const {
  target.code = quantity.code;
  target.subgroup = group;
  auto around = words_ + '\n' + s_.paper->blocks[s_.block].text.text();
  for (const auto heading : s_.paper->blocks[s_.block].headings) around += '\n' + s_.paper->blocks[heading].text.text();
  specify(target.code, target.subgroup, around);
  if (const auto* row = rule_book().indicator(target.code)) {
    target.kennzahl = row->kennzahl_of(group);
  }
  if (!quantity.finding) {
    target.inferred.emplace_back("indicator", quantity.from);
    add_trap(target, "INDICATOR_FROM_HEADING");
  }
}

}  // namespace zielwerk::reader
