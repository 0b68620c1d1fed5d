#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "app/papers.h"
#include "base/text.h"
#include "casework/whole_file.h"
#include "cli/session.h"
#include "papers/render.h"

namespace zielwerk::cli {
namespace {

using papers::Format;
using papers::Paper;

struct Call {
  std::string name;
  std::string agreement;
  std::string month;
  std::string waiting;
  std::string format;
  std::string out;
  std::string land;
  std::string out_dir;
  int until_act = 0;
};

// A file is there whole or not at all; a device or a pipe takes what it is given.
void write(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    std::ofstream stream(path, std::ios::binary);
    stream << bytes << std::flush;
    if (!stream) throw base::EnvironmentError(fmt::format("{} nimmt die Unterlage nicht an; vielleicht ist kein Platz mehr.", path.string()));
    return;
  }
  casework::WholeFile file(path);
  file.write(bytes);
  file.commit(false);
}

void report_of_land(Session& session, const Call& call, const app::PaperRequest& request, Format format) {
  if (call.out_dir.empty()) return session.fail(base::Problem{"out_dir_missing", "Für ein ganzes Land entstehen viele Dateien; erwartet ist --out-dir=ORDNER.", "--land"}, WrongCall);
  auto workspace = session.open();
  const auto made = app::make_papers(workspace, call.land, request);
  if (!made) return session.fail(made.error(), WithProblems);
  if (!made->refused.empty()) session.fail(made->refused);
  std::filesystem::create_directories(call.out_dir);
  const auto rendered = papers::render(made->papers, format);
  if (!rendered) return session.fail(rendered.error(), Environment);
  base::Problems failed;
  std::size_t written = 0;
  for (std::size_t i = 0; i < made->papers.size(); ++i) {
    const auto& bytes = (*rendered)[i];
    if (!bytes) {
      failed.push_back(bytes.error());
      failed.back().where = papers::file_stem(made->papers[i]);
      continue;
    }
    write(std::filesystem::path(call.out_dir) / (papers::file_stem(made->papers[i]) + "." + text(format)), *bytes);
    ++written;
  }
  if (!failed.empty()) session.fail(failed);
  session.say(fmt::format("{} {} nach {} geschrieben.", written, written == 1 ? "Unterlage" : "Unterlagen", call.out_dir));
}

void report(Session& session, const Call& call) {
  const auto named = call.format.empty() && !call.out.empty() ? std::filesystem::path(call.out).extension().string() : "." + (call.format.empty() ? "json" : call.format);
  const auto format = papers::parse_format(named.empty() ? named : named.substr(1));
  if (!format) return session.fail(base::Problem{"format_invalid", fmt::format("{} ist keine Form; erwartet ist pdf, docx, xlsx, html oder json.", base::quoted(call.out)), "--out"}, WrongCall);
  app::PaperRequest request{call.name, base::Month::parse(call.month), {}};
  if (call.until_act > 0) request.until_act = call.until_act;
  if (!call.waiting.empty()) request.waiting = call.waiting[0] - '0';
  if (call.land.empty() == call.agreement.empty()) {
    return session.fail(base::Problem{"unit_missing", "Erwartet ist entweder eine VEREINBARUNG oder --land=XX.", ""}, WrongCall);
  }
  if (!call.land.empty()) return report_of_land(session, call, request, *format);
  auto workspace = session.open();
  const auto paper = app::make_paper(workspace, call.agreement, request);
  if (!paper) return session.fail(paper.error(), paper.error().front().code.ends_with("_unknown") ? WrongCall : WithProblems);
  const auto rendered = papers::render(std::span(&*paper, 1), *format);
  if (!rendered) return session.fail(rendered.error(), Environment);
  const auto& bytes = rendered->front();
  if (!bytes) return session.fail(bytes.error(), WithProblems);
  if (call.out.empty()) {
    std::cout << *bytes;
    return;
  }
  write(call.out, *bytes);
  session.say(fmt::format("Geschrieben: {} (Inhalt SHA-256 {})", call.out, content_hash(*paper)));
}

std::string known_paper(const std::string& name) {
  if (papers::kind(name)) return {};
  std::vector<std::string> names;
  for (const auto& one : papers::kinds()) names.emplace_back(one.name);
  return fmt::format("Eine Unterlage „{}“ gibt es nicht; erwartet ist {}", name, fmt::join(names, ", "));
}

std::string known_format(const std::string& word) {
  return papers::parse_format(word) ? std::string() : fmt::format("„{}“ gibt es nicht; erwartet ist pdf, docx, xlsx, html oder json", word);
}

}  // namespace

void add_paper_commands(CLI::App& app, Session& session) {
  auto* added = command(app, "report", "Macht Unterlagen: PDF, Word, Excel, HTML oder JSON", "zielwerk report dossier 33148-2021 --month=2021-06 --out=dossier.pdf\n  zielwerk report datapack --land=NI --month=2020-06 --format=pdf --out-dir=pakete");
  std::string names = "Welche Unterlage:";
  for (const auto& kind : papers::kinds()) names += fmt::format("\n{}: {}", kind.name, kind.purpose);
  auto call = std::make_shared<Call>();
  added->add_option("UNTERLAGE", call->name, names)->required()->check(known_paper);
  added->add_option("VEREINBARUNG", call->agreement, "Kennung der Vereinbarung; entfällt mit --land");
  month_option(*added, call->month, "--month", "Berichtsmonat (Vorgabe: der letzte lesbare)");
  waiting_option(*added, call->waiting);
  added->add_option("--until-act", call->until_act, "Die Steuerungsakte, wie sie mit diesem Vorgang stand (Vorgabe: wie sie steht)")->type_name("NUMMER")->group("Optionen");
  added->add_option("--format", call->format, "pdf, docx, xlsx, html oder json (Vorgabe: nach der Endung von --out, sonst json)")->check(known_format)->type_name("FORM")->group("Optionen");
  auto* out = added->add_option("--out", call->out, "Datei (Vorgabe: Standardausgabe)")->type_name("DATEI")->group("Optionen");
  added->add_option("--land", call->land, "Für alle Jobcenter eines Landes, z. B. NW")->type_name("LAND")->group("Optionen");
  added->add_option("--out-dir", call->out_dir, "Ordner für die Dateien eines Landes")->type_name("ORDNER")->excludes(out)->group("Optionen");
  added->callback([&session, call] { report(session, *call); });
}

}  // namespace zielwerk::cli
