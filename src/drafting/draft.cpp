#include "drafting/draft.h"

#include <array>
#include <functional>

#include <fmt/format.h>

#include "drafting/clauses.h"
#include "drafting/phrases.h"

namespace zielwerk::drafting {
namespace {

constexpr std::array<std::pair<std::string_view, Template>, 4> templates = {
    {{"nrw", Template::Nrw}, {"niedersachsen", Template::Niedersachsen}, {"ge", Template::Ge}, {"land", Template::Land}}};

std::string_view kind_for(Template form) { return form == Template::Ge ? "GE" : form == Template::Land ? "BMAS_LAND" : "LAND_ZKT"; }

std::string member(const boost::json::object& agreement, std::string_view name) {
  const auto* value = agreement.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

void preamble(Manuscript& paper) {
  aims(paper);
  framework(paper);
}

void cooperation(Manuscript& paper) {
  dialogues(paper);
  final_evaluation(paper);
  considerations(paper);
  reports_and_triggers(paper);
  committees(paper);
}

using Clause = std::function<void()>;

// "§ 1 …", "§ 2 …": a § without content is left out and does not count.
void paragraphs(Manuscript& paper, int level, const std::vector<std::pair<std::string, Clause>>& sections) {
  int number = 1;
  for (const auto& [title, body] : sections) number += paper.section(level, fmt::format("§ {} {}", number, title), body) ? 1 : 0;
}

void nrw(Manuscript& paper) {
  paper.section(2, "Zielvereinbarung", [&] {
    preamble(paper);
    documents(paper);
    budgets(paper);
  });
  paper.section(2, fmt::format("1. Ziele {}", paper.year()), [&] { goals(paper, 3); });
  paper.section(2, "2. Zusammenarbeit", [&] {
    obligations(paper);
    cooperation(paper);
  });
}

void niedersachsen(Manuscript& paper) {
  paper.section(2, "I. Grundsätze", [&] { preamble(paper); });
  paper.section(2, "II. Rahmenbedingungen", [&] { documents(paper); });
  paper.heading(2, "III. Vereinbarungen");
  paragraphs(paper, 3,
             {{"Verpflichtung der Vereinbarungspartner", [&] { obligations(paper); }},
              {"Haushaltsmittel", [&] { budgets(paper); }},
              {"Ziele und Zielindikatoren", [&] { goals(paper, 4); }},
              {"Zielnachhaltung und Zieldialoge", [&] { cooperation(paper); }}});
}

void ge(Manuscript& paper) {
  paper.section(2, "Präambel", [&] {
    preamble(paper);
    documents(paper);
    budgets(paper);
  });
  goals(paper, 2);
  paper.section(2, "Vereinbarungen zum Zielnachhalteprozess", [&] {
    obligations(paper);
    cooperation(paper);
  });
}

void land(Manuscript& paper) {
  paragraphs(paper, 2,
             {{"Grundsätze",
               [&] {
                 preamble(paper);
                 documents(paper);
               }},
              {"Haushalt", [&] { budgets(paper); }},
              {"Ziele", [&] { goals(paper, 3); }},
              {"Zielnachhaltung", [&] { cooperation(paper); }},
              {"Pflichten der Vereinbarungspartner", [&] { obligations(paper); }}});
}

}  // namespace

std::optional<Template> parse_template(std::string_view word) {
  for (const auto& [name, form] : templates) {
    if (name == word) return form;
  }
  return std::nullopt;
}

std::string text(Template form) {
  for (const auto& [name, one] : templates) {
    if (one == form) return std::string(name);
  }
  return "";
}

std::optional<Template> usual_template(const boost::json::object& document) {
  const auto& agreement = document.at("agreement").as_object();
  const auto kind = member(agreement, "kind");
  if (kind == "LAND_ZKT") return member(agreement, "state") == "NI" ? Template::Niedersachsen : Template::Nrw;
  return kind == "GE" ? std::optional(Template::Ge) : kind == "BMAS_LAND" ? std::optional(Template::Land) : std::nullopt;
}

base::Checked<std::string> draft(const boost::json::object& document, Template form) {
  Manuscript paper(document, form);
  const auto kind = paper.agreement().text("kind");
  if (kind != kind_for(form)) {
    return base::problems({"template_unfit",
                           fmt::format("Die Vorlage {} ist für Vereinbarungen der Art „{}“; diese ist „{}“.", text(form), phrase("kind", kind_for(form)).value(), phrase("kind", kind).value_or(kind)),
                           "/agreement/kind"});
  }
  title_and_parties(paper);
  legal_basis(paper);
  switch (form) {
    case Template::Nrw: nrw(paper); break;
    case Template::Niedersachsen: niedersachsen(paper); break;
    case Template::Ge: ge(paper); break;
    case Template::Land: land(paper); break;
  }
  signatures(paper);
  return paper.finished();
}

}  // namespace zielwerk::drafting
