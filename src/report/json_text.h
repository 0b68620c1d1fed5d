// JSON as people can read it, too: two blanks a level, members in the order they were given.
#pragma once

#include <string>

#include <boost/json/value.hpp>

namespace zielwerk::report {

std::string json_text(const boost::json::value& value);

}  // namespace zielwerk::report
