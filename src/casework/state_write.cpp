// Sections of the state file: from a whole caseload, or one more month at the end.
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>
#include <xxhash.h>

#include "casework/parallel.h"
#include "casework/state_file.h"
#include "casework/state_format.h"
#include "casework/whole_file.h"

namespace zielwerk::casework {
namespace {

// A slot of the month's section, in the order of class and key; then slots are given out.
struct NewSlot {
  ClassId class_id = 0;
  std::uint16_t check = 0;
  std::uint64_t key = 0;
  SlotId before = no_slot;
  std::uint64_t earlier = 0;
  std::uint32_t source = 0;  // of the caller
};

void order(std::vector<NewSlot>& slots) {
  std::sort(slots.begin(), slots.end(), [](const NewSlot& a, const NewSlot& b) { return std::tie(a.class_id, a.key) < std::tie(b.class_id, b.key); });
}

RunEntry run_of(ClassId id) {
  RunEntry run;
  run.jobcenter = id == nowhere ? not_in_stock : jobcenter_of(id).value();
  run.sex = id == nowhere ? 0 : static_cast<std::uint32_t>(sex_of(id));
  return run;
}

// Cells of a block in this month, into 512 places; false if all are 0.
using FillBlock = std::function<bool(std::size_t block, Cell* cells)>;

std::string section_bytes(unsigned month, std::uint64_t rows, const std::vector<NewSlot>& slots, const MoneyTable& money, std::size_t blocks, const FillBlock& fill,
                          const Path& code, unsigned threads) {
  std::vector<RunEntry> runs;
  std::vector<std::uint64_t> keys;
  std::vector<std::uint16_t> checks;
  std::vector<TakeoverEntry> takeovers;
  for (const auto& slot : slots) {
    const auto run = run_of(slot.class_id);
    if (runs.empty() || runs.back().jobcenter != run.jobcenter || runs.back().sex != run.sex) runs.push_back(run);
    ++runs.back().count;
    if (slot.before != no_slot) takeovers.push_back({static_cast<std::uint32_t>(keys.size()), slot.before, slot.earlier});
    keys.push_back(slot.key);
    checks.push_back(slot.check);
  }
  std::vector<MoneyRecord> amounts;
  for (const auto id : money.classes()) {
    const auto& amount = money.at(month, id);
    if (amount.empty()) continue;
    const auto run = run_of(id);
    amounts.push_back({run.jobcenter, run.sex, amount.llu_persons, amount.luh_persons, amount.llu, amount.luh});
  }
  // Planes in two passes of the threads: each makes those of its blocks, then they are laid one after the other.
  constexpr std::size_t room = planes * plane_words;
  std::vector<std::uint64_t> made(blocks * room);
  std::vector<std::uint16_t> present(blocks);
  std::vector<std::uint32_t> sums(blocks);
  std::atomic<std::size_t> next = 0;
  in_parallel(threads, [&](unsigned) {
    std::vector<Cell> cells(lanes);
    for (auto block = next++; block < blocks; block = next++) {
      std::fill(cells.begin(), cells.end(), Cell{0});
      if (!fill(block, cells.data())) continue;
      present[block] = static_cast<std::uint16_t>(code.to_planes(cells.data(), made.data() + block * room));
      if (present[block] != 0) sums[block] = static_cast<std::uint32_t>(code.checksum(made.data() + block * room, static_cast<std::size_t>(__builtin_popcount(present[block])) * 64));
    }
  });
  std::string bytes(sizeof(SectionHead), '\0');
  const auto put = [&](const auto& list) { bytes.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0])); };
  put(runs);
  put(keys);
  put(takeovers);
  put(amounts);
  put(sums);
  put(present);
  put(checks);
  bytes.resize(sizeof(SectionHead) + padded(bytes.size() - sizeof(SectionHead)));
  SectionHead head;
  head.magic = section_magic;
  head.month = month;
  head.blocks = static_cast<std::uint32_t>(blocks);
  head.runs = static_cast<std::uint32_t>(runs.size());
  head.new_slots = static_cast<std::uint32_t>(keys.size());
  head.takeovers = static_cast<std::uint32_t>(takeovers.size());
  head.money = static_cast<std::uint32_t>(amounts.size());
  head.rows = rows;
  head.meta_bytes = bytes.size() - sizeof(head);
  head.meta_checksum = code.checksum(bytes.data() + sizeof(head), head.meta_bytes);
  for (std::size_t block = 0; block < blocks; ++block) head.plane_bytes += static_cast<std::uint64_t>(__builtin_popcount(present[block])) * 64;
  bytes.reserve(bytes.size() + head.plane_bytes);
  for (std::size_t block = 0; block < blocks; ++block) {
    bytes.append(reinterpret_cast<const char*>(made.data() + block * room), static_cast<std::size_t>(__builtin_popcount(present[block])) * 64);
  }
  head.checksum = XXH3_64bits(&head, offsetof(SectionHead, checksum));
  std::memcpy(bytes.data(), &head, sizeof(head));
  return bytes;
}

std::string head_bytes(const GroupRules& groups, Part part) {
  FileHead head;
  if (part.of > 1) {
    head.part = part.number;
    head.parts = part.of;
  }
  head.groups = static_cast<std::uint32_t>(groups.rules.size());
  for (std::size_t i = 0; i < groups.rules.size(); ++i) groups.rules[i].code.copy(head.group_codes[i].data(), 39);
  head.checksum = XXH3_64bits(&head, offsetof(FileHead, checksum));
  return {reinterpret_cast<const char*>(&head), sizeof(head)};
}

// Where a slot of the state finds its cells in a caseload.
struct Source {
  std::uint32_t shard = 0;
  SlotId slot = no_slot;
};

}  // namespace

void write_state(const Caseload& caseload, const std::filesystem::path& path, const Path& code, unsigned threads) {
  unsigned first = 0, last = 0;
  base::ensure(caseload.span(first, last) && !caseload.by_days, "a state is written from person-months");
  // All slots by the month they begin in.
  std::vector<std::vector<NewSlot>> begins(last - first + 1);
  std::vector<Source> given;                                     // by NewSlot::source
  std::vector<std::vector<SlotId>> slot_in_state(caseload.shards.size());
  for (std::uint32_t shard = 0; shard < caseload.shards.size(); ++shard) {
    const auto& table = *caseload.shards[shard];
    slot_in_state[shard].resize(table.block_count() * lanes, no_slot);
    for (std::size_t block = 0; block < table.block_count(); ++block) {
      for (std::uint32_t lane = 0; lane < table.block_fill(block); ++lane) {
        const auto id = static_cast<SlotId>(block * lanes + lane);
        const auto& slot = table.slot(id);
        if (slot.begin == Slot::never) continue;
        begins[slot.begin - first].push_back({table.block_class(block), slot.check, slot.key, slot.before, slot.earlier, static_cast<std::uint32_t>(given.size())});
        given.push_back({shard, id});
      }
    }
  }
  WholeFile file(path);
  file.write(head_bytes(caseload.groups, caseload.part));
  SlotSpace space;
  std::vector<Source> by_slot;  // of the state
  for (unsigned month = first; month <= last; ++month) {
    auto& slots = begins[month - first];
    order(slots);
    for (auto& slot : slots) {
      const auto source = given[slot.source];
      const auto id = space.take(slot.class_id);
      if (by_slot.size() < space.blocks().size() * lanes) by_slot.resize(space.blocks().size() * lanes);
      by_slot[id] = source;
      slot_in_state[source.shard][source.slot] = id;
      if (slot.before != no_slot) slot.before = slot_in_state[source.shard][slot.before];
    }
    std::vector<LargeVector<Cell>> cells_by_shard(caseload.shards.size());
    in_parallel(static_cast<unsigned>(caseload.shards.size()), [&](unsigned shard) { cells_by_shard[shard] = caseload.shards[shard]->cells_of(month); });
    file.write(section_bytes(month, caseload.rows[month], slots, caseload.money, space.blocks().size(),
                             [&](std::size_t block, Cell* cells) {
                               Cell any = 0;
                               for (std::uint16_t lane = 0; lane < space.fill()[block]; ++lane) {
                                 const auto& source = by_slot[block * lanes + lane];
                                 any |= cells[lane] = cells_by_shard[source.shard][source.slot];
                               }
                               return any != 0;
                             },
                             code, threads));
  }
  file.commit(true);
}

namespace {

// In stock anywhere 1 … 48 months before the month after the last, as the slot's own history and what it brought along say.
std::uint64_t history_of(const StateFile& state, SlotId slot, unsigned begin, std::uint64_t earlier) {
  std::uint64_t history = 0;
  const auto& sections = state.sections();
  const auto month = sections.back().month + 1;
  for (unsigned back = 1; back <= static_cast<unsigned>(long_window_months) && back <= month; ++back) {
    const auto at = month - back;
    bool in_stock = false;
    if (at >= begin) {
      const auto data = state.block(sections[at - sections.front().month], slot / lanes);
      const auto* words = data.data;
      for (unsigned plane = stock_low; plane <= stock_high; ++plane) {
        if ((data.present >> plane & 1U) == 0) continue;
        in_stock = in_stock || (words[slot % lanes / 64] >> slot % 64 & 1U) != 0;
        words += plane_words;
      }
    } else {
      in_stock = (earlier >> (begin - at - 1) & 1U) != 0 && begin - at <= static_cast<unsigned>(long_window_months);
    }
    history |= std::uint64_t{in_stock} << (back - 1);
  }
  return history;
}

// A person of the state who is met elsewhere now.
struct Moved {
  Source source;  // in the month's caseload
  SlotId slot = no_slot;
  const Section* section = nullptr;  // the slot began in
  std::uint32_t index = 0;
};

std::uint64_t earlier_of(const Moved& moved) {
  const auto& all = moved.section->takeovers;
  const auto found = std::lower_bound(all.begin(), all.end(), moved.index, [](const Takeover& one, std::uint32_t index) { return one.index < index; });
  return found != all.end() && found->index == moved.index ? found->earlier : 0;
}

}  // namespace

base::Problems append_month(const StateFile& state, const std::filesystem::path& path, const Caseload& caseload, const Path& code, unsigned threads) {
  unsigned month = 0, last = 0;
  base::ensure(caseload.span(month, last) && month == last && month == state.sections().back().month + 1, "append takes the month after the last");

  // Slots that another one took over from rest for ever.
  auto space = state.space();
  std::vector<bool> resting(space.blocks().size() * lanes);
  for (const auto& section : state.sections()) {
    for (const auto& one : section.takeovers) resting[one.before] = true;
  }
  std::vector<Cell> cells(space.blocks().size() * lanes);
  std::vector<std::vector<char>> matched;
  for (const auto& shard : caseload.shards) matched.emplace_back(shard->block_count() * lanes);
  std::vector<std::vector<Moved>> moved(threads);
  std::atomic<bool> clash = false;
  // Every known person is looked up among the month's rows: the table of the month is small, the list of the known is read in order.
  std::vector<std::pair<const Section*, SlotSpan>> spans;
  for (const auto& section : state.sections()) {
    for (const auto& span : section.spans) spans.emplace_back(&section, span);
  }
  const auto table_of = [&](std::uint64_t key) -> const PersonTable& { return *caseload.shards[shard_of(key, caseload.shards.size())]; };
  constexpr std::size_t soon = 16, very_soon = 8, at_once = 64;
  std::atomic<std::size_t> next = 0;
  in_parallel(threads, [&](unsigned thread) {
    for (auto begin = next.fetch_add(at_once); begin < spans.size(); begin = next.fetch_add(at_once)) {
      for (auto s = begin; s < std::min(begin + at_once, spans.size()); ++s) {
        const auto& [section, span] = spans[s];
        for (std::uint32_t i = 0; i < span.count; ++i) {
          const auto index = span.index + i;
          if (index + soon < section->keys.size()) {
            table_of(section->keys[index + soon]).fetch_index(section->keys[index + soon]);
            table_of(section->keys[index + very_soon]).fetch_person(section->keys[index + very_soon]);
          }
          const auto slot = span.slot + i;
          if (resting[slot]) continue;
          const auto key = section->keys[index];
          const auto shard = static_cast<std::uint32_t>(shard_of(key, caseload.shards.size()));
          const auto& table = *caseload.shards[shard];
          const auto found = table.find(key);
          if (found.slot == no_slot) continue;
          if (found.check != section->checks[index]) clash = true;
          matched[shard][found.slot] = 1;
          const Cell cell = table.cell_of(found.slot, month);
          const auto now = found.class_id, before = state.space().blocks()[slot / lanes];
          if (now == before || now == nowhere) {
            cells[slot] = cell;
            continue;
          }
          const bool same_jobcenter = before != nowhere && now / 3 == before / 3;
          cells[slot] = static_cast<Cell>((cell & event_mask) | (same_jobcenter ? stock_mask : elsewhere));
          moved[thread].push_back({{shard, found.slot}, slot, section, index});
        }
      }
    }
  });
  if (clash) return {{"key_clash", "Zwei verschiedene Personenschlüssel (Text) ergeben dieselbe Prüfsumme; bitte einen davon ändern.", state.name()}};

  std::vector<NewSlot> slots;
  std::vector<Cell> cell_of;
  const auto open_slot = [&](const Source& source, SlotId before, std::uint64_t earlier) {
    const auto& table = *caseload.shards[source.shard];
    const auto& slot = table.slot(source.slot);
    slots.push_back({table.block_class(source.slot / lanes), slot.check, slot.key, before, earlier, static_cast<std::uint32_t>(cell_of.size())});
    cell_of.push_back(table.cell_of(source.slot, month));
  };
  for (const auto& list : moved) {
    for (const auto& one : list) {
      auto history = history_of(state, one.slot, one.section->month, earlier_of(one));
      const auto before = state.space().blocks()[one.slot / lanes];
      const auto now = caseload.shards[one.source.shard]->block_class(one.source.slot / lanes);
      if (history != 0 && before != nowhere && now / 3 == before / 3) history |= same_jobcenter_before;
      open_slot(one.source, one.slot, history);
    }
  }
  for (std::uint32_t shard = 0; shard < caseload.shards.size(); ++shard) {
    const auto& table = *caseload.shards[shard];
    for (std::size_t block = 0; block < table.block_count(); ++block) {
      for (std::uint32_t lane = 0; lane < table.block_fill(block); ++lane) {
        const auto id = static_cast<SlotId>(block * lanes + lane);
        if (matched[shard][id] == 0 && table.slot(id).begin != Slot::never) open_slot({shard, id}, no_slot, 0);
      }
    }
  }
  order(slots);
  for (const auto& slot : slots) {
    const auto id = space.take(slot.class_id);
    cells.resize(space.blocks().size() * lanes);
    cells[id] = cell_of[slot.source];
  }
  const auto bytes = section_bytes(month, caseload.rows[month], slots, caseload.money, space.blocks().size(),
                                   [&](std::size_t block, Cell* into) {
                                     std::memcpy(into, cells.data() + block * lanes, lanes * sizeof(Cell));
                                     return true;
                                   },
                                   code, threads);
  add_to_end(path, state.bytes(), bytes, sizeof(SectionHead));
  return {};
}

}  // namespace zielwerk::casework
