// The scripts of tools/papers, run by node in a confined child: Typst sets pages there, resvg makes pictures.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"

namespace zielwerk::papers {

// One answer for each request, in their order. A child that dies is blamed on the request it was at; the others go on in a further one.
// Problem pdf_unavailable: node or `package` is not installed; it says how to. EnvironmentError as documents::run_program.
using Answers = std::vector<tl::expected<std::string, std::string>>;  // bytes, or what went wrong
base::Result<Answers> run_script(const char* script, const char* package, const std::string& head, const std::vector<std::string>& requests);

}  // namespace zielwerk::papers
