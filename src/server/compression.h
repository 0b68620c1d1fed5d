// gzip and brotli of whole answers, and a short fingerprint of bytes for their ETag.
#pragma once

#include <string>
#include <string_view>

namespace zielwerk::server {

std::string gzip_of(std::string_view bytes);
std::string brotli_of(std::string_view bytes);
std::string fingerprint(std::string_view bytes);

}  // namespace zielwerk::server
