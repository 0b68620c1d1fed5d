#include <algorithm>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"
#include "reader/statement.h"

namespace zielwerk::reader {
namespace {

bool special(const Finding& finding) { return finding.rule->attribute("vorrang") == "ja"; }

// What kind of money a sum is: words that decide anywhere between its neighbours (Umschichtung, Vorbehalt), else the nearest before it.
const Finding* kind_of(const std::string& text, const std::vector<Finding>& found, Span number, std::size_t from, std::size_t to) {
  const Finding* best = nullptr;
  for (const auto& finding : found) {
    if (finding.span.begin < from || finding.span.begin >= to) continue;
    const bool apart = finding.span.begin > number.end && text.substr(number.end, finding.span.begin - number.end).find(';') != std::string::npos;
    if (apart) continue;
    if (special(finding)) return &finding;
    const bool before = finding.span.begin < number.begin;
    const bool best_before = best && best->span.begin < number.begin;
    if (!best || (before && (!best_before || finding.span.begin > best->span.begin))) best = &finding;
  }
  return best;
}

std::string precision_of(const std::string& text, const Numeral& number, std::size_t from, std::size_t to, const std::string& code) {
  const auto around = text.substr(from, to - from);
  const auto written = text.substr(number.span.begin, number.with_unit.end - number.span.begin);
  static const Words upper(R"((?i)\b(?:bis zu|höchstens|maximal|nicht mehr als|begrenzt|nicht (?:übersteigen|überschreiten)|nicht übersteigt)\b)");
  static const Words lower(R"((?i)\b(?:mindestens|wenigstens|nicht unterschreitet|nicht unterschritten)\b)");
  static const Words expected(R"((?i)\b(?:voraussichtlich\w*|erwartet\w*)\b)");
  static const Words planned(R"((?i)\b(?:vorgesehen|veranschlagt|geplant|Entwurf)\b)");
  static const Words large(R"(Mio|Mrd|Million|Milliard)");
  if (code == "EGT_CONDITION_MIN" || lower.in(around)) return "LOWER_BOUND";
  if (code == "CARRY_OVER_MAX" || upper.in(around)) return "UPPER_BOUND";
  if (expected.in(around)) return "EXPECTED";
  if (number.approximate) return "ROUNDED";
  if (!large.in(written)) return "EXACT";
  return planned.in(around) || code == "SHIFT_EGT_TO_VWT" ? "PLANNED" : "ROUNDED";
}

bool taken(const Draft& draft, Span raw) {
  return std::any_of(draft.paper.numbers.begin(), draft.paper.numbers.end(), [&](const NumberUse& use) { return use.raw.meets(raw) && use.as == NumberUse::As::Used; });
}

void write(Draft& draft, const Passage& passage, const Numeral& number, const std::string& code, const std::string& title, const std::string& precision, Span words) {
  auto& list = draft.list("budgets");
  const auto id = fmt::format("B{}", list.size() + 1);
  auto raw = number.with_unit;
  list.push_back({{"id", id}, {"title", title}, {"code", code}, {"amount", reader::number(number.value)}, {"currency", "EUR"}, {"precision", precision}, {"raw", cut(passage.text.text(), raw)}, {"source", nullptr}, {"year", draft.paper.year}, {"evidence", draft.evidence({passage.text.raw(words)})}});
  draft.mark(passage.text.raw(raw), fmt::format("budgets[{}].amount", id));
}

}  // namespace

void read_budgets(Draft& draft) {
  draft.list("budgets");
  std::vector<std::pair<std::string, std::string>> last;  // code and title of the sums in the sentence before
  std::size_t last_block = 0;
  for (const auto& passage : passages(draft.paper)) {
    const auto& text = passage.text.text();
    std::vector<Numeral> sums;
    for (auto& number : numerals(text)) {
      if (number.unit == Unit::Euro) sums.push_back(std::move(number));
    }
    static const Words none(R"((?i)\b(?:waren es|prognos\w+|rechnet|erwarte[nt]\w* (?:die|der)|hält|Regelsatz\w*|im Vorjahr|statt)\b)");
    if (sums.empty() || none.in(text)) continue;
    const auto found = longest(rule_book().find("budget", text));
    std::vector<std::pair<std::string, std::string>> these;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const auto& number = sums[i];
      const auto from = i == 0 ? 0 : sums[i - 1].with_unit.end;
      const auto to = i + 1 < sums.size() ? sums[i + 1].with_unit.begin : text.size();
      const auto* kind = kind_of(text, found, number.with_unit, from, to);
      const bool as_before = !kind && found.empty() && passage.block == last_block && last.size() == sums.size();
      if ((!kind && !as_before) || taken(draft, passage.text.raw(number.span))) continue;
      const auto code = kind ? kind->code() : last[i].first;
      const auto title = kind ? cut(text, kind->span) : last[i].second;
      const auto begin = kind && kind->span.begin < number.with_unit.begin ? kind->span.begin : number.with_unit.begin;
      write(draft, passage, number, code, title, precision_of(text, number, from, to, code), {begin, number.with_unit.end});
      these.emplace_back(code, title);
    }
    if (!these.empty()) {
      last = std::move(these);
      last_block = passage.block;
    }
  }
}

}  // namespace zielwerk::reader
