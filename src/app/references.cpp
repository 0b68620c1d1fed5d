#include "app/references.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/evaluations.h"
#include "app/figures.h"
#include "app/sums.h"
#include "evaluation/measured.h"

namespace zielwerk::app {
namespace {

using base::Exact;
using base::Month;
using domain::FactHistory;
using domain::Target;
using evaluation::Measured;
using evaluation::Sources;

// What a target's result was a year before the one it is for.
base::Result<evaluation::Measurement> result_of(const Target& target, const Measured& measured, Month month, domain::Waiting waiting, const Sources& sources) {
  const std::optional<domain::Reference> previous = domain::Reference{"PREVIOUS_YEAR", {}, {}, {}};
  return evaluation::measure({measured, target.scale, previous, month, waiting, sources, false});
}

// Slope of the straight line of least squares, times twelve. Exact: sums of products of fractions.
std::optional<Exact> yearly_trend(const std::vector<FigureMonth>& months) {
  const auto n = static_cast<int>(months.size());
  Exact mean = 0;
  for (const auto& one : months) {
    if (!one.value.reading) return std::nullopt;
    mean += one.value.reading->value / n;
  }
  Exact above = 0;
  Exact below = 0;
  for (int i = 0; i < n; ++i) {
    const Exact distance = Exact(2 * i - (n - 1)) / 2;
    above += distance * (months[static_cast<std::size_t>(i)].value.reading->value - mean);
    below += distance * distance;
  }
  return below == 0 ? std::optional<Exact>() : std::optional<Exact>(above / below * 12);
}

// The value that a share of the sorted values lies below, by linear interpolation.
Exact quantile(const std::vector<Exact>& sorted, const Exact& share) {
  const Exact position = share * (static_cast<int>(sorted.size()) - 1);
  const auto lower = static_cast<std::size_t>(base::floor(position).convert_to<long>());
  if (lower + 1 >= sorted.size()) return sorted.back();
  return sorted[lower] + (position - Exact(base::floor(position))) * (sorted[lower + 1] - sorted[lower]);
}

class Referrer {
 public:
  Referrer(const Workspace& workspace, const domain::TargetAgreement& terms, domain::ProviderNumber jobcenter) : workspace_(workspace), terms_(terms), jobcenter_(jobcenter), series_(series_of(workspace, terms)) {}

  References look(std::optional<Month> month, std::optional<domain::Waiting> given) {
    facts_ = workspace_.store().read(jobcenter_, series_);
    const auto waiting = given.value_or(evaluation::default_waiting(terms_));
    found_.month = month.value_or(newest(waiting));
    found_.state = {found_.month + waiting};
    found_.peer_group = peer_group_of(workspace_.store().peer_groups(), jobcenter_, found_.month);
    gather(waiting);
    for (const auto& target : terms_.targets) found_.targets.push_back(beside(target, target.waiting.value_or(waiting)));
    people(waiting);
    return std::move(found_);
  }

 private:
  Sources sources(const FactHistory& facts) const { return {workspace_.vocabulary(), workspace_.declared(), facts}; }

  Month newest(domain::Waiting waiting) const {
    Agreement before;
    before.terms.year = terms_.year - 1;
    return default_month(before, facts_, waiting);
  }

  // The Vergleichstyp's and the Land's members, read once for all targets.
  void gather(domain::Waiting) {
    const auto* own = workspace_.directory().find(jobcenter_);
    const auto land = own ? own->land : std::string();
    land_ = sum_of(workspace_.store(), members(workspace_, land, std::nullopt, found_.month.year()), series_);
    if (found_.peer_group.empty()) return;
    const auto memberships = workspace_.store().peer_groups();
    for (const auto number : workspace_.store().jobcenters()) {
      if (peer_group_of(memberships, number, found_.month) == found_.peer_group) peers_.push_back(workspace_.store().read(number, series_));
    }
  }

  TargetReferences beside(const Target& target, domain::Waiting waiting) const {
    TargetReferences line;
    line.target = target.id;
    line.unit = target.unit;
    line.change = target.scale != domain::Scale::Level;
    line.words = target.words;
    const auto own = sources(facts_);
    const auto measured = evaluation::measured(target.indicator, target.aggregation, found_.month, own);
    if (!measured) {
      line.figure = target.indicator.text();
      line.reasons.push_back(measured.error().message);
      return line;
    }
    line.figure = measured->subject.figure.name;
    if (const auto before = result_of(target, *measured, found_.month, waiting, own)) {
      line.last_year = before->value;
      line.level = before->reading.value;
    } else {
      line.reasons.push_back("Vorjahr: " + before.error().message);
    }
    const auto course = figure_course(measured->subject.figure, measured->subject.sex, facts_, found_.month, {found_.month + waiting});
    line.trend = yearly_trend(course);
    if (!line.trend) line.reasons.push_back("Trend: nicht alle zwölf Monate da");
    peers(line, target, *measured, waiting);
    if (const auto together = result_of(target, *measured, found_.month, waiting, sources(land_))) line.land = together->value;
    else line.reasons.push_back("Land: " + together.error().message);
    return line;
  }

  static std::vector<FigureMonth> figure_course(const indicators::Figure& figure, domain::Sex sex, const FactHistory& facts, Month month, domain::DataState state) {
    return app::figure_course({figure, sex}, sex, facts, month, state, FigureForm::Month, 12);
  }

  void peers(TargetReferences& line, const Target& target, const Measured& measured, domain::Waiting waiting) const {
    std::vector<Exact> values;
    for (const auto& facts : peers_) {
      if (const auto value = result_of(target, measured, found_.month, waiting, sources(facts))) values.push_back(value->value);
    }
    line.peers = static_cast<int>(values.size());
    if (values.empty()) {
      line.reasons.push_back(found_.peer_group.empty() ? "Vergleichstyp: nicht bekannt" : fmt::format("Vergleichstyp {}: keine Werte", found_.peer_group));
      return;
    }
    std::sort(values.begin(), values.end());
    line.lower_quartile = quantile(values, Exact(1) / 4);
    line.median = quantile(values, Exact(1) / 2);
    line.upper_quartile = quantile(values, Exact(3) / 4);
  }

  // Integrationen over mean ELB, last year and the year before: the two numbers behind K2.
  void people(domain::Waiting waiting) {
    const auto subject = indicators::subject("INTEGRATION_RATE", "", found_.month, workspace_.vocabulary(), workspace_.declared());
    if (!subject) return;
    const auto keys = series_of(subject->figure);
    const auto facts = workspace_.store().read(jobcenter_, keys);
    const Measured rate{*subject, false};
    const auto now = rate.read(facts, {found_.month + waiting}, found_.month, nullptr);
    if (!now || !now->above || !now->below) return;
    found_.people = evaluation::LastYear{*now->above, *now->below, {}};
    const auto before = rate.read(facts, {found_.month - 12 + waiting}, found_.month - 12, nullptr);
    if (before) found_.people->stock_before = before->below;
  }

  const Workspace& workspace_;
  const domain::TargetAgreement& terms_;
  domain::ProviderNumber jobcenter_;
  std::vector<domain::SeriesKey> series_;
  FactHistory facts_;
  FactHistory land_;
  std::vector<FactHistory> peers_;
  References found_;
};

}  // namespace

References references(const Workspace& workspace, const domain::TargetAgreement& terms, domain::ProviderNumber jobcenter, std::optional<Month> month, std::optional<domain::Waiting> waiting) {
  return Referrer(workspace, terms, jobcenter).look(month, waiting);
}

std::string target_title(const Workspace& workspace, const domain::TargetAgreement& terms, const Target& target) {
  const FactHistory nothing;
  const auto measured = evaluation::measured(target.indicator, target.aggregation, {target.year == 0 ? terms.year : target.year, 12}, {workspace.vocabulary(), workspace.declared(), nothing});
  const auto words = report::row_words(terms, target.id);
  const auto figure = measured ? measured->subject.figure.name : words.goal.empty() ? target.indicator.text() : words.goal;
  return fmt::format("{}: {}", figure, words.target);
}

evaluation::Offered offered(const domain::TargetAgreement& terms, const std::map<std::string, base::Decimal>& typed) {
  evaluation::Offered offer;
  for (const auto& target : terms.targets) {
    if (target.scale != domain::Scale::RelativeChange || !target.indicator.subgroup.empty()) continue;
    const auto found = typed.find(target.id);
    const auto value = (found == typed.end() ? target.value : found->second).exact();
    if (target.indicator.code == "INTEGRATION_RATE") offer.rate_change = value;
    if (target.indicator.code == "INTEGRATIONS_COUNT") offer.count_change = value;
  }
  return offer;
}

}  // namespace zielwerk::app
