#include "casework/path.h"

namespace zielwerk::casework {

const Path* path_named(std::string_view name) {
  if (name == "portable") return &portable_path;
#if defined(__x86_64__)
  if (name == "avx2" && __builtin_cpu_supports("avx2")) return &avx2_path;
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vpopcntdq");
  if (name == "avx512" && wide) return &avx512_path;
#endif
  return nullptr;
}

const Path* best_path() {
  static const Path* best = [] {
    for (const char* name : {"avx512", "avx2"}) {
      if (const auto* path = path_named(name)) return path;
    }
    return &portable_path;
  }();
  return best;
}

}  // namespace zielwerk::casework
