// Who the console's caller speaks for: rooms, consents and duties need to know whose side it is.
#pragma once

#include "app/steering.h"
#include "cli/session.h"

namespace zielwerk::cli {

struct Speaker {
  domain::Account account;
  domain::Scope scope;
  app::Person person() const { return {account, scope}; }
};

// Problems: account_unknown, scope_missing.
base::Result<Speaker> speaker(app::Workspace& workspace, const std::string& name);

// A steering file, and who asks for it.
struct Named {
  std::string agreement;
  std::string as;
};

// Opens the file and hands it over with the workspace and the person, or says why not.
template <class Work>
void with_file(Session& session, const Named& named, Work work) {
  auto workspace = session.open();
  const auto who = speaker(workspace, named.as);
  if (!who) return session.fail(who.error(), WrongCall);
  const auto person = who->person();
  const auto file = app::open_file(workspace, person, named.agreement);
  if (!file) return session.fail(file.error(), WrongCall);
  work(workspace, person, *file);
}

CLI::Option* as_option(CLI::App& command, std::string& as);
CLI::Option* day_option(CLI::App& command, std::string& today);  // --today: another day than today

}  // namespace zielwerk::cli
