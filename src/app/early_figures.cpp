#include "app/early_figures.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/casework.h"
#include "app/facts.h"
#include "casework/state_file.h"
#include "intake/fact_file.h"
#include "documents/input_file.h"

namespace zielwerk::app {
namespace {

using base::Exact;
using domain::FactRecord;
using domain::SeriesKey;

SeriesKey own(SeriesKey series) {
  series.measure = domain::own_measure(series.measure);
  return series;
}

// Newest record of a month whose Ladestand is not after `state` (any, if absent).
const FactRecord* newest(const domain::FactHistory& history, const SeriesKey& series, base::Month month, std::optional<base::Month> state = {}) {
  const FactRecord* found = nullptr;
  for (const auto& record : history.series(series)) {
    if (record.month == month && (!state || record.state.loaded <= *state)) found = &record;
  }
  return found;
}
const FactRecord* oldest(const domain::FactHistory& history, const SeriesKey& series, base::Month month) {
  for (const auto& record : history.series(series)) {
    if (record.month == month) return &record;
  }
  return nullptr;
}
std::optional<Exact> value_of(const FactRecord* record) {
  if (!record || record->value.missing()) return std::nullopt;
  return record->value.number.exact();
}

bool is_movement(const SeriesKey& series) { return (series.measure == "ELB_ZU" || series.measure == "ELB_AB") && series.group.empty(); }

Reconciled compare(const domain::FactHistory& history, const SeriesKey& series, base::Month month) {
  Reconciled row;
  row.series = series;
  const auto* official = newest(history, series, month);
  const auto* own_then = oldest(history, own(series), month);
  row.own = value_of(own_then);
  row.official = value_of(official);
  if (own_then) row.own_state = own_then->state.loaded;
  if (official) row.official_state = official->state.loaded;
  const auto gone = [](const FactRecord* record, const char* whose) {
    return !record ? fmt::format("{} Zahl fehlt", whose) : fmt::format("{} Zahl ist „{}“", whose, record->value.text());
  };
  if (!row.own || !row.official) {
    row.reason = !row.own ? gone(own_then, "eigene") : gone(official, "amtliche");
    return row;
  }
  row.difference = *row.official - *row.own;
  Exact rest = *row.difference;
  // Late entries: what our own computation knew of the same month when the official figure was loaded, beyond the early one.
  const auto* own_now = newest(history, own(series), month, official->state.loaded);
  const auto now = value_of(own_now ? own_now : own_then);
  if (now && *now != *row.own) {
    row.late = *now - *row.own;
    rest -= *row.late;
  }
  // Moves are neither Zugang nor Abgang; a source that counts them has at most so many more.
  if (is_movement(series)) {
    auto moved = series;
    moved.measure = series.measure == "ELB_ZU" ? "ELB_UMZ_ZU" : "ELB_UMZ_AB";
    const auto moves = value_of(newest(history, own(moved), month, row.own_state));
    if (moves && rest > 0 && *moves > 0) {
      row.moves = std::min(rest, *moves);
      rest -= *row.moves;
    }
  }
  row.rest = rest;
  if (rest == 0) row.reason = "";
  else if (series.group == "LZB") row.reason = "Regel (21 von 24 Monaten statt 638 von 730 Tagen) und Übriges";
  else if (!domain::is_own_measure(series.measure) && official->state.loaded < month + 3) row.reason = "amtlicher Stand noch hochgerechnet (vor t-3)";
  else row.reason = "nicht zu trennen";
  return row;
}

const SeriesKey shown_series[] = {{"ELB", domain::Sex::T, ""}, {"ELB", domain::Sex::T, "LZB"}, {"INT", domain::Sex::T, ""}, {"INT", domain::Sex::T, "LZB"}};

report::EarlyPoint point(base::Month month, const FactRecord* own_record, const FactRecord* official) {
  report::EarlyPoint point;
  point.month = month;
  const auto said = [](const FactRecord* record, report::EarlyValue& value) {
    if (!record) return;
    value.number = value_of(record);
    value.text = record->value.mark == domain::Mark::None ? record->value.number.german() : record->value.text();
    value.state = fmt::format("{} (t-{})", record->state.loaded.text(), record->state.loaded - record->month);
  };
  said(own_record, point.own);
  said(official, point.official);
  return point;
}

}  // namespace

base::Checked<store::TakenOver> into_store(Workspace& workspace, const ComputeRequest& request, const Computed& computed) {
  intake::FactFile file;
  std::vector<std::string> names;
  for (const auto& input : request.inputs) names.push_back(input.filename().string());
  file.delivery.source = fmt::format("eigene Berechnung ({})", fmt::join(names, ", "));
  file.delivery.note = fmt::format("eigene Berechnung: {}", rule_note(computed.first, computed.last, computed.by_days));
  file.delivery.received_at = workspace.now();
  std::string text;
  casework::write_csv(computed.counts, request.from.value_or(computed.first), request.to.value_or(computed.last), computed.state, !request.internal, request.threads,
                      [&](std::string_view part) { text += part; });
  file.delivery.sha256 = documents::sha256("eigene Berechnung\n" + text);
  const casework::JobcenterFigures figures(computed.counts, !request.internal);
  std::map<std::pair<domain::ProviderNumber, SeriesKey>, std::uint32_t> columns;
  std::vector<casework::BaseFigure> of_month;
  std::uint64_t line = 1;
  for (std::size_t jobcenter = 0; jobcenter < figures.jobcenters(); ++jobcenter) {
    for (int month = 0; month < computed.counts.months; ++month) {
      const auto at = computed.counts.first + month;
      if (at < request.from.value_or(at) || request.to.value_or(at) < at) continue;
      figures.of_month(jobcenter, month, of_month);
      for (const auto& figure : of_month) {
        const auto number = figures.jobcenter(jobcenter);
        const auto known = columns.try_emplace({number, own(figure.series)}, static_cast<std::uint32_t>(file.table.columns.size()));
        if (known.second) file.table.columns.push_back({number, own(figure.series)});
        domain::FactValue value;
        if (figure.shown == casework::Shown::Number) value.number = {figure.value, static_cast<std::uint8_t>(figure.in_cents ? 2 : 0)};
        else value.mark = figure.shown == casework::Shown::Open ? domain::Mark::Unknown : domain::Mark::Withheld;
        file.table.rows.emplace_back(known.first->second, at, domain::DataState{computed.state}, value, domain::Place::line(++line));
      }
    }
  }
  base::Problems problems;
  intake::order_rows(file, problems);
  base::ensure(problems.empty(), "computed figures do not contradict each other");
  return take_delivery(workspace, file);
}

std::vector<Reconciled> reconcile(const Workspace& workspace, domain::ProviderNumber jobcenter, base::Month month) {
  const auto history = workspace.store().read(jobcenter);
  std::vector<Reconciled> rows;
  for (const auto& [series, records] : history.all()) {
    if (!domain::is_own_measure(series.measure)) continue;
    auto official = series;
    official.measure = series.measure.substr(domain::own_measure("").size());
    if (oldest(history, series, month)) rows.push_back(compare(history, official, month));
  }
  return rows;
}

base::Checked<report::EarlyPage> early_page(const Workspace& workspace, domain::ProviderNumber jobcenter, const std::optional<std::filesystem::path>& state, int ahead) {
  report::EarlyPage page;
  page.traeger = jobcenter.text();
  page.jobcenter = workspace.directory().name(jobcenter);
  const auto history = workspace.store().read(jobcenter);
  for (const auto& series : shown_series) {
    std::map<base::Month, report::EarlyPoint> points;
    for (const auto& key : {series, own(series)}) {
      for (const auto& record : history.series(key)) points[record.month];
    }
    report::EarlySeries shown;
    const auto* measure = workspace.vocabulary().measure(series.measure);
    shown.title = series.group.empty() ? measure->name : fmt::format("{}, nur Langzeitleistungsbeziehende", measure->name);
    shown.code = series.text();
    for (auto& [month, unused] : points) shown.points.push_back(point(month, newest(history, own(series), month), newest(history, series, month)));
    const bool has_own = std::any_of(shown.points.begin(), shown.points.end(), [](const auto& one) { return !one.own.text.empty(); });
    if (has_own) page.series.push_back(std::move(shown));
  }
  for (const auto& delivery : workspace.store().deliveries()) {
    if (delivery.note.starts_with("eigene Berechnung")) page.note = delivery.note;
  }
  if (page.series.empty()) return base::problems({"own_figures_missing", fmt::format("Für {} sind keine eigenen Zahlen gespeichert; „zielwerk casework compute … --into“ rechnet sie.", page.traeger), ""});
  if (!state) return page;
  const auto opened = casework::StateFile::open(*state);
  if (!opened) return tl::unexpected(opened.error());
  const auto found = casework::outlook(**opened, *casework::best_path(), jobcenter, ahead, true);
  const auto& total = found.rows.front();
  for (int step = 0; step < ahead; ++step) {
    const auto at = static_cast<std::size_t>(step);
    page.outlook.push_back({found.from + (step + 1), total.hidden[at] ? std::nullopt : std::optional(total.growing[at])});
  }
  return page;
}

}  // namespace zielwerk::app
