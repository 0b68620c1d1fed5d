// The commands of the person-level engine: zielwerk casework compute …
#include <iostream>

#include <fmt/format.h>

#include "app/casework.h"
#include "cli/session.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;

struct Words {
  std::vector<std::string> inputs;
  std::string out;
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
  request.state = base::Month::parse(words.state);
  request.from = base::Month::parse(words.from);
  request.to = base::Month::parse(words.to);
  if (!words.groups.empty()) request.groups = words.groups;
  request.internal = words.internal;
  request.threads = words.threads;
  if (!words.path.empty()) request.path = casework::path_named(words.path);
  return request;
}

void compute(Session& session, const Words& words) {
  const auto done = app::compute(request_of(words), session.progress("Personenmonate lesen"));
  if (!done) {
    session.fail(done.error());
    std::cerr << "Nichts geschrieben: eine Eingabe wird ganz oder gar nicht verarbeitet.\n";
    return;
  }
  Table table;
  table.title = "Eigene Berechnung aus Personenmonaten";
  table.columns = {{"personen", "Personen", Align::Decimal}, {"zeilen", "Personenmonate", Align::Decimal}, {"von", "von"}, {"bis", "bis"}, {"ladestand", "Ladestand"}, {"zahlen", "Zahlen", Align::Decimal}, {"verdeckt", "verdeckt (*)", Align::Decimal}, {"offen", "noch offen (.)", Align::Decimal}, {"fehler", "Fehler", Align::Decimal}};
  table.rows.push_back({number(done->persons), number(done->rows), {done->first.text(), {}, {}}, {done->last.text(), {}, {}}, {done->state.text(), {}, {}}, number(done->csv.lines), number(done->csv.withheld), number(done->csv.open), number(0)});
  table.notes.push_back(app::rule_note(done->first, done->last, done->by_days) + ".");
  for (const auto gap : done->gaps) table.notes.push_back(fmt::format("Für {} gibt es keine einzige Zeile: alle gelten dort als nicht im Bestand.", gap.text()));
  session.print(table);
}

void reading_options(CLI::App& added, const std::shared_ptr<Words>& words) {
  added.add_option("--threads", words->threads, "Anzahl der Rechenkerne")->check(CLI::Range(1U, 64U).description(""))->type_name("ZAHL")->group("Optionen");
  added.add_option("--codepfad", words->path, "für Tests: avx512, avx2 oder portable")
      ->check([](const std::string& name) { return casework::path_named(name) ? std::string() : fmt::format("Den Codepfad „{}“ gibt es auf diesem Rechner nicht; möglich sind avx512, avx2 und portable, soweit der Prozessor sie kann", name); })
      ->type_name("NAME")
      ->group("Optionen");
}

}  // namespace

void add_casework_commands(CLI::App& app, Session& session) {
  auto* casework = command(app, "casework", "Eigene Zahlen aus Personenmonaten: früh, nur zusammengezählt", "zielwerk casework compute personenmonate.csv --out=zahlen.csv");
  casework->require_subcommand(1);

  auto words = std::make_shared<Words>();
  auto* make = command(*casework, "compute", "Rechnet aus Personenmonaten die Grundzahlen", "zielwerk casework compute personenmonate_2020.csv personenmonate_2021.csv --out=zahlen.csv --ladestand=2021-06");
  make->add_option("DATEI", words->inputs, "Personenmonate als CSV")->required();
  make->add_option("--out", words->out, "Zahlendatei im Austauschformat")->type_name("DATEI")->group("Optionen");
  month_option(*make, words->state, "--ladestand", "Ladestand der Zahlen (Vorgabe: letzter Monat der Eingabe)");
  month_option(*make, words->from, "--from", "erster Berichtsmonat der Ausgabe");
  month_option(*make, words->to, "--to", "letzter Berichtsmonat der Ausgabe");
  make->add_option("--groups", words->groups, "eigene Gruppen (TOML)")->type_name("DATEI")->group("Optionen");
  make->add_flag("--intern", words->internal, "auch Zahlen von 1 und 2 Personen ausgeben; nur für den eigenen Gebrauch")->group("Optionen");
  reading_options(*make, words);
  with_format(*make, session);
  make->callback([&session, words] { compute(session, *words); });
}

}  // namespace zielwerk::cli
