// Any bytes as PDF: the page program may fail as it likes; what it says becomes a document or a problem in German.
#include "base/text.h"
#include "documents/page_layout.h"
#include "documents/pdf.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  const auto words = documents::read_pdf({reinterpret_cast<const char*>(data), size}, false);
  if (!words) {
    if (words.error().message.empty()) __builtin_trap();
    return 0;
  }
  const auto reading = documents::lay_out(words->pages, true);
  if (!base::is_utf8(documents::to_markdown(reading.blocks))) __builtin_trap();
  return 0;
}
