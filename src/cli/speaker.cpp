#include "cli/speaker.h"

#include <fmt/format.h>

#include "app/rights.h"
#include "base/text.h"

namespace zielwerk::cli {

base::Result<Speaker> speaker(app::Workspace& workspace, const std::string& name) {
  const auto accounts = workspace.store().accounts();
  const auto* account = app::find_account(accounts, name);
  if (!account || account->locked) return base::problem("account_unknown", fmt::format("Ein Konto {} gibt es nicht, oder es ist gesperrt; „zielwerk user add“ legt Konten an.", base::quoted(name)), "--as");
  const auto scope = domain::Scope::parse(account->scope, workspace.directory());
  if (!scope) return base::problem("scope_missing", fmt::format("Das Konto {} hat keine Zuständigkeit.", base::quoted(name)), "--as");
  workspace.act_as(account->name);
  return Speaker{*account, *scope};
}

CLI::Option* as_option(CLI::App& command, std::string& as) {
  return command.add_option("--as", as, "Konto, für das gesprochen wird")->type_name("KONTO")->required()->group("Optionen");
}

CLI::Option* day_option(CLI::App& command, std::string& today) {
  return command.add_option("--today", today, "als wäre es dieser Tag")
      ->check([](const std::string& text) { return text.size() == 10 && text[4] == '-' && base::Month::parse(text.substr(0, 7)) && text[7] == '-' && text.substr(8) >= "01" && text.substr(8) <= "31" ? std::string() : fmt::format("„{}“ ist kein Tag der Form JJJJ-MM-TT", text); })
      ->type_name("JJJJ-MM-TT")
      ->group("Optionen");
}

}  // namespace zielwerk::cli
