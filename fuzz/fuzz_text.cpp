// Any bytes as a file of text or Markdown: a document of UTF-8 or a problem in German; what is a document is read without a crash.
#include "base/text.h"
#include "documents/document.h"
#include "reader/reader.h"
#include "temporary_file.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // Other formats have targets of their own; here each would cost a child process.
  for (const char* other : {"%PDF-", "PK", "<"}) {
    if (bytes.find(other) != std::string_view::npos) return 0;
  }
  const fuzz::TemporaryFile file(data, size);
  const auto document = documents::open_document(file.path());
  if (!document) {
    if (document.error().message.empty() || !base::is_utf8(document.error().message)) __builtin_trap();
    return 0;
  }
  if (!base::is_utf8(document->text)) __builtin_trap();
  const auto reading = reader::read(*document);
  if (!reading && reading.error().message.empty()) __builtin_trap();
  return 0;
}
