#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "drafting/clauses.h"
#include "drafting/german.h"
#include "drafting/target_words.h"

namespace zielwerk::drafting {
namespace {

std::string scope_of(const std::string& statutory) {
  static const std::map<std::string, std::string> scopes = {
      {"LAND_PROGRAMME", "LAND_PROGRAMME"}, {"LOCAL", "LOCAL"},       {"MUNICIPAL", "MUNICIPAL"},    {"QUALITY", "QUALITY"}, {"FOCUS", "FOCUS"},
      {"LAND_EQUALITY", "LAND"},            {"LAND_YOUTH", "LAND"},   {"LAND_DIGITAL", "LAND"},      {"SINGLE_PARENTS", "LAND"},
      {"REFUGEES", "LAND"},                 {"LINK_MUNICIPAL", "LAND"}};
  const auto found = scopes.find(statutory);
  return found == scopes.end() ? "STATUTORY" : found->second;
}

std::vector<Part> targets_of(const Manuscript& paper, const std::string& goal) {
  std::vector<Part> all;
  for (const auto& target : paper.agreement().parts("targets")) {
    if (target.text("goal") == goal) all.push_back(target);
  }
  return all;
}

void target(Manuscript& paper, const Part& one, const std::string& scope) {
  const auto own = one.text("scope");
  const auto name = with_capital(indicator_phrase(one.part("indicator"), false));
  const auto label = own == scope ? name : fmt::format("{}: {}", one.words("scope", "scope"), name);
  if (paper.form() != Template::Niedersachsen || own != scope) paper.items({"**" + label + "**"});
  paper.paragraph(target_sentence(paper, one) + target_terms(paper, one));
}

void target_indicators(Manuscript& paper, const std::vector<Part>& targets) {
  std::vector<std::string> names;
  for (const auto& one : targets) {
    auto name = indicator_phrase(one.part("indicator"), true);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  if (paper.form() != Template::Nrw || names.empty()) return;
  paper.paragraph(names.size() == 1 ? fmt::format("Zielindikator ist {}.", names.front()) : fmt::format("Zielindikatoren sind {}.", enumeration(names)));
}

std::string in_table(const std::string& bound, bool local) {
  if (bound == "=") return "";
  if (!local) return bound == ">=" ? "mindestens " : bound == "<=" ? "höchstens " : bound == ">" ? "über " : "unter ";
  return bound == ">=" ? " größer gleich" : bound == "<=" ? " kleiner gleich" : bound == ">" ? " größer als" : " kleiner als";
}

// Rows of the gE form for the targets of several goals; what a row cannot hold follows in sentences.
void target_table(Manuscript& paper, const std::vector<Part>& goals, bool local) {
  const auto value = fmt::format("Zielwert {}", paper.year());
  std::vector<std::vector<std::string>> rows;
  for (const auto& goal : goals) {
    auto heading = goal.text("heading");
    for (const auto& one : targets_of(paper, goal.text("id"))) {
      if (!fits_table(paper, one) || one.text("scope") != scope_of(goal.text("statutory_code"))) continue;
      const auto words = table_words(paper, one);
      if (local) rows.push_back({heading, "- " + words.measure + in_table(words.bound, true), words.value});
      else rows.push_back({heading, words.measure, in_table(words.bound, false) + words.value});
      if (local) heading.clear();
    }
  }
  if (rows.empty()) return;
  rows.insert(rows.begin(), local ? std::vector<std::string>{"Lokales Ziel zu", "Beschreibung", value} : std::vector<std::string>{"Ziel", "Messgröße", value});
  paper.table(rows);
}

void goal_body(Manuscript& paper, const Part& goal) {
  const auto id = goal.text("id");
  const auto scope = scope_of(goal.text("statutory_code"));
  monitoring(paper, id);
  forecasts(paper, id);
  const auto targets = targets_of(paper, id);
  const bool table = paper.form() == Template::Ge;
  target_indicators(paper, targets);
  for (const auto& one : targets) {
    if (!table || !fits_table(paper, one) || one.text("scope") != scope) target(paper, one, scope);
  }
  qualitative_goals(paper, id);
}

// The gE form puts goals with the same number under one heading and their targets into one table.
void goals_of_ge(Manuscript& paper) {
  const auto all = paper.agreement().parts("goals");
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    while (end < all.size() && all[end].text("number") == all[begin].text("number")) ++end;
    const std::vector<Part> together(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end));
    const auto statutory = together.front().text("statutory_code");
    paper.heading(2, fmt::format("{}) {}", together.front().text("number"), together.size() == 1 ? together.front().text("heading") : "Geschäftspolitische Ziele SGB II"));
    target_table(paper, together, statutory == "LOCAL");
    for (const auto& goal : together) {
      if (together.size() > 1) paper.heading(3, fmt::format("{}) {}", goal.text("number"), goal.text("heading")));
      paper.paragraph(goal.words("goal", "statutory_code"));
      goal_body(paper, goal);
    }
    if (statutory == "MUNICIPAL") programmes(paper);
    begin = end;
  }
}

bool has_goal(const Manuscript& paper, std::string_view statutory) {
  for (const auto& goal : paper.agreement().parts("goals")) {
    if (goal.text("statutory_code") == statutory) return true;
  }
  return false;
}

// Targets, monitoring and so on that no goal is named for.
void without_goal(Manuscript& paper, int heading_level) {
  bool any = !targets_of(paper, "").empty();
  for (const auto* kind : {"monitoring", "forecasts", "qualitative_goals"}) {
    for (const auto& one : paper.agreement().parts(kind)) any = any || !one.has("goal");
  }
  if (any) {
    paper.heading(heading_level, "Weitere Ziele und Beobachtungen");
    monitoring(paper, "");
    forecasts(paper, "");
    for (const auto& one : targets_of(paper, "")) target(paper, one, "STATUTORY");
    qualitative_goals(paper, "");
  }
  if (!has_goal(paper, "MUNICIPAL") && paper.agreement().has("programmes")) {
    paper.heading(heading_level, "Programme");
    programmes(paper);
  }
}

}  // namespace

void goals(Manuscript& paper, int heading_level) {
  if (paper.form() == Template::Ge) {
    goals_of_ge(paper);
    return without_goal(paper, 2);
  }
  for (const auto& goal : paper.agreement().parts("goals")) {
    const auto number = goal.text("number");
    paper.heading(heading_level, (number.empty() ? "" : number + ". ") + goal.text("heading"));
    paper.paragraph(goal.words("goal", "statutory_code"));
    goal_body(paper, goal);
    if (goal.text("statutory_code") == "MUNICIPAL") programmes(paper);
  }
  without_goal(paper, heading_level);
}

}  // namespace zielwerk::drafting
