#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "app/reading.h"
#include "base/text.h"
#include "cli/session.h"
#include "report/review.h"

namespace zielwerk::cli {
namespace {

namespace fs = std::filesystem;

struct ReadCall {
  std::vector<std::string> files;
  std::string format;  // json, review, html; empty: by --out, else review on a terminal, json elsewhere
  std::string out;
  bool no_ocr = false;
  bool short_form = false;
};

std::string format_of(const ReadCall& call) {
  if (!call.format.empty()) return call.format;
  if (call.out.ends_with(".html")) return "html";
  if (!call.out.empty()) return "json";
  return ::isatty(STDOUT_FILENO) != 0 ? "review" : "json";
}

// In a shell's words, so that the command can be copied.
std::string in_shell(const std::string& word) {
  constexpr const char* harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
  if (!word.empty() && word.find_first_not_of(harmless) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file) throw base::EnvironmentError(fmt::format("Die Datei {} kann nicht geschrieben werden.", path.string()));
}

// A draft that is there may hold a person's corrections.
bool would_overwrite(const fs::path& path, const std::string& text) {
  std::ifstream file(path, std::ios::binary);
  return file && std::string(std::istreambuf_iterator<char>(file), {}) != text;
}

// Where each file's result goes; empty: standard output.
std::vector<fs::path> destinations(const ReadCall& call, const std::string& ending) {
  if (call.out.empty()) return std::vector<fs::path>(call.files.size());
  const bool folder = fs::is_directory(call.out) || call.out.ends_with('/') || call.files.size() > 1;
  if (!folder) return {call.out};
  std::multiset<std::string> stems;
  for (const auto& file : call.files) stems.insert(fs::path(file).stem().string());
  std::vector<fs::path> all;
  for (const fs::path file : call.files) all.push_back(fs::path(call.out) / ((stems.count(file.stem().string()) > 1 ? file.filename() : file.stem()).string() + ending));
  return all;
}

std::string result(const app::PaperRead& read, const ReadCall& call, const std::string& file, const Session& session) {
  const auto format = format_of(call);
  if (format == "json") return read.draft;
  const auto draft = in_shell(fs::path(file).stem().string() + ".json");
  const auto next = fmt::format("zielwerk agreement read {} --out={}, nach der Durchsicht zielwerk agreement confirm {} --as=NAME", in_shell(file), draft, draft);
  const report::Review review{read.document, read.reading, read.findings, read.obstacles, next};
  return format == "html" ? report::review_page(review) : report::review_text(review, session.style(), call.short_form);
}

void read_one(Session& session, const app::Workspace& workspace, const ReadCall& call, const std::string& file, const fs::path& out) {
  const auto read = app::read_paper(workspace, file, {.ocr = !call.no_ocr});
  if (!read) return session.fail(read.error());
  const auto text = result(*read, call, file, session);
  if (out.empty()) {
    std::cout << text;
    return;
  }
  if (fs::exists(out) && fs::equivalent(out, file)) return session.fail(base::Problem{"file_exists", "Das Papier selbst wird nicht überschrieben; bitte einen anderen Namen angeben.", out.string()}, WrongCall);
  if (format_of(call) == "json" && would_overwrite(out, text)) {
    return session.fail(base::Problem{"file_exists", "Den Entwurf gibt es schon, vielleicht mit Ihren Korrekturen; er wird nicht überschrieben. Bitte einen anderen Namen angeben oder ihn löschen.", out.string()});
  }
  write(out, text);
  std::cerr << fmt::format("{}: {} offene Punkte. Geschrieben: {}\n", base::printable(file), read->reading.open_points.size(), base::printable(out.string()));
}

void read(Session& session, const ReadCall& call) {
  const auto format = format_of(call);
  if (call.files.size() > 1 && format != "review" && call.out.empty()) {
    return session.fail(base::Problem{"out_missing", fmt::format("{} Dateien ergeben {} Entwürfe; --out=ORDNER sagt, wohin sie geschrieben werden.", call.files.size(), call.files.size()), ""}, WrongCall);
  }
  const auto all = destinations(call, format == "html" ? ".html" : format == "review" ? ".review.txt" : ".json");
  if (!all.front().empty() && all.front().has_parent_path() && (call.files.size() > 1 || call.out.ends_with('/'))) fs::create_directories(call.out);
  const auto workspace = session.open_or_empty();
  for (std::size_t i = 0; i < call.files.size(); ++i) {
    if (i > 0 && all[i].empty()) std::cout << "\n";
    try {
      read_one(session, workspace, call, call.files[i], all[i]);
    } catch (const base::EnvironmentError& error) {  // the other files are read all the same
      if (call.files.size() == 1) throw;
      session.fail(base::Problem{"file_unreadable", error.what(), call.files[i]}, Environment);
    }
  }
}

report::Table correction_table(const std::string& title) {
  report::Table table;
  table.title = title;
  table.columns = {{"feld", "Feld"}, {"gelesen", "Gelesen"}, {"bestaetigt", "Bestätigt"}};
  return table;
}

std::vector<report::Cell> correction_row(const domain::Correction& one) {
  const auto shown = [](const std::string& value) { return report::Cell{value.empty() ? "–" : value, value, {}}; };
  return {{one.path, {}, {}}, shown(one.read), shown(one.corrected)};
}

void confirm(Session& session, const std::string& draft, const app::Confirming& confirming) {
  if (base::trim(confirming.by).empty()) return session.fail(base::Problem{"name_missing", "Es fehlt, wer bestätigt; erwartet ist --as=NAME.", "--as"}, WrongCall);
  auto workspace = session.open();
  const auto confirmed = app::confirm_agreement(workspace, draft, confirming);
  if (!confirmed) {
    const auto& code = confirmed.error().front().code;
    return session.fail(confirmed.error(), code == "jobcenter_unknown" || code == "why_missing" ? WrongCall : WithProblems);
  }
  const auto& [id, version, known, remark] = confirmed->agreement;
  report::Table table;
  table.columns = {{"id", "Vereinbarung"}, {"fassung", "Fassung", report::Align::Decimal}, {"aenderungen", "Änderungen", report::Align::Decimal}, {"ergebnis", "Ergebnis"}};
  const char* outcome = known ? "schon bekannt, nichts geändert" : confirming.dry_run ? "Probe: nichts abgelegt" : "bestätigt und übernommen";
  table.rows = {{{id, {}, {}}, {std::to_string(version), {}, {}}, {std::to_string(confirmed->corrections.size()), {}, {}}, {outcome, {}, {}}}};
  session.print(table);
  if (!remark.empty()) std::cerr << "Hinweis: " << remark << "\n";
  if (session.format != "table" || confirmed->corrections.empty()) return;
  auto changes = correction_table("Änderungen gegenüber dem Gelesenen");
  for (const auto& one : confirmed->corrections) changes.rows.push_back(correction_row(one));
  std::cout << "\n";
  session.print(changes);
}

void corrections(Session& session, const std::string& id) {
  const auto workspace = session.open();
  const auto agreement = app::find_agreement(workspace, id);
  if (!agreement) return session.fail(agreement.error(), WrongCall);
  auto table = correction_table("Änderungen vor der Bestätigung · " + id);
  table.columns.insert(table.columns.begin(), {"fassung", "Fassung", report::Align::Decimal});
  table.columns.insert(table.columns.end(), {{"wer", "Wer"}, {"warum", "Warum"}, {"wann", "Wann"}});
  for (const auto& stored : workspace.store().versions(id)) {
    if (!stored.confirmation) continue;
    for (const auto& one : stored.confirmation->corrections) {
      auto row = correction_row(one);
      row.insert(row.begin(), report::Cell{std::to_string(stored.version), {}, {}});
      row.insert(row.end(), {{stored.confirmation->by, {}, {}}, {stored.confirmation->why, {}, {}}, {stored.recorded_at.substr(0, 10), stored.recorded_at, {}}});
      table.rows.push_back(std::move(row));
    }
  }
  if (table.rows.empty()) table.notes.push_back("Keine Änderungen.");
  session.print(table);
}

std::string known_format(const std::string& word) {
  return word == "json" || word == "review" || word == "html" ? std::string() : fmt::format("„{}“ gibt es nicht; erwartet ist json, review oder html", word);
}

void add_read(CLI::App& agreement, Session& session) {
  auto* command_read = command(agreement, "read", "Liest das Papier einer Vereinbarung (TXT, MD, HTML, DOCX, PDF) zu einem Entwurf", "zielwerk agreement read vereinbarung.pdf --format=review");
  auto call = std::make_shared<ReadCall>();
  command_read->add_option("DATEI", call->files, "eine oder mehrere Dateien")->required();
  command_read->add_option("--format", call->format, "json (Entwurf), review (Durchsicht) oder html (Durchsicht im Browser); Vorgabe: review am Bildschirm, sonst json")
      ->check(known_format)
      ->type_name("FORM")
      ->group("Optionen");
  command_read->add_option("--out", call->out, "Datei; bei mehreren Dateien ein Ordner")->type_name("DATEI")->group("Optionen");
  command_read->add_flag("--short", call->short_form, "Durchsicht ohne Text, eine Zeile je Ziel")->group("Optionen");
  command_read->add_flag("--no-ocr", call->no_ocr, "gescannte Seiten nicht erkennen")->group("Optionen");
  command_read->callback([&session, call] { read(session, *call); });
}

}  // namespace

void add_reading_commands(CLI::App& app, Session& session) {
  auto* agreement = app.get_subcommand("agreement");
  add_read(*agreement, session);

  auto* take = command(*agreement, "confirm", "Bestätigt einen durchgesehenen Entwurf: erst damit wird er eine Vereinbarung", "zielwerk agreement confirm entwurf.json --as='A. Muster'");
  auto draft = std::make_shared<std::string>();
  auto confirming = std::make_shared<app::Confirming>();
  auto traeger = std::make_shared<std::string>();
  take->add_option("ENTWURF", *draft, "Entwurf (JSON) von „agreement read“, auch von Hand korrigiert")->required();
  take->add_option("--as", confirming->by, "wer bestätigt")->required()->type_name("NAME")->group("Optionen");
  take->add_option("--why", confirming->why, "warum geändert wurde; nötig, wenn der Entwurf korrigiert ist")->type_name("TEXT")->group("Optionen");
  take->add_option("--traeger", *traeger, "Trägernummer, wenn sie aus dem Namen nicht eindeutig folgt")->type_name("NNNNN")->group("Optionen");
  take->add_flag("--dry-run", confirming->dry_run, "nur zeigen, was geschähe")->group("Optionen");
  with_format(*take, session);
  take->callback([&session, draft, confirming, traeger] {
    if (!traeger->empty()) confirming->traeger = *traeger;
    confirm(session, *draft, *confirming);
  });

  auto* changes = command(*agreement, "corrections", "Zeigt, was vor der Bestätigung geändert wurde, von wem und warum", "zielwerk agreement corrections 33148-2021");
  auto id = std::make_shared<std::string>();
  changes->add_option("VEREINBARUNG", *id, "z. B. 33148-2021")->required();
  with_format(*changes, session);
  changes->callback([&session, id] { corrections(session, *id); });
}

}  // namespace zielwerk::cli
