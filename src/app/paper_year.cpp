#include "app/paper_year.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/rights.h"
#include "base/text.h"
#include "drafting/german.h"
#include "drafting/phrases.h"
#include "steering/dialogue.h"

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

std::optional<base::Decimal> money(const Entry* entry, std::string_view field) { return entry ? base::parse_decimal(entry->text(field)) : std::nullopt; }

class Reading {
 public:
  Reading(const Workspace& workspace, const domain::TargetAgreement& terms, base::Month month, Record record)
      : terms_(terms), month_(month), record_(std::move(record)), accounts_(workspace.store().accounts()) {}

  papers::Year year() const {
    papers::Year year;
    dialogues(year);
    measures(year);
    comments(year);
    weighings(year);
    budgets(year);
    goals(year);
    programmes(year);
    settlement(year);
    return year;
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
    return found == terms_.considerations.end() ? id : drafting::phrase("consideration", found->code).value_or(id);
  }
  std::string clauses(const Entry& entry) const {
    std::vector<std::string> all;
    for (const auto& id : base::split(entry.text("klauseln"), ',')) all.push_back(clause(std::string(base::trim(id))));
    return drafting::enumeration(all);
  }

  // The dialogue the document is for is the one whose data are of its month, else the next one without data after it.
  void dialogues(papers::Year& year) const {
    auto all = steering::dialogues(record_, terms_, {}, month_.text() + "-31");
    std::erase_if(all, [](const steering::Dialogue& one) { return one.state == steering::Dialogue::State::Cancelled; });
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    auto next = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.basis && one.basis->month == month_; });
    if (next == all.end()) next = std::find_if(all.begin(), all.end(), [&](const auto& one) { return !one.basis && one.day.substr(0, 7) > month_.text(); });
    const auto told = [&](const steering::Dialogue& one) {
      papers::Dialogue dialogue{fmt::format("Steuerungsdialog {} ({})", one.id, steering::kind_in_words(one)), german_date(one.day), {}, {}, {}, {}};
      if (one.basis) dialogue.month = one.basis->month, dialogue.waiting = one.basis->state.loaded - one.basis->month;
      for (const auto& point : one.agenda) dialogue.agenda.push_back(point.words);
      if (one.minutes && record_.counts(*one.minutes)) dialogue.minutes = one.minutes->text("text");
      return dialogue;
    };
    if (next != all.begin()) year.last_dialogue = told(*std::prev(next));
    if (next != all.end()) year.next_dialogue = told(*next);
  }

  void measures(papers::Year& year) const {
    for (const auto& step : steering::agreed_steps(record_)) {
      const auto status = step.newest ? chosen(*step.newest, "stand") : std::string("offen");
      year.measures.push_back({step.title, step.target, step.responsible, german_date(step.due), step.effect, step.report.empty() ? status : fmt::format("{}: {}", status, step.report), step.open()});
    }
  }

  void comments(papers::Year& year) const {
    for (const auto* one : newest("kommentar")) {
      if (one->text("monat") == month_.text()) year.comments.push_back({one->text("ziel"), one->text("ursache"), one->text("massnahme"), person(one->act.by), german_date(one->act.at)});
    }
  }

  // A fact is weighed where an agreed weighing names it.
  void weighings(papers::Year& year) const {
    const auto weighed = newest("abwaegung");
    for (const auto* one : weighed) {
      year.judgements.push_back({one->text("ziel"), fmt::format("unter Berücksichtigung von {} {}", clauses(*one), chosen(*one, "urteil")), person(one->act.by), german_date(one->act.at)});
    }
    for (const auto& subject : record_.subjects("S")) {
      const auto* fact = record_.newest("sachverhalt", subject);
      if (!fact) continue;
      papers::Consideration one{clause(fact->text("klausel")), fact->text("text"), german_date(fact->text("datum")), {}, fact->text("quelle"), {}, {}, {}, {}};
      for (const auto* weighing : weighed) {
        const auto named = base::split(weighing->text("sachverhalte"), ',');
        if (std::none_of(named.begin(), named.end(), [&](const std::string& id) { return base::trim(id) == subject; })) continue;
        one.target = weighing->text("ziel");
        if (const auto effect = base::parse_decimal(weighing->text("wirkung"))) one.effect = effect->german() + " " + weighing->text("einheit");
        else one.effect = "nicht beziffert";
        one.reason = weighing->text("grund");
        one.decision = chosen(*weighing, "urteil");
        one.by = by(*weighing);
      }
      year.considerations.push_back(std::move(one));
    }
  }

  void budgets(papers::Year& year) const {
    for (const auto* allotted : newest("budget.zuteilung")) {
      const auto code = allotted->text("titel");
      papers::BudgetYear one;
      one.title = chosen(*allotted, "titel");
      one.allotted = money(allotted, "betrag");
      one.source = fmt::format("{} vom {}", allotted->text("quelle"), german_date(allotted->text("datum")));
      base::DecimalSum available, shifted;
      if (one.allotted) available.add(*one.allotted);
      bool any = false;
      for (const auto* shift : record_.of_kind("budget.umschichtung")) {
        auto amount = money(shift, "betrag");
        if (!amount || (shift->text("von") != code && shift->text("nach") != code)) continue;
        if (shift->text("von") == code) amount->digits = -amount->digits;
        shifted.add(*amount);
        available.add(*amount);
        any = true;
      }
      if (any) one.shifted = shifted.decimal();
      one.available = available.decimal();
      const Entry* state = nullptr;
      for (const auto* stand : newest("budget.stand")) {
        if (stand->text("titel") == code && stand->text("monat") <= month_.text() && (!state || state->text("monat") < stand->text("monat"))) state = stand;
      }
      one.spent = money(state, "ausgegeben");
      one.bound = money(state, "gebunden");
      if (state) one.as_of = base::Month::parse(state->text("monat"))->german_text();
      year.budgets.push_back(std::move(one));
    }
  }

  void goals(papers::Year& year) const {
    const auto states = newest("ziel.kriterium");
    for (const auto& goal : terms_.qualitative) {
      papers::QualitativeResult result;
      result.goal = goal.id;
      bool known = false;
      for (std::size_t i = 0; i < goal.criteria.size(); ++i) {
        const auto& criterion = goal.criteria[i];
        papers::QualitativeResult::Criterion one{criterion.words.empty() ? drafting::phrase("completion", criterion.code).value_or(criterion.code) : criterion.words, "offen", {}};
        for (const auto* state : states) {
          if (state->text("ziel") != goal.id || state->text("kriterium") != std::to_string(i + 1)) continue;
          one.state = state->text("erfuellt") == "ja" ? "erfüllt" : "nicht erfüllt";
          if (!state->text("datum").empty()) one.state += " am " + german_date(state->text("datum"));
          one.evidence = state->text("nachweis.name").empty() ? state->text("text") : state->text("nachweis.name");
          known = true;
        }
        result.criteria.push_back(std::move(one));
      }
      for (const auto* judged : newest("ziel.bewertung")) {
        if (judged->text("ziel") != goal.id) continue;
        result.assessment = fmt::format("{}: {}", chosen(*judged, "urteil"), judged->text("grund"));
        result.date = german_date(judged->text("datum"));
        known = true;
      }
      if (known) year.qualitative.push_back(std::move(result));
    }
  }

  void programmes(papers::Year& year) const {
    const auto occupied = newest("programm.belegung");
    std::map<std::pair<std::string, std::string>, const Entry*> planned;
    for (const auto* one : newest("programm.plaetze")) {
      auto*& known = planned[{one->text("programm"), one->text("ort")}];
      if (one->text("ab") <= month_.text() && (!known || known->text("ab") < one->text("ab"))) known = one;
    }
    for (const auto& [key, one] : planned) {
      if (!one) continue;
      const Entry* taken = nullptr;
      for (const auto* state : occupied) {
        if (state->text("programm") == key.first && state->text("ort") == key.second && state->text("monat") <= month_.text() && (!taken || taken->text("monat") < state->text("monat"))) taken = state;
      }
      year.programmes.push_back({key.first, key.second, one->text("plaetze"), taken ? taken->text("belegt") : "liegt nicht vor", taken ? base::Month::parse(taken->text("monat"))->german_text() : "ab " + base::Month::parse(one->text("ab"))->german_text(), {}});
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
  Record record_;
  std::vector<domain::Account> accounts_;
};

}  // namespace

YearRead read_year(const Workspace& workspace, const std::string& agreement, const domain::TargetAgreement& terms, base::Month month, std::optional<int> until) {
  auto acts = workspace.store().steering().acts(agreement, domain::shared_room);
  if (until) std::erase_if(acts, [&](const domain::Act& one) { return one.number > *until; });
  if (acts.empty()) return {};
  Record record(std::move(acts), steering::sides_of(terms));
  const int last = record.last(domain::shared_room);
  return {Reading(workspace, terms, month, std::move(record)).year(), last};
}

}  // namespace zielwerk::app
