// Completion scripts for bash, zsh and fish, made from the commands themselves, so they cannot fall behind.
#include <iostream>

#include <fmt/format.h>

#include "cli/session.h"

namespace zielwerk::cli {
namespace {

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name + (option->get_type_size() > 0 ? "=" : ""));
  }
  return names;
}

// Every command line prefix ("facts import") with the words that may follow it.
void collect(const CLI::App& app, const std::string& prefix, std::vector<std::pair<std::string, std::vector<std::string>>>& all) {
  std::vector<std::string> words;
  const auto subcommands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const auto* sub : subcommands) words.push_back(sub->get_name());
  for (auto& option : options_of(app)) words.push_back(std::move(option));
  all.emplace_back(prefix, std::move(words));
  for (const auto* sub : subcommands) collect(*sub, prefix.empty() ? sub->get_name() : prefix + " " + sub->get_name(), all);
}

std::string bash(const CLI::App& app) {
  std::vector<std::pair<std::string, std::vector<std::string>>> all;
  collect(app, "", all);
  std::string script =
      "# zielwerk completion bash > /etc/bash_completion.d/zielwerk\n"
      "_zielwerk() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} path= words= part\n"
      "  for part in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case \"${path:+$path }$part\" in\n";
  for (const auto& [prefix, words] : all) {
    if (!prefix.empty()) script += fmt::format("      '{}') path='{}' ;;\n", prefix, prefix);
  }
  script += "    esac\n  done\n  case \"$path\" in\n";
  for (const auto& [prefix, words] : all) script += fmt::format("    '{}') words='{}' ;;\n", prefix, fmt::join(words, " "));
  script +=
      "  esac\n"
      "  COMPREPLY=( $(compgen -W \"$words\" -- \"$word\") )\n"
      "  if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=( $(compgen -f -- \"$word\") ); fi\n"
      "  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
      "}\n"
      "complete -F _zielwerk zielwerk\n";
  return script;
}

std::string fish(const CLI::App& app) {
  std::vector<std::pair<std::string, std::vector<std::string>>> all;
  collect(app, "", all);
  std::string script = "# zielwerk completion fish > ~/.config/fish/completions/zielwerk.fish\n";
  for (const auto& [prefix, words] : all) {
    const auto condition = prefix.empty() ? std::string("__fish_use_subcommand") : "__fish_seen_subcommand_from " + prefix.substr(prefix.rfind(' ') + 1);
    script += fmt::format("complete -c zielwerk -n '{}' -a '{}'\n", condition, fmt::join(words, " "));
  }
  return script;
}

}  // namespace

void add_completion_command(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  auto* complete = command(app, "completion", "Gibt die Vervollständigung für die Shell aus", "source <(zielwerk completion bash)");
  complete->add_option("SHELL", *shell, "bash, zsh oder fish")
      ->required()
      ->check([](const std::string& text) { return text == "bash" || text == "zsh" || text == "fish" ? std::string() : fmt::format("„{}“ gibt es nicht; erwartet ist bash, zsh oder fish", text); });
  complete->callback([&app, shell] {
    if (*shell == "fish") {
      std::cout << fish(app);
    } else {
      std::cout << (*shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "") << bash(app);
    }
  });
}

}  // namespace zielwerk::cli
