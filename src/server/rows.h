// What more than one route prints: rows of a target, the head of an agreement, a table as a file.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "app/overview.h"
#include "report/table.h"
#include "server/routes.h"

namespace zielwerk::server {

boost::json::value or_null(const std::string& text);
boost::json::value or_null(const std::optional<std::string>& text);
boost::json::array texts(const std::vector<std::string>& all);
boost::json::object heading(const Call& call, const app::Agreement& agreement);
std::vector<app::Agreement> visible_agreements(const Call& call);

// A row of docs/formats/evaluation.md with the words of the agreement, what was said the month before (vormonat), and what was known of
// the same month before the last delivery (seit_lieferung).
boost::json::object row(const app::TargetLine& line);
// An agreement's month: docs/formats/evaluation.md with `ungleiche_ladestaende` where that was chosen.
boost::json::object month_of(const Call& call, const app::AgreementLines& lines, bool unequal);

// Exactly what is seen, as a file: format is csv or xlsx. Problem format_invalid.
Response download(const report::Table& table, const std::string& format, const std::string& name);

}  // namespace zielwerk::server
