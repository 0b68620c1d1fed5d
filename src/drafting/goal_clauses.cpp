// What stands with a goal beside its targets: monitoring, forecasts, qualitative goals, programmes.
#include <set>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/text.h"
#include "drafting/clauses.h"
#include "drafting/german.h"
#include "drafting/target_words.h"

namespace zielwerk::drafting {
namespace {

// "Im Rahmen eines Monitorings wird im Vergleich zum Vorjahr beobachtet:"
std::string opener(const Part& one) {
  const auto compare = one.words("compare", "compare_with");
  const auto year = one.whole("year");
  auto circumstances = (compare.empty() ? "" : " " + compare) + (year ? fmt::format(" im Jahr {}", *year) : "");
  const bool optional = one.flag("optional");
  const auto group = one.words("group", "group");
  if (!group.empty()) return (optional ? "Gegebenenfalls: " : "") + group + circumstances + ":";
  if (one.text("binding") == "REPORTING") return fmt::format("{} wird{} berichtet über:", optional ? "Gegebenenfalls" : "Zusätzlich", circumstances);
  return fmt::format("{}m Rahmen eines Monitorings wird{} beobachtet:", optional ? "Gegebenenfalls i" : "I", circumstances);
}

// With a preposition the list reads on: "berichtet über: - die Integrationsquote …" (feminine and plural are the same in both cases).
std::string observed(const Part& one) { return indicator_phrase(one.part("indicator"), true); }

std::string linked(const Manuscript& paper, const Part& one) {
  const auto id = one.text("linked_target");
  if (id.empty()) return "";
  for (const auto& target : paper.agreement().parts("targets")) {
    if (target.text("id") == id) return fmt::format(" Verknüpft mit: {}.", with_capital(indicator_phrase(target.part("indicator"), false)));
  }
  one.problem("field_missing", fmt::format("Das Ziel {} gibt es nicht.", base::quoted(id)), "linked_target");
  return "";
}

std::string heading_of(const Manuscript& paper, const std::string& id) {
  for (const auto& goal : paper.agreement().parts("goals")) {
    if (goal.text("id") == id) return goal.text("heading");
  }
  return "";
}

std::string step(const Part& one) {
  auto words = one.text("text");
  const auto due = one.text("due");
  if (!due.empty()) words += fmt::format(" (bis zum {})", date(due).value_or(due));
  const auto place = one.text("place");
  if (!place.empty()) words += fmt::format(" (Ort: {})", place);
  if (one.flag("mandatory")) words += " (verbindlich)";
  return words;
}

void completion(Manuscript& paper, const Part& goal) {
  std::vector<std::string> criteria;
  std::set<std::string> logic;
  for (const auto& one : goal.parts("completion")) {
    criteria.push_back(one.words("completion", "code"));
    logic.insert(one.text("logic"));
  }
  if (criteria.empty()) return;
  if (logic.size() > 1) goal.problem("field_not_expressible", "„Und“ und „oder“ lassen sich bei den Erfolgskriterien nicht mischen.", "completion");
  const bool any = logic.contains("OR");
  const auto last = criteria.back();
  criteria.pop_back();
  const auto before = base::join(criteria, ", ");
  paper.paragraph(fmt::format("Das Ziel ist erreicht, wenn {}{}{}.", before, before.empty() ? "" : any ? " oder " : " und ", last));
}

// "2020-Q1", "2020-02", "2016", "from 2020-Q2, gradually".
std::string when(const Part& one, std::string_view field) {
  static const re2::RE2 dated(R"((from )?(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?(, gradually)?)");
  const auto raw = one.text(field);
  std::string from;
  std::string year;
  std::string quarter;
  std::string month;
  std::string gradually;
  if (raw.empty()) return "";
  if (!re2::RE2::FullMatch(raw, dated, &from, &year, &quarter, &month, &gradually)) {
    one.problem("field_not_expressible", fmt::format("{} ist kein Zeitpunkt; erwartet ist z. B. 2020, 2020-02, 2020-Q2 oder „from 2020-Q2, gradually“.", base::quoted(raw)), field);
    return "";
  }
  const auto time = !quarter.empty() ? fmt::format("{}. Quartal {}", quarter, year) : !month.empty() ? fmt::format("{} {}", month_name(std::stoi(month)), year) : year;
  return fmt::format("{}{}{}", gradually.empty() ? "" : "schrittweise ", from.empty() ? "" : "ab ", time);
}

std::string replaced(std::string words, std::string_view slot, const std::string& with) {
  if (const auto at = words.find(slot); at != std::string::npos) words.replace(at, slot.size(), with);
  return words;
}

std::string places(const Part& one) {
  const auto count = one.number("count").value_or(base::Decimal{});
  const auto location = one.text("location");
  const auto time = when(one, "as_of");
  auto words = replaced(one.words("places", "status"), "{count}", number(count, 0));
  words = replaced(words, "{location}", location.empty() ? "" : " in " + location);
  words = replaced(words, "{when}", time.empty() ? "" : fmt::format(" ({})", time));
  return count == base::Decimal{1, 0} ? replaced(words, "1 Plätze", "1 Platz") : words;
}

std::string programme(const Manuscript& paper, const Part& one, bool own_section) {
  auto words = fmt::format("**{}**", one.text("name"));
  const auto group = one.text("target_group");
  if (!group.empty()) words += fmt::format(" für die Zielgruppe: {}", group);
  words += ".";
  if (own_section || one.text("scope") != "MUNICIPAL") words += fmt::format(" {}.", one.words("programme", "scope"));
  std::vector<std::string> all;
  for (const auto& entry : one.parts("places")) all.push_back(places(entry));
  if (!all.empty()) words += fmt::format(" Plätze: {}.", base::join(all, "; "));
  const auto locations = one.texts("locations");
  if (!locations.empty()) words += fmt::format(" Standorte: {}.", enumeration(locations));
  const auto until = one.text("until");
  if (!until.empty()) words += fmt::format(" Das Programm läuft bis zum {}.", date(until).value_or(until));
  const auto duties = one.all_words("duty", "role_of_jc");
  if (!duties.empty()) words += fmt::format(" Aufgaben des Jobcenters: {}.", enumeration(duties));
  const auto decided = one.text("decided_by");
  const auto decided_when = when(one, "decided_when");
  if (!decided.empty() || !decided_when.empty()) words += fmt::format(" Beschluss: {}{}{}.", decided, decided.empty() || decided_when.empty() ? "" : ", ", decided_when);
  return words + linked(paper, one);
}

}  // namespace

void monitoring(Manuscript& paper, const std::string& goal) {
  std::string current;
  std::vector<std::string> figures;
  const auto close = [&] {
    if (figures.empty()) return;
    paper.paragraph(current);
    paper.items(figures);
    figures.clear();
  };
  for (const auto& one : paper.agreement().parts("monitoring")) {
    if (one.text("goal") != goal) continue;
    const auto words = opener(one);
    if (words != current) close();
    current = words;
    figures.push_back(observed(one));
  }
  close();
}

void forecasts(Manuscript& paper, const std::string& goal) {
  for (const auto& one : paper.agreement().parts("forecasts")) {
    if (one.text("goal") != goal) continue;
    const bool change = one.text("measure") != "LEVEL";
    const auto precision = one.words("precision", "precision");
    const auto value = quantity(paper, one.number("value").value_or(base::Decimal{}), one.text("unit"), "", change);
    const auto year = one.whole("year").value_or(paper.year());
    const auto name = with_capital(indicator_phrase(one.part("indicator"), false));
    const auto said = fmt::format("{}{}{}", precision, precision.empty() ? "" : " ", value);
    if (paper.form() == Template::Ge && !change) {
      paper.table({{"Ziel", "Messgröße", fmt::format("Prognose {}", year)}, {heading_of(paper, goal), name, said}});
    } else {
      paper.paragraph(fmt::format("Prognose für {} (nicht verbindlich): {}: {}{}.", year, name, said, change ? " gegenüber dem Vorjahr" : ""));
    }
  }
}

void qualitative_goals(Manuscript& paper, const std::string& goal) {
  for (const auto& one : paper.agreement().parts("qualitative_goals")) {
    if (one.text("goal") != goal) continue;
    paper.items({fmt::format("**{}**", one.words("topic", "topic"))});
    auto words = fmt::format("Vorhaben: {}.", one.text("title"));
    const auto deadline = one.text("deadline");
    if (!deadline.empty()) words += fmt::format(" Es ist bis zum {} umzusetzen.", date(deadline).value_or(deadline));
    const auto responsible = one.text("responsible_party");
    if (!responsible.empty()) words += fmt::format(" Verantwortlich ist {}.", paper.party(responsible));
    paper.paragraph(words + linked(paper, one));
    std::vector<std::string> steps;
    for (const auto& entry : one.parts("steps")) steps.push_back(step(entry));
    if (!steps.empty()) paper.paragraph("Umsetzungsschritte:");
    paper.items(steps);
    completion(paper, one);
    std::vector<std::string> content;
    for (const auto& entry : one.parts("content_requirements")) content.push_back(entry.words("content", "code"));
    if (!content.empty()) paper.paragraph(fmt::format("Inhalte des Ergebnisses: {}.", enumeration(content)));
  }
}

void programmes(Manuscript& paper) {
  bool municipal = false;
  for (const auto& goal : paper.agreement().parts("goals")) municipal = municipal || goal.text("statutory_code") == "MUNICIPAL";
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : paper.agreement().parts("programmes")) rows.push_back({one.text("topic"), programme(paper, one, !municipal)});
  if (rows.empty()) return;
  if (paper.form() == Template::Ge) {
    rows.insert(rows.begin(), {"Kommunales Ziel zu", "Beschreibung"});
    return paper.table(rows);
  }
  std::vector<std::string> items;
  for (const auto& row : rows) items.push_back(row[0].empty() ? row[1] : fmt::format("{} Thema: {}.", row[1], row[0]));
  paper.items(items);
}

}  // namespace zielwerk::drafting
