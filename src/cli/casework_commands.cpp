// The commands of the person-level engine: zielwerk casework compute …
#include <charconv>
#include <iostream>
#include <set>

#include <fmt/format.h>

#include "app/casework.h"
#include "app/early_figures.h"
#include "base/text.h"
#include "casework/whole_file.h"
#include "cli/session.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;

struct Words {
  std::vector<std::string> inputs;
  std::string out;
  std::string state_file;
  std::string into;
  bool correction = false;
  std::string state;
  std::string from;
  std::string to;
  std::string groups;
  std::string path;
  bool internal = false;
  std::string part;
  unsigned threads = 2;
};

// "3/8": the fourth of eight parts.
std::optional<casework::Part> part_of(const std::string& text) {
  casework::Part part;
  const auto* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, part.number);
  if (number.ec != std::errc() || number.ptr == end || *number.ptr != '/') return std::nullopt;
  const auto of = std::from_chars(number.ptr + 1, end, part.of);
  if (of.ec != std::errc() || of.ptr != end || part.of == 0 || part.of > 4096 || part.number >= part.of) return std::nullopt;
  return part;
}

report::Cell number(std::uint64_t value) { return {base::Decimal{static_cast<std::int64_t>(value), 0}.german(), std::to_string(value), {}}; }

std::optional<domain::ProviderNumber> known_jobcenter(Session& session, const std::string& text) {
  const auto number = domain::ProviderNumber::parse(text);
  if (number && domain::official_directory().find(*number)) return number;
  session.fail(base::Problem{"jobcenter_unknown", fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern.", base::quoted(text)), ""}, WrongCall);
  return std::nullopt;
}

app::ComputeRequest request_of(const Words& words) {
  app::ComputeRequest request;
  for (const auto& input : words.inputs) request.inputs.emplace_back(input);
  if (!words.out.empty()) request.out = words.out;
  if (!words.state_file.empty()) request.state_file = words.state_file;
  request.state = base::Month::parse(words.state);
  request.from = base::Month::parse(words.from);
  request.to = base::Month::parse(words.to);
  if (!words.groups.empty()) request.groups = words.groups;
  if (!words.part.empty()) request.part = *part_of(words.part);
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
  if (done->part.of > 1) table.notes.push_back(fmt::format("Teil {}/{} der Personen; „casework merge“ zählt alle Teile zusammen.", done->part.number, done->part.of));
  table.notes.push_back(app::rule_note(done->first, done->last, done->by_days) + ".");
  for (const auto gap : done->gaps) table.notes.push_back(fmt::format("Für {} gibt es keine einzige Zeile: alle gelten dort als nicht im Bestand.", gap.text()));
  session.print(table);
}

void compute(Session& session, Words words) {
  auto request = request_of(words);
  if (words.into.empty()) return show(session, app::compute(request, session.progress("Personenmonate lesen")), "Eigene Berechnung aus Personenmonaten");
  if (!request.state) return session.fail(base::Problem{"state_needed", "Wer eigene Zahlen speichert, nennt ihren Ladestand: --ladestand=JJJJ-MM.", ""}, WrongCall);
  session.store_path = words.into;
  auto workspace = session.open();
  const auto done = app::compute(request, session.progress("Personenmonate lesen"));
  show(session, done, "Eigene Berechnung aus Personenmonaten");
  if (!done) return;
  const auto taken = app::into_store(workspace, request, *done);
  if (!taken) return session.fail(taken.error());
  if (taken->already_known) return session.say(fmt::format("Diese Zahlen sind schon als Lieferung {} bekannt, nichts geändert.", taken->delivery.id));
  session.say(fmt::format("Gespeichert als Lieferung {} (eigene Berechnung): {} Zahlen, getrennt von den amtlichen.", taken->delivery.id, base::Decimal{static_cast<std::int64_t>(taken->added), 0}.german()));
}

void outlook(Session& session, const std::string& file, const std::string& traeger, int months, bool internal) {
  std::optional<domain::ProviderNumber> jobcenter;
  if (!traeger.empty() && !(jobcenter = known_jobcenter(session, traeger))) return;
  const auto state = casework::StateFile::open(file);
  if (!state) return session.fail(state.error());
  const auto found = casework::outlook(**state, *casework::best_path(), jobcenter, months, !internal);
  Table table;
  table.title = fmt::format("Hineinwachsen in den Langzeitleistungsbezug · {} · ab {}", jobcenter ? traeger + " " + domain::official_directory().name(*jobcenter) : std::string("alle Jobcenter der Datei"), found.from.german_text());
  table.columns = {{"gruppe", "Gruppe"}, {"geschlecht", ""}};
  for (int step = 1; step <= months; ++step) table.columns.push_back({(found.from + step).text(), (found.from + step).text(), Align::Decimal});
  table.columns.push_back({"koennen_noch_ausscheiden", "können vorher noch ausscheiden", Align::Decimal});
  for (const auto& row : found.rows) {
    std::vector<report::Cell> cells = {{row.group.empty() ? "alle" : row.group, row.group, {}}, {std::string(1, row.sex), {}, {}}};
    const auto add = [&](std::int64_t count, bool hidden) { cells.push_back(hidden ? report::Cell{"*", {}, {}} : number(static_cast<std::uint64_t>(count))); };
    for (std::size_t step = 0; step < row.growing.size(); ++step) add(row.growing[step], row.hidden[step]);
    add(row.all, row.hidden.back());
    table.rows.push_back(std::move(cells));
  }
  table.notes.push_back("Personen, die in diesem Monat Langzeitleistungsbeziehende werden, wenn sie im Bestand bleiben: Regel [A], 21 von 24 Monaten.");
  if ((*state)->sections().size() < 24) table.notes.push_back("Unvollständig: die Datei enthält weniger als 24 Monate; wer schon früher im Bestand war, wächst tatsächlich eher hinein.");
  session.print(table);
}

void reconcile(Session& session, const std::string& store, const std::string& traeger, const std::string& month) {
  const auto jobcenter = known_jobcenter(session, traeger);
  if (!jobcenter) return;
  session.store_path = store;
  const auto workspace = session.open();
  const auto at = *base::Month::parse(month);
  Table table;
  table.title = fmt::format("Eigene gegen amtliche Zahlen · {} {} · {}", traeger, workspace.directory().name(*jobcenter), at.german_text());
  const bool people = session.format == "table";
  table.columns = {{"reihe", "Reihe"}, {"eigen", "eigen", Align::Decimal}, {"amtlich", "amtlich", Align::Decimal}, {"unterschied", "Unterschied", Align::Decimal},
                   {"nachmeldungen", "Nachmeldungen", Align::Decimal}, {"umzuege", "Umzüge", Align::Decimal}, {"rest", "Rest", Align::Decimal}, {"grund", "Grund"}};
  if (!people) table.columns.insert(table.columns.end(), {{"eigen_ladestand", ""}, {"amtlich_ladestand", ""}});
  const auto plain = [](const std::optional<base::Exact>& value) { return value ? report::Cell{base::german_or_rounded(*value, 2), base::plain_or_rounded(*value), {}} : report::Cell{"", {}, {}}; };
  const auto with_sign = [](const std::optional<base::Exact>& value) { return value ? report::Cell{(*value > 0 ? "+" : "") + base::german_or_rounded(*value, 2), base::plain_or_rounded(*value), {}} : report::Cell{"", {}, {}}; };
  std::set<std::string> own_states, official_states;
  std::size_t equal = 0;
  const auto rows = app::reconcile(workspace, *jobcenter, at);
  for (const auto& row : rows) {
    const auto own_state = row.own_state.index() == 0 ? "" : row.own_state.text(), official_state = row.official_state.index() == 0 ? "" : row.official_state.text();
    if (!own_state.empty()) own_states.insert(own_state);
    if (!official_state.empty()) official_states.insert(official_state);
    if (people && row.difference && *row.difference == 0) {
      ++equal;
      continue;
    }
    if (people && !row.difference && row.series.sex != domain::Sex::T) continue;
    table.rows.push_back({{row.series.text(), {}, {}}, plain(row.own), plain(row.official), with_sign(row.difference), with_sign(row.late), with_sign(row.moves), with_sign(row.rest),
                          {row.reason, {}, row.rest && *row.rest != 0 ? report::Tone::Doubt : report::Tone::Plain}});
    if (!people) table.rows.back().insert(table.rows.back().end(), {{own_state, {}, {}}, {official_state, {}, {}}});
  }
  const auto list = [](const std::set<std::string>& states) { return states.empty() ? std::string("keiner") : base::join({states.begin(), states.end()}, ", "); };
  table.notes.push_back(fmt::format("Ladestände: eigen {}, amtlich {}.", list(own_states), list(official_states)));
  if (equal > 0) table.notes.push_back(fmt::format("{} weitere Reihen stimmen überein.", equal));
  table.notes.push_back("Nachmeldungen: was die eigene Berechnung zum Ladestand der amtlichen Zahl mehr weiß als die frühe. Umzüge: höchstens so viele, wie eigene Daten kennen.");
  if (rows.empty()) {
    session.fail(base::Problem{"own_figures_missing", fmt::format("Für {} und {} sind keine eigenen Zahlen gespeichert; „zielwerk casework compute … --into“ rechnet sie.", traeger, at.text()), ""});
    return;
  }
  session.print(table);
}

void page(Session& session, const std::string& store, const std::string& traeger, const std::string& state, const std::string& out, int months) {
  const auto jobcenter = known_jobcenter(session, traeger);
  if (!jobcenter) return;
  session.store_path = store;
  const auto workspace = session.open();
  const auto made = app::early_page(workspace, *jobcenter, state.empty() ? std::nullopt : std::optional<std::filesystem::path>(state), months);
  if (!made) return session.fail(made.error());
  casework::WholeFile file(out);
  file.write(report::as_html(*made));
  file.commit(false);
  session.say(fmt::format("Seite geschrieben: {}", out));
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
  const char* what = done->what == app::Appended::What::Made ? "angelegt" : done->what == app::Appended::What::Added ? "angefügt" : "ersetzt";
  const auto months = done->month == done->last ? done->month.german_text() : fmt::format("{} bis {}", done->month.german_text(), done->last.german_text());
  table.title = fmt::format("{}: {} {}", request.state.filename().string(), months, what);
  table.columns = {{"von", "von"}, {"bis", "bis"}, {"zeilen", "Personenmonate", Align::Decimal}, {"was", "was"}, {"bytes", "Byte", Align::Decimal}};
  table.rows.push_back({{done->month.text(), {}, {}}, {done->last.text(), {}, {}}, number(done->rows), {what, {}, {}}, number(done->bytes)});
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
  if (info->part.of > 1) table.notes.push_back(fmt::format("Teil {}/{} der Personen.", info->part.number, info->part.of));
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
  make->add_option("--part", words->part, "nur die Personen eines Teils, in die Zustandsdatei: K/N, K von 0 an (für mehrere Rechner, siehe merge)")
      ->check([](const std::string& text) { return part_of(text) ? std::string() : fmt::format("„{}“ ist kein Teil; erwartet ist K/N mit K von 0 bis N-1, N höchstens 4096", text); })
      ->type_name("K/N")
      ->group("Optionen");
  make->add_option("--groups", words->groups, "eigene Gruppen (TOML)")->type_name("DATEI")->group("Optionen");
  reading_options(*make, words);
  with_format(*make, session);
  make->add_option("--into", words->into, "Speicher, in den die Zahlen als eigene Berechnung kommen (mit --ladestand)")->type_name("SPEICHER")->group("Optionen");
  make->callback([&session, words] { compute(session, *words); });

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

  auto traeger = std::make_shared<std::string>();
  auto months = std::make_shared<int>(6);
  const auto months_option = [months](CLI::App& added) {
    added.add_option("--months", *months, "Monate voraus, 1 bis 24 (Vorgabe: 6)")
        ->check([](const std::string& text) { return !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string::npos && std::stoi(text) >= 1 && std::stoi(text) <= 24 ? std::string() : fmt::format("„{}“ ist nicht möglich; erwartet sind 1 bis 24 Monate", text); })
        ->type_name("ZAHL")
        ->group("Optionen");
  };
  auto* ahead = command(*casework, "outlook", "Zeigt, wie viele Personen in den Langzeitleistungsbezug hineinwachsen, wenn sie bleiben", "zielwerk casework outlook bestand.zustand --months=6");
  ahead->add_option("ZUSTAND", *state, "Zustandsdatei")->required();
  ahead->add_option("--traeger", *traeger, "nur dieses Jobcenter")->type_name("NNNNN")->group("Optionen");
  months_option(*ahead);
  ahead->add_flag("--intern", words->internal, "auch Zahlen von 1 und 2 Personen zeigen; nur für den eigenen Gebrauch")->group("Optionen");
  with_format(*ahead, session);
  ahead->callback([&session, state, traeger, months, words] { outlook(session, *state, *traeger, *months, words->internal); });

  auto store = std::make_shared<std::string>();
  auto month = std::make_shared<std::string>();
  auto* compare = command(*casework, "reconcile", "Stellt eigene und amtliche Zahlen eines Monats gegenüber und zerlegt den Unterschied", "zielwerk casework reconcile zielwerk.db 33148 2021-06");
  compare->add_option("SPEICHER", *store, "Speicher")->required();
  compare->add_option("TRÄGER", *traeger, "Trägernummer")->required();
  month_option(*compare, *month, "MONAT", "Berichtsmonat")->required();
  with_format(*compare, session);
  compare->callback([&session, store, traeger, month] { reconcile(session, *store, *traeger, *month); });

  auto* write = command(*casework, "page", "Schreibt eine Seite (HTML) mit eigenen und amtlichen Zahlen und dem Ausblick", "zielwerk casework page zielwerk.db 33148 --state=bestand.zustand --out=frueh.html");
  write->add_option("SPEICHER", *store, "Speicher")->required();
  write->add_option("TRÄGER", *traeger, "Trägernummer")->required();
  write->add_option("--state", words->state_file, "Zustandsdatei für den Ausblick")->type_name("DATEI")->group("Optionen");
  write->add_option("--out", words->out, "Seite")->type_name("DATEI")->required()->group("Optionen");
  months_option(*write);
  write->callback([&session, store, traeger, words, months] { page(session, *store, *traeger, words->state_file, words->out, *months); });

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
