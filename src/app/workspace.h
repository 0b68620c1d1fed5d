// What a use case works with: the store, and the words it may use. The clock is handed in, so that no rule can look at it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "indicators/catalogue.h"
#include "store/store.h"

namespace zielwerk::app {

using Clock = std::function<std::string()>;  // UTC, ISO 8601
std::string days_later(const std::string& moment, int days);  // such moments sort as texts

// What declarations add together. They may build on each other in any order; the problems are those of the files that do not fit.
struct Declarations {
  domain::Vocabulary vocabulary;
  indicators::Declared figures;
  base::Problems problems;
};
Declarations together(std::vector<store::StoredDeclaration> declarations);

class Workspace {
 public:
  // `actor` is who the record of changes names: an account, or whoever calls the program on the console.
  Workspace(std::unique_ptr<store::Store> store, Clock clock, std::string actor);

  const store::Store& store() const { return *store_; }  // to read; what changes goes through commit()
  const domain::Directory& directory() const { return domain::official_directory(); }
  const domain::Vocabulary& vocabulary() const { return vocabulary_; }
  const indicators::Declared& declared() const { return declared_; }
  std::string now() const { return clock_(); }
  const std::string& actor() const { return actor_; }
  void act_as(std::string actor) { actor_ = std::move(actor); }
  void declarations_changed();  // reads the store's declarations anew
  void look_again();            // does so if the store was changed since, by whomever

  // The one way to change the store: what `work` does and its entry in the audit chain happen together, or nothing does. Without an entry
  // (a dry run, a file that was known already) nothing may have changed.
  struct Change {
    std::string action;  // lieferung.uebernehmen …
    std::string object;
    std::string detail;
  };
  void commit(const std::function<std::optional<Change>(store::Store&)>& work);
  // Verdicts are computed, not decided: the same facts give the same ones. They are kept beside the chain.
  void record(std::span<const store::StoredVerdict> verdicts) { store_->keep(verdicts); }

 private:
  std::unique_ptr<store::Store> store_;
  Clock clock_;
  std::string actor_;
  std::uint64_t seen_ = 0;
  domain::Vocabulary vocabulary_;
  indicators::Declared declared_;
};

}  // namespace zielwerk::app
