// A steering file as the pages show it to one person: what they may know of it, and nothing else.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/year.h"
#include "server/routes.h"

namespace zielwerk::server {

boost::json::array kinds_view();  // the catalogue; forms are made from it
boost::json::object act_view(const Call& call, const app::SteeringFile& file, const steering::Entry& entry);
boost::json::object file_head(const Call& call, const app::SteeringFile& file);
boost::json::object file_view(Call& call, const app::YearView& year);
boost::json::array duties_view(const Call& call, const app::YearView& year);  // of the own side
// Dialogues, measures, comments that are owed, what is due.
void put_year(const Call& call, const app::YearView& year, boost::json::object& view);
// Life and rounds, signatures, goals and places, budget, weighings, settlement.
void put_parts(const Call& call, const app::YearView& year, boost::json::object& view);

int status_of_act(const base::Problem& problem);              // of what an act was refused for
Response kept_act(const Call& call, const domain::Act& act);  // 201, as it stands in the file

}  // namespace zielwerk::server
