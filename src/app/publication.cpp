#include "app/publication.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::app {
namespace {

using base::Exact;
using base::Month;
using domain::FactLens;

constexpr domain::Waiting final_state = 3;
const char* const persons = "ELB";  // who receives the money that is counted

// Extrapolated stocks have places, so 2.5 is few, too.
bool few(const Exact& number) { return number > 0 && number < 3; }

bool few_receive(const domain::SeriesKey& money, Month month, const FactLens& lens) {
  const auto series = lens.series({persons, money.sex, money.group});
  if (!series) return true;
  const auto fact = series->at(month);
  return !fact || (*fact)->value.missing() || few((*fact)->value.number.exact());
}

PublishedValue value_of(const Workspace& workspace, const indicators::Figure& figure, domain::ProviderNumber jobcenter, Month month, domain::DataState state) {
  const auto facts = workspace.store().read(jobcenter, disclosure_series(figure));
  const FactLens lens(facts, state);
  indicators::Derivation how;
  const auto reading = indicators::monthly(figure, domain::Sex::T, lens, month, &how);
  PublishedValue published{jobcenter, std::nullopt, false};
  if (!reading) return published;
  published.withheld = discloses(how, *reading, lens, workspace.vocabulary());
  if (!published.withheld) published.value = reading->value;
  return published;
}

}  // namespace

bool discloses(const indicators::Derivation& how, const indicators::Reading& reading, const FactLens& lens, const domain::Vocabulary& vocabulary) {
  if (reading.above && reading.below && few(*reading.below - *reading.above)) return true;
  std::vector<const indicators::Derivation*> open = {&how};
  while (!open.empty()) {
    const auto* node = open.back();
    open.pop_back();
    for (const auto& part : node->arguments) open.push_back(&part);
    if (node->fact == nullptr) continue;
    const auto* measure = vocabulary.measure(node->series.measure);
    const bool money = measure == nullptr || measure->counted_in == "Euro";
    if (money ? few_receive(node->series, node->fact->month, lens) : few(node->value)) return true;
  }
  return false;
}

bool discloses(const indicators::Subject& subject, const domain::FactHistory& facts, Month month, domain::DataState state, FigureForm form, const domain::Vocabulary& vocabulary) {
  const auto at = [&](Month of, domain::DataState as_of) {
    auto figure = subject.figure;
    // The year to date of a change compares two levels; each is looked at by itself.
    if (figure.shown_as_change && form == FigureForm::YearToDate) figure.shape = indicators::Shape::Amount, figure.shown_as_change = false;
    const FactLens lens(facts, as_of);
    indicators::Derivation how;
    const auto reading = form == FigureForm::Month ? indicators::monthly(figure, subject.sex, lens, of, &how) : indicators::year_to_date(figure, subject.sex, lens, of, &how);
    return reading && discloses(how, *reading, lens, vocabulary);
  };
  return at(month, state) || (subject.figure.shown_as_change && form == FigureForm::YearToDate && at(month.same_month_last_year(), state.years_before(1)));
}

std::vector<domain::SeriesKey> disclosure_series(const indicators::Figure& figure) {
  auto keys = series_of(figure);
  for (const auto* term : {&figure.above, &figure.below}) {
    for (const auto sex : {domain::Sex::T, domain::Sex::M, domain::Sex::F}) keys.push_back({persons, sex, term->group});
  }
  return keys;
}

base::Result<Published> published(const Workspace& workspace, const std::string& code, Month month) {
  const auto* figure = indicators::kennzahl(code, month);
  if (figure == nullptr) return base::problem("figure_unknown", fmt::format("Die Kennzahl {} gibt es im {} nicht.", base::quoted(code), month.german_text()), "kennzahl");
  Published all{*figure, month, {month + final_state}, {}};
  for (const auto jobcenter : workspace.store().jobcenters()) all.values.push_back(value_of(workspace, *figure, jobcenter, month, all.state));
  if (std::none_of(all.values.begin(), all.values.end(), [](const auto& one) { return one.value || one.withheld; })) {
    return base::problem("month_not_published", fmt::format("Für {} ist {} nicht veröffentlicht; veröffentlicht wird, was endgültig ist (t-3).", month.german_text(), code), "month");
  }
  return all;
}

std::optional<Month> last_published(const Workspace& workspace) {
  std::optional<Month> last;
  for (const auto& delivery : workspace.store().deliveries()) {
    const auto month = delivery.last_state + -final_state;
    if (!last || *last < month) last = month;
  }
  return last;
}

}  // namespace zielwerk::app
