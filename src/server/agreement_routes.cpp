// Agreements and drafts as papers: their text with its marks, side by side, and written down again.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/paper_text.h"
#include "base/text.h"
#include "documents/docx_writer.h"
#include "drafting/draft.h"
#include "report/json_text.h"
#include "server/chosen.h"
#include "server/draft_view.h"
#include "server/handlers.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

json::object document_of(const app::Agreement& agreement) { return json::parse(agreement.stored.document).as_object(); }
json::object document_of(const domain::StoredDraft& draft) { return app::draft_document(draft); }

// What it is compared with unless somebody chooses: the year before of the same Träger or Land.
std::string last_year(const std::string& whose, const json::object& document) {
  const auto& year = document.at("agreement").at("year").at("value");
  return year.is_int64() ? fmt::format("{}-{}", whose, year.get_int64() - 1) : "";
}

Response differences(const Call& call, const std::string& own, const std::string& whose, const json::object& document) {
  const auto wanted = call.query("with");
  const auto with = wanted.empty() ? last_year(whose, document) : wanted;
  const auto other = app::find_agreement(call.workspace, with);
  const bool visible = other && app::covers(call.scope, call.workspace, other->stored, other->terms);
  if (!visible && !wanted.empty()) return problem_response(404, "agreement_unknown", fmt::format("{} gibt es nicht, oder es liegt außerhalb der eigenen Zuständigkeit.", base::quoted(wanted)));
  if (!visible) return json_response({{"vorher", nullptr}, {"nachher", own}, {"unterschiede", json::array()}});
  return json_response({{"vorher", with}, {"nachher", own}, {"unterschiede", differences_view(drafting::diff(document_of(*other), document))}});
}

Response as_docx(const Call& call, const std::string& name, const json::object& document) {
  const auto wanted = call.query("template");
  const auto form = wanted.empty() ? drafting::usual_template(document) : drafting::parse_template(wanted);
  if (!form) return problem_response(422, "template_missing", wanted.empty() ? "Für Vereinbarungen dieser Art gibt es keine Vorlage." : "template ist nrw, niedersachsen, ge oder land.");
  const auto paper = drafting::draft(document, *form);
  if (!paper) return problem_response(422, paper.error());
  Response response;
  response.type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  response.body = documents::write_docx(*paper);
  response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}.docx\"", name));
  return response;
}

// Comparing and writing need a whole agreement.
std::optional<Response> incomplete(const json::object& document) {
  const auto parsed = intake::parse_agreement("Entwurf", report::json_text(document));
  return parsed ? std::nullopt : std::optional(problem_response(422, parsed.error()));
}

app::Agreement agreement_of(const Call& call) { return *app::find_agreement(call.workspace, call.path.at("id")); }
domain::StoredDraft draft_of(const Call& call) { return *app::find_draft(call.workspace, call.person(), call.path.at("id")); }

}  // namespace

Response text_of_agreement(Call& call) {
  const auto agreement = agreement_of(call);
  const auto paper = app::paper_of_agreement(call.workspace, agreement.stored);
  if (!paper) return problem_response(404, "paper_unknown", "Das Papier dieser Vereinbarung ist nicht abgelegt; „zielwerk agreement import DATEI --paper=PAPIER“ legt es ab.");
  const auto document = document_of(agreement);
  const auto* reading = document.at("document").as_object().if_contains("reading");
  return json_response({{"agreement", agreement.stored.id}, {"fassung", agreement.stored.version}, {"quelle", paper->name},
                        {"zeilen", lines_view(app::marked_paper(paper->text, reading ? &reading->as_object() : nullptr, document.at("agreement").as_object()))}});
}

Response differences_of_agreement(Call& call) {
  const auto agreement = agreement_of(call);
  return differences(call, agreement.stored.id, agreement.stored.id.substr(0, agreement.stored.id.find('-')), document_of(agreement));
}

Response agreement_as_docx(Call& call) {
  const auto agreement = agreement_of(call);
  return as_docx(call, agreement.stored.id, document_of(agreement));
}

Response document_of_draft(Call& call) {
  Response response;
  response.body = report::json_text(app::draft_document(draft_of(call)));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"entwurf.json\"");
  return response;
}

Response draft_as_docx(Call& call) {
  const auto document = document_of(draft_of(call));
  if (auto no = incomplete(document)) return std::move(*no);
  return as_docx(call, "entwurf", document);
}

Response differences_of_draft(Call& call) {
  const auto draft = draft_of(call);
  const auto document = document_of(draft);
  if (auto no = incomplete(document)) return std::move(*no);
  return differences(call, draft.id, draft.versions.back().whose, document);
}

}  // namespace zielwerk::server
