#include "casework/person_table.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <sys/mman.h>

#include "base/problem.h"

namespace zielwerk::casework {
namespace {

constexpr std::size_t piece_bytes = std::size_t{4} << 20;
constexpr std::size_t page_bytes = lanes * sizeof(Cell);

// Zeroed by the system, in large pages where it can.
std::unique_ptr<char[], void (*)(char*)> zeroed_piece() {
  void* memory = ::mmap(nullptr, piece_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  ::madvise(memory, piece_bytes, MADV_HUGEPAGE);
  return {static_cast<char*>(memory), [](char* piece) { ::munmap(piece, piece_bytes); }};
}

// Adds the cells of a block's planes to 512 zeroes.
void unpack(const BlockMonth& month, Cell* cells) {
  const auto* words = month.data;
  for (unsigned plane = 0; plane < planes; ++plane) {
    if ((month.present >> plane & 1U) == 0) continue;
    for (unsigned lane = 0; lane < lanes; lane += 4) {
      // Four bits, each to the begin of its cell.
      const auto four = ((words[lane / 64] >> lane % 64 & 0xFU) * 0x0000200040008001U & 0x0001000100010001U) << plane;
      std::uint64_t now = 0;
      std::memcpy(&now, cells + lane, sizeof(now));
      now |= four;
      std::memcpy(cells + lane, &now, sizeof(now));
    }
    words += plane_words;
  }
}

std::uint64_t row_hash(const PersonRow& row, ClassId class_id) {
  return (row.key ^ (std::uint64_t{row.month} << 17 | class_id / 3U) * 0xD6E8FEB86659FD93U) * 0x9E3779B97F4A7C15U;
}

}  // namespace

Cell cell_at(const BlockMonth& month, unsigned lane) {
  Cell cell = 0;
  const auto* words = month.data;
  for (unsigned plane = 0; plane < planes; ++plane) {
    if ((month.present >> plane & 1U) == 0) continue;
    cell = static_cast<Cell>(cell | (words[lane / 64] >> lane % 64 & 1U) << plane);
    words += plane_words;
  }
  return cell;
}

PersonTable::PersonTable(const Path& path) : persons_(1), open_block_(class_count() + 1, 0), path_(path), pages_(possible_months), packed_(possible_months), index_(1024, 0) { persons_.clear(); }

void PersonTable::note(Contradiction::Kind kind, std::uint64_t key, unsigned month) {
  if (contradictions_.size() < most_contradictions) contradictions_.push_back({kind, key, static_cast<std::uint16_t>(month)});
}

[[gnu::always_inline]] inline Cell& PersonTable::cell(SlotId id, unsigned month) {
  const auto& pages = pages_[month];
  const auto block = id / lanes;
  if (block >= pages.size() || !pages[block]) [[unlikely]] new_page(block, month);
  return pages[block][id % lanes];
}

void PersonTable::new_page(std::size_t block, unsigned month) {
  if (pages_[month].size() <= block) pages_[month].resize(blocks_.size());
  auto& page = pages_[month][block];
  if (free_pages_.empty()) {
    page = reinterpret_cast<Cell*>(room(page_bytes));
    arena_left_ -= page_bytes;
  } else {
    page = free_pages_.back();
    free_pages_.pop_back();
    std::fill_n(page, lanes, Cell{0});
  }
  if (block < packed_[month].size()) unpack(std::exchange(packed_[month][block], {}), page);
  if (month == order_month_) open_pages_.push_back(static_cast<std::uint32_t>(block));
}

char* PersonTable::room(std::size_t bytes) {
  if (arena_left_ < bytes) {
    arena_.push_back(zeroed_piece());
    arena_left_ = piece_bytes;
  }
  return arena_.back().get() + (piece_bytes - arena_left_);
}

void PersonTable::pack_pages() {
  auto& pages = pages_[order_month_];
  auto& packed = packed_[order_month_];
  if (packed.size() < pages.size()) packed.resize(pages.size());
  for (const auto block : open_pages_) {
    auto* data = reinterpret_cast<std::uint64_t*>(room(planes * plane_words * sizeof(std::uint64_t)));
    packed[block] = {path_.to_planes(pages[block], data), data};
    arena_left_ -= static_cast<std::size_t>(__builtin_popcount(packed[block].present)) * plane_words * sizeof(std::uint64_t);
    free_pages_.push_back(std::exchange(pages[block], nullptr));
  }
}

Cell PersonTable::cell_of(SlotId id, unsigned month) const {
  const auto block = id / lanes;
  if (block < pages_[month].size() && pages_[month][block]) return pages_[month][block][id % lanes];
  return block < packed_[month].size() ? cell_at(packed_[month][block], id % lanes) : Cell{0};
}

BlockMonth PersonTable::planes_of(std::size_t block, unsigned month, std::uint64_t* room) const {
  if (block < pages_[month].size() && pages_[month][block]) return {path_.to_planes(pages_[month][block], room), room};
  return block < packed_[month].size() ? packed_[month][block] : BlockMonth{};
}

LargeVector<Cell> PersonTable::cells_of(unsigned month) const {
  LargeVector<Cell> all(blocks_.size() * lanes);
  for (std::size_t block = 0; block < pages_[month].size(); ++block) {
    if (pages_[month][block]) std::copy_n(pages_[month][block], lanes, &all[block * lanes]);
  }
  for (std::size_t block = 0; block < packed_[month].size(); ++block) unpack(packed_[month][block], &all[block * lanes]);
  return all;
}

void PersonTable::reserve(std::size_t persons) {
  persons_.reserve(persons);
  slots_.reserve(persons + persons / 4);
}

void PersonTable::expect(std::size_t persons) {
  reserve(persons);
  order_.reserve(persons);
  auto size = index_.size();
  for (; size < 2 * persons; size *= 2) --shift_;
  index_.assign(size, 0);
}

void PersonTable::grow_index() {
  index_.assign(index_.size() * 2, 0);
  --shift_;
  const auto mask = index_.size() - 1;
  for (std::uint32_t i = 0; i < persons_.size(); ++i) {
    auto at = bucket(persons_[i].key);
    while (index_[at] != 0) at = (at + 1) & mask;
    index_[at] = i + 1;
  }
}

PersonTable::Whereabouts PersonTable::find(std::uint64_t key) const {
  const auto mask = index_.size() - 1;
  for (auto at = bucket(key); index_[at] != 0; at = (at + 1) & mask) {
    const auto& person = persons_[index_[at] - 1];
    if (person.key == key) return {person.slot, person.class_id, person.check};
  }
  return {};
}

std::uint32_t PersonTable::person_of(const PersonRow& row) {
  const auto mask = index_.size() - 1;
  auto at = bucket(row.key);
  for (; index_[at] != 0; at = (at + 1) & mask) {
    if (persons_[index_[at] - 1].key != row.key) continue;
    if (persons_[index_[at] - 1].check != row.check) note(Contradiction::Kind::KeyClash, row.key, row.month);
    return index_[at] - 1;
  }
  Person person;
  person.key = row.key;
  person.check = row.check;
  person.class_id = nowhere;
  persons_.push_back(person);
  index_[at] = static_cast<std::uint32_t>(persons_.size());
  if (persons_.size() * 2 > index_.size()) grow_index();
  return static_cast<std::uint32_t>(persons_.size() - 1);
}

SlotId PersonTable::new_slot(ClassId class_id, std::uint64_t key, std::uint16_t check, unsigned month) {
  auto& open = open_block_[class_id == nowhere ? open_block_.size() - 1 : class_id];
  if (open == 0 || blocks_[open - 1].fill == lanes) {
    blocks_.push_back({class_id, 0});
    open = static_cast<std::uint32_t>(blocks_.size());
    slots_.resize(blocks_.size() * lanes);
  }
  const auto id = static_cast<SlotId>((open - 1) * lanes + blocks_[open - 1].fill++);
  slots_[id] = {key, 0, no_slot, static_cast<std::uint16_t>(month), check};
  return id;
}

// In stock, but not where (or not as whom) the person was: a new slot takes over.
void PersonTable::move(Person& person, const PersonRow& row) {
  const auto left = person.slot;
  const auto left_class = person.class_id;
  const auto id = new_slot(row.class_id, row.key, row.check, row.month);
  person.slot = id;
  person.class_id = row.class_id;
  if (left == no_slot) return;
  Cell& behind = cell(left, row.month);
  const auto events = static_cast<Cell>(behind & event_mask);
  if (left_class == nowhere && slots_[left].begin == row.month) {
    behind = 0;  // begun by another row of this month: as if it had never been
    slots_[left].begin = Slot::never;
  } else {
    slots_[id].before = left;
    person.moved_in = row.month;
    slots_[id].earlier = person.history >> 1 & ((std::uint64_t{1} << long_window_months) - 1);
    const bool same_jobcenter = left_class != nowhere && left_class / 3 == row.class_id / 3;
    const bool by_days = (seen_ >> long_term & 1U) != 0;
    if (by_days && row.month > 0 && (cell_of(left, row.month - 1U) >> long_term & 1U) != 0) slots_[id].earlier |= long_term_before;
    if (same_jobcenter && slots_[id].earlier != 0) slots_[id].earlier |= same_jobcenter_before;
    behind = static_cast<Cell>(joined_events(behind, row.cell) | (same_jobcenter ? stock_mask : elsewhere));
    seen_ |= behind;
  }
  cell(id, row.month) = events;
}

// Not the first row of the month: several Jobcenter have something to say. At most one stock, at most one row each.
void PersonTable::take_further(Person& person, const PersonRow& row) {
  further_rows_.insert(row_hash(row, person.last_row));
  if (!further_rows_.insert(row_hash(row, row.class_id)).second) note(Contradiction::Kind::SameRowTwice, row.key, row.month);
  else if ((row.cell & here) != 0 && (person.history & 1U) != 0) note(Contradiction::Kind::TwoStocks, row.key, row.month);
}

bool PersonTable::take(Person& person, const PersonRow& row) {
  if (row.month > person.last_month && row.class_id == person.class_id && (row.cell & stock_mask) == here) [[likely]] {
    // The first row of the month, in stock where the person was: nothing to find out.
    const unsigned passed = row.month - person.last_month;
    person.history = (passed < 64 ? person.history << passed : 0) | 1;
    person.last_month = row.month;
    person.last_row = row.class_id;
    cell(person.slot, row.month) = row.cell;
    seen_ |= row.cell;
    return true;
  }
  return take_otherwise(person, row);
}

bool PersonTable::take_otherwise(Person& person, const PersonRow& row) {
  if (person.slot != no_slot || person.last_month != 0) {
    if (row.month < person.last_month) return false;
    const unsigned passed = row.month - person.last_month;
    if (passed == 0) take_further(person, row);
    else person.history = passed < 64 ? person.history << passed : 0;
  }
  person.last_month = row.month;
  person.last_row = row.class_id;
  if ((row.cell & stock_mask) == here) {
    if (person.slot == no_slot || person.class_id != row.class_id) move(person, row);
    person.history |= 1;
  } else if (row.cell == 0) {
    return true;  // only amounts
  } else if (person.slot == no_slot) {
    person.slot = new_slot(nowhere, row.key, row.check, row.month);
  }
  Cell& now = cell(person.slot, row.month);
  // Most rows tell of no event.
  if (((now | row.cell) & event_mask) == 0) now |= row.cell;
  else now = static_cast<Cell>(((now | row.cell) & ~event_mask) | joined_events(now, row.cell));
  seen_ |= now;
  // The slot left in this very month still has to learn of it.
  if (person.moved_in == row.month) {
    Cell& behind = cell(slots_[person.slot].before, row.month);
    behind = static_cast<Cell>((behind & stock_mask) | joined_events(behind, row.cell));
  }
  return true;
}

void PersonTable::turn_month(unsigned month) {
  // Rows by person turn the months all the time: then pages stay open.
  if (month > order_month_ && order_.size() >= 2 * open_pages_.size()) pack_pages();
  open_pages_.clear();
  std::swap(order_, order_before_);
  order_.clear();
  expected_ = 0;
  order_month_ = month;
}

// Persons of the rows: first those who stand where the month before had them, then, by key, those who do not. The table is larger than
// the nearer caches, so what will be needed is fetched ahead.
void PersonTable::identify(const PersonRow* rows, std::size_t count, std::array<std::uint32_t, at_once>& persons) {
  constexpr std::size_t look = 4, far = 48;  // persons who left may be skipped
  std::array<std::uint8_t, at_once> unknown{};
  std::size_t unknowns = 0;
  const auto end = order_before_.size();
  const auto* before = order_before_.data();
  for (std::size_t i = 0; i < count; ++i) {
    const auto& row = rows[i];
    if (expected_ + far < end) __builtin_prefetch(&persons_[before[expected_ + far]], 1);
    const auto last = std::min(expected_ + look, end);
    auto at = expected_;
    while (at < last && persons_[before[at]].key != row.key) ++at;
    if (at < last && persons_[before[at]].check == row.check) {
      expected_ = at + 1;
      persons[i] = before[at];
    } else {
      __builtin_prefetch(&index_[bucket(row.key)]);
      unknown[unknowns++] = static_cast<std::uint8_t>(i);
    }
  }
  for (std::size_t i = 0; i < unknowns; ++i) {
    const auto known = index_[bucket(rows[unknown[i]].key)];
    if (known != 0) __builtin_prefetch(&persons_[known - 1]);
  }
  for (std::size_t i = 0; i < unknowns; ++i) persons[unknown[i]] = person_of(rows[unknown[i]]);
  order_.insert(order_.end(), persons.begin(), persons.begin() + static_cast<std::ptrdiff_t>(count));
}

bool PersonTable::add(const PersonRow* rows, std::size_t count) {
  constexpr std::size_t near = 12;
  std::array<std::uint32_t, at_once> persons;
  for (const auto* const end = rows + count; rows != end;) {
    const auto month = rows->month;
    if (month != order_month_) turn_month(month);
    std::size_t together = 1;
    while (together < at_once && rows + together != end && rows[together].month == month) ++together;
    identify(rows, together, persons);
    for (std::size_t i = 0; i < together; ++i) {
      if (i + near < together) {
        const auto slot = persons_[persons[i + near]].slot;
        const auto& pages = pages_[month];
        if (slot / lanes < pages.size()) __builtin_prefetch(pages[slot / lanes] + slot % lanes, 1);
      }
      if (!take(persons_[persons[i]], rows[i])) return false;
    }
    rows += together;
  }
  return true;
}

}  // namespace zielwerk::casework
