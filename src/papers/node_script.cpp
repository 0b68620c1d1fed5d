#include "papers/node_script.h"

#include <cstdlib>
#include <filesystem>
#include <span>

#include <fmt/format.h>

#include "base/resource.h"
#include "base/text.h"
#include "documents/confined.h"

namespace zielwerk::papers {
namespace {

// Where the packages are installed: said by the environment, on the system, or beside the sources the program was built from.
std::vector<std::string> places() {
  const char* said = std::getenv("ZIELWERK_TYPST");
  return said && *said ? std::vector<std::string>{said} : std::vector<std::string>{"/usr/share/zielwerk/papers", ZIELWERK_TYPST_FOLDER};
}

std::string folder_of(const char* package) {
  for (const auto& folder : places()) {
    std::error_code ignored;
    if (std::filesystem::exists(fmt::format("{}/node_modules/{}/package.json", folder, package), ignored)) return std::filesystem::canonical(folder).string();
  }
  return {};
}

std::string reason(const documents::Outcome& outcome) {
  using End = documents::Outcome::End;
  switch (outcome.end) {
    case End::Timeout: return "Das dauerte zu lange.";
    case End::TooMuchOutput: return "Das Ergebnis ist zu groß.";
    case End::OutOfMemory: return "Der Arbeitsspeicher reicht nicht.";
    default: return outcome.errors.empty() ? "node brach ab." : std::string(base::trim(outcome.errors));
  }
}

// The whole answers in what a child said.
void take(std::string_view said, std::size_t most, Answers& all) {
  for (std::size_t taken = 0; taken < most; ++taken) {
    const auto end = said.find('\n');
    if (end == std::string_view::npos || end < 4) return;
    const auto length = static_cast<std::size_t>(std::strtoull(std::string(said.substr(3, end - 3)).c_str(), nullptr, 10));
    const auto bytes = said.substr(end + 1, length);
    if (bytes.size() != length) return;
    if (said.starts_with("ok")) all.emplace_back(bytes);
    else all.emplace_back(tl::unexpect, std::string(bytes));
    said.remove_prefix(end + 1 + length);
  }
}

}  // namespace

base::Result<Answers> run_script(const char* script, const char* package, const std::string& head, const std::vector<std::string>& requests) {
  const auto node = documents::find_program("node");
  const auto folder = folder_of(package);
  if (node.empty() || folder.empty()) {
    return base::problem("pdf_unavailable", fmt::format("PDF wird mit Typst gesetzt; dafür fehlt {}. „tools/install_debian.sh“ installiert es; die Formen docx, xlsx, html und json gehen ohne.",
                                                        node.empty() ? "das Programm node" : fmt::format("das Paket {} (gesucht in {})", package, places().back())));
  }
  Answers all;
  while (all.size() < requests.size()) {
    const auto rest = std::span(requests).subspan(all.size());
    documents::Limits limits;
    limits.memory = std::uint64_t{16} << 30;  // of addresses: V8 reserves far more than it uses
    limits.output = (std::uint64_t{16} << 20) + (std::uint64_t{8} << 20) * rest.size();
    limits.milliseconds = 30000 + 5000 * static_cast<int>(rest.size());
    limits.readable = {folder, "/etc/ssl/openssl.cnf"};  // node asks for it although nothing here is encrypted
    const auto outcome = documents::run_program({node, "--input-type=module", "-e", std::string(base::resource(script)), folder}, fmt::format("{}\n{}\n", head, fmt::join(rest, "\n")), limits);
    take(outcome.output, rest.size(), all);
    if (all.size() < requests.size()) all.emplace_back(tl::unexpect, reason(outcome));
  }
  return all;
}

}  // namespace zielwerk::papers
