// The exchange CSV for facts, from bytes to a store: what is accepted must also be kept and read again.
#include "intake/facts_csv.h"
#include "store/store.h"
#include "temporary_file.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  static const domain::Vocabulary vocabulary;
  const fuzz::TemporaryFile file(data, size);
  auto read = intake::read_facts_csv(file.path(), {vocabulary, domain::official_directory()});
  if (!read) {
    if (read.error().empty()) __builtin_trap();
    return 0;
  }
  const auto store = store::open_memory_store();
  const auto taken = store->append(read->delivery, read->table);
  if (!taken || taken->added != read->table.rows.size()) __builtin_trap();
  return 0;
}
