// The text of a paper beside what became of it: for drafts, and for agreements whose paper is kept.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "app/agreements.h"
#include "report/marked_text.h"

namespace zielwerk::app {

// Lines of the text with their marks: where the reader found something, and the evidence of everything else in `agreement`. `reading` is
// the draft's (document.reading); nullptr: there is none.
std::vector<report::MarkedLine> marked_paper(const std::string& text, const boost::json::object* reading, const boost::json::object& agreement);

// Of an agreement that was a draft its own text, else the paper kept beside it; nullopt: none.
std::optional<store::StoredPaper> paper_of_agreement(const Workspace& workspace, const domain::StoredAgreement& agreement);

// Keeps the paper an agreement was taken from. Problems: agreement_unknown, those of documents::open_document, paper_differs (another
// checksum than the agreement names), evidence_broken.
base::Checked<store::StoredPaper> keep_paper(Workspace& workspace, const std::string& id, const std::filesystem::path& file);

}  // namespace zielwerk::app
