#include "steering/weighing.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::steering {
namespace {

std::string words_of(const domain::Consideration& clause) {
  std::vector<std::string> quotes;
  for (const auto& one : clause.evidence) quotes.push_back(one.quote);
  return quotes.empty() ? clause.code : base::join(quotes, " … ");
}

std::vector<std::string> listed(const std::string& ids) {
  std::vector<std::string> all;
  for (const auto& one : base::split(ids, ',')) {
    if (const auto id = base::trim(one); !id.empty()) all.emplace_back(id);
  }
  return all;
}

Weighing weighing_of(const Record& record, const Entry& entry) {
  Weighing one;
  one.target = entry.text("ziel");
  one.clauses = listed(entry.text("klauseln"));
  one.facts = listed(entry.text("sachverhalte"));
  one.effect = entry.text("wirkung");
  if (!one.effect.empty()) one.effect = base::parse_decimal(one.effect)->german();
  if (!one.effect.empty() && !entry.text("einheit").empty()) one.effect += " " + entry.text("einheit");
  one.reason = entry.text("grund");
  one.judgement = entry.text("urteil");
  one.act = entry.act.number;
  auto standing = record.standing(entry);
  one.missing = std::move(standing.missing);
  one.counts = standing.counts;
  return one;
}

}  // namespace

std::vector<Clause> clauses(const Record& record, const domain::TargetAgreement& terms) {
  std::vector<Clause> all;
  for (const auto& consideration : terms.considerations) {
    Clause clause{consideration.id, words_of(consideration), consideration.applies_to, {}};
    for (const auto* entry : record.of_kind("sachverhalt")) {
      if (entry->text("klausel") != clause.id) continue;
      clause.facts.push_back({entry->act.subject, clause.id, entry->text("datum"), entry->text("text"), entry->text("quelle"), entry->text("nachweis"), entry->act.side,
                              entry->act.room == domain::shared_room});
    }
    all.push_back(std::move(clause));
  }
  return all;
}

std::vector<Weighing> weighings(const Record& record, const domain::TargetAgreement& terms) {
  std::vector<Weighing> all;
  for (const auto& target : terms.targets) {
    const auto* entry = record.in_force("abwaegung", target.id);
    if (!entry) entry = record.newest("abwaegung", target.id);
    if (entry) all.push_back(weighing_of(record, *entry));
  }
  return all;
}

std::string verdict_words(const std::string& status) {
  return status == "erreicht"         ? "rechnerisch erreicht"
         : status == "nicht_erreicht" ? "rechnerisch nicht erreicht"
         : status == "offen"          ? "rechnerisch offen"
                                      : "rechnerisch nicht bewertbar";
}

std::string sentence(const Weighing& weighing, const std::string& status, const domain::TargetAgreement& terms) {
  std::vector<std::string> words;
  for (const auto& id : weighing.clauses) {
    const auto found = std::find_if(terms.considerations.begin(), terms.considerations.end(), [&](const auto& one) { return one.id == id; });
    if (found != terms.considerations.end()) words.push_back(fmt::format("„{}“", found->evidence.empty() ? found->code : found->evidence.front().quote));
  }
  const auto judged = weighing.judgement == "als_erreicht" ? "als erreicht bewertet" : weighing.judgement == "als_nicht_erreicht" ? "als nicht erreicht bewertet" : "nicht bewertet";
  return fmt::format("{}, unter Berücksichtigung von {} {}", verdict_words(status), base::join(words, " und "), judged);
}

}  // namespace zielwerk::steering
