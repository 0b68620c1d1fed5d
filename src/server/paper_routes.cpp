// Documents of an agreement, made when they are asked for.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/papers.h"
#include "base/text.h"
#include "papers/render.h"
#include "server/handlers.h"

namespace zielwerk::server {

namespace json = boost::json;

namespace {

const char* media_type(papers::Format format) {
  switch (format) {
    case papers::Format::Pdf: return "application/pdf";
    case papers::Format::Docx: return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case papers::Format::Xlsx: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case papers::Format::Html: return "text/html; charset=utf-8";
    case papers::Format::Json: return "application/json";
  }
  return "";
}

}  // namespace

Response list_papers(Call&) {
  json::array all;
  for (const auto& one : papers::kinds()) all.push_back({{"name", one.name}, {"titel", one.title}, {"zweck", one.purpose}});
  return json_response({{"unterlagen", std::move(all)}});
}

Response paper_of_agreement(Call& call) {
  const auto format = papers::parse_format(call.query("format").empty() ? "pdf" : call.query("format"));
  if (!format) return problem_response(422, "format_invalid", "format ist pdf, docx, xlsx, html oder json.");
  const auto month = base::Month::parse(call.query("month"));
  if (!month && !call.query("month").empty()) return problem_response(422, "month_invalid", fmt::format("{} ist kein Monat; erwartet ist JJJJ-MM.", base::quoted(call.query("month"))));
  const auto paper = app::make_paper(call.workspace, call.path.at("id"), {call.path.at("name"), month, {}});
  if (!paper) return problem_response(status_of(paper.error().front()), paper.error());
  auto rendered = papers::render(std::span(&*paper, 1), *format);
  if (!rendered) return problem_response(503, {rendered.error()});
  auto& bytes = rendered->front();
  if (!bytes) return problem_response(422, {bytes.error()});
  Response response;
  response.type = media_type(*format);
  response.body = std::move(*bytes);
  response.headers.emplace_back("Content-Disposition", attachment(papers::file_stem(*paper) + "." + papers::text(*format)));
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return response;
}

}  // namespace zielwerk::server
