// What people are still working on, and the papers agreements were signed on. A part of store::Store: within at_once() it happens with the
// rest or not at all. Nothing here is changed or deleted; drafts end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/draft.h"

namespace zielwerk::store {

// The text of a signed paper, known by the checksum of its file (exchange format: document.sha256).
struct StoredPaper {
  std::string sha256;
  std::string name;
  std::string text;
  std::string recorded_at;
};

class DraftStore {
 public:
  virtual ~DraftStore() = default;

  virtual void keep(const domain::StoredDraft& draft) = 0;  // a new one with its first version
  // AlreadyKept if this version is there, or the draft has ended: somebody was quicker.
  virtual void keep(const std::string& draft, const domain::DraftVersion& version) = 0;
  virtual void keep(const std::string& draft, const domain::DraftShare& share) = 0;
  virtual void keep(const std::string& draft, const domain::DraftComment& comment) = 0;  // AlreadyKept likewise
  virtual void keep(const std::string& draft, const domain::DraftEnd& end) = 0;          // AlreadyKept likewise
  virtual std::optional<domain::StoredDraft> find(const std::string& id) const = 0;
  // All, by id, without document, comments, and what the versions hold and changed.
  virtual std::vector<domain::StoredDraft> heads() const = 0;

  virtual void keep(const StoredPaper& paper) = 0;  // one that is there stays
  virtual std::optional<StoredPaper> paper(const std::string& sha256) const = 0;
};

}  // namespace zielwerk::store
