#include "steering/settlement.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "domain/draft.h"

namespace zielwerk::steering {
namespace {

namespace json = boost::json;

std::string member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool is_target(const domain::TargetAgreement& terms, const std::string& id) {
  return std::any_of(terms.targets.begin(), terms.targets.end(), [&](const auto& one) { return one.id == id; });
}

const Weighing* weighed(const std::vector<Weighing>& all, const std::string& target) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.target == target; });
  return found == all.end() ? nullptr : &*found;
}

std::string waits_for(std::vector<std::string> sides) {
  for (auto& side : sides) side = domain::in_words(*domain::parse_side(side));
  return sides.empty() ? std::string() : fmt::format("; es fehlt die Zustimmung von: {}", base::join(sides, ", "));
}

void unsigned_parties(const Account& account, base::Problems& problems) {
  for (const auto& line : signatures(account.record, account.terms)) {
    if (line.counts) continue;
    problems.push_back({"settlement_unsigned", fmt::format("{} hat nicht unterschrieben{}.", line.name, waits_for(line.missing)), line.party});
  }
  for (const auto& party : account.gone) {
    problems.push_back({"settlement_party_gone",
                        fmt::format("{} war Partei einer früheren Fassung und fehlt in Fassung {}. Abgerechnet wird mit allen, die vereinbart haben: bitte eine Fassung mit dieser Partei, oder eine neue Vereinbarung ohne sie.",
                                    party.name, account.version),
                        party.id});
  }
}

void verdicts(const Account& account, base::Problems& problems) {
  const auto all = weighings(account.record, account.terms);
  for (const auto& row : account.rows) {
    if (!is_target(account.terms, row.id)) continue;
    const auto status = row.text("status");
    const auto* weighing = weighed(all, row.id);
    const auto waiting = weighing && !weighing->counts ? waits_for(weighing->missing) : std::string();
    const bool settled = weighing && weighing->counts;
    if (status == "nicht_erreicht" && !account.terms.considerations.empty() && !settled) {
      problems.push_back({"settlement_not_weighed", fmt::format("{} ist rechnerisch nicht erreicht, und die Vereinbarung will, dass Umstände berücksichtigt werden: es fehlt die Abwägung{}.", row.id, waiting), row.id});
    }
    if (status != "erreicht" && status != "nicht_erreicht" && !(settled && weighing->judgement == "keine_bewertung")) {
      problems.push_back({"settlement_data_missing",
                          fmt::format("{} lässt sich für {} nicht bewerten ({}). Entweder die Zahlen nachliefern oder gemeinsam „nicht bewertet“ beschließen (abwaegung){}.", row.id, account.month.text(),
                                      row.text("grund").empty() ? status : row.text("grund"), waiting),
                          row.id});
    }
  }
}

void judgements(const Account& account, base::Problems& problems) {
  for (const auto& goal : qualities(account.record, account.terms)) {
    if (!goal.judged) {
      problems.push_back({"settlement_quality_open", fmt::format("{} „{}“ haben die Seiten noch nicht gemeinsam bewertet{}.", goal.id, goal.title, goal.joint ? waits_for(goal.missing) : ""), goal.id});
    } else if (goal.contradicts()) {
      problems.push_back({"settlement_quality_contradicts",
                          fmt::format("{} ist als erreicht bewertet, aber nicht alles ist erfüllt, was die Vereinbarung dafür verlangt; bitte das Kriterium nachweisen oder anders bewerten.", goal.id), goal.id});
    }
  }
}

json::value plain(const std::optional<Exact>& value) { return value ? json::value(base::plain_or_rounded(*value)) : json::value(nullptr); }

json::array targets(const Account& account) {
  const auto all = weighings(account.record, account.terms);
  json::array rows;
  for (const auto& row : account.rows) {
    json::object one{{"id", row.id}, {"zeile", row.row}, {"herleitung_sha256", row.derivation_sha256.empty() ? json::value(nullptr) : json::value(row.derivation_sha256)}};
    if (is_target(account.terms, row.id)) {
      const auto* weighing = weighed(all, row.id);
      const bool counts = weighing && weighing->counts;
      one["urteil"] = counts ? sentence(*weighing, row.text("status"), account.terms) : verdict_words(row.text("status"));
      if (counts) {
        one["abwaegung"] = json::object{{"vorgang", weighing->act}, {"klauseln", json::value_from(weighing->clauses)}, {"sachverhalte", json::value_from(weighing->facts)}, {"wirkung", weighing->effect},
                                       {"grund", weighing->reason}, {"ergebnis", weighing->judgement}};
      }
    }
    rows.push_back(std::move(one));
  }
  return rows;
}

json::array quality_results(const Account& account) {
  json::array all;
  for (const auto& goal : qualities(account.record, account.terms)) {
    json::array criteria;
    for (const auto& one : goal.criteria) criteria.push_back({{"worte", one.words}, {"erfuellt", one.state}, {"nachweis", one.evidence}});
    all.push_back({{"id", goal.id}, {"titel", goal.title}, {"kriterien", criteria}, {"ergebnis", goal.result()}, {"datum", goal.joint ? goal.joint->text("datum") : ""}, {"grund", goal.joint ? goal.joint->text("grund") : ""}});
  }
  return all;
}

json::array budget_results(const Account& account) {
  json::array all;
  for (const auto& title : budget_year(account.record, account.terms).titles) {
    if (!title.available && title.allotments.empty()) continue;
    const BudgetMonth* last = nullptr;
    for (const auto& month : title.months) {
      if (month.spent) last = &month;
    }
    all.push_back({{"titel", title.code}, {"vereinbart", plain(title.agreed)}, {"zugeteilt", plain(title.allotted())}, {"umgeschichtet", base::plain_or_rounded(title.shifted)}, {"verfuegbar", plain(title.available)},
                   {"monat", last ? json::value(last->month.text()) : json::value(nullptr)}, {"ausgegeben", plain(last ? last->spent : std::nullopt)},
                   {"ausgeschoepft_prozent", last && last->used ? json::value(base::round_half_away(*last->used, 1).plain()) : json::value(nullptr)}});
  }
  return all;
}

json::array measures(const Account& account) {
  json::array all;
  for (const auto* entry : account.record.of_kind("massnahme.vereinbaren")) {
    const auto* state = account.record.newest("massnahme.stand", entry->act.subject);
    all.push_back({{"id", entry->act.subject}, {"titel", entry->text("titel")}, {"faellig", entry->text("faellig")}, {"stand", state ? state->text("stand") : "offen"}});
  }
  return all;
}

json::array signed_by(const Account& account) {
  json::array all;
  for (const auto& line : signatures(account.record, account.terms)) all.push_back({{"partei", line.party}, {"name", line.name}, {"person", line.signer}, {"ort", line.place}, {"datum", line.date}});
  return all;
}

json::array occupancy(const Account& account) {
  json::array all;
  for (const auto& site : sites(account.record, account.terms)) {
    const Site::Month* last = nullptr;
    for (const auto& month : site.months) {
      if (month.occupied) last = &month;
    }
    all.push_back({{"programm", site.programme}, {"ort", site.location}, {"plaetze", plain(site.months.back().places)}, {"monat", last ? json::value(last->month.text()) : json::value(nullptr)},
                   {"belegt", plain(last ? last->occupied : std::nullopt)}});
  }
  return all;
}

std::string figure(const std::string& plain_number) {
  const auto number = base::parse_decimal(plain_number);
  return number ? number->german() : "fehlt";
}

}  // namespace

std::string FinalRow::text(std::string_view name) const { return member(row, name); }

base::Problems obstacles(const Account& account) {
  base::Problems problems;
  unsigned_parties(account, problems);
  verdicts(account, problems);
  judgements(account, problems);
  for (const auto& part : missing_parts(account.record, account.terms)) {
    problems.push_back({"settlement_part_missing", fmt::format("„{}“ ist Bestandteil der Zielvereinbarung und fehlt als Anlage.", part.title), part.id});
  }
  return problems;
}

json::object frozen(const Account& account) {
  return {{"vereinbarung", account.agreement}, {"fassung", account.version}, {"papier_sha256", account.terms.document_sha256}, {"regelfassung", account.rule_version}, {"berichtsmonat", account.month.text()},
          {"ladestand", account.state.loaded.text()}, {"ziele", targets(account)}, {"qualitativ", quality_results(account)}, {"haushalt", budget_results(account)}, {"programme", occupancy(account)},
          {"massnahmen", measures(account)}, {"unterschriften", signed_by(account)}};
}

std::vector<std::string> changed_since(const json::object& frozen, const std::vector<FinalRow>& now) {
  std::vector<std::string> changes;
  for (const auto& value : frozen.at("ziele").as_array()) {
    const FinalRow then{std::string(value.at("id").as_string()), value.at("zeile").as_object(), {}};
    const auto found = std::find_if(now.begin(), now.end(), [&](const auto& one) { return one.id == then.id; });
    if (found == now.end()) continue;
    std::vector<std::string> parts;
    if (then.text("ist_exakt") != found->text("ist_exakt")) {
      const bool shown = then.text("ist") != found->text("ist");
      parts.push_back(fmt::format("Ist {} statt {}{}", figure(found->text("ist")), figure(then.text("ist")), shown ? "" : " (nur ungerundet anders)"));
    }
    if (then.text("status") != found->text("status")) parts.push_back(fmt::format("{} statt {}", verdict_words(found->text("status")), verdict_words(then.text("status"))));
    if (!parts.empty()) changes.push_back(fmt::format("seit der Abrechnung geändert: {}: {}", then.id, base::join(parts, "; ")));
  }
  return changes;
}

}  // namespace zielwerk::steering
