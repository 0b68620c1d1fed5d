#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/resource.h"
#include "base/text.h"
#include "papers/node_script.h"
#include "papers/render.h"
#include "papers/row_heads.h"
#include "papers/svg.h"

namespace zielwerk::papers {
namespace {

namespace json = boost::json;

std::string request(const Paper& paper) {
  json::array svgs;
  for (const auto& block : paper.blocks) {
    if (const auto* chart = std::get_if<Chart>(&block)) svgs.emplace_back(svg(*chart, fmt::format("d{}", svgs.size())));
  }
  return json::serialize(json::object{{"paper", to_json(paper)}, {"json", as_json(paper)}, {"hash", content_hash(paper)}, {"svgs", std::move(svgs)}});
}

}  // namespace

base::Result<Rendered> as_pdf(std::span<const Paper> papers) {
  std::vector<std::string> requests;
  for (const auto& paper : papers) requests.push_back(request(paper));
  auto answers = run_script("tools/papers/render.mjs", "@myriaddreamin/typst-ts-node-compiler", json::serialize(json::object{{"template", std::string(base::resource("tools/papers/paper.typ"))}}), requests);
  if (!answers) return tl::unexpected(answers.error());
  Rendered all;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    auto& answer = (*answers)[i];
    if (answer) all.emplace_back(with_row_heads(*answer));
    else all.emplace_back(base::problem("pdf_failed", fmt::format("Das PDF ließ sich nicht setzen: {}", base::printable(answer.error().substr(0, 600)))));
  }
  return all;
}

}  // namespace zielwerk::papers
