// Declaration files (TOML).
#include "intake/declaration.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  static const domain::Vocabulary vocabulary;
  const auto declaration = intake::parse_declaration("fuzz.toml", std::string(reinterpret_cast<const char*>(data), size), vocabulary);
  if (!declaration && declaration.error().empty()) __builtin_trap();
  return 0;
}
