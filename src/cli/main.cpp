// zielwerk: parse the call, run one use case, print. Failures of the environment are caught here, once.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <new>
#include <system_error>

#include <fmt/format.h>

#include "base/problem.h"
#include "cli/session.h"

namespace {

using zielwerk::cli::Session;

std::string default_store() {
  const char* configured = std::getenv("ZIELWERK_STORE");
  return configured && *configured != '\0' ? configured : "zielwerk.db";
}

// CLI11 speaks English; what a wrong call looks like is said in German here.
std::string in_german(const CLI::ParseError& error, const std::vector<std::string>& unknown) {
  const std::string what = error.what();
  const bool no_command = what.find("subcommand") != std::string::npos;
  if (no_command) return unknown.empty() ? "Es fehlt der Befehl" : fmt::format("Einen Befehl „{}“ gibt es hier nicht", unknown.front());
  if (dynamic_cast<const CLI::ValidationError*>(&error)) return what;  // our own sentences
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) return "Unbekannte Angabe: " + what.substr(what.find(": ") == std::string::npos ? 0 : what.find(": ") + 2);
  if (dynamic_cast<const CLI::RequiredError*>(&error)) return "Es fehlt eine nötige Angabe: " + what.substr(0, what.find(" is required"));
  if (dynamic_cast<const CLI::ExcludesError*>(&error)) return "Diese Angaben schließen sich aus: " + what.substr(0, what.find(" excludes"));
  if (dynamic_cast<const CLI::ConversionError*>(&error) || dynamic_cast<const CLI::ArgumentMismatch*>(&error)) return "Eine Angabe passt nicht: " + what.substr(0, what.find(':'));
  return "Der Aufruf ist nicht verständlich (" + what + ")";
}

void add_commands(CLI::App& app, Session& session) {
  app.set_help_flag("-h,--help", "Diese Hilfe")->group("Optionen");
  app.set_version_flag("--version", "zielwerk " ZIELWERK_VERSION, "Fassung des Programms")->group("Optionen");
  app.add_option("--store", session.store_path, "Datei des Speichers (Vorgabe: $ZIELWERK_STORE, sonst zielwerk.db)")->type_name("DATEI")->group("Optionen");
  app.footer("Erste Schritte:\n  zielwerk init\n  zielwerk agreement import agreements/lippe_2021.json\n  zielwerk facts import demo/zahlen_erfunden_33148.csv\n"
             "  zielwerk evaluate 33148-2021 --month=2021-06\n\nJeder Befehl hat --help mit einem Beispiel. Rückgabewert: 0 erledigt, 1 mit Problemen, 2 falscher "
             "Aufruf, 3 Umgebung.");
  app.require_subcommand(1);
  const auto labels = std::make_shared<CLI::Formatter>();
  for (const auto& [english, german] : {std::pair{"Usage", "Aufruf"}, {"OPTIONS", "OPTIONEN"}, {"SUBCOMMAND", "BEFEHL"}, {"SUBCOMMANDS", "BEFEHLE"}, {"Options", "Optionen"},
                                        {"Positionals", "Angaben"}, {"Subcommands", "Befehle"}, {"REQUIRED", "(nötig)"}, {"TEXT", "TEXT"}}) {
    labels->label(english, german);
  }
  labels->column_width(34);
  app.formatter(labels);
  zielwerk::cli::add_agreement_commands(app, session);
  zielwerk::cli::add_reading_commands(app, session);
  zielwerk::cli::add_drafting_commands(app, session);
  zielwerk::cli::add_fact_commands(app, session);
  zielwerk::cli::add_casework_commands(app, session);
  zielwerk::cli::add_evaluation_commands(app, session);
  zielwerk::cli::add_figure_commands(app, session);
  zielwerk::cli::add_paper_commands(app, session);
  zielwerk::cli::add_upkeep_commands(app, session);
  zielwerk::cli::add_steering_commands(app, session);
  zielwerk::cli::add_year_commands(app, session);
  zielwerk::cli::add_negotiation_commands(app, session);
  zielwerk::cli::add_settlement_commands(app, session);
  zielwerk::cli::add_server_commands(app, session);
  zielwerk::cli::add_completion_command(app);
}

// CLI11 wants them in reverse. "--gruppe=" is an empty value, not a missing one.
std::vector<std::string> arguments(int argc, char** argv) {
  std::vector<std::string> all;
  for (int i = 1; i < argc; ++i) {
    const std::string one = argv[i];
    const bool empty_value = one.size() > 3 && one.starts_with("--") && one.find('=') == one.size() - 1;
    all.push_back(empty_value ? one.substr(0, one.size() - 1) : one);
    if (empty_value) all.emplace_back();
  }
  std::reverse(all.begin(), all.end());
  return all;
}

int run(int argc, char** argv) {
  CLI::App app("Zielwerk: Zielvereinbarungen nach § 48b SGB II, die Zahlen dazu und das Urteil, zusammen und nachvollziehbar.", "zielwerk");
  Session session;
  session.store_path = default_store();
  add_commands(app, session);
  try {
    app.parse(arguments(argc, argv));
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return zielwerk::cli::Done;
  } catch (const CLI::CallForVersion&) {
    std::cout << "zielwerk " ZIELWERK_VERSION "\n";
    return zielwerk::cli::Done;
  } catch (const CLI::ParseError& error) {
    std::cerr << in_german(error, app.remaining(true)) << "\nMehr dazu: zielwerk --help\n";
    return zielwerk::cli::WrongCall;
  }
  return session.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    const int code = run(argc, argv);
    std::cout.flush();
    if (!std::cout) throw zielwerk::base::EnvironmentError("Die Ausgabe konnte nicht vollständig geschrieben werden.");
    return code;
  } catch (const zielwerk::base::EnvironmentError& error) {
    std::cerr << error.what() << "\n";
  } catch (const std::bad_alloc&) {
    std::cerr << "Der Arbeitsspeicher reicht nicht.\n";
  } catch (const std::system_error& error) {  // a thread that cannot be started, for one
    std::cerr << "Der Rechner gibt nicht her, was das Programm braucht (Arbeitsspeicher, Prozesse oder Dateien): " << error.what() << "\n";
  } catch (const std::exception& bug) {
    std::cerr << "Fehler im Programm, bitte melden: " << bug.what() << "\n";
  }
  return zielwerk::cli::Environment;
}
