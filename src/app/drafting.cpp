#include "app/drafting.h"

#include <fmt/format.h>

#include "app/agreements.h"
#include "base/text.h"
#include "intake/agreement_json.h"
#include "intake/json_schema.h"

namespace zielwerk::app {
namespace {

base::Checked<std::string> stored_document(const Workspace& workspace, const std::string& name) {
  const auto at = name.rfind('@');
  const auto id = name.substr(0, at);
  std::optional<int> version;
  if (at != std::string::npos) {
    const auto number = base::parse_decimal(name.substr(at + 1));
    if (!number || number->places != 0 || number->digits < 1 || number->digits > 9999) {
      return base::problems({"agreement_unknown", fmt::format("{} ist keine Fassung; erwartet ist eine Zahl, z. B. {}@1.", base::quoted(name.substr(at + 1)), id), ""});
    }
    version = static_cast<int>(number->digits);
  }
  auto found = find_agreement(workspace, id, version);
  if (!found) return base::problems(found.error());
  return std::move(found->stored.document);
}

base::Checked<boost::json::object> document(const Workspace& workspace, const std::string& name) {
  base::Checked<std::string> text;
  const bool stored = !workspace.store().versions(name.substr(0, name.rfind('@'))).empty();
  if (stored || !std::filesystem::is_regular_file(name)) {
    text = stored_document(workspace, name);
    if (!text) return tl::unexpected(text.error());
  } else {
    auto file = intake::read_agreement(name);
    if (!file) return tl::unexpected(file.error());
    text = std::move(file->document);
  }
  auto parsed = intake::parse_json(name, std::move(*text));
  if (!parsed) return base::problems(parsed.error());
  return std::move(parsed->value.as_object());
}

}  // namespace

base::Checked<std::string> draft_agreement(const Workspace& workspace, const std::string& agreement, std::optional<drafting::Template> form) {
  const auto found = document(workspace, agreement);
  if (!found) return tl::unexpected(found.error());
  if (!form) form = drafting::usual_template(*found);
  if (!form) return base::problems({"template_missing", "Für Vereinbarungen dieser Art gibt es keine Vorlage.", agreement});
  auto paper = drafting::draft(*found, *form);
  if (paper) return paper;
  auto problems = paper.error();
  for (auto& problem : problems) problem.where = fmt::format("{}, {}", agreement, problem.where);
  return tl::unexpected(std::move(problems));
}

base::Checked<std::vector<drafting::Difference>> compare_agreements(const Workspace& workspace, const std::string& before, const std::string& after) {
  const auto left = document(workspace, before);
  const auto right = document(workspace, after);
  base::Problems problems;
  for (const auto* side : {&left, &right}) {
    if (!*side) problems.insert(problems.end(), side->error().begin(), side->error().end());
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return drafting::diff(*left, *right);
}

}  // namespace zielwerk::app
