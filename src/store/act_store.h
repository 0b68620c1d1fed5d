// The steering files of the agreements: acts and annexes. A part of store::Store: within at_once() it happens with the rest or not at all.
// Nothing here is changed or deleted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/act.h"

namespace zielwerk::store {

class ActStore {
 public:
  virtual ~ActStore() = default;

  // AlreadyKept unless its number is the next one of its agreement and room: somebody was quicker.
  virtual void keep(const domain::Act& act) = 0;
  virtual std::vector<domain::Act> acts(const std::string& agreement, const std::string& room) const = 0;  // by number
  virtual std::vector<std::string> agreements() const = 0;  // that have acts, sorted; no answer to a person as it stands: own rooms are among them

  virtual void keep(const domain::StoredFile& file) = 0;  // one that is there stays
  virtual std::optional<domain::StoredFile> file(const std::string& sha256) const = 0;
  virtual std::vector<std::string> files() const = 0;  // checksums of all, sorted; for the upkeep as well
};

}  // namespace zielwerk::store
