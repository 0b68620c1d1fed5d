// A draft as the pages show it.
#pragma once

#include <boost/json/object.hpp>

#include "drafting/diff.h"
#include "report/marked_text.h"
#include "server/routes.h"

namespace zielwerk::server {

boost::json::object draft_head(const Call& call, const domain::StoredDraft& draft);  // one line of the list
boost::json::object draft_view(const Call& call, const domain::StoredDraft& draft);
boost::json::array versions_view(const Call& call, const std::vector<domain::DraftVersion>& versions);
boost::json::array lines_view(const std::vector<report::MarkedLine>& lines);
boost::json::array differences_view(const std::vector<drafting::Difference>& differences);

}  // namespace zielwerk::server
