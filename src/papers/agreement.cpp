#include <algorithm>
#include <utility>

#include "documents/blocks.h"
#include "papers/builders.h"
#include "papers/parts.h"

namespace zielwerk::papers {
namespace {

using Written = documents::Block;

Table table_of(const documents::Rows& rows) {
  Table table;
  for (const auto& heading : rows.front()) table.columns.push_back({heading});
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    auto& cells = table.rows.emplace_back();
    for (const auto& text : *row) cells.push_back({text});
    cells.resize(table.columns.size());
  }
  return table;
}

}  // namespace

// The words are those of the agreement, in the form of the Land; nothing in it was reckoned here.
Paper agreement_paper(const Basis& basis) {
  auto paper = headed(basis, "agreement", "Zielvereinbarung");
  paper.month.clear();
  paper.state.clear();
  paper.basis.clear();
  paper.rule.clear();
  paper.own_reckoning = false;
  paper.sources.clear();
  std::vector<std::string> items;
  const auto end_items = [&] {
    if (!items.empty()) paper.blocks.emplace_back(Items{std::exchange(items, {})});
  };
  std::string heading;
  for (const auto& block : documents::parse_markdown(basis.text)) {
    if (block.kind != Written::Kind::Item) end_items();
    switch (block.kind) {
      case Written::Kind::Heading:
        heading = block.text;
        // The first one is the paper's own title.
        if (block.level == 1 && paper.blocks.empty() && paper.title == "Zielvereinbarung") paper.title = block.text;
        else paper.blocks.emplace_back(Heading{std::max(block.level, 2), block.text});
        break;
      case Written::Kind::Item: items.push_back(block.text); break;
      case Written::Kind::Table:
        paper.blocks.emplace_back(table_of(block.rows));
        std::get<Table>(paper.blocks.back()).caption = heading;
        break;
      case Written::Kind::Paragraph: paper.blocks.emplace_back(Paragraph{block.text}); break;
    }
  }
  end_items();
  return paper;
}

}  // namespace zielwerk::papers
