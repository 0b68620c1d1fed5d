#include "evaluation/measured.h"

#include <fmt/format.h>

namespace zielwerk::evaluation {
namespace {

using base::Result;
using domain::Aggregation;
using domain::Scale;
using indicators::Derivation;
using indicators::Figure;
using indicators::Reading;
using indicators::Shape;

struct Base {
  Exact level;
  Derivation how;
};

Result<Base> base_level(const Question& q) {
  const std::string type = q.reference ? q.reference->type : "PREVIOUS_YEAR";
  Base base;
  Derivation* how = q.with_derivation ? &base.how : nullptr;
  const auto level_of = [&](const Measured& measured, Month month) -> Result<Base> {
    const auto reading = measured.read(q.sources.facts, {month + q.waiting_then()}, month, how);
    if (!reading) return tl::unexpected(reading.error());
    base.level = reading->value;
    return std::move(base);
  };
  if (type == "PREVIOUS_YEAR" || type == "PREVIOUS_YEAR_END") return level_of(q.measured, q.month - 12 * q.years_back());
  if (type == "BASE_MONTH" && q.reference->year && q.reference->month) {
    return level_of({q.measured.subject, true}, Month(*q.reference->year, *q.reference->month));
  }
  if (q.reference->value) {
    base.level = q.reference->value->exact();
    if (how) *how = constant("Bezugswert der Vereinbarung", base.level);
    return base;
  }
  return base::problem("measure_unknown", fmt::format("Der Bezug {} hat keinen Wert, mit dem verglichen werden könnte.", type),
                       fmt::format("{} ({})", q.measured.subject.figure.code, type));
}

Exact on_scale(Scale scale, const Exact& level, const std::optional<Exact>& base) {
  switch (scale) {
    case Scale::RelativeChange: return (level / *base - 1) * 100;
    case Scale::ChangeInPoints:
    case Scale::AbsoluteChange: return level - *base;
    case Scale::Ratio: return level / *base;
    case Scale::Level:
    case Scale::Other: break;
  }
  return level;
}

std::string operation(Scale scale) {
  switch (scale) {
    case Scale::RelativeChange: return "change_percent";
    case Scale::ChangeInPoints:
    case Scale::AbsoluteChange: return "difference";
    case Scale::Ratio: return "ratio";
    case Scale::Level:
    case Scale::Other: break;
  }
  return "same";
}

std::string formula_of(const Figure& figure, Scale scale, bool single_month) {
  const auto term = [&](const indicators::Term& part) {
    std::string text = part.collect == indicators::Collect::Mean ? "Ø " : "Σ ";
    text += part.measure + (part.group.empty() ? "" : "(" + part.group + ")");
    if (single_month) return text.substr(text.find(' ') + 1) + " des Monats";
    return text + (part.last == -1 ? " Dez Vorjahr … Vormonat" : " Jan … Monat");
  };
  std::string level;
  switch (figure.shape) {
    case Shape::Amount: level = term(figure.above); break;
    case Shape::Quotient: level = term(figure.above) + " / " + term(figure.below) + (figure.factor == 100 ? " × 100" : ""); break;
    case Shape::GapBetweenSexes: level = "|M − F| von " + term(figure.above) + " / " + term(figure.below) + " × 100"; break;
    case Shape::MeanOfMonthlyQuotients:
      level = "Ø Jan … Monat von " + figure.above.measure + " / " + figure.below.measure + (figure.below.last == -1 ? " (Vormonat)" : "") + " × 100";
      break;
  }
  switch (scale) {
    case Scale::RelativeChange: return "Ist = (Niveau / Niveau Vorjahr − 1) × 100; Niveau = " + level;
    case Scale::ChangeInPoints:
    case Scale::AbsoluteChange: return "Ist = Niveau − Niveau Vorjahr; Niveau = " + level;
    case Scale::Ratio: return "Ist = Niveau / Niveau Vorjahr; Niveau = " + level;
    case Scale::Level:
    case Scale::Other: break;
  }
  return "Ist = Niveau = " + level;
}

}  // namespace

Derivation node(std::string operation_name, std::string label, const Exact& value, std::vector<Derivation> arguments) {
  Derivation derivation;
  derivation.operation = std::move(operation_name);
  derivation.label = std::move(label);
  derivation.value = value;
  derivation.arguments = std::move(arguments);
  return derivation;
}

Derivation constant(std::string label, const Exact& value) { return node("constant", std::move(label), value, {}); }

std::string reason_of(const base::Problem& problem) { return problem.code + ": " + problem.where; }

Result<Reading> Measured::read(const domain::FactHistory& facts, DataState state, Month month, Derivation* how) const {
  const domain::FactLens lens(facts, state);
  return single_month ? indicators::single_month(subject.figure, subject.sex, lens, month, how)
                      : indicators::year_to_date(subject.figure, subject.sex, lens, month, how);
}

Result<Measured> measured(const domain::IndicatorRef& indicator, Aggregation aggregation, Month month, const Sources& sources) {
  const auto find = [&](const std::string& subgroup) {
    return indicators::subject(indicator.code, subgroup, month, sources.vocabulary, sources.declared);
  };
  auto subject = find(indicator.subgroup);
  if (!subject) {
    return base::problem("measure_unknown",
                         fmt::format("Die Messgröße {} ist nicht bekannt; sie kann mit „zielwerk declare import“ erklärt werden.", indicator.text()),
                         find("") ? indicator.text() : indicator.code);
  }
  Measured measured{std::move(*subject), aggregation == Aggregation::YearEndStock || aggregation == Aggregation::MonthValue};
  auto& figure = measured.subject.figure;
  if (aggregation == Aggregation::MonthlyAverage && figure.shape == Shape::Amount) {
    figure.above.collect = indicators::Collect::Mean;
    figure.accumulates = false;
  }
  if (measured.single_month) figure.accumulates = false;
  return measured;
}

int Question::years_back() const {
  return reference && reference->year && *reference->year < month.year() ? month.year() - *reference->year : 1;
}

Result<Measurement> measure(const Question& q) {
  Measurement measurement;
  const auto reading = q.measured.read(q.sources.facts, {q.month + q.waiting}, q.month, q.with_derivation ? &measurement.level_how : nullptr);
  if (!reading) return tl::unexpected(reading.error());
  measurement.reading = *reading;
  if (q.scale != Scale::Level) {
    auto base = base_level(q);
    if (!base) return tl::unexpected(base.error());
    if (base->level == 0 && (q.scale == Scale::RelativeChange || q.scale == Scale::Ratio)) {
      const auto& above = q.measured.subject.figure.above;
      const domain::SeriesKey key{above.measure, q.measured.subject.sex, above.group};
      return base::problem("denominator_zero", "Der Vorjahreswert ist 0; eine Veränderung in Prozent gibt es nicht.",
                           fmt::format("{} {}", key.text(), q.month.same_month_last_year().text()));
    }
    measurement.base = base->level;
    measurement.base_how = std::move(base->how);
  }
  measurement.value = on_scale(q.scale, reading->value, measurement.base);
  return measurement;
}

void show(Assessment& row, const Question& q, Measurement measurement, int places) {
  row.level = measurement.reading.value;
  row.level_last_year = measurement.base;
  row.actual_exact = measurement.value;
  row.actual = base::round_half_away(measurement.value, places);
  if (!q.with_derivation) return;
  const auto& figure = q.measured.subject.figure;
  std::vector<Derivation> levels = {measurement.level_how};
  if (measurement.base) levels.push_back(measurement.base_how);
  auto exact = node(operation(q.scale), "Ist, ungerundet", measurement.value, std::move(levels));
  row.how["ist"] = node(fmt::format("round {}", places), "Ist", row.actual->exact(), {exact});
  row.how["ist_exakt"] = std::move(exact);
  row.how["niveau"] = std::move(measurement.level_how);
  if (measurement.base) row.how["niveau_vorjahr"] = std::move(measurement.base_how);
  row.formula = formula_of(figure, q.scale, q.measured.single_month);
  if (!figure.paragraph.empty()) row.paragraph = fmt::format("{} SGB2§48aFKV („{}“), {}", figure.paragraph, figure.words, figure.gazette);
}

Exact level_for(Scale scale, const Exact& value, const std::optional<Exact>& base) {
  switch (scale) {
    case Scale::RelativeChange: return *base * (1 + value / 100);
    case Scale::ChangeInPoints:
    case Scale::AbsoluteChange: return *base + value;
    case Scale::Ratio: return *base * value;
    case Scale::Level:
    case Scale::Other: break;
  }
  return value;
}

std::string level_operation(Scale scale) {
  switch (scale) {
    case Scale::RelativeChange: return "raised_by_percent";
    case Scale::ChangeInPoints:
    case Scale::AbsoluteChange: return "plus";
    case Scale::Ratio: return "times";
    case Scale::Level:
    case Scale::Other: break;
  }
  return "same";
}

}  // namespace zielwerk::evaluation
