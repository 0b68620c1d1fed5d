#include <algorithm>
#include <map>
#include <span>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "documents/docx_writer.h"
#include "papers/node_script.h"
#include "papers/render.h"
#include "papers/svg.h"

namespace zielwerk::papers {
namespace {

using documents::Block;
using Kind = documents::Block::Kind;

// A paper as blocks of a text; a chart is a picture, its summary and its table.
class Text {
 public:
  explicit Text(std::span<const std::string> made) : made_(made) {}
  std::vector<Block> blocks;
  std::map<std::size_t, documents::DocxPicture> pictures;

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
    add({Kind::Paragraph, 0, fmt::format("**{}**", one.title)});
    const auto& png = made_[charts_++];
    if (!png.empty()) pictures[blocks.size()] = {png, one.summary};
    add({Kind::Paragraph, 0, one.summary});
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
  std::span<const std::string> made_;  // a picture for each chart of the paper
  std::size_t charts_ = 0;
  int page_ = 1;
};

// A picture for each chart, in their order; empty ones where none can be made.
std::vector<std::string> pictures_of(std::span<const Paper> papers) {
  std::vector<std::string> requests;
  for (const auto& paper : papers) {
    for (const auto& block : paper.blocks) {
      if (const auto* chart = std::get_if<Chart>(&block)) requests.push_back(boost::json::serialize(boost::json::object{{"svg", svg(*chart, "d")}}));
    }
  }
  std::vector<std::string> all(requests.size());
  const auto made = run_script("tools/papers/pictures.mjs", "@resvg/resvg-js", "{}", requests);
  for (std::size_t i = 0; made && i < all.size(); ++i) all[i] = (*made)[i].value_or("");
  return all;
}

std::string docx_of(const Paper& paper, std::span<const std::string> pictures) {
  Text text(pictures);

  text.blocks.push_back({Kind::Heading, 1, paper.title, {}, 1});
  text.blocks.push_back({Kind::Paragraph, 0, "**" + paper.unit + "**" + (paper.basis.empty() ? "" : "\n" + paper.basis), {}, 1});
  for (const auto& block : paper.blocks) std::visit(text, block);
  if (!paper.sources.empty()) text(Paragraph{"Quelle der Zahlen: " + fmt::format("{}", fmt::join(paper.sources, ", "))});
  const auto hash = content_hash(paper);
  return documents::write_docx(text.blocks, {fmt::format("{} – {}", paper.title, paper.unit), fmt::format("{} · Vereinbarung {}", paper.title, paper.agreement),
                                             running_line(paper) + "\nInhalt SHA-256 " + hash, "sha256:" + hash, std::move(text.pictures)});
}

}  // namespace

std::vector<std::string> as_docx(std::span<const Paper> papers) {
  const auto pictures = pictures_of(papers);
  std::vector<std::string> all;
  auto rest = std::span(pictures);
  for (const auto& paper : papers) {
    const auto charts = static_cast<std::size_t>(std::count_if(paper.blocks.begin(), paper.blocks.end(), [](const auto& block) { return std::holds_alternative<Chart>(block); }));
    all.push_back(docx_of(paper, rest.first(charts)));
    rest = rest.subspan(charts);
  }
  return all;
}

}  // namespace zielwerk::papers
