#include "casework/path.h"
#include "casework/person_month.h"
#define XXH_INLINE_ALL  // of this file alone, as everything here
#include <xxhash.h>

#if defined(__x86_64__)
#include <immintrin.h>

namespace zielwerk::casework {
namespace {

#include "casework/path_plane.inc"

inline __m256i count_half(__m256i half) {
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(0x0F);
  const __m256i counts = _mm256_add_epi8(_mm256_shuffle_epi8(table, _mm256_and_si256(half, low)),
                                         _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(half, 4), low)));
  return _mm256_sad_epu8(counts, _mm256_setzero_si256());
}

inline Plane count_bits(Plane plane) {
  __m256i halves[2];
  __builtin_memcpy(halves, &plane, sizeof(plane));
  halves[0] = count_half(halves[0]);
  halves[1] = count_half(halves[1]);
  Plane counts;
  __builtin_memcpy(&counts, halves, sizeof(counts));
  return counts;
}

// Two times 32 cells -> 64 low bytes and 64 high bytes in order; movemask takes the top bit of each byte.
inline void transpose_64(const std::uint16_t* cells, std::uint32_t seen, std::uint64_t* column) {
  const auto* from = reinterpret_cast<const __m256i*>(cells);
  const __m256i byte = _mm256_set1_epi16(0x00FF);
  __m256i low[2], high[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const __m256i a = _mm256_loadu_si256(from + 2 * i), b = _mm256_loadu_si256(from + 2 * i + 1);
    low[i] = _mm256_permute4x64_epi64(_mm256_packus_epi16(_mm256_and_si256(a, byte), _mm256_and_si256(b, byte)), 0xD8);
    high[i] = _mm256_permute4x64_epi64(_mm256_packus_epi16(_mm256_srli_epi16(a, 8), _mm256_srli_epi16(b, 8)), 0xD8);
  }
  const auto top_bits = [](const __m256i (&bytes)[2]) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes[0])) | static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes[1]))) << 32;
  };
  for (int bit = 7; bit >= 0; --bit) {
    if ((seen >> bit & 1U) != 0) column[static_cast<unsigned>(bit) * plane_words] = top_bits(low);
    if ((seen >> (bit + 8) & 1U) != 0) column[static_cast<unsigned>(bit + 8) * plane_words] = top_bits(high);
    for (int i = 0; i < 2; ++i) {
      low[i] = _mm256_add_epi8(low[i], low[i]);
      high[i] = _mm256_add_epi8(high[i], high[i]);
    }
  }
}

void mark(const char* bytes, std::size_t pieces, char separator, std::uint64_t* ends, std::uint64_t* line_ends) {
  const __m256i separators = _mm256_set1_epi8(separator), newlines = _mm256_set1_epi8('\n');
  for (std::size_t piece = 0; piece < pieces; ++piece, bytes += 64) {
    std::uint64_t all = 0, lines = 0;
    for (std::size_t half = 0; half < 2; ++half) {
      const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32 * half));
      const __m256i line = _mm256_cmpeq_epi8(text, newlines);
      lines |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(line))) << 32 * half;
      all |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_or_si256(line, _mm256_cmpeq_epi8(text, separators))))) << 32 * half;
    }
    ends[piece] = all;
    line_ends[piece] = lines;
  }
}

#include "casework/path_kernel.inc"

}  // namespace

const Path avx2_path{"avx2", mark, nullptr, to_planes, count, outlook, checksum};

}  // namespace zielwerk::casework
#endif
