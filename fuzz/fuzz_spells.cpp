// Spells from bytes: the input is cut at lines "=name" into the tables of a folder.
#include <fstream>
#include <string>

#include <unistd.h>

#include "casework/counts.h"
#include "casework/spells.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk::casework;
  const auto folder = std::filesystem::temp_directory_path() / ("fuzz_spells_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  std::string_view text(reinterpret_cast<const char*>(data), size);
  static constexpr const char* names[] = {"person.csv", "bezug.csv", "stichtage.csv", "erwerb.csv", "massnahme.csv", "zahlung.csv", "merkmal.csv"};
  for (const char* name : names) {
    const auto end = std::min(text.find("\n=\n"), text.size());
    std::ofstream(folder / name, std::ios::binary) << text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 3));
  }
  ReadOptions options;
  options.threads = 1;
  const auto caseload = read_spells(folder, options);
  if (!caseload && caseload.error().empty()) __builtin_trap();
  if (caseload) count(*caseload, *best_path(), 1);
  std::filesystem::remove_all(folder);
  return 0;
}
