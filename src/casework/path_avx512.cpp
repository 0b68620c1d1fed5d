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

// One permutation brings every field to its place; then all digits are checked at once, and drawn together in pairs, fours and eights.
void take_apart(const RowToRead* rows, std::size_t count, char separator, RowNumbers* out) {
  alignas(64) std::uint8_t fill[64], added[64], forbidden[64];
  for (unsigned place = 0; place < 64; ++place) {
    const bool digit = place < place_flags, flag = place >= place_flags && place < place_sex;
    fill[place] = '0';
    added[place] = digit ? 6 : 0;
    forbidden[place] = digit ? 0xF0 : flag ? 0xFE : 0;
  }
  fill[place_kind] = fill[place_kont] = static_cast<std::uint8_t>(separator);
  fill[place_llu_sign] = fill[place_luh_sign] = '.';
  const __m512i absent = _mm512_load_si512(fill), more = _mm512_load_si512(added), wrong = _mm512_load_si512(forbidden);
  const __m512i zero = _mm512_set1_epi8('0'), tens = _mm512_set1_epi16(0x010A), hundreds = _mm512_set1_epi32(0x00010064), thousands = _mm512_set1_epi32(0x00012710);
  const __m512i first_of_quarters = _mm512_setr_epi32(0, 1, 4, 5, 8, 9, 12, 13, 0, 0, 0, 0, 0, 0, 0, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& pattern = *rows[i].pattern;
    const __m512i text = _mm512_mask_permutexvar_epi8(absent, pattern.filled, _mm512_loadu_si512(pattern.from), _mm512_loadu_si512(rows[i].begin));
    const __m512i digits = _mm512_xor_si512(text, zero);
    const auto odd = _mm512_test_epi8_mask(_mm512_or_si512(digits, _mm512_add_epi8(digits, more)), wrong);
    const __m512i fours = _mm512_madd_epi16(_mm512_maddubs_epi16(digits, tens), hundreds);
    const __m512i eights = _mm512_madd_epi16(_mm512_packus_epi32(fours, fours), thousands);
    auto& made = out[i];
    // Of each quarter the first two numbers; what comes after them is written over below.
    _mm512_mask_storeu_epi32(&made, 0xFF, _mm512_maskz_permutexvar_epi32(0xFF, first_of_quarters, eights));
    alignas(64) std::uint64_t words[8];
    _mm512_store_si512(words, text);
    const auto alone = words[7];
    made.flags = static_cast<std::uint16_t>(_mm512_test_epi8_mask(digits, _mm512_set1_epi8(1)) >> place_flags & 0x1FF);
    made.sex = static_cast<char>(alone >> 8 * (place_sex - 56));
    made.kind = static_cast<char>(alone >> 8 * (place_kind - 56));
    made.kont = static_cast<char>(alone >> 8 * (place_kont - 56));
    // A point or a comma in both amounts, and the dash of the month.
    const std::uint64_t signs = (alone >> 8 * (place_llu_sign - 56) & 0xFFFFFF) ^ 0x2D2E2E;
    made.plain = odd == 0 && (signs & ~std::uint64_t{0x0202}) == 0;
  }
}

#include "casework/path_kernel.inc"

}  // namespace

const Path avx512_path{"avx512", mark, take_apart, to_planes, count, outlook};

}  // namespace zielwerk::casework
#endif
