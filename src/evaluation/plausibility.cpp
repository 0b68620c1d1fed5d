#include "evaluation/plausibility.h"

#include <algorithm>

#include <fmt/format.h>

namespace zielwerk::evaluation {
namespace {

using base::Exact;
using domain::Scale;
using domain::Target;
using domain::TargetAgreement;

std::string place(const Target& target) { return target.evidence.empty() ? target.id : fmt::format("{}, Zeile {}", target.id, target.evidence.front().line); }

class Checks {
 public:
  Checks(const TargetAgreement& agreement, const Words& words) : agreement_(agreement), words_(words) {}

  std::vector<Finding> run() {
    implied_stock();
    for (const auto& target : agreement_.targets) {
      said_twice(target);
      looks_like_level(target);
      known(target);
      not_computed(target);
      unusual_direction(target);
    }
    budget_parts();
    dates();
    state_rules();
    return std::move(findings_);
  }

 private:
  void find(Severity severity, std::string code, std::string where, std::string message) {
    findings_.push_back({severity, std::move(code), std::move(where), std::move(message)});
  }

  const Target* relative(std::string_view code, std::string_view subgroup) const {
    const auto found = std::find_if(agreement_.targets.begin(), agreement_.targets.end(), [&](const Target& target) {
      return target.indicator.code == code && target.indicator.subgroup == subgroup && target.scale == Scale::RelativeChange;
    });
    return found == agreement_.targets.end() ? nullptr : &*found;
  }

  // (1 + INT target) / (1 + K2 target) - 1 is the change of the mean stock that both targets together assume.
  void implied_stock() {
    for (const auto& [subgroup, people] : {std::pair{"", "ELB"}, std::pair{"LZB", "LZB"}}) {
      const auto* count = relative("INTEGRATIONS_COUNT", subgroup);
      const auto* rate = relative("INTEGRATION_RATE", subgroup);
      if (!count || !rate || rate->value.exact() == -100) continue;
      const Exact growth = ((100 + count->value.exact()) / (100 + rate->value.exact()) - 1) * 100;
      const auto rounded = base::round_half_away(growth, 1);
      const bool large = abs(growth) > 5;
      find(large ? Severity::Warning : Severity::Note, "IMPLIED_ELB_GROWTH", count->id + ", " + rate->id,
           fmt::format("Zahl der Integrationen {} % und Integrationsquote {} % passen nur zusammen, wenn der durchschnittliche Bestand an {} sich um {} % ändert.{}",
                       base::round_half_away(count->value.exact(), count->places()).german_with_sign(),
                       base::round_half_away(rate->value.exact(), rate->places()).german_with_sign(), people, rounded.german_with_sign(),
                       large ? " Das ist viel; ist es gewollt?" : ""));
    }
  }

  // "1,9 Prozent (= 50 Integrationen)" says how many there were last year, within rounding.
  void said_twice(const Target& target) {
    if (target.scale != Scale::RelativeChange || target.value.digits == 0) return;
    for (const auto& equivalent : target.equivalents) {
      if (!equivalent.value) continue;
      if (equivalent.unit == "PERCENT" && equivalent.relation == "SHORT_FORM" && !(abs(equivalent.value->exact()) == abs(target.value.exact()))) {
        find(Severity::Contradiction, "VALUE_TWICE_DIFFERS", place(target),
             fmt::format("Der Satz sagt {} %, die Kurzform „{}“ sagt {} %.", target.value.german(), equivalent.raw, equivalent.value->german()));
      }
      if (equivalent.unit != "COUNT" || equivalent.relation != "ABSOLUTE_EQUIVALENT" || equivalent.value->digits == 0) continue;
      const Exact half = Exact(1, 2 * base::power_of_ten(target.places()));
      const Exact percent = abs(target.value.exact());
      const Exact persons = abs(equivalent.value->exact());
      const base::Integer least = -base::floor(-Exact(persons * 100 / (percent + half)));
      std::string most = "nach oben offen";
      if (percent > half) most = base::round_half_away(Exact(base::floor(Exact(persons * 100 / (percent - half)))), 0).german();
      find(Severity::Note, "PERCENT_AND_PERSONS", place(target),
           fmt::format("{} % und „{}“ gehören nur zusammen, wenn es im Vorjahr {} bis {} waren; bitte mit dem Vorjahreswert vergleichen. Welche Angabe "
                       "entscheidet, sagt der Text nicht.",
                       target.value.german(), equivalent.raw, base::Rounded{least, 0}.german(), most));
    }
  }

  // "K2 = 9,9 Prozent" is a change, although K2 is by regulation a level.
  void looks_like_level(const Target& target) {
    if (target.scale == Scale::Level) return;
    for (const auto& equivalent : target.equivalents) {
      const bool names_kennzahl = equivalent.raw.starts_with("K") && equivalent.raw.find('=') != std::string::npos;
      if (equivalent.relation != "SHORT_FORM" || !names_kennzahl) continue;
      const bool upper_bound = target.bound == domain::Bound::AtMost && target.value.digits > 0;
      find(Severity::Warning, "SHORT_FORM_LOOKS_LIKE_LEVEL", place(target),
           fmt::format("„{}“ sieht wie ein Niveau der Kennzahl aus, gemeint ist die Veränderung zum Vorjahr{}. Besser ausschreiben.", equivalent.raw,
                       upper_bound ? " als Obergrenze" : ""));
    }
  }

  void known(const Target& target) {
    const base::Month month(agreement_.year, 12);
    if (indicators::subject(target.indicator.code, target.indicator.subgroup, month, words_.vocabulary, words_.declared)) return;
    find(Severity::Warning, "MEASURE_UNKNOWN", place(target),
         fmt::format("Für {} gibt es keine Messgröße; das Ziel bleibt „nicht bewertbar“, bis sie erklärt ist.", target.indicator.text()));
  }

  void not_computed(const Target& target) {
    if (target.scale != Scale::Other) return;
    find(Severity::Warning, "SCALE_NOT_COMPUTED", place(target), fmt::format("Ein Ziel der Art {} wird noch nicht berechnet.", target.scale_code));
  }

  void unusual_direction(const Target& target) {
    const base::Month month(agreement_.year, 12);
    const auto subject = indicators::subject(target.indicator.code, target.indicator.subgroup, month, words_.vocabulary, words_.declared);
    if (!subject || subject->figure.good == indicators::Good::Neutral) return;
    const bool wants_more = target.bound == domain::Bound::AtLeast || target.bound == domain::Bound::MoreThan;
    if (wants_more == (subject->figure.good == indicators::Good::Up)) return;
    find(Severity::Warning, "UNUSUAL_DIRECTION", place(target),
         fmt::format("{}: „{}“ ist die ungewöhnliche Richtung; gut ist bei dieser Größe ein {} Wert.", subject->figure.name, in_words(target.bound),
                     wants_more ? "niedriger" : "hoher"));
  }

  // The parts against the (rounded) total: 8.793.355 + 7.795.364 = 16.588.719, agreeing with "rd. 16,6 Mio.".
  void budget_parts() {
    const domain::Budget* total = nullptr;
    Exact parts = 0;
    int count = 0;
    for (const auto& budget : agreement_.budgets) {
      if (budget.code == "TOTAL") total = &budget;
      if (budget.code == "VWT" || budget.code == "EGT") {
        parts += budget.amount.exact();
        ++count;
      }
    }
    if (!total || count < 2) return;
    const bool agrees = within_rounding(*total, parts);
    find(agrees ? Severity::Note : Severity::Contradiction, "BUDGET_PARTS", total->id,
         fmt::format("Die Teile ergeben {} €; das {} mit „{}“.", base::round_half_away(parts, 0).german(), agrees ? "stimmt überein" : "widerspricht", total->raw));
  }

  void dates() {
    for (const auto& signature : agreement_.signatures) {
      if (signature.date_iso.empty()) {
        find(Severity::Warning, "DATE_UNCLEAR", signature.id,
             signature.date_raw.empty() ? "Die Unterschrift hat kein Datum."
                                        : fmt::format("Das Datum „{}“ ist unvollständig und bleibt es; bitte beim Original nachsehen.", signature.date_raw));
      } else if (signature.date_quality == "COMPLETE_SLASH_FORMAT") {
        find(Severity::Note, "DATE_DOUBTFUL", signature.id, fmt::format("Das Datum „{}“ ist als {} gelesen; Tag und Monat könnten vertauscht sein.", signature.date_raw, signature.date_iso));
      } else if (signature.date_quality == "COMPLETE_BUT_DOUBTFUL") {
        find(Severity::Note, "DATE_DOUBTFUL", signature.id, fmt::format("Das Datum „{}“ ({}) ist vollständig, aber zweifelhaft; bitte beim Original nachsehen.", signature.date_raw, signature.date_iso));
      }
      if (!signature.date_iso.empty() && signature.date_iso > agreement_.from) {
        find(Severity::Note, "SIGNED_AFTER_START", signature.id, fmt::format("Unterschrieben am {}, nach Beginn der Laufzeit ({}).", signature.date_iso, agreement_.from));
      }
    }
  }

  void state_rules() {
    const bool every_target = std::all_of(agreement_.targets.begin(), agreement_.targets.end(), [](const Target& target) { return target.waiting.has_value(); });
    if (!agreement_.waiting && !every_target && !agreement_.targets.empty()) {
      find(Severity::Warning, "NO_STATE_RULE", "Zusammenarbeit",
           "Die Vereinbarung sagt nicht, mit welcher Wartezeit die Jahresfortschrittswerte gelesen werden. Angenommen wird t-3; t-0 steht daneben.");
    }
    if (!agreement_.names_final_values) {
      find(Severity::Note, "NO_FINAL_EVALUATION_RULE", "Zusammenarbeit", "Die Vereinbarung sagt nicht, welche Jahresendwerte am Schluss entscheiden.");
    }
    // December's t-3 is loaded in March; "in spring" or earlier can come before it.
    if (agreement_.names_final_values && agreement_.final_waiting && agreement_.waiting && *agreement_.final_waiting != *agreement_.waiting) {
      find(Severity::Warning, "STATE_RULES_DIFFER", "Zusammenarbeit",
           fmt::format("Unterjährig gilt t-{}, am Jahresende t-{}: die Werte sind nicht vergleichbar.", *agreement_.waiting, *agreement_.final_waiting));
    }
  }

  const TargetAgreement& agreement_;
  const Words& words_;
  std::vector<Finding> findings_;
};

}  // namespace

std::string in_words(Severity severity) {
  switch (severity) {
    case Severity::Contradiction: return "Widerspruch";
    case Severity::Warning: return "Warnung";
    case Severity::Note: break;
  }
  return "Hinweis";
}

// The unit of the rounding is the last digit of the total that is not zero.
bool within_rounding(const domain::Budget& total, const Exact& parts) {
  base::Integer unit = 1;
  const auto amount = base::floor(total.amount.exact());
  while (amount != 0 && amount % (unit * 10) == 0) unit *= 10;
  const Exact room = total.precision == "EXACT" ? Exact(0) : Exact(unit) / 2;
  return abs(Exact(parts - total.amount.exact())) <= room;
}

std::vector<Finding> check(const TargetAgreement& agreement, const Words& words) {
  auto findings = Checks(agreement, words).run();
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  return findings;
}

}  // namespace zielwerk::evaluation
