// The small Markdown (blocks.h) as a Word document that can be read aloud: headings are headings, lists are lists, the head row of a table
// is marked, title and language are set. The same Markdown gives the same bytes. Opened again, it gives the same blocks.
#pragma once

#include <string>
#include <string_view>

namespace zielwerk::documents {

// `title`: of the document; empty: its first heading. Control characters that XML forbids are dropped.
std::string write_docx(std::string_view markdown, std::string_view title = {});

}  // namespace zielwerk::documents
