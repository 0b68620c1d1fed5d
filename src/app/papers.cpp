#include "app/papers.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/drafting.h"
#include "app/evaluations.h"
#include "app/figures.h"
#include "app/paper_year.h"
#include "app/publication.h"
#include "base/text.h"
#include "papers/words.h"
#include "report/review_words.h"

namespace zielwerk::app {
namespace {

using base::Month;
using domain::FactHistory;
using domain::Sex;
using papers::Basis;
using papers::FigureRow;
using papers::Row;

// Sums of a Land or a Vergleichstyp are the same for all its Jobcenter.
class Surroundings {
 public:
  struct Together {
    std::optional<base::Exact> value;
    int jobcenters = 0;
  };
  Together of(const Workspace& workspace, const indicators::Subject& subject, const PeerFilter& filter, Month month, domain::DataState state) {
    const auto key = fmt::format("{}|{}|{}|{}|{}|{}", subject.figure.code, domain::letter(subject.sex), filter.land, filter.peer_group, month.text(), state.loaded.text());
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    Together together;
    if (const auto peers = compare_peers(workspace, subject, filter, month, state, FigureForm::YearToDate)) {
      together.jobcenters = peers->summed;
      if (peers->together.reading && peers->summed > 0) together.value = peers->together.reading->value;
    }
    return known_[key] = together;
  }

 private:
  std::map<std::string, Together> known_;
};

const domain::IndicatorRef* indicator_of(const domain::TargetAgreement& terms, const std::string& id) {
  const domain::IndicatorRef* found = nullptr;
  const auto look = [&](const auto& rows) {
    for (const auto& one : rows) {
      if (one.id == id) found = &one.indicator;
    }
  };
  look(terms.targets);
  look(terms.monitoring);
  look(terms.forecasts);
  return found;
}

std::string unit_of(const Workspace& workspace, const indicators::Figure& figure) {
  if (figure.shape == indicators::Shape::GapBetweenSexes) return "Prozentpunkte";
  if (figure.in_percent() && !figure.shown_as_change) return "%";
  const auto* measure = workspace.vocabulary().measure(figure.above.measure);
  return measure && measure->counted_in == "Euro" ? "€" : "";
}

// "fact_missing: INT T LZB 2020-04 (Ladestand 2020-06)" for people.
std::string why(const domain::Vocabulary& vocabulary, const std::string& reason) {
  const auto colon = reason.find(": ");
  const auto code = reason.substr(0, colon);
  if (code == "measure_unknown") return "Zu dieser Größe liegen keine Zahlen vor.";
  if (colon == std::string::npos || (code != "fact_missing" && code != "denominator_zero")) return "Eine Zahl liegt nicht vor.";
  const auto words = base::split(reason.substr(colon + 2), ' ');
  const auto month_at = std::find_if(words.begin(), words.end(), [](const std::string& word) { return Month::parse(word).has_value(); });
  const auto* measure = vocabulary.measure(words.front());
  if (month_at == words.end() || measure == nullptr) return "Eine Zahl liegt nicht vor.";
  auto name = measure->name;
  for (auto word = words.begin() + 1; word != month_at; ++word) {
    if (const auto* group = vocabulary.group(*word)) name += ", " + group->name;
    else if (*word == "M" || *word == "F") name += *word == "M" ? ", Männer" : ", Frauen";
  }
  const auto month = Month::parse(*month_at)->german_text();
  if (code == "denominator_zero") return fmt::format("Der Nenner ist 0: {} im {}.", name, month);
  const auto state = month_at + 2 < words.end() ? Month::parse((month_at + 2)->substr(0, 7)) : std::nullopt;
  return fmt::format("Es fehlt: {} im {}{}.", name, month, state ? fmt::format(" (Ladestand {})", state->german_text()) : "");
}

void add_words(Row& row, const Workspace& workspace, const domain::TargetAgreement& terms, Month month) {
  const auto* ref = indicator_of(terms, row.line.id);
  if (!row.line.actual) row.why = why(workspace.vocabulary(), row.line.reason.value_or(""));
  if (!ref) {
    row.name = row.words.target;
    return;
  }
  row.name = report::in_words(ref->code);
  if (!ref->subgroup.empty()) row.name += fmt::format(" ({})", report::in_words(ref->subgroup));
  row.kennzahl = ref->kennzahl;
  if (const auto subject = indicators::subject(ref->code, ref->subgroup, month, workspace.vocabulary(), workspace.declared())) row.unit = unit_of(workspace, subject->figure);
}

void add_months(Row& row, const Workspace& workspace, const domain::TargetAgreement& terms, const FactHistory& facts, Month month) {
  const auto* ref = indicator_of(terms, row.line.id);
  const auto subject = ref ? indicators::subject(ref->code, ref->subgroup, month, workspace.vocabulary(), workspace.declared()) : std::nullopt;
  const auto state = Month::parse(row.line.state);
  if (!subject || !state) return;
  const auto now = figure_course(*subject, subject->sex, facts, month, {*state}, FigureForm::Month, 12);
  const auto before = figure_course(*subject, subject->sex, facts, month.same_month_last_year(), {state->same_month_last_year()}, FigureForm::Month, 12);
  const auto value = [](const FigureMonth& one) { return one.value.reading ? std::optional(one.value.reading->value) : std::nullopt; };
  row.monthly_name = subject->figure.name + (subject->figure.above.first == -11 ? " (gleitende Zwölfmonatswerte)" : "");
  for (std::size_t i = 0; i < now.size(); ++i) row.months.push_back({now[i].month, value(now[i]), value(before[i]), *state - now[i].month < 3});
  if (std::none_of(row.months.begin(), row.months.end(), [](const papers::MonthPoint& one) { return one.value.has_value(); })) row.months.clear();
}

const report::Line* line_of(const std::vector<report::Line>& lines, const std::string& id) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const report::Line& one) { return one.id == id; });
  return found == lines.end() ? nullptr : &*found;
}

// The lines of the year's months before this one, each at its own Ladestand.
std::map<Month, std::vector<report::Line>> months_before(Workspace& workspace, const Agreement& agreement, const FactHistory& facts, const EvaluateRequest& request) {
  std::map<Month, std::vector<report::Line>> all;
  for (Month month = request.month.january(); month < request.month; month = month + 1) {
    auto earlier = request;
    earlier.month = month;
    earlier.record = false;
    if (auto evaluated = evaluate(workspace, agreement, facts, earlier)) all[month] = std::move(evaluated->report.lines);
  }
  return all;
}

void add_sources(Basis& basis, const Workspace& workspace, const FactHistory& facts) {
  std::set<domain::DeliveryId> used;
  const auto last = basis.head.state.loaded;
  for (const auto& [series, records] : facts.all()) {
    for (const auto& record : records) {
      if (record.state.loaded <= last && record.delivery > 0) used.insert(record.delivery);
    }
  }
  for (const auto& delivery : workspace.store().deliveries()) {
    if (used.contains(delivery.id)) basis.sources.push_back(delivery.source);
  }
}

void withhold(report::Line& line) {
  for (auto* figure : {&line.actual, &line.actual_exact, &line.level, &line.level_last_year, &line.level_target, &line.path, &line.distance, &line.distance_unit}) figure->reset();
  line.remarks.clear();
}

bool one_or_two(const std::optional<std::string>& number) { return number == "1" || number == "2"; }

// What leaves the house says of no row what stands for 1 or 2 persons in it: now, in a month of the year, or in the year before. Sums over
// several Jobcenter are no persons of one.
void withhold_rows(Basis& basis, const Workspace& workspace, domain::ProviderNumber jobcenter) {
  for (auto& row : basis.rows) {
    const auto* ref = indicator_of(basis.terms, row.line.id);
    const auto subject = ref ? indicators::subject(ref->code, ref->subgroup, basis.head.month, workspace.vocabulary(), workspace.declared()) : std::nullopt;
    const auto facts = subject ? workspace.store().read(jobcenter, disclosure_series(subject->figure)) : FactHistory();
    const auto small = [&](const report::Line& line, Month month) {
      if (line.unit == "COUNT" && (one_or_two(line.actual) || one_or_two(line.level) || one_or_two(line.level_last_year))) return true;
      const auto state = Month::parse(line.state);
      if (!subject || !state) return false;
      const auto shows = [&](Month of, domain::DataState as_of) { return discloses(*subject, facts, of, as_of, FigureForm::YearToDate, workspace.vocabulary()); };
      return shows(month, {*state}) || (line.level_last_year && shows(month.same_month_last_year(), {state->same_month_last_year()}));
    };
    for (auto& point : row.year) {
      point.withheld = small(point.line, point.month);
      if (point.withheld) withhold(point.line);
    }
    row.withheld = small(row.line, basis.head.month);
    if (row.withheld) withhold(row.line), row.why.clear();
  }
  for (auto& one : basis.year.programmes) {
    if (one.occupied == "1" || one.occupied == "2") one.occupied = papers::withheld_sign;
  }
}

// Everybody is women and men: of the three never one alone is withheld, and a gap goes with its parts. Together with one or two others a
// Jobcenter is still to be recognised.
void withhold_sexes(std::array<FigureRow, 3>& rows, int in_land, int in_type) {
  auto& [all, men, women] = rows;
  for (auto value : {&FigureRow::month, &FigureRow::year_to_date, &FigureRow::last_year}) {
    if (!(all.*value).withheld && !(men.*value).withheld && !(women.*value).withheld) continue;
    for (auto* row : {&men, &women}) (row->*value).withheld = true;
  }
  for (auto& row : rows) {
    row.of_land.withheld = in_land < 3 && (row.year_to_date.withheld);
    row.of_type.withheld = in_type < 3 && (row.year_to_date.withheld);
    for (auto* value : {&row.month, &row.year_to_date, &row.last_year, &row.of_land, &row.of_type}) {
      if (value->withheld) value->value.reset();
    }
  }
}

void add_figures(Basis& basis, const Workspace& workspace, Surroundings& surroundings, domain::ProviderNumber jobcenter, bool leaves) {
  const auto month = basis.head.month;
  const auto state = basis.head.state;
  for (const auto& figure : indicators::regulation()) {
    if (indicators::kennzahl(figure.code, month) != &figure) continue;
    const auto facts = workspace.store().read(jobcenter, disclosure_series(figure));
    std::array<FigureRow, 3> rows;
    for (const auto sex : {Sex::T, Sex::M, Sex::F}) {
      const indicators::Subject subject{figure, sex};
      auto& row = rows[static_cast<std::size_t>(sex)];
      row.code = figure.code;
      row.name = figure.name;
      row.sex = sex;
      row.is_change = figure.shown_as_change;
      const auto value = [&](Month of, domain::DataState as_of, FigureForm form) {
        const auto one = figure_course(subject, sex, facts, of, as_of, form, 1).front().value;
        if (!one.reading) return FigureRow::Value{{}, why(workspace.vocabulary(), one.reason)};
        return FigureRow::Value{one.reading->value, {}, leaves && discloses(subject, facts, of, as_of, form, workspace.vocabulary())};
      };
      row.month = value(month, state, FigureForm::Month);
      row.year_to_date = value(month, state, FigureForm::YearToDate);
      row.last_year = value(month.same_month_last_year(), state.years_before(1), FigureForm::YearToDate);
      const auto land = surroundings.of(workspace, subject, {basis.land, {}, {}, {}}, month, state);
      row.of_land.value = land.value;
      basis.in_land = std::max(basis.in_land, land.jobcenters);
      if (!basis.peer_group.empty()) {
        const auto type = surroundings.of(workspace, subject, {{}, {}, basis.peer_group, {}}, month, state);
        row.of_type.value = type.value;
        basis.in_type = std::max(basis.in_type, type.jobcenters);
      }
    }
    if (leaves) withhold_sexes(rows, basis.in_land, basis.in_type);
    std::move(rows.begin(), rows.end(), std::back_inserter(basis.figures));
  }
}

std::string unit_name(const Workspace& workspace, const Agreement& agreement) {
  if (const auto& number = agreement.stored.jobcenter) return "Jobcenter " + workspace.directory().name(*number);
  return agreement.terms.kind == "BMAS_LAND" ? "Land " + agreement.terms.state : "Bund";
}

base::Checked<Basis> read_basis(Workspace& workspace, const Agreement& newest, const papers::Kind& kind, const PaperRequest& wanted, Surroundings& surroundings) {
  Basis basis;
  basis.unit = unit_name(workspace, newest);
  basis.agreement = newest.stored.id;
  basis.provider = newest.stored.jobcenter ? newest.stored.jobcenter->text() : "";
  auto facts = facts_of(workspace, newest);
  const auto waiting = wanted.waiting.value_or(evaluation::default_waiting(newest.terms));
  EvaluateRequest request{wanted.month ? *wanted.month : kind.year_end ? Month(newest.terms.year, 12) : default_month(newest, facts, waiting), wanted.waiting};
  if (newest.stored.version > 1) {
    const auto in_force = agreement_in_force(workspace, newest.stored.id, request.month);
    if (in_force) facts = facts_of(workspace, *in_force);
  }
  auto evaluated = evaluate(workspace, newest, facts, request);
  if (!evaluated) return base::problems(evaluated.error());
  basis.terms = std::move(evaluated->terms);
  basis.head = std::move(evaluated->report.head);
  basis.version = basis.head.version;
  auto file = read_year(workspace, basis.agreement, basis.terms, request.month, wanted.until_act);
  if (const auto* jobcenter = newest.stored.jobcenter ? workspace.directory().find(*newest.stored.jobcenter) : nullptr) {
    basis.land = jobcenter->land;
    basis.peer_group = peer_group_of(workspace.store().peer_groups(), jobcenter->number, request.month);
  }
  add_sources(basis, workspace, facts);
  if (file.record) basis.sources.push_back(fmt::format("Steuerungsakte bis Vorgang {}", file.record->last(domain::shared_room)));
  const auto earlier = months_before(workspace, newest, facts, request);
  std::vector<report::Line> then;
  if (const auto& dialogue = file.year.last_dialogue; dialogue && dialogue->month) {
    if (auto was = evaluate(workspace, newest, facts, {*dialogue->month, dialogue->waiting ? dialogue->waiting : wanted.waiting})) then = std::move(was->report.lines);
  }
  for (auto& line : evaluated->report.lines) {
    Row row;
    row.line = std::move(line);
    row.words = report::row_words(basis.terms, row.line.id);
    add_words(row, workspace, basis.terms, request.month);
    for (const auto& [month, lines] : earlier) {
      if (const auto* one = line_of(lines, row.line.id)) row.year.push_back({month, *one});
    }
    if (!row.year.empty() && row.year.back().month == request.month - 1) row.last_month = {row.year.back().month, row.year.back().line};
    if (const auto* one = line_of(then, row.line.id)) row.last_dialogue = {*file.year.last_dialogue->month, *one};
    row.year.push_back({request.month, row.line});
    if (kind.course && row.line.id.starts_with('T')) {
      add_months(row, workspace, basis.terms, facts, request.month);
      if (auto how = explain(workspace, newest.stored.id, row.line.id, request)) row.derivation = std::move(*how);
    }
    basis.rows.push_back(std::move(row));
  }
  add_results(file, workspace, basis.terms, request.month, basis.rows);
  basis.year = std::move(file.year);
  if (kind.leaves && newest.stored.jobcenter) withhold_rows(basis, workspace, *newest.stored.jobcenter);
  if (kind.figures && newest.stored.jobcenter) add_figures(basis, workspace, surroundings, *newest.stored.jobcenter, kind.leaves);
  if (kind.text) {
    auto text = draft_agreement(workspace, newest.stored.id, std::nullopt);
    if (!text) return tl::unexpected(text.error());
    basis.text = std::move(*text);
  }
  return basis;
}

base::Result<const papers::Kind*> find_kind(const std::string& name) {
  if (const auto* kind = papers::kind(name)) return kind;
  std::vector<std::string> known;
  for (const auto& one : papers::kinds()) known.emplace_back(one.name);
  return base::problem("paper_unknown", fmt::format("Eine Unterlage {} gibt es nicht; es gibt {}.", base::quoted(name), fmt::join(known, ", ")));
}

}  // namespace

base::Checked<papers::Paper> make_paper(Workspace& workspace, const std::string& agreement, const PaperRequest& request) {
  const auto kind = find_kind(request.name);
  if (!kind) return base::problems(kind.error());
  const auto newest = find_agreement(workspace, agreement);
  if (!newest) return base::problems(newest.error());
  Surroundings surroundings;
  const auto basis = read_basis(workspace, *newest, **kind, request, surroundings);
  if (!basis) return tl::unexpected(basis.error());
  return (*kind)->build(*basis);
}

base::Checked<LandPapers> make_papers(Workspace& workspace, const std::string& land, const PaperRequest& request) {
  const auto kind = find_kind(request.name);
  if (!kind) return base::problems(kind.error());
  std::vector<Agreement> of_land;
  int newest_year = 0;
  for (auto& one : all_agreements(workspace)) {
    const auto* jobcenter = one.stored.jobcenter ? workspace.directory().find(*one.stored.jobcenter) : nullptr;
    if (!jobcenter || jobcenter->land != land) continue;
    newest_year = std::max(newest_year, one.terms.year);
    of_land.push_back(std::move(one));
  }
  const int year = request.month ? request.month->year() : newest_year;
  std::erase_if(of_land, [&](const Agreement& one) { return one.terms.year != year; });
  if (of_land.empty()) {
    return base::problems({"land_empty", fmt::format("Im Speicher liegt keine Vereinbarung eines Jobcenters aus {} für {}; erwartet ist ein Land mit zwei Buchstaben, z. B. NW.", base::quoted(land), year > 0 ? std::to_string(year) : "ein Jahr"), "--land"});
  }
  LandPapers all;
  Surroundings surroundings;
  for (const auto& one : of_land) {
    auto basis = read_basis(workspace, one, **kind, request, surroundings);
    if (basis) {
      all.papers.push_back((*kind)->build(*basis));
      continue;
    }
    for (auto problem : basis.error()) {
      if (problem.where.empty()) problem.where = one.stored.id;
      all.refused.push_back(std::move(problem));
    }
  }
  return all;
}

}  // namespace zielwerk::app
