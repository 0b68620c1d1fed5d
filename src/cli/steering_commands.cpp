#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "app/steering.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/speaker.h"

namespace zielwerk::cli {
namespace {

using report::Table;

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (!file.is_open() || file.bad()) throw base::EnvironmentError(fmt::format("Die Datei {} lässt sich nicht lesen.", path));
  return bytes;
}

struct Wanted {
  std::string agreement;
  std::string kind;
  std::string as;
  std::vector<std::string> fields;
  std::vector<std::string> uploads;
  bool own = false;
  int replaces = 0;
};

// "feld=wert"; "feld=@datei" takes the text of a file.
base::Result<std::pair<std::string, std::string>> pair_of(const std::string& word) {
  const auto equals = word.find('=');
  if (equals == std::string::npos || equals == 0) return base::problem("field_invalid", fmt::format("{} passt nicht; erwartet ist feld=wert.", base::quoted(word)));
  return std::pair{word.substr(0, equals), word.substr(equals + 1)};
}

void run(Session& session, const Wanted& wanted) {
  auto workspace = session.open();
  const auto who = speaker(workspace, wanted.as);
  if (!who) return session.fail(who.error(), WrongCall);
  steering::Intent intent{wanted.kind, wanted.own ? "eigen" : domain::shared_room, {}, wanted.replaces};
  std::map<std::string, app::Upload> uploads;
  base::Problems problems;
  for (const auto& word : wanted.fields) {
    auto pair = pair_of(word);
    if (!pair) problems.push_back(pair.error());
    else intent.fields[pair->first] = pair->second.starts_with('@') ? read_whole(pair->second.substr(1)) : pair->second;
  }
  for (const auto& word : wanted.uploads) {
    auto pair = pair_of(word);
    if (!pair) problems.push_back(pair.error());
    else uploads[pair->first] = {pair->second, read_whole(pair->second)};
  }
  if (!problems.empty()) return session.fail(problems, WrongCall);
  const auto done = app::act(workspace, who->person(), wanted.agreement, intent, uploads);
  if (!done) return session.fail(done.error());
  session.say(fmt::format("Vorgang {} · {} · {}", done->number, steering::find_kind(done->kind)->label, done->subject));
}

std::string in_one_line(const steering::Entry& entry) {
  std::vector<std::string> parts;
  for (const auto& field : entry.kind->fields) {
    const auto value = entry.text(field.code);
    if (value.empty() || field.form == steering::Form::Document || field.form == steering::Form::Frozen || field.form == steering::Form::File) continue;
    parts.push_back(fmt::format("{}: {}", field.label, base::quoted(steering::label_of(entry.kind->code, field.code, value))));
  }
  return base::join(parts, "; ");
}

void show(Session& session, const std::string& agreement, const std::string& as) {
  auto workspace = session.open();
  const auto who = speaker(workspace, as);
  if (!who) return session.fail(who.error(), WrongCall);
  const auto file = app::open_file(workspace, who->person(), agreement);
  if (!file) return session.fail(file.error());
  Table table;
  table.title = fmt::format("Steuerungsakte {}", agreement);
  table.columns = {{"nummer", "Nr.", report::Align::Decimal}, {"raum", "Raum"}, {"gegenstand", "Zu"}, {"vorgang", "Vorgang"}, {"von", "Von"}, {"am", "Am"}, {"inhalt", "Inhalt"}, {.key = "fehlt", .heading = "Zustimmung fehlt", .if_any = true}};
  for (const auto& one : file->record.entries()) {
    const auto standing = file->record.standing(one);
    table.rows.push_back({{std::to_string(one.act.number), {}, {}}, {one.act.room, {}, {}}, {one.act.subject, {}, {}}, {std::string(one.kind->label), {}, {}}, {fmt::format("{} ({})", one.act.by, one.act.side), {}, {}},
                          day_cell(one.act.at), {in_one_line(one), {}, {}}, {base::join(standing.missing, ", "), {}, {}}});
  }
  if (table.rows.empty()) table.notes.push_back("Noch nichts festgehalten.");
  session.print(table);
}

void kinds(Session& session) {
  Table table;
  table.title = "Was im Steuerungsjahr festgehalten wird";
  table.columns = {{"vorgang", "Vorgang"}, {"name", "Name"}, {"raum", "Raum"}, {"zustimmung", "Zustimmung"}, {"felder", "Felder (* nötig)"}};
  for (const auto& one : steering::catalogue()) {
    std::vector<std::string> fields;
    if (!one.about.empty()) fields.push_back(fmt::format("zu* ({}…)", one.about));
    for (const auto& field : one.fields) {
      if (!field.filled) fields.push_back(fmt::format("{}{}", field.code, field.required ? "*" : ""));
    }
    table.rows.push_back({{std::string(one.code), {}, {}}, {std::string(one.label), {}, {}},
                          {one.rooms == steering::Rooms::Shared ? "gemeinsam" : one.rooms == steering::Rooms::Own ? "eigen" : "beide", {}, {}},
                          {one.consent == steering::Consent::None ? "" : one.consent == steering::Consent::SecondPerson ? "zweite Person" : "jede Seite, je zwei", {}, {}},
                          {base::join(fields, ", "), {}, {}}});
  }
  session.print(table);
}

}  // namespace

void add_steering_commands(CLI::App& app, Session& session) {
  auto* year = command(app, "year", "Das Steuerungsjahr einer Vereinbarung: Verhandlung, Dialoge, Haushalt, Abwägung, Abrechnung", "zielwerk year show 33148-2021 --as=ministerium");
  year->require_subcommand(1);

  auto* act = command(*year, "act", "Hält einen Vorgang fest", "zielwerk year act 33148-2021 dialog.planen datum=2021-06-15 art=regelmaessig --as=ministerium");
  auto wanted = std::make_shared<Wanted>();
  act->add_option("VEREINBARUNG", wanted->agreement, "Kennung: 33148-2021")->required();
  act->add_option("VORGANG", wanted->kind, "Art des Vorgangs („zielwerk year kinds“ zeigt alle)")->required();
  act->add_option("FELDER", wanted->fields, "feld=wert, oder feld=@datei für den Text einer Datei");
  act->add_option("--file", wanted->uploads, "feld=datei: Anlage zu diesem Feld")->type_name("FELD=DATEI")->group("Optionen");
  act->add_flag("--own", wanted->own, "In den eigenen Raum, den andere Seiten nicht sehen")->group("Optionen");
  act->add_option("--replaces", wanted->replaces, "Nummer des Vorgangs, auf dem dieser aufbaut")->type_name("NR")->group("Optionen");
  as_option(*act, wanted->as);
  act->callback([&session, wanted] { run(session, *wanted); });

  auto* showing = command(*year, "show", "Zeigt die Akte, wie dieses Konto sie sieht", "zielwerk year show 33148-2021 --as=ministerium");
  auto shown = std::make_shared<std::pair<std::string, std::string>>();
  showing->add_option("VEREINBARUNG", shown->first, "Kennung: 33148-2021")->required();
  as_option(*showing, shown->second);
  with_format(*showing, session);
  showing->callback([&session, shown] { show(session, shown->first, shown->second); });

  auto* list = command(*year, "kinds", "Zeigt, was festgehalten werden kann", "zielwerk year kinds");
  with_format(*list, session);
  list->callback([&session] { kinds(session); });
}

}  // namespace zielwerk::cli
