#include "app/settlement.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/evaluations.h"
#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::app {
namespace {

using base::Month;
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

std::optional<steering::BudgetYear> budget_of_last_year(const Workspace& workspace, const Person& person, const std::string& id) {
  if (id.size() < 10) return std::nullopt;
  const auto before = open_file(workspace, person, fmt::format("{}{}", id.substr(0, 6), std::stoi(id.substr(6, 4)) - 1));
  if (!before || before->record.entries().empty()) return std::nullopt;
  return steering::budget_year(before->record, before->terms);
}

}  // namespace zielwerk::app
