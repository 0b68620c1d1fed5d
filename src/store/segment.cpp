#include "store/segment.h"

#include <boost/crc.hpp>

namespace zielwerk::store {
namespace {

using domain::DataState;
using domain::FactRecord;
using domain::Month;

// A fact begins with one byte: bits 0-1 months since the last fact (3: a number follows), bits 2-4 Wartezeit (7: a number follows),
// bits 5-7 what the value is (0: as many decimals as the last number, 1: number of decimals follows, 2 … 6: a mark).
constexpr unsigned same_places = 0;
constexpr unsigned new_places = 1;
constexpr unsigned first_mark = 1;  // + Mark 1 … 4

void put(std::string& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
  bytes += static_cast<char>(number);
}

std::uint64_t zigzag(std::int64_t number) { return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63); }
std::int64_t unzigzag(std::uint64_t number) { return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1)); }

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}
  bool done() const { return at_ == end_; }
  unsigned byte() {
    if (done()) damaged();
    return static_cast<unsigned char>(*at_++);
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const unsigned part = byte();
      value |= static_cast<std::uint64_t>(part & 0x7F) << shift;
      if (part < 0x80) return value;
    }
    damaged();
  }
  [[noreturn]] static void damaged() { throw base::EnvironmentError("Der Speicher ist beschädigt: ein Abschnitt von Werten ist nicht lesbar."); }

 private:
  const char* at_;
  const char* end_;
};

// Wrapping on purpose: differences of any two 64-bit numbers come back exactly.
std::int64_t minus(std::int64_t a, std::int64_t b) { return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b)); }
std::int64_t plus(std::int64_t a, std::int64_t b) { return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b)); }

constexpr std::size_t checksum_bytes = 4;

// A flipped bit would be another number, and nobody would know.
std::string checksum(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  std::string sum;
  for (unsigned shift = 0; shift < 32; shift += 8) sum += static_cast<char>(crc.checksum() >> shift);
  return sum;
}

}  // namespace

std::string pack(std::span<const domain::FactRow> rows) {
  std::string bytes;
  bytes.reserve(rows.size() * 6 + 8);
  put(bytes, rows.size());
  int month = 0;
  std::uint8_t places = 0;
  std::int64_t digits = 0;
  std::int64_t place = 0;
  std::int64_t step = 0;
  for (const auto& row : rows) {
    const auto value = row.value();
    const auto months = static_cast<unsigned>(row.month().index() - month);
    const auto waiting = static_cast<unsigned>(row.state().loaded - row.month());
    const bool is_number = value.mark == domain::Mark::None;
    const unsigned kind = !is_number ? first_mark + static_cast<unsigned>(value.mark) : value.number.places == places ? same_places : new_places;
    bytes += static_cast<char>(std::min(months, 3U) | std::min(waiting, 7U) << 2 | kind << 5);
    if (months >= 3) put(bytes, months);
    if (waiting >= 7) put(bytes, waiting);
    if (kind == new_places) bytes += static_cast<char>(places = value.number.places);
    if (is_number) {
      put(bytes, zigzag(minus(value.number.digits, digits)));
      digits = value.number.digits;
    }
    const auto new_place = static_cast<std::int64_t>(row.place().packed);
    const auto new_step = minus(new_place, place);
    put(bytes, zigzag(minus(new_step, step)));
    place = new_place;
    step = new_step;
    month = row.month().index();
  }
  return bytes + checksum(bytes);
}

std::vector<FactRecord> unpack(std::string_view segment, domain::DeliveryId delivery) {
  if (segment.size() < checksum_bytes) Bytes::damaged();
  const auto packed = segment.substr(0, segment.size() - checksum_bytes);
  if (segment.substr(packed.size()) != checksum(packed)) Bytes::damaged();
  Bytes bytes(packed);
  const auto count = bytes.number();
  if (count > packed.size()) Bytes::damaged();
  std::vector<FactRecord> records;
  records.reserve(count);
  std::int64_t month = 0;
  std::uint8_t places = 0;
  std::int64_t digits = 0;
  std::int64_t place = 0;
  std::int64_t step = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const unsigned head = bytes.byte();
    const unsigned months = head & 3;
    const unsigned waiting = head >> 2 & 7;
    const unsigned kind = head >> 5;
    const auto later = months == 3 ? bytes.number() : months;
    if (later > 40'000) Bytes::damaged();
    month += static_cast<std::int64_t>(later);
    const auto wait = waiting == 7 ? bytes.number() : waiting;
    if (month < 0 || month > 40'000 || wait > 40'000 || kind > first_mark + 4) Bytes::damaged();
    FactRecord record;
    record.month = Month::from_index(static_cast<int>(month));
    record.state = DataState{record.month + static_cast<int>(wait)};
    record.delivery = delivery;
    if (kind == new_places) places = static_cast<std::uint8_t>(bytes.byte());
    if (places > 9) Bytes::damaged();
    if (kind <= new_places) {
      digits = plus(digits, unzigzag(bytes.number()));
      record.value.number = {digits, places};
    } else {
      record.value.mark = static_cast<domain::Mark>(kind - first_mark);
    }
    step = plus(step, unzigzag(bytes.number()));
    place = plus(place, step);
    record.place = {static_cast<std::uint64_t>(place)};
    records.push_back(record);
  }
  if (!bytes.done()) Bytes::damaged();
  return records;
}

}  // namespace zielwerk::store
