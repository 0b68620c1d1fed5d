// The commands of the person-level engine: zielwerk casework compute …
#include <iostream>

#include <fmt/format.h>

#include "app/casework.h"
#include "base/text.h"
#include "cli/session.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;

struct Words {
  std::vector<std::string> inputs;
  std::string out;
  std::string state_file;
  bool correction = false;
  std::string state;
  std::string from;
  std::string to;
  std::string groups;
  std::string path;
  bool internal = false;
  unsigned threads = 2;
};

report::Cell number(std::uint64_t value) { return {base::Decimal{static_cast<std::int64_t>(value), 0}.german(), std::to_string(value), {}}; }

app::ComputeRequest request_of(const Words& words) {
  app::ComputeRequest request;
  for (const auto& input : words.inputs) request.inputs.emplace_back(input);
  if (!words.out.empty()) request.out = words.out;
  if (!words.state_file.empty()) request.state_file = words.state_file;
  request.state = base::Month::parse(words.state);
  request.from = base::Month::parse(words.from);
  request.to = base::Month::parse(words.to);
  if (!words.groups.empty()) request.groups = words.groups;
  request.internal = words.internal;
  request.threads = words.threads;
  if (!words.path.empty()) request.path = casework::path_named(words.path);
  return request;
}

void show(Session& session, const base::Checked<app::Computed>& done, const char* title) {
  if (!done) {
    session.fail(done.error());
    std::cerr << "Nichts geschrieben: eine Eingabe wird ganz oder gar nicht verarbeitet.\n";
    return;
  }
  Table table;
  table.title = title;
  table.columns = {{"personen", "Personen", Align::Decimal}, {"zeilen", "Personenmonate", Align::Decimal}, {"von", "von"}, {"bis", "bis"}, {"ladestand", "Ladestand"}, {"zahlen", "Zahlen", Align::Decimal}, {"verdeckt", "verdeckt (*)", Align::Decimal}, {"offen", "noch offen (.)", Align::Decimal}, {"fehler", "Fehler", Align::Decimal}};
  table.rows.push_back({number(done->persons), number(done->rows), {done->first.text(), {}, {}}, {done->last.text(), {}, {}}, {done->state.text(), {}, {}}, number(done->csv.lines), number(done->csv.withheld), number(done->csv.open), number(0)});
  table.notes.push_back(app::rule_note(done->first, done->last, done->by_days) + ".");
  for (const auto gap : done->gaps) table.notes.push_back(fmt::format("Für {} gibt es keine einzige Zeile: alle gelten dort als nicht im Bestand.", gap.text()));
  session.print(table);
}

void append(Session& session, const std::string& state, const Words& words) {
  app::AppendRequest request;
  request.state = state;
  for (const auto& input : words.inputs) request.inputs.emplace_back(input);
  if (!words.groups.empty()) request.groups = words.groups;
  request.correction = words.correction;
  request.threads = words.threads;
  if (!words.path.empty()) request.path = casework::path_named(words.path);
  const auto done = app::append(request, session.progress("Personenmonate lesen"));
  if (!done) {
    session.fail(done.error());
    std::cerr << "Nichts geändert: ein Monat wird ganz oder gar nicht angefügt.\n";
    return;
  }
  Table table;
  table.title = fmt::format("{}: {} {}", request.state.filename().string(), done->month.german_text(), done->replaced ? "ersetzt" : "angefügt");
  table.columns = {{"monat", "Monat"}, {"zeilen", "Personenmonate", Align::Decimal}, {"ersetzt", "ersetzt"}, {"bytes", "Byte", Align::Decimal}};
  table.rows.push_back({{done->month.text(), {}, {}}, number(done->rows), {done->replaced ? "ja" : "nein", {}, {}}, number(done->bytes)});
  session.print(table);
}

void info(Session& session, const std::string& state) {
  const auto info = app::state_info(state);
  if (!info) return session.fail(info.error());
  Table table;
  table.title = "Zustandsdatei " + std::filesystem::path(state).filename().string();
  table.columns = {{"von", "von"}, {"bis", "bis"}, {"personen", "Personen", Align::Decimal}, {"zeilen", "Personenmonate", Align::Decimal}, {"jobcenter", "Jobcenter", Align::Decimal}, {"bloecke", "Blöcke", Align::Decimal}, {"bytes", "Byte", Align::Decimal}, {"gruppen", "Gruppen"}};
  table.rows.push_back({{info->first.text(), {}, {}}, {info->last.text(), {}, {}}, number(info->persons), number(info->rows), number(info->jobcenters), number(info->blocks), number(info->bytes), {base::join(info->groups, "+"), {}, {}}});
  if (info->rows > 0) table.notes.push_back(fmt::format("{} Byte je Personenmonat.", base::round_half_away(base::Exact(info->bytes) / base::Exact(info->rows), 2).german()));
  if (info->unfinished) table.notes.push_back("Das Anfügen eines weiteren Monats wurde abgebrochen; er zählt nicht und wird beim nächsten Anfügen entfernt.");
  session.print(table);
}

void verify(Session& session, const std::string& state, unsigned threads) {
  const auto problems = app::verify_state(state, threads);
  if (!problems.empty()) return session.fail(problems);
  session.say("Die Zustandsdatei ist unversehrt: alle Prüfsummen stimmen.");
}

void reading_options(CLI::App& added, const std::shared_ptr<Words>& words) {
  added.add_option("--threads", words->threads, "Anzahl der Rechenkerne")->check(CLI::Range(1U, 64U).description(""))->type_name("ZAHL")->group("Optionen");
  added.add_option("--codepfad", words->path, "für Tests: avx512, avx2 oder portable")
      ->check([](const std::string& name) { return casework::path_named(name) ? std::string() : fmt::format("Den Codepfad „{}“ gibt es auf diesem Rechner nicht; möglich sind avx512, avx2 und portable, soweit der Prozessor sie kann", name); })
      ->type_name("NAME")
      ->group("Optionen");
}

void output_options(CLI::App& added, const std::shared_ptr<Words>& words) {
  added.add_option("--out", words->out, "Zahlendatei im Austauschformat")->type_name("DATEI")->group("Optionen");
  month_option(added, words->state, "--ladestand", "Ladestand der Zahlen (Vorgabe: letzter Monat der Eingabe)");
  month_option(added, words->from, "--from", "erster Berichtsmonat der Ausgabe");
  month_option(added, words->to, "--to", "letzter Berichtsmonat der Ausgabe");
  added.add_flag("--intern", words->internal, "auch Zahlen von 1 und 2 Personen ausgeben; nur für den eigenen Gebrauch")->group("Optionen");
}

}  // namespace

void add_casework_commands(CLI::App& app, Session& session) {
  auto* casework = command(app, "casework", "Eigene Zahlen aus Personenmonaten: früh, nur zusammengezählt", "zielwerk casework compute personenmonate.csv --out=zahlen.csv");
  casework->require_subcommand(1);

  auto words = std::make_shared<Words>();
  auto* make = command(*casework, "compute", "Rechnet aus Personenmonaten die Grundzahlen", "zielwerk casework compute personenmonate_2020.csv personenmonate_2021.csv --out=zahlen.csv --ladestand=2021-06");
  make->add_option("DATEI", words->inputs, "Personenmonate als CSV")->required();
  output_options(*make, words);
  make->add_option("--state", words->state_file, "auch die Zustandsdatei schreiben, an die sich Monate anfügen lassen")->type_name("DATEI")->group("Optionen");
  make->add_option("--groups", words->groups, "eigene Gruppen (TOML)")->type_name("DATEI")->group("Optionen");
  reading_options(*make, words);
  with_format(*make, session);
  make->callback([&session, words] { show(session, app::compute(request_of(*words), session.progress("Personenmonate lesen")), "Eigene Berechnung aus Personenmonaten"); });

  auto* add = command(*casework, "append", "Fügt einer Zustandsdatei einen Monat an (und legt sie an, wenn es sie nicht gibt)", "zielwerk casework append bestand.zustand personenmonate_2021-07.csv");
  auto state = std::make_shared<std::string>();
  add->add_option("ZUSTAND", *state, "Zustandsdatei")->required();
  add->add_option("DATEI", words->inputs, "Personenmonate eines Monats als CSV")->required();
  add->add_flag("--korrektur", words->correction, "ersetzt einen Monat, der schon enthalten ist")->group("Optionen");
  add->add_option("--groups", words->groups, "eigene Gruppen (TOML), dieselben wie beim Anlegen")->type_name("DATEI")->group("Optionen");
  reading_options(*add, words);
  with_format(*add, session);
  add->callback([&session, state, words] { append(session, *state, *words); });

  auto* join = command(*casework, "merge", "Zählt Zustandsdateien zusammen, die keine Person gemeinsam haben, und schreibt die Grundzahlen", "zielwerk casework merge teil1.zustand teil2.zustand --out=zahlen.csv");
  join->add_option("ZUSTAND", words->inputs, "Zustandsdateien")->required();
  output_options(*join, words);
  reading_options(*join, words);
  with_format(*join, session);
  join->callback([&session, words] { show(session, app::merge(request_of(*words)), "Eigene Berechnung aus Zustandsdateien"); });

  auto* states = command(*casework, "state", "Zustandsdatei ansehen und prüfen", "zielwerk casework state info bestand.zustand");
  states->require_subcommand(1);
  auto* look = command(*states, "info", "Zeigt Monate, Personen und Größe", "zielwerk casework state info bestand.zustand");
  look->add_option("ZUSTAND", *state, "Zustandsdatei")->required();
  with_format(*look, session);
  look->callback([&session, state] { info(session, *state); });
  auto* check = command(*states, "verify", "Liest alles einmal und vergleicht die Prüfsummen", "zielwerk casework state verify bestand.zustand");
  check->add_option("ZUSTAND", *state, "Zustandsdatei")->required();
  with_format(*check, session);
  check->callback([&session, state, words] { verify(session, *state, words->threads); });
}

}  // namespace zielwerk::cli
