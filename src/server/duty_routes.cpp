// What is due for one person over all agreements: as a list, as a feed; and dialogues for the calendar.
#include <functional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/year.h"
#include "server/handlers.h"
#include "server/steering_view.h"

namespace zielwerk::server {

namespace json = boost::json;

namespace {
std::string today(const Call& call) { return call.workspace.now().substr(0, 10); }

// All agreements in reach are judged for it: once for each side, Zuständigkeit and day, until the store changes.
Response kept_today(const Call& call, const std::string& what, const std::function<Response()>& make) {
  const auto side = call.person().side();
  return call.shared.kept.answer(call.request, fmt::format("{} {} {} {}", what, today(call), side ? domain::code(*side) : std::string(), call.scope.text()), make);
}
}  // namespace

Response list_duties(Call& call) {
  return kept_today(call, "duties", [&] {
    json::array files;
    for (const auto& year : app::years_of(call.workspace, call.person(), today(call))) {
      auto one = file_head(call, *year.file);
      one["faellig"] = duties_view(call, year);
      files.emplace_back(std::move(one));
    }
    return json_response({{"akten", std::move(files)}});
  });
}

Response duty_feed(Call& call) {
  return kept_today(call, "feed " + call.account->name, [&] {
    Response response;
    response.type = "application/atom+xml";
    response.body = app::atom(call.workspace, call.person(), today(call), call.shared.config.origin);
    return response;
  });
}

Response steering_calendar(Call& call) {
  const auto year = app::year_of(call.workspace, call.person(), call.path.at("id"), today(call));
  if (!year) return problem_response(404, {year.error()});
  const auto calendar = app::ical(call.workspace, *year, call.query("dialogue"));
  if (!calendar) return problem_response(404, {calendar.error()});
  Response response;
  response.type = "text/calendar";
  response.body = *calendar;
  response.headers.emplace_back("Content-Disposition", attachment(call.path.at("id") + (call.query("dialogue").empty() ? "" : "-" + call.query("dialogue")) + ".ics"));
  return response;
}

}  // namespace zielwerk::server
