// Agreements and evaluations for tests, in few words.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/text.h"
#include "indicators/fact_test_support.h"
#include "evaluation/evaluation.h"

namespace zielwerk::evaluation::test {

using namespace indicators::test;

inline domain::Target target(std::string code, domain::Scale scale, domain::Bound bound, std::string_view number, std::string unit,
                             domain::Aggregation aggregation = domain::Aggregation::YearToDate) {
  const auto words = base::split(code, ' ');
  domain::Target target;
  target.id = "T1";
  target.indicator = {words[0], "", words.size() > 1 ? words[1] : ""};
  target.scale = scale;
  target.scale_code = "TEST";
  target.bound = bound;
  target.value = decimal(number);
  target.unit = std::move(unit);
  target.words = std::string(number);
  target.aggregation = aggregation;
  target.year = 2020;
  if (scale != domain::Scale::Level) target.reference = domain::Reference{"PREVIOUS_YEAR", {}, {}, {}};
  return target;
}

inline domain::TargetAgreement agreement(std::initializer_list<domain::Target> targets = {}) {
  domain::TargetAgreement agreement;
  agreement.year = 2020;
  agreement.from = "2020-01-01";
  agreement.to = "2020-12-31";
  agreement.waiting = 0;
  agreement.targets = targets;
  return agreement;
}

inline Evaluation run(const domain::TargetAgreement& terms, const domain::FactHistory& facts, std::string_view in_month, std::optional<Waiting> waiting = {},
                      const domain::Vocabulary& vocabulary = {}, const indicators::Declared& declared = {}) {
  domain::StoredAgreement stored;
  stored.id = "33148-2020";
  stored.jobcenter = domain::ProviderNumber::parse("33148");
  return evaluate(stored, terms, {month(in_month), waiting, false}, {vocabulary, declared, facts});
}

inline std::string shown(const std::optional<base::Rounded>& number) { return number ? number->plain() : "null"; }
inline std::string shown(const std::optional<Exact>& number) { return number ? base::plain_or_rounded(*number) : "null"; }
inline std::string all(const std::vector<std::string>& texts) { return base::join(texts, " | "); }

}  // namespace zielwerk::evaluation::test
