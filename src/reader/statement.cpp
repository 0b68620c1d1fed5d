#include "reader/statement.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace zielwerk::reader {
namespace {

// Roles that make a number no target; an earlier firm ZIEL limits them to their own clause.
constexpr std::array<std::string_view, 16> against = {"NACHRICHTLICH", "STREICHUNG", "STATISTIK", "MEILENSTEIN", "PROGNOSE", "ERGEBNIS", "ALTES_ZIEL", "VORSCHLAG", "HYPOTHESE", "BEOBACHTUNG", "BERICHT", "SCHWELLE", "GEWICHT", "STUFEN", "TOLERANZ", "KAPAZITAET"};

// These speak for the rest of the sentence, too: "schlug vor, die Quote um 5 % zu steigern". A past tense or a condition ends with its clause.
bool goes_on(std::string_view role) { return role == "PROGNOSE" || role == "ALTES_ZIEL" || role == "VORSCHLAG" || role == "HYPOTHESE" || role == "NACHRICHTLICH" || role == "BEOBACHTUNG" || role == "BERICHT" || role == "MEILENSTEIN" || role == "STUFEN" || role == "GEWICHT"; }

bool is_against(std::string_view role) { return std::find(against.begin(), against.end(), role) != against.end(); }

std::vector<Span> clauses_of(std::string_view text) {
  std::vector<Span> clauses;
  std::size_t begin = 0;
  const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    const bool comma = byte == ',' && !(at > 0 && digit(at - 1) && digit(at + 1));
    const bool dash = (text.substr(at).starts_with(" – ") && !digit(at + 5)) || (text.substr(at).starts_with(" - ") && !digit(at + 3));
    if (!comma && byte != ';' && byte != '(' && byte != ')' && !dash) continue;
    if (at > begin) clauses.push_back({begin, at});
    begin = at + 1;
  }
  if (begin < text.size()) clauses.push_back({begin, text.size()});
  return clauses;
}

int first_year(std::string_view text) {
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if ((text.substr(at, 2) == "20" || text.substr(at, 2) == "19") && text[at + 2] >= '0' && text[at + 2] <= '9' && text[at + 3] >= '0' && text[at + 3] <= '9') return std::atoi(std::string(text.substr(at, 4)).c_str());
  }
  return 0;
}

}  // namespace

std::vector<Finding> longest(std::vector<Finding> found) {
  std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) { return a.span.end - a.span.begin > b.span.end - b.span.begin; });
  std::vector<Finding> kept;
  for (auto& finding : found) {
    const bool inside = std::any_of(kept.begin(), kept.end(), [&](const Finding& other) { return other.span.meets(finding.span); });
    if (!inside) kept.push_back(std::move(finding));
  }
  std::sort(kept.begin(), kept.end(), [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
  return kept;
}

Statement::Statement(const Paper& in, std::size_t at, Plain plain) : paper(&in), block(at), text(std::move(plain)) {
  const auto& words = text.text();
  const RuleBook::Search search(rule_book(), words);
  indicators = search.find("messgroesse");
  const bool named = std::any_of(indicators.begin(), indicators.end(), [](const Finding& one) { return one.rule->attribute("schwach").empty(); });
  if (named) std::erase_if(indicators, [](const Finding& one) { return !one.rule->attribute("schwach").empty(); });
  indicators = longest(std::move(indicators));
  std::erase_if(indicators, [](const Finding& one) { return one.code() == "KEINE"; });  // words that only hide a shorter name
  groups = longest(search.find("gruppe"));
  directions = longest(search.find("richtung"));
  bounds = longest(search.find("schranke"));
  ways = search.find("weg");
  references = longest(search.find("bezug"));
  times = search.find("zeit");
  waitings = search.find("wartezeit");
  roles = search.find("rolle");
  numbers = numerals(words);
  clauses = clauses_of(words);
  explain_numbers();
}

void Statement::explain_numbers() {
  // "288       305" in a line of columns reads like 288 305 once blanks are evened out: two numbers, or one that was torn.
  for (auto& number : numbers) {
    if (std::find(number.traps.begin(), number.traps.end(), "THIN_SPACE_THOUSANDS") == number.traps.end()) continue;
    const auto raw = text.raw(number.span);
    const auto quote = paper->quote(raw);
    if (quote.find("  ") != std::string_view::npos || quote.find('\n') != std::string_view::npos || quote.find('\t') != std::string_view::npos) number.explained = "SPLIT_NUMBER";
  }
  for (const auto& finding : rule_book().find("zahl", text.text())) {
    if (finding.code() == "PREVIOUS_RESULT" || finding.code() == "PREVIOUS_TARGET") {
      const auto year = first_year(std::string_view(text.text()).substr(finding.whole.begin, finding.whole.end - finding.whole.begin));
      if (year != 0 && year >= paper->year && paper->year != 0) continue;
    }
    for (auto& number : numbers) {
      const bool label = finding.code() == "LABEL_NUMBER" || finding.code() == "DURATION_CRITERION";
      if (label && number.unit != Unit::None && number.unit != Unit::Years && number.unit != Unit::Months) continue;
      if (finding.span.meets(number.span) && (number.explained.empty() || number.explained == "LABEL_CODE")) number.explained = finding.code();
    }
  }
  // "unter 25-Jährige", "mehr als 4 Jahre" bound an age or a time, no value.
  std::erase_if(bounds, [&](const Finding& bound) {
    return std::any_of(numbers.begin(), numbers.end(), [&](const Numeral& number) { return (number.explained == "AGE_CRITERION" || number.explained == "DURATION_CRITERION") && (bound.whole.meets(number.span) || (bound.whole.begin >= number.span.end && bound.whole.begin - number.span.end < 5)); });
  });
}

std::size_t Statement::clause_at(std::size_t position) const {
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    if (position < clauses[i].end) return i;
  }
  return clauses.empty() ? 0 : clauses.size() - 1;
}

Stance Statement::stance(std::size_t position, const Stance& lead) const {
  const auto target = clause_at(position);
  Stance current = lead;
  Stance firm;  // the last firm ZIEL so far
  Stance here;
  for (std::size_t clause = 0; clause <= target && clause < clauses.size(); ++clause) {
    here = {};
    for (const auto& finding : roles) {
      if (finding.span.begin < clauses[clause].begin || finding.span.begin >= clauses[clause].end) continue;
      const Stance found{finding.code(), !finding.rule->attribute("schwach").empty(), finding.rule};
      // A past tense beside a firm "soll" speaks of something else; a proposal or an old target stays one.
      if (found.role == "ZIEL" && !found.weak) {
        if (!is_against(here.role) || here.role == "ERGEBNIS") here = found;
      } else if (found.role == "ERGEBNIS") {
        if (here.role != "ZIEL" || here.weak) here = is_against(here.role) ? here : found;
      } else if (is_against(found.role) || (here.role.empty() && found.role == "ZIEL")) {
        here = found;
      }
    }
    if (here.role == "ZIEL" && !here.weak) {
      firm = here;
      current = here;
    } else if (is_against(here.role)) {
      if (firm.role.empty() && goes_on(here.role)) current = here;
    } else if (here.role == "ZIEL" && !goes_on(current.role)) {
      if (current.role != "ZIEL" || current.weak) current = here;
    }
  }
  // Brackets speak of what stands before them: "verfehlt wurde der Bestand (um 0,9 %)".
  if (here.role.empty() && target > 0 && clauses[target].begin > 0 && text.text()[clauses[target].begin - 1] == '(') {
    for (const auto& finding : roles) {
      const bool before = finding.span.begin >= clauses[target - 1].begin && finding.span.begin < clauses[target - 1].end;
      if (before && is_against(finding.code())) here = {finding.code(), false, finding.rule};
    }
  }
  // What is in brackets or set off after a condition takes its tense from the main clause: look ahead once.
  if (here.role.empty() && !goes_on(current.role) && current.role != "ZIEL") {
    for (const auto& finding : roles) {
      if (finding.code() == "ZIEL" && finding.span.begin >= position) return {"ZIEL", !finding.rule->attribute("schwach").empty(), finding.rule};
    }
  }
  // "Die Quote betrug 23,1 %, die der Frauen 17,9 %": without a verb of its own a clause keeps the tense of the one before.
  if (here.role.empty() && firm.role.empty() && (current.role.empty() || current.weak) && target > 0) {
    const Finding* last = nullptr;
    for (const auto& finding : roles) {
      if (finding.span.begin < clauses[target].begin) last = &finding;
    }
    // A clause set between dashes is no beginning of one: "verbessert sich – zuletzt 19,6 Prozent – um einen halben Prozentpunkt".
    const bool own = std::any_of(indicators.begin(), indicators.end(), [&](const Finding& one) { return clause_at(one.span.begin) == target; }) || text.text().substr(clauses[target].begin, 12).find(" die der") == 0;
    if (last && last->code() == "ERGEBNIS" && (own || current.role.empty())) return {"ERGEBNIS", false, last->rule};
  }
  // "Der Landkreis (18. Rang von 42) hat seine Werte nicht gehalten": a sentence in the past tense alone speaks of the past.
  const bool aims = std::any_of(roles.begin(), roles.end(), [](const Finding& one) { return one.code() == "ZIEL"; });
  if (here.role.empty() && current.role.empty() && !aims && has_role("ERGEBNIS")) return {"ERGEBNIS", false, role("ERGEBNIS")->rule};
  return is_against(here.role) ? here : current;
}

const Finding* Statement::role(std::string_view wanted) const {
  for (const auto& finding : roles) {
    if (finding.code() == wanted) return &finding;
  }
  return nullptr;
}

bool Statement::has_role(std::string_view wanted) const { return role(wanted) != nullptr; }

}  // namespace zielwerk::reader
