// The server's configuration: any text is a configuration or a list of problems, each with its line.
#include <cstdlib>

#include "server/config.h"
#include "temporary_file.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const zielwerk::fuzz::TemporaryFile file(data, size);
  const auto config = zielwerk::server::read_config(file.path());
  if (!config) {
    for (const auto& problem : config.error()) {
      if (problem.message.empty() || problem.where.empty()) std::abort();
    }
  }
  return 0;
}
