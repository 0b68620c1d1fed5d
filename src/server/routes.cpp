#include "server/routes.h"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "app/access_keys.h"
#include "app/agreements.h"
#include "app/steering.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "server/assets.h"
#include "server/handlers.h"
#include "server/passwords.h"

namespace zielwerk::server {
namespace {

using app::Right;

constexpr auto nobody = std::optional<Right>();

const auto table = std::to_array<Route>({
    {"GET", "/health", nobody, true, Object::None, false, "", health},
    {"GET", "/ready", nobody, true, Object::None, false, "", ready},
    {"GET", "/metrics", nobody, true, Object::None, false, "", metrics},
    {"GET", "/api/v1/openapi.json", nobody, true, Object::None, false, "", contract},
    {"POST", "/api/v1/session", nobody, true, Object::None, false, "", begin_session, Lane::Passwords},
    {"GET", "/api/v1/session", nobody, false, Object::None, false, "", show_session},
    {"DELETE", "/api/v1/session", nobody, false, Object::None, false, "", end_session},
    {"POST", "/api/v1/session/password", nobody, false, Object::None, false, "", change_own_password, Lane::Passwords},
    {"GET", "/api/v1/session/ways", nobody, true, Object::None, false, "", login_ways},
    {"GET", "/api/v1/session/oidc", nobody, true, Object::None, false, "", begin_oidc, Lane::Provider},
    {"GET", "/api/v1/session/oidc/return", nobody, true, Object::None, false, "*", return_from_oidc, Lane::Provider},
    {"GET", "/api/v1/public/figures", nobody, true, Object::None, false, "", public_figures},
    {"GET", "/api/v1/public/figures/{kennzahl}", nobody, true, Object::None, false, "month", public_figure},
    {"GET", "/api/v1/access-keys", nobody, false, Object::None, false, "", list_access_keys},
    {"POST", "/api/v1/access-keys", nobody, false, Object::None, false, "", make_access_key},
    {"DELETE", "/api/v1/access-keys/{key}", nobody, false, Object::None, false, "", end_access_key},
    {"GET", "/api/v1/overview", Right::ReadFigures, false, Object::Chosen, false, "month asOf land form peerGroup goal status search sort page format", overview, Lane::Workers, true},
    {"GET", "/api/v1/jobcenters/{traeger}", Right::ReadFigures, false, Object::Jobcenter, false, "", show_jobcenter, Lane::Workers, true},
    {"GET", "/api/v1/jobcenters/{traeger}/early", Right::ReadFigures, false, Object::Jobcenter, false, "", early_figures},
    {"GET", "/api/v1/agreements", Right::ReadAgreements, false, Object::Chosen, false, "", list_agreements, Lane::Workers, true},
    {"GET", "/api/v1/agreements/{id}", Right::ReadAgreements, false, Object::Agreement, false, "", show_agreement},
    {"GET", "/api/v1/agreements/{id}/evaluation", Right::ReadFigures, false, Object::Agreement, false, "month asOf asOfLastYear", evaluate_agreement, Lane::Workers, true},
    {"GET", "/api/v1/agreements/{id}/course", Right::ReadFigures, false, Object::Agreement, false, "month asOf asOfLastYear", course_of_agreement, Lane::Workers, true},
    {"GET", "/api/v1/agreements/{id}/targets/{ziel}", Right::ReadFigures, false, Object::Agreement, false, "month asOf asOfLastYear", explain_target, Lane::Workers, true},
    {"GET", "/api/v1/agreements/{id}/text", Right::ReadAgreements, false, Object::Agreement, false, "", text_of_agreement},
    {"GET", "/api/v1/agreements/{id}/differences", Right::ReadAgreements, false, Object::Agreement, false, "with", differences_of_agreement},
    {"GET", "/api/v1/agreements/{id}/docx", Right::ReadAgreements, false, Object::Agreement, false, "template", agreement_as_docx},
    {"GET", "/api/v1/steering/kinds", Right::ReadAgreements, false, Object::None, false, "", list_act_kinds},
    {"GET", "/api/v1/agreements/{id}/steering", Right::ReadAgreements, false, Object::File, false, "", show_steering_file},
    {"POST", "/api/v1/agreements/{id}/steering", Right::Steer, false, Object::File, true, "", take_act},
    {"GET", "/api/v1/agreements/{id}/steering/files/{pruefsumme}", Right::ReadAgreements, false, Object::File, false, "", download_annex},
    {"GET", "/api/v1/agreements/{id}/steering/calendar", Right::ReadAgreements, false, Object::File, false, "dialogue", steering_calendar},
    {"GET", "/api/v1/duties", Right::ReadAgreements, false, Object::Chosen, false, "", list_duties},
    {"GET", "/api/v1/duties/feed", Right::ReadAgreements, false, Object::Chosen, false, "", duty_feed},
    {"GET", "/api/v1/agreements/{id}/papers", Right::ReadFigures, false, Object::Agreement, false, "", list_papers},
    {"GET", "/api/v1/agreements/{id}/papers/{name}", Right::ReadFigures, false, Object::Agreement, false, "format month", paper_of_agreement, Lane::Papers},
    {"POST", "/api/v1/agreements/{id}/steering/offers", Right::Steer, false, Object::File, false, "", take_offer},
    {"GET", "/api/v1/agreements/{id}/steering/references", Right::ReadFigures, false, Object::File, false, "values", show_references},
    {"GET", "/api/v1/agreements/{id}/steering/differences", Right::ReadAgreements, false, Object::File, false, "before after", compare_offers},
    {"GET", "/api/v1/agreements/{id}/cascade", Right::ReadFigures, false, Object::Agreement, false, "", show_cascade},
    {"GET", "/api/v1/drafts", Right::WriteDrafts, false, Object::Chosen, false, "", list_drafts},
    {"POST", "/api/v1/drafts", Right::WriteDrafts, false, Object::Chosen, true, "name traeger", read_draft, Lane::Papers},
    {"GET", "/api/v1/drafts/{id}", Right::WriteDrafts, false, Object::Draft, false, "", show_draft},
    {"PATCH", "/api/v1/drafts/{id}", Right::WriteDrafts, false, Object::OwnDraft, false, "", edit_draft},
    {"DELETE", "/api/v1/drafts/{id}", Right::WriteDrafts, false, Object::OwnDraft, false, "", drop_draft},
    {"GET", "/api/v1/drafts/{id}/document", Right::WriteDrafts, false, Object::Draft, false, "", document_of_draft},
    {"GET", "/api/v1/drafts/{id}/docx", Right::WriteDrafts, false, Object::Draft, false, "template", draft_as_docx},
    {"GET", "/api/v1/drafts/{id}/differences", Right::WriteDrafts, false, Object::Draft, false, "with", differences_of_draft},
    {"POST", "/api/v1/drafts/{id}/share", Right::WriteDrafts, false, Object::OwnDraft, false, "", share_draft},
    {"POST", "/api/v1/drafts/{id}/comments", Right::WriteDrafts, false, Object::Draft, false, "", comment_draft},
    {"POST", "/api/v1/drafts/{id}/confirmation", Right::ConfirmAgreement, false, Object::OwnDraft, false, "", confirm_draft},
    {"GET", "/api/v1/figures", Right::ReadFigures, false, Object::Chosen, false, "", list_figures, Lane::Workers, true},
    {"GET", "/api/v1/figures/{kennzahl}/comparison", Right::ReadFigures, false, Object::Chosen, false, "month asOf land form peerGroup traeger against course format", compare, Lane::Workers, true},
    {"GET", "/api/v1/completeness", Right::ReadFigures, false, Object::Chosen, false, "year land form page", completeness, Lane::Workers, true},
    {"GET", "/api/v1/deliveries", Right::ReadDeliveries, false, Object::Chosen, false, "", list_deliveries, Lane::Workers, true},
    {"GET", "/api/v1/deliveries/{nr}", Right::ReadDeliveries, false, Object::Chosen, false, "", show_delivery, Lane::Workers, true},
    {"GET", "/api/v1/profiles", Right::TakeDelivery, false, Object::Chosen, false, "", list_profiles},
    {"POST", "/api/v1/deliveries/check", Right::TakeDelivery, false, Object::Chosen, true, "name profile correction", check_delivery},
    {"POST", "/api/v1/deliveries", Right::TakeDelivery, false, Object::Chosen, true, "name profile correction note", take_delivery},
    {"GET", "/api/v1/audit", Right::ReadAudit, false, Object::Whole, false, "from", list_audit},
    {"GET", "/api/v1/accounts", Right::ReadAccounts, false, Object::Whole, false, "", list_accounts},
    {"POST", "/api/v1/accounts", Right::ManageAccounts, false, Object::Whole, false, "", make_account, Lane::Passwords},
    {"PATCH", "/api/v1/accounts/{konto}", Right::ManageAccounts, false, Object::Whole, false, "", change_account},
    {"POST", "/api/v1/accounts/{konto}/password", Right::ManageAccounts, false, Object::Whole, false, "", give_first_password, Lane::Passwords},
    {"DELETE", "/api/v1/accounts/{konto}/sessions", Right::ManageAccounts, false, Object::Whole, false, "", end_sessions_of_account},
});

bool matches(std::string_view pattern, std::string_view path, std::map<std::string, std::string>& parts) {
  const auto wanted = base::split(pattern, '/');
  const auto given = base::split(path, '/');
  if (wanted.size() != given.size()) return false;
  std::map<std::string, std::string> found;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{')) {
      if (given[i].empty()) return false;
      found[wanted[i].substr(1, wanted[i].size() - 2)] = given[i];
    } else if (wanted[i] != given[i]) {
      return false;
    }
  }
  parts = std::move(found);
  return true;
}

bool changes(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

// A change must come from our own pages: browsers say where a request was made. A client that is no browser says nothing, and needs the
// token of its session all the same.
std::optional<Response> from_elsewhere(const Call& call) {
  const auto& request = call.request;
  if (!changes(request)) return std::nullopt;
  const auto site = request.header("sec-fetch-site");
  const auto origin = request.header("origin");
  // The Host was held against the server's own names already.
  const auto host = request.header("host");
  const bool own = origin.empty() || origin == call.shared.config.origin || origin == "http://" + host || origin == "https://" + host;
  if (own && (site.empty() || site == "same-origin")) return std::nullopt;
  return problem_response(403, "cross_site", "Diese Änderung kam von einer fremden Seite und wurde nicht ausgeführt.");
}

void work_as(Call& call, const domain::Account& account, const std::string& actor) {
  if (account.scope.empty()) return;  // lost all groups elsewhere
  call.account = account;
  call.scope = domain::Scope::parse(account.scope, call.workspace.directory()).value_or(domain::Scope{});
  call.workspace.act_as(actor);
}

constexpr std::string_view bearer = "Bearer ";

// A program says who it is in a header of its own, which no foreign page can make a browser send: it needs neither cookie nor token.
void identify_program(Call& call) {
  const auto holder = app::holder_of_key(call.workspace, documents::sha256(call.request.header("authorization").substr(bearer.size())));
  if (!holder) return;
  call.key = holder->key;
  work_as(call, holder->account, fmt::format("{} (Zugang {})", holder->account.name, holder->key));
}

void identify(Call& call) {
  if (call.request.header("authorization").starts_with(bearer)) return identify_program(call);
  const auto token = call.request.cookie(cookie_name(call.shared.config));
  if (!token) return;
  const auto session = call.shared.sessions.find(*token, std::chrono::steady_clock::now());
  if (!session) return;
  const auto accounts = call.workspace.store().accounts();
  const auto* account = app::find_account(accounts, session->account);
  // Read anew each time: who is locked, or has a new password or role, feels it at once.
  if (!account || account->locked || account->password_hash != session->signed_with) return call.shared.sessions.end(*token);
  call.csrf = session->csrf;
  work_as(call, *account, account->name);
}

bool in_scope(const Call& call, Object object) {
  if (object == Object::Whole) return call.scope.everything();
  if (object == Object::Jobcenter) {
    const auto number = domain::ProviderNumber::parse(call.path.at("traeger"));
    return number && call.workspace.directory().find(*number) && call.scope.covers(*number, call.workspace.directory());
  }
  if (object == Object::Agreement) {
    const auto agreement = app::find_agreement(call.workspace, call.path.at("id"));
    return agreement && app::covers(call.scope, call.workspace, agreement->stored, agreement->terms);
  }
  if (object == Object::File) return app::open_file(call.workspace, call.person(), call.path.at("id")).has_value();
  if (object == Object::Draft || object == Object::OwnDraft) return app::find_draft(call.workspace, call.person(), call.path.at("id")).has_value();
  return true;
}

std::optional<Response> unknown_parameter(const Call& call, const Route& route) {
  const auto known = base::split(route.queries, ' ');
  if (known.front() == "*") return std::nullopt;
  for (const auto& [name, value] : call.request.query) {
    if (std::find(known.begin(), known.end(), name) == known.end()) return problem_response(400, "parameter_unknown", fmt::format("Die Angabe {} gibt es hier nicht.", base::quoted(name)));
  }
  return std::nullopt;
}

// What is not there, for this account; and what is not understood.
std::optional<Response> not_found(const Call& call, const Route& route) {
  if (!in_scope(call, route.object)) {
    if (route.object == Object::Whole) return problem_response(403, "scope_missing", "Das braucht die Zuständigkeit „alle“.");
    const bool draft = route.object == Object::Draft || route.object == Object::OwnDraft;
    return problem_response(404, draft ? "draft_unknown" : route.object == Object::Jobcenter ? "jobcenter_unknown" : "agreement_unknown",
                            fmt::format("{} gibt es nicht, oder es liegt außerhalb der eigenen Zuständigkeit.", base::quoted(call.path.begin()->second)));
  }
  if (route.object == Object::OwnDraft && !app::own_room(call.person(), *app::find_draft(call.workspace, call.person(), call.path.at("id")))) {
    return problem_response(403, "room_foreign", "Der Entwurf liegt bei einer anderen Seite; Sie können ihn lesen und anmerken.");
  }
  return unknown_parameter(call, route);
}

std::optional<Response> refused(Call& call, const Route& route) {
  if (auto elsewhere = from_elsewhere(call)) return elsewhere;
  if (route.open) return unknown_parameter(call, route);
  if (!call.account) {
    if (call.request.headers.contains("authorization")) return problem_response(401, "access_key_invalid", "Dieser Zugangsschlüssel gilt nicht oder nicht mehr.");
    return problem_response(401, "login_needed", "Dafür ist eine Anmeldung nötig.");
  }
  if (changes(call.request) && call.key.empty() && !same_secret(call.request.header("x-csrf-token"), call.csrf)) {
    return problem_response(403, "csrf_token", "Der Anfrage fehlt das Merkmal der Sitzung (X-CSRF-Token); die Seite neu laden und noch einmal versuchen.");
  }
  if (!call.account->first_password_until.empty() && call.key.empty() && !std::string_view(route.path).starts_with("/api/v1/session")) {
    return problem_response(403, "password_change_needed", "Zuerst ist das Erstkennwort durch ein eigenes zu ersetzen.");
  }
  if (route.right && !app::may(call.account->role, *route.right)) {
    return problem_response(403, "right_missing", fmt::format("Die Rolle {} darf das nicht.", domain::in_words(call.account->role)));
  }
  return std::nullopt;
}

Response routed(Call& call) {
  const auto& request = call.request;
  if (!request.path.starts_with("/api/") && !changes(request)) {
    if (auto asset = find_asset(request)) return std::move(*asset);
  }
  std::vector<std::string> methods;
  const auto* route = find_route(request.method == "HEAD" ? "GET" : request.method, request.path, call.path, methods);
  if (!route && methods.empty()) return problem_response(404, "address_unknown", fmt::format("Die Adresse {} gibt es hier nicht.", base::quoted(request.path)));
  if (!route) {
    auto response = problem_response(405, "method_unknown", fmt::format("{} geht hier nicht; es gibt {}.", base::quoted(request.method), base::join(methods, ", ")));
    response.headers.emplace_back("Allow", base::join(methods, ", "));
    return response;
  }
  identify(call);
  if (auto no = refused(call, *route)) return std::move(*no);
  const auto answered = [&] {
    auto no = not_found(call, *route);
    return no ? std::move(*no) : route->answer(call);
  };
  return route->kept ? call.shared.kept.answer(request, call.scope.text() + " " + request.target, answered) : answered();
}

// Whatever goes wrong becomes an answer.
Response guarded(const Call& call, const std::function<Response()>& work) {
  try {
    return work();
  } catch (const base::EnvironmentError& error) {
    auto response = problem_response(503, "environment", error.what());
    response.headers.emplace_back("Retry-After", "5");
    return response;
  } catch (const std::bad_alloc&) {
    return problem_response(503, "memory", "Der Arbeitsspeicher reicht gerade nicht.");
  } catch (const std::exception& bug) {
    fmt::print(stderr, "error bug=\"{}\" path=\"{}\"\n", base::printable(bug.what()), base::printable(call.request.path));
    return problem_response(500, "bug", "Fehler im Programm; er steht im Protokoll des Servers.");
  }
}

}  // namespace

std::string Call::query(const std::string& name) const {
  const auto found = request.query.find(name);
  return found == request.query.end() ? "" : found->second;
}

std::span<const Route> routes() { return table; }

const Route* find_route(const std::string& method, const std::string& path, std::map<std::string, std::string>& parts, std::vector<std::string>& methods) {
  const Route* found = nullptr;
  for (const auto& route : table) {
    std::map<std::string, std::string> of_this;
    if (!matches(route.path, path, of_this)) continue;
    methods.emplace_back(route.method);
    if (route.method == method) {
      found = &route;
      parts = std::move(of_this);
    }
  }
  return found;
}

std::string cookie_name(const Config& config) { return config.secure() ? "__Host-zielwerk" : "zielwerk"; }

Response answer(const Request& request, app::Workspace& workspace, Shared& shared) {
  Call call{request, workspace, shared};
  return finished(request, guarded(call, [&] { return routed(call); }), shared.config.secure());
}

std::optional<Response> refusal_before_body(const Request& request, app::Workspace& workspace, Shared& shared) {
  Call call{request, workspace, shared};
  bool fine = false;
  auto response = guarded(call, [&] {
    std::vector<std::string> methods;
    const auto* route = find_route(request.method, request.path, call.path, methods);
    identify(call);
    auto no = refused(call, *route);
    if (!no) no = not_found(call, *route);
    fine = !no;
    return fine ? Response{} : std::move(*no);
  });
  if (fine) return std::nullopt;
  return finished(request, std::move(response), shared.config.secure());
}

}  // namespace zielwerk::server
