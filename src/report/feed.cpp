#include "report/feed.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "documents/input_file.h"
#include "documents/xml_text.h"

namespace zielwerk::report {
namespace {

using documents::xml_text;

// A UUID of version 8 (RFC 9562): the first bits of a checksum.
std::string id_of(const std::string& key) {
  auto hex = documents::sha256(key).substr(0, 32);
  hex[12] = '8';
  hex[16] = 'a';
  return fmt::format("urn:uuid:{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4), hex.substr(20));
}

std::string link_to(const std::string& address, const char* relation) { return address.empty() ? "" : fmt::format("<link rel=\"{}\" href=\"{}\"/>", relation, xml_text(address)); }

}  // namespace

std::string atom(const Feed& feed, const std::string& today) {
  std::string newest;
  for (const auto& one : feed.entries) newest = std::max(newest, one.updated);
  auto text = fmt::format("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n<id>{}</id>\n<title>{}</title>\n<updated>{}T00:00:00Z</updated>\n<author><name>Zielwerk</name></author>\n{}\n",
                          id_of(feed.key), xml_text(feed.title), newest.empty() ? today : newest, link_to(feed.link, "self"));
  for (const auto& one : feed.entries) {
    text += fmt::format("<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}T00:00:00Z</updated>\n{}<content type=\"text\">{}</content>\n</entry>\n", id_of(one.key), xml_text(one.title), one.updated, link_to(one.link, "alternate"), xml_text(one.text));
  }
  return text + "</feed>\n";
}

}  // namespace zielwerk::report
