// Negotiation: offers made of other values, what stands beside them, rounds side by side, and a Land's cascade.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/negotiation.h"
#include "app/references.h"
#include "base/text.h"
#include "server/body.h"
#include "server/draft_view.h"
#include "server/handlers.h"
#include "server/rows.h"
#include "server/steering_view.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using base::Exact;

json::value rounded(const std::optional<Exact>& value, int places) { return value ? json::value(base::round_half_away(*value, places).plain()) : json::value(nullptr); }

// "T1:3.5,T2:-0.4", as typed so far; what is no number yet is left out.
std::map<std::string, base::Decimal> typed(const std::string& text) {
  std::map<std::string, base::Decimal> values;
  for (const auto& part : base::split(text, ',')) {
    const auto colon = part.find(':');
    const auto value = colon == std::string::npos ? std::nullopt : base::parse_decimal(part.substr(colon + 1));
    if (value) values[part.substr(0, colon)] = *value;
  }
  return values;
}

json::value implied_view(const app::References& found, const domain::TargetAgreement& terms, const std::string& values) {
  if (!found.people) return nullptr;
  const auto all = evaluation::implied(app::offered(terms, typed(values)), *found.people);
  return json::object{{"integrationen", rounded(all.integrations, 0)}, {"bei_gleichem_bestand", rounded(all.at_equal_stock, 0)}, {"elb_wachstum", rounded(all.stock_growth, 1)}, {"elb", rounded(all.stock, 0)},
                      {"elb_bei_gleichen_integrationen", rounded(all.growth_at_equal_integrations, 1)}};
}

json::object beside(const app::TargetReferences& one) {
  return {{"ziel", one.target}, {"kennzahl", one.figure}, {"einheit", one.unit}, {"worte", one.words}, {"vorjahr", rounded(one.last_year, 1)}, {"niveau", rounded(one.level, 1)}, {"trend", rounded(one.trend, 1)},
          {"unteres_quartil", rounded(one.lower_quartile, 1)}, {"median", rounded(one.median, 1)}, {"oberes_quartil", rounded(one.upper_quartile, 1)}, {"vergleich", one.peers}, {"land", rounded(one.land, 1)},
          {"gruende", texts(one.reasons)}};
}

}  // namespace

Response take_offer(Call& call) {
  Body body(call.request);
  app::OfferWanted wanted;
  wanted.from = body.text("von", false);
  wanted.values = body.named_texts("werte");
  wanted.reasons = body.named_texts("gruende");
  wanted.note = body.text("hinweis", false);
  wanted.own = body.flag("eigen");
  if (auto no = body.unfit()) return std::move(*no);
  const auto done = app::make_offer(call.workspace, call.person(), call.path.at("id"), wanted);
  if (!done) return problem_response(status_of_act(done.error().front()), done.error());
  return kept_act(call, *done);
}

Response show_references(Call& call) {
  const auto file = *app::open_file(call.workspace, call.person(), call.path.at("id"));
  const auto jobcenter = app::jobcenter_of(file);
  const auto terms = jobcenter ? app::next_offer(call.workspace, file) : domain::TargetAgreement{};
  if (terms.targets.empty()) return json_response({{"monat", nullptr}, {"ladestand", nullptr}, {"vergleichstyp", nullptr}, {"ziele", json::array()}, {"bedeutet", nullptr}});
  const auto found = app::references(call.workspace, terms, *jobcenter);
  json::array targets;
  for (const auto& one : found.targets) targets.emplace_back(beside(one));
  return json_response({{"monat", found.month.text()}, {"ladestand", found.state.loaded.text()}, {"vergleichstyp", or_null(found.peer_group)}, {"ziele", std::move(targets)}, {"bedeutet", implied_view(found, terms, call.query("values"))}});
}

Response compare_offers(Call& call) {
  const auto file = *app::open_file(call.workspace, call.person(), call.path.at("id"));
  const auto differences = app::compare_rounds(call.workspace, call.person(), file, call.query("before"), call.query("after"));
  if (!differences) return problem_response(422, differences.error());
  return json_response({{"vorher", call.query("before")}, {"nachher", call.query("after")}, {"unterschiede", differences_view(*differences)}});
}

Response show_cascade(Call& call) {
  const auto found = app::cascade(call.workspace, call.person(), call.path.at("id"));
  if (!found) return problem_response(status_of(found.error()), {found.error()});
  json::array lines;
  for (const auto& one : found->lines) {
    lines.push_back({{"ziel", one.target}, {"kennzahl", one.figure}, {"worte", one.words}, {"vereinbart", rounded(one.agreed, 1)}, {"einheit_wert", one.agreed_unit}, {"veraenderung", one.change}, {"zusammen", rounded(one.together, 1)}, {"abstand", rounded(one.gap, 0)}, {"abstand_gut", one.gap_is_good},
                     {"einheit", one.unit}, {"vereinbarungen", one.agreements}, {"ohne", texts(one.without)}});
  }
  return json_response({{"monat", found->month.text()}, {"wartezeit", found->waiting}, {"vereinbarungen", found->agreements}, {"zeilen", std::move(lines)}});
}

}  // namespace zielwerk::server
