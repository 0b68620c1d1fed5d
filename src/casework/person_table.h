// Person-months in memory, by person. Persons live in blocks of 512 of one class; a block keeps one page of cells per month, packed into
// planes when the next month begins: half the memory, and the month at work stays in the nearer caches. A person who
// is met in stock at another Jobcenter (or under another sex) gets a new slot there and brings the last 48 months along as one word; the
// slot left behind still learns what happens in the month of the move, and then rests. So every slot can be counted by itself.
#pragma once

#include <array>
#include <memory>
#include <unordered_set>
#include <vector>

#include "casework/large_memory.h"
#include "casework/path.h"
#include "casework/person_month.h"

namespace zielwerk::casework {

using SlotId = std::uint32_t;  // block * 512 + lane
inline constexpr SlotId no_slot = 0xFFFFFFFF;
// Class of persons of whom only events are known: never in stock so far. Counted nowhere; kept because a corrected month may change that.
inline constexpr ClassId nowhere = 0xFFFF;

// What rows of one person contradict: found by key and month; the files are read again to say where.
struct Contradiction {
  enum class Kind : std::uint8_t { SameRowTwice, TwoStocks, KeyClash };
  Kind kind;
  std::uint64_t key = 0;
  std::uint16_t month = 0;
  friend auto operator<=>(const Contradiction&, const Contradiction&) = default;
};

// A stay of a person in a class, from `begin` until another slot takes over.
struct Slot {
  std::uint64_t key = 0;
  std::uint64_t earlier = 0;  // bit k-1: in stock anywhere k months before `begin`
  SlotId before = no_slot;    // the slot this one took over from
  std::uint16_t begin = 0;
  std::uint16_t check = 0;

  static constexpr std::uint16_t never = 0xFFFF;  // `begin` of a slot that turned out not to be needed
};

class PersonTable {
 public:
  explicit PersonTable(const Path& path);

  // Takes rows over, ordered by month for each person (the rows of one month in any order). False at the first row that comes too late:
  // then the table is of no use, and the rows must be sorted. Contradictions are noted, at most most_contradictions.
  bool add(const PersonRow* rows, std::size_t count);

  // At most about so many will come: addresses for them are asked for once, and nothing moves as it grows. Memory is only used as they come.
  void reserve(std::size_t persons);
  // About so many will come, nearly all at once: the index is made for them, too.
  void expect(std::size_t persons);

  std::size_t persons() const { return persons_.size(); }
  std::size_t block_count() const { return blocks_.size(); }
  ClassId block_class(std::size_t block) const { return blocks_[block].class_id; }
  std::uint16_t block_fill(std::size_t block) const { return blocks_[block].fill; }
  const Slot& slot(SlotId id) const { return slots_[id]; }
  Cell cell_of(SlotId id, unsigned month) const;
  // A block's month as planes; made in `room` (15 planes) if it is not packed.
  BlockMonth planes_of(std::size_t block, unsigned month, std::uint64_t* room) const;
  // The cells of a month, by slot.
  LargeVector<Cell> cells_of(unsigned month) const;
  // Where the person is now; no_slot if unknown.
  struct Whereabouts {
    SlotId slot = no_slot;
    ClassId class_id = nowhere;
    std::uint16_t check = 0;
  };
  Whereabouts find(std::uint64_t key) const;
  // find() will be asked: soon, very soon.
  void fetch_index(std::uint64_t key) const { __builtin_prefetch(&index_[bucket(key)]); }
  void fetch_person(std::uint64_t key) const {
    const auto at = index_[bucket(key)];
    if (at != 0) __builtin_prefetch(&persons_[at - 1]);
  }
  Cell seen() const { return seen_; }  // all bits that ever occurred
  const std::vector<Contradiction>& contradictions() const { return contradictions_; }

  static constexpr std::size_t most_contradictions = 200;

 private:
  struct Block {
    ClassId class_id = 0;
    std::uint16_t fill = 0;
  };
  struct Person {
    std::uint64_t key = 0;
    std::uint64_t history = 0;  // bit k: in stock k months before last_month
    SlotId slot = no_slot;
    std::uint16_t last_month = 0;
    std::uint16_t moved_in = 0xFFFF;  // month in which the slot took over from another
    std::uint16_t check = 0;
    ClassId class_id = 0;             // of the slot
    ClassId last_row = 0;             // class of the newest row
  };
  static_assert(sizeof(Person) == 32);

  static constexpr std::size_t at_once = 128;  // rows
  void identify(const PersonRow* rows, std::size_t count, std::array<std::uint32_t, at_once>& persons);
  std::uint32_t person_of(const PersonRow& row);  // by key
  void turn_month(unsigned month);
  SlotId new_slot(ClassId class_id, std::uint64_t key, std::uint16_t check, unsigned month);
  bool take(Person& person, const PersonRow& row);
  bool take_otherwise(Person& person, const PersonRow& row);
  void take_further(Person& person, const PersonRow& row);
  void move(Person& person, const PersonRow& row);
  Cell& cell(SlotId id, unsigned month);
  void new_page(std::size_t block, unsigned month);
  void pack_pages();
  char* room(std::size_t bytes);  // zeroed; given away when arena_left_ says so
  std::size_t bucket(std::uint64_t key) const { return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> shift_); }
  void grow_index();
  void note(Contradiction::Kind kind, std::uint64_t key, unsigned month);

  LargeVector<Person> persons_;
  LargeVector<Slot> slots_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> open_block_;  // by class: 1 + block
  const Path& path_;
  std::vector<std::unique_ptr<char[], void (*)(char*)>> arena_;
  std::size_t arena_left_ = 0;             // bytes of the last piece
  std::vector<std::vector<Cell*>> pages_;  // by month and block; 512 cells, or nullptr if there is nothing or it is packed
  std::vector<std::vector<BlockMonth>> packed_;
  std::vector<std::uint32_t> open_pages_;  // blocks with a page begun since the month turned
  std::vector<Cell*> free_pages_;
  LargeVector<std::uint32_t> index_;       // open addressing by key: 1 + person
  unsigned shift_ = 54;
  // Persons in the order of this month's rows, and of the month before: where a row is expected, and how far that can be trusted.
  std::vector<std::uint32_t> order_, order_before_;
  std::size_t expected_ = 0;
  unsigned order_month_ = 0;
  Cell seen_ = 0;
  std::unordered_set<std::uint64_t> further_rows_;  // months of persons with several rows: hash of key, month and Jobcenter
  std::vector<Contradiction> contradictions_;
};

// One cell of 512 persons' planes.
Cell cell_at(const BlockMonth& month, unsigned lane);

}  // namespace zielwerk::casework
