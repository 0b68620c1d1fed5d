// Packed facts of a damaged store, with and without the checksum that fits: an error, never a crash; what unpacks packs again to the same facts.
#include <cstdlib>

#include <boost/crc.hpp>

#include "store/segment.h"

namespace {

using namespace zielwerk;

std::string with_checksum(std::string bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(crc.checksum() >> shift);
  return bytes;
}

void there_and_back(const std::string& bytes) {
  std::vector<domain::FactRow> rows;
  for (const auto& one : store::unpack(bytes, 1)) {
    if (one.month < domain::Month::from_index(1900 * 12)) return;  // no row can say so, nor any place
    rows.emplace_back(0, one.month, one.state, one.value, one.place);
    if (rows.back().place().packed != one.place.packed) return;
  }
  const auto again = store::unpack(store::pack(rows), 1);
  if (again.size() != rows.size()) std::abort();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto& one = again[i];
    const bool same = one.month == row.month() && one.state.loaded == row.state().loaded && one.value == row.value() && one.place.packed == row.place().packed;
    if (!same) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const auto& one : {bytes, with_checksum(bytes)}) {
    try {
      there_and_back(one);
    } catch (const base::EnvironmentError&) {
    }
  }
  return 0;
}
