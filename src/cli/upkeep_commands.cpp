#include <filesystem>

#include <boost/version.hpp>
#include <fmt/format.h>
#include <unicode/uversion.h>

#include "app/settlement.h"
#include "app/upkeep.h"
#include "cli/session.h"
#include "evaluation/evaluation.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;
using report::Tone;

void init(Session& session) {
  std::error_code unreadable;
  const auto size = std::filesystem::file_size(session.store_path, unreadable);
  const bool existed = !unreadable && size > 0;
  session.open(true);
  session.say(fmt::format("{} {}", session.store_path, existed ? "gibt es schon; nichts geändert." : "ist angelegt."));
}

void import_declaration(Session& session, const std::string& file) {
  auto workspace = session.open();
  const auto imported = app::import_declaration(workspace, file);
  if (!imported) return session.fail(imported.error());
  Table table;
  table.columns = {{"datei", "Datei"}, {"messgroessen", "Messgrößen", Align::Decimal}, {"gruppen", "Gruppen", Align::Decimal}, {"kennzahlen", "Kennzahlen", Align::Decimal}};
  table.rows = {{{imported->name, {}, {}}, {std::to_string(imported->measures), {}, {}}, {std::to_string(imported->groups), {}, {}}, {std::to_string(imported->figures), {}, {}}}};
  session.print(table);
}

void list_declarations(Session& session) {
  const auto workspace = session.open();
  Table table;
  table.title = "Messgrößen, Gruppen und Kennzahlen";
  table.columns = {{"art", "Art"}, {"code", "Kürzel"}, {"name", "Name"}, {"herkunft", "Herkunft"}};
  const auto origin = [](bool declared) { return report::Cell{declared ? "erklärt" : "eingebaut", {}, declared ? Tone::Plain : Tone::Faint}; };
  for (const auto& one : workspace.vocabulary().measures()) table.rows.push_back({{"Messgröße", {}, {}}, {one.code, {}, {}}, {one.name, {}, {}}, origin(one.declared)});
  for (const auto& one : workspace.vocabulary().groups()) table.rows.push_back({{"Gruppe", {}, {}}, {one.code, {}, {}}, {one.name, {}, {}}, origin(one.declared)});
  for (const auto& one : indicators::regulation()) {
    table.rows.push_back({{"Kennzahl", {}, {}}, {one.code, {}, {}}, {fmt::format("{} ({}{})", one.name, one.paragraph, one.until ? ", bis " + one.until->text() : ""), {}, {}}, origin(false)});
  }
  for (const auto& one : workspace.declared()) table.rows.push_back({{"Kennzahl", {}, {}}, {one.code, {}, {}}, {one.name, {}, {}}, origin(true)});
  session.print(table);
}

void import_peer_groups(Session& session, const std::string& file) {
  auto workspace = session.open();
  const auto kept = app::import_peer_groups(workspace, file);
  if (!kept) return session.fail(kept.error());
  Table table;
  table.columns = {{"zuordnungen", "Zuordnungen übernommen", Align::Decimal}};
  table.rows = {{{std::to_string(*kept), {}, {}}}};
  session.print(table);
}

void list_peer_groups(Session& session) {
  const auto workspace = session.open();
  Table table;
  table.title = "Vergleichstypen";
  table.columns = {{"traeger", "Träger"}, {"name", "Jobcenter"}, {"vergleichstyp", "Typ"}, {"gueltig_ab", "ab"}, {"gueltig_bis", "bis"}, {"quelle", "Quelle"}};
  for (const auto& one : workspace.store().peer_groups()) {
    table.rows.push_back({{one.jobcenter.text(), {}, {}}, {workspace.directory().name(one.jobcenter), {}, {}}, {one.peer_group, {}, {}}, {one.from, {}, {}}, {one.until, {}, {}}, {one.source, {}, Tone::Faint}});
  }
  if (table.rows.empty()) table.notes.push_back("Noch keine Zuordnung; die volle Liste wird mit „zielwerk vergleichstyp import DATEI.csv“ eingelesen.");
  session.print(table);
}

void jobcenters(Session& session, const std::string& land, const std::string& year) {
  const auto& directory = domain::official_directory();
  const int wanted = year.empty() ? 0 : std::stoi(year);
  Table table;
  table.title = year.empty() ? "Jobcenter der amtlichen Listen 2018 und 2022" : "Jobcenter " + year;
  table.columns = {{"traeger", "Träger"}, {"name", "Jobcenter"}, {"land", "Land"}, {"form_2018", "2018"}, {"form_2022", "2022"}, {"kreis", "Kreis (AGS)"}, {"hinweis", "Hinweis"}};
  for (const auto& one : directory.all()) {
    if ((!land.empty() && one.land != land) || (wanted != 0 && !one.possible_in(wanted))) continue;
    const auto form = [](const std::optional<domain::Form>& value) { return report::Cell{value ? text(*value) : "–", {}, {}}; };
    table.rows.push_back({{one.number.text(), {}, {}}, {one.name, {}, {}}, {one.land, {}, {}}, form(one.form_2018), form(one.form_2022), {one.kreis, {}, {}}, {one.note, {}, Tone::Faint}});
  }
  for (const auto& change : directory.successions()) {
    table.notes.push_back(fmt::format("{}: {} → {} ({}; {})", change.when, change.before, change.after, change.change, change.source));
  }
  session.print(table);
}

void doctor(Session& session) {
  auto workspace = session.open();
  auto health = app::health(workspace);
  const auto settlements = app::check_settlements(workspace);
  health.findings.insert(health.findings.end(), settlements.damaged.begin(), settlements.damaged.end());
  Table state;
  state.title = "Zustand · " + session.store_path;
  state.columns = {{"was", "Was"}, {"wert", "Wert"}};
  const auto add = [&](const std::string& what, const std::string& value, Tone tone = Tone::Plain) { state.rows.push_back({{what, {}, {}}, {value, {}, tone}}); };
  add("Zielwerk", ZIELWERK_VERSION);
  add("Regelstand", evaluation::rule_version);
  add("Speicher", fmt::format("{}, Schema {}, {} Byte", health.kind, health.schema_version, base::Decimal{static_cast<std::int64_t>(health.bytes), 0}.german()));
  add("Bibliotheken", fmt::format("Boost {}.{}, ICU {}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, U_ICU_VERSION));
  add("Prüfung", health.findings.empty() ? "✓ unversehrt" : fmt::format("✗ {} Befunde", health.findings.size()), health.findings.empty() ? Tone::Good : Tone::Bad);
  for (const auto& finding : health.findings) add("Befund", finding, Tone::Bad);
  if (!health.findings.empty()) session.exit_code = WithProblems;
  add("Vereinbarungen", std::to_string(workspace.store().agreements().size()));
  add("Abrechnungen", std::to_string(settlements.settled));
  for (const auto& later : settlements.corrected) add("spätere Daten", later, Tone::Doubt);
  add("Lieferungen", std::to_string(workspace.store().deliveries().size()));

  Table coverage;
  coverage.title = "Abdeckung je Jobcenter";
  coverage.columns = {{"traeger", "Träger"}, {"name", "Jobcenter"}, {"reihen", "Reihen", Align::Decimal}, {"werte", "Werte", Align::Decimal}, {"von", "von"}, {"bis", "bis"}, {"ladestand", "neuester Ladestand"}, {"fehlende_monate", "Monate ohne ELB", Align::Decimal}};
  for (const auto& one : app::coverage(workspace)) {
    coverage.rows.push_back({{one.jobcenter.text(), {}, {}}, {workspace.directory().name(one.jobcenter), {}, {}}, {std::to_string(one.series), {}, {}},
                             {base::Decimal{static_cast<std::int64_t>(one.facts), 0}.german(), std::to_string(one.facts), {}},
                             {one.first_month.text(), {}, {}}, {one.last_month.text(), {}, {}}, {one.last_state.text(), {}, {}},
                             {std::to_string(one.months_missing), {}, one.months_missing > 0 ? Tone::Doubt : Tone::Plain}});
  }
  if (session.json()) {
    std::cout << "{\n\"zustand\": " << report::as_json(state) << ",\n\"abdeckung\": " << report::as_json(coverage) << "}\n";
    return;
  }
  if (session.format == "table") {
    session.print(state);
    std::cout << "\n";
  }
  session.print(coverage);
}

}  // namespace

void add_upkeep_commands(CLI::App& app, Session& session) {
  auto file = std::make_shared<std::string>();

  auto* make = command(app, "init", "Legt den Speicher an (eine Datei)", "zielwerk --store=zielwerk.db init");
  with_format(*make, session);
  make->callback([&session] { init(session); });

  auto* look = command(app, "doctor", "Prüft den Speicher und zeigt Fassungen und Abdeckung", "zielwerk doctor");
  with_format(*look, session);
  look->callback([&session] { doctor(session); });

  auto* declare = command(app, "declare", "Eigene Messgrößen, Gruppen und Kennzahlen für lokale Ziele", "zielwerk declare import demo/lokale_ziele.toml");
  declare->require_subcommand(1);
  auto* take = command(*declare, "import", "Liest eine Erklärungsdatei (TOML) ein; eine gleichnamige wird ersetzt", "zielwerk declare import demo/lokale_ziele.toml");
  take->add_option("DATEI", *file, "Erklärung (docs/formats/erklaerung.md)")->required();
  with_format(*take, session);
  take->callback([&session, file] { import_declaration(session, *file); });
  auto* known = command(*declare, "list", "Zeigt alle Messgrößen, Gruppen und Kennzahlen", "zielwerk declare list");
  with_format(*known, session);
  known->callback([&session] { list_declarations(session); });

  auto* groups = command(app, "vergleichstyp", "Zuordnung der Jobcenter zu Vergleichstypen, mit Gültigkeit", "zielwerk vergleichstyp import demo/vergleichstypen.csv");
  groups->require_subcommand(1);
  auto* take_groups = command(*groups, "import", "Liest Zuordnungen ein (traeger;vergleichstyp;gueltig_ab;gueltig_bis;quelle)", "zielwerk vergleichstyp import demo/vergleichstypen.csv");
  take_groups->add_option("DATEI", *file, "CSV")->required();
  with_format(*take_groups, session);
  take_groups->callback([&session, file] { import_peer_groups(session, *file); });
  auto* show_groups = command(*groups, "list", "Zeigt die Zuordnungen", "zielwerk vergleichstyp list");
  with_format(*show_groups, session);
  show_groups->callback([&session] { list_peer_groups(session); });

  auto land = std::make_shared<std::string>();
  auto year = std::make_shared<std::string>();
  auto* centres = command(app, "jobcenter", "Stammdaten: Jobcenter mit Nummer, Name, Form, Land; Gebietsänderungen", "zielwerk jobcenter --land=NI --jahr=2020");
  centres->add_option("--land", *land, "zwei Buchstaben")->type_name("LAND")->group("Optionen");
  centres->add_option("--jahr", *year, "Jahr")
      ->check([](const std::string& text) { return text.size() == 4 && text.find_first_not_of("0123456789") == std::string::npos ? std::string() : fmt::format("„{}“ ist kein Jahr", text); })
      ->type_name("JJJJ")
      ->group("Optionen");
  with_format(*centres, session);
  centres->callback([&session, land, year] { jobcenters(session, *land, *year); });
}

}  // namespace zielwerk::cli
