// A corrected month: the state becomes a caseload again, with that month exchanged; written anew it equals a full computation.
#include "casework/state_file.h"

namespace zielwerk::casework {
namespace {

void add(Caseload& into, const PersonRow& row) {
  const bool in_order = into.shards[shard_of(row.key, into.shards.size())]->add(&row, 1);
  base::ensure(in_order, "months are taken in order");
}

}  // namespace

Caseload with_corrected_month(const StateFile& state, const Caseload& corrected, Month month, const Path& code) {
  auto caseload = empty_caseload(static_cast<unsigned>(corrected.shards.size()), state.groups(), code);
  caseload.part = state.part();
  struct Person {
    std::uint64_t key;
    std::uint16_t check;
  };
  std::vector<Person> persons(state.space().blocks().size() * lanes);
  for (const auto& section : state.sections()) {
    for (const auto& span : section.spans) {
      for (std::uint32_t i = 0; i < span.count; ++i) persons[span.slot + i] = {section.keys[span.index + i], section.checks[span.index + i]};
    }
  }
  const auto exchanged = static_cast<unsigned>(month - first_possible);
  for (const auto& section : state.sections()) {
    if (section.month == exchanged) {
      for (const auto& shard : corrected.shards) {
        for (std::size_t block = 0; block < shard->block_count(); ++block) {
          for (unsigned lane = 0; lane < shard->block_fill(block); ++lane) {
            const auto slot_id = static_cast<SlotId>(block * lanes + lane);
            const auto& slot = shard->slot(slot_id);
            const auto id = shard->block_class(block);
            const auto cell = shard->cell_of(slot_id, exchanged);
            if (cell != 0) add(caseload, {slot.key, static_cast<std::uint16_t>(exchanged), id == nowhere ? ClassId{0} : id, cell, slot.check});
          }
        }
      }
      caseload.rows[exchanged] = corrected.rows[exchanged];
      for (const auto id : corrected.money.classes()) caseload.money.add(exchanged, id, corrected.money.at(exchanged, id));
      continue;
    }
    for (std::size_t block = 0; block < section.blocks; ++block) {
      const auto of_block = state.block(section, block);
      if (of_block.present == 0) continue;
      const auto id = state.space().blocks()[block];
      for (unsigned lane = 0; lane < lanes; ++lane) {
        const Cell cell = cell_at(of_block, lane);
        // Where the person is said to be elsewhere, the slot over there has the row.
        if (cell == 0 || (cell & stock_mask) >= elsewhere) continue;
        const auto& person = persons[block * lanes + lane];
        add(caseload, {person.key, static_cast<std::uint16_t>(section.month), id == nowhere ? ClassId{0} : id, cell, person.check});
      }
    }
    caseload.rows[section.month] = section.rows;
    for (const auto& entry : section.money) caseload.money.add(section.month, entry.class_id, entry.money);
  }
  return caseload;
}

}  // namespace zielwerk::casework
