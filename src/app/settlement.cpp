#include "app/settlement.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/evaluations.h"
#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::app {
namespace {

using base::Month;
using base::Result;
using domain::Waiting;

std::optional<Month> month_in(const steering::Intent& intent, const char* field) {
  const auto found = intent.fields.find(field);
  return found == intent.fields.end() ? std::nullopt : Month::parse(base::trim(found->second));
}

base::Problem not_yet() { return {"agreement_unknown", "Abgerechnet wird eine Vereinbarung; hier wird noch verhandelt.", ""}; }

std::vector<steering::FinalRow> rows_of(const Workspace& workspace, const Evaluated& evaluated) {
  const auto& head = evaluated.report.head;
  const auto kept = workspace.store().verdicts(head.agreement, head.version, head.month);
  std::vector<steering::FinalRow> rows;
  for (const auto& line : evaluated.report.lines) {
    const auto verdict = std::find_if(kept.begin(), kept.end(), [&](const auto& one) { return one.target == line.id && one.waiting == line.waiting; });
    rows.push_back({line.id, report::to_json(line), verdict == kept.end() ? std::string() : documents::sha256(verdict->derivation)});
  }
  return rows;
}

std::vector<domain::Party> gone_parties(const Workspace& workspace, const SteeringFile& file) {
  std::vector<domain::Party> gone;
  for (const auto& stored : workspace.store().versions(file.id)) {
    const auto earlier = intake::parse_agreement(stored.source, stored.document);
    for (const auto& party : earlier->agreement.parties) {
      const auto same = [&](const auto& one) { return one.name == party.name; };
      if (std::none_of(file.terms.parties.begin(), file.terms.parties.end(), same) && std::none_of(gone.begin(), gone.end(), same)) gone.push_back(party);
    }
  }
  return gone;
}

SteeringFile shared_file(const Workspace& workspace, Agreement agreement) {
  const auto id = agreement.stored.id;
  auto terms = agreement.terms;
  steering::Record record(workspace.store().steering().acts(id, domain::shared_room), steering::sides_of(terms));
  return {id, std::move(agreement), std::move(terms), std::move(record)};
}

// What became of the kept verdicts that an account was closed on.
std::vector<std::string> damage(const Workspace& workspace, const std::string& id, const boost::json::object& account) {
  const auto month = *Month::parse(std::string(account.at("berichtsmonat").as_string()));
  const auto kept = workspace.store().verdicts(id, static_cast<int>(account.at("fassung").as_int64()), month);
  std::vector<std::string> found;
  for (const auto& value : account.at("ziele").as_array()) {
    if (!value.at("herleitung_sha256").is_string()) continue;
    const std::string target(value.at("id").as_string());
    const auto waiting = value.at("zeile").at("wartezeit").as_int64();  // a target may have one of its own
    const auto verdict = std::find_if(kept.begin(), kept.end(), [&](const auto& one) { return one.target == target && one.waiting == waiting; });
    const auto where = fmt::format("Abrechnung {}, {}", id, target);
    if (verdict == kept.end()) found.push_back(fmt::format("{}: das festgehaltene Urteil fehlt.", where));
    else if (documents::sha256(verdict->derivation) != std::string(value.at("herleitung_sha256").as_string())) found.push_back(fmt::format("{}: die festgehaltene Herleitung ist eine andere als die abgerechnete.", where));
    else if (boost::json::parse(verdict->row) != value.at("zeile")) found.push_back(fmt::format("{}: die festgehaltene Zeile ist eine andere als die abgerechnete.", where));
  }
  return found;
}

base::Checked<std::string> frozen_account(const SteeringFile& file, const Evaluated& evaluated, std::vector<steering::FinalRow> rows, std::vector<domain::Party> gone, base::Problems problems) {
  const auto& head = evaluated.report.head;
  // Own rooms are no part of a settlement.
  std::vector<domain::Act> shared;
  for (const auto& entry : file.record.entries()) {
    if (entry.act.room == domain::shared_room) shared.push_back(entry.act);
  }
  const steering::Record record(std::move(shared), file.record.sides());
  const steering::Account account{record, file.terms, file.id, head.version, evaluation::rule_version, head.month, head.state, std::move(rows), std::move(gone)};
  for (auto& problem : steering::obstacles(account)) problems.push_back(std::move(problem));
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return boost::json::serialize(steering::frozen(account));
}

}  // namespace

SettlementBasis settlement_basis(const domain::TargetAgreement& terms) {
  const auto last = Month::parse(terms.to.substr(0, 7)).value_or(Month(terms.year, 12));
  return {last, terms.final_waiting.value_or(evaluation::default_waiting(terms)), terms.names_final_values && terms.final_waiting.has_value()};
}

base::Checked<std::string> settlement_account(Workspace& workspace, const SteeringFile& file, const steering::Intent& intent) {
  if (!file.agreement) return base::problems(not_yet());
  const auto basis = settlement_basis(file.terms);
  const auto month = month_in(intent, "monat").value_or(basis.month);
  const auto state = month_in(intent, "ladestand").value_or(month + basis.waiting);
  base::Problems problems;
  if (month != basis.month || (basis.agreed && state != month + basis.waiting)) {
    problems.push_back({"settlement_basis", fmt::format("Abgerechnet wird auf {} mit Ladestand {}{}; gewünscht war {} mit Ladestand {}.", basis.month.text(), (basis.month + basis.waiting).text(),
                                                        basis.agreed ? " (so vereinbart)" : "", month.text(), state.text()), "monat"});
  }
  if (state < month || state - month > 3) problems.push_back({"settlement_basis", fmt::format("Der Ladestand {} passt nicht zu {}; erwartet ist eine Wartezeit von 0 bis 3 Monaten.", state.text(), month.text()), "ladestand"});
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  EvaluateRequest request{month, state - month};
  request.record = false;
  const auto evaluated = evaluate(workspace, file.id, request);
  if (!evaluated) return base::problems(evaluated.error());
  return frozen_account(file, *evaluated, rows_of(workspace, *evaluated), gone_parties(workspace, file), {});
}

void keep_final_verdicts(Workspace& workspace, const std::string& id, const steering::Intent& intent) {
  const auto agreement = find_agreement(workspace, id);
  if (!agreement) return;
  const auto basis = settlement_basis(agreement->terms);
  const auto month = month_in(intent, "monat").value_or(basis.month);
  const auto waiting = month_in(intent, "ladestand").value_or(month + basis.waiting) - month;
  if (month == basis.month && waiting >= 0 && waiting <= 3) (void)evaluate(workspace, id, {month, waiting});
}

base::Checked<domain::Act> settle(Workspace& workspace, const Person& person, const std::string& id, const SettleWanted& wanted) {
  const auto file = open_file(workspace, person, id);
  if (!file) return base::problems(file.error());
  if (!file->agreement) return base::problems(not_yet());
  const auto basis = settlement_basis(file->terms);
  const auto month = wanted.month.value_or(basis.month);
  steering::Intent intent{"abrechnung", domain::shared_room, {{"monat", month.text()}, {"ladestand", wanted.state.value_or(month + basis.waiting).text()}, {"text", wanted.text}}, wanted.replaces};
  return act(workspace, person, id, std::move(intent));
}

base::Result<Settlement> find_settlement(Workspace& workspace, const SteeringFile& file) {
  Settlement found;
  found.entry = file.record.in_force("abrechnung", "abrechnung");
  if (!found.entry) found.entry = file.record.newest("abrechnung", "abrechnung");
  if (!found.entry) return base::problem("settlement_missing", fmt::format("{} ist noch nicht abgerechnet.", file.id));
  found.account = boost::json::parse(found.entry->text("ergebnis")).as_object();
  found.standing = file.record.standing(*found.entry);
  const auto month = *Month::parse(std::string(found.account.at("berichtsmonat").as_string()));
  const auto state = *Month::parse(std::string(found.account.at("ladestand").as_string()));
  EvaluateRequest today{month, state - month};
  today.record = today.recall = false;
  if (const auto now = evaluate(workspace, file.id, today)) found.changed = steering::changed_since(found.account, rows_of(workspace, *now));
  return found;
}

SettlementCheck check_settlements(Workspace& workspace) {
  SettlementCheck check;
  std::set<std::string> bound;  // "22116-2020 17 <checksum of its body>"
  for (const auto& entry : workspace.store().audit()) {
    if (entry.action != "steuerung.vorgang") continue;
    for (const auto& word : base::split(entry.detail, ' ')) bound.insert(entry.object + " " + word);
  }
  for (const auto& id : workspace.store().steering().agreements()) {
    auto agreement = find_agreement(workspace, id);
    if (!agreement) continue;
    const auto file = shared_file(workspace, *std::move(agreement));
    if (!file.record.in_force("abrechnung", "abrechnung")) continue;
    ++check.settled;
    const auto settlement = *find_settlement(workspace, file);
    const auto& act = settlement.entry->act;
    if (!bound.contains(fmt::format("{} {} {}", id, act.number, documents::sha256(act.body)))) check.damaged.push_back(fmt::format("Abrechnung {}: Vorgang {} ist nicht mehr der, den das Protokoll bindet.", id, act.number));
    for (auto& one : damage(workspace, id, settlement.account)) check.damaged.push_back(std::move(one));
    for (const auto& one : settlement.changed) check.corrected.push_back(fmt::format("{} {}", id, one));
  }
  return check;
}

steering::BudgetYear budget_of(const Workspace& workspace, const Person& person, const SteeringFile& file) {
  steering::BesideBudget beside;
  const auto named = parse_file_id(file.id);
  const auto before = named ? open_file(workspace, person, named->year_before()) : Result<SteeringFile>(base::problem("agreement_unknown", ""));
  std::optional<steering::BudgetYear> last_year;
  if (before && !before->record.entries().empty()) {
    last_year = steering::budget_year(before->record, before->terms);
    beside.last_year = &*last_year;
    beside.last_year_file = before->id;
  }
  const auto jobcenter = jobcenter_of(file);
  const auto series = steering::budget_series();
  const auto facts = jobcenter ? workspace.store().read(*jobcenter, series) : domain::FactHistory();
  for (const char* title : {"VWT", "EGT"}) {
    const auto now = steering::delivered(facts, title, file.terms.year);
    const auto then = steering::delivered(facts, title, file.terms.year - 1, now ? std::optional(now->state.years_before(1)) : std::nullopt);
    if (now) beside.delivered.emplace(title, *now);
    if (then) beside.delivered_last_year.emplace(title, *then);
  }
  return steering::budget_year(file.record, file.terms, beside);
}

}  // namespace zielwerk::app
