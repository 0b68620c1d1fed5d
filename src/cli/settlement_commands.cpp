// zielwerk year quality | programmes | budget | considerations | settle | settlement | play: what the year adds up to.
#include <filesystem>
#include <fstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/evaluations.h"
#include "app/settlement.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/speaker.h"
#include "report/evaluation_report.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;

std::string euro(const std::optional<base::Exact>& value) { return value ? base::round_half_away(*value, base::floor(*value) == *value ? 0 : 2).german() : ""; }
std::string percent(const std::optional<base::Exact>& value) { return value ? base::round_half_away(*value, 1).german() : ""; }

void quality(Session& session, const app::SteeringFile& file) {
  Table table;
  table.title = fmt::format("Qualitative Ziele {}", file.id);
  table.columns = {{"ziel", "Ziel", Align::Left, true}, {"teil", "Teil"}, {"worte", "Wie vereinbart"}, {"stand", "Stand"}, {"datum", "Am"}, {.key = "bericht", .heading = "Bericht", .if_any = true}, {.key = "nachweis", .heading = "Nachweis", .if_any = true}};
  for (const auto& goal : steering::qualities(file.record, file.terms)) {
    const auto head = fmt::format("{} {}", goal.id, goal.title);
    const auto add = [&](const std::string& part, const std::string& words, const std::string& state, const std::string& date, const std::string& report, const std::string& evidence) {
      table.rows.push_back({cell(head), cell(part), cell(words), cell(state), cell(date), cell(report), cell(evidence.substr(0, 12))});
    };
    for (const auto& one : goal.steps) add(fmt::format("Schritt {}", one.number), one.words, one.state, one.date, one.report, one.evidence);
    for (const auto& one : goal.criteria) add(fmt::format("Kriterium {}", one.number), one.words, one.state, one.date, one.report, one.evidence);
    for (const auto& view : goal.views) add(fmt::format("Sicht {}", view.side), view.reason, steering::label_of("ziel.sicht", "urteil", view.verdict), "", view.shared ? "" : "nur im eigenen Raum", "");
    const auto missing = goal.missing.empty() ? std::string() : "es fehlt: " + base::join(goal.missing, ", ");
    const auto result = goal.result() == "offen" ? std::string("offen") : steering::label_of("ziel.bewertung", "urteil", goal.result());
    add("Gemeinsam", goal.joint ? goal.joint->text("grund") : "noch keine gemeinsame Bewertung", result, goal.joint ? goal.joint->text("datum") : "", goal.contradicts() ? "nicht alles ist erfüllt" : missing, "");
  }
  if (table.rows.empty()) table.notes.push_back("Die Vereinbarung nennt keine qualitativen Ziele.");
  session.print(table);
}

void programmes(Session& session, const app::SteeringFile& file) {
  Table table;
  table.title = fmt::format("Programme {} · Plätze und Belegung", file.id);
  table.columns = {{"programm", "Programm", Align::Left, true}, {"ort", "Standort"}, {"verantwortlich", "Verantwortlich"}, {"monat", "Monat"}, {"plaetze", "Plätze", Align::Decimal}, {"belegt", "Belegt", Align::Decimal}, {"quelle", "Quelle"}};
  for (const auto& site : steering::sites(file.record, file.terms)) {
    for (const auto& month : site.months) {
      table.rows.push_back({cell(fmt::format("{} {}", site.programme, site.name)), cell(site.location), cell(site.responsible), cell(month.month.text()), cell(euro(month.places)), cell(euro(month.occupied)), cell(month.source)});
    }
  }
  if (table.rows.empty()) table.notes.push_back("Die Vereinbarung nennt keine Plätze.");
  session.print(table);
}

void budget(Session& session, const app::Workspace& workspace, const app::Person& person, const app::SteeringFile& file) {
  const auto year = app::budget_of(workspace, person, file);
  Table table;
  table.title = fmt::format("Mittel {}", file.id);
  table.columns = {{"titel", "Titel", Align::Left, true}, {"monat", "Monat"}, {"ausgegeben", "Ausgegeben", Align::Decimal}, {"im_monat", "Im Monat", Align::Decimal}, {.key = "gebunden", .heading = "Gebunden", .align = Align::Decimal, .if_any = true},
                   {"ausgeschoepft", "in %", Align::Decimal}, {.key = "geliefert", .heading = "Geliefert", .align = Align::Decimal, .if_any = true}, {.key = "geliefert_prozent", .heading = "in %", .align = Align::Decimal, .if_any = true},
                   {.key = "vorjahr", .heading = "Vorjahr %", .align = Align::Decimal, .if_any = true}};
  for (const auto& title : year.titles) {
    const auto head = fmt::format("{} · vereinbart {} · zugeteilt {} · umgeschichtet {} · verfügbar {}", title.label, title.agreed ? euro(title.agreed) : "nicht genannt", title.allotted() ? euro(title.allotted()) : "noch nicht",
                                  euro(title.shifted), title.available ? euro(title.available) : "unbekannt");
    for (const auto& month : title.months) {
      const auto until_now = title.delivered ? title.delivered->since_january(month.month.month()) : std::nullopt;
      table.rows.push_back({cell(head), cell(month.month.text()), cell(month.spent ? euro(month.spent) : "fehlt"), cell(euro(month.spent_in_month)), cell(euro(month.bound)), cell(percent(month.used)),
                            cell(!title.delivered ? "" : until_now ? euro(until_now) : "fehlt"), cell(title.delivered ? percent(title.delivered->used(month.month.month())) : ""), cell(percent(month.used_last_year))});
    }
    if (title.delivered) {
      table.notes.push_back(fmt::format("{}: laut Lieferung (Ladestand {}) zugeteilt {}; geliefert ist, was seit Januar ausgegeben wurde, soweit kein Monat fehlt.", title.label, title.delivered->state.loaded.text(), title.delivered->allotted ? euro(title.delivered->allotted) + " €" : "nicht genannt"));
    }
    if (!title.last_year_from.empty()) table.notes.push_back(fmt::format("{}: Vorjahr nach {}.", title.label, title.last_year_from));
    if (!title.allotments.empty()) table.notes.push_back(fmt::format("{}: zugeteilt am {} ({}).", title.label, title.allotments.back().date, title.allotments.back().source));
  }
  if (year.total) table.notes.push_back(fmt::format("Die Teile ergeben {} €; das {} mit „{}“.", euro(year.total->parts), year.total->agrees ? "stimmt überein" : "widerspricht", year.total->words));
  for (const auto& one : steering::deviations(year, file.terms)) {
    table.notes.push_back(one.clause.empty() ? one.text : fmt::format("{} Als Sachverhalt: zielwerk year act {} sachverhalt klausel={} …", one.text, file.id, one.clause));
  }
  session.print(table);
}

void considerations(Session& session, app::Workspace& workspace, const app::SteeringFile& file) {
  Table table;
  table.title = fmt::format("Berücksichtigung {}", file.id);
  table.columns = {{"klausel", "Klausel", Align::Left, true}, {"nummer", "Sachverhalt"}, {"datum", "Am"}, {"text", "Was war"}, {"quelle", "Quelle"}, {"seite", "Seite"}};
  for (const auto& clause : steering::clauses(file.record, file.terms)) {
    const auto head = fmt::format("{} · „{}“", clause.id, clause.words);
    for (const auto& fact : clause.facts) table.rows.push_back({cell(head), cell(fact.subject), cell(fact.date), cell(fact.text), cell(fact.source), cell(fact.side)});
    if (clause.facts.empty()) table.rows.push_back({cell(head), cell(""), cell(""), cell("nichts festgehalten"), cell(""), cell("")});
  }
  std::map<std::string, std::string> status;
  if (file.agreement) {
    const auto basis = app::settlement_basis(file.terms);
    app::EvaluateRequest request{basis.month, basis.waiting};
    request.record = false;
    if (const auto evaluated = app::evaluate(workspace, file.id, request)) {
      for (const auto& line : evaluated->report.lines) status[line.id] = line.status;
    }
  }
  for (const auto& one : steering::weighings(file.record, file.terms)) {
    const auto open = one.counts ? std::string() : fmt::format(" (noch nicht wirksam; es fehlt: {})", base::join(one.missing, ", "));
    table.notes.push_back(fmt::format("{}: {}{}. {}{}", one.target, steering::sentence(one, status[one.target], file.terms), open, one.effect.empty() ? "" : "Wirkung: " + one.effect + ". ", one.reason));
  }
  session.print(table);
}

// --- settlement -------------------------------------------------------------------------------------------------------------------

struct Settle : Named {
  std::string month;
  std::string state;
  std::string text;
  int replaces = 0;
};

void settle(Session& session, const Settle& given) {
  auto workspace = session.open();
  const auto who = speaker(workspace, given.as);
  if (!who) return session.fail(who.error(), WrongCall);
  const app::SettleWanted wanted{base::Month::parse(given.month), base::Month::parse(given.state), given.text, given.replaces};
  const auto done = app::settle(workspace, who->person(), given.agreement, wanted);
  if (!done) return session.fail(done.error());
  session.say(fmt::format("Zielabrechnung {} · Vorgang {} · wirksam, sobald zwei Personen jeder Seite zustimmen (zielwerk year act {} zustimmung vorgang={})", given.agreement, done->number, given.agreement, done->number));
}

std::string text(const boost::json::value& object, const char* name) {
  const auto& value = object.at(name);
  return value.is_string() ? std::string(value.get_string()) : std::string();
}

void settlement(Session& session, app::Workspace& workspace, const app::SteeringFile& file) {
  const auto found = app::find_settlement(workspace, file);
  if (!found) return session.fail(found.error());
  if (session.json()) {
    std::cout << boost::json::serialize(found->account) << "\n";
    return;
  }
  Table table;
  table.title = fmt::format("Zielabrechnung {} · Berichtsmonat {} · Ladestand {} · {}", file.id, text(found->account, "berichtsmonat"), text(found->account, "ladestand"),
                            found->standing.counts ? "geschlossen" : "es fehlt: " + base::join(found->standing.missing, ", "));
  table.columns = {{"ziel", "Nr."}, {"soll", "Soll", Align::Decimal}, {"ist", "Ist", Align::Decimal}, {"urteil", "Urteil"}};
  for (const auto& row : found->account.at("ziele").as_array()) {
    if (!row.as_object().contains("urteil")) continue;
    const auto& line = row.at("zeile");
    const auto number = [&](const char* name) { return text(line, name).empty() ? std::string() : report::german(text(line, name)); };
    table.rows.push_back({cell(text(row, "id")), cell(number("soll")), cell(number("ist")), cell(text(row, "urteil"))});
  }
  for (const auto& goal : found->account.at("qualitativ").as_array()) {
    table.rows.push_back({cell(text(goal, "id")), cell(""), cell(""), cell(fmt::format("{} ({})", steering::label_of("ziel.bewertung", "urteil", text(goal, "ergebnis")), text(goal, "datum")))});
  }
  table.notes = found->changed;
  session.print(table);
}

// --- play -------------------------------------------------------------------------------------------------------------------------

// One act of a file of acts: {"akte": "33148-2021", "vorgang": "sachverhalt", "konto": "ministerium", "felder": {…}, "dateien": {…}, "eigen": false,
// "zustimmung": ["leitung.lippe"]}: who agrees to it right afterwards.
base::Problems agree(app::Workspace& workspace, const boost::json::object& wanted, const domain::Act& act) {
  base::Problems problems;
  if (!wanted.contains("zustimmung") || !wanted.at("zustimmung").is_array()) return problems;
  for (const auto& name : wanted.at("zustimmung").as_array()) {
    const auto who = speaker(workspace, name.is_string() ? std::string(name.get_string()) : std::string());
    if (!who) {
      problems.push_back(who.error());
      continue;
    }
    const auto done = app::act(workspace, who->person(), act.agreement, {"zustimmung", domain::shared_room, {{"vorgang", std::to_string(act.number)}}, 0});
    if (!done) problems.insert(problems.end(), done.error().begin(), done.error().end());
  }
  return problems;
}

base::Checked<domain::Act> play_one(app::Workspace& workspace, const boost::json::object& wanted, const std::filesystem::path& folder) {
  const auto word = [&](const char* name) { return wanted.contains(name) && wanted.at(name).is_string() ? std::string(wanted.at(name).as_string()) : std::string(); };
  const auto who = speaker(workspace, word("konto"));
  if (!who) return base::problems(who.error());
  const bool own = wanted.contains("eigen") && wanted.at("eigen").is_bool() && wanted.at("eigen").as_bool();
  steering::Intent intent{word("vorgang"), own ? "eigen" : domain::shared_room, {}, 0};
  if (wanted.contains("felder") && wanted.at("felder").is_object()) {
    for (const auto& [name, value] : wanted.at("felder").as_object()) intent.fields[name] = value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
  }
  std::map<std::string, app::Upload> uploads;
  if (wanted.contains("dateien") && wanted.at("dateien").is_object()) {
    for (const auto& [name, value] : wanted.at("dateien").as_object()) {
      const std::string path(value.is_string() ? std::string(value.get_string()) : std::string());
      std::ifstream file(folder / path, std::ios::binary);
      std::string bytes((std::istreambuf_iterator<char>(file)), {});
      if (!file.is_open()) throw base::EnvironmentError(fmt::format("Die Datei {} lässt sich nicht lesen.", (folder / path).string()));
      uploads[name] = {path, std::move(bytes)};
    }
  }
  auto done = app::act(workspace, who->person(), word("akte"), intent, uploads);
  if (!done) return done;
  if (auto problems = agree(workspace, wanted, *done); !problems.empty()) return tl::unexpected(std::move(problems));
  return done;
}

void play(Session& session, const std::string& path) {
  std::ifstream file(path);
  if (!file) throw base::EnvironmentError(fmt::format("Die Datei {} lässt sich nicht lesen.", path));
  auto workspace = session.open();
  std::string line;
  base::Problems problems;
  int number = 0;
  int done = 0;
  while (std::getline(file, line)) {
    ++number;
    if (base::trim(line).empty() || line.starts_with('#')) continue;
    boost::system::error_code error;
    const auto wanted = boost::json::parse(line, error);
    const auto where = fmt::format("{}, Zeile {}", path, number);
    if (error || !wanted.is_object()) {
      problems.push_back({"json_invalid", "Erwartet ist ein JSON-Objekt je Zeile.", where});
      continue;
    }
    const auto played = play_one(workspace, wanted.as_object(), std::filesystem::path(path).parent_path());
    if (played) {
      ++done;
      continue;
    }
    for (auto problem : played.error()) {
      problem.where = problem.where.empty() ? where : fmt::format("{}: {}", where, problem.where);
      problems.push_back(std::move(problem));
    }
  }
  session.say(fmt::format("{} Vorgänge festgehalten.", done));
  if (!problems.empty()) session.fail(problems);
}

}  // namespace

void add_settlement_commands(CLI::App& app, Session& session) {
  auto* year = app.get_subcommand("year");
  const auto file_command = [&](const char* name, const char* about, const char* example, auto work) {
    auto* one = command(*year, name, about, example);
    auto named = std::make_shared<Named>();
    one->add_option("VEREINBARUNG", named->agreement, "Kennung: 22116-2020")->required();
    as_option(*one, named->as);
    with_format(*one, session);
    one->callback([&session, named, work] { with_file(session, *named, [&](auto& workspace, const auto& person, const auto& file) { work(session, workspace, person, file); }); });
  };
  file_command("quality", "Zeigt die qualitativen Ziele: Schritte, Kriterien, Sichten, gemeinsame Bewertung", "zielwerk year quality 22116-2020 --as=ministerium", [](auto& at, auto&, const auto&, const auto& file) { quality(at, file); });
  file_command("programmes", "Zeigt Plätze und Belegung der Programme, Monat für Monat", "zielwerk year programmes 04704-2020 --as=kommune", [](auto& at, auto&, const auto&, const auto& file) { programmes(at, file); });
  file_command("budget", "Zeigt Zuteilung, Umschichtung, Ausgaben und Ausschöpfung", "zielwerk year budget 22116-2020 --as=ministerium", [](auto& at, auto& workspace, const auto& person, const auto& file) { budget(at, workspace, person, file); });
  file_command("considerations", "Zeigt die Klauseln der Vereinbarung, was dazu festgehalten ist, und die Abwägungen", "zielwerk year considerations 22116-2020 --as=ministerium",
               [](auto& at, auto& workspace, const auto&, const auto& file) { considerations(at, workspace, file); });
  file_command("settlement", "Zeigt die Zielabrechnung und was sich in den Daten seither änderte", "zielwerk year settlement 22116-2020 --as=ministerium", [](auto& at, auto& workspace, const auto&, const auto& file) { settlement(at, workspace, file); });

  auto* closing = command(*year, "settle", "Rechnet das Jahr ab: endgültige Urteile, Abwägungen, Bewertungen, Mittel", "zielwerk year settle 22116-2020 --as=ministerium");
  auto given = std::make_shared<Settle>();
  closing->add_option("VEREINBARUNG", given->agreement, "Kennung: 22116-2020")->required();
  month_option(*closing, given->month, "--month", "Berichtsmonat (Vorgabe: der vereinbarte)");
  month_option(*closing, given->state, "--state", "Ladestand (Vorgabe: der vereinbarte)");
  closing->add_option("--text", given->text, "Zusammenfassung")->type_name("WORTE")->group("Optionen");
  closing->add_option("--replaces", given->replaces, "Nummer eines Entwurfs der Abrechnung, auf dem diese aufbaut")->type_name("NR")->group("Optionen");
  as_option(*closing, given->as);
  closing->callback([&session, given] { settle(session, *given); });

  auto* playing = command(*year, "play", "Hält alle Vorgänge einer Datei fest, einen je Zeile (JSON)", "zielwerk year play demo/jahr/vorgaenge_erfunden.jsonl");
  auto path = std::make_shared<std::string>();
  playing->add_option("DATEI", *path, "eine Zeile je Vorgang: {\"akte\", \"vorgang\", \"konto\", \"felder\", \"dateien\", \"eigen\", \"zustimmung\"}")->required();
  playing->callback([&session, path] { play(session, *path); });
}

}  // namespace zielwerk::cli
