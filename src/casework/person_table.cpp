#include "casework/person_table.h"

#include <cstdlib>
#include <new>

#include <sys/mman.h>

#include "base/problem.h"

namespace zielwerk::casework {
namespace {

constexpr std::size_t pages_a_piece = 4096;  // 4 MiB of cells

// Zeroed by the system, in large pages where it can.
std::unique_ptr<Cell[], void (*)(Cell*)> zeroed_piece() {
  constexpr std::size_t bytes = pages_a_piece * lanes * sizeof(Cell);
  void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  ::madvise(memory, bytes, MADV_HUGEPAGE);
  return {static_cast<Cell*>(memory), [](Cell* piece) { ::munmap(piece, pages_a_piece * lanes * sizeof(Cell)); }};
}

std::uint64_t row_hash(const PersonRow& row, ClassId class_id) {
  return (row.key ^ (std::uint64_t{row.month} << 17 | class_id / 3U) * 0xD6E8FEB86659FD93U) * 0x9E3779B97F4A7C15U;
}

}  // namespace

PersonTable::PersonTable() : persons_(1), open_block_(class_count() + 1, 0), pages_(possible_months), index_(1024, 0) { persons_.clear(); }

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
  if (pages_used_ % pages_a_piece == 0) arena_.push_back(zeroed_piece());
  pages_[month][block] = arena_.back().get() + pages_used_++ % pages_a_piece * lanes;
}

void PersonTable::expect(std::size_t persons) {
  persons_.reserve(persons);
  slots_.reserve(persons + persons / 4);
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
    const auto* month_before = row.month > 0 ? cells(left / lanes, row.month - 1U) : nullptr;
    if (month_before && (month_before[left % lanes] >> long_term & 1U) != 0) slots_[id].earlier |= long_term_before;
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
