// Person-months in memory, sorted by person while they arrive, in any order. Persons live in blocks of 512 of one class; a block keeps one
// row of cells per month. A person who is met at two Jobcenter (or under two sexes) has a slot in each; finish() tells each slot what
// the others know, so that afterwards every slot can be counted by itself.
#pragma once

#include <memory>
#include <vector>

#include "casework/path.h"
#include "casework/person_month.h"

namespace zielwerk::casework {

using SlotId = std::uint32_t;  // block * 512 + lane
inline constexpr SlotId no_slot = 0xFFFFFFFF;

// What rows of one person contradict: found by key and month; the files are read again to say where.
struct Contradiction {
  enum class Kind : std::uint8_t { SameRowTwice, TwoStocks, KeyClash };
  Kind kind;
  std::uint64_t key = 0;
  std::uint16_t month = 0;
  friend auto operator<=>(const Contradiction&, const Contradiction&) = default;
};

struct Slot {
  std::uint64_t key = 0;
  SlotId next = no_slot;     // who followed in the file the last time: a guess
  ClassId class_id = 0;
  std::uint16_t check = 0;
};

class PersonTable {
 public:
  PersonTable();

  // Takes rows over. Contradictions are noted, at most most_contradictions.
  void add(const PersonRow* rows, std::size_t count);
  // Once, after the last row: persons with several slots.
  void finish();

  std::size_t slots() const { return used_slots_; }
  std::size_t persons() const { return persons_; }
  std::size_t block_count() const { return blocks_.size(); }
  ClassId block_class(std::size_t block) const { return blocks_[block].class_id; }
  std::uint16_t block_fill(std::size_t block) const { return blocks_[block].fill; }
  // 512 cells, or nullptr if the block has nothing in that month.
  const Cell* cells(std::size_t block, unsigned month) const;
  const Slot& slot(SlotId id) const { return slots_[id]; }
  // First slot of the person; the others follow by another(), which ends at the first again. no_slot if unknown.
  SlotId find(std::uint64_t key) const;
  SlotId another(SlotId id) const { return same_person_[id]; }
  Cell seen() const { return seen_; }  // all bits that ever occurred
  const std::vector<Contradiction>& contradictions() const { return contradictions_; }

  static constexpr std::size_t most_contradictions = 200;

 private:
  struct Block {
    ClassId class_id = 0;
    std::uint16_t fill = 0;
    std::vector<std::uint32_t> pages;  // by month: 1 + page, 0: none
  };

  SlotId slot_of(const PersonRow& row);
  SlotId new_slot(const PersonRow& row);
  std::size_t bucket(std::uint64_t key) const { return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> shift_); }
  void grow_index();
  Cell* page(Block& block, unsigned month);
  Cell* new_page(Block& block, unsigned month);
  void note(Contradiction::Kind kind, std::uint64_t key, unsigned month);
  void join_slots(SlotId first, std::vector<SlotId>& of_person);

  std::vector<Slot> slots_;
  std::vector<SlotId> same_person_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> open_block_;  // by class: 1 + block
  std::vector<std::unique_ptr<Cell[], void (*)(Cell*)>> arena_;
  std::uint32_t pages_used_ = 0;
  std::vector<SlotId> index_;  // open addressing by key: first slot of the person
  unsigned shift_ = 54;
  std::size_t used_slots_ = 0;
  std::size_t persons_ = 0;
  std::vector<SlotId> first_of_several_;
  SlotId last_ = no_slot;
  Cell seen_ = 0;
  std::vector<Contradiction> contradictions_;
};

}  // namespace zielwerk::casework
