#include "intake/person_groups.h"

#include <algorithm>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::intake {
namespace {

bool is_code(const std::string& text) {
  return !text.empty() && text.size() <= 39 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

base::Checked<casework::GroupRules> read_person_groups(const std::filesystem::path& path) {
  const auto bytes = documents::read_small_file(path, 1U << 20);
  if (!bytes) return base::problems(bytes.error());
  const auto name = path.filename().string();
  toml::table root;
  try {
    root = toml::parse(*bytes);
  } catch (const toml::parse_error& error) {
    return base::problems({"toml_invalid", "Das ist keine lesbare TOML-Datei; vielleicht fehlt ein Anführungszeichen.", fmt::format("{}, Zeile {}, Spalte {}", name, error.source().begin.line, error.source().begin.column)});
  }
  base::Problems problems;
  const auto report = [&](const toml::node& node, std::string message) {
    problems.push_back({"group_invalid", std::move(message), fmt::format("{}, Zeile {}", name, node.source().begin.line)});
  };
  casework::GroupRules groups;
  for (const auto& [key, value] : root) {
    if (key.str() != "gruppe" || !value.is_array_of_tables()) report(value, fmt::format("{} gibt es hier nicht; erwartet ist [[gruppe]] mit doppelten Klammern.", base::quoted(key.str())));
  }
  const auto* entries = root["gruppe"].as_array();
  for (std::size_t i = 0; entries && problems.empty() && i < entries->size(); ++i) {
    const auto& entry = *(*entries)[i].as_table();
    casework::GroupRule rule;
    rule.code = entry["code"].value_or(std::string());
    if (!is_code(rule.code)) report(entry, "Die Angabe „code“ fehlt oder ist kein Kürzel aus Großbuchstaben, Ziffern und „_“.");
    if (rule.code == "AE" || rule.code == "LZB" || rule.code == "LZB4") report(entry, fmt::format("Die Gruppe {} leitet das Programm selbst ab.", rule.code));
    for (const auto& [key, value] : entry) {
      if (key == "code" || key == "name") continue;
      int* years = key == "ab_jahren" ? &rule.from_years : key == "unter_jahren" ? &rule.below_years : nullptr;
      const auto number = value.value_exact<std::int64_t>();
      if (!years) report(value, fmt::format("{} gibt es hier nicht; erwartet ist code, name, ab_jahren, unter_jahren.", base::quoted(key.str())));
      else if (!number || *number < 0 || *number > 120) report(value, fmt::format("„{}“ muss eine ganze Zahl von 0 bis 120 sein.", key.str()));
      else *years = static_cast<int>(*number);
    }
    const auto known = std::find_if(groups.rules.begin(), groups.rules.end(), [&](const auto& one) { return one.code == rule.code; });
    if (known != groups.rules.end() && (known->by_age() || !rule.by_age())) report(entry, fmt::format("Die Gruppe {} steht zweimal da.", rule.code));
    else if (known != groups.rules.end()) *known = rule;
    else groups.rules.push_back(rule);
  }
  if (groups.rules.size() > casework::most_groups) {
    problems.push_back({"groups_too_many", fmt::format("Das sind {} Gruppen zu viel: neben ASYL8 und U25 sind {} eigene möglich.", groups.rules.size() - casework::most_groups, casework::most_groups - 2), name});
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return groups;
}

}  // namespace zielwerk::intake
