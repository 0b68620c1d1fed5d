#include "reader/movement.h"

#include <algorithm>

namespace zielwerk::reader {
bool Movement::change_of(const Numeral& number, const Quantity& quantity, const Finding* direction, const IndicatorRow& row) const {
  if (number.unit == Unit::Factor || quantity.code == "RANK_IN_COMPARISON_TYPE") return false;
  if (only_short_form_) return true;
  // A rate of nought is no level: "Veränderung 0,0 %".
  if (number.value.digits == 0 && (number.unit == Unit::Percent || number.unit == Unit::Points)) return true;
  if (growth_of(number, quantity, row)) return true;
  if (way(number, "AUF")) return false;
  if (way(number, "UM")) return true;
  // "sinkt 2021 unter 20 v. H."
  static const Words beyond(R"((?i)\b(?:unter|über)(?: (?:die|den) (?:Marke|Wert|Schwelle) von)? ?$)");
  if (!number.plus && !number.minus && beyond.in(words_.substr(0, number.span.begin)) && !reference_of(&number)) return false;
  if (number.plus || (number.minus && row.unit != "EUR")) return true;
  const auto head = words_.substr(0, number.with_unit.begin);
  static const Words level_word(R"((?i)\b(?:liegt|beträgt|betragen|liegen) (?:\w+ ){0,3}(?:bei|unter|über|mindestens|höchstens|auf)?[^.;,0-9]{0,25}$)");
  // Counts: "150 Personen weniger als im Vorjahr" is a change, "steigt über 900" a level.
  static const Words compared(R"((?i)\b(?:mehr|weniger)\b[^.;]*?\b(?:als (?:im|das|in|zum|Ende|am)|gegenüber|im Vergleich))");
  const bool of_count = number.unit == Unit::None || number.unit == Unit::Euro;
  if (of_count && compared.in(words_.substr(number.span.end))) return true;
  // A level that must not be fallen short of: "soll 64,5 % nicht unterschreiten".
  if (direction && direction->code().starts_with("NOT_")) return false;
  if (!direction || direction->code() == "HOLD") return number.unit == Unit::Points && quantity.code != "GENDER_GAP_INTEGRATION_RATE" && quantity.code != "GAP_TO_STATE_AVERAGE_INTEGRATION_RATE" && reference_of(&number);
  const bool near = direction->span.distance(number.span) < 60 || s_.clause_at(direction->span.begin) == s_.clause_at(number.span.begin);
  if (!near) return false;
  if (number.unit == Unit::Percent || number.unit == Unit::Points) return !(row.unit == "PERCENT" && number.unit == Unit::Percent && level_word.in(head) && !reference_of(&number));
  static const Words more(R"((?i)^[^.;,0-9]{0,30}(?:zusätzlich|mehr|weniger|hinzu)(?: \w+)?(?:$|[.,;]))");
  return of_count && more.in(words_.substr(number.with_unit.end));
}

bool Movement::growth_of(const Numeral& number, const Quantity& quantity, const IndicatorRow& row) const {
  if (number.unit != Unit::Percent && number.unit != Unit::Points) return false;
  static const Words of_before(R"((?i)^ ?(?:de[sr] (?:Vorjahres\w*|Wertes|Ergebnisses|Jahres)|vom Vorjahr))");
  if (number.unit == Unit::Percent && (row.unit == "COUNT" || row.unit == "EUR")) {
    const bool moves = std::any_of(s_.directions.begin(), s_.directions.end(), [](const Finding& one) { return one.code() != "HOLD"; });
    return (moves || reference_of(&number)) && !of_before.in(words_.substr(number.with_unit.end));
  }
  static const Words growth(R"((?i)\b(?:Steigerung|Zuwachs|Zuwächs|Anstieg|Erhöhung|Rückgang|Verringerung|Reduzierung|Absenkung|Senkung|Veränderung|Wachstum|Zunahme|Abnahme)\w* (?:der|des|im|in der|von|bei der|beim|an)(?: \w+){0,2} ?$)");
  static const Words limited(R"((?i)^[^.;]{0,40}\b(?:begrenzt|beschränkt|zu begrenzen|zu beschränken|begrenzen|beschränken)\b)");
  if (!quantity.finding || !growth.in(words_.substr(0, quantity.finding->span.begin))) return false;
  return !way(number, "AUF") || limited.in(words_.substr(number.with_unit.end));
}

bool Movement::of_earlier_year() const {
  bool before = false;
  for (const auto& number : s_.numbers) {
    if (number.explained != "YEAR") continue;
    if (number.value.digits >= s_.paper->year) return false;
    const bool compared = std::any_of(s_.references.begin(), s_.references.end(), [&](const Finding& one) { return one.span.meets(number.span); });
    const auto open = words_.rfind('(', number.span.begin);
    const bool aside = open != std::string::npos && words_.find(')', open) > number.span.begin;
    before = before || (!compared && !aside);
  }
  return before && s_.paper->year != 0;
}

const Finding* Movement::growth_word(const Quantity& quantity) const {
  const Finding* found = nullptr;
  for (const auto& direction : s_.directions) {
    const bool noun = (direction.code() == "UP" || direction.code() == "DOWN") && words_[direction.span.begin] >= 'A' && words_[direction.span.begin] <= 'Z';
    if (noun && quantity.finding && direction.span.end <= quantity.finding->span.begin && quantity.finding->span.begin - direction.span.end < 25 && s_.clause_at(direction.span.begin) == s_.clause_at(quantity.finding->span.begin)) found = &direction;
  }
  return found;
}

bool Movement::share_of(const Quantity& quantity, const IndicatorRow& row) const {
  static const Words share(R"((?i)\b(?:Anteil|Quote)\b[^.;]*$)");
  return row.unit == "COUNT" && quantity.finding && share.in(words_.substr(0, quantity.finding->span.end));
}

void Movement::level_bound(const Finding* direction, Wording& wording) const {
  if (!wording.bound.empty() || !direction) return;
  const auto word = words_.substr(direction->span.begin, direction->span.end - direction->span.begin);
  static const Words exceeds(R"((?i)überschr|überst|übertr)");
  static const Words falls_short(R"((?i)unterschr)");
  static const Words negated(R"((?i)\bnicht\b)");
  const bool is_not = negated.in(words_) || direction->code().starts_with("NOT");
  if (exceeds.in(word)) wording.bound = is_not ? "<=" : ">";
  if (falls_short.in(word)) wording.bound = is_not ? ">=" : "<";
}

}  // namespace zielwerk::reader
