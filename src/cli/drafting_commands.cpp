#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "app/drafting.h"
#include "base/text.h"
#include "cli/session.h"
#include "documents/docx_writer.h"

namespace zielwerk::cli {
namespace {

int exit_code(const base::Problems& problems) { return problems.front().code == "agreement_unknown" || problems.front().code == "template_unfit" ? WrongCall : WithProblems; }

void write(const std::string& out, const std::string& bytes) {
  std::ofstream file(out, std::ios::binary);
  file << bytes << std::flush;
  if (!file) throw base::EnvironmentError(fmt::format("Die Datei {} kann nicht geschrieben werden.", out));
}

void draft(Session& session, const std::string& agreement, const std::string& form, const std::string& out) {
  const bool word = out.ends_with(".docx");
  if (!out.empty() && !word && !out.ends_with(".md")) {
    return session.fail(base::Problem{"format_invalid", fmt::format("{} ist weder Markdown noch Word; erwartet ist ein Name mit .md oder .docx.", base::quoted(out)), "--out"}, WrongCall);
  }
  const auto workspace = session.open_for({agreement});
  const auto paper = app::draft_agreement(workspace, agreement, drafting::parse_template(form));
  if (!paper) return session.fail(paper.error(), exit_code(paper.error()));
  if (out.empty()) {
    std::cout << *paper;
    return;
  }
  write(out, word ? documents::write_docx(*paper) : *paper);
  session.say(fmt::format("Geschrieben: {}", out));
}

void diff(Session& session, const std::string& before, const std::string& after) {
  const auto workspace = session.open_for({before, after});
  const auto differences = app::compare_agreements(workspace, before, after);
  if (!differences) return session.fail(differences.error(), exit_code(differences.error()));
  report::Table table;
  table.title = fmt::format("Unterschiede · {} → {}", before, after);
  table.columns = {{"teil", "Teil", report::Align::Left, true}, {"gegenstand", "Gegenstand"}, {"feld", "Feld"}, {"aenderung", "Änderung"}, {"vorher", "vorher"}, {"nachher", "nachher"}};
  for (const auto& one : *differences) {
    table.rows.push_back({{one.clause, {}, {}}, {one.subject, {}, {}}, {one.field, {}, {}}, {in_words(one.change), {}, {}}, {one.before, {}, {}}, {one.after, {}, {}}});
  }
  if (table.rows.empty()) table.notes.push_back("Keine Unterschiede.");
  session.print(table);
}

std::string known_template(const std::string& word) {
  return drafting::parse_template(word) ? std::string() : fmt::format("Eine Vorlage „{}“ gibt es nicht; erwartet ist nrw, niedersachsen, ge oder land", word);
}

}  // namespace

void add_drafting_commands(CLI::App& app, Session& session) {
  auto* agreement = app.get_subcommand("agreement");

  auto* paper = command(*agreement, "draft", "Schreibt den Text einer Vereinbarung in der Form, die das Land verwendet", "zielwerk agreement draft 33148-2021 --template=nrw --out=lippe.docx");
  auto one = std::make_shared<std::string>();
  auto form = std::make_shared<std::string>();
  auto out = std::make_shared<std::string>();
  paper->add_option("VEREINBARUNG", *one, "Kennung, Kennung@Fassung oder Austauschdatei")->required();
  paper->add_option("--template", *form, "Vorlage: nrw, niedersachsen, ge oder land (Vorgabe: die für Art und Land übliche)")->check(known_template)->type_name("VORLAGE")->group("Optionen");
  paper->add_option("--out", *out, "Datei .md oder .docx (Vorgabe: Markdown auf die Standardausgabe)")->type_name("DATEI")->group("Optionen");
  paper->callback([&session, one, form, out] { draft(session, *one, *form, *out); });

  auto* differences = command(*agreement, "diff", "Vergleicht zwei Vereinbarungen Ziel für Ziel und Regelung für Regelung", "zielwerk agreement diff 33148-2021 neu.json");
  auto before = std::make_shared<std::string>();
  auto after = std::make_shared<std::string>();
  differences->add_option("VORHER", *before, "Kennung, Kennung@Fassung oder Austauschdatei")->required();
  differences->add_option("NACHHER", *after, "Kennung, Kennung@Fassung oder Austauschdatei")->required();
  with_format(*differences, session);
  differences->callback([&session, before, after] { diff(session, *before, *after); });
}

}  // namespace zielwerk::cli
