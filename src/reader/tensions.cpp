#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "reader/draft.h"

namespace zielwerk::reader {
namespace {

void note(Draft& draft, const char* code, const std::string& text, json::array evidence = {}) {
  draft.tensions.push_back({{"code", code}, {"text", text}, {"evidence", std::move(evidence)}});
}

json::array evidence_of(const json::value& one) { return one.at("evidence").is_array() ? one.at("evidence").as_array() : json::array(); }

void signature_tensions(Draft& draft) {
  const auto first_day = fmt::format("{}-01-01", draft.paper.year);
  json::array after, before, unclear;
  for (const auto& signature : draft.list("signatures")) {
    const auto append = [&](json::array& list) {
      for (auto& one : evidence_of(signature)) list.push_back(std::move(one));
    };
    const auto quality = std::string(signature.at("date_quality").as_string());
    if (!signature.at("date_iso").is_string()) {
      if (quality != "MISSING") append(unclear);
      continue;
    }
    if (quality == "COMPLETE_BUT_DOUBTFUL") append(unclear);
    else append(std::string(signature.at("date_iso").as_string()) >= first_day ? after : before);
  }
  if (!after.empty()) note(draft, "SIGNED_AFTER_START", "Unterschrieben, nachdem das Jahr der Vereinbarung begonnen hatte.", std::move(after));
  if (!before.empty()) note(draft, "SIGNED_BEFORE_YEAR", "Unterschrieben vor Beginn des Jahres, womöglich vor dem Haushaltsgesetz (§ 48b Abs. 2 SGB II).", std::move(before));
  if (!unclear.empty()) note(draft, "ILLEGIBLE_DATES", "Daten von Unterschriften sind unvollständig oder zweifelhaft.", std::move(unclear));
}

void target_tensions(Draft& draft) {
  const json::value* rate = nullptr;
  const json::value* count = nullptr;
  for (const auto& target : draft.list("targets")) {
    for (const auto& equivalent : target.at("equivalents").as_array()) {
      if (equivalent.at("relation").as_string() == "SHORT_FORM") note(draft, "SHORT_FORM", fmt::format("Die Kurzform „{}“ nennt eine Veränderung, keinen Stand.", std::string(equivalent.at("raw").as_string())), evidence_of(target));
    }
    const bool relative = target.at("measure").as_string() == "RELATIVE_CHANGE" && target.at("indicator").at("subgroup").is_null();
    if (relative && target.at("indicator").at("code").as_string() == "INTEGRATION_RATE") rate = &target;
    if (relative && target.at("indicator").at("code").as_string() == "INTEGRATIONS_COUNT") count = &target;
  }
  if (rate && count) note(draft, "CONSISTENCY_ELB", "Quote und Zahl der Integrationen zusammen legen fest, wie sich die Zahl der Leistungsberechtigten entwickeln müsste; beide Ziele gelten je für sich.", evidence_of(*rate));
  if (!draft.list("forecasts").empty()) note(draft, "FORECAST_IS_NO_TARGET", "Prognosen stehen neben den Zielen; sie sind keine.", evidence_of(draft.list("forecasts").front()));
  if (!draft.agreement.contains("final_evaluation") || draft.agreement["final_evaluation"].is_null()) note(draft, "NO_FINAL_EVALUATION_RULE", "Der Text sagt nicht, welche Werte am Ende entscheiden.");
}

// Numbers that are explained but may look like values: the format's kinds.
void distractors(Draft& draft) {
  static constexpr std::array<std::string_view, 29> kinds = {"PREVIOUS_TARGET", "PREVIOUS_RESULT", "BASELINE", "CONTEXT_STATISTIC", "FORECAST", "CAPACITY", "HISTORIC_CAPACITY", "STAFF_POSTS", "PLAN_ENTRY", "THRESHOLD_IN_RULE", "SCORING_NUMBER", "WEIGHT", "TOLERANCE", "REPLACED_OLD_VALUE", "REJECTED_PROPOSAL", "HYPOTHETICAL_PROPOSAL", "RANGE_OF_OFFERS", "ANNEX_NOT_PART", "FOOTNOTE_COMPONENT", "DURATION_CRITERION", "AGE_CRITERION", "CONDITION_NUMBER", "UNIT_NUMBER", "DEFINITION", "PAGE_NUMBER", "PAGE_REFERENCE", "PROMULGATION_REFERENCE", "COUNT_OF_ITEMS", "VOTE"};
  for (const auto& use : draft.paper.numbers) {
    std::string kind;
    if (use.as == NumberUse::As::Explained && std::find(kinds.begin(), kinds.end(), use.detail) != kinds.end()) kind = use.detail;
    if (use.as == NumberUse::As::Used && use.detail.starts_with("budgets[")) kind = "BUDGET";
    if (use.as == NumberUse::As::Used && use.detail.starts_with("forecasts[")) kind = "FORECAST";
    if (use.as == NumberUse::As::Used && use.detail.find(".places") != std::string::npos) kind = "CAPACITY";
    if (!kind.empty()) draft.distractors.push_back({{"kind", kind}, {"raw", use.text}, {"evidence", draft.evidence({use.raw})}});
  }
}

}  // namespace

void read_tensions(Draft& draft) {
  signature_tensions(draft);
  target_tensions(draft);
  distractors(draft);
}

}  // namespace zielwerk::reader
