// Any bytes as HTML: never a crash, a leak or a hang; what is read can be written and read again.
#include "base/text.h"
#include "documents/html.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  const auto reading = documents::read_html(base::to_utf8({reinterpret_cast<const char*>(data), size}));
  const auto markdown = documents::to_markdown(reading.blocks);
  if (!base::is_utf8(markdown)) __builtin_trap();
  const auto again = documents::to_markdown(documents::parse_markdown(markdown));
  if (documents::to_markdown(documents::parse_markdown(again)) != again) __builtin_trap();
  return 0;
}
