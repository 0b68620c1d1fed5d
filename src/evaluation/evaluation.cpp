#include "evaluation/evaluation.h"

#include <algorithm>

#include <fmt/format.h>

#include "evaluation/threshold.h"

namespace zielwerk::evaluation {
namespace {

using base::Problem;
using base::Result;
using base::Rounded;
using domain::Aggregation;
using domain::Bound;
using domain::FactLens;
using domain::Scale;
using domain::Target;
using indicators::Derivation;
using indicators::Figure;
using indicators::Reading;
using indicators::Shape;
using indicators::Subject;

std::string reason_of(const Problem& problem) { return problem.code + ": " + problem.where; }

Derivation node(std::string operation, std::string label, const Exact& value, std::vector<Derivation> arguments) {
  Derivation derivation;
  derivation.operation = std::move(operation);
  derivation.label = std::move(label);
  derivation.value = value;
  derivation.arguments = std::move(arguments);
  return derivation;
}

Derivation constant(std::string label, const Exact& value) { return node("constant", std::move(label), value, {}); }

// How the value of one month comes from the figure: year to date, or a single month (stock at a date).
struct Measured {
  Subject subject;
  bool single_month = false;

  Result<Reading> read(const domain::FactHistory& facts, DataState state, Month month, Derivation* how) const {
    const FactLens lens(facts, state);
    return single_month ? indicators::single_month(subject.figure, subject.sex, lens, month, how)
                        : indicators::year_to_date(subject.figure, subject.sex, lens, month, how);
  }
};

std::optional<Measured> measured(const domain::IndicatorRef& indicator, Aggregation aggregation, Month month, const Sources& sources) {
  auto subject = indicators::subject(indicator.code, indicator.subgroup, month, sources.vocabulary, sources.declared);
  if (!subject) return std::nullopt;
  Measured measured{std::move(*subject), aggregation == Aggregation::YearEndStock || aggregation == Aggregation::MonthValue};
  auto& figure = measured.subject.figure;
  if (aggregation == Aggregation::MonthlyAverage && figure.shape == Shape::Amount) {
    figure.above.collect = indicators::Collect::Mean;
    figure.accumulates = false;
  }
  if (measured.single_month) figure.accumulates = false;
  return measured;
}

Problem unknown_measure(const domain::IndicatorRef& indicator, const Sources& sources, Month month) {
  const bool code_known = indicators::subject(indicator.code, "", month, sources.vocabulary, sources.declared).has_value();
  return {"measure_unknown",
          fmt::format("Die Messgröße {} ist nicht bekannt; sie kann mit „zielwerk declare import“ erklärt werden.", indicator.text()),
          code_known ? indicator.text() : indicator.code};
}

// What a change compares with.
struct Base {
  Exact level;
  Derivation how;
};

struct Comparison {
  const Target& target;
  const Measured& measured;
  Month month;
  Waiting waiting;
  const Sources& sources;
  bool with_derivation;
};

int years_back(const Target& target, Month month) {
  if (target.reference && target.reference->year && *target.reference->year < month.year()) return month.year() - *target.reference->year;
  return 1;
}

Result<Base> base_level(const Comparison& c) {
  const auto& reference = c.target.reference;
  const std::string type = reference ? reference->type : "PREVIOUS_YEAR";
  Base base;
  Derivation* how = c.with_derivation ? &base.how : nullptr;
  if (type == "PREVIOUS_YEAR" || type == "PREVIOUS_YEAR_END") {
    const int years = years_back(c.target, c.month);
    const auto reading = c.measured.read(c.sources.facts, {c.month - 12 * years + c.waiting}, c.month - 12 * years, how);
    if (!reading) return tl::unexpected(reading.error());
    base.level = reading->value;
  } else if (type == "BASE_MONTH" && reference->year && reference->month) {
    const Month month(*reference->year, *reference->month);
    const Measured single{c.measured.subject, true};
    const auto reading = single.read(c.sources.facts, {month + c.waiting}, month, how);
    if (!reading) return tl::unexpected(reading.error());
    base.level = reading->value;
  } else if (reference->value) {
    base.level = reference->value->exact();
    if (how) *how = constant("Bezugswert der Vereinbarung", base.level);
  } else {
    return base::problem("measure_unknown", fmt::format("Der Bezug {} hat keinen Wert, mit dem verglichen werden könnte.", type),
                         fmt::format("{} ({})", c.target.indicator.text(), type));
  }
  return base;
}

// The target's scale: from the levels to what is compared with the agreed value, and back.
Exact on_scale(Scale scale, const Exact& level, const Exact& base) {
  switch (scale) {
    case Scale::RelativeChange: return (level / base - 1) * 100;
    case Scale::ChangeInPoints:
    case Scale::AbsoluteChange: return level - base;
    case Scale::Ratio: return level / base;
    case Scale::Level:
    case Scale::Other: break;
  }
  return level;
}

Exact level_for(Scale scale, const Exact& value, const Exact& base) {
  switch (scale) {
    case Scale::RelativeChange: return base * (1 + value / 100);
    case Scale::ChangeInPoints:
    case Scale::AbsoluteChange: return base + value;
    case Scale::Ratio: return base * value;
    case Scale::Level:
    case Scale::Other: break;
  }
  return value;
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
    case Shape::Quotient: level = term(figure.above) + " / " + term(figure.below) + " × 100"; break;
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

// Distance to one side of the target, in the units people work in (handbook, section 7.5).
struct Distance {
  Rounded value;
  std::string unit;
  Derivation how;
};

Distance distance_to(Bound bound, const Comparison& c, const Reading& reading, const std::optional<Exact>& base) {
  const auto& figure = c.measured.subject.figure;
  const auto& target = c.target;
  auto edge = threshold(bound, target.value.exact(), target.places());
  auto limit = node(fmt::format("edge {} {}", sign(bound), target.places()), "Grenze, ab der gerundet erreicht ist", edge.value,
                    {constant("Sollwert", target.value.exact())});
  edge.value = level_for(target.scale, edge.value, base.value_or(0));
  if (base) limit = node(level_operation(target.scale), "Niveau an der Grenze", edge.value, {constant("Niveau Vorjahr", *base), std::move(limit)});

  Exact counted = reading.value;
  if (figure.shape == Shape::Quotient) {
    counted = *reading.above;
    edge.value = edge.value * *reading.below / figure.factor;
    limit = node(figure.factor == 100 ? "percent_of" : "times", "Zähler an der Grenze", edge.value, {std::move(limit), constant("Nenner", *reading.below)});
  }
  const auto* measure = c.sources.vocabulary.measure(figure.above.measure);
  const std::string people = measure ? measure->counted_in : "Einheiten";
  const bool in_points = figure.shape == Shape::GapBetweenSexes || figure.shape == Shape::MeanOfMonthlyQuotients;
  const bool whole = figure.above.collect == indicators::Collect::Sum && people != "Euro" && !c.measured.single_month;
  Distance distance;
  distance.unit = in_points ? "Prozentpunkte" : people;
  if (in_points) {
    distance.value = base::round_half_away(edge.from_below ? Exact(counted - edge.value) : Exact(edge.value - counted), 2);
  } else {
    distance.value = Rounded{whole ? whole_distance(edge, counted) : floor_distance(edge, counted), 0};
  }
  const char* how = in_points ? "points" : whole ? "whole" : "floor";
  distance.how = node(fmt::format("distance {} {} {}", how, edge.from_below ? "above" : "below", edge.inclusive ? "inclusive" : "exclusive"),
                      "Abstand in " + distance.unit, distance.value.exact(), {constant("gezählt", counted), std::move(limit)});
  return distance;
}

// An equality has two sides; the nearer one counts.
void add_distance(Assessment& row, const Comparison& c, const Reading& reading, const std::optional<Exact>& base) {
  const bool equality = c.target.bound == Bound::Equal;
  auto distance = distance_to(equality ? Bound::AtLeast : c.target.bound, c, reading, base);
  if (equality) {
    auto other = distance_to(Bound::AtMost, c, reading, base);
    if (other.value.units < distance.value.units) distance = std::move(other);
  }
  row.distance = distance.value;
  row.distance_unit = std::move(distance.unit);
  if (c.with_derivation) row.how["abstand"] = std::move(distance.how);
}

// In-year Soll of an agreed level: the share that the same month had in last year's December value (handbook, section 7.3),
// never months / 12.
void add_path(Assessment& row, const Comparison& c) {
  const Month last_year = c.month.same_month_last_year();
  const Month december(last_year.year(), 12);
  Derivation month_how;
  Derivation december_how;
  const auto month = c.measured.read(c.sources.facts, {last_year + c.waiting}, last_year, c.with_derivation ? &month_how : nullptr);
  const auto year = c.measured.read(c.sources.facts, {december + c.waiting}, december, c.with_derivation ? &december_how : nullptr);
  if (!month || !year) {
    row.remarks.push_back("Kein unterjähriges Soll: " + (!month ? month.error() : year.error()).message);
    return;
  }
  if (year->value == 0) {
    row.remarks.push_back("Kein unterjähriges Soll: der Vorjahreswert im Dezember ist 0.");
    return;
  }
  row.path = c.target.value.exact() * month->value / year->value;
  row.remarks.push_back(fmt::format("Das unterjährige Soll folgt dem Verlauf des Vorjahres ({} von {} im Dezember {}, je t-{}).",
                                    base::german_or_rounded(month->value, 2), base::german_or_rounded(year->value, 2), december.year(), c.waiting));
  if (c.with_derivation) {
    row.how["soll_pfad"] = node("share_of", "Unterjähriges Soll", *row.path,
                                {constant("Sollwert", c.target.value.exact()), std::move(month_how), std::move(december_how)});
  }
}

std::string rounded_words(const Rounded& value, const std::string& unit) {
  return value.german() + (unit == "PERCENT" ? " %" : unit == "PERCENTAGE_POINT" ? " Prozentpunkte" : unit == "EUR" ? " €" : "");
}

// The target said twice ("1,9 Prozent (= 50 Integrationen)"): both statements are looked at when the year is over.
void check_second_statement(Assessment& row, const Comparison& c, const Exact& level, const std::optional<Exact>& base) {
  if (!base || c.month.month() != 12) return;
  for (const auto& equivalent : c.target.equivalents) {
    if (equivalent.relation != "ABSOLUTE_EQUIVALENT" || !equivalent.value) continue;
    const Exact second = equivalent.value->exact();
    const bool said = reached(c.target.bound, level - *base, c.target.value.digits < 0 ? Exact(-abs(second)) : second);
    row.remarks.push_back(fmt::format("Zweite Angabe der Vereinbarung („{}“): Veränderung {}, danach {}.{}", equivalent.raw,
                                      base::german_or_rounded(level - *base, 1), said ? "erreicht" : "nicht erreicht",
                                      said == (row.status == Status::Reached) ? "" : " Die beiden Angaben führen zu verschiedenen Ergebnissen."));
  }
}

void derive(Assessment& row, const Comparison& c, Derivation level_how, Derivation base_how) {
  auto actual = row.level_last_year ? node(operation(c.target.scale), "Ist, ungerundet", *row.actual_exact, {level_how, base_how})
                                    : node("same", "Ist, ungerundet", *row.actual_exact, {level_how});
  row.how["ist"] = node(fmt::format("round {}", c.target.places()), "Ist", row.actual->exact(), {actual});
  row.how["ist_exakt"] = std::move(actual);
  row.how["niveau"] = std::move(level_how);
  if (row.level_last_year) row.how["niveau_vorjahr"] = base_how;
  if (row.level_last_year) {
    row.how["niveau_soll"] = node(level_operation(c.target.scale), "Niveau, das vereinbart ist", *row.level_target,
                                  {std::move(base_how), constant("Sollwert", c.target.value.exact())});
  } else {
    row.how["niveau_soll"] = constant("Sollwert", *row.level_target);
  }
  row.formula = formula_of(c.measured.subject.figure, c.target.scale, c.measured.single_month);
  const auto& figure = c.measured.subject.figure;
  if (!figure.paragraph.empty()) row.paragraph = fmt::format("{} SGB2§48aFKV („{}“), {}", figure.paragraph, figure.words, figure.gazette);
}

// Everything that needs facts. A Problem means: not assessable.
std::optional<Problem> compare(Assessment& row, const Comparison& c) {
  const auto& target = c.target;
  Derivation level_how;
  const auto reading = c.measured.read(c.sources.facts, row.state, c.month, c.with_derivation ? &level_how : nullptr);
  if (!reading) return reading.error();
  Base base;
  std::optional<Exact> base_value;
  if (target.scale != Scale::Level) {
    auto found = base_level(c);
    if (!found) return found.error();
    base = std::move(*found);
    base_value = base.level;
    if (base.level == 0 && (target.scale == Scale::RelativeChange || target.scale == Scale::Ratio)) {
      const auto& above = c.measured.subject.figure.above;
      const domain::SeriesKey key{above.measure, c.measured.subject.sex, above.group};
      return Problem{"denominator_zero", "Der Vorjahreswert ist 0; eine Veränderung in Prozent gibt es nicht.",
                     fmt::format("{} {}", key.text(), c.month.same_month_last_year().text())};
    }
  }
  row.level = reading->value;
  row.level_last_year = base_value;
  row.level_target = level_for(target.scale, target.value.exact(), base.level);
  row.actual_exact = on_scale(target.scale, reading->value, base.level);
  row.actual = base::round_half_away(*row.actual_exact, target.places());

  const bool year_not_over = target.scale == Scale::Level && c.measured.subject.figure.accumulates && c.month.month() < 12;
  if (year_not_over) {
    row.status = Status::Open;
    row.reason = "year_not_over";
    add_path(row, c);
  } else {
    const bool is_reached = reached(target.bound, row.actual->exact(), target.value.exact());
    row.status = is_reached ? Status::Reached : Status::Missed;
    row.rounding_decides = is_reached != reached(target.bound, *row.actual_exact, target.value.exact());
    if (row.rounding_decides) {
      row.remarks.push_back(fmt::format("Die Rundung entscheidet: ungerundet {} gegen {}.", base::round_half_away(*row.actual_exact, 6).german(),
                                        base::round_half_away(target.value.exact(), target.places()).german()));
    }
    add_distance(row, c, *reading, base_value);
    check_second_statement(row, c, reading->value, base_value);
  }
  if (c.with_derivation) derive(row, c, std::move(level_how), std::move(base.how));
  return std::nullopt;
}

// Milestones are intermediate values of a target: looked at once their month has come, never targets of their own.
void add_milestones(Assessment& row, const domain::TargetAgreement& agreement, const Comparison& c) {
  for (const auto& milestone : agreement.milestones) {
    if (milestone.target != c.target.id) continue;
    const int places = milestone.value.normalised().places;
    const std::string agreed = fmt::format("Zwischenwert zum {}: {} {}", milestone.date, in_words(milestone.bound), milestone.value.german());
    if (milestone.month > c.month) {
      row.remarks.push_back(agreed + " (noch nicht fällig).");
      continue;
    }
    const auto reading = c.measured.read(c.sources.facts, {milestone.month + c.waiting}, milestone.month, nullptr);
    if (!reading) {
      row.remarks.push_back(agreed + ", nicht bewertbar: " + reason_of(reading.error()));
      continue;
    }
    const auto value = base::round_half_away(reading->value, places);
    const bool is_reached = reached(milestone.bound, value.exact(), milestone.value.exact());
    row.remarks.push_back(fmt::format("{}, Ist {}: {}.", agreed, value.german(), is_reached ? "eingehalten" : "nicht eingehalten"));
  }
}

Assessment assess_once(const Target& target, const domain::TargetAgreement& agreement, Month month, Waiting waiting, const Sources& sources,
                       bool with_derivation) {
  Assessment row;
  row.id = target.id;
  row.waiting = waiting;
  row.state = {month + waiting};
  row.state_last_year = row.state.years_before(years_back(target, month));
  row.target = base::round_half_away(target.value.exact(), target.places());
  row.unit = target.unit;
  row.comparator = sign(target.bound);
  if (target.reads_equality) row.assumptions.push_back("Die Gleichheit („" + target.words + "“) ist als einseitige Grenze gelesen.");
  if (!target.bound_explicit && !target.reads_equality) {
    row.assumptions.push_back(fmt::format("„{}“ ist als „{}“ gelesen: mehr als vereinbart zählt als erreicht.", target.words, in_words(target.bound)));
  }

  // Before its date a stock at a date has no verdict; facts are not looked at.
  Month due = month;
  if (target.aggregation == Aggregation::YearEndStock || target.year > month.year()) due = Month(target.year > 0 ? target.year : month.year(), 12);
  if (target.aggregation == Aggregation::MonthValue && target.month && target.year > 0) due = Month(target.year, *target.month);
  if (month < due) {
    row.status = Status::Open;
    row.reason = "not_due: " + due.text();
    return row;
  }
  const auto what = measured(target.indicator, target.aggregation, month, sources);
  std::optional<Problem> problem;
  if (!what) {
    problem = unknown_measure(target.indicator, sources, month);
  } else if (target.scale == Scale::Other) {
    problem = Problem{"measure_unknown", "Ein Ziel dieser Art wird noch nicht berechnet.", target.scale_code};
  } else {
    const Comparison comparison{target, *what, month, waiting, sources, with_derivation};
    problem = compare(row, comparison);
    add_milestones(row, agreement, comparison);
  }
  if (problem) {
    row.status = Status::NotAssessable;
    row.reason = reason_of(*problem);
    row.remarks.insert(row.remarks.begin(), problem->message);
  }
  return row;
}

// Target by target, with t-0 shown beside it where the agreement names no Wartezeit (handbook, section 5).
Assessment assess(const Target& target, const domain::TargetAgreement& agreement, const Evaluation& head, const Sources& sources,
                  bool with_derivation) {
  const Waiting waiting = target.waiting.value_or(head.waiting);
  auto row = assess_once(target, agreement, head.month, waiting, sources, with_derivation);
  if (target.waiting || head.waiting_source != WaitingSource::Assumed) return row;
  row.assumptions.insert(row.assumptions.begin(), fmt::format("Die Vereinbarung nennt keine Wartezeit; angenommen ist t-{}.", waiting));
  const auto early = assess_once(target, agreement, head.month, 0, sources, false);
  if (early.actual) {
    row.remarks.push_back(fmt::format("Bei t-0 (Ladestand {}): {}, {}.", early.state.loaded.text(), rounded_words(*early.actual, early.unit),
                                      in_words(early.status)));
  } else if (early.status == Status::NotAssessable) {
    row.remarks.push_back(fmt::format("Bei t-0 (Ladestand {}): nicht bewertbar ({}).", early.state.loaded.text(), early.reason));
  }
  return row;
}

// Monitoring and forecasts are read like a target that nobody agreed: the figures, but no verdict, no Soll path, no distance.
Target like_target(const std::string& id, const domain::IndicatorRef& indicator, Scale scale, base::Decimal value, std::string unit) {
  Target target;
  target.id = id;
  target.indicator = indicator;
  target.scale = scale;
  target.value = value;
  target.unit = std::move(unit);
  return target;
}

Assessment unjudged(const Target& like, Status status, const domain::TargetAgreement&, const Evaluation& head, const Sources& sources,
                    bool with_derivation) {
  Assessment row;
  row.id = like.id;
  row.waiting = head.waiting;
  row.state = head.state;
  row.state_last_year = head.state_last_year;
  row.unit = like.unit;
  row.status = status;
  const auto what = measured(like.indicator, Aggregation::Other, head.month, sources);
  std::optional<Problem> problem;
  if (what) {
    Assessment figures = row;
    problem = compare(figures, {like, *what, head.month, head.waiting, sources, with_derivation});
    row.actual = figures.actual;
    row.actual_exact = figures.actual_exact;
    row.level = figures.level;
    row.level_last_year = figures.level_last_year;
    row.how = std::move(figures.how);
    row.how.erase("abstand");
    row.how.erase("niveau_soll");
    row.how.erase("soll_pfad");
    row.formula = figures.formula;
    row.paragraph = figures.paragraph;
  } else {
    problem = unknown_measure(like.indicator, sources, head.month);
  }
  if (problem) {
    row.reason = reason_of(*problem);
    row.remarks.push_back(problem->message);
  }
  return row;
}

Assessment observe(const domain::Observed& observed, const domain::TargetAgreement& agreement, const Evaluation& head, const Sources& sources,
                   bool with_derivation) {
  const bool gap = observed.indicator.code.starts_with("GENDER_GAP");
  const auto like = like_target(observed.id, observed.indicator, gap ? Scale::ChangeInPoints : Scale::RelativeChange, {0, 0},
                                gap ? "PERCENTAGE_POINT" : "PERCENT");
  return unjudged(like, Status::Observed, agreement, head, sources, with_derivation);
}

Assessment expect(const domain::Expected& forecast, const domain::TargetAgreement& agreement, const Evaluation& head, const Sources& sources,
                  bool with_derivation) {
  const auto like = like_target(forecast.id, forecast.indicator, forecast.scale, forecast.value, forecast.unit);
  auto row = unjudged(like, Status::Forecast, agreement, head, sources, with_derivation);
  row.target = base::round_half_away(forecast.value.exact(), like.places());
  return row;
}

Assessment plain_row(const std::string& id, Status status, const Evaluation& head) {
  Assessment row;
  row.id = id;
  row.waiting = head.waiting;
  row.state = head.state;
  row.state_last_year = head.state_last_year;
  row.status = status;
  return row;
}

Assessment qualitative(const domain::QualitativeGoal& goal, const Evaluation& head) {
  auto row = plain_row(goal.id, Status::Open, head);
  row.reason = "awaiting_parties";
  row.remarks.push_back("Über dieses Ziel entscheiden die Vereinbarungspartner gemeinsam.");
  if (!goal.criteria.empty()) row.remarks.push_back(fmt::format("Erreicht, wenn alle {} Kriterien nachgewiesen sind.", goal.criteria.size()));
  return row;
}

// Places of the month: per site the latest dated statement that has begun; historic ones only until a newer one begins.
Assessment programme(const domain::Programme& programme, const Evaluation& head) {
  auto row = plain_row(programme.id, Status::Observed, head);
  std::map<std::string, const domain::Places*> valid;
  for (const auto& places : programme.places) {
    if (places.from && *places.from > head.month) continue;
    auto& current = valid[places.location];
    if (!current || !current->from || (places.from && *places.from >= *current->from)) current = &places;
  }
  for (const auto& [location, places] : valid) {
    row.remarks.push_back(fmt::format("{}: {} Plätze (Angabe: {}).", location, places->count.german(), places->as_of));
  }
  return row;
}

}  // namespace

std::string code(Status status) {
  switch (status) {
    case Status::Reached: return "erreicht";
    case Status::Missed: return "nicht_erreicht";
    case Status::NotAssessable: return "nicht_bewertbar";
    case Status::Observed: return "beobachtet";
    case Status::Forecast: return "prognose";
    case Status::Open: break;
  }
  return "offen";
}

std::string in_words(Status status) {
  std::string words = code(status);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::optional<Status> parse_status(std::string_view text) {
  for (const auto status : {Status::Reached, Status::Missed, Status::NotAssessable, Status::Observed, Status::Forecast, Status::Open}) {
    if (code(status) == text) return status;
  }
  return std::nullopt;
}

std::string code(WaitingSource source) {
  switch (source) {
    case WaitingSource::Agreement: return "agreement";
    case WaitingSource::Assumed: return "assumed";
    case WaitingSource::Request: break;
  }
  return "request";
}

Waiting default_waiting(const domain::TargetAgreement& agreement) { return agreement.waiting.value_or(3); }

Evaluation evaluate(const domain::StoredAgreement& stored, const domain::TargetAgreement& agreement, const Request& request,
                    const Sources& sources) {
  Evaluation head;
  head.agreement = stored.id;
  head.version = stored.version;
  head.jobcenter = stored.jobcenter ? stored.jobcenter->text() : "";
  head.year = agreement.year;
  head.month = request.month;
  head.waiting = request.waiting.value_or(default_waiting(agreement));
  head.waiting_source = request.waiting ? WaitingSource::Request : agreement.waiting ? WaitingSource::Agreement : WaitingSource::Assumed;
  head.state = {head.month + head.waiting};
  head.state_last_year = head.state.years_before(1);
  head.final = head.month.month() == 12 && head.waiting == default_waiting(agreement);

  const bool how = request.with_derivation;
  for (const auto& target : agreement.targets) head.rows.push_back(assess(target, agreement, head, sources, how));
  for (const auto& observed : agreement.monitoring) head.rows.push_back(observe(observed, agreement, head, sources, how));
  for (const auto& forecast : agreement.forecasts) head.rows.push_back(expect(forecast, agreement, head, sources, how));
  for (const auto& goal : agreement.qualitative) head.rows.push_back(qualitative(goal, head));
  for (const auto& one : agreement.programmes) head.rows.push_back(programme(one, head));
  return head;
}

}  // namespace zielwerk::evaluation
