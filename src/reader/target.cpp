#include "reader/target.h"

#include <algorithm>
#include <cstdlib>

#include <re2/re2.h>

#include "reader/words.h"

namespace zielwerk::reader {
namespace {

using base::Decimal;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

Decimal magnitude(Decimal value) {
  if (value.digits < 0) value.digits = -value.digits;
  return value;
}

Decimal negative(Decimal value) {
  if (value.digits > 0) value.digits = -value.digits;
  return value;
}

bool contains(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

void add_trap(TargetRead& target, const std::string& trap) {
  if (!trap.empty() && !contains(target.traps, trap)) target.traps.push_back(trap);
}

std::optional<int> captured_year(const Statement& statement, const Finding& finding) {
  for (const char* name : {"jahr", "jahr2"}) {
    const auto found = finding.captures.find(name);
    if (found != finding.captures.end()) return std::atoi(statement.text.text().substr(found->second.begin, 4).c_str());
  }
  return std::nullopt;
}

std::optional<int> captured_month(const Statement& statement, const Finding& finding) {
  const auto found = finding.captures.find("monat");
  if (found == finding.captures.end()) return std::nullopt;
  const auto named = dates("1. " + statement.text.text().substr(found->second.begin, found->second.end - found->second.begin) + " 2020");
  return named.empty() ? std::nullopt : named.front().month;
}

std::size_t distance(Span a, Span b) { return a.end <= b.begin ? b.begin - a.end : b.end <= a.begin ? a.begin - b.end : 0; }

// Reads one sentence.
class SentenceReader {
 public:
  SentenceReader(const Statement& statement, const std::optional<Quantity>& quantity, const Stance& lead) : s_(statement), inherited_(quantity), lead_(lead), words_(statement.text.text()) {}

  std::vector<TargetRead> read() {
    find_short_forms();
    find_candidates();
    for (const auto index : candidates_) read_number(index);
    if (targets_.empty()) read_without_number();
    attach_short_forms();
    return std::move(targets_);
  }

 private:
  struct ShortForm {
    Span span;
    std::size_t number;
    std::string code, subgroup;
  };

  // "(K2 = 9,9 Prozent)", "Veränderung LzL = 0,0%": a label, an equals sign and a number.
  void find_short_forms() {
    static const Words link(R"((?i)^ ?(?:=|:) ?(?:[+\-–−] ?)?$)");
    for (std::size_t i = 0; i < s_.numbers.size(); ++i) {
      const auto& number = s_.numbers[i];
      if (!number.explained.empty()) continue;
      for (const auto& indicator : s_.indicators) {
        if (indicator.span.end > number.span.begin) continue;
        static const Words label(R"((?i)K ?[123](?: ?E ?[1-4])?(?:_[FM])?|.*\(K ?[123](?: ?E ?[1-4])?\)|Veränderung.*|Delta K ?[123])");
        if (!label.is(words_.substr(indicator.span.begin, indicator.span.end - indicator.span.begin))) continue;
        const auto between = words_.substr(indicator.span.end, number.span.begin - indicator.span.end);
        if (!link.is(between)) continue;
        short_forms_.push_back({{indicator.span.begin, number.with_unit.end}, i, indicator.code(), std::string(indicator.rule->attribute("gruppe"))});
      }
    }
  }

  bool is_short_form(std::size_t number) const {
    return std::any_of(short_forms_.begin(), short_forms_.end(), [&](const ShortForm& form) { return form.number == number; });
  }

  void find_candidates() {
    for (std::size_t i = 0; i < s_.numbers.size(); ++i) {
      const auto& number = s_.numbers[i];
      if (!number.explained.empty() || is_short_form(i)) continue;
      if (number.unit == Unit::Months || number.unit == Unit::Years) continue;
      candidates_.push_back(i);
    }
  }

  Stance stance_of(Span span) const {
    const auto stance = s_.stance(span.begin, lead_);
    // "… wird beobachtet" at the end speaks of everything before it, unless a target is set in so many words.
    if (s_.has_role("BEOBACHTUNG") && !firm()) return {"BEOBACHTUNG", false, nullptr};
    if (s_.has_role("NACHRICHTLICH") && !firm()) return {"NACHRICHTLICH", false, nullptr};
    if (s_.has_role("STREICHUNG")) return {"STREICHUNG", false, nullptr};
    return stance;
  }

  bool firm() const {
    static const Words set(R"((?i)(?:erreicht|erfüllt|eingehalten)[^.;]{0,25},? (?:wenn|solange|sobald|sofern|falls)|als (?:erreicht|erfüllt))");
    return set.in(words_);
  }

  // A sentence in the present tense agrees on something only where targets stand: below a goal's heading, or with a bound.
  bool agreed(const Stance& stance) const {
    if (!stance.role.empty() && stance.role != "ZIEL") return false;
    // Without a verb ("Index Prozessqualität: mindestens 100 Punkte") it depends on where it stands.
    if (stance.role.empty() && s_.indicators.empty() && !inherited_) return false;
    for (const char* role : {"ANNEX", "ATTACHMENT", "SCORING"}) {
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

  // "Mehr als die Hälfte aller Integrationen beendet den Leistungsbezug": a percentage that is no change belongs to a share.
  bool level_of_share(const Numeral& number) const { return !way(number, "UM") && !number.plus && !number.minus && s_.directions.empty(); }
  bool other_share(const Finding& finding) const {
    return std::any_of(s_.indicators.begin(), s_.indicators.end(), [&](const Finding& other) {
      const auto* row = rule_book().indicator(other.code());
      return &other != &finding && row && row->unit == "PERCENT";
    });
  }

  // The indicator that a number belongs to: before it in the sentence, else right behind it, else what the sentence inherits.
  std::optional<Quantity> quantity_of(const Numeral& number) const {
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
      if (next || (count_follows && farther) || !before) return Quantity{after->code(), std::string(after->rule->attribute("gruppe")), after, ""};
    }
    if (before) return Quantity{before->code(), std::string(before->rule->attribute("gruppe")), before, ""};
    if (after) return Quantity{after->code(), std::string(after->rule->attribute("gruppe")), after, ""};
    return inherited_;
  }

  // The group: between the indicator and the number, or in the number's own clause.
  std::string group_of(const Numeral& number, const Quantity& quantity) const {
    std::string group = quantity.subgroup;
    const auto clause = s_.clause_at(number.span.begin);
    std::size_t best = std::string::npos;
    for (const auto& finding : s_.groups) {
      const bool within = quantity.finding && quantity.finding->span.covers(finding.span);
      const bool of_name = finding.code() == "LZB" || finding.code() == "LZB4PLUS" || finding.code() == "LZA";
      if (within && ((quantity.code.starts_with("LZ") && of_name) || quantity.code == "GENDER_GAP_INTEGRATION_RATE" || !quantity.subgroup.empty())) continue;
      const bool of_indicator = !within && std::any_of(s_.indicators.begin(), s_.indicators.end(), [&](const Finding& one) { return one.span.covers(finding.span); });
      if (of_indicator && quantity.code != "INTEGRATION_RATE") continue;
      const bool same_clause = s_.clause_at(finding.span.begin) == clause;
      const bool between = quantity.finding && finding.span.begin >= quantity.finding->span.end && finding.span.end <= number.span.begin;
      const bool follows = finding.span.begin >= number.span.end && same_clause && finding.span.begin - number.span.end < 60;
      const bool leads = finding.span.end <= number.span.begin && same_clause && !quantity.finding;
      const bool meets = finding.span.meets(number.with_unit) || within;
      // "Die Zahl der jungen Menschen unter 25, die eine Ausbildung aufnehmen"
      const bool subject = quantity.finding && finding.span.end <= quantity.finding->span.begin && quantity.finding->span.begin - finding.span.end < 12;
      if (!between && !follows && !leads && !meets && !subject && !(same_clause && finding.span.end <= number.span.begin)) continue;
      // Another number between the group and this one claims the group.
      const bool claimed = std::any_of(candidates_.begin(), candidates_.end(), [&](std::size_t other) {
        const auto& span = s_.numbers[other].span;
        return !(span == number.span) && ((finding.span.end <= span.begin && span.end <= number.span.begin) || (number.span.end <= span.begin && span.end <= finding.span.begin));
      });
      if (claimed && !(between && finding.span.begin < first_candidate())) continue;
      const auto far = meets ? 0 : distance(finding.span, number.span);
      if (far < best) {
        best = far;
        group = finding.code() == "BOTH" ? std::string() : finding.code();
      }
    }
    return lzb_group(quantity.code, group);
  }

  std::size_t first_candidate() const { return candidates_.empty() ? words_.size() : s_.numbers[candidates_.front()].span.begin; }

  static std::string lzb_group(const std::string& code, const std::string& group) {
    const bool about_lzb = code.starts_with("LZB");
    const bool about_lza = code.starts_with("LZA");
    if ((about_lzb && (group == "LZB" || group == "LZB4PLUS")) || (about_lza && group == "LZA")) return {};
    if (code == "GENDER_GAP_INTEGRATION_RATE" || (code == "U25_UNEMPLOYMENT_RATE" && group.empty())) return code == "U25_UNEMPLOYMENT_RATE" ? "U25" : "";
    if (group == "U25" && code == "BUT_TAKEUP_RATE") return "";
    if (group == "NEW_APPLICATIONS" && code != "PROCESSING_DAYS") return "";
    return group;
  }

  const Finding* direction_of(const Numeral& number) const {
    const auto clause = s_.clause_at(number.span.begin);
    const Finding* best = nullptr;
    std::size_t far = std::string::npos;
    for (const auto& finding : s_.directions) {
      const bool same = s_.clause_at(finding.span.begin) == clause;
      const bool claimed = std::any_of(candidates_.begin(), candidates_.end(), [&](std::size_t other) {
        const auto& span = s_.numbers[other].span;
        return !(span == number.span) && finding.span.end <= span.begin && span.end <= number.span.begin;
      });
      std::size_t cost = distance(finding.span, number.span) + (same ? 0 : 400) + (claimed ? 60 : 0);
      // A noun of direction far before the number ("Verringerung der Hilfebedürftigkeit …") counts less than a verb behind it.
      if (finding.span.begin > number.span.begin) cost /= 2;
      if (cost < far) {
        far = cost;
        best = &finding;
      }
    }
    return best;
  }

  std::string bound_of(const Numeral& number) const {
    std::size_t floor = 0;
    for (const auto other : candidates_) {
      const auto& span = s_.numbers[other].span;
      if (span.end <= number.span.begin) floor = std::max(floor, span.end);
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

  bool way(const Numeral& number, std::string_view wanted) const {
    for (const auto& finding : s_.ways) {
      if (finding.code() != wanted) continue;
      if (wanted == "AUF" ? finding.span.meets(number.with_unit) || (finding.span.begin < number.span.begin && number.span.begin <= finding.span.end + 2) : finding.span.begin < number.span.begin && number.span.begin - finding.span.begin < 45 && clean(finding.span.end, number.span.begin)) return true;
    }
    return false;
  }

  bool clean(std::size_t from, std::size_t to) const {
    const auto between = words_.substr(from, to - from);
    static const Words words(R"((?i)^ ?(?:(?:mindestens|wenigstens|höchstens|maximal|max\.|rund|ca\.|etwa|nicht|mehr|weniger|als|bis|zu|insgesamt|über|unter|zwischen|jeweils|weitere|nur|ein|eine|einen|einem|nochmals|die|den|das|dem|so|circa|knapp|genau|durchschnittlich|wenigstens) ?)*[+\-–−]? ?$)");
    return words.is(between);
  }

  const Finding* reference_of(const Numeral* number) const {
    const Finding* best = nullptr;
    for (const auto& finding : s_.references) {
      if (const auto year = captured_year(s_, finding); year && s_.paper->year != 0 && *year >= s_.paper->year && finding.code().starts_with("PREVIOUS")) continue;
      if (finding.code() == "COMPARISON_TYPE" || (finding.code() == "PREVIOUS_YEAR_END" && !plain_year_end(finding))) continue;
      if (!best || finding.code() != "PREVIOUS_YEAR" || (number && distance(finding.span, number->span) < distance(best->span, number->span))) best = &finding;
    }
    return best;
  }

  // "Ende Dezember 2018" of the agreement's own year is a time, not a reference.
  bool plain_year_end(const Finding& finding) const {
    if (captured_year(s_, finding)) return true;
    static const Words previous(R"((?i)vorjahr)");
    return previous.in(words_.substr(finding.span.begin, finding.span.end - finding.span.begin));
  }

  void fill_reference(TargetRead& target, const Finding* finding, bool needed) const {
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
      if (number.explained == "BASELINE" && reference.type != "PREVIOUS_YEAR") reference.value = number.value;
    }
    target.reference = reference;
  }

  void fill_time(TargetRead& target, const IndicatorRow& row, const Quantity& quantity, Span at) const {
    target.year = s_.paper->year;
    for (const auto& number : s_.numbers) {
      if (number.explained != "YEAR" && number.explained != "DATE") continue;
      const auto year = number.value.digits;
      const bool of_reference = std::any_of(s_.references.begin(), s_.references.end(), [&](const Finding& one) { return one.span.meets(number.span) && one.code() != "PREVIOUS_YEAR_END"; });
      if (number.explained == "YEAR" && year > target.year && !of_reference && year < target.year + 12 && distance(number.span, at) < 90) {
        target.year = static_cast<int>(year);
        add_trap(target, "BEYOND_AGREEMENT_YEAR");
      }
    }
    target.aggregation = row.aggregation;
    const auto of_rule = quantity.finding ? quantity.finding->rule->attribute("zeit") : std::string_view();
    if (!of_rule.empty()) target.aggregation = of_rule;
    bool stated = !of_rule.empty();
    const bool average = std::any_of(s_.times.begin(), s_.times.end(), [](const Finding& time) { return time.code() == "ANNUAL_AVERAGE"; });
    for (const auto& time : s_.times) {
      if (average && time.code() == "YEAR_END_STOCK") continue;
      if (time.code() == "MONTHLY_AVERAGE_OF_YEAR" && row.unit != "EUR") continue;
      if (time.code() == "ANNUAL_AVERAGE" && row.aggregation == "YEAR_TO_DATE_ANNUAL") continue;
      if (time.code() == "YEAR_END_STOCK" && row.aggregation != "ANNUAL_AVERAGE") continue;
      if (stated && time.code() != "YEAR_END_STOCK") continue;
      target.aggregation = time.code();
      stated = true;
    }
    if (!stated && row.code == "LZB_STOCK") add_trap(target, "AGGREGATION_NOT_STATED");
    for (const auto& waiting : s_.waitings) target.waiting = waiting.code();
  }

  void fill_code(TargetRead& target, const Quantity& quantity, const std::string& group) const {
    target.code = quantity.code;
    target.subgroup = group;
    if (const auto* row = rule_book().indicator(quantity.code)) {
      const auto known = row->kennzahlen.find(group);
      if (known != row->kennzahlen.end()) target.kennzahl = known->second;
    }
    if (target.code == "COUNSELLING_WAIT" && target.subgroup.empty()) {
      static const Words debt(R"((?i)Schuldn)");
      bool named = debt.in(words_);
      for (const auto heading : s_.paper->blocks[s_.block].headings) named = named || debt.in(s_.paper->blocks[heading].text.text());
      if (named) target.subgroup = "DEBT_COUNSELLING";
    }
    if (!quantity.finding) {
      target.inferred.emplace_back("indicator", quantity.from);
      add_trap(target, "INDICATOR_FROM_HEADING");
    }
  }

  bool change_of(const Numeral& number, const Quantity& quantity, const Finding* direction, const IndicatorRow& row) const {
    if (number.unit == Unit::Factor || quantity.code == "RANK_IN_COMPARISON_TYPE") return false;
    // A rate of nought is no level: "Veränderung 0,0 %".
    if (number.value.digits == 0 && (number.unit == Unit::Percent || number.unit == Unit::Points)) return true;
    if (way(number, "AUF")) return false;
    if (way(number, "UM")) return true;
    if (number.plus || (number.minus && row.unit != "EUR")) return true;
    static const Words level(R"((?i)\b(?:liegt|liegen|beträgt|betragen|Zielwert|erreicht|erreichen|Soll|bei|Note|in Höhe von|von)[^.;,0-9]{0,50}$)");
    const auto head = words_.substr(0, number.with_unit.begin);
    static const Words level_word(R"((?i)\b(?:liegt|beträgt|betragen|liegen) (?:\w+ ){0,3}(?:bei|unter|über|mindestens|höchstens|auf)?[^.;,0-9]{0,25}$)");
    // Counts: "150 Personen weniger als im Vorjahr" is a change, "steigt über 900" a level.
    static const Words compared(R"((?i)\b(?:mehr|weniger)\b[^.;]*?\b(?:als (?:im|das|in|zum|Ende|am)|gegenüber|im Vergleich))");
    const bool of_count = number.unit == Unit::None || number.unit == Unit::Euro;
    if (of_count && compared.in(words_.substr(number.span.end))) return true;
    if (!direction || direction->code() == "HOLD") return number.unit == Unit::Points && quantity.code != "GENDER_GAP_INTEGRATION_RATE" && quantity.code != "GAP_TO_STATE_AVERAGE_INTEGRATION_RATE" && reference_of(&number);
    const bool near = distance(direction->span, number.span) < 60 || s_.clause_at(direction->span.begin) == s_.clause_at(number.span.begin);
    if (!near) return false;
    if (number.unit == Unit::Percent || number.unit == Unit::Points) return !(row.unit == "PERCENT" && number.unit == Unit::Percent && level_word.in(head) && !reference_of(&number));
    static const Words more(R"((?i)^[^.;,0-9]{0,30}(?:zusätzlich|mehr|weniger)(?: \w+)?(?:$|[.,;]))");
    return of_count && more.in(words_.substr(number.with_unit.end));
  }

  void read_number(std::size_t index) {
    const auto& number = s_.numbers[index];
    const auto stance = stance_of(number.span);
    if (!agreed(stance)) return;
    if (absolute_equivalent(number)) return;
    const auto quantity = quantity_of(number);
    if (!quantity) return;
    const auto* row = rule_book().indicator(quantity->code);
    TargetRead target;
    target.block = s_.block;
    const auto* direction = direction_of(number);
    if (take_range(index, target)) return;
    if (!row || !plausible_unit(number, *row)) return;
    if (s_.has_role("HAUSHALT") && number.unit == Unit::Euro) return;
    fill_code(target, *quantity, group_of(number, *quantity));
    fill_time(target, *row, *quantity, number.span);
    Wording wording;
    wording.bound = target.low ? "RANGE" : bound_of(number);
    wording.change = change_of(number, *quantity, direction, *row);
    if (direction && !target.low) wording.sign = direction->code() == "UP" || direction->code() == "NOT_DOWN" ? 1 : direction->code() == "DOWN" || direction->code() == "NOT_UP" ? -1 : 0;
    if (direction && target.low) wording.sign = direction->code() == "DOWN" ? -1 : 1;
    if (number.minus) wording.sign = -1;
    if (number.plus) wording.sign = 1;
    if (wording.change && wording.sign == 0) {
      static const Words fewer(R"((?i)^[^.;]{0,60}\bweniger\b)");
      wording.sign = fewer.in(words_.substr(number.span.end)) ? -1 : 0;
    }
    if (direction && wording.bound.empty() && !wording.change && (direction->code() == "NOT_UP" || direction->code() == "NOT_DOWN")) wording.bound = direction->code() == "NOT_UP" ? "<=" : ">=";
    if (!wording.change) level_bound(number, direction, wording);
    target.value = magnitude(number.value);
    target.unit = unit_of(number, *row, *quantity, wording.change);
    target.measure = measure_of(number, *quantity, wording.change);
    const auto* reference = reference_of(&number);
    if (target.unit == "PERCENTAGE_POINT" && (target.code == "INTEGRATION_RATE" || target.code == "GAP_TO_STATE_AVERAGE_INTEGRATION_RATE") && reference && (reference->code() == "STATE_AVERAGE" || reference->code() == "FEDERAL_AVERAGE")) {
      // "höchstens einen Prozentpunkt unter dem Landeswert": the gap (average minus own value) is what is limited.
      target.code = "GAP_TO_STATE_AVERAGE_INTEGRATION_RATE";
      target.kennzahl.clear();
      target.measure = "GAP_TO_REFERENCE";
      if (wording.bound == ">=") wording.bound.clear();
    }
    settle(target, wording);
    fill_reference(target, target.measure == "LEVEL" || target.measure == "RANK" ? nullptr : reference, target.measure != "LEVEL" && target.measure != "RANK");
    finish(target, number, stance, direction, wording, *row);
    targets_.push_back(std::move(target));
  }

  // "übersteigt 900 nicht", "überschreitet 15 Tage nicht", "unter 7.000 sinken": verbs that are bounds of a level.
  void level_bound(const Numeral& number, const Finding* direction, Wording& wording) const {
    if (!wording.bound.empty() || !direction) return;
    const auto word = words_.substr(direction->span.begin, direction->span.end - direction->span.begin);
    static const Words exceeds(R"((?i)überschr|überst|übertr)");
    static const Words falls_short(R"((?i)unterschr)");
    static const Words negated(R"((?i)\bnicht\b)");
    const bool is_not = negated.in(words_) || direction->code().starts_with("NOT");
    if (exceeds.in(word)) wording.bound = is_not ? "<=" : ">";
    if (falls_short.in(word)) wording.bound = is_not ? ">=" : "<";
    (void)number;
  }

  static bool plausible_unit(const Numeral& number, const IndicatorRow& row) {
    if (number.unit == Unit::Percent || number.unit == Unit::Points || number.unit == Unit::Factor) return true;
    if (number.unit == Unit::Euro) return row.unit == "EUR";
    if (number.unit == Unit::None) return row.unit != "EUR" && row.unit != "PERCENT" && row.unit != "PERCENTAGE_POINT";
    if (number.unit == Unit::Days || number.unit == Unit::WorkingDays || number.unit == Unit::Weeks) return row.unit == "WORKING_DAYS" || row.unit == "WEEKS" || row.unit == "DAYS";
    if (number.unit == Unit::Score) return row.unit == "POINTS" || row.unit == "GRADE";
    return false;
  }

  static std::string unit_of(const Numeral& number, const IndicatorRow& row, const Quantity& quantity, bool change) {
    if (number.unit == Unit::None) return quantity.code == "RANK_IN_COMPARISON_TYPE" ? "RANK" : row.unit == "PERCENT" ? "PERCENT" : change && row.unit != "EUR" ? "COUNT" : row.unit;
    if (number.unit == Unit::Score && row.unit == "GRADE") return "GRADE";
    return unit_code(number.unit);
  }

  static std::string measure_of(const Numeral& number, const Quantity& quantity, bool change) {
    if (number.unit == Unit::Factor) return "RATIO";
    if (quantity.code == "RANK_IN_COMPARISON_TYPE") return "RANK";
    if (quantity.code == "GAP_TO_STATE_AVERAGE_INTEGRATION_RATE" && !change) return "GAP_TO_REFERENCE";
    if (!change) return "LEVEL";
    if (number.unit == Unit::Points) return "POINT_CHANGE";
    return number.unit == Unit::Percent ? "RELATIVE_CHANGE" : "ABSOLUTE_CHANGE";
  }

  // "(= 50 Integrationen)", "das sind 60 Integrationen mehr": the target before, said in persons.
  bool absolute_equivalent(const Numeral& number) {
    if (targets_.empty() || (number.unit != Unit::None && number.unit != Unit::Euro)) return false;
    auto& target = targets_.back();
    if (target.unit != "PERCENT" && target.unit != "PERCENTAGE_POINT") return false;
    const auto last = s_.text.plain(target.number).end;
    if (number.span.begin < last || number.span.begin - last > 60) return false;
    const auto between = words_.substr(last, number.span.begin - last);
    static const Words says(R"((?i)^[^.]*(?:=|das sind|dies sind|entspricht|entsprechen|d\. ?h\.|das bedeutet|mithin|also|\()[^.;0-9]*$)");
    if (!says.is(between)) return false;
    auto begin = words_.rfind('=', number.span.begin);
    if (begin == std::string::npos || begin < last) begin = number.span.begin;
    auto end = words_.find_first_of(").,;", number.with_unit.end);
    if (end == std::string::npos) end = words_.size();
    target.equivalents.push_back({words_.substr(begin, end - begin), number.value, number.unit == Unit::Euro ? "EUR" : "COUNT", "ABSOLUTE_EQUIVALENT"});
    add_trap(target, "DOUBLE_VALUE_PERCENT_AND_ABSOLUTE");
    target.inferred.emplace_back("decides", "zweimal gesagt: Prozent und Personen");
    extra_uses_.emplace_back(targets_.size() - 1, s_.text.raw(number.span));
    return true;
  }

  // "zwischen 0,5 und 1 Prozent": the first number opens the range and takes the second; true for the second.
  bool take_range(std::size_t index, TargetRead& target) {
    for (const auto& finding : s_.bounds) {
      if (finding.code() != "RANGE") continue;
      const Numeral* low = nullptr;
      const Numeral* high = nullptr;
      for (const auto other : candidates_) {
        const auto& number = s_.numbers[other];
        if (!finding.span.meets(number.span) && !(number.span.begin >= finding.span.end && number.span.begin - finding.span.end < 12)) continue;
        (low ? high : low) = &number;
        if (high) break;
      }
      if (!low || !high) continue;
      if (&s_.numbers[index] == low) {
        if (std::find(ranges_.begin(), ranges_.end(), low) != ranges_.end()) return true;
        auto& first = const_cast<Numeral&>(*low);  // the unit stands behind the second number
        if (first.unit == Unit::None) first.unit = high->unit;
        target.low = magnitude(low->value);
        target.high = magnitude(high->value);
        return false;
      }
      if (&s_.numbers[index] == high) return true;
    }
    return false;
  }

  void finish(TargetRead& target, const Numeral& number, const Stance& stance, const Finding* direction, const Wording& wording, const IndicatorRow& row) {
    target.evidence.push_back(s_.text.raw());
    target.number = s_.text.raw(number.span);
    target.value_raw = value_words(number, direction, wording);
    for (const auto& trap : number.traps) add_trap(target, trap);
    if (stance.rule) add_trap(target, std::string(stance.rule->attribute("trap")));
    if (!target.explicit_bound && target.measure != "RATIO") add_trap(target, "COMPARATOR_IMPLIED");
    if (target.measure == "RELATIVE_CHANGE" && row.unit == "PERCENT") add_trap(target, "PERCENT_OF_A_RATE");
    if (target.measure == "RELATIVE_CHANGE" && row.unit == "PERCENT" && !target.value.digits == false && magnitude(target.value).exact() <= base::Exact(1) / 2) add_trap(target, "PERCENT_VS_POINTS_DOUBT");
    if (target.direction == "LIMIT_DECREASE") add_trap(target, "ALLOWED_DECREASE");
    if (target.literal == ">=" && target.direction == "DECREASE") add_trap(target, "MINDESTENS_ON_DECREASE");
    if (number.plus && target.effective == "<=") add_trap(target, "PLUS_SIGN_IS_UPPER_BOUND");
    if (target.signed_value.digits < 0 && !number.minus) add_trap(target, "SIGN_FROM_VERB");
    take_condition(target);
    if (s_.paper->under(s_.block, "PROCEDURE")) add_trap(target, "HIDDEN_IN_PROCEDURE_SECTION");
    static const RE2 per(R"((?i)\b(?:je|pro) (\w+(?:coach|lotse|begleiter|kraft|fachkraft|manager|betreuer|äquivalent)\w*))");
    std::string unit;
    if (RE2::PartialMatch(piece(words_), per, &unit)) target.per = unit;
  }

  // "Sofern der Eingliederungstitel …, nehmen mindestens 60 …": the words of the condition.
  void take_condition(TargetRead& target) const {
    static const Words condition(R"((?i)^\W*(?:sofern|soweit|vorausgesetzt|unter der Voraussetzung|unter dem Vorbehalt|falls)\b)");
    static const Words success(R"((?i)(?:erreicht|erfüllt|eingehalten))");
    for (const auto& clause : s_.clauses) {
      const auto words = words_.substr(clause.begin, clause.end - clause.begin);
      if (condition.in(words) && !success.in(words_.substr(0, clause.begin))) target.condition = words.substr(words.find_first_not_of(' '));
    }
  }

  std::string value_words(const Numeral& number, const Finding* direction, const Wording& wording) const {
    auto begin = number.with_unit.begin;
    static const RE2 lead(R"((?i)((?:\b(?:um|auf|nicht|mehr|weniger|als|mindestens|höchstens|maximal|unter|über|wenigstens|bis|zu|von|zwischen) )+)$)");
    re2::StringPiece found;
    const auto head = folded(words_.substr(0, begin));
    if (RE2::PartialMatch(piece(head), lead, &found)) begin -= found.size();
    auto end = number.with_unit.end;
    if (wording.change && direction && direction->span.begin >= end && direction->span.begin - end < 60) end = direction->span.end;
    return words_.substr(begin, end - begin);
  }

  // HOLD and its like need no number: "entspricht dem Vorjahr", "nicht vergrößert", "Stagnation".
  void read_without_number() {
    if (s_.directions.empty() || !candidates_.empty()) return;
    const Finding* hold = nullptr;
    for (const auto& finding : s_.directions) {
      if (finding.code() == "HOLD" || finding.code().starts_with("NOT_")) hold = hold && hold->code() != "HOLD" ? hold : &finding;
    }
    if (!hold) return;
    const auto stance = stance_of(hold->span);
    if (!agreed(stance)) return;
    std::optional<Quantity> quantity = inherited_;
    for (const auto& indicator : s_.indicators) {
      const bool in_short_form = std::any_of(short_forms_.begin(), short_forms_.end(), [&](const ShortForm& form) { return form.span.covers(indicator.span); });
      if (in_short_form || (indicator.span.begin > hold->span.end && quantity && quantity->finding)) continue;
      const bool better = !quantity || !quantity->finding || s_.clause_at(indicator.span.begin) == s_.clause_at(hold->span.begin);
      if (better) quantity = Quantity{indicator.code(), std::string(indicator.rule->attribute("gruppe")), &indicator, ""};
    }
    if (!quantity) return;
    const auto* row = rule_book().indicator(quantity->code);
    if (!row) return;
    const auto* reference = reference_of(nullptr);
    // "soll stabilisiert werden" names no level to keep: a direction, not a nought (agreements.md, pitfall 43).
    static const Words says_nought(R"((?i)Stagnation|stagnier|unverändert|gleich ?(?:bleib|gebl)|bleib\w* [^.;]*?gleich|wie im Vorjahr|Vorjahresniveau|nicht)");
    if (!reference && (s_.indicators.empty() || !says_nought.in(words_.substr(hold->span.begin, hold->span.end - hold->span.begin)))) return;
    TargetRead target;
    target.block = s_.block;
    Numeral nothing{.span = hold->span, .with_unit = hold->span};
    fill_code(target, *quantity, group_of(nothing, *quantity));
    fill_time(target, *row, *quantity, hold->span);
    target.measure = quantity->code == "GENDER_GAP_INTEGRATION_RATE" ? "POINT_CHANGE" : "RELATIVE_CHANGE";
    target.unit = target.measure == "POINT_CHANGE" ? "PERCENTAGE_POINT" : "PERCENT";
    Wording wording{.change = true, .hold = true};
    if (hold->code() == "NOT_UP") wording.bound = "<=";
    if (hold->code() == "NOT_DOWN") wording.bound = ">=";
    settle(target, wording);
    fill_reference(target, reference, true);
    target.evidence.push_back(s_.text.raw());
    target.value_raw = words_.substr(hold->span.begin, hold->span.end - hold->span.begin);
    if (short_forms_.empty()) add_trap(target, "NO_NUMBER");
    if (stance.rule) add_trap(target, std::string(stance.rule->attribute("trap")));
    static const Words equal(R"((?i)entspr)");
    if (equal.in(target.value_raw)) add_trap(target, "EQUALITY_WORDING_ENTSPRICHT");
    if (!target.explicit_bound) add_trap(target, "COMPARATOR_IMPLIED");
    if (target.code == "GENDER_GAP_INTEGRATION_RATE") add_trap(target, "GAP_SIGN_CONVENTION");
    target.inferred.emplace_back("value", "Wort statt Zahl: 0");
    targets_.push_back(std::move(target));
  }

  void attach_short_forms() {
    for (const auto& form : short_forms_) {
      const auto& number = s_.numbers[form.number];
      const EquivalentRead equivalent{words_.substr(form.span.begin, form.span.end - form.span.begin), number.value, unit_code(number.unit == Unit::None ? Unit::Percent : number.unit), "SHORT_FORM"};
      auto fits = std::find_if(targets_.begin(), targets_.end(), [&](const TargetRead& target) { return target.code == form.code && target.unit != "COUNT"; });
      if (fits == targets_.end() && targets_.size() == 1) fits = targets_.begin();
      if (fits != targets_.end()) {
        fits->equivalents.push_back(equivalent);
        if (form.code == "INTEGRATION_RATE") add_trap(*fits, "SHORT_FORM_LOOKS_LIKE_LEVEL");
        if (number.plus && fits->effective == "<=") add_trap(*fits, "PLUS_SIGN_IS_UPPER_BOUND");
        for (const auto& trap : number.traps) add_trap(*fits, trap);
        extra_uses_.emplace_back(static_cast<std::size_t>(fits - targets_.begin()), s_.text.raw(number.span));
      }
    }
    for (const auto& [index, raw] : extra_uses_) targets_[index].uses.push_back(raw);
  }

  const Statement& s_;
  const std::optional<Quantity>& inherited_;
  const Stance& lead_;
  const std::string& words_;
  std::vector<ShortForm> short_forms_;
  std::vector<std::size_t> candidates_;
  std::vector<const Numeral*> ranges_;
  std::vector<TargetRead> targets_;
  std::vector<std::pair<std::size_t, Span>> extra_uses_;
};

}  // namespace

void settle(TargetRead& target, const Wording& wording) {
  const auto* row = rule_book().indicator(target.code);
  const bool high = !row || row->high_is_good;
  const std::string by_polarity = high ? ">=" : "<=";
  target.literal = wording.bound.empty() ? "=" : wording.bound;
  target.explicit_bound = !wording.bound.empty();
  const bool change = target.measure == "RELATIVE_CHANGE" || target.measure == "POINT_CHANGE" || target.measure == "ABSOLUTE_CHANGE";
  if (target.low) {
    // Over-fulfilment counts as reached: the bound nearer to "worse" decides.
    const bool down = change && (wording.sign < 0 || (wording.sign == 0 && !high));
    const auto deciding = down ? (high ? *target.high : *target.low) : (high ? *target.low : *target.high);
    target.value = deciding;
    target.signed_value = down ? negative(deciding) : deciding;
    target.effective = by_polarity;
    target.direction = "CORRIDOR";
    return;
  }
  if (!change) {
    target.signed_value = target.value;
    target.effective = wording.bound.empty() ? by_polarity : wording.bound;
    target.direction = target.effective[0] == '>' ? "LEVEL_MIN" : "LEVEL_MAX";
    if (target.measure == "RATIO") target.direction = "INCREASE";
    return;
  }
  if (wording.hold || target.value.digits == 0) {
    target.signed_value = target.value;
    target.effective = wording.bound.empty() || wording.bound == "=" ? by_polarity : wording.bound;
    target.direction = "HOLD";
    return;
  }
  // No word of direction: success is the direction ("Veränderung 2,0 %" of a rate).
  const int sign = wording.sign != 0 ? wording.sign : high ? 1 : -1;
  target.signed_value = sign < 0 ? negative(target.value) : target.value;
  const bool down = sign < 0;
  if (wording.bound.empty()) {
    target.effective = by_polarity;
    target.direction = down ? (high ? "LIMIT_DECREASE" : "DECREASE") : (high ? "INCREASE" : "LIMIT_INCREASE");
    return;
  }
  const bool at_least = wording.bound[0] == '>';
  const bool strict = wording.bound.size() == 1;
  // "sinkt um mindestens 2 %" is -2 or lower; "sinkt um nicht mehr als 2 %" is -2 or higher.
  target.effective = (at_least != down) ? (strict ? ">" : ">=") : (strict ? "<" : "<=");
  target.direction = at_least ? (down ? "DECREASE" : "INCREASE") : (down ? "LIMIT_DECREASE" : "LIMIT_INCREASE");
}

std::vector<TargetRead> targets_of(const Statement& statement, const std::optional<Quantity>& quantity, const Stance& lead) {
  return SentenceReader(statement, quantity, lead).read();
}

}  // namespace zielwerk::reader
