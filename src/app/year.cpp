#include "app/year.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace zielwerk::app {
namespace {

using base::Month;
using steering::Dialogue;
using steering::Finding;

// What is asked at one month and Ladestand.
class Verdicts {
 public:
  Verdicts(Workspace& workspace, YearView& year) : workspace_(workspace), year_(year), agreement_(*year.file->agreement), facts_(facts_of(workspace, agreement_)) {}

  std::vector<Finding> all() {
    const auto planned = steering::dialogues(year_.file->record, year_.file->terms, {}, year_.today);
    std::vector<Finding> findings;
    bool frozen = false;
    for (const auto& one : planned) {
      if (!one.basis || one.state == Dialogue::State::Cancelled || one.state == Dialogue::State::Held) continue;
      frozen = true;
      add(findings, planned, one.basis->month, one.basis->state.loaded - one.basis->month, one.basis->at.substr(0, 10));
    }
    if (frozen || facts_.all().empty()) return findings;
    const auto waiting = evaluation::default_waiting(agreement_.terms);
    const auto month = default_month(agreement_, facts_, waiting);
    add(findings, planned, month, waiting, day_of_delivery(month, month + waiting));
    // What came with the newest month was never asked about before it.
    const auto newest = first_delivery(month, month + waiting);
    for (Month earlier = month - 1; earlier.year() == month.year(); earlier = earlier - 1) {
      if (first_delivery(earlier, earlier + waiting) < newest) add_left_open(findings, planned, earlier, waiting);
    }
    return findings;
  }

  // Of the term, and late: a month's first figures come in the month after.
  std::vector<Month> missing_months() const {
    std::vector<Month> all;
    const auto& terms = agreement_.terms;
    if (facts_.all().empty() && series_of(workspace_, terms).empty()) return all;
    for (int number = 1; number <= 12; ++number) {
      const Month month(terms.year, number);
      if ((month + 2).text() + "-01" <= year_.today && day_of_delivery(month, {}).empty()) all.push_back(month);
    }
    return all;
  }

 private:
  // The first one with figures of the month, as of a Ladestand or any; 0: none.
  domain::DeliveryId first_delivery(Month month, std::optional<Month> state) const {
    domain::DeliveryId first = 0;
    for (const auto& [series, records] : facts_.all()) {
      for (const auto& one : records) {
        if (one.month == month && (!state || one.state.loaded == *state) && (first == 0 || one.delivery < first)) first = one.delivery;
      }
    }
    return first;
  }

  std::string day_of_delivery(Month month, std::optional<Month> state) const {
    const auto first = first_delivery(month, state);
    for (const auto& one : workspace_.store().deliveries()) {
      if (one.id == first) return one.received_at.substr(0, 10);
    }
    return first == 0 ? std::string() : year_.today;
  }

  std::vector<report::Line> lines(Month month, domain::Waiting waiting) {
    const auto evaluated = evaluate(workspace_, agreement_, facts_, {month, waiting, false});
    if (!evaluated) return {};
    auto lines = evaluated->report.lines;
    std::erase_if(lines, [](const auto& line) { return !line.id.starts_with('T'); });
    return lines;
  }

  void add(std::vector<Finding>& findings, const std::vector<Dialogue>& planned, Month month, domain::Waiting waiting, const std::string& since) {
    const Dialogue* last = nullptr;
    for (const auto& one : planned) {
      if (one.basis && one.state != Dialogue::State::Cancelled && one.basis->month < month && (!last || last->basis->month < one.basis->month)) last = &one;
    }
    const auto before = last ? lines(last->basis->month, last->basis->state.loaded - last->basis->month) : std::vector<report::Line>{};
    for (const auto& line : lines(month, waiting)) {
      const auto status = evaluation::parse_status(line.status);
      if (!status) continue;
      const auto same = std::find_if(before.begin(), before.end(), [&](const auto& one) { return one.id == line.id; });
      findings.push_back({line.id, month, {month + waiting}, *status, same == before.end() ? std::nullopt : evaluation::parse_status(same->status), since});
      auto sentence = report::fact_sentence(line, report::row_words(agreement_.terms, line.id), month);
      if (findings.back().flipped()) sentence += fmt::format(" Im letzten Dialog ({}): {}.", last->basis->month.german_text(), evaluation::in_words(*findings.back().before));
      year_.facts[fmt::format("{}@{}", line.id, month.text())] = std::move(sentence);
    }
  }

  // A new month takes no question back: what nobody has commented on stays open, once for each target, as its newest month asked.
  void add_left_open(std::vector<Finding>& findings, const std::vector<Dialogue>& planned, Month month, domain::Waiting waiting) {
    const auto asks = [](const Finding& one) { return one.deviates() || one.flipped(); };
    std::vector<Finding> of_month;
    add(of_month, planned, month, waiting, day_of_delivery(month, month + waiting));
    for (auto& one : of_month) {
      const bool asked = std::any_of(findings.begin(), findings.end(), [&](const Finding& later) { return later.target == one.target && asks(later); });
      const auto comments = year_.file->record.of_kind("kommentar");
      const bool answered = std::any_of(comments.begin(), comments.end(), [&](const auto* entry) {
        return entry->act.room == domain::shared_room && entry->text("ziel") == one.target && entry->text("monat") >= month.text();
      });
      if (asks(one) && !asked && !answered) findings.push_back(std::move(one));
    }
  }

  Workspace& workspace_;
  YearView& year_;
  const Agreement& agreement_;
  domain::FactHistory facts_;
};

bool all_signed(const domain::TargetAgreement& terms) {
  return std::all_of(terms.parties.begin(), terms.parties.end(), [&](const auto& party) {
    return std::any_of(terms.signatures.begin(), terms.signatures.end(), [&](const auto& one) { return one.party == party.id; });
  });
}

}  // namespace

base::Result<YearView> year_of(Workspace& workspace, const Person& person, const std::string& id, const std::string& today) {
  auto file = open_file(workspace, person, id);
  if (!file) return tl::unexpected(file.error());
  YearView year;
  year.file = std::make_shared<const SteeringFile>(*std::move(file));
  year.today = today;
  const auto& record = year.file->record;
  const auto& terms = year.file->terms;
  const auto number = jobcenter_of(*year.file);
  year.name = number && workspace.directory().find(*number) ? workspace.directory().name(*number) : terms.title;
  steering::Known known;
  known.in_force = year.file->agreement.has_value();
  if (year.file->agreement) {
    Verdicts verdicts(workspace, year);
    known.findings = verdicts.all();
    known.missing_months = verdicts.missing_months();
    known.signed_text = all_signed(terms);
  }
  year.dialogues = steering::dialogues(record, terms, known.findings, today);
  year.plan = steering::plan_state(terms, year.dialogues);
  year.steps = steering::agreed_steps(record);
  year.comments = steering::comments(record, known.findings);
  year.duties = steering::duties(record, terms, known, today);
  return year;
}

std::vector<YearView> years_of(Workspace& workspace, const Person& person, const std::string& today) {
  std::vector<YearView> all;
  std::set<std::string> agreed;
  for (const auto& agreement : all_agreements(workspace)) {
    agreed.insert(agreement.stored.id);
    if (auto year = year_of(workspace, person, agreement.stored.id, today)) all.push_back(*std::move(year));
  }
  // A negotiation is there for those who see an act of it.
  for (const auto& id : workspace.store().steering().agreements()) {
    if (agreed.contains(id)) continue;
    auto year = year_of(workspace, person, id, today);
    if (year && !year->file->record.entries().empty()) all.push_back(*std::move(year));
  }
  return all;
}

std::vector<steering::Duty> own_duties(const YearView& year, const Person& person) {
  auto own = year.duties;
  std::erase_if(own, [side = side_code(person, year.file->terms)](const auto& duty) { return duty.side != side; });
  return own;
}

}  // namespace zielwerk::app
