// The steering year on the console: dialogues, Maßnahmen, comments, what is due, and what leaves the program of it.
#include <iostream>

#include <fmt/format.h>

#include "app/rights.h"
#include "app/year.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/speaker.h"
#include "server/config.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Cell;
using report::Table;
using report::Tone;
using steering::Dialogue;

struct Asked {
  std::string agreement;  // empty: all in reach
  std::string dialogue;
  std::string as;
  std::string today;
  std::string origin;
  std::string config;
  bool dry_run = false;
};

Cell text(std::string words, Tone tone = Tone::Plain) { return {std::move(words), {}, tone}; }

// Opens, says who asks, and does it; a day that is none is a wrong call.
void ask(Session& session, const Asked& asked, const std::function<void(app::Workspace&, const app::Person&, const std::string& today)>& work) {
  auto workspace = session.open();
  const auto who = speaker(workspace, asked.as);
  if (!who) return session.fail(who.error(), WrongCall);
  const auto person = who->person();
  work(workspace, person, asked.today.empty() ? workspace.now().substr(0, 10) : asked.today);
}

void ask_year(Session& session, const Asked& asked, const std::function<void(app::Workspace&, const app::YearView&)>& work) {
  ask(session, asked, [&](app::Workspace& workspace, const app::Person& person, const std::string& today) {
    const auto year = app::year_of(workspace, person, asked.agreement, today);
    if (!year) return session.fail(year.error());
    work(workspace, *year);
  });
}

// Of one agreement, or of all in reach.
void ask_years(Session& session, const Asked& asked, const std::function<void(const std::vector<app::YearView>&, const app::Person&)>& work) {
  ask(session, asked, [&](app::Workspace& workspace, const app::Person& person, const std::string& today) {
    if (asked.agreement.empty()) return work(app::years_of(workspace, person, today), person);
    const auto year = app::year_of(workspace, person, asked.agreement, today);
    if (!year) return session.fail(year.error());
    work({*year}, person);
  });
}

std::string basis_words(const Dialogue& one) { return one.basis ? fmt::format("{}, Ladestand {}", one.basis->month.text(), one.basis->state.loaded.text()) : ""; }

void show_dialogues(Session& session, const Asked& asked) {
  ask_year(session, asked, [&](app::Workspace&, const app::YearView& year) {
    Table table;
    table.title = fmt::format("Dialoge {} {}", year.file->id, year.name);
    table.columns = {{"dialog", "Dialog"}, {"tag", "Tag"}, {.key = "beginn", .heading = "Beginn", .if_any = true}, {.key = "ort", .heading = "Ort", .if_any = true}, {"art", "Art"}, {"stand", "Stand"}, {"datenbasis", "Datenbasis"}, {"punkte", "Punkte", Align::Decimal}, {.key = "massnahmen", .heading = "Maßnahmen", .if_any = true}};
    for (const auto& one : year.dialogues) {
      const auto tone = one.state == Dialogue::State::Cancelled ? Tone::Faint : one.state == Dialogue::State::MinutesMissing ? Tone::Doubt : Tone::Plain;
      table.rows.push_back({text(one.id), text(one.day), text(one.begin), text(one.place), text(steering::kind_in_words(one)), text(steering::in_words(one.state), tone), text(basis_words(one)), text(std::to_string(one.agenda.size())),
                            text(base::join(one.agreed, ", "))});
    }
    const auto& plan = year.plan;
    table.notes.push_back(fmt::format("Vereinbart: {}. Geplant: {}, vorüber: {}, es fehlen: {}{}.", plan.words, plan.planned, plan.past, plan.missing, plan.beyond > 0 ? fmt::format(", über die Zahl hinaus: {}", plan.beyond) : ""));
    if (!plan.extra_on.empty()) table.notes.push_back("Weitere Dialoge: " + base::join(plan.extra_on, ", ") + ".");
    session.print(table);
  });
}

void show_dialogue(Session& session, const Asked& asked) {
  ask_year(session, asked, [&](app::Workspace& workspace, const app::YearView& year) {
    const auto* one = steering::find_dialogue(year.dialogues, asked.dialogue);
    if (!one) return session.fail(app::ical(workspace, year, asked.dialogue).error());
    Table table;
    table.title = fmt::format("Dialog {} · {} · {}", one->id, year.file->id, steering::in_words(one->state));
    table.columns = {{"teil", "Teil", Align::Left, true}, {"woran", "Woran"}, {"inhalt", "Inhalt"}, {"von", "Von"}};
    const auto add = [&](const char* part, const std::string& about, const std::string& words, const steering::Entry* entry = nullptr) {
      table.rows.push_back({text(part), text(about), text(words), text(entry ? fmt::format("{} ({})", entry->act.by, entry->act.side) : "")});
    };
    std::vector<std::string> when = {steering::kind_in_words(*one), one->begin.empty() ? "ganztägig" : one->begin + (one->end.empty() ? "" : "–" + one->end) + " Uhr", one->place, one->reason};
    std::erase(when, std::string());
    add("Termin", one->day, base::join(when, "; "));
    if (one->basis) add("Datenbasis", one->basis->month.text(), fmt::format("Ladestand {}, Fassung {}, Regelstand {}", one->basis->state.loaded.text(), one->basis->version, one->basis->rule));
    for (const auto& point : one->agenda) add("Tagesordnung", point.about, point.words, point.entry);
    for (const auto* entry : one->recommendations) add("Empfehlungen", entry->text("ausschuss"), entry->text("text"), entry);
    for (const auto& comment : year.comments) {
      if (!one->basis || comment.finding.month != one->basis->month || comment.finding.state.loaded != one->basis->state.loaded) continue;
      const auto& facts = year.facts.at(comment.subject);
      add("Kommentare", comment.finding.target, comment.given ? fmt::format("{} Ursache: {} Getan wird: {}", facts, comment.given->text("ursache"), comment.given->text("massnahme")) : facts + " Der Kommentar fehlt.", comment.given);
    }
    for (const auto* entry : one->notes) add("Eigene Notizen", "", entry->text("text"), entry);
    for (const auto* entry : one->decisions) add("Beschlüsse", entry->text("ziel"), entry->text("text"), entry);
    if (one->minutes) add("Protokoll", fmt::format("Vorgang {}", one->minutes->act.number), one->minutes->text("text"), one->minutes);
    for (const auto& step : year.steps) {
      const bool here = std::find(one->agreed.begin(), one->agreed.end(), step.id) != one->agreed.end(), followed = std::find(one->followed_up.begin(), one->followed_up.end(), step.id) != one->followed_up.end();
      if (here || followed) add(here ? "Vereinbarte Maßnahmen" : "Nachgehaltene Maßnahmen", step.id, fmt::format("{} ({}, bis {}): {}", step.title, step.responsible, step.due, steering::label_of("massnahme.stand", "stand", step.status)));
    }
    if (one->minutes) {
      const auto missing = year.file->record.standing(*one->minutes).missing;
      table.notes.push_back(missing.empty() ? "Das Protokoll ist von allen Seiten bestätigt." : "Zustimmung zum Protokoll fehlt: " + base::join(missing, ", ") + ".");
    }
    session.print(table);
  });
}

void show_steps(Session& session, const Asked& asked) {
  ask_year(session, asked, [&](app::Workspace&, const app::YearView& year) {
    Table table;
    table.title = fmt::format("Maßnahmen {} {}", year.file->id, year.name);
    table.columns = {{"massnahme", "Nr."}, {"titel", "Maßnahme"}, {"verantwortlich", "Verantwortlich"}, {"faellig", "Fällig"}, {.key = "ziel", .heading = "Ziel", .if_any = true}, {.key = "wirkung", .heading = "Erwartete Wirkung", .if_any = true}, {.key = "dialog", .heading = "Aus Dialog", .if_any = true}, {"stand", "Stand"}, {.key = "bericht", .heading = "Bericht", .if_any = true}, {.key = "nachgehalten", .heading = "Nachgehalten", .if_any = true}};
    for (const auto& one : year.steps) {
      table.rows.push_back({text(one.id), text(one.title), text(one.responsible), text(one.due, one.open() && one.due < year.today ? Tone::Bad : Tone::Plain), text(one.target), text(one.effect), text(one.dialogue),
                            text(steering::label_of("massnahme.stand", "stand", one.status)), text(one.report), text(base::join(one.followed_up, ", "))});
    }
    session.print(table);
  });
}

void show_owed(Session& session, const Asked& asked) {
  ask_years(session, asked, [&](const std::vector<app::YearView>& years, const app::Person&) {
    Table table;
    table.title = "Kommentare, die fehlen";
    table.columns = {{"vereinbarung", "Vereinbarung"}, {"name", "Name"}, {"seite", "Seite"}, {"gegenstand", "Zu"}, {"seit", "Seit"}, {"fakten", "Was die Zahlen sagen"}};
    for (const auto& year : years) {
      for (const auto& one : year.comments) {
        if (!one.given) table.rows.push_back({text(year.file->id), text(year.name), text(steering::commenting_side(year.file->record)), text(one.subject), text(one.finding.since), text(year.facts.at(one.subject))});
      }
    }
    table.notes.push_back(table.rows.empty() ? "Es fehlt keiner." : fmt::format("Je Ziel zwei Angaben, Ursache und was getan wird: zusammen {}.", 2 * table.rows.size()));
    session.print(table);
  });
}

void show_due(Session& session, const Asked& asked) {
  ask_years(session, asked, [&](const std::vector<app::YearView>& years, const app::Person& person) {
    Table table;
    table.title = "Was ansteht";
    table.columns = {{"vereinbarung", "Vereinbarung"}, {"aufgabe", "Aufgabe"}, {"gegenstand", "Zu"}, {"was", "Was"}, {"seit", "Seit"}, {"bis", "Bis"}, {"ueberfaellig", "Überfällig"}};
    for (const auto& year : years) {
      for (const auto& one : app::own_duties(year, person)) {
        const bool late = one.overdue(year.today);
        table.rows.push_back({text(year.file->id), {steering::in_words(one.task), steering::code(one.task), {}}, text(one.subject), text(one.words), text(one.since), text(one.until), text(late ? "ja" : "", late ? Tone::Bad : Tone::Plain)});
      }
    }
    if (table.rows.empty()) table.notes.push_back(person.side() ? "Für diese Seite steht nichts an." : "Dieses Konto arbeitet für keine Seite; für es steht nichts an.");
    session.print(table);
  });
}

void send_digest(Session& session, const Asked& asked) {
  const auto config = server::read_config(asked.config);
  if (!config) return session.fail(config.error());
  if (config->mail.server.empty()) return session.fail(base::Problem{"config_value", "Für Mails fehlt in den Einstellungen die Tabelle [mail] mit server und from.", asked.config});
  Session own = session;
  own.store_path = config->store;
  auto workspace = own.open();
  const auto today = asked.today.empty() ? workspace.now().substr(0, 10) : asked.today;
  std::size_t sent = 0;
  base::Problems problems;
  for (const auto& letter : app::letters(workspace, today, config->origin)) {
    if (asked.dry_run) {
      std::cout << fmt::format("An: {} ({})\nBetreff: {}\n\n{}\n", letter.to, letter.account, letter.subject, letter.text);
      continue;
    }
    const auto done = server::send_mail(config->mail, {letter.to, letter.subject, letter.text, workspace.now(), letter.checksum.substr(0, 32)});
    if (!done) {
      problems.push_back(done.error());
      continue;
    }
    app::letter_sent(workspace, letter);
    ++sent;
  }
  if (!problems.empty()) session.fail(problems);
  if (!asked.dry_run) session.say(fmt::format("{} verschickt, {} nicht.", sent, problems.size()));
}

}  // namespace

void add_year_commands(CLI::App& app, Session& session) {
  auto* year = app.get_subcommand("year");
  auto asked = std::make_shared<Asked>();
  const auto add = [&](const char* verb, const char* description, const std::string& example, void (*work)(Session&, const Asked&), bool one_agreement) {
    auto* made = command(*year, verb, description, example);
    auto* option = made->add_option("VEREINBARUNG", asked->agreement, one_agreement ? "Kennung: 33148-2021" : "Kennung; ohne sie alle in der Zuständigkeit");
    if (one_agreement) option->required();
    as_option(*made, asked->as);
    day_option(*made, asked->today);
    made->callback([&session, asked, work] { work(session, *asked); });
    return made;
  };
  with_format(*add("dialogues", "Dialoge: was vereinbart, geplant und vorüber ist", "zielwerk year dialogues 33148-2021 --as=ministerium", show_dialogues, true), session);
  auto* one = add("dialogue", "Ein Dialog mit Datenbasis, Tagesordnung, Kommentaren, Protokoll und Maßnahmen", "zielwerk year dialogue 33148-2021 D1 --as=ministerium", show_dialogue, true);
  one->add_option("DIALOG", asked->dialogue, "D1")->required();
  with_format(*one, session);
  with_format(*add("steps", "Vereinbarte Maßnahmen und ihr Stand", "zielwerk year steps 33148-2021 --as=ministerium", show_steps, true), session);
  with_format(*add("owed", "Kommentare, die fehlen, mit dem, was die Zahlen sagen", "zielwerk year owed 33148-2021 --as=controlling.lippe", show_owed, false), session);
  with_format(*add("due", "Was für die eigene Seite ansteht", "zielwerk year due --as=controlling.lippe --today=2021-06-01", show_due, false), session);

  auto* calendar = add("ical", "Ein Dialog als Einladung für Kalender, oder alle", "zielwerk year ical 33148-2021 D1 --as=ministerium >dialog.ics", [](Session& with, const Asked& wanted) {
    ask_year(with, wanted, [&](app::Workspace& workspace, const app::YearView& shown) {
      const auto file = app::ical(workspace, shown, wanted.dialogue);
      if (!file) return with.fail(file.error());
      std::cout << *file;
    });
  }, true);
  calendar->add_option("DIALOG", asked->dialogue, "D1; ohne ihn alle");

  auto* feed = command(*year, "atom", "Was ansteht, als Atom-Feed", "zielwerk year atom --as=controlling.lippe >offen.xml");
  as_option(*feed, asked->as);
  day_option(*feed, asked->today);
  feed->add_option("--origin", asked->origin, "Adresse der Seiten")->type_name("URL")->group("Optionen");
  feed->callback([&session, asked] {
    ask(session, *asked, [&](app::Workspace& workspace, const app::Person& person, const std::string& today) { std::cout << app::atom(workspace, person, today, asked->origin); });
  });

  auto* digest = command(*year, "digest", "Schickt jedem Konto mit Mailadresse, was für es ansteht", "zielwerk year digest --config=/etc/zielwerk.toml --dry-run");
  digest->add_option("--config", asked->config, "TOML-Datei mit den Einstellungen und [mail]")->required()->type_name("DATEI")->group("Optionen");
  digest->add_flag("--dry-run", asked->dry_run, "Zeigt die Mails und schickt keine")->group("Optionen");
  day_option(*digest, asked->today);
  digest->callback([&session, asked] { send_digest(session, *asked); });
}

}  // namespace zielwerk::cli
