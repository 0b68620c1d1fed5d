#include "reader/target.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <re2/re2.h>

#include "reader/passages.h"
#include "reader/words.h"
#include "reader/movement.h"

namespace zielwerk::reader {
namespace {

using base::Decimal;

Decimal magnitude(Decimal value) {
  if (value.digits < 0) value.digits = -value.digits;
  return value;
}

// Reads one sentence.
class SentenceReader : Movement {
 public:
  SentenceReader(const Statement& statement, const std::optional<Quantity>& quantity, const Stance& lead) : Movement(statement, quantity, lead) {}

  std::vector<TargetRead> read() {
    find_short_forms();
    find_candidates();
    for (const auto index : candidates_) read_number(index);
    if (targets_.empty()) read_without_number();
    if (targets_.empty()) read_short_form();
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

  // "Zielwert für den Bestand …: K3 = - 0,4 Prozent": the short form is all there is, and a change.
  void read_short_form() {
    if (short_forms_.empty() || !candidates_.empty()) return;
    for (const auto& form : short_forms_) candidates_.push_back(form.number);
    alone_ = std::exchange(short_forms_, {});
    only_short_form_ = true;
    for (const auto index : std::vector(candidates_)) read_number(index);
  }

  // "K2: + 1,5 % K3: - 2,0 %": each number has its label before it.
  std::optional<Quantity> quantity_of_form(std::size_t number) const {
    const auto form = std::find_if(alone_.begin(), alone_.end(), [&](const ShortForm& one) { return one.number == number; });
    for (const auto& indicator : s_.indicators) {
      if (form != alone_.end() && indicator.span.begin == form->span.begin) return Quantity{form->code, form->subgroup, &indicator, ""};
    }
    return std::nullopt;
  }

  bool is_short_form(std::size_t number) const {
    return std::any_of(short_forms_.begin(), short_forms_.end(), [&](const ShortForm& form) { return form.number == number; });
  }

  void find_candidates() {
    for (std::size_t i = 0; i < s_.numbers.size(); ++i) {
      const auto& number = s_.numbers[i];
      if (!number.explained.empty() || is_short_form(i)) continue;
      if (number.unit == Unit::Months || number.unit == Unit::Years) continue;
      // "innerhalb von zehn Arbeitstagen ein Erstgespräch": how fast, where a share is agreed.
      const bool days = number.unit == Unit::Days || number.unit == Unit::WorkingDays || number.unit == Unit::Weeks;
      const auto speaks = [&](std::string_view code) { return std::any_of(s_.indicators.begin(), s_.indicators.end(), [&](const Finding& one) { return one.code() == code; }); };
      if (days && speaks("FIRST_TALK_SHARE") && !speaks("COUNSELLING_WAIT") && !speaks("PROCESSING_DAYS")) continue;
      candidates_.push_back(i);
    }
  }

  void read_number(std::size_t index) {
    const auto& number = s_.numbers[index];
    const auto stance = stance_of(number.span);
    if (!agreed(stance) || (s_.bounds.empty() && s_.directions.empty() && (stance.weak || stance.role.empty()) && of_earlier_year())) return;
    if (absolute_equivalent(number)) return;
    const auto quantity = only_short_form_ ? quantity_of_form(index) : quantity_of(number);
    if (!quantity) return;
    const auto* row = rule_book().indicator(quantity->code);
    TargetRead target;
    target.block = s_.block;
    const auto* direction = direction_of(number);
    if (take_range(index, target)) return;
    if (!row || !plausible_unit(number, *row)) return;
    const bool in_percent = number.unit == Unit::Percent || number.unit == Unit::Points;
    if (in_percent && share_of(*quantity, *row)) return;
    if (steps_to_next(index)) return;
    if (s_.has_role("HAUSHALT") && number.unit == Unit::Euro) return;
    fill_code(target, *quantity, group_of(number, *quantity));
    fill_time(target, *row, *quantity, number.span);
    Wording wording;
    wording.bound = target.low ? "RANGE" : bound_of(number);
    wording.change = change_of(number, *quantity, direction, *row);
    // "5 % unter dem Vorjahr" is said of the budget, not of how far it is spent.
    if (quantity->code == "EGT_UTILISATION" && wording.change && (stance.weak || stance.role.empty())) return;
    if (number.unit == Unit::Percent && !wording.change && (row->unit == "COUNT" || row->unit == "EUR")) return;
    if (direction && !target.low) wording.sign = direction->code() == "UP" || direction->code() == "NOT_DOWN" ? 1 : direction->code() == "DOWN" || direction->code() == "NOT_UP" ? -1 : 0;
    if (direction && target.low) wording.sign = direction->code() == "DOWN" ? -1 : 1;
    wording.minus = number.minus;
    if (number.minus) wording.sign = -1;
    if (number.plus) wording.sign = 1;
    if (const auto* growth = growth_word(*quantity); growth && wording.change && !number.minus && !number.plus) {
      if (wording.bound.empty() && direction && direction->code().starts_with("NOT_")) wording.bound = direction->code() == "NOT_UP" ? "<=" : ">=";
      wording.sign = growth->code() == "UP" ? 1 : -1;
    }
    if (wording.change && wording.sign == 0) {
      static const Words fewer(R"((?i)^[^.;]{0,60}\bweniger\b)");
      wording.sign = fewer.in(words_.substr(number.span.end)) ? -1 : 0;
    }
    if (direction && wording.bound.empty() && !wording.change && (direction->code() == "NOT_UP" || direction->code() == "NOT_DOWN")) wording.bound = direction->code() == "NOT_UP" ? "<=" : ">=";
    if (target.low) wording.deciding = deciding_bound();
    if (!wording.change) level_bound(direction, wording);
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
    if (index > 0 && steps_.first == index) {
      const auto& step = s_.numbers[steps_.second];
      target.equivalents.push_back({words_.substr(step.with_unit.begin, step.with_unit.end - step.with_unit.begin), step.value, step.unit == Unit::None ? "COUNT" : unit_code(step.unit), "DERIVED"});
      target.uses.push_back(s_.text.raw(step.span));
    }
    targets_.push_back(std::move(target));
    in_each_year();
  }

  // "um 61 auf 4.150 Personen": the level decides, the step to it is derived.
  bool steps_to_next(std::size_t index) {
    const auto at = std::find(candidates_.begin(), candidates_.end(), index);
    if (at + 1 == candidates_.end() || !way(s_.numbers[index], "UM")) return false;
    const auto& next = s_.numbers[*(at + 1)];
    static const Words then(R"((?i)^ ?(?:Personen|Fälle|Integrationen|Menschen|Euro)? ?auf (?:dann |insgesamt |rund |mindestens |höchstens |nunmehr |jetzt )*$)");
    const auto end = s_.numbers[index].with_unit.end;
    if (next.span.begin < end || !then.is(words_.substr(end, next.span.begin - end))) return false;
    steps_ = {*(at + 1), index};
    return true;
  }

  // "in den Jahren 2023 und 2024 jeweils", "sowohl 2024 als auch 2025": a target of each year.
  void in_each_year() {
    static const Words both(R"((?i)\b(?:in den Jahren |sowohl(?: im Jahr| für)? |für die Jahre |jeweils in den Jahren )?(?:(?:19|20)\d\d)(?: und| als auch(?: im Jahr| für)?| wie|,) (?:(?:19|20)\d\d)\b)");
    static const Words each(R"((?i)\b(?:jeweils|in den Jahren|sowohl|für die Jahre|in jedem der beiden Jahre|in beiden Jahren|in jedem Jahr|je Jahr)\b)");
    static const Words all(R"((?i)\b(?:in jedem der beiden Jahre|in beiden Jahren|in jedem Jahr der Laufzeit)\b)");
    const bool whole_term = all.in(words_) && s_.paper->until == s_.paper->year + 1;
    if (candidates_.size() != 1 || !each.in(words_) || (!both.in(words_) && !whole_term)) return;
    std::vector<int> years;
    for (const auto& number : s_.numbers) {
      if (number.explained == "YEAR" && number.value.digits >= s_.paper->year && number.value.digits < s_.paper->year + 12) years.push_back(static_cast<int>(number.value.digits));
    }
    if (whole_term) years = {s_.paper->year, s_.paper->until};
    if (years.size() != 2 || years[0] == years[1]) return;
    auto again = targets_.back();
    targets_.back().year = years[0];
    again.year = years[1];
    for (auto* one : {&targets_.back(), &again}) {
      if (one->reference && one->reference->type == "PREVIOUS_YEAR") one->reference->year = one->year - 1;
    }
    targets_.push_back(std::move(again));
  }

  // "; maßgeblich ist die untere Grenze"
  std::string deciding_bound() const {
    static const Words lower(R"((?i)\b(?:maßgeblich|entscheidend|maßgebend)\b[^.;]*\b(?:untere|Untergrenze))");
    static const Words upper(R"((?i)\b(?:maßgeblich|entscheidend|maßgebend)\b[^.;]*\b(?:obere|Obergrenze))");
    return lower.in(words_) ? "LOWER" : upper.in(words_) ? "UPPER" : "";
  }

  static bool plausible_unit(const Numeral& number, const IndicatorRow& row) {
    const bool share = number.unit == Unit::Percent || number.unit == Unit::Points;
    if (share && (row.unit == "WORKING_DAYS" || row.unit == "WEEKS" || row.unit == "RANK" || row.unit == "GRADE" || row.unit == "POINTS" || row.unit == "PERSONS_PER_STAFF")) return number.plus || number.minus;
    if (share || number.unit == Unit::Factor) return true;
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
    if (target.unit != "PERSONS_PER_STAFF" && RE2::PartialMatch(piece(words_), per, &unit)) target.per = unit;
    if (target.measure == "RANK") target.reference = ReferenceRead{.type = "COMPARISON_TYPE"};
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
    // "Die Werte der Zeile IQ dürfen nicht unterschritten werden" reads a table, and agrees on nothing new.
    static const Words legend(R"((?i)\b(?:Werte?|Zahlen) (?:der|in|unter) (?:Zeilen?|Nummern?|Nrn?\.|Spalten?|Ziffern?|Buchstaben?)\b)");
    if (s_.directions.empty() || !candidates_.empty() || legend.in(words_)) return;
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
    // "den Wert des Vorjahres erreicht" is a least value of what shall be high, though no word says so.
    static const Words reached(R"((?i)\b(?:erreicht|hält|halten|gehalten)\b)");
    if (hold->code() == "HOLD" && target.effective == ">=" && target.literal == "=" && reached.in(words_.substr(hold->span.begin, hold->span.end - hold->span.begin))) target.literal = ">=";
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
    attach_word_form();
    for (const auto& [index, raw] : extra_uses_) targets_[index].uses.push_back(raw);
  }

  // "… entspricht dem Vorjahr (Stagnation)": nought, said again in a word.
  void attach_word_form() {
    static const Words word(R"((?i)\((?:[^()]*; )?(Stagnation|Nullwachstum|keine Veränderung)(?:; [^()]*)?\))");
    if (targets_.size() != 1 || targets_.front().direction != "HOLD") return;
    const auto found = match(word, words_);
    if (!found.empty()) targets_.front().equivalents.push_back({cut(words_, found[1]), {0, 0}, targets_.front().unit, "WORD_FORM"});
  }

  std::vector<ShortForm> short_forms_;
  std::vector<ShortForm> alone_;  // those that are all the sentence says
  std::pair<std::size_t, std::size_t> steps_;  // a level and the step to it
  std::vector<const Numeral*> ranges_;
  std::vector<TargetRead> targets_;
  std::vector<std::pair<std::size_t, Span>> extra_uses_;
};

}  // namespace

std::vector<TargetRead> targets_of(const Statement& statement, const std::optional<Quantity>& quantity, const Stance& lead) {
  return SentenceReader(statement, quantity, lead).read();
}

}  // namespace zielwerk::reader
