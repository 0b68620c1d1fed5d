// The state file: who was in stock where, month by month, as bits; small, checked, and only ever added to at its end. One section a month,
// in it one group of planes a block of 512 persons. docs/casework.md draws it. Written by compute or by append it is the same to the byte.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "base/problem.h"
#include "casework/counts.h"

namespace zielwerk::casework {

// Gives slots out: the next free one of the class's open block, else a new block. The same classes in the same order give the same slots.
class SlotSpace {
 public:
  SlotId take(ClassId id) {
    std::uint32_t one = 1;
    return take(id, one);
  }
  // Up to `count` slots side by side; returns the first, and in `count` how many.
  SlotId take(ClassId id, std::uint32_t& count);
  const std::vector<ClassId>& blocks() const { return block_class_; }
  const std::vector<std::uint16_t>& fill() const { return fill_; }

 private:
  std::vector<ClassId> block_class_;
  std::vector<std::uint16_t> fill_;
  std::vector<std::uint32_t> open_ = std::vector<std::uint32_t>(0x10000);  // by class: 1 + block
};

// A slot that took over from another, in the month it was opened.
struct Takeover {
  std::uint32_t index = 0;  // among the month's new slots
  SlotId before = no_slot;
  std::uint64_t earlier = 0;
};

// New slots of a month that stand side by side.
struct SlotSpan {
  std::uint32_t index = 0;  // of the first among the month's new slots
  std::uint32_t count = 0;
  SlotId slot = no_slot;
};

struct MoneyEntry {
  ClassId class_id = 0;
  Money money;
};

// What a month's section says besides its planes. Spans point into the mapped file.
struct Section {
  unsigned month = 0;
  std::uint64_t rows = 0;
  std::uint32_t blocks = 0;
  std::vector<SlotSpan> spans;  // new slots, in the order of the keys
  std::span<const std::uint64_t> keys;
  std::span<const std::uint16_t> checks;
  std::vector<Takeover> takeovers;
  std::vector<MoneyEntry> money;
  std::span<const std::uint16_t> present;   // by block: which planes
  std::span<const std::uint32_t> checksums; // by block, of its planes
  std::vector<std::uint32_t> begin;         // by block: first word / 8 of its planes; one more at the end
  const std::uint64_t* planes = nullptr;
};

class StateFile {
 public:
  // Opens and checks everything but the planes, which are checked when they are read. Problems: state_foreign, state_version, state_damaged,
  // state_truncated. Throws base::EnvironmentError if it cannot be read.
  static base::Checked<std::unique_ptr<StateFile>> open(const std::filesystem::path& path);
  ~StateFile();
  StateFile(const StateFile&) = delete;
  StateFile& operator=(const StateFile&) = delete;

  const std::string& name() const { return name_; }
  std::uint64_t bytes() const { return bytes_; }           // of whole sections
  bool unfinished() const { return unfinished_; }          // an append was cut off behind them
  const GroupRules& groups() const { return groups_; }
  Part part() const { return part_; }
  Month first() const { return first_possible + static_cast<int>(sections_.front().month); }
  Month last() const { return first_possible + static_cast<int>(sections_.back().month); }
  const std::vector<Section>& sections() const { return sections_; }
  const SlotSpace& space() const { return space_; }
  std::uint64_t rows() const;
  std::uint64_t slots() const;
  std::uint64_t persons() const;  // slots that took over from no other

  // Planes of a block in a section, checked against their checksum: base::EnvironmentError names month and block if they are damaged.
  BlockMonth block(const Section& section, std::size_t block, const Path& code = *best_path()) const;
  // They will be asked for soon.
  static void fetch(const Section& section, std::size_t block) {
    if (block >= section.blocks) return;
    for (auto word = section.begin[block]; word < section.begin[block + 1]; ++word) __builtin_prefetch(section.planes + std::size_t{word} * plane_words);
  }
  // Reads and checks every plane once; one problem for each damaged block, at most most_problems.
  base::Problems verify(unsigned threads) const;
 private:
  StateFile() = default;
  base::Problems read_header();
  base::Problems read_sections();
  std::optional<base::Problem> read_section(std::uint64_t at, std::uint64_t& next);

  std::filesystem::path path_;
  std::string name_;
  int descriptor_ = -1;
  const char* data_ = nullptr;
  std::uint64_t size_ = 0;
  std::uint64_t bytes_ = 0;
  bool unfinished_ = false;
  GroupRules groups_;
  Part part_;
  std::vector<Section> sections_;
  SlotSpace space_;
};

// --- writing -------------------------------------------------------------------------------------------------------------------
// The whole caseload as a state file: written beside its place, forced to disk, moved there; 0600.
void write_state(const Caseload& caseload, const std::filesystem::path& path, const Path& code, unsigned threads);

// Adds the caseload, which holds rows of the month after the last one only, at the end of the file. A power cut leaves the file as it was,
// or with an unfinished end that the next append removes. Problem state_damaged.
base::Problems append_month(const StateFile& state, const std::filesystem::path& path, const Caseload& month, const Path& code, unsigned threads);

// The persons of a state file as a caseload again, with one month replaced by what `corrected` holds of it.
Caseload with_corrected_month(const StateFile& state, const Caseload& corrected, Month month, const Path& code);
// --- reading -------------------------------------------------------------------------------------------------------------------
// Counters over the months first … last of files with the same groups, added up; months outside are not allowed, missing ones are empty.
Counts count(const std::vector<const StateFile*>& states, const Path& code, unsigned threads, Month first, Month last);

// State files that are added must not share a person. Problem person_in_two_files for each pair of files that do.
base::Problems persons_in_two(const std::vector<std::unique_ptr<StateFile>>& states);

}  // namespace zielwerk::casework
