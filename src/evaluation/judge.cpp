#include "evaluation/judge.h"

#include <algorithm>

#include <fmt/format.h>

#include "evaluation/measured.h"
#include "evaluation/threshold.h"

namespace zielwerk::evaluation {
namespace {

using base::Rounded;
using domain::Aggregation;
using domain::Bound;
using domain::Scale;
using domain::Target;
using indicators::Derivation;
using indicators::Reading;
using indicators::Shape;

// Distance to one side of the target, in the units people work in (handbook, section 7.5).
struct Distance {
  Rounded value;
  std::string unit;
  Derivation how;
};

Distance distance_to(Bound bound, const Target& target, const Question& q, const Reading& reading, const std::optional<Exact>& base) {
  const auto& figure = q.measured.subject.figure;
  auto edge = threshold(bound, target.value.exact(), target.places());
  auto limit = node(fmt::format("edge {} {}", sign(bound), target.places()), "Grenze, ab der gerundet erreicht ist", edge.value,
                    {constant("Sollwert", target.value.exact())});
  edge.value = level_for(target.scale, edge.value, base);
  if (base) limit = node(level_operation(target.scale), "Niveau an der Grenze", edge.value, {constant("Niveau Vorjahr", *base), std::move(limit)});

  Exact counted = reading.value;
  if (figure.shape == Shape::Quotient) {
    counted = *reading.above;
    edge.value = edge.value * *reading.below / figure.factor;
    limit = node(figure.factor == 100 ? "percent_of" : "times", "Zähler an der Grenze", edge.value, {std::move(limit), constant("Nenner", *reading.below)});
  }
  const auto* measure = q.sources.vocabulary.measure(figure.above.measure);
  const std::string people = measure ? measure->counted_in : "Einheiten";
  const bool in_points = figure.shape == Shape::GapBetweenSexes || figure.shape == Shape::MeanOfMonthlyQuotients;
  const bool whole = figure.above.collect == indicators::Collect::Sum && people != "Euro" && !q.measured.single_month && denominator(counted) == 1;
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
void add_distance(Assessment& row, const Target& target, const Question& q, const Reading& reading, const std::optional<Exact>& base) {
  const bool equality = target.bound == Bound::Equal;
  auto distance = distance_to(equality ? Bound::AtLeast : target.bound, target, q, reading, base);
  if (equality) {
    auto other = distance_to(Bound::AtMost, target, q, reading, base);
    if (other.value.units < distance.value.units) distance = std::move(other);
  }
  row.distance = distance.value;
  row.distance_unit = std::move(distance.unit);
  if (q.with_derivation) row.how["abstand"] = std::move(distance.how);
}

// In-year Soll of an agreed level: the share that the same month had in last year's December value (handbook, section 7.3),
// never months / 12.
void add_path(Assessment& row, const Target& target, const Question& q) {
  const Month last_year = q.month.same_month_last_year();
  const Month december(last_year.year(), 12);
  Derivation month_how;
  Derivation december_how;
  const auto month = q.measured.read(q.sources.facts, {last_year + q.waiting_then()}, last_year, q.with_derivation ? &month_how : nullptr);
  const auto year = q.measured.read(q.sources.facts, {december + q.waiting_then()}, december, q.with_derivation ? &december_how : nullptr);
  if (!month || !year) {
    row.remarks.push_back("Kein unterjähriges Soll: " + (!month ? month.error() : year.error()).message);
    return;
  }
  if (year->value == 0) {
    row.remarks.push_back("Kein unterjähriges Soll: der Vorjahreswert im Dezember ist 0.");
    return;
  }
  row.path = target.value.exact() * month->value / year->value;
  row.remarks.push_back(fmt::format("Das unterjährige Soll folgt dem Verlauf des Vorjahres ({} von {} im Dezember {}, je t-{}).",
                                    base::german_or_rounded(month->value, 2), base::german_or_rounded(year->value, 2), december.year(), q.waiting_then()));
  if (q.with_derivation) {
    row.how["soll_pfad"] = node("share_of", "Unterjähriges Soll", *row.path,
                                {constant("Sollwert", target.value.exact()), std::move(month_how), std::move(december_how)});
  }
}

// The target said twice ("1,9 Prozent (= 50 Integrationen)"): both statements are looked at when the year is over.
void check_second_statement(Assessment& row, const Target& target, const Question& q, const Exact& level, const std::optional<Exact>& base) {
  if (!base || q.month.month() != 12) return;
  for (const auto& equivalent : target.equivalents) {
    if (equivalent.relation != "ABSOLUTE_EQUIVALENT" || !equivalent.value) continue;
    const Exact second = equivalent.value->exact();
    const bool said = reached(target.bound, level - *base, target.value.digits < 0 ? Exact(-abs(second)) : second);
    row.remarks.push_back(fmt::format("Zweite Angabe der Vereinbarung („{}“): Veränderung {}, danach {}.{}", equivalent.raw,
                                      base::german_or_rounded(level - *base, 1), said ? "erreicht" : "nicht erreicht",
                                      said == (row.status == Status::Reached) ? "" : " Die beiden Angaben führen zu verschiedenen Ergebnissen."));
  }
}

// Milestones are intermediate values of a target: looked at once their month has come, never targets of their own.
void add_milestones(Assessment& row, const domain::TargetAgreement& agreement, const Target& target, const Question& q) {
  for (const auto& milestone : agreement.milestones) {
    if (milestone.target != target.id) continue;
    const int places = domain::places_of(milestone.value, milestone.unit);
    const std::string agreed = fmt::format("Zwischenwert zum {}: {} {}", milestone.date, in_words(milestone.bound), milestone.value.german());
    if (milestone.month > q.month) {
      row.remarks.push_back(agreed + " (noch nicht fällig).");
      continue;
    }
    const auto reading = q.measured.read(q.sources.facts, {milestone.month + q.waiting}, milestone.month, nullptr);
    if (!reading) {
      row.remarks.push_back(agreed + ", nicht bewertbar: " + reason_of(reading.error()));
      continue;
    }
    const auto value = base::round_half_away(reading->value, places);
    const bool is_reached = reached(milestone.bound, value.exact(), milestone.value.exact());
    row.remarks.push_back(fmt::format("{}, Ist {}: {}.", agreed, value.german(), is_reached ? "eingehalten" : "nicht eingehalten"));
  }
}

// Compares after rounding to the decimals of the agreed value and says so if that decides (handbook, section 7.2).
void decide(Assessment& row, const Target& target, const Question& q, const Reading& reading) {
  const Exact agreed = target.value.exact();
  const bool is_reached = reached(target.bound, row.actual->exact(), agreed);
  row.status = is_reached ? Status::Reached : Status::Missed;
  row.rounding_decides = is_reached != reached(target.bound, *row.actual_exact, agreed);
  if (row.rounding_decides) {
    row.remarks.push_back(fmt::format("Die Rundung entscheidet: ungerundet {} gegen {}.", base::round_half_away(*row.actual_exact, 6).german(),
                                      base::round_half_away(agreed, target.places()).german()));
  }
  add_distance(row, target, q, reading, row.level_last_year);
  check_second_statement(row, target, q, reading.value, row.level_last_year);
}

void add_level_target(Assessment& row, const Target& target, const Question& q) {
  row.level_target = level_for(target.scale, target.value.exact(), row.level_last_year);
  if (!q.with_derivation) return;
  auto agreed = constant("Sollwert", target.value.exact());
  row.how["niveau_soll"] = row.level_last_year
                               ? node(level_operation(target.scale), "Niveau, das vereinbart ist", *row.level_target, {row.how["niveau_vorjahr"], std::move(agreed)})
                               : std::move(agreed);
}

base::Result<void> judge_with_facts(Assessment& row, const Target& target, const domain::TargetAgreement& agreement, Month month, Waiting waiting,
                                    const Sources& sources, bool with_derivation) {
  const auto what = measured(target.indicator, target.aggregation, month, sources);
  if (!what) return tl::unexpected(what.error());
  if (target.scale == Scale::Other) return base::problem("measure_unknown", "Ein Ziel dieser Art wird noch nicht berechnet.", target.scale_code);
  const Question question{*what, target.scale, target.reference, month, waiting, sources, with_derivation};
  add_milestones(row, agreement, target, question);
  auto measurement = measure(question);
  if (!measurement) return tl::unexpected(measurement.error());
  const Reading reading = measurement->reading;
  show(row, question, std::move(*measurement), target.places());
  add_level_target(row, target, question);
  // A level that accumulates over the year has no verdict before December.
  if (target.scale == Scale::Level && what->subject.figure.accumulates && month.month() < 12) {
    row.status = Status::Open;
    row.reason = "year_not_over";
    add_path(row, target, question);
  } else {
    decide(row, target, question, reading);
  }
  return {};
}

// The month whose value decides: the month asked for, but a stock at a date and a value of a month belong to theirs, and a target of
// another year to that year's December. A row asked for earlier is not due, one asked for later is judged on the month that decides.
Month deciding_month(const Target& target, Month month) {
  const int year = target.year > 0 ? target.year : month.year();
  if (target.aggregation == Aggregation::MonthValue && target.month) return {year, *target.month};
  if (target.aggregation == Aggregation::YearEndStock || year != month.year()) return {year, 12};
  return month;
}

}  // namespace

Assessment judge(const Target& target, const domain::TargetAgreement& agreement, Month asked, Waiting waiting, const Sources& sources,
                 bool with_derivation) {
  const Month decides = deciding_month(target, asked);
  const Month month = std::min(decides, asked);
  Assessment row;
  row.id = target.id;
  row.waiting = waiting;
  row.state = {month + waiting};
  const bool other_year = target.reference && target.reference->year && *target.reference->year < month.year();
  row.state_last_year = DataState{month + sources.waiting_last_year.value_or(waiting)}.years_before(other_year ? month.year() - *target.reference->year : 1);
  row.target = base::round_half_away(target.value.exact(), target.places());
  row.unit = target.unit;
  row.comparator = sign(target.bound);
  if (target.reads_equality) {
    row.assumptions.push_back("Die Gleichheit („" + target.words + "“) ist als einseitige Grenze gelesen.");
  } else if (!target.bound_explicit) {
    row.assumptions.push_back(fmt::format("„{}“ ist als „{}“ gelesen: mehr als vereinbart zählt als erreicht.", target.words, in_words(target.bound)));
  }
  if (asked < decides) {
    row.status = Status::Open;
    row.reason = "not_due: " + decides.text();
    return row;
  }
  if (const auto judged = judge_with_facts(row, target, agreement, month, waiting, sources, with_derivation); !judged) {
    row.status = Status::NotAssessable;
    row.reason = reason_of(judged.error());
    row.remarks.insert(row.remarks.begin(), judged.error().message);
  }
  return row;
}

}  // namespace zielwerk::evaluation
