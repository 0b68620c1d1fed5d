#include "drafting/target_words.h"

#include <array>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "drafting/german.h"
#include "drafting/phrases.h"
#include "drafting/reference_words.h"

namespace zielwerk::drafting {
namespace {

using base::Decimal;

constexpr auto contradictory = "target_contradictory";

Decimal magnitude(Decimal value) { return {value.digits < 0 ? -value.digits : value.digits, value.places}; }

IndicatorWords words_of(const Part& indicator) {
  const auto code = indicator.text("code");
  if (auto words = indicator_words(code + "+" + indicator.text("subgroup"))) return *words;
  if (auto words = indicator_words(code)) return *words;
  indicator.words("indicator", "code");  // says that there are none
  return {"die", code, true, "-", ""};
}

std::string noun_of(const Part& indicator, const IndicatorWords& words) {
  static constexpr std::array slots = {"{der}", "{von}", "{unter}"};
  const auto forms = base::split(indicator.words("subgroup", "subgroup"), '|');
  auto noun = words.noun;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto at = noun.find(slots[i]);
    if (at == std::string::npos) continue;
    return noun.replace(at, std::string_view(slots[i]).size(), forms.size() == 3 ? " " + std::string(base::trim(forms[i])) : "");
  }
  const auto subgroup = indicator.text("subgroup");
  if (subgroup == "ALL_ZKT_OF_LAND" || subgroup == "ALL_GE") return noun + " " + std::string(base::trim(forms.front()));  // whose figure, not a part of it
  const bool own_name = indicator_words(indicator.text("code") + "+" + subgroup).has_value();
  if (forms.size() == 3 && !own_name) indicator.problem("field_not_expressible", fmt::format("„{}“ wird nicht nach Gruppen unterschieden.", words.noun), "subgroup");
  return noun;
}

std::string with_kennzahl(const Part& indicator, std::string noun) {
  const auto kennzahl = indicator.text("kennzahl");
  return kennzahl.empty() ? noun : fmt::format("{} ({})", noun, kennzahl);
}

// The effective comparator that the words will be read as; nullopt: direction and literal comparator do not go together.
std::optional<std::string> read_as(const std::string& direction, const std::string& literal, bool more_is_good) {
  static const std::map<std::pair<std::string, std::string>, std::string> table = {
      {{"INCREASE", ">="}, ">="},       {{"INCREASE", ">"}, ">"},        {{"DECREASE", ">="}, "<="},       {{"DECREASE", ">"}, "<"},
      {{"LIMIT_INCREASE", "<="}, "<="}, {{"LIMIT_INCREASE", "<"}, "<"},  {{"LIMIT_DECREASE", "<="}, ">="}, {{"LIMIT_DECREASE", "<"}, ">"},
      {{"HOLD", ">="}, ">="},           {{"HOLD", "<="}, "<="},          {{"LEVEL_MIN", ">="}, ">="},      {{"LEVEL_MIN", ">"}, ">"},
      {{"LEVEL_MAX", "<="}, "<="},      {{"LEVEL_MAX", "<"}, "<"}};
  const bool plain = literal == "=" && (direction == "HOLD" || direction == (more_is_good ? "INCREASE" : "DECREASE") || direction == (more_is_good ? "LEVEL_MIN" : "LEVEL_MAX"));
  if (plain) return more_is_good ? ">=" : "<=";
  const auto found = table.find({direction, literal});
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

class Sentence {
 public:
  Sentence(Manuscript& paper, const Part& target)
      : paper_(paper),
        target_(target),
        indicator_(target.part("indicator")),
        words_(words_of(indicator_)),
        measure_(target.text("measure")),
        direction_(target.text("direction")),
        literal_(target.text("comparator_literal")),
        unit_(target.text("unit")),
        value_(target.number("value").value_or(Decimal{})),
        signed_(target.number("signed_value").value_or(Decimal{})) {}

  std::string say() {
    check();
    return fmt::format("Das Ziel ist erreicht, wenn {} {}{}{}.", subject(), predicate(), waiting(), closing_equivalents());
  }

  std::string noun_in_table() const { return with_kennzahl(indicator_, noun_of(indicator_, words_)); }
  const IndicatorWords& words() const { return words_; }

  void check() {
    const auto effective = target_.text("comparator_effective");
    if (direction_ == "CORRIDOR") return check_corridor(effective);
    const bool falls = direction_ == "DECREASE" || direction_ == "LIMIT_DECREASE";
    const bool hold = direction_ == "HOLD";
    if (!(signed_.exact() == (falls ? Decimal{-value_.digits, value_.places} : value_).exact()) || value_.digits < 0 || (hold && value_.digits != 0)) {
      target_.problem(contradictory, fmt::format("Wert {}, Vorzeichenwert {} und Richtung {} passen nicht zusammen.", value_.german(), signed_.german(), direction_), "signed_value");
    }
    const auto expected = read_as(direction_, literal_, words_.more_is_good);
    if (!expected || *expected != effective) {
      target_.problem(contradictory,
                      fmt::format("Richtung {}, Vergleich „{}“ im Wortlaut und „{}“ bei der Prüfung lassen sich nicht in einem Satz sagen, der bei dieser Größe eindeutig ist.", direction_, literal_, effective),
                      "direction");
    }
    // "den Wert erreicht" leaves the bound to the reader, "unterschreitet nicht" says it.
    const bool said = literal_ != "=";
    if (target_.flag("comparator_explicit") != said && !(hold && literal_ == ">=")) {
      target_.problem(contradictory, fmt::format("Der Vergleich „{}“ ist im Satz {}, die Angabe sagt das Gegenteil.", literal_, said ? "ausdrücklich" : "nicht ausdrücklich"), "comparator_explicit");
    }
  }

 private:
  void check_corridor(const std::string& effective) {
    low_ = target_.number("value_low").value_or(Decimal{});
    high_ = target_.number("value_high").value_or(Decimal{});
    lower_decides_ = magnitude(signed_) == low_;
    const bool rises = signed_.digits >= 0;
    const auto expected = lower_decides_ == rises ? ">=" : "<=";
    const bool fits = literal_ == "RANGE" && !target_.flag("comparator_explicit") && magnitude(signed_) == value_ && (lower_decides_ || value_ == high_) && effective == expected;
    if (!fits) target_.problem(contradictory, "Unter- und Obergrenze, entscheidender Wert und Vergleich des Korridors passen nicht zusammen.", "direction");
  }

  std::string subject() {
    const bool average = target_.text("aggregation") == "ANNUAL_AVERAGE";
    return fmt::format("{} {}{} {}", words_.article, average ? "jahresdurchschnittliche " : "", with_kennzahl(indicator_, noun_of(indicator_, words_)),
                       time_words(paper_, target_, words_.aggregation));
  }

  std::string per() const {
    const auto what = target_.text("per");
    return what.empty() ? "" : " je " + what;
  }

  std::string waiting() const {
    const auto waiting = target_.text("wartezeit");
    return waiting.empty() ? "" : fmt::format(" (Wartezeit {})", waiting);
  }

  std::string amount(const Decimal& value, bool counted = false) { return quantity(paper_, value, unit_, counted ? words_.counted : "") + per() + absolute_equivalent(); }

  std::string bound() const {
    if (literal_ == ">=") return "mindestens ";
    if (literal_ == "<=") return measure_ == "LEVEL" || measure_ == "GAP_TO_REFERENCE" ? "höchstens " : "nicht mehr als ";
    return literal_ == ">" ? "mehr als " : literal_ == "<" ? "weniger als " : "";
  }

  bool unit_fits() const {
    static const std::map<std::string, std::string> units = {{"RELATIVE_CHANGE", "PERCENT"}, {"POINT_CHANGE", "PERCENTAGE_POINT"}, {"RATIO", "FACTOR"}, {"RANK", "RANK"}, {"GAP_TO_REFERENCE", "PERCENTAGE_POINT"}};
    const auto found = units.find(measure_);
    if (found != units.end()) return unit_ == found->second;
    return unit_ != "FACTOR" && unit_ != "RANK" && (measure_ == "LEVEL" || unit_ != "PERCENT");
  }

  std::string predicate() {
    if (!unit_fits()) target_.problem(contradictory, fmt::format("Die Einheit {} passt nicht zu {}.", unit_, measure_), "unit");
    if (measure_ == "LEVEL") return level();
    if (measure_ == "RANK") return rank();
    if (measure_ == "RATIO") return ratio();
    if (measure_ == "GAP_TO_REFERENCE") return gap();
    return change();
  }

  std::string level() {
    const auto base = base_value_words(paper_, target_);
    if (direction_ == "CORRIDOR") return fmt::format("zwischen {} und {} liegt{}{}", number(low_, places()), amount(high_), base, deciding());
    if (unit_ == "GRADE") return grade() + base;
    return level_words(base);
  }

  std::string level_words(const std::string& base) {
    if (literal_ == ">" || literal_ == "<") return fmt::format("{} {} liegt{}", literal_ == ">" ? "über" : "unter", amount(value_), base);
    if (literal_ == "=") return fmt::format("den Wert von {} erreicht{}", amount(value_), base);
    return fmt::format("{}{} beträgt{}", bound(), amount(value_), base);
  }

  std::string grade() {
    const auto note = number(value_, 1);
    if (literal_ == "<" && indicator_.text("code") == "CUSTOMER_SATISFACTION") return fmt::format("unter dem Wert von {} liegt", note);
    if (literal_ != "=" && literal_ != "<=") target_.problem("field_not_expressible", "Eine Note lässt sich nur als „Note n“ oder „Note n oder besser“ sagen.", "comparator_literal");
    return fmt::format("die Note {}{} erreicht", note, literal_ == "<=" ? " oder besser" : "");
  }

  std::string rank() {
    if (literal_ != "=" && literal_ != "<=") target_.problem("field_not_expressible", "Ein Rang lässt sich nur als „Rang n“ oder „Rang n oder besser“ sagen.", "comparator_literal");
    if (target_.part("reference").text("type") != "COMPARISON_TYPE") target_.problem("field_not_expressible", "Ein Rang lässt sich nur im Vergleichstyp sagen.", "reference");
    same_year(target_.part("reference"));
    return fmt::format("Rang {}{} erreicht", number(value_, 0), literal_ == "<=" ? " oder besser" : "");
  }

  std::string ratio() {
    static const std::map<std::string, std::string> verbs = {{"2", "verdoppelt"}, {"3", "verdreifacht"}, {"4", "vervierfacht"}, {"0,5", "halbiert"}};
    const auto factor = number(value_, 0);
    const auto verb = verbs.find(factor);
    const auto against = reference_words(paper_, target_).against;
    if (verb != verbs.end()) return fmt::format("sich {} {}{}", against, literal_ == "=" ? "" : bound(), verb->second);
    const bool falls = direction_ == "LEVEL_MAX" || direction_ == "DECREASE";
    return fmt::format("{} auf {}das {}-fache {}", against, bound(), factor, falls ? "sinkt" : "steigt");
  }

  // The indicator's name says with what average.
  std::string gap() {
    const auto reference = target_.part("reference");
    if (reference.text("type") != "STATE_AVERAGE") target_.problem("field_not_expressible", "Ein Abstand lässt sich nur zum Landesdurchschnitt sagen.", "reference");
    same_year(reference);
    return level_words("");
  }

  // An average or a ranking of another year than the result's has no words.
  void same_year(const Part& reference) {
    const auto year = reference.whole("year");
    if (year && year != target_.part("period").whole("year")) reference.problem("field_not_expressible", "Verglichen wird im selben Jahr.", "year");
  }

  std::string change() {
    const auto reference = reference_words(paper_, target_);
    if (direction_ == "HOLD") return hold(reference);
    const bool falls = direction_ == "DECREASE" || direction_ == "LIMIT_DECREASE" || (direction_ == "CORRIDOR" && signed_.digits < 0);
    const char* verb = falls ? "sinkt" : "steigt";
    if (direction_ == "CORRIDOR") return fmt::format("{} um {} bis {} {}{}", reference.against, number(low_, places()), amount(high_, true), verb, deciding());
    return fmt::format("{} um {}{} {}", reference.against, bound(), amount(value_, true), verb);
  }

  // Without a number the words mean percent, of a gap percentage points; anything else is said.
  std::string hold(const ReferenceWords& reference) {
    const bool gap = indicator_.text("code") == "GENDER_GAP_INTEGRATION_RATE";
    const char* measured = measure_ == "RELATIVE_CHANGE" ? "Prozent" : measure_ == "POINT_CHANGE" ? "Prozentpunkten" : "absoluten Zahlen";
    const auto nothing = measure_ == (gap ? "POINT_CHANGE" : "RELATIVE_CHANGE") ? "" : fmt::format(" (gemessen in {})", measured);
    if (measure_ == "ABSOLUTE_CHANGE" && unit_ != "COUNT" && unit_ != "EUR") target_.problem("field_not_expressible", "„Wie im Vorjahr“ lässt sich nur für Zahlen und Beträge sagen.", "unit");
    if (literal_ == "<=") return fmt::format("{} nicht überschreitet{}", reference.accusative, nothing);
    if (literal_ == "=") return fmt::format("{} entspricht{}", reference.dative, nothing);
    return fmt::format("{} {}{}", reference.accusative, target_.flag("comparator_explicit") ? "nicht unterschreitet" : "erreicht", nothing);
  }

  std::string deciding() const { return fmt::format("; maßgeblich ist die {} Grenze", lower_decides_ ? "untere" : "obere"); }
  int places() const { return unit_ == "PERCENT" || unit_ == "PERCENTAGE_POINT" ? 1 : 0; }

  std::string absolute_equivalent() {
    std::string all;
    for (const auto& one : target_.parts("equivalents")) {
      if (one.text("relation") == "ABSOLUTE_EQUIVALENT") all += fmt::format(" (= {})", said_again(one, false));
    }
    return all;
  }

  std::string said_again(const Part& equivalent, bool signed_value) const {
    const auto value = equivalent.number("value");
    if (!value) equivalent.problem("field_missing", "Die gleichbedeutende Angabe hat keine Zahl.", "value");
    return quantity(paper_, value.value_or(Decimal{}), equivalent.text("unit"), words_.counted, signed_value);
  }

  std::string closing_equivalents() {
    std::vector<std::string> all;
    const auto kennzahl = indicator_.text("kennzahl");
    for (const auto& one : target_.parts("equivalents")) {
      const auto relation = one.text("relation");
      const bool level = measure_ == "LEVEL";
      if (relation == "SHORT_FORM") all.push_back(fmt::format("{} = {}", kennzahl.empty() ? (level ? "Zielwert" : "Veränderung") : kennzahl, said_again(one, !level)));
      if (relation == "WORD_FORM") all.push_back(word_form(one));
      if (relation == "DERIVED") all.push_back("das entspricht " + said_again(one, false));
      if (relation == "DERIVED_ROUNDED") all.push_back("das entspricht rund " + said_again(one, false));
      if (relation == "ABSOLUTE_EQUIVALENT" && (direction_ == "HOLD" || measure_ == "RATIO" || measure_ == "RANK" || unit_ == "GRADE")) all.push_back("= " + said_again(one, false));
    }
    return all.empty() ? "" : " (" + base::join(all, "; ") + ")";
  }

  std::string word_form(const Part& equivalent) const {
    const auto value = equivalent.number("value");
    equivalent.text("unit");
    const auto raw = equivalent.text("raw");
    if (raw.empty() || (value && value->digits != 0)) equivalent.problem("field_not_expressible", "Nur für „keine Veränderung“ gibt es ein Wort.", "raw");
    return raw;
  }

  Manuscript& paper_;
  const Part& target_;
  Part indicator_;
  IndicatorWords words_;
  std::string measure_;
  std::string direction_;
  std::string literal_;
  std::string unit_;
  Decimal value_;
  Decimal signed_;
  Decimal low_;
  Decimal high_;
  bool lower_decides_ = true;
};

}  // namespace

std::string indicator_phrase(const Part& indicator, bool with_article) {
  const auto words = words_of(indicator);
  return (with_article ? words.article + " " : "") + with_kennzahl(indicator, noun_of(indicator, words));
}

std::string quantity(const Manuscript& paper, const Decimal& value, const std::string& unit, const std::string& counted, bool signed_value) {
  static const std::map<std::string, std::pair<std::string, std::string>> words = {
      {"PERCENTAGE_POINT", {"Prozentpunkte", "Prozentpunkte"}}, {"POINTS", {"Punkt", "Punkte"}},
      {"DAYS", {"Tag", "Tage"}},                                {"WEEKS", {"Woche", "Wochen"}},  {"WORKING_DAYS", {"Arbeitstag", "Arbeitstage"}},
      {"PERSONS_PER_STAFF", {"Person je Fachkraft", "Personen je Fachkraft"}}, {"PER_100_DECISIONS", {"je 100 Entscheidungen", "je 100 Entscheidungen"}}};
  const int places = unit == "PERCENT" || unit == "PERCENTAGE_POINT" ? 1 : 0;
  const auto digits = signed_value ? with_sign(value, places) : number(value, places);
  if (unit == "PERCENT") return digits + " " + paper.percent();
  if (unit == "GRADE") return "Note " + digits;
  if (unit == "RANK") return "Rang " + digits;
  if (unit == "FACTOR") return digits + "-fach";
  if (unit == "EUR") return digits + (paper.form() == Template::Ge ? " €" : " Euro");
  if (unit == "COUNT") return counted.empty() ? digits : digits + " " + counted;
  const auto found = words.find(unit);
  if (found == words.end()) return digits;
  return digits + " " + (magnitude(value) == Decimal{1, 0} ? found->second.first : found->second.second);
}

std::string target_sentence(Manuscript& paper, const Part& target) { return Sentence(paper, target).say(); }

bool fits_table(const Manuscript& paper, const Part& target) {
  for (const auto* term : {"reference", "equivalents", "per", "condition", "weight", "deadline", "responsible_party", "place", "tolerance", "wartezeit", "bands"}) {
    if (target.has(term)) return false;
  }
  for (const auto& milestone : paper.agreement().parts("milestones")) {
    if (milestone.text("target") == target.text("id")) return false;
  }
  const auto period = target.part("period");
  return target.text("measure") == "LEVEL" && target.text("direction") != "CORRIDOR" && period.text("type") == "CALENDAR_YEAR" && period.whole("year") == paper.year();
}

TableWords table_words(Manuscript& paper, const Part& target) {
  Sentence sentence(paper, target);
  sentence.check();
  const auto aggregation = target.text("aggregation");
  auto measure = sentence.noun_in_table();
  if (aggregation == "ANNUAL_AVERAGE") measure += " im Jahresdurchschnitt";
  else if (aggregation != sentence.words().aggregation) measure += " " + time_words(paper, target, sentence.words().aggregation);
  return {with_capital(measure), target.text("comparator_literal"), quantity(paper, target.number("value").value_or(Decimal{}), target.text("unit"), "")};
}

}  // namespace zielwerk::drafting
