// Bytes inside a text, as RFC 4648 writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zielwerk::documents {

std::optional<std::string> from_base64(std::string_view text);  // with padding, without line breaks

}  // namespace zielwerk::documents
