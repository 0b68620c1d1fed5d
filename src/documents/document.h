// Papers as people hand them over (TXT, Markdown, HTML, DOCX, PDF with or without a text layer) as one kind of text. Everything but plain
// text becomes a small Markdown: "# " headings, "- " list items, "| a | b |" rows of tables with a "|--|" line under the head, "**bold**",
// blank lines between blocks (blocks.h says the rest). Numbers of lists stand as printed ("§ 2", "a)"), tabulators of DOCX stay, footnotes
// are paragraphs "[Fußnote 1] …" and their mark is ¹, columns and signatures side by side follow each other. A block ends with its page;
// running heads and page numbers stay. Foreign formats are parsed in confined children (decision 0013), each step in at most 8 s; scans
// take seconds a page and at most 4 minutes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/problem.h"

namespace zielwerk::documents {

struct Document {
  std::string name;    // file name without folders
  std::string sha256;  // of the file's bytes
  std::uint64_t bytes = 0;
  std::string media;   // text/plain, text/markdown, text/html, application/pdf, application/vnd.openxmlformats-officedocument.wordprocessingml.document
  // UTF-8. Of TXT and Markdown the file's own characters (BOM, CRLF, soft hyphens and all; CP1252 is decoded); of the others the small
  // Markdown above. Evidence counts code points of this text.
  std::string text;
  bool text_is_file = true;             // false: `text` was derived from another format
  std::vector<std::size_t> pages;       // byte offset in `text` of the first character of each page; empty: no pages known
  std::vector<std::string> layout;      // text: bom, crlf, markdown_tables, _headings, _bold; others: tables, columns, headings, ocr
  std::vector<std::string> remarks;     // German sentences a reader must know: "Seite 3 hat keinen Text." …
};

struct OpenOptions {
  bool ocr = true;  // scanned pages through Tesseract if it is installed
};

// Throws base::EnvironmentError if the file cannot be read. Problems (German, complete): file_empty, file_too_large, format_unknown,
// document_damaged, document_encrypted, document_without_text, document_too_large, document_timeout, ocr_missing, encoding_invalid.
base::Result<Document> open_document(const std::filesystem::path& file, const OpenOptions& options = {});

}  // namespace zielwerk::documents
