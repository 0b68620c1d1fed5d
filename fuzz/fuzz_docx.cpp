// Any bytes as DOCX. Bytes that begin with "PK" are the file itself; all others become the body of its document, so that the fuzzer need
// not invent checksums.
#include "base/text.h"
#include "documents/docx.h"
#include "documents/docx_writer.h"
#include "documents/documents_test_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto reading = documents::read_docx(bytes.starts_with("PK") ? bytes : documents::test::docx(bytes));
  if (!reading) {
    if (reading.error().message.empty()) __builtin_trap();
    return 0;
  }
  const auto markdown = documents::to_markdown(reading->blocks);
  if (!base::is_utf8(markdown)) __builtin_trap();
  if (!documents::read_docx(documents::write_docx(markdown))) __builtin_trap();
  return 0;
}
