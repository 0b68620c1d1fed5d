#include <fmt/format.h>

#include "base/text.h"
#include "drafting/clauses.h"
#include "drafting/german.h"

namespace zielwerk::drafting {
namespace {

// "Herrn Landrat Dr. Kai Winter"; longer functions follow the name.
std::string representative(const Part& one) {
  const auto salutation = one.text("salutation");
  const auto function = one.text("function");
  const auto name = one.text("name");
  auto words = salutation.empty() ? "" : (salutation == "Herr" ? "Herrn" : salutation) + " ";
  if (!function.empty() && function.find(' ') == std::string::npos) words += function + " ";
  words += name;
  return function.find(' ') == std::string::npos ? words : words + ", " + function;
}

void party(Manuscript& paper, const Part& one) {
  auto line = fmt::format("**{}**", one.text("name"));
  const auto abbreviation = one.text("abbr");
  if (!abbreviation.empty()) line += fmt::format(" (im Folgenden: {})", abbreviation);
  const auto role = one.text("role");
  if (role == "ZKT" || role == "MUNICIPALITY" || role == "JOBCENTER_GE") line += " " + one.words("role", "role");
  paper.paragraph(line);
  std::vector<std::string> people;
  for (const auto& person : one.parts("represented_by")) people.push_back(representative(person));
  if (!people.empty()) paper.paragraph("vertreten durch " + base::join(people, " und "));
}

std::string term(const Part& agreement) {
  const auto term = agreement.part("term");
  const auto from = term.text("from");
  const auto to = term.text("to");
  const bool one_year = term.text("type") == "ANNUAL" && from.ends_with("-01-01") && to == from.substr(0, 4) + "-12-31";
  if (one_year) return "";
  return fmt::format(" Sie gilt vom {} bis zum {}.", date(from).value_or(from), date(to).value_or(to));
}

}  // namespace

void title_and_parties(Manuscript& paper) {
  paper.heading(1, paper.agreement().part("title").text("value"));
  const auto parties = paper.agreement().parts("parties");
  for (std::size_t i = 0; i < parties.size(); ++i) {
    paper.paragraph(i == 0 ? "zwischen" : "und");
    party(paper, parties[i]);
  }
}

void legal_basis(Manuscript& paper) {
  const auto& agreement = paper.agreement();
  const auto statute = agreement.part("statute");
  auto rule = fmt::format("§ {} Abs. {} Satz {}", statute.text("section"), statute.whole("para").value_or(1), statute.whole("sentence").value_or(1));
  if (const auto number = statute.whole("number")) rule += fmt::format(" Nr. {}", *number);
  std::vector<std::string> names;
  for (const auto& one : agreement.parts("parties")) names.push_back(paper.party(one.text("id")));
  const auto state = agreement.text("state");
  const auto land = state.empty() || state == "DE" ? "" : fmt::format(" im Land {}", agreement.words("state", "state"));
  paper.paragraph(fmt::format("Nach {} SGB II schließen {}{} für das Jahr {} diese Zielvereinbarung.{}", rule, enumeration(names), land, paper.year(), term(agreement)));
}

void aims(Manuscript& paper) {
  std::vector<std::string> all;
  for (const auto& one : paper.agreement().parts("general_aims")) all.push_back(one.words("aim", "code"));
  if (all.empty()) return;
  for (auto& aim : all) aim += &aim == &all.back() ? "." : ",";
  paper.paragraph("Die Partner verfolgen mit dieser Vereinbarung die Anliegen,");
  paper.items(all);
}

void framework(Manuscript& paper) {
  std::vector<std::string> all;
  for (const auto& one : paper.agreement().parts("framework")) all.push_back(one.words("framework", "code"));
  paper.paragraph(base::join(all, " "));
}

void documents(Manuscript& paper) {
  std::vector<std::string> all;
  for (const auto& one : paper.agreement().parts("documents")) {
    const auto binding = one.text("binding");
    const auto forms = base::split(one.words("document", "type"), '|');
    // "Verwiesen wird auf" and "Berichtet wird über" ask for the accusative.
    const bool accusative = binding == "REFERENCED" || binding == "REPORTED_ON";
    const std::string type(base::trim(forms.at(accusative && forms.size() == 2 ? 1 : 0)));
    const auto title = one.text("title");
    const auto year = one.whole("year");
    const bool said = !year || title.find(std::to_string(*year)) != std::string::npos;
    all.push_back(fmt::format("{} {} {}{}.", one.words("binding", "binding"), type, as_title(title), said ? "" : fmt::format(" aus dem Jahr {}", *year)));
  }
  paper.paragraph(base::join(all, " "));
}

}  // namespace zielwerk::drafting
