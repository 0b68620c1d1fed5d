// A draft against the text it was read from: do its quotes stand where they say, and where does it differ from what was read.
#pragma once

#include <vector>

#include <boost/json/value.hpp>

#include "documents/document.h"
#include "domain/agreement.h"
#include "intake/json_schema.h"

namespace zielwerk::app {

// The paper as the draft keeps it (document.text …). Problems: draft_expected, document_changed.
base::Result<documents::Document> paper_of(const intake::JsonDocument& draft);

// evidence_broken for each quote that is not the text at its place; says where it stands, if it stands anywhere.
base::Problems check_evidence(const intake::JsonDocument& draft, std::string_view text);

// Every difference, entries of lists by their id. Numbers are compared by value.
std::vector<domain::Correction> corrections(const boost::json::value& read, const boost::json::value& corrected);

}  // namespace zielwerk::app
