#include <fmt/format.h>

#include "documents/docx_writer.h"
#include "papers/render.h"

namespace zielwerk::papers {
namespace {

using documents::Block;
using Kind = documents::Block::Kind;

// A paper as blocks of a text; a picture is said by its summary and its table.
class Text {
 public:
  std::vector<Block> blocks;

  void operator()(const Heading& one) { add({Kind::Heading, one.level, one.text}); }
  void operator()(const Paragraph& one) { add({Kind::Paragraph, 0, one.text}); }
  void operator()(const Messages& one) {
    int number = 0;
    for (const auto& message : one.all) add({Kind::Paragraph, 0, one.all.size() == 1 ? message.text : fmt::format("{}. {}", ++number, message.text)});
  }
  void operator()(const Items& one) {
    for (const auto& item : one.all) add({Kind::Item, 0, item});
  }
  void operator()(const Terms& one) {
    for (const auto& [word, text] : one.all) add({Kind::Paragraph, 0, fmt::format("**{}:** {}", word, text)});
  }
  void operator()(const Table& one) {
    add({Kind::Paragraph, 0, "**" + one.caption + "**"});
    documents::Rows rows(1);
    for (const auto& column : one.columns) rows[0].push_back(column.heading);
    for (const auto& row : one.rows) {
      auto& cells = rows.emplace_back();
      for (const auto& cell : row) cells.push_back(cell.text);
    }
    add({Kind::Table, 0, {}, std::move(rows)});
    if (!one.note.empty()) add({Kind::Paragraph, 0, one.note});
  }
  void operator()(const Chart& one) {
    add({Kind::Paragraph, 0, fmt::format("**{}**\n{}", one.title, one.summary)});
    (*this)(one.table);
  }
  void operator()(const Signatures& one) {
    for (const auto& line : one.all) {
      add({Kind::Paragraph, 0, fmt::format("\n{}\n\n________________________________\n**{}**\n{}", line.place_date.empty() ? "Ort, Datum: ____________________" : line.place_date, line.party, line.person)});
    }
  }
  void operator()(const PageBreak&) { ++page_; }

 private:
  void add(Block block) {
    block.page = page_;
    blocks.push_back(std::move(block));
  }
  int page_ = 1;
};

}  // namespace

std::string as_docx(const Paper& paper) {
  Text text;
  text.blocks.push_back({Kind::Heading, 1, paper.title, {}, 1});
  text.blocks.push_back({Kind::Paragraph, 0, "**" + paper.unit + "**" + (paper.basis.empty() ? "" : "\n" + paper.basis), {}, 1});
  for (const auto& block : paper.blocks) std::visit(text, block);
  if (!paper.sources.empty()) text(Paragraph{"Quelle der Zahlen: " + fmt::format("{}", fmt::join(paper.sources, ", "))});
  const auto hash = content_hash(paper);
  return documents::write_docx(text.blocks, {fmt::format("{} – {}", paper.title, paper.unit), fmt::format("{} · Vereinbarung {}", paper.title, paper.agreement),
                                             running_line(paper) + "\nInhalt SHA-256 " + hash, "sha256:" + hash});
}

}  // namespace zielwerk::papers
