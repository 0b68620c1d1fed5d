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

// In the order given. Problems: format_unfit (XLSX of a paper without tables), pdf_unavailable (node or Typst is not installed; says how to),
// pdf_failed. EnvironmentError as documents::run_program.
base::Result<std::vector<std::string>> render(std::span<const Paper> papers, Format format);

// One form each.
std::string as_json(const Paper& paper);  // {"sha256": …, "unterlage": …}: what is attached to the PDF, too
std::string as_html(const Paper& paper);  // one page without script
std::string as_docx(const Paper& paper);  // charts as their tables
std::string as_xlsx(const Paper& paper);  // a sheet for each table
base::Result<std::vector<std::string>> as_pdf(std::span<const Paper> papers);  // PDF/UA-1 by Typst, all in one child process

}  // namespace zielwerk::papers
