// DOCX (WordprocessingML) as a person reads it: headings by style, numbers of lists as printed, tables, line breaks and tabs, text boxes;
// footnotes behind the block that refers to them as paragraphs "[Fußnote 1] …", the place of reference as ¹. Left out: headers and
// footers, deleted revisions, hidden text, comments. Runs inside a confined child.
#pragma once

#include <string>

#include "base/problem.h"
#include "documents/blocks.h"

namespace zielwerk::documents {

// Problems document_damaged, document_too_large, format_unknown (a ZIP file, but no DOCX).
base::Result<Reading> read_docx(std::string bytes);

}  // namespace zielwerk::documents
