// Any table of words, as pdftotext and Tesseract write it: no word is lost between the table and the text.
#include <algorithm>

#include "base/text.h"
#include "documents/page_layout.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk::documents;
  const auto pages = parse_words({reinterpret_cast<const char*>(data), size}, size % 2 == 1);
  std::size_t digits = 0;
  const auto count = [](const std::string& text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })); };
  for (const auto& page : pages) {
    for (const auto& word : page.words) digits += count(word.text);
  }
  const auto reading = lay_out(pages, size % 3 == 0);
  std::vector<std::size_t> starts;
  const auto markdown = to_markdown(reading.blocks, reading.pages, starts);
  if (count(markdown) != digits || starts.size() != pages.size() || !std::is_sorted(starts.begin(), starts.end())) __builtin_trap();
  return 0;
}
