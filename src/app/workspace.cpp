#include "app/workspace.h"

#include "intake/declaration.h"

namespace zielwerk::app {

Workspace::Workspace(std::unique_ptr<store::Store> store, Clock clock) : store_(std::move(store)), clock_(std::move(clock)) { declarations_changed(); }

void Workspace::declarations_changed() {
  vocabulary_ = {};
  declared_.clear();
  for (const auto& stored : store_->declarations()) {
    const auto declaration = intake::parse_declaration(stored.name, stored.document, vocabulary_);
    base::ensure(declaration.has_value(), "a stored declaration was valid when it was kept");
    for (const auto& measure : declaration->measures) vocabulary_.declare(measure);
    for (const auto& group : declaration->groups) vocabulary_.declare(group);
    declared_.insert(declared_.end(), declaration->figures.begin(), declaration->figures.end());
  }
}

}  // namespace zielwerk::app
