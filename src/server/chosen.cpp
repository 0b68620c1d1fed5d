#include "server/chosen.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "server/handlers.h"

namespace zielwerk::server {

base::Result<std::optional<domain::Waiting>> waiting_at(const std::string& as_of, base::Month month) {
  using Waiting = std::optional<domain::Waiting>;
  if (as_of.empty()) return Waiting();
  if (as_of.size() == 3 && as_of.starts_with("t-") && as_of[2] >= '0' && as_of[2] <= '3') return Waiting(as_of[2] - '0');
  const auto state = base::Month::parse(as_of);
  if (!state) return base::problem("as_of_invalid", fmt::format("{} ist kein Ladestand; erwartet ist JJJJ-MM oder t-0 bis t-3.", base::quoted(as_of)), "asOf");
  if (*state < month) return base::problem("as_of_before_month", fmt::format("Im Ladestand {} gibt es den Berichtsmonat {} noch nicht.", as_of, month.text()), "asOf");
  return Waiting(std::min(3, *state - month));
}

base::Result<app::EvaluateRequest> chosen(const Call& call, const app::Agreement& agreement, const domain::FactHistory& facts) {
  const auto wanted = call.query("month");
  const auto as_of = call.query("asOf");
  app::EvaluateRequest request{base::Month(agreement.terms.year, 12), {}, false, true};
  if (wanted.empty()) {
    const auto waiting = as_of.starts_with("t-") ? waiting_at(as_of, request.month) : std::optional<domain::Waiting>();
    if (!waiting) return tl::unexpected(waiting.error());
    request.month = app::default_month(agreement, facts, waiting->value_or(evaluation::default_waiting(agreement.terms)));
  } else {
    const auto month = base::Month::parse(wanted.size() == 2 ? fmt::format("{:04}-{}", agreement.terms.year, wanted) : wanted);
    if (!month) return base::problem("month_invalid", fmt::format("{} ist kein Monat; erwartet ist JJJJ-MM oder MM.", base::quoted(wanted)), "month");
    request.month = *month;
  }
  const auto waiting = waiting_at(as_of, request.month);
  if (!waiting) return tl::unexpected(waiting.error());
  request.waiting = *waiting;
  const auto last_year = call.query("asOfLastYear");
  if (last_year.empty()) return request;
  if (as_of.empty()) return base::problem("as_of_alone", "Ein eigener Ladestand für das Vorjahr (asOfLastYear) braucht auch den für dieses Jahr (asOf).", "asOfLastYear");
  const auto then = waiting_at(last_year, request.month.same_month_last_year());
  if (!then) return tl::unexpected(then.error());
  if (*then != request.waiting) request.waiting_last_year = *then;
  return request;
}

Response failed(const base::Problem& problem) { return problem_response(status_of(problem), {problem}); }
Response failed(const base::Problems& problems) { return problem_response(problems.front().code == "fact_conflict" ? 409 : 422, problems); }

}  // namespace zielwerk::server
