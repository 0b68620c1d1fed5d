// What a use case works with: the store, and the words it may use. The clock is handed in, so that no rule can look at it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "indicators/catalogue.h"
#include "store/store.h"

namespace zielwerk::app {

using Clock = std::function<std::string()>;  // UTC, ISO 8601

// What declarations add together. They may build on each other in any order; the problems are those of the files that do not fit.
struct Declarations {
  domain::Vocabulary vocabulary;
  indicators::Declared figures;
  base::Problems problems;
};
Declarations together(std::vector<store::StoredDeclaration> declarations);

class Workspace {
 public:
  Workspace(std::unique_ptr<store::Store> store, Clock clock);

  store::Store& store() { return *store_; }
  const store::Store& store() const { return *store_; }
  const domain::Directory& directory() const { return domain::official_directory(); }
  const domain::Vocabulary& vocabulary() const { return vocabulary_; }
  const indicators::Declared& declared() const { return declared_; }
  std::string now() const { return clock_(); }
  void declarations_changed();  // reads the store's declarations anew

 private:
  std::unique_ptr<store::Store> store_;
  Clock clock_;
  domain::Vocabulary vocabulary_;
  indicators::Declared declared_;
};

}  // namespace zielwerk::app
