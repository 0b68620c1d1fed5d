// The agreement desk: a paper is read and kept as a draft, corrected, shared, confirmed.
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "server/body.h"
#include "server/child.h"
#include "server/chosen.h"
#include "server/draft_view.h"
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

domain::StoredDraft draft_of(const Call& call) { return *app::find_draft(call.workspace, call.person(), call.path.at("id")); }

// A change names the version it was made on; nullopt: it does not.
std::optional<int> version_of(const Request& request) {
  auto named = std::string(base::trim(request.header("if-match")));
  if (named.starts_with('"') && named.ends_with('"') && named.size() > 2) named = named.substr(1, named.size() - 2);
  const auto number = base::parse_decimal(named);
  return number && number->places == 0 && number->digits >= 1 && number->digits < 1'000'000 ? std::optional(static_cast<int>(number->digits)) : std::nullopt;
}

Response no_version() { return problem_response(428, "version_missing", "Es fehlt, auf welcher Fassung die Änderung beruht; erwartet ist If-Match: \"NUMMER\"."); }

// Nothing was overwritten: what others did since, and the draft as it is now.
Response outdated(const Call& call, const app::Edited& edited) {
  auto response = problem_response(412, "version_outdated", fmt::format("Inzwischen gibt es Fassung {}; Ihre Änderung ist nicht gespeichert. Bitte beide Werte ansehen und neu entscheiden.", edited.draft.versions.back().version));
  auto body = json::parse(response.body).as_object();
  body["fassung"] = edited.draft.versions.back().version;
  body["inzwischen"] = versions_view(call, edited.meanwhile);
  response.body = json::serialize(body);
  return response;
}

// A line of the paper; 0: none is named.
int line(Body& body, const char* name) {
  const auto number = base::parse_decimal(body.text(name, false));
  return number && number->places == 0 && number->digits > 0 && number->digits < 1'000'000 ? static_cast<int>(number->digits) : 0;
}

app::DraftEdit edit_of(Body& body, std::vector<Body>& parts) {
  app::DraftEdit edit;
  edit.why = body.text("grund");
  if (body.has("traeger")) edit.whose = body.text("traeger");
  else body.text("traeger", false);
  edit.settled = body.numbers("geklaert");
  edit.remove = body.texts("entfernen");
  for (auto& one : body.objects("felder")) {
    edit.fields.push_back({one.text("feld"), one.text_or_null("wert")});
    parts.push_back(std::move(one));
  }
  for (auto& one : body.objects("eintraege")) {
    app::NewEntry entry{one.text("liste"), {}, line(one, "zeile_von"), line(one, "zeile_bis")};
    for (auto& field : one.objects("felder")) {
      entry.fields.push_back({field.text("feld"), field.text_or_null("wert")});
      parts.push_back(std::move(field));
    }
    edit.entries.push_back(std::move(entry));
    parts.push_back(std::move(one));
  }
  for (auto& one : body.objects("ziele")) {
    edit.targets.push_back({one.text("messgroesse"), one.text("kennzahl", false), one.text("skala"), one.text("bedingung"), one.text("wert"), one.text("einheit"), one.text("bildung"), line(one, "zeile_von"), line(one, "zeile_bis"),
                            one.text("vergleich", false), one.text("vergleich_jahr", false), one.text("vergleich_monat", false), one.text("vergleich_wert", false)});
    parts.push_back(std::move(one));
  }
  return edit;
}

}  // namespace

Response list_drafts(Call& call) {
  json::array all;
  for (const auto& one : app::list_drafts(call.workspace, call.person())) all.emplace_back(draft_head(call, one));
  return json_response({{"entwuerfe", std::move(all)}});
}

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
  auto text = content(draft);
  if (text.empty()) {
    auto problems = said(child.errors);
    if (problems.empty()) throw base::EnvironmentError(fmt::format("{}: Das Lesen ist abgebrochen.", name));
    return failed(problems);
  }
  const auto traeger = call.query("traeger");
  const auto kept = app::keep_draft(call.workspace, call.person(), std::move(text), traeger.empty() ? std::nullopt : std::optional(traeger));
  if (!kept) return kept.error().code == "scope_missing" ? problem_response(403, {kept.error()}) : problem_response(422, {kept.error()});
  return json_response(draft_view(call, *kept), 201);
}

Response show_draft(Call& call) { return json_response(draft_view(call, draft_of(call))); }

Response edit_draft(Call& call) {
  Body body(call.request);
  std::vector<Body> parts;
  auto edit = edit_of(body, parts);
  if (auto no = body.unfit()) return std::move(*no);
  for (auto& part : parts) {
    if (auto no = part.unfit()) return std::move(*no);
  }
  const auto version = version_of(call.request);
  if (!version) return no_version();
  edit.version = *version;
  const auto edited = app::edit_draft(call.workspace, call.person(), call.path.at("id"), edit);
  if (!edited) return problem_response(edited.error().front().code == "draft_ended" ? 409 : 422, edited.error());
  if (!edited->meanwhile.empty()) return outdated(call, *edited);
  return json_response(draft_view(call, edited->draft));
}

Response drop_draft(Call& call) {
  const auto draft = draft_of(call);
  const auto dropped = app::drop_draft(call.workspace, call.person(), draft);
  return dropped ? json_response({{"status", "verworfen"}}) : problem_response(409, {dropped.error()});
}

Response share_draft(Call& call) {
  Body body(call.request);
  const auto with = body.text("seite");
  if (auto no = body.unfit()) return std::move(*no);
  const auto draft = draft_of(call);
  const auto share = app::share_draft(call.workspace, call.person(), draft, with);
  if (!share) return problem_response(share.error().code == "draft_ended" ? 409 : 422, {share.error()});
  return json_response({{"seite", with}, {"fassung", share->version}, {"wann", share->at}}, 201);
}

Response comment_draft(Call& call) {
  Body body(call.request);
  const auto field = body.text("feld", false);
  const auto words = body.text("text");
  const bool shared = body.flag("geteilt");
  if (auto no = body.unfit()) return std::move(*no);
  const auto draft = draft_of(call);
  const auto comment = app::comment_draft(call.workspace, call.person(), draft, field, words, shared);
  return comment ? json_response({{"nr", comment->number}, {"wann", comment->at}}, 201) : problem_response(422, {comment.error()});
}

Response confirm_draft(Call& call) {
  Body body(call.request);
  if (auto no = body.unfit()) return std::move(*no);
  const auto version = version_of(call.request);
  if (!version) return no_version();
  const auto draft = draft_of(call);
  const auto confirmed = app::confirm_draft(call.workspace, call.person(), draft, *version, call.shared.config.second_person);
  if (!confirmed) {
    const auto& code = confirmed.error().front().code;
    return problem_response(code == "version_outdated" ? 412 : code == "draft_ended" ? 409 : code == "not_a_party" || code == "second_person_needed" ? 403 : 422, confirmed.error());
  }
  return json_response({{"agreement", confirmed->id}, {"fassung", confirmed->version}, {"bekannt", confirmed->already_known}, {"hinweis", confirmed->remark}}, confirmed->already_known ? 200 : 201);
}

}  // namespace zielwerk::server
