// The three code paths: AVX-512, AVX2, and portable 64-bit code. The same source (path_kernel.inc) is compiled three times; which one
// runs is decided when the program starts, or by an option for tests. Everything here works on plain memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace zielwerk::casework {

inline constexpr unsigned lanes = 512;          // persons in a block
inline constexpr std::size_t plane_words = 8;      // 64-bit words of a plane
inline constexpr int window_months = 24;        // LZB: at least 21 of 24 months (§ 6 SGB2§48aFKV in whole months)
inline constexpr int long_window_months = 48;   // LZB4: at least 42 of 48 months, own rule

// One month of one block: which planes are there (bit i: plane i), one after the other from `data` on. Planes that are not there are 0.
struct BlockMonth {
  std::uint32_t present = 0;
  const std::uint64_t* data = nullptr;
};

// A person who is first met in this slot, but was in stock before: bit k-1 says whether in stock k months before `month` (k up to 48).
inline constexpr std::uint64_t same_jobcenter_before = std::uint64_t{1} << 63;  // listed under another sex then, so it is no move
inline constexpr std::uint64_t long_term_before = std::uint64_t{1} << 62;       // LZB in the month before, by rule [B]
struct Earlier {
  std::uint32_t month = 0;  // index into the months of the block
  std::uint32_t lane = 0;
  std::uint64_t stock = 0;
};

struct CountSetup {
  bool by_days = false;  // rule [B]: LZB is given by a plane; else derived from the window, rule [A]
  unsigned groups = 0;   // flagged groups that are counted …
  std::uint8_t group_planes[5] = {};  // … and which they are, ascending
};

// Counters of one month. For each set of persons (everybody, AE, LZB, LZB4, flagged groups) eight counts, then the movements.
enum PerSet : unsigned { n_elb, n_akt, n_int, n_svb, n_kont, n_kont_open, n_gering, n_oeff, per_set };
enum Movement : unsigned { m_zu, m_ab, m_umz_zu, m_umz_ab, m_lzb_zu, m_lzb_ab, movements };
inline constexpr unsigned derived_sets = 4;
[[gnu::always_inline]] inline unsigned counters(const CountSetup& setup) { return (derived_sets + setup.groups) * per_set + movements; }

// A row of at most 64 bytes, taken apart at once: where each of 64 places finds its byte, if it has one. The places:
//   0…7 and 8…15   digits of LLU and LUH in cents, to the right      16…23 JJJJ00MM      24…31 Träger, to the right
//   32…39, 40…47   lower and upper eight digits of the key           48 + bit: flags of the Cell      57…62 what stands alone
enum RowPlace : unsigned { place_llu = 0, place_luh = 8, place_month = 16, place_jobcenter = 24, place_key = 32, place_flags = 48, place_sex = 57, place_kind, place_kont, place_llu_sign, place_luh_sign, place_dash };
struct alignas(64) WholeShape {
  std::uint8_t from[64] = {};
  std::uint64_t filled = 0;
  std::uint64_t ends = 0;                           // separators and line end, from the begin of the row on
  std::uint64_t least_key = 0;                      // smaller ones begin with a zero
  std::uint64_t group_bytes = 0, group_length = 0;  // of the eight bytes from its begin; the length in the highest byte
  std::uint64_t group_word = 0;                     // what stood there in a row before …
  std::uint16_t group_bits = 0;                     // … and what it means
  std::uint8_t group_begin = 0, birth_begin = 0;
  bool has_birth = false, plain = false;
};
static_assert(sizeof(WholeShape) == 128);

inline constexpr unsigned shape_bits = 10;  // of the table of shapes
[[gnu::always_inline]] constexpr unsigned table_slot(std::uint64_t word, unsigned bits) { return static_cast<unsigned>((word * 0x9E3779B97F4A7C15U) >> (64 - bits)); }

// Rows taken apart, side by side.
struct RowBatch {
  static constexpr unsigned most = 64;
  const char* begin[most + 3];     // one more than rows, and room to write ahead
  const WholeShape* shape[most];
  std::uint32_t numbers[most][8];  // LLU and LUH in cents, JJJJ * 10000 + MM, Träger, lower and upper eight digits of the key; two are free
  std::uint64_t letters[most];     // what stands in the last eight places, flags 0 … 7 of the Cell (but the integration) in the last, which is free
};
inline constexpr std::uint64_t odd_letters = ~std::uint64_t{0};  // a digit is none, or a flag neither 0 nor 1

struct Path {
  const char* name;
  // For each 64 bytes two words: where the separator or a line end stands, and where a line end stands.
  void (*mark)(const char* bytes, std::size_t pieces, char separator, std::uint64_t* ends, std::uint64_t* line_ends);
  // Takes rows apart from bytes[begin] on, until one begins at `limit` or later, is longer than 64 bytes or of no plain shape that is
  // known, or there is no room; returns how many. 64 bytes from the last one on can be read. Nullptr: no quicker way than field by field.
  unsigned (*take_apart)(const char* bytes, std::size_t begin, std::size_t limit, char separator, bool carriage_return, const WholeShape* shapes, RowBatch& batch);
  // 512 cells -> planes; returns which are not empty and writes only those, one after the other (room for 15 x 8 words).
  std::uint32_t (*to_planes)(const std::uint16_t* cells, std::uint64_t* data);
  // Adds the counts of a block to `sums`: months x counters() x 8 partial sums. `earlier` is ordered by month.
  void (*count)(const BlockMonth* months, int month_count, const Earlier* earlier, std::size_t earlier_count, const CountSetup& setup, std::uint64_t* sums);
  // Looks ahead from the last month, as if everybody in stock here stayed: planes of who is in stock here now, who of them is LZB now
  // (rule [A]), and who will be after 1 … ahead months. Room for 2 + ahead planes.
  void (*outlook)(const BlockMonth* months, int month_count, const Earlier* earlier, std::size_t earlier_count, int ahead, std::uint64_t* planes_out);
  // XXH3 with 64 bits, the same on every path.
  std::uint64_t (*checksum)(const void* bytes, std::size_t size);
};

// The best one this processor can run, or the one named ("avx512", "avx2", "portable"). Nullptr if the processor cannot run it.
const Path* best_path();
const Path* path_named(std::string_view name);

extern const Path portable_path;
extern const Path avx2_path;
extern const Path avx512_path;

}  // namespace zielwerk::casework
