// Files that are part of the program (cmake/resources.cmake): master data and the schema of agreements.
#pragma once

#include <string_view>

namespace zielwerk::base {

// By path in the repository, e.g. "data/jobcenters.csv". Bug if it was not built in.
std::string_view resource(std::string_view path);

}  // namespace zielwerk::base
