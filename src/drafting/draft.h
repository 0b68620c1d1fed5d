// An agreement's text in the form that the Land uses, from its exchange document (docs/formats/agreement.md). What a template cannot
// say is a problem; nothing is left out silently. Evidence, notes, formulas and reading tags are about the reading, not the paper.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "base/problem.h"

namespace zielwerk::drafting {

enum class Template {
  Nrw,            // Land and zkT: numbered goals with headings, sentences, Analysefelder (Nr. 4)
  Niedersachsen,  // Land and zkT: principles, conditions, §§ with budgets and final evaluation (Nr. 4)
  Ge,             // Agentur, municipality and Jobcenter: tables (Nr. 2)
  Land,           // Bundesministerium and Land (Nr. 3)
};

std::optional<Template> parse_template(std::string_view word);  // nrw, niedersachsen, ge, land
std::string text(Template form);

// The one for the agreement's kind and Land; nullopt if no template is for its kind.
std::optional<Template> usual_template(const boost::json::object& agreement_document);

// Small Markdown: "# " headings, "- " items, "| a | b |" tables, "**bold**", a blank line between blocks. The document fits the schema.
// Problems, all at once, each with its place ("/agreement/targets/0/direction"): template_unfit (other kind of agreement), code_without_words
// (rules/draft_phrases.txt), target_contradictory (sign, direction and comparator), field_not_expressible, field_missing, number_too_long.
base::Checked<std::string> draft(const boost::json::object& agreement_document, Template form);

}  // namespace zielwerk::drafting
