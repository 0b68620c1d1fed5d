#include <fstream>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "app/access_keys.h"
#include "app/audit.h"
#include "app/rights.h"
#include "cli/session.h"
#include "documents/input_file.h"
#include "server/passwords.h"
#include "server/server.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;
using report::Tone;

void serve(Session& session, const std::string& file) {
  auto config = server::read_config(file);
  if (!config) return session.fail(config.error());
  const auto open = [&session, store = config->store] {
    Session own = session;
    own.store_path = store;
    return std::make_unique<app::Workspace>(own.open());
  };
  server::serve(std::move(*config), open, [](const std::string& url) { std::cout << "Zielwerk bedient " << url << std::endl; });
}

// From a terminal without showing it, else the first line of the input.
std::string read_password() {
  termios before{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &before) == 0;
  if (terminal) {
    std::cerr << "Kennwort: " << std::flush;
    auto silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  std::string password;
  std::getline(std::cin, password);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::cerr << "\n";
  }
  return password;
}

void add_user(Session& session, app::NewAccount wanted) {
  const auto hash = server::hash_password(read_password());
  if (!hash) return session.fail(hash.error());
  wanted.password_hash = *hash;
  auto workspace = session.open();
  const auto added = app::add_account(workspace, wanted);
  if (!added) return session.fail(added.error());
  session.say(fmt::format("Konto {} angelegt: {}, Zuständigkeit {}.", added->name, domain::in_words(added->role), added->scope));
}

void change_password(Session& session, const std::string& name) {
  const auto hash = server::hash_password(read_password());
  if (!hash) return session.fail(hash.error());
  auto workspace = session.open();
  const auto changed = app::change_password(workspace, name, *hash);
  if (!changed) return session.fail(changed.error());
  session.say(fmt::format("Kennwort von {} geändert; alle seine Sitzungen sind beendet.", name));
}

void lock(Session& session, const std::string& name, bool locked) {
  auto workspace = session.open();
  const auto changed = app::lock_account(workspace, name, locked);
  if (!changed) return session.fail(changed.error());
  session.say(fmt::format("Konto {} ist {}.", name, locked ? "gesperrt" : "wieder frei"));
}

void set_mail(Session& session, const std::string& name, const std::string& mail) {
  auto workspace = session.open();
  const auto changed = app::change_mail(workspace, name, mail);
  if (!changed) return session.fail(changed.error());
  session.say(changed->mail.empty() ? fmt::format("Konto {} bekommt keine Mails.", name) : fmt::format("Konto {} bekommt Mails an {}.", name, changed->mail));
}

void list_users(Session& session) {
  const auto workspace = session.open();
  Table table;
  table.title = "Konten";
  table.columns = {{"konto", "Konto"}, {"person", "Person"}, {"rolle", "Rolle"}, {"zustaendigkeit", "Zuständigkeit"}, {"gesperrt", "gesperrt"}, {"mail", "Mail"}};
  for (const auto& one : workspace.store().accounts()) {
    table.rows.push_back({{one.name, {}, {}}, {one.person, {}, {}}, {domain::in_words(one.role), domain::code(one.role), {}}, {one.scope, {}, {}}, {one.locked ? "ja" : "nein", {}, one.locked ? Tone::Doubt : Tone::Plain}, {one.mail, {}, {}}});
  }
  session.print(table);
}

void make_key(Session& session, app::NewAccessKey wanted) {
  const auto secret = "zw_" + server::random_token();
  wanted.hash = documents::sha256(secret);
  auto workspace = session.open();
  const auto made = app::make_access_key(workspace, wanted);
  if (!made) return session.fail(made.error());
  std::cout << secret << "\n";  // alone on its line, for a script to keep
  std::cerr << fmt::format("Zugangsschlüssel {} für {} gilt bis {}; er wird nur dieses eine Mal gezeigt.\n", made->id, made->account, made->expires_at.substr(0, 10));
}

void end_key(Session& session, const std::string& id) {
  auto workspace = session.open();
  const auto ended = app::end_access_key(workspace, id, "");
  if (!ended) return session.fail(ended.error());
  session.say(fmt::format("Zugangsschlüssel {} von {} ist beendet.", ended->id, ended->account));
}

void list_keys(Session& session) {
  const auto workspace = session.open();
  Table table;
  table.title = "Zugangsschlüssel";
  table.columns = {{"id", "Nr."}, {"konto", "Konto"}, {"zweck", "Zweck"}, {"gueltig_bis", "gilt bis"}, {"beendet", "beendet"}};
  for (const auto& one : workspace.store().access_keys()) {
    table.rows.push_back({{one.id, {}, {}}, {one.account, {}, {}}, {one.purpose, {}, {}}, {one.expires_at, {}, {}}, {one.ended_at, {}, Tone::Faint}});
  }
  session.print(table);
}

void verify(Session& session, const std::string& head) {
  const auto workspace = session.open();
  const auto state = app::verify_audit(workspace, head.empty() ? std::nullopt : std::optional(head));
  if (!state.findings.empty()) return session.fail(state.findings);
  session.say(fmt::format("Das Protokoll ist unversehrt: {} Einträge, Kopf {}.", state.entries, state.head));
}

void list_audit(Session& session) {
  const auto workspace = session.open();
  Table table;
  table.title = "Protokoll der Änderungen";
  table.columns = {{"nr", "Nr.", Align::Decimal}, {"zeit", "Zeit"}, {"wer", "Wer"}, {"was", "Was"}, {"woran", "Woran"}, {"naeheres", "Näheres"}};
  for (const auto& one : workspace.store().audit()) {
    table.rows.push_back({{std::to_string(one.number), {}, {}}, {one.at, {}, {}}, {one.actor, {}, {}}, {one.action, {}, {}}, {one.object, {}, {}}, {one.detail, {}, Tone::Faint}});
  }
  session.print(table);
}

void add_user_commands(CLI::App& app, Session& session) {
  auto* users = command(app, "user", "Konten der Oberfläche: anlegen, sperren, Kennwort ändern", "zielwerk user add a.beispiel --person=\"A. Beispiel\" --role=controlling --scope=33148");
  users->require_subcommand(1);
  auto wanted = std::make_shared<app::NewAccount>();
  auto* add = command(*users, "add", "Legt ein Konto an; das Kennwort kommt von der Tastatur oder als erste Zeile der Eingabe",
                      "zielwerk user add a.beispiel --person=\"A. Beispiel\" --role=controlling --scope=33148");
  add->add_option("NAME", wanted->name, "Name zum Anmelden: a–z, 0–9, Punkt, Strich")->required();
  add->add_option("--person", wanted->person, "wie die Person heißt")->required()->type_name("TEXT")->group("Optionen");
  add->add_option("--role", wanted->role, "ministerium, agentur, kommune, controlling, leitung, gremium, revision oder verwaltung")->required()->type_name("ROLLE")->group("Optionen");
  add->add_option("--scope", wanted->scope, "Zuständigkeit: alle, ein Land wie NW, Trägernummern; mehrere durch Kommas getrennt")->required()->type_name("WO")->group("Optionen");
  add->callback([&session, wanted] { add_user(session, *wanted); });

  auto name = std::make_shared<std::string>();
  const auto named = [&](const char* verb, const char* description, const std::function<void()>& work) {
    auto* one = command(*users, verb, description, fmt::format("zielwerk user {} a.beispiel", verb));
    one->add_option("NAME", *name, "Name des Kontos")->required();
    one->callback(work);
  };
  named("password", "Ändert das Kennwort und beendet alle Sitzungen des Kontos", [&session, name] { change_password(session, *name); });
  named("lock", "Sperrt ein Konto; es wirkt sofort", [&session, name] { lock(session, *name, true); });
  named("unlock", "Gibt ein gesperrtes Konto wieder frei", [&session, name] { lock(session, *name, false); });
  auto mail = std::make_shared<std::string>();
  auto* mailing = command(*users, "mail", "Legt fest, wohin „zielwerk year digest“ einem Konto schreibt", "zielwerk user mail a.beispiel a.beispiel@example.org");
  mailing->add_option("NAME", *name, "Name des Kontos")->required();
  mailing->add_option("ADRESSE", *mail, "Mailadresse; ohne sie bekommt das Konto keine Mails");
  mailing->callback([&session, name, mail] { set_mail(session, *name, *mail); });
  auto* list = command(*users, "list", "Zeigt die Konten", "zielwerk user list");
  with_format(*list, session);
  list->callback([&session] { list_users(session); });
}

void add_key_commands(CLI::App& app, Session& session) {
  auto* keys = command(app, "key", "Zugangsschlüssel, mit denen Programme als ein Konto arbeiten", "zielwerk key add a.beispiel --purpose=Monatslieferung --days=90");
  keys->require_subcommand(1);
  auto wanted = std::make_shared<app::NewAccessKey>();
  wanted->days = 90;
  auto* add = command(*keys, "add", "Legt einen Zugangsschlüssel an und zeigt ihn, nur dieses eine Mal", "zielwerk key add a.beispiel --purpose=Monatslieferung --days=90");
  add->add_option("NAME", wanted->account, "Name des Kontos")->required();
  add->add_option("--purpose", wanted->purpose, "wofür er ist")->required()->type_name("TEXT")->group("Optionen");
  add->add_option("--days", wanted->days, "wie viele Tage er gilt (90)")->type_name("TAGE")->group("Optionen");
  add->callback([&session, wanted] { make_key(session, *wanted); });
  auto id = std::make_shared<std::string>();
  auto* end = command(*keys, "end", "Beendet einen Zugangsschlüssel; es wirkt sofort", "zielwerk key end 3f9a12bc04de");
  end->add_option("NR", *id, "Nummer, wie „zielwerk key list“ sie zeigt")->required();
  end->callback([&session, id] { end_key(session, *id); });
  auto* list = command(*keys, "list", "Zeigt alle Zugangsschlüssel, nicht ihr Geheimnis", "zielwerk key list");
  with_format(*list, session);
  list->callback([&session] { list_keys(session); });
}

}  // namespace

void add_server_commands(CLI::App& app, Session& session) {
  auto file = std::make_shared<std::string>();
  auto* serving = command(app, "serve", "Bedient die Seiten und die Schnittstelle (docs/operations/server.md)", "zielwerk serve --config=/etc/zielwerk.toml");
  serving->add_option("--config", *file, "TOML-Datei mit den Einstellungen")->required()->type_name("DATEI")->group("Optionen");
  serving->callback([&session, file] { serve(session, *file); });

  add_user_commands(app, session);
  add_key_commands(app, session);

  auto* audit = command(app, "audit", "Protokoll der Änderungen: zeigen, auf Unversehrtheit prüfen", "zielwerk audit verify");
  audit->require_subcommand(1);
  auto head = std::make_shared<std::string>();
  auto* verifying = command(*audit, "verify", "Prüft die Kette der Prüfsummen, und ob ein früher aufgeschriebener Kopf noch in ihr steht", "zielwerk audit verify --head=17:3f9a…");
  verifying->add_option("--head", *head, "früherer Kopf, NUMMER:PRÜFSUMME, wie verify ihn nennt")->type_name("KOPF")->group("Optionen");
  verifying->callback([&session, head] { verify(session, *head); });
  auto* list = command(*audit, "list", "Zeigt alle Einträge", "zielwerk audit list --format=csv");
  with_format(*list, session);
  list->callback([&session] { list_audit(session); });
}

}  // namespace zielwerk::cli
