// Bytes of the state file, little endian. A file is a FileHead and sections; a section is a SectionHead, its meta data and its planes,
// each padded to 64 bytes. Version 1.
#pragma once

#include <array>
#include <cstdint>

namespace zielwerk::casework {

inline constexpr std::uint64_t file_magic = 0x4E4F5352'45505A57;     // "WZPERSON"
inline constexpr std::uint64_t section_magic = 0x544E4F4D'4E4F535A;
inline constexpr std::uint32_t state_version = 1;

struct FileHead {
  std::uint64_t magic = file_magic;
  std::uint32_t version = state_version;
  std::uint32_t groups = 0;
  std::array<std::array<char, 40>, 5> group_codes{};
  std::uint32_t part = 0;   // of so many parts, by a hash of the person (part_of); 0 parts: everybody
  std::uint32_t parts = 0;
  std::array<char, 24> reserved{};
  std::uint64_t checksum = 0;  // XXH3 of what stands before it
};
static_assert(sizeof(FileHead) == 256);

struct SectionHead {
  std::uint64_t magic = 0;
  std::uint32_t month = 0;
  std::uint32_t blocks = 0;      // after this month
  std::uint32_t runs = 0;
  std::uint32_t new_slots = 0;
  std::uint32_t takeovers = 0;
  std::uint32_t money = 0;
  std::uint64_t rows = 0;
  std::uint64_t meta_bytes = 0;
  std::uint64_t plane_bytes = 0;
  std::uint64_t meta_checksum = 0;
  std::array<std::uint64_t, 7> reserved{};
  std::uint64_t checksum = 0;
};
static_assert(sizeof(SectionHead) == 128);

// Meta data in this order: runs, keys, takeovers, money, checksums of blocks, planes present by block, check bits of keys.
struct RunEntry {
  std::uint32_t jobcenter = 0;  // Trägernummer; not_in_stock: only events so far
  std::uint32_t sex = 0;
  std::uint32_t count = 0;
  std::uint32_t reserved = 0;
};
inline constexpr std::uint32_t not_in_stock = 0xFFFFFFFF;

struct TakeoverEntry {
  std::uint32_t index = 0;
  std::uint32_t before = 0;
  std::uint64_t earlier = 0;
};

struct MoneyRecord {
  std::uint32_t jobcenter = 0;
  std::uint32_t sex = 0;
  std::uint32_t llu_persons = 0;
  std::uint32_t luh_persons = 0;
  std::int64_t llu = 0;
  std::int64_t luh = 0;
};

inline constexpr std::uint64_t padded(std::uint64_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace zielwerk::casework
