// Text that goes into XML.
#pragma once

#include <string>
#include <string_view>

namespace zielwerk::documents {

// Fit for an element or an attribute; control characters that XML does not know are left out.
std::string xml_text(std::string_view text);

}  // namespace zielwerk::documents
