#include "papers/render.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "report/json_text.h"

namespace zielwerk::papers {
namespace {

bool has_tables(const Paper& paper) {
  return std::any_of(paper.blocks.begin(), paper.blocks.end(), [](const Block& block) { return std::holds_alternative<Table>(block) || std::holds_alternative<Chart>(block); });
}

}  // namespace

std::optional<Format> parse_format(std::string_view word) {
  for (const auto format : {Format::Pdf, Format::Docx, Format::Xlsx, Format::Html, Format::Json}) {
    if (text(format) == word) return format;
  }
  return std::nullopt;
}

std::string text(Format format) {
  switch (format) {
    case Format::Pdf: return "pdf";
    case Format::Docx: return "docx";
    case Format::Xlsx: return "xlsx";
    case Format::Html: return "html";
    case Format::Json: return "json";
  }
  return {};
}

std::string as_json(const Paper& paper) {
  boost::json::object file;
  file["sha256"] = content_hash(paper);
  file["unterlage"] = to_json(paper);
  return report::json_text(file);
}

base::Result<Rendered> render(std::span<const Paper> papers, Format format) {
  if (format == Format::Pdf) return as_pdf(papers);
  Rendered all;
  if (format == Format::Docx) {
    for (auto& one : as_docx(papers)) all.emplace_back(std::move(one));
    return all;
  }
  for (const auto& paper : papers) {
    if (format == Format::Xlsx && !has_tables(paper)) {
      all.emplace_back(base::problem("format_unfit", fmt::format("„{}“ hat keine Tabellen; als Excel-Mappe gibt es nur Unterlagen mit Tabellen. Möglich sind pdf, docx, html und json.", paper.title)));
      continue;
    }
    all.emplace_back(format == Format::Xlsx ? as_xlsx(paper) : format == Format::Html ? as_html(paper) : as_json(paper));
  }
  return all;
}

}  // namespace zielwerk::papers
