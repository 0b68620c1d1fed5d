// A steering file as the pages show it to one person: what they may know of it, and nothing else.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/steering.h"
#include "server/routes.h"

namespace zielwerk::server {

boost::json::array kinds_view();  // the catalogue; forms are made from it
boost::json::object act_view(const Call& call, const steering::Record& record, const steering::Entry& entry);
boost::json::object file_head(const Call& call, const app::SteeringFile& file);
boost::json::object file_view(const Call& call, const app::SteeringFile& file);

}  // namespace zielwerk::server
