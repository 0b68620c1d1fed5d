#include "casework/path.h"
#include "casework/person_month.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace zielwerk::casework {
namespace {

#include "casework/path_plane.inc"

inline Plane count_bits(Plane plane) { return reinterpret_cast<Plane>(_mm512_popcnt_epi64(reinterpret_cast<__m512i>(plane))); }

inline void transpose_64(const std::uint16_t* cells, std::uint32_t seen, std::uint64_t* column) {
  const __m512i a = _mm512_loadu_si512(cells), b = _mm512_loadu_si512(cells + 32);
  for (unsigned bit = 0; bit < 16; ++bit) {
    if ((seen >> bit & 1U) == 0) continue;
    const __m512i wanted = _mm512_set1_epi16(static_cast<short>(1U << bit));
    column[bit * plane_words] = _mm512_test_epi16_mask(a, wanted) | static_cast<std::uint64_t>(_mm512_test_epi16_mask(b, wanted)) << 32;
  }
}

void mark(const char* bytes, std::size_t pieces, char separator, std::uint64_t* ends, std::uint64_t* line_ends) {
  const __m512i separators = _mm512_set1_epi8(separator), newlines = _mm512_set1_epi8('\n');
  for (std::size_t piece = 0; piece < pieces; ++piece, bytes += 64) {
    const __m512i text = _mm512_loadu_si512(bytes);
    const std::uint64_t lines = _mm512_cmpeq_epi8_mask(text, newlines);
    line_ends[piece] = lines;
    ends[piece] = lines | _mm512_cmpeq_epi8_mask(text, separators);
  }
}

#include "casework/path_kernel.inc"

}  // namespace

const Path avx512_path{"avx512", mark, to_planes, count, outlook};

}  // namespace zielwerk::casework
#endif
