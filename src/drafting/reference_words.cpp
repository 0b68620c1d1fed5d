#include "drafting/reference_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "drafting/german.h"
#include "drafting/target_words.h"

namespace zielwerk::drafting {
namespace {

std::string period_words(const Part& period) {
  const auto type = period.text("type");
  const auto year = period.whole("year");
  if (type == "CALENDAR_YEAR" && year) return fmt::format("im Jahr {}", *year);
  if (type == "PER_YEAR" && year) return fmt::format("in jedem Jahr ab {}", *year);
  const auto month = period.whole("month");
  if (type == "MONTH" && year && month && *month >= 1 && *month <= 12) return fmt::format("im {} {}", month_name(*month), *year);
  const auto half = period.whole("half");
  if (type == "HALF_YEAR" && year && half && (*half == 1 || *half == 2)) return fmt::format("im {} Halbjahr {}", *half == 1 ? "ersten" : "zweiten", *year);
  if (const auto day = date(period.text("date")); type == "POINT" && day) return fmt::format("am {}", *day);
  const auto from = date(period.text("from"));
  const auto to = date(period.text("to"));
  if (type == "RANGE" && from && to) return fmt::format("vom {} bis zum {}", *from, *to);
  period.problem("field_not_expressible", fmt::format("Der Zeitraum {} ist nicht vollständig angegeben.", base::quoted(type)), "type");
  return "";
}

std::string base_value(const Manuscript& paper, const Part& reference, const std::string& unit_of_target) {
  const auto value = reference.number("value");
  if (!value) return "";
  const auto unit = reference.text("unit");
  return quantity(paper, *value, unit.empty() ? unit_of_target : unit, "");
}

// "Dezember 2019", "2019" or nothing.
std::string base_time(const Part& reference) {
  const auto year = reference.whole("year");
  const auto month = reference.whole("month");
  if (!year) return "";
  return month && *month >= 1 && *month <= 12 ? fmt::format("{} {}", month_name(*month), *year) : std::to_string(*year);
}

std::optional<int> year_of_result(const Part& target) {
  const auto period = target.part("period");
  if (const auto year = period.whole("year")) return year;
  const auto iso = period.text("date") + period.text("from");
  period.text("to");
  return iso.size() >= 4 ? std::optional(std::stoi(iso.substr(0, 4))) : std::nullopt;
}

ReferenceWords previous_year(const Manuscript& paper, const Part& target, const Part& reference) {
  const auto year = reference.whole("year");
  const auto of_result = year_of_result(target);
  if (year && of_result && *year != *of_result - 1) {
    reference.problem("target_contradictory", fmt::format("Das Vorjahr von {} ist nicht {}.", *of_result, *year), "year");
  }
  const auto value = base_value(paper, reference, "COUNT");
  const auto of = value.empty() ? "" : " von " + value;
  if (!value.empty()) return {"gegenüber dem Vorjahreswert" + of, "dem Vorjahreswert" + of, "den Vorjahreswert" + of};
  if (paper.form() == Template::Niedersachsen && year) {
    return {fmt::format("im Vergleich zum Jahr {}", *year), fmt::format("dem Wert des Jahres {}", *year), fmt::format("den Wert des Jahres {}", *year)};
  }
  return {"gegenüber dem Vorjahr", "dem Wert des Vorjahres", "den Wert des Vorjahres"};
}

ReferenceWords baseline(const Manuscript& paper, const Part& reference) {
  const auto value = base_value(paper, reference, "COUNT");
  if (value.empty()) reference.problem("field_missing", "Der Ausgangswert fehlt.", "value");
  const auto time = base_time(reference);
  const auto what = fmt::format("Ausgangswert{}{} von {}", time.empty() ? "" : " ", time, value);
  return {"gegenüber dem " + what, "dem " + what, "den " + what};
}

}  // namespace

std::string time_words(Manuscript& paper, const Part& target, const std::string& natural) {
  const auto period = target.part("period");
  const auto type = period.text("type");
  const auto aggregation = target.text("aggregation");
  const auto when = period_words(period);
  if (aggregation == "YEAR_END_STOCK" && type == "CALENDAR_YEAR") return fmt::format("am Jahresende {}", period.whole("year").value_or(paper.year()));
  if (aggregation == "CUMULATIVE_TO_DATE" && type == "POINT") return "kumuliert bis zum " + date(period.text("date")).value_or("");
  if (aggregation == "PROGRAMME_PERIOD_SHARE" && type == "RANGE") return "über die Programmlaufzeit " + when;
  const bool single = type == "MONTH" || type == "POINT";
  if (aggregation == "MONTH_VALUE" && single) return when;
  if (single || aggregation == "MONTH_VALUE" || aggregation == "YEAR_END_STOCK") {
    target.problem("field_not_expressible", fmt::format("{} lässt sich für den Zeitraum {} nicht sagen.", aggregation, type), "aggregation");
  }
  if (aggregation == natural || aggregation == "ANNUAL_AVERAGE") return when;
  if (aggregation == "YEAR_TO_DATE_ANNUAL") return "als Jahresfortschrittswert " + when;
  if (aggregation == "ANNUAL_SUM") return "in der Summe " + when;
  if (aggregation == "ANNUAL_SHARE") return "als Anteil " + when;
  if (aggregation == "MONTHLY_AVERAGE_OF_YEAR") return "im Monatsdurchschnitt " + when;
  if (aggregation == "CUMULATIVE_TO_DATE") return "kumuliert " + when;
  return "über die Programmlaufzeit " + when;
}

ReferenceWords reference_words(Manuscript& paper, const Part& target) {
  const auto reference = target.part("reference");
  const auto type = reference.text("type");
  if (type == "PREVIOUS_YEAR") return previous_year(paper, target, reference);
  if (type == "BASELINE") return baseline(paper, reference);
  const auto time = base_time(reference);
  if (const auto year = reference.whole("year"); type == "PREVIOUS_YEAR_END" && year) {
    return {fmt::format("gegenüber dem Jahresende {}", *year), fmt::format("dem Wert am Jahresende {}", *year), fmt::format("den Wert am Jahresende {}", *year)};
  }
  if (type == "BASE_MONTH" && time.find(' ') != std::string::npos) return {"gegenüber " + time, "dem Wert vom " + time, "den Wert vom " + time};
  if (type == "FORECAST") return {"gegenüber der Prognose", "der Prognose", "die Prognose"};
  const std::string average = type == "STATE_AVERAGE"     ? "Landesdurchschnitt"
                              : type == "FEDERAL_AVERAGE" ? "Bundesdurchschnitt"
                              : type == "COMPARISON_TYPE" ? "Durchschnitt des Vergleichstyps"
                                                          : "";
  if (!average.empty()) return {"gegenüber dem " + average, "dem " + average, "den " + average};
  target.problem("field_missing", fmt::format("Womit verglichen wird, fehlt oder ist unvollständig (gefunden: {}).", type.empty() ? "nichts" : base::quoted(type)), "reference");
  return {};
}

std::string base_value_words(Manuscript& paper, const Part& target) {
  const auto reference = target.part("reference");
  if (!reference) return "";
  const auto type = reference.text("type");
  const auto value = base_value(paper, reference, target.text("unit"));
  if (value.empty() || (type != "BASELINE" && type != "PREVIOUS_YEAR")) {
    reference.problem("field_not_expressible", "Neben einem Niveau lässt sich nur ein Ausgangs- oder Vorjahreswert nennen.", "type");
  }
  const auto time = base_time(reference);
  return fmt::format(" ({}{}{}: {})", type == "BASELINE" ? "Ausgangswert" : "Vorjahreswert", time.empty() ? "" : " ", time, value);
}

}  // namespace zielwerk::drafting
