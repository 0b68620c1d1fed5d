// From a paper to an agreement: read it to a draft, confirm what a person looked through.
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/reading.h"
#include "base/text.h"
#include "server/chosen.h"
#include "server/child.h"
#include "server/handlers.h"
#include "server/upload.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds longest_reading{270};  // a scan of many pages

// "papier.pdf: Die Datei ist leer. [file_empty]" as the console says it.
base::Problems said(const std::string& errors) {
  base::Problems problems;
  for (const auto& line : base::split(errors, '\n')) {
    const auto open = line.rfind(" [");
    if (open == std::string::npos || !line.ends_with(']')) continue;
    problems.push_back({line.substr(open + 2, line.size() - open - 3), line.substr(0, open), ""});
  }
  return problems;
}

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// "33148-2021", "NI-2020", "DE-2020"
bool covers(const Call& call, const std::string& id) {
  const auto whose = id.substr(0, id.find('-'));
  const auto number = domain::ProviderNumber::parse(whose);
  return number ? call.scope.covers(*number, call.workspace.directory()) : call.scope.covers_land(whose);
}

}  // namespace

Response read_draft(Call& call) {
  const auto name = call.query("name");
  if (!valid_file_name(name, {".pdf", ".docx", ".txt", ".md", ".html", ".htm"})) {
    return problem_response(422, "file_name_invalid", "name ist der Name der Datei ohne Ordner, mit der Endung .pdf, .docx, .txt, .md oder .html.");
  }
  if (call.request.header("content-type") != "application/octet-stream") return problem_response(415, "content_type", "Erwartet ist application/octet-stream.");
  const Upload upload(name, call.request.body);
  const auto draft = upload.file().parent_path() / "entwurf" / "entwurf.json";
  std::filesystem::create_directory(draft.parent_path());
  const auto child = run_child({"--store=" + call.shared.config.store, "agreement", "read", upload.file().string(), "--out=" + draft.string()}, longest_reading);
  if (!child.in_time) return problem_response(422, "document_timeout", fmt::format("{}: Das Lesen dauerte zu lange und wurde abgebrochen.", name));
  const auto text = content(draft);
  if (text.empty()) {
    auto problems = said(child.errors);
    if (problems.empty()) throw base::EnvironmentError(fmt::format("{}: Das Lesen ist abgebrochen.", name));
    return failed(problems);
  }
  Response response;
  response.body = text;
  return response;
}

Response confirm_draft(Call& call) {
  if (call.request.header("content-type") != "application/json") return problem_response(415, "content_type", "Erwartet ist application/json.");
  if (call.query("why").size() > 2000) return problem_response(422, "why_invalid", "why hat höchstens 2000 Zeichen.");
  const auto check = call.query("check");
  if (!check.empty() && check != "true" && check != "false") return problem_response(422, "check_invalid", "check ist true oder false.");
  const Upload upload("entwurf.json", call.request.body);
  app::Confirming confirming{call.account->person, call.query("why"), {}, true};
  if (const auto traeger = call.query("traeger"); !traeger.empty()) confirming.traeger = traeger;
  // Whose agreement it is, is known once it is read.
  auto confirmed = app::confirm_agreement(call.workspace, upload.file(), confirming);
  if (!confirmed) return failed(confirmed.error());
  if (!covers(call, confirmed->agreement.id)) return problem_response(403, "scope_missing", "Diese Vereinbarung liegt außerhalb der eigenen Zuständigkeit.");
  if (check != "true") {
    confirming.dry_run = false;
    confirmed = app::confirm_agreement(call.workspace, upload.file(), confirming);
    if (!confirmed) return failed(confirmed.error());
  }
  json::array corrections;
  for (const auto& one : confirmed->corrections) corrections.push_back({{"feld", one.path}, {"gelesen", one.read}, {"bestaetigt", one.corrected}});
  const bool fresh = !confirmed->dry_run && !confirmed->agreement.already_known;
  return json_response({{"agreement", confirmed->agreement.id},
                        {"fassung", confirmed->agreement.version},
                        {"bekannt", confirmed->agreement.already_known},
                        {"probe", confirmed->dry_run},
                        {"hinweis", confirmed->agreement.remark},
                        {"korrekturen", std::move(corrections)}},
                       fresh ? 201 : 200);
}

}  // namespace zielwerk::server
