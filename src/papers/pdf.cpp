#include <cstdlib>
#include <filesystem>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/resource.h"
#include "base/text.h"
#include "documents/confined.h"
#include "papers/render.h"
#include "papers/svg.h"

namespace zielwerk::papers {
namespace {

namespace json = boost::json;

constexpr const char* module_path = "/node_modules/@myriaddreamin/typst-ts-node-compiler/package.json";

// Where Typst is installed: said by the environment, on the system, or beside the sources the program was built from.
std::string typst_folder() {
  const char* said = std::getenv("ZIELWERK_TYPST");
  const std::vector<std::string> places = said && *said ? std::vector<std::string>{said} : std::vector<std::string>{"/usr/share/zielwerk/papers", ZIELWERK_TYPST_FOLDER};
  for (const auto& folder : places) {
    std::error_code ignored;
    if (std::filesystem::exists(folder + module_path, ignored)) return std::filesystem::canonical(folder).string();
  }
  return {};
}

std::string request(std::span<const Paper> papers) {
  json::array all;
  for (const auto& paper : papers) {
    json::array svgs;
    for (const auto& block : paper.blocks) {
      if (const auto* chart = std::get_if<Chart>(&block)) svgs.emplace_back(svg(*chart, fmt::format("d{}", svgs.size())));
    }
    all.emplace_back(json::object{{"paper", to_json(paper)}, {"json", as_json(paper)}, {"hash", content_hash(paper)}, {"svgs", std::move(svgs)}});
  }
  return json::serialize(json::object{{"template", std::string(base::resource("tools/papers/paper.typ"))}, {"papers", std::move(all)}});
}

tl::unexpected<base::Problem> failed(const std::string& why) { return base::problem("pdf_failed", fmt::format("Das PDF ließ sich nicht setzen: {}", base::printable(why.substr(0, 600)))); }

std::string reason(const documents::Outcome& outcome) {
  using End = documents::Outcome::End;
  switch (outcome.end) {
    case End::Timeout: return "Typst brauchte zu lange.";
    case End::TooMuchOutput: return "Das Ergebnis ist zu groß.";
    case End::OutOfMemory: return "Der Arbeitsspeicher reicht nicht.";
    default: return outcome.errors.empty() ? "node brach ab." : std::string(base::trim(outcome.errors));
  }
}

}  // namespace

base::Result<std::vector<std::string>> as_pdf(std::span<const Paper> papers) {
  const auto node = documents::find_program("node");
  const auto folder = typst_folder();
  if (node.empty() || folder.empty()) {
    return base::problem("pdf_unavailable", fmt::format("PDF wird mit Typst gesetzt; dafür fehlt {}. „tools/install_debian.sh“ installiert es; die Formen docx, xlsx, html und json gehen ohne.",
                                                        node.empty() ? "das Programm node" : "das Paket @myriaddreamin/typst-ts-node-compiler (gesucht in " + std::string(std::getenv("ZIELWERK_TYPST") ? std::getenv("ZIELWERK_TYPST") : ZIELWERK_TYPST_FOLDER) + ")"));
  }
  documents::Limits limits;
  limits.memory = std::uint64_t{16} << 30;  // of addresses: V8 reserves far more than it uses
  limits.output = (std::uint64_t{16} << 20) + (std::uint64_t{8} << 20) * papers.size();
  limits.milliseconds = 30000 + 5000 * static_cast<int>(papers.size());
  limits.readable = {folder, "/etc/ssl/openssl.cnf"};  // node asks for it although nothing here is encrypted
  const auto outcome = documents::run_program({node, "--input-type=module", "-e", std::string(base::resource("tools/papers/render.mjs")), folder}, request(papers), limits);
  if (outcome.end != documents::Outcome::End::Done) return failed(reason(outcome));
  std::vector<std::string> all;
  std::string_view rest = outcome.output;
  while (all.size() < papers.size()) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos || end < 4) return failed("Die Antwort ist unvollständig.");
    const auto length = static_cast<std::size_t>(std::strtoull(std::string(rest.substr(3, end - 3)).c_str(), nullptr, 10));
    const auto bytes = rest.substr(end + 1, length);
    if (bytes.size() != length) return failed("Die Antwort ist unvollständig.");
    if (!rest.starts_with("ok")) return failed(fmt::format("{} ({})", bytes, file_stem(papers[all.size()])));
    all.emplace_back(bytes);
    rest.remove_prefix(end + 1 + length);
  }
  return all;
}

}  // namespace zielwerk::papers
