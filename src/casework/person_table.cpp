#include "casework/person_table.h"

#include <algorithm>
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

}  // namespace

PersonTable::PersonTable() : open_block_(class_count(), 0), index_(1024, no_slot) {}

void PersonTable::note(Contradiction::Kind kind, std::uint64_t key, unsigned month) {
  if (contradictions_.size() < most_contradictions) contradictions_.push_back({kind, key, static_cast<std::uint16_t>(month)});
}

const Cell* PersonTable::cells(std::size_t block, unsigned month) const {
  const auto& pages = blocks_[block].pages;
  if (month >= pages.size() || pages[month] == 0) return nullptr;
  const auto page = pages[month] - 1;
  return arena_[page / pages_a_piece].get() + page % pages_a_piece * lanes;
}

Cell* PersonTable::new_page(Block& block, unsigned month) {
  if (month >= block.pages.size()) block.pages.resize(month + 1);
  if (pages_used_ % pages_a_piece == 0) arena_.push_back(zeroed_piece());
  block.pages[month] = ++pages_used_;
  return arena_.back().get() + (pages_used_ - 1) % pages_a_piece * lanes;
}

Cell* PersonTable::page(Block& block, unsigned month) {
  if (month >= block.pages.size() || block.pages[month] == 0) return new_page(block, month);
  const auto page = block.pages[month] - 1;
  return arena_[page / pages_a_piece].get() + page % pages_a_piece * lanes;
}

void PersonTable::grow_index() {
  std::vector<SlotId> old(index_.size() * 2, no_slot);
  old.swap(index_);
  --shift_;
  const auto mask = index_.size() - 1;
  for (const auto id : old) {
    if (id == no_slot) continue;
    auto at = bucket(slots_[id].key);
    while (index_[at] != no_slot) at = (at + 1) & mask;
    index_[at] = id;
  }
}

SlotId PersonTable::find(std::uint64_t key) const {
  const auto mask = index_.size() - 1;
  for (auto at = bucket(key);; at = (at + 1) & mask) {
    if (index_[at] == no_slot || slots_[index_[at]].key == key) return index_[at];
  }
}

SlotId PersonTable::new_slot(const PersonRow& row) {
  auto& open = open_block_[row.class_id];
  if (open == 0 || blocks_[open - 1].fill == lanes) {
    blocks_.push_back({row.class_id, 0, {}});
    open = static_cast<std::uint32_t>(blocks_.size());
    slots_.resize(blocks_.size() * lanes);
    same_person_.resize(slots_.size(), no_slot);
  }
  const auto id = static_cast<SlotId>((open - 1) * lanes + blocks_[open - 1].fill++);
  slots_[id] = {row.key, no_slot, row.class_id, row.check};
  same_person_[id] = id;
  ++used_slots_;
  return id;
}

SlotId PersonTable::slot_of(const PersonRow& row) {
  const auto mask = index_.size() - 1;
  for (auto at = bucket(row.key);; at = (at + 1) & mask) {
    const auto first = index_[at];
    if (first == no_slot) {
      const auto id = new_slot(row);
      index_[at] = id;
      if (++persons_ * 2 > index_.size()) grow_index();
      return id;
    }
    if (slots_[first].key != row.key) continue;
    if (slots_[first].check != row.check) note(Contradiction::Kind::KeyClash, row.key, row.month);
    for (auto id = first;;) {
      if (slots_[id].class_id == row.class_id) return id;
      id = same_person_[id];
      if (id == first) break;
    }
    // Met at another Jobcenter, or under another sex.
    if (same_person_[first] == first) first_of_several_.push_back(first);
    const auto id = new_slot(row);
    same_person_[id] = same_person_[first];
    same_person_[first] = id;
    return id;
  }
}

void PersonTable::add(const PersonRow* rows, std::size_t count) {
  // Files name persons in one order month after month, or all months of a person together: who comes next is mostly who came next
  // the last time, or still the same.
  for (std::size_t i = 0; i < count; ++i) {
    const auto& row = rows[i];
    const auto fits = [&](SlotId id) { return slots_[id].key == row.key && slots_[id].class_id == row.class_id && slots_[id].check == row.check; };
    SlotId id = last_;
    if (id == no_slot || !fits(id)) {
      const auto guess = last_ == no_slot ? no_slot : slots_[last_].next;
      if (guess != no_slot && fits(guess)) {
        id = guess;
      } else {
        const auto second = guess == no_slot ? no_slot : slots_[guess].next;
        id = second != no_slot && fits(second) ? second : slot_of(row);
        if (last_ != no_slot) slots_[last_].next = id;
      }
      last_ = id;
    }
    Cell& cell = page(blocks_[id / lanes], row.month)[id % lanes];
    if ((cell >> row_seen & 1U) != 0) {
      note(Contradiction::Kind::SameRowTwice, row.key, row.month);
      continue;
    }
    cell = static_cast<Cell>(row.cell | 1U << row_seen);
    seen_ |= row.cell;
  }
}

// Every slot of a person learns where it is in stock and what happened, month by month.
void PersonTable::join_slots(SlotId first, std::vector<SlotId>& of_person) {
  of_person.clear();
  std::size_t months = 0;
  for (auto id = first;;) {
    of_person.push_back(id);
    months = std::max(months, blocks_[id / lanes].pages.size());
    id = same_person_[id];
    if (id == first) break;
  }
  for (unsigned month = 0; month < months; ++month) {
    Cell events = 0;
    SlotId in_stock = no_slot;
    bool any = false;
    for (const auto id : of_person) {
      const auto* row = cells(id / lanes, month);
      const Cell cell = row ? row[id % lanes] : Cell{0};
      if ((cell >> row_seen & 1U) == 0) continue;
      any = true;
      events = joined_events(events, cell);
      for (const auto other : of_person) {
        const auto* others = other < id ? cells(other / lanes, month) : nullptr;
        if (!others || (others[other % lanes] >> row_seen & 1U) == 0) continue;
        if (slots_[other].class_id / 3 == slots_[id].class_id / 3) note(Contradiction::Kind::SameRowTwice, slots_[id].key, month);
      }
      if ((cell & stock_mask) != here) continue;
      if (in_stock != no_slot) note(Contradiction::Kind::TwoStocks, slots_[id].key, month);
      in_stock = id;
    }
    if (!any) continue;
    for (const auto id : of_person) {
      Cell stock = 0;
      if (in_stock != no_slot && in_stock != id) {
        const bool same_jobcenter = slots_[in_stock].class_id / 3 == slots_[id].class_id / 3;
        stock = same_jobcenter ? stock_mask : elsewhere;
      }
      Cell& cell = page(blocks_[id / lanes], month)[id % lanes];
      cell = static_cast<Cell>((cell & ~person_mask) | (cell & 1U) | events | stock);
      seen_ |= static_cast<Cell>(stock | events);
    }
  }
}

void PersonTable::finish() {
  std::vector<SlotId> of_person;
  for (const auto first : first_of_several_) join_slots(first, of_person);
}

}  // namespace zielwerk::casework
