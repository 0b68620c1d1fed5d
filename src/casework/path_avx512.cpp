#include "casework/path.h"
#include "casework/person_month.h"
#define XXH_INLINE_ALL  // of this file alone, as everything here
#define XXH_VECTOR XXH_AVX2  // GCC 12 warns of its own AVX-512 header (GCC bug 105593)
#include <xxhash.h>

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

// Lines that begin from `begin` on; returns how many. 64 bytes hold one or two line ends mostly, so two are noted without asking.
inline unsigned find_lines(const char* bytes, std::size_t begin, std::size_t limit, RowBatch& batch) {
  const __m512i newlines = _mm512_set1_epi8('\n');
  unsigned found = 0;
  batch.begin[0] = bytes + begin;
  for (const char* piece = bytes + begin; piece < bytes + limit && found < RowBatch::most; piece += 64) {
    std::uint64_t lines = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(piece), newlines);
    const auto count = static_cast<unsigned>(_mm_popcnt_u64(lines));
    batch.begin[found + 1] = piece + _tzcnt_u64(lines) + 1;
    lines = _blsr_u64(lines);
    batch.begin[found + 2] = piece + _tzcnt_u64(lines) + 1;
    for (unsigned further = 3; further <= count && found + further <= RowBatch::most; ++further) {
      lines = _blsr_u64(lines);
      batch.begin[found + further] = piece + _tzcnt_u64(lines) + 1;
    }
    found += count;
  }
  if (found > RowBatch::most) found = RowBatch::most;
  while (found > 0 && batch.begin[found - 1] >= bytes + limit) --found;
  return found;
}

// One permutation brings every field to its place; then all digits are checked at once, and drawn together in pairs, fours and eights.
// No row waits for another, so many are in flight.
unsigned take_apart(const char* bytes, std::size_t begin, std::size_t limit, char separator, bool carriage_return, const WholeShape* shapes, RowBatch& batch) {
  alignas(64) std::uint8_t fill[64], added[64], forbidden[64];
  for (unsigned place = 0; place < 64; ++place) {
    const bool digit = place < place_flags, flag = place >= place_flags && place < place_sex;
    fill[place] = '0';
    added[place] = digit ? 6 : 0;
    forbidden[place] = digit ? 0xF0 : flag ? 0xFE : 0;
  }
  fill[place_kind] = fill[place_kont] = static_cast<std::uint8_t>(separator);
  fill[place_llu_sign] = fill[place_luh_sign] = '.';
  const __m512i absent = _mm512_load_si512(fill), more = _mm512_load_si512(added), wrong = _mm512_load_si512(forbidden), ones = _mm512_set1_epi8(1);
  const __m512i zero = _mm512_set1_epi8('0'), tens = _mm512_set1_epi16(0x010A), hundreds = _mm512_set1_epi32(0x00010064), thousands = _mm512_set1_epi32(0x00012710);
  const __m512i first_of_quarters = _mm512_setr_epi32(0, 1, 4, 5, 8, 9, 12, 13, 0, 0, 0, 0, 0, 0, 0, 0), separators = _mm512_set1_epi8(separator);
  const auto count = find_lines(bytes, begin, limit, batch);
  for (unsigned i = 0; i < count; ++i) {
    const char* row = batch.begin[i];
    const auto length = static_cast<std::size_t>(batch.begin[i + 1] - row) - 1;
    const __m512i raw = _mm512_loadu_si512(row);
    const std::uint64_t ends = _bzhi_u64(_mm512_cmpeq_epi8_mask(raw, separators), static_cast<unsigned>(length)) | std::uint64_t{1} << length % 64;
    const auto& shape = shapes[table_slot(ends, shape_bits)];
    if (length >= 64 || shape.ends != ends || !shape.plain || (carriage_return && row[length - 1] != '\r')) return i;
    batch.shape[i] = &shape;
    const __m512i text = _mm512_mask_permutexvar_epi8(absent, shape.filled, _mm512_load_si512(shape.from), raw);
    const __m512i digits = _mm512_xor_si512(text, zero);
    const bool odd = _mm512_test_epi8_mask(_mm512_or_si512(digits, _mm512_add_epi8(digits, more)), wrong) != 0;
    const __m512i fours = _mm512_madd_epi16(_mm512_maddubs_epi16(digits, tens), hundreds);
    const __m512i eights = _mm512_madd_epi16(_mm512_packus_epi32(fours, fours), thousands);
    const __m512i numbers = _mm512_maskz_permutexvar_epi32(0xFF, first_of_quarters, eights);
    __builtin_memcpy(batch.numbers[i], &numbers, sizeof(batch.numbers[i]));
    const std::uint64_t letters = _bzhi_u64(reinterpret_cast<Plane>(text)[7], 56) | (_mm512_test_epi8_mask(digits, ones) >> place_flags) << 56;
    batch.letters[i] = odd ? odd_letters : letters;
  }
  return count;
}

#include "casework/path_kernel.inc"

}  // namespace

const Path avx512_path{"avx512", mark, take_apart, to_planes, count, outlook, checksum};

}  // namespace zielwerk::casework
#endif
