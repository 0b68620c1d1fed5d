// Who the console's caller speaks for: rooms, consents and duties need to know whose side it is.
#pragma once

#include "app/drafts.h"
#include "cli/session.h"

namespace zielwerk::cli {

struct Speaker {
  domain::Account account;
  domain::Scope scope;
  app::Person person() const { return {account, scope}; }
};

// Problems: account_unknown, scope_missing.
base::Result<Speaker> speaker(app::Workspace& workspace, const std::string& name);

CLI::Option* as_option(CLI::App& command, std::string& as);
CLI::Option* day_option(CLI::App& command, std::string& today);  // --today: another day than today

}  // namespace zielwerk::cli
