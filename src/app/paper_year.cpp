#include "app/paper_year.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/agreements.h"
#include "app/rights.h"
#include "base/text.h"
#include "drafting/german.h"
#include "drafting/phrases.h"
#include "evaluation/evaluation.h"
#include "steering/budget.h"
#include "steering/duties.h"
#include "steering/quality.h"
#include "steering/weighing.h"

namespace zielwerk::app {
namespace {

using steering::Entry;
using steering::Record;

std::string german_date(const std::string& iso) { return drafting::date(iso.substr(0, 10)).value_or(iso); }

// The word that a choice was offered with.
std::string chosen(const Entry& entry, std::string_view field) {
  const auto code = entry.text(field);
  for (const auto& one : entry.kind->fields) {
    if (one.code != field) continue;
    for (const auto& choice : one.choices) {
      if (choice.code == code) return std::string(choice.label);
    }
  }
  return code;
}

std::string upper_first(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string side_in_words(const std::string& code) {
  const auto side = domain::parse_side(code);
  return side ? domain::in_words(*side) : code;
}

Record shared_file(const Workspace& workspace, const std::string& agreement, const domain::TargetAgreement& terms, std::optional<int> until) {
  auto acts = workspace.store().steering().acts(agreement, domain::shared_room);
  if (until) std::erase_if(acts, [&](const domain::Act& one) { return one.number > *until; });
  return {std::move(acts), steering::sides_of(terms)};
}

// Of the year before, as its file stands: it is closed when this one runs.
std::optional<steering::BudgetYear> budget_of_year_before(const Workspace& workspace, const std::string& agreement) {
  const auto before = find_agreement(workspace, fmt::format("{}{}", agreement.substr(0, 6), std::stoi(agreement.substr(6)) - 1));
  if (!before) return std::nullopt;
  const auto record = shared_file(workspace, before->stored.id, before->terms, {});
  if (record.entries().empty()) return std::nullopt;
  return steering::budget_year(record, before->terms);
}

class Reading {
 public:
  Reading(const Workspace& workspace, const domain::TargetAgreement& terms, base::Month month, const Record& record)
      : terms_(terms), month_(month), record_(record), accounts_(workspace.store().accounts()) {}

  // `frozen_on`: set to the day the data of the month were held fast.
  papers::Year year(const steering::BudgetYear* year_before, std::string& frozen_on) const {
    papers::Year year;
    year.kept = true;
    dialogues(year, frozen_on);
    comments(year);
    facts(year);
    budgets(year, year_before);
    goals(year);
    programmes(year);
    settlement(year);
    return year;
  }

  void results(papers::Year& year, std::span<const papers::Row> rows, const std::string& frozen_on) const {
    std::vector<steering::Finding> findings;
    for (const auto& row : rows) {
      if (const auto status = evaluation::parse_status(row.line.status)) {
        findings.push_back({row.line.id, month_, {}, *status, row.last_dialogue ? evaluation::parse_status(row.last_dialogue->line.status) : std::nullopt, frozen_on});
      }
    }
    const auto side = side_in_words(steering::commenting_side(record_));
    for (const auto& duty : steering::comments(record_, findings)) {
      if (!duty.given) year.owed.push_back({duty.finding.target, side, frozen_on.empty() ? std::string() : german_date(frozen_on)});
    }
    for (const auto& one : steering::weighings(record_, terms_)) {
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const papers::Row& of) { return of.line.id == one.target; });
      if (!one.counts || row == rows.end()) continue;
      const auto* act = record_.shared(one.act);
      year.judgements.push_back({one.target, steering::sentence(one, row->line.status, terms_), person(act->act.by), german_date(act->act.at)});
    }
  }

 private:
  // The last one of each subject.
  std::vector<const Entry*> newest(std::string_view kind) const {
    std::map<std::string, const Entry*> by_subject;
    for (const auto* one : record_.of_kind(kind)) {
      if (record_.counts(*one)) by_subject[one->act.subject] = one;
    }
    std::vector<const Entry*> all;
    for (const auto& [subject, one] : by_subject) all.push_back(one);
    return all;
  }

  std::string person(const std::string& account) const {
    const auto* found = find_account(accounts_, account);
    return found && !found->person.empty() ? found->person : account;
  }
  std::string by(const Entry& entry) const { return fmt::format("{}, {}", person(entry.act.by), german_date(entry.act.at)); }

  std::string clause(const std::string& id) const {
    const auto found = std::find_if(terms_.considerations.begin(), terms_.considerations.end(), [&](const auto& one) { return one.id == id; });
    return found == terms_.considerations.end() ? id : upper_first(drafting::phrase("consideration", found->code).value_or(id));
  }

  // The dialogue the document is for is the one whose data are of its month, else the next one without data after it.
  void dialogues(papers::Year& year, std::string& frozen_on) const {
    auto all = steering::dialogues(record_, terms_, {}, month_.text() + "-31");
    std::erase_if(all, [](const steering::Dialogue& one) { return one.state == steering::Dialogue::State::Cancelled; });
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    auto next = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.basis && one.basis->month == month_; });
    if (next == all.end()) next = std::find_if(all.begin(), all.end(), [&](const auto& one) { return !one.basis && one.day.substr(0, 7) > month_.text(); });
    if (next != all.begin()) year.last_dialogue = told(*std::prev(next));
    if (next != all.end()) year.next_dialogue = told(*next);
    if (next != all.end() && next->basis) frozen_on = next->basis->at.substr(0, 10);
    measures(year, next == all.begin() ? std::string() : std::prev(next)->day);
  }

  papers::Dialogue told(const steering::Dialogue& one) const {
    const auto& plan = terms_.dialogues;
    papers::Dialogue dialogue{fmt::format("{} {} ({})", plan && !plan->name.empty() ? plan->name : "Steuerungsdialog", one.id, steering::kind_in_words(one)), german_date(one.day), {}, {}, {}, {}, {}};
    if (one.basis) dialogue.month = one.basis->month, dialogue.waiting = one.basis->state.loaded - one.basis->month;
    for (const auto& point : one.agenda) dialogue.agenda.push_back(point.words);
    if (one.minutes && record_.counts(*one.minutes)) dialogue.minutes = one.minutes->text("text");
    for (const auto* decision : one.decisions) {
      const auto target = decision->text("ziel");
      dialogue.decisions.push_back(decision->text("text") + (target.empty() ? "" : fmt::format(" ({})", target)));
    }
    for (const auto* recommended : one.recommendations) dialogue.decisions.push_back("Empfehlung des Ausschusses: " + recommended->text("text"));
    return dialogue;
  }

  void measures(papers::Year& year, const std::string& last_day) const {
    for (const auto& step : steering::agreed_steps(record_)) {
      const auto status = step.newest ? chosen(*step.newest, "stand") : std::string("offen");
      const bool since = !step.open() && !last_day.empty() && step.newest->act.at.substr(0, 10) > last_day;
      year.measures.push_back({step.title, step.target, step.responsible, german_date(step.due), step.effect, step.report.empty() ? status : fmt::format("{}: {}", status, step.report), step.open(), since});
    }
  }

  void comments(papers::Year& year) const {
    for (const auto* one : newest("kommentar")) {
      if (one->text("monat") == month_.text()) year.comments.push_back({one->text("ziel"), one->text("ursache"), one->text("massnahme"), person(one->act.by), german_date(one->act.at)});
    }
  }

  // A fact is weighed where an agreed weighing names it.
  void facts(papers::Year& year) const {
    const auto weighed = newest("abwaegung");
    for (const auto& subject : record_.subjects("S")) {
      const auto* fact = record_.newest("sachverhalt", subject);
      if (!fact) continue;
      papers::Consideration one{clause(fact->text("klausel")), fact->text("text"), german_date(fact->text("datum")), {}, fact->text("quelle"), {}, {}, {}, {}};
      std::vector<std::string> targets, effects, reasons, decisions;
      for (const auto* weighing : weighed) {
        const auto named = base::split(weighing->text("sachverhalte"), ',');
        if (std::none_of(named.begin(), named.end(), [&](const std::string& id) { return base::trim(id) == subject; })) continue;
        const auto target = weighing->text("ziel");
        const auto effect = base::parse_decimal(weighing->text("wirkung"));
        targets.push_back(target);
        effects.push_back(effect ? fmt::format("{}: {} {}", target, effect->german(), weighing->text("einheit")) : target + ": nicht beziffert");
        if (const auto reason = weighing->text("grund"); std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
        decisions.push_back(fmt::format("{} {}", target, chosen(*weighing, "urteil")));
        one.by = by(*weighing);
      }
      one.target = base::join(targets, ", ");
      one.effect = base::join(effects, "; ");
      one.reason = base::join(reasons, " ");
      one.decision = base::join(decisions, "; ");
      year.considerations.push_back(std::move(one));
    }
  }

  void budgets(papers::Year& year, const steering::BudgetYear* year_before) const {
    const auto file = steering::budget_year(record_, terms_, {year_before, {}, {}, {}});
    const auto at = static_cast<std::size_t>(month_.month() - 1);
    for (const auto& title : file.titles) {
      const auto& now = title.months[at];
      papers::BudgetYear one{title.label, title.allotted(), {}, {}, title.available, now.bound, now.spent, {}, now.used, now.used_last_year};
      if (!title.allotments.empty()) one.source = fmt::format("{} vom {}", title.allotments.back().source, german_date(title.allotments.back().date));
      if (!one.allotted && title.agreed) one.allotted = title.agreed, one.source = "Ansatz nach der Vereinbarung";
      if (!file.shifts.empty()) one.shifted = title.shifted;
      if (year_before) {
        const auto before = std::find_if(year_before->titles.begin(), year_before->titles.end(), [&](const steering::Title& of) { return of.code == title.code; });
        if (before != year_before->titles.end()) one.spent_last_year = before->months[at].spent;
      }
      if (one.allotted || one.spent || one.bound) year.budgets.push_back(std::move(one));
    }
  }

  papers::QualitativeResult::Criterion told(const steering::Item& item, const char* kind, const std::string& goal, const std::string& words) const {
    papers::QualitativeResult::Criterion one{words, item.state == "ja" ? "erfüllt" : item.state == "nein" ? "nicht erfüllt" : item.state.empty() ? "offen" : item.state, {}};
    if (!item.date.empty()) one.state += " am " + german_date(item.date);
    if (const auto* entry = record_.newest(kind, fmt::format("{}@{}", goal, item.number))) one.evidence = entry->text("nachweis.name").empty() ? item.report : entry->text("nachweis.name");
    return one;
  }

  void goals(papers::Year& year) const {
    for (const auto& quality : steering::qualities(record_, terms_)) {
      const auto goal = std::find_if(terms_.qualitative.begin(), terms_.qualitative.end(), [&](const auto& one) { return one.id == quality.id; });
      papers::QualitativeResult result;
      result.goal = quality.id;
      for (const auto& item : quality.criteria) {
        const auto& criterion = goal->criteria[static_cast<std::size_t>(item.number - 1)];
        result.criteria.push_back(told(item, "ziel.kriterium", quality.id, criterion.words.empty() ? drafting::phrase("completion", criterion.code).value_or(criterion.code) : criterion.words));
      }
      if (quality.criteria.empty()) {
        for (const auto& item : quality.steps) result.criteria.push_back(told(item, "ziel.schritt", quality.id, item.words));
      }
      for (const auto& view : quality.views) {
        if (view.shared) result.views.emplace_back(side_in_words(view.side), fmt::format("{}: {}", steering::label_of("ziel.sicht", "urteil", view.verdict), view.reason));
      }
      if (quality.judged) {
        result.assessment = fmt::format("{}: {}", chosen(*quality.joint, "urteil"), quality.joint->text("grund"));
        result.date = german_date(quality.joint->text("datum"));
      }
      year.qualitative.push_back(std::move(result));
    }
  }

  void programmes(papers::Year& year) const {
    for (const auto& site : steering::sites(record_, terms_)) {
      const auto& now = site.months[static_cast<std::size_t>(month_.month() - 1)];
      // The last month somebody reported, not later than this one.
      const auto taken = std::find_if(site.months.rbegin(), site.months.rend(), [&](const auto& one) { return one.month <= month_ && one.occupied; });
      if (!now.places && taken == site.months.rend()) continue;
      year.programmes.push_back({site.programme, site.location, now.places ? base::german_or_rounded(*now.places, 0) : "fehlt", taken == site.months.rend() ? "fehlt" : base::german_or_rounded(*taken->occupied, 0),
                                 taken == site.months.rend() ? month_.german_text() : taken->month.german_text(), site.responsible});
    }
  }

  void settlement(papers::Year& year) const {
    for (const auto* one : record_.of_kind("abrechnung.berichtigung")) {
      if (record_.counts(*one)) year.corrections.push_back(fmt::format("{}: {}", german_date(one->act.at), one->text("text")));
    }
    const auto closed = newest("abrechnung");
    if (closed.empty()) return;
    const auto standing = record_.standing(*closed.back());
    for (const auto& party : terms_.parties) {
      const auto persons = standing.persons.find(steering::side_of(party, terms_));
      if (persons == standing.persons.end()) continue;
      std::vector<std::string> names;
      for (const auto& account : persons->second) names.push_back(person(account));
      year.closings.push_back({party.name, base::join(names, ", "), {}, german_date(closed.back()->act.at)});
    }
  }

  const domain::TargetAgreement& terms_;
  base::Month month_;
  const Record& record_;
  std::vector<domain::Account> accounts_;
};

}  // namespace

YearRead read_year(const Workspace& workspace, const std::string& agreement, const domain::TargetAgreement& terms, base::Month month, std::optional<int> until) {
  YearRead read;
  auto record = shared_file(workspace, agreement, terms, until);
  if (record.entries().empty()) return read;
  const auto before = budget_of_year_before(workspace, agreement);
  read.year = Reading(workspace, terms, month, record).year(before ? &*before : nullptr, read.frozen_on);
  read.record = std::move(record);
  return read;
}

void add_results(YearRead& read, const Workspace& workspace, const domain::TargetAgreement& terms, base::Month month, std::span<const papers::Row> rows) {
  if (read.record) Reading(workspace, terms, month, *read.record).results(read.year, rows, read.frozen_on);
}

}  // namespace zielwerk::app
