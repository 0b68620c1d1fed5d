#include "app/preview.h"

#include <algorithm>
#include <map>

namespace zielwerk::app {
namespace {

using base::Exact;
using base::Month;
using domain::FactHistory;
using domain::FactRecord;
using domain::ProviderNumber;
using domain::SeriesKey;
using evaluation::Assessment;

using Fresh = std::map<SeriesKey, std::vector<FactRecord>>;

std::map<ProviderNumber, Fresh> fresh_records(const intake::FactFile& file, domain::DeliveryId id) {
  std::map<ProviderNumber, Fresh> fresh;
  for (const auto& row : file.table.rows) {
    const auto& column = file.table.columns[row.column()];
    fresh[column.jobcenter][column.series].push_back({row.month(), row.state(), row.value(), id, row.place()});
  }
  return fresh;
}

FactHistory with(const FactHistory& known, const Fresh& fresh) {
  FactHistory history = known;
  for (const auto& [series, records] : fresh) history.add(series, records);
  return history;
}

// The Ist that levels make on a target's scale; nullopt where the scale is another one, or the levels are not all of it.
std::optional<Exact> made_of(const domain::Target& target, const std::optional<Exact>& level, const std::optional<Exact>& last_year) {
  if (!level) return std::nullopt;
  if (target.scale == domain::Scale::Level) return level;
  if (!last_year) return std::nullopt;
  if (target.scale == domain::Scale::RelativeChange && *last_year != 0) return Exact((*level / *last_year - 1) * 100);
  if (target.scale == domain::Scale::ChangeInPoints || target.scale == domain::Scale::AbsoluteChange) return Exact(*level - *last_year);
  return std::nullopt;
}

void add(std::vector<PartOfFlip>& parts, Part part, const Exact& change) { parts.push_back({part, base::fraction(change)}); }

// From one standing of a row over the same month in the newer data to the new standing.
std::vector<PartOfFlip> parts_of(const domain::Target& target, const Assessment& before, const Assessment& reread, const Assessment& after) {
  if (!before.actual_exact || !reread.actual_exact || !after.actual_exact) return {};
  std::vector<PartOfFlip> parts;
  const auto start = made_of(target, before.level, before.level_last_year);
  const auto between = made_of(target, reread.level, before.level_last_year);
  if (start == before.actual_exact && between && made_of(target, reread.level, reread.level_last_year) == reread.actual_exact) {
    add(parts, Part::OldMonths, *between - *before.actual_exact);
    add(parts, Part::LastYear, *reread.actual_exact - *between);
  } else {
    add(parts, Part::OldMonths, *reread.actual_exact - *before.actual_exact);
  }
  add(parts, Part::NewMonth, *after.actual_exact - *reread.actual_exact);
  return parts;
}

class Comparison {
 public:
  Comparison(const Workspace& workspace, const Agreement& agreement, FactHistory known, const Fresh& fresh, std::vector<Flip>& flips)
      : workspace_(workspace), agreement_(agreement), known_(std::move(known)), then_(with(known_, fresh)), flips_(flips) {
    for (const auto& [series, records] : fresh) {
      for (const auto& record : records) oldest_ = std::min(oldest_.value_or(record.state), record.state);
    }
  }

  void run() {
    const auto waiting = evaluation::default_waiting(agreement_.terms);
    const auto now = default_month(agreement_, then_, waiting);
    const auto before = known_.all().empty() ? now : default_month(agreement_, known_, waiting);
    // A correction changes months that had their verdict already; what was loaded after a verdict's Ladestand cannot.
    for (Month month(agreement_.terms.year, 1); month <= before; month = month + 1) {
      if (oldest_ && oldest_->loaded <= month + waiting) compare(month, month, waiting);
    }
    if (now > before) compare(before, now, waiting);
  }

 private:
  evaluation::Evaluation read(const FactHistory& facts, Month month, domain::Waiting waiting) const {
    // A first version is in force in all its months; a later one was not from the beginning.
    std::optional<Agreement> then;
    if (agreement_.stored.version > 1) then = *agreement_in_force(workspace_, agreement_.stored.id, month);
    return assess(workspace_, then ? *then : agreement_, facts, {month, waiting, false, false});
  }

  void compare(Month from, Month to, domain::Waiting waiting) {
    const auto before = read(known_, from, waiting);
    const auto reread = read(then_, from, waiting + (to - from));
    const auto after = to == from ? reread : read(then_, to, waiting);
    for (const auto& target : agreement_.terms.targets) {
      const auto* old = row(before, target.id);
      const auto* again = row(reread, target.id);
      const auto* now = row(after, target.id);
      if (!old || !again || !now || old->status == now->status || (!evaluation::is_verdict(old->status) && !evaluation::is_verdict(now->status))) continue;
      flips_.push_back({agreement_.stored.id, agreement_.stored.jobcenter->text(), from, to, report::line(*old), report::line(*now), parts_of(target, *old, *again, *now)});
    }
  }

  static const Assessment* row(const evaluation::Evaluation& evaluation, const std::string& id) {
    const auto found = std::find_if(evaluation.rows.begin(), evaluation.rows.end(), [&](const Assessment& one) { return one.id == id; });
    return found == evaluation.rows.end() ? nullptr : &*found;
  }

  const Workspace& workspace_;
  const Agreement& agreement_;
  FactHistory known_;
  FactHistory then_;
  std::optional<domain::DataState> oldest_;  // of what is new
  std::vector<Flip>& flips_;
};

// One Jobcenter's facts as they were before a delivery, and what it brought.
struct Split {
  FactHistory before;
  Fresh fresh;
};
Split split(const FactHistory& facts, domain::DeliveryId delivery) {
  Split parts;
  for (const auto& [series, records] : facts.all()) {
    std::vector<FactRecord> before;
    for (const auto& record : records) {
      if (record.delivery < delivery) before.push_back(record);
      if (record.delivery == delivery) parts.fresh[series].push_back(record);
    }
    if (!before.empty()) parts.before.add(series, std::move(before));
  }
  return parts;
}

Split of_series(const Split& all, const std::vector<SeriesKey>& series) {
  Split parts;
  for (const auto& key : series) {
    if (const auto before = all.before.series(key); !before.empty() && parts.before.series(key).empty()) parts.before.add(key, {before.begin(), before.end()});
    if (const auto fresh = all.fresh.find(key); fresh != all.fresh.end()) parts.fresh.insert(*fresh);
  }
  return parts;
}

void count(Effect& effect, const Split& parts) {
  for (const auto& [series, records] : parts.fresh) {
    const auto known = parts.before.series(series);
    for (const auto& record : records) {
      const auto of_month = std::equal_range(known.begin(), known.end(), record, [](const FactRecord& a, const FactRecord& b) { return a.month < b.month; });
      const bool same_state = std::any_of(of_month.first, of_month.second, [&](const FactRecord& one) { return one.state == record.state; });
      ++(same_state ? effect.corrected : of_month.first != of_month.second ? effect.revised : effect.added);
      effect.without_number += record.value.missing() ? 1 : 0;
    }
  }
}

}  // namespace

Effect effect_of(const Workspace& workspace, domain::DeliveryId delivery, const domain::Scope& scope) {
  Effect effect;
  const auto agreements = all_agreements(workspace);
  for (const auto number : workspace.store().jobcenters()) {
    if (!scope.covers(number, workspace.directory())) continue;
    const auto parts = split(workspace.store().read(number), delivery);
    if (parts.fresh.empty()) continue;
    effect.jobcenters.push_back(number);
    count(effect, parts);
    for (const auto& agreement : agreements) {
      if (agreement.stored.jobcenter != number) continue;
      auto own = of_series(parts, series_of(workspace, agreement.terms));
      if (!own.fresh.empty()) Comparison(workspace, agreement, std::move(own.before), own.fresh, effect.flips).run();
    }
  }
  return effect;
}

std::string code(Part part) { return part == Part::LastYear ? "vorjahr" : part == Part::OldMonths ? "alte_monate" : "neuer_monat"; }

base::Checked<Preview> preview_facts(Workspace& workspace, const ImportFacts& request) {
  auto file = read_facts(workspace, request, {});
  if (!file) return tl::unexpected(std::move(file.error()));
  const auto deliveries = workspace.store().deliveries();
  const auto fresh = fresh_records(*file, deliveries.empty() ? 1 : deliveries.back().id + 1);
  Preview preview;
  for (const auto& [jobcenter, series] : fresh) preview.jobcenters.push_back(jobcenter);
  auto check = request;
  check.check = true;
  auto taken = take_facts(workspace, std::move(*file), check);
  if (!taken) return tl::unexpected(std::move(taken.error()));
  preview.facts = std::move(*taken);
  if (preview.facts.taken.already_known) return preview;
  for (const auto& agreement : all_agreements(workspace)) {
    const auto& jobcenter = agreement.stored.jobcenter;
    const auto found = jobcenter ? fresh.find(*jobcenter) : fresh.end();
    if (found != fresh.end()) Comparison(workspace, agreement, facts_of(workspace, agreement), found->second, preview.flips).run();
  }
  return preview;
}

}  // namespace zielwerk::app
