// Use cases from a paper to an agreement that holds: read it, and confirm what was read.
#pragma once

#include <filesystem>
#include <optional>

#include "app/agreements.h"
#include "documents/document.h"
#include "reader/reader.h"

namespace zielwerk::app {

// A paper as the program understands it; nothing is kept.
struct PaperRead {
  documents::Document document;
  reader::Reading reading;
  std::string draft;                          // exchange JSON with document.text and document.reading, as people get it
  std::vector<evaluation::Finding> findings;  // of the plausibility check
  base::Problems obstacles;                   // why the draft is no agreement yet: each is to be mended by hand before it can be confirmed
};

// Problems of documents::open_document and reader::read.
base::Result<PaperRead> read_paper(const Workspace& workspace, const std::filesystem::path& file, const documents::OpenOptions& options);

// Exchange JSON (by its first character), not a paper.
bool is_exchange_file(const std::filesystem::path& file);

struct Confirming {
  std::string by;
  std::string why;  // needed where the draft was corrected
  std::optional<std::string> traeger;
  bool dry_run = false;
};

struct Confirmed {
  ImportedAgreement agreement;
  std::vector<domain::Correction> corrections;  // of this draft, also where it is already known
  bool dry_run = false;
};

// Takes a draft, perhaps corrected by a person, as an agreement. Its text is read again: where the draft differs, a person corrected it,
// and the correction is kept. Problems, all at once: those of intake::read_agreement and take_agreement, draft_expected (no text in it),
// document_changed (the text is not the paper's), evidence_broken (a quote does not stand where it says), rules_changed (the draft differs from what other rules
// read today), why_missing.
base::Checked<Confirmed> confirm_agreement(Workspace& workspace, const std::filesystem::path& draft, const Confirming& confirming);

}  // namespace zielwerk::app
