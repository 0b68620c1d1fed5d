// One call of the program: the store it works on, how it prints, and the exit code it will give (0 done, 1 done with problems, 2 wrong
// call, 3 environment).
#pragma once

#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/workspace.h"
#include "intake/fact_file.h"
#include "report/table.h"

namespace zielwerk::cli {

enum Exit { Done = 0, WithProblems = 1, WrongCall = 2, Environment = 3 };

class Session {
 public:
  std::string store_path;
  std::string format = "table";
  int exit_code = Done;

  app::Workspace open(bool create = false) const;  // throws base::EnvironmentError
  app::Workspace open_or_empty() const;  // for what also works without a store: reading papers
  // The same where all of them are files; an id needs the store.
  app::Workspace open_for(const std::vector<std::string>& ids_or_files) const;

  bool json() const { return format == "json"; }
  report::TextStyle style() const;  // width of the terminal; colour only there, and not with NO_COLOR
  void print(const report::Table& table) const;
  void say(const std::string& sentence) const;  // to people only: not with json or csv
  // Problems go to stderr, each with place, found and expected.
  void fail(const base::Problems& problems, int code = WithProblems);
  void fail(const base::Problem& problem, int code = WithProblems) { fail(base::Problems{problem}, code); }
  intake::Progress progress(const std::string& what) const;  // on stderr, if that is a terminal
};

report::Cell cell(std::string text);
report::Cell day_cell(const std::string& moment);  // people read the day, programs the moment

// Registers a command: description, example for --help, and what it does. Options are added by the caller.
CLI::App* command(CLI::App& parent, const std::string& name, const std::string& description, const std::string& example);
void with_format(CLI::App& command, Session& session);

// Options that several commands share, with German messages.
CLI::Option* month_option(CLI::App& command, std::string& value, const std::string& name, const std::string& description);
CLI::Option* waiting_option(CLI::App& command, std::string& value);

void add_agreement_commands(CLI::App& app, Session& session);
void add_reading_commands(CLI::App& app, Session& session);   // after add_agreement_commands
void add_drafting_commands(CLI::App& app, Session& session);  // after add_agreement_commands
void add_casework_commands(CLI::App& app, Session& session);
void add_paper_commands(CLI::App& app, Session& session);
void add_evaluation_commands(CLI::App& app, Session& session);
void add_fact_commands(CLI::App& app, Session& session);
void add_figure_commands(CLI::App& app, Session& session);
void add_upkeep_commands(CLI::App& app, Session& session);
void add_server_commands(CLI::App& app, Session& session);
void add_steering_commands(CLI::App& app, Session& session);
void add_year_commands(CLI::App& app, Session& session);  // after add_steering_commands
void add_negotiation_commands(CLI::App& app, Session& session);  // after add_steering_commands
void add_settlement_commands(CLI::App& app, Session& session);   // after add_steering_commands
void add_completion_command(CLI::App& app);

}  // namespace zielwerk::cli
