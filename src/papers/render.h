// From the value to bytes. Every renderer takes any paper; none knows one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "papers/paper.h"

namespace zielwerk::papers {

enum class Format { Pdf, Docx, Xlsx, Html, Json };
std::optional<Format> parse_format(std::string_view word);  // pdf, docx, xlsx, html, json
std::string text(Format format);

// Each paper in the order given; one that fails does not keep the others: format_unfit (XLSX of a paper without tables), pdf_failed. Problem of
// all: pdf_unavailable (node or Typst is not installed; says how to). EnvironmentError as documents::run_program.
using Rendered = std::vector<base::Result<std::string>>;
base::Result<Rendered> render(std::span<const Paper> papers, Format format);

// One form each.
std::string as_json(const Paper& paper);  // {"sha256": …, "unterlage": …}: what is attached to the PDF, too
std::string as_html(const Paper& paper);  // one page without script
// Charts as pictures with their tables; where none can be made (node or resvg is not installed), as their tables.
std::vector<std::string> as_docx(std::span<const Paper> papers);
std::string as_xlsx(const Paper& paper);  // a sheet for each table
base::Result<Rendered> as_pdf(std::span<const Paper> papers);  // PDF/UA-1 by Typst, all in one child process

}  // namespace zielwerk::papers
