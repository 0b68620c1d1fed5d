// Any bytes as a paper: never a crash or a hang; every quote of the draft is the paper's text, and every number is in one class.
#include <boost/json.hpp>

#include "base/text.h"
#include "documents/document.h"
#include "reader/reader.h"

namespace {

void check_quotes(const boost::json::value& value, const std::string& text) {
  if (value.is_array()) {
    for (const auto& one : value.as_array()) check_quotes(one, text);
  }
  if (!value.is_object()) return;
  const auto& object = value.as_object();
  if (object.contains("quote") && object.contains("byte_start")) {
    const auto begin = object.at("byte_start").to_number<std::size_t>(), end = object.at("byte_end").to_number<std::size_t>();
    if (begin >= end || end > text.size() || text.compare(begin, end - begin, std::string_view(object.at("quote").as_string())) != 0) __builtin_trap();
  }
  for (const auto& member : object) check_quotes(member.value(), text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  documents::Document document;
  document.name = "fuzz.txt";
  document.sha256 = std::string(64, 'a');
  document.bytes = size;
  document.media = "text/plain";
  document.text = base::to_utf8({reinterpret_cast<const char*>(data), size});
  const auto reading = reader::read(document);
  if (!reading) return 0;
  check_quotes(reading->draft, document.text);
  const auto& counts = reading->draft.at("document").at("reading").at("number_counts").as_object();
  std::size_t all = 0;
  for (const auto& count : counts) all += count.value().to_number<std::size_t>();
  if (all != reading->numbers.size()) __builtin_trap();
  return 0;
}
