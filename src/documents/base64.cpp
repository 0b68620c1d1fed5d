#include "documents/base64.h"

#include <algorithm>
#include <cctype>

#include <openssl/evp.h>

namespace zielwerk::documents {

std::optional<std::string> from_base64(std::string_view text) {
  const auto padding = text.size() - std::min(text.size(), text.find_last_not_of('=') + 1);
  // OpenSSL passes over blanks at both ends, and reads "=" as zero.
  const auto letter = [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/'; };
  if (text.size() % 4 != 0 || padding > 2 || !std::all_of(text.begin(), text.end() - static_cast<std::ptrdiff_t>(padding), letter)) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

}  // namespace zielwerk::documents
