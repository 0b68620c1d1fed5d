#include "app/workspace.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "app/audit.h"
#include "base/text.h"
#include "intake/declaration.h"

namespace zielwerk::app {

Declarations together(std::vector<store::StoredDeclaration> waiting) {
  Declarations all;
  base::Problems taken;
  // A file that needs another's measures waits until that one is in; when nobody gets in any more, the rest does not fit.
  for (bool progress = true; progress && !waiting.empty();) {
    progress = false;
    all.problems.clear();
    std::erase_if(waiting, [&](const store::StoredDeclaration& one) {
      const auto declaration = intake::parse_declaration(one.name, one.document, all.vocabulary);
      if (!declaration) {
        all.problems.insert(all.problems.end(), declaration.error().begin(), declaration.error().end());
        return false;
      }
      for (const auto& measure : declaration->measures) all.vocabulary.declare(measure);
      for (const auto& group : declaration->groups) all.vocabulary.declare(group);
      for (const auto& figure : declaration->figures) {
        if (std::any_of(all.figures.begin(), all.figures.end(), [&](const auto& known) { return known.code == figure.code; })) {
          taken.push_back({"code_taken", fmt::format("Die Kennzahl {} ist schon in einer anderen Datei erklärt.", base::quoted(figure.code)), one.name});
        }
        all.figures.push_back(figure);
      }
      progress = true;
      return true;
    });
  }
  all.problems.insert(all.problems.end(), taken.begin(), taken.end());
  return all;
}

std::string days_later(const std::string& moment, int days) {
  using namespace std::chrono;
  const auto number = [&](std::size_t from, std::size_t count) { return std::stoi(moment.substr(from, count)); };
  const year_month_day date{sys_days(year(number(0, 4)) / number(5, 2) / number(8, 2)) + std::chrono::days(days)};
  return fmt::format("{:04}-{:02}-{:02}{}", int(date.year()), unsigned(date.month()), unsigned(date.day()), moment.substr(10));
}

Workspace::Workspace(std::unique_ptr<store::Store> store, Clock clock, std::string actor)
    : store_(std::move(store)), clock_(std::move(clock)), actor_(std::move(actor)) {
  declarations_changed();
}

void Workspace::commit(const std::function<std::optional<Change>(store::Store&)>& work) {
  store_->at_once([&] {
    const auto change = work(*store_);
    if (change) store_->append(next_entry(store_->audit_head(), now(), actor_, *change));
  });
}

void Workspace::look_again() {
  if (store_->state() != seen_) declarations_changed();
}

void Workspace::declarations_changed() {
  seen_ = store_->state();
  auto declarations = together(store_->declarations());
  base::ensure(declarations.problems.empty(), "the stored declarations fitted together when they were kept");
  vocabulary_ = std::move(declarations.vocabulary);
  declared_ = std::move(declarations.figures);
}

}  // namespace zielwerk::app
