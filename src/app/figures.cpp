#include "app/figures.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::app {
namespace {

using base::Month;
using base::Result;
using domain::DataState;
using domain::FactHistory;
using domain::FactLens;
using domain::SeriesKey;
using domain::Sex;
using indicators::Figure;
using indicators::Reading;
using indicators::Shape;

// The change of a year-to-date level compares equal Ladestände: two lenses twelve months apart (handbook, section 5).
Result<Reading> change_year_to_date(const Figure& figure, Sex sex, const FactHistory& facts, DataState state, Month month) {
  Figure level = figure;
  level.shape = Shape::Amount;
  level.shown_as_change = false;
  const auto now = indicators::year_to_date(level, sex, FactLens(facts, state), month);
  if (!now) return now;
  const auto before = indicators::year_to_date(level, sex, FactLens(facts, state.years_before(1)), month.same_month_last_year());
  if (!before) return before;
  if (before->value == 0) return base::problem("denominator_zero", "Der Vorjahreswert ist 0.", figure.above.measure);
  return Reading{(now->value / before->value - 1) * 100, now->value, before->value};
}

FigureValue compute(const Figure& figure, Sex sex, const FactHistory& facts, Month month, DataState state, FigureForm form) {
  FigureValue value{sex, form, state, std::nullopt, {}};
  const FactLens lens(facts, state);
  const auto reading = form == FigureForm::Month     ? indicators::monthly(figure, sex, lens, month)
                       : figure.shown_as_change ? change_year_to_date(figure, sex, facts, state, month)
                                                     : indicators::year_to_date(figure, sex, lens, month);
  if (reading) {
    value.reading = *reading;
  } else {
    value.reason = reading.error().code + ": " + reading.error().where;
  }
  return value;
}

void rank(Peers& peers, indicators::Good good) {
  const auto shown = [](const PeerValue& one) { return base::round_half_away(one.value.reading->value, 1).units; };
  std::stable_sort(peers.values.begin(), peers.values.end(), [&](const PeerValue& a, const PeerValue& b) {
    if (!a.value.reading || !b.value.reading) return a.value.reading.has_value() && !b.value.reading.has_value();
    return good == indicators::Good::Down ? a.value.reading->value < b.value.reading->value : a.value.reading->value > b.value.reading->value;
  });
  for (std::size_t i = 0; i < peers.values.size() && peers.values[i].value.reading; ++i) {
    const bool ties = i > 0 && shown(peers.values[i]) == shown(peers.values[i - 1]);
    peers.values[i].rank = ties ? peers.values[i - 1].rank : static_cast<int>(i) + 1;
    peers.ranked = static_cast<int>(i) + 1;
  }
}

}  // namespace

std::vector<SeriesKey> series_of(const Figure& figure) {
  std::vector<SeriesKey> keys;
  for (const auto* term : {&figure.above, &figure.below}) {
    if (term->measure.empty()) continue;
    for (const auto sex : {Sex::T, Sex::M, Sex::F}) keys.push_back({term->measure, sex, term->group});
  }
  return keys;
}

std::string in_words(FigureForm form) { return form == FigureForm::Month ? "Monat" : "Jahresfortschritt"; }

Result<indicators::Subject> find_figure(const Workspace& workspace, const std::string& name, Month month) {
  const auto under = name.find('_');
  const auto code = under == 2 || under == 4 ? name.substr(0, under) : name;
  if (const auto* row = indicators::kennzahl(code, month)) {
    const auto suffix = name.substr(code.size());
    if (suffix.empty()) return indicators::Subject{*row, Sex::T};
    if (const auto sex = domain::parse_sex(suffix.substr(1))) return indicators::Subject{*row, *sex};
  }
  const auto parts = base::split(name, '/');
  if (const auto subject = indicators::subject(parts[0], parts.size() > 1 ? parts[1] : "", month, workspace.vocabulary(), workspace.declared())) return *subject;
  std::set<std::string> known;
  for (const auto& row : indicators::regulation()) known.insert(row.code);
  for (const auto& one : indicators::agreement_codes()) known.insert(one);
  for (const auto& figure : workspace.declared()) known.insert(figure.code);
  return base::problem("figure_unknown", fmt::format("Die Kennzahl {} gibt es im {} nicht. Bekannt: {}.", base::quoted(name), month.german_text(), fmt::join(known, ", ")));
}

std::vector<FigureValue> figure_values(const Workspace& workspace, const indicators::Subject& subject, bool all_sexes, domain::ProviderNumber jobcenter,
                                       Month month, DataState state) {
  const auto facts = workspace.store().read(jobcenter, series_of(subject.figure));
  const bool by_sex = all_sexes && subject.figure.shape != Shape::GapBetweenSexes;
  std::vector<FigureValue> values;
  for (const auto form : {FigureForm::Month, FigureForm::YearToDate}) {
    for (const auto sex : {Sex::T, Sex::M, Sex::F}) {
      if (by_sex || sex == subject.sex) values.push_back(compute(subject.figure, sex, facts, month, state, form));
    }
  }
  return values;
}

std::vector<FigureValue> figure_revisions(const Workspace& workspace, const indicators::Subject& subject, domain::ProviderNumber jobcenter, Month month,
                                          FigureForm form) {
  const auto keys = series_of(subject.figure);
  const auto facts = workspace.store().read(jobcenter, keys);
  std::vector<FigureValue> values;
  for (int waiting = 0; waiting <= 3; ++waiting) values.push_back(compute(subject.figure, subject.sex, facts, month, {month + waiting}, form));
  return values;
}

std::vector<FigureMonth> figure_course(const indicators::Subject& subject, Sex sex, const FactHistory& facts, Month month, DataState state, FigureForm form, int months) {
  // Men and women of a gap between them are the quotas it is made of.
  Figure figure = subject.figure;
  if (figure.shape == Shape::GapBetweenSexes && sex != Sex::T) figure.shape = Shape::Quotient;
  std::vector<FigureMonth> course;
  for (int back = months - 1; back >= 0; --back) course.push_back({month - back, compute(figure, sex, facts, month - back, state, form)});
  return course;
}

std::string peer_group_of(const std::vector<domain::PeerGroupMembership>& memberships, domain::ProviderNumber jobcenter, Month month) {
  for (const auto& one : memberships) {
    if (one.jobcenter == jobcenter && one.from <= month.text() && (one.until.empty() || month.text() <= one.until)) return one.peer_group;
  }
  return "";
}

Result<Peers> compare_peers(const Workspace& workspace, const indicators::Subject& subject, const PeerFilter& filter, Month month, DataState state,
                            FigureForm form) {
  auto group = members(workspace, filter.land, filter.form, month.year());
  if (!filter.peer_group.empty()) {
    const auto memberships = workspace.store().peer_groups();
    std::erase_if(group, [&](auto jobcenter) { return peer_group_of(memberships, jobcenter, month) != filter.peer_group; });
  }
  if (!filter.only.empty()) std::erase_if(group, [&](auto jobcenter) { return std::find(filter.only.begin(), filter.only.end(), jobcenter) == filter.only.end(); });
  if (group.empty()) {
    return base::problem("peers_empty", filter.peer_group.empty() ? "Auf diese Auswahl passt kein Jobcenter."
                                                                  : "Auf diese Auswahl passt kein Jobcenter. Vergleichstypen werden mit „zielwerk vergleichstyp import“ eingelesen.");
  }
  auto keys = series_of(subject.figure);
  // Hundreds of Jobcenter: only what this figure is made of is read.
  if (subject.figure.shape != Shape::GapBetweenSexes) std::erase_if(keys, [&](const SeriesKey& key) { return key.sex != subject.sex; });
  Peers peers;
  std::vector<FactHistory> complete;
  for (const auto jobcenter : group) {
    auto facts = workspace.store().read(jobcenter, keys);
    peers.values.push_back({jobcenter, compute(subject.figure, subject.sex, facts, month, state, form), 0});
    if (peers.values.back().value.reading) complete.push_back(std::move(facts));
  }
  rank(peers, subject.figure.good);
  const auto sum = sum_of(complete, keys, std::array{state.years_before(1), state});
  peers.together = compute(subject.figure, subject.sex, sum, month, state, form);
  peers.summed = static_cast<int>(complete.size());
  return peers;
}

}  // namespace zielwerk::app
