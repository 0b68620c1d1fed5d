// What anybody may see without a log-in, if the operator says so: final Kennzahlen after disclosure control, nothing else.
#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/publication.h"
#include "base/text.h"
#include "server/chosen.h"
#include "server/handlers.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

std::optional<Response> closed(const Call& call) {
  if (call.shared.config.published) return std::nullopt;
  return problem_response(404, "public_view_off", "Eine öffentliche Ansicht gibt es hier nicht.");
}

// What is published changes once a month; readers and caches between may keep it for a while.
Response for_everybody(const json::object& value) {
  auto response = json_response(value);
  response.headers.emplace_back("Cache-Control", "public, max-age=300");
  return response;
}

}  // namespace

Response public_figures(Call& call) {
  if (auto no = closed(call)) return std::move(*no);
  const auto last = app::last_published(call.workspace);
  json::array figures;
  for (const auto& code : call.shared.config.published_figures) {
    const auto* figure = last ? indicators::kennzahl(code, *last) : nullptr;
    if (figure) figures.push_back({{"kennzahl", figure->code}, {"name", figure->name}, {"rechtsgrundlage", figure->paragraph}});
  }
  return for_everybody({{"letzter_monat", last ? json::value(last->text()) : json::value(nullptr)}, {"kennzahlen", std::move(figures)}});
}

Response public_figure(Call& call) {
  if (auto no = closed(call)) return std::move(*no);
  const auto& code = call.path.at("kennzahl");
  const auto& allowed = call.shared.config.published_figures;
  if (std::find(allowed.begin(), allowed.end(), code) == allowed.end()) return problem_response(404, "figure_unknown", fmt::format("Die Kennzahl {} wird hier nicht veröffentlicht.", base::quoted(code)));
  const auto last = app::last_published(call.workspace);
  const auto wanted = call.query("month");
  const auto month = wanted.empty() ? last : base::Month::parse(wanted);
  if (!month && !wanted.empty()) return problem_response(422, "month_invalid", fmt::format("{} ist kein Monat; erwartet ist JJJJ-MM.", base::quoted(wanted)));
  if (!month || !last || *last < *month) return problem_response(404, "month_not_published", "Dieser Monat ist noch nicht veröffentlicht.");
  const auto all = app::published(call.workspace, code, *month);
  if (!all) return problem_response(404, {all.error()});
  json::array values;
  for (const auto& one : all->values) {
    const auto* jobcenter = call.workspace.directory().find(one.jobcenter);
    values.push_back({{"traeger", one.jobcenter.text()},
                      {"name", call.workspace.directory().name(one.jobcenter)},
                      {"land", jobcenter ? json::value(jobcenter->land) : json::value(nullptr)},
                      {"wert", one.value ? json::value(base::round_half_away(*one.value, 1).plain()) : json::value(nullptr)},
                      {"geheim", one.withheld}});
  }
  return for_everybody({{"kennzahl", all->figure.code}, {"name", all->figure.name}, {"rechtsgrundlage", all->figure.paragraph}, {"berichtsmonat", month->text()}, {"ladestand", all->state.loaded.text()}, {"werte", std::move(values)}});
}

}  // namespace zielwerk::server
