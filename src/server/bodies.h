// JSON that requests carry: read strictly, so that nothing is taken that a route does not know.
#pragma once

#include <initializer_list>
#include <utility>

#include <boost/json/kind.hpp>
#include <boost/json/object.hpp>
#include <tl/expected.hpp>

#include "server/http.h"

namespace zielwerk::server {

// An object with exactly these members of exactly these kinds, else the answer to give: 415 content_type, 400 body_invalid, which names
// every member that is missing, wrong or unknown.
using Members = std::initializer_list<std::pair<const char*, boost::json::kind>>;
tl::expected<boost::json::object, Response> json_body(const Request& request, Members members);

}  // namespace zielwerk::server
