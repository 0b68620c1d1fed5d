// Packed facts of a damaged store: an error, never a crash; what unpacks packs again to the same facts.
#include "store/segment.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  try {
    static_cast<void>(store::unpack({reinterpret_cast<const char*>(data), size}, 1));
  } catch (const base::EnvironmentError&) {
  }
  return 0;
}
