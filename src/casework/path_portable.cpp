#include "casework/path.h"
#include "casework/person_month.h"
#define XXH_INLINE_ALL  // of this file alone, as everything here
#include <xxhash.h>

namespace zielwerk::casework {
namespace {

#include "casework/path_plane.inc"

// Counts the bits of each of the eight words by adding neighbours.
inline Plane count_bits(Plane plane) {
  plane -= plane >> 1 & 0x5555555555555555U;
  plane = (plane & 0x3333333333333333U) + (plane >> 2 & 0x3333333333333333U);
  plane = (plane + (plane >> 4)) & 0x0F0F0F0F0F0F0F0FU;
  plane += plane >> 8;
  plane += plane >> 16;
  plane += plane >> 32;
  return plane & 0x7FU;
}

// Bit `bit` of 64 cells: four cells a word, their bits drawn together by a multiplication.
inline void transpose_64(const std::uint16_t* cells, std::uint32_t seen, std::uint64_t* column) {
  std::uint64_t words[16];
  __builtin_memcpy(words, cells, sizeof(words));
  for (unsigned bit = 0; bit < 16; ++bit) {
    if ((seen >> bit & 1U) == 0) continue;
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 16; ++i) {
      const std::uint64_t picked = words[i] >> bit & 0x0001000100010001U;
      bits |= ((picked * 0x1000200040008000U) >> 60) << 4 * i;
    }
    column[bit * plane_words] = bits;
  }
}

// Eight bytes at a time: a byte is zero where the text has the wanted character.
inline std::uint64_t hits(std::uint64_t word, std::uint64_t wanted) {
  const std::uint64_t difference = word ^ wanted;
  const std::uint64_t low = ((difference & 0x7F7F7F7F7F7F7F7FU) + 0x7F7F7F7F7F7F7F7FU) | difference;
  return ~low & 0x8080808080808080U;
}
inline std::uint64_t eight_bits(std::uint64_t marks) { return ((marks >> 7) * 0x0102040810204080U) >> 56; }

void mark(const char* bytes, std::size_t pieces, char separator, std::uint64_t* ends, std::uint64_t* line_ends) {
  const std::uint64_t separators = 0x0101010101010101U * static_cast<unsigned char>(separator);
  constexpr std::uint64_t newlines = 0x0101010101010101U * '\n';
  for (std::size_t piece = 0; piece < pieces; ++piece, bytes += 64) {
    std::uint64_t all = 0, lines = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      std::uint64_t word = 0;
      __builtin_memcpy(&word, bytes + 8 * i, 8);
      const auto line = hits(word, newlines);
      all |= eight_bits(hits(word, separators) | line) << 8 * i;
      if (line != 0) lines |= eight_bits(line) << 8 * i;
    }
    ends[piece] = all;
    line_ends[piece] = lines;
  }
}

#include "casework/path_kernel.inc"

}  // namespace

const Path portable_path{"portable", mark, nullptr, to_planes, count, outlook, checksum};

}  // namespace zielwerk::casework
