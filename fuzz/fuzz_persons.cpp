// Person-months from bytes: whatever comes is either refused with a reason, or read and counted alike on every code path and from the state
// file.
#include <cstdlib>

#include "casework/reading.h"
#include "casework/state_file.h"
#include "temporary_file.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk::casework;
  const zielwerk::fuzz::TemporaryFile file(data, size);
  ReadOptions options;
  options.threads = 1;
  const auto caseload = read_person_months({file.path()}, options);
  options.path = &portable_path;
  const auto plainly = read_person_months({file.path()}, options);
  if (caseload.has_value() != plainly.has_value()) __builtin_trap();
  if (!caseload) {
    if (caseload.error().empty()) __builtin_trap();
    return 0;
  }
  unsigned first = 0, last = 0;
  if (!caseload->span(first, last) || last - first > 60) return 0;
  const auto counts = count(*caseload, portable_path, 1);
  const auto again = count(*plainly, *best_path(), 1);
  const auto amounts = [](const Counts& all) {
    std::int64_t sum = 0;
    for (const auto& money : all.money) sum += 7 * money.llu + money.luh + 3 * money.llu_persons + money.luh_persons;
    return sum;
  };
  if (counts.data != again.data || amounts(counts) != amounts(again)) __builtin_trap();
  const auto path = std::filesystem::temp_directory_path() / ("fuzz_persons_" + std::to_string(::getpid()));
  write_state(*caseload, path, portable_path, 1);
  const auto state = StateFile::open(path);
  if (!state) __builtin_trap();
  const auto from_state = count({state->get()}, *best_path(), 1, counts.first, counts.first + (counts.months - 1));
  std::filesystem::remove(path);
  if (from_state.data != counts.data) __builtin_trap();
  return 0;
}
