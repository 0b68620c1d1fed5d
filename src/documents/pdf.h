// PDF through poppler's programs, scanned pages through Tesseract, each in a confined child that gets the bytes on its standard input.
#pragma once

#include <string_view>
#include <vector>

#include "base/problem.h"
#include "documents/page_layout.h"

namespace zielwerk::documents {

struct PdfWords {
  std::vector<Page> pages;
  bool recognised = false;           // at least one page through Tesseract
  std::vector<std::string> remarks;  // German: pages without text, pages read by Tesseract
};

// Problems document_damaged, document_encrypted, document_without_text, document_too_large, document_timeout, ocr_missing.
// Throws base::EnvironmentError if pdftotext is not installed.
base::Result<PdfWords> read_pdf(std::string_view bytes, bool ocr);

}  // namespace zielwerk::documents
