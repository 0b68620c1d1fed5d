// State files from bytes: opened and counted, or refused; never a crash. The first byte says whether checksums are put right, so that the
// fuzzer gets behind them.
#include <cstring>
#include <string>

#include <xxhash.h>

#include "casework/state_file.h"
#include "casework/state_format.h"
#include "temporary_file.h"

namespace {

using namespace zielwerk::casework;

void put_right(std::string& bytes) {
  if (bytes.size() < sizeof(FileHead)) return;
  FileHead head;
  std::memcpy(&head, bytes.data(), sizeof(head));
  head.checksum = XXH3_64bits(&head, offsetof(FileHead, checksum));
  std::memcpy(bytes.data(), &head, sizeof(head));
  for (std::size_t at = sizeof(head); at + sizeof(SectionHead) <= bytes.size();) {
    SectionHead section;
    std::memcpy(&section, bytes.data() + at, sizeof(section));
    const auto left = bytes.size() - at - sizeof(section);
    if (section.meta_bytes > left || section.plane_bytes > left - section.meta_bytes) return;
    section.meta_checksum = XXH3_64bits(bytes.data() + at + sizeof(section), section.meta_bytes);
    section.checksum = XXH3_64bits(&section, offsetof(SectionHead, checksum));
    std::memcpy(bytes.data() + at, &section, sizeof(section));
    at += sizeof(section) + section.meta_bytes + section.plane_bytes;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 1) put_right(bytes);
  const zielwerk::fuzz::TemporaryFile file(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  try {
    const auto state = StateFile::open(file.path());
    if (!state) return state.error().empty() ? (__builtin_trap(), 0) : 0;
    (*state)->verify(1);
    if ((*state)->sections().size() < 200) count({state->get()}, *best_path(), 1, (*state)->first(), (*state)->last());
  } catch (const zielwerk::base::EnvironmentError&) {
  }
  return 0;
}
