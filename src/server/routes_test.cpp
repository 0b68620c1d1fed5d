// The table of routes against the contract, and rights as role × route × object: a route without a row here fails.
#include "server/routes.h"

#include <gtest/gtest.h>

#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/access_keys.h"
#include "app/agreements.h"
#include "app/drafts.h"
#include "app/paper_text.h"
#include "base/resource.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "intake/agreement_json.h"
#include "server/passwords.h"

namespace zielwerk::server {
namespace {
namespace json = boost::json;
using domain::Role;

json::object contract_file() { return json::parse(base::resource("docs/api/openapi.json")).as_object(); }

std::string key(const std::string& method, const std::string& path) { return method + " " + path; }

TEST(Contract, HasEveryRouteAndNoOther) {
  std::set<std::string> described;
  const auto contract = contract_file();
  for (const auto& [path, operations] : contract.at("paths").as_object()) {
    for (const auto& [method, operation] : operations.as_object()) {
      std::string capital(method);
      std::transform(capital.begin(), capital.end(), capital.begin(), [](char c) { return static_cast<char>(c - 32); });
      described.insert(key(capital, std::string(path)));
    }
  }
  std::set<std::string> served;
  for (const auto& route : routes()) EXPECT_TRUE(served.insert(key(route.method, route.path)).second) << route.path;
  EXPECT_EQ(described, served);
}

const json::object& operation_of(const json::object& contract, const Route& route) {
  std::string method(route.method);
  std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c + 32); });
  return contract.at("paths").at(route.path).at(method).as_object();
}

TEST(Contract, EachClosedRouteNamesSessionAndAccessKeyEachOpenOneNone) {
  const auto contract = contract_file();
  const json::object schemes = contract.at("components").at("securitySchemes").as_object();
  const auto described = [&](const char* scheme, const char* member) { return std::string(schemes.at(scheme).at(member).as_string()); };
  ASSERT_EQ(schemes.size(), 2);
  EXPECT_EQ(described("session", "type") + " " + described("session", "in") + " " + described("session", "name"), "apiKey cookie " + cookie_name(Config{}));
  EXPECT_EQ(described("accessKey", "type") + " " + described("accessKey", "scheme"), "http bearer");
  EXPECT_FALSE(contract.contains("security")) << "each route says it itself";
  const json::value either = json::parse(R"([{"session": []}, {"accessKey": []}])");
  for (const auto& route : routes()) EXPECT_EQ(operation_of(contract, route).at("security"), route.open ? json::value(json::array()) : either) << key(route.method, route.path);
}

TEST(Contract, NamesTheParametersOfEachRoute) {
  const auto contract = contract_file();
  const auto& shared = contract.at("components").at("parameters").as_object();
  for (const auto& route : routes()) {
    SCOPED_TRACE(route.path);
    const auto& operation = operation_of(contract, route);
    std::set<std::string> queries, parts;
    if (const auto* parameters = operation.if_contains("parameters")) {
      for (const auto& one : parameters->as_array()) {
        const auto* reference = one.as_object().if_contains("$ref");
        const auto& parameter = reference ? shared.at(std::string(reference->as_string()).substr(std::string("#/components/parameters/").size())) : one;
        const auto in = parameter.at("in").as_string();
        if (in == "query") queries.insert(std::string(parameter.at("name").as_string()));
        if (in == "path") parts.insert("{" + std::string(parameter.at("name").as_string()) + "}");
      }
    }
    std::set<std::string> known;
    for (const auto& one : base::split(route.queries, ' ')) {
      if (!one.empty()) known.insert(one);
    }
    if (!known.contains("*")) {
      EXPECT_EQ(queries, known);
    }
    std::set<std::string> in_path;
    for (const auto& one : base::split(route.path, '/')) {
      if (one.starts_with('{')) in_path.insert(one);
    }
    EXPECT_EQ(parts, in_path);
    EXPECT_EQ(operation.contains("requestBody"), route.method == std::string("POST") || route.method == std::string("PATCH"));
  }
}

constexpr const char* paper_of_33148 = ZIELWERK_ROOT "/agreements/texte/lippe_2021.txt";
constexpr const char* agreement_of_33148 = ZIELWERK_ROOT "/agreements/lippe_2021.json";

// A server without sockets: one agreement (33148, NW), and a session for each role, once with everything in sight, once with another
// Jobcenter only.
class Rights : public testing::Test {
 protected:
  Rights() {
    config_.origin = "http://localhost:8080";
    const auto file = intake::read_agreement(agreement_of_33148);
    EXPECT_TRUE(app::take_agreement(workspace_, *file, {}).has_value());
    EXPECT_TRUE(app::keep_paper(workspace_, "33148-2021", paper_of_33148).has_value());
  }

  // {entwurf}: a draft of the Jobcenter, shared with the ministry; {weiterer}: a new one like it for each question.
  std::string with_draft(std::string target) {
    if (target.find("{entwurf}") != std::string::npos) {
      if (draft_.empty()) draft_ = draft_of_33148();
      target.replace(target.find('{'), 9, draft_);
    }
    if (target.find("{weiterer}") != std::string::npos) target.replace(target.find('{'), 10, draft_of_33148());
    return target;
  }

  std::string draft_of_33148() {
    const domain::Account account{"c.lippe", "A. Beispiel", Role::Controlling, "33148", "hash", false, ""};
    const auto scope = *domain::Scope::parse("33148", workspace_.directory());
    const auto paper = app::read_paper(workspace_, paper_of_33148, {});
    const auto draft = app::keep_draft(workspace_, {account, scope}, paper->draft, {});
    EXPECT_TRUE(draft.has_value());
    EXPECT_TRUE(app::share_draft(workspace_, {account, scope}, *draft, "ministerium:DE").has_value());
    return draft->id;
  }

  std::string session_of(Role role, const std::string& scope) {
    const auto name = domain::code(role) + (scope == "alle" ? "-alle" : "-fremd");
    const auto accounts = workspace_.store().accounts();
    if (!app::find_account(accounts, name)) {
      EXPECT_TRUE(app::add_account(workspace_, {name, "A. Beispiel", domain::code(role), scope, "hash"}).has_value());
    }
    return sessions_.begin(name, "hash", std::chrono::steady_clock::now());
  }

  Response ask(const std::string& method, const std::string& target, const std::string& token, bool with_csrf = true, const std::map<std::string, std::string>& headers = {}, const std::string& body = {}) {
    Request request;
    request.method = method;
    request.target = target;
    request.peer = "127.0.0.1";
    request.headers = headers;
    request.body = body;
    if (!token.empty()) {
      request.headers["cookie"] = "zielwerk=" + token;
      const auto session = sessions_.find(token, std::chrono::steady_clock::now());
      if (session && with_csrf) request.headers["x-csrf-token"] = session->csrf;
    }
    EXPECT_TRUE(split_target(request)) << target;
    return answer(request, workspace_, shared_);
  }

  std::string now_ = "2026-11-21T10:00:00Z";
  app::Workspace workspace_{store::open_memory_store(), [this] { return now_; }, "test"};
  Config config_;
  Sessions sessions_{std::chrono::minutes(30), std::chrono::minutes(600)};
  Throttle throttle_;
  Metrics metrics_;
  std::string draft_;
  Kept kept_{[this] { return workspace_.store().state(); }};
  Shared shared_{config_, sessions_, throttle_, metrics_, kept_};
};

// Who may: one letter a role (Ministerium, Agentur, Kommune, Controlling, Leitung, Gremium, Revision, Verwaltung). `outside` is what those
// who may get when the object lies outside their Zuständigkeit.
struct Row {
  const char* address;
  const char* target;
  const char* who;
  int inside;
  int outside;
  const char* unseen = "";   // sides that must not know it is there: 404 however far their Zuständigkeit reaches
  const char* foreign = "";  // sides that see it and must not change it: 403
};
constexpr const char* letters = "MAKCLGRV";
const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
    {"GET /health", "/health", "*", 200, 200},
    {"GET /ready", "/ready", "*", 200, 200},
    {"GET /metrics", "/metrics", "*", 200, 200},
    {"GET /api/v1/openapi.json", "/api/v1/openapi.json", "*", 200, 200},
    {"POST /api/v1/session", "/api/v1/session", "*", 415, 415},
    {"GET /api/v1/session", "/api/v1/session", "MAKCLGRV", 200, 200},
    {"DELETE /api/v1/session", "/api/v1/session", "MAKCLGRV", 200, 200},
    {"POST /api/v1/session/password", "/api/v1/session/password", "MAKCLGRV", 415, 415},
    {"GET /api/v1/session/ways", "/api/v1/session/ways", "*", 200, 200},
    {"GET /api/v1/session/oidc", "/api/v1/session/oidc", "*", 404, 404},
    {"GET /api/v1/session/oidc/return", "/api/v1/session/oidc/return", "*", 404, 404},
    {"GET /api/v1/public/figures", "/api/v1/public/figures", "*", 404, 404},
    {"GET /api/v1/public/figures/{kennzahl}", "/api/v1/public/figures/K2", "*", 404, 404},
    {"GET /api/v1/access-keys", "/api/v1/access-keys", "MAKCLGRV", 200, 200},
    {"POST /api/v1/access-keys", "/api/v1/access-keys", "MAKCLGRV", 415, 415},
    {"DELETE /api/v1/access-keys/{key}", "/api/v1/access-keys/x", "MAKCLGRV", 404, 404},
    {"GET /api/v1/overview", "/api/v1/overview", "MAKCLGR", 200, 200},
    {"GET /api/v1/jobcenters/{traeger}", "/api/v1/jobcenters/33148", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements", "/api/v1/agreements", "MAKCLGR", 200, 200},
    {"GET /api/v1/agreements/{id}", "/api/v1/agreements/33148-2021", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/evaluation", "/api/v1/agreements/33148-2021/evaluation", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/course", "/api/v1/agreements/33148-2021/course", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/targets/{ziel}", "/api/v1/agreements/33148-2021/targets/T1", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/text", "/api/v1/agreements/33148-2021/text", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/differences", "/api/v1/agreements/33148-2021/differences", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/docx", "/api/v1/agreements/33148-2021/docx", "MAKCLGR", 200, 404},
    {"GET /api/v1/steering/kinds", "/api/v1/steering/kinds", "MAKCLGR", 200, 200},
    {"GET /api/v1/agreements/{id}/steering", "/api/v1/agreements/33148-2021/steering", "MAKCLGR", 200, 404},
    {"POST /api/v1/agreements/{id}/steering", "/api/v1/agreements/33148-2021/steering", "MAKCL", 415, 404},
    {"GET /api/v1/agreements/{id}/steering/files/{pruefsumme}", "/api/v1/agreements/33148-2021/steering/files/x", "MAKCLGR", 404, 404},
    {"GET /api/v1/agreements/{id}/steering/calendar", "/api/v1/agreements/33148-2021/steering/calendar", "MAKCLGR", 200, 404},
    {"GET /api/v1/duties", "/api/v1/duties", "MAKCLGR", 200, 200},
    {"GET /api/v1/duties/feed", "/api/v1/duties/feed", "MAKCLGR", 200, 200},
    {"GET /api/v1/agreements/{id}/papers", "/api/v1/agreements/33148-2021/papers", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/papers/{name}", "/api/v1/agreements/33148-2021/papers/x", "MAKCLGR", 404, 404},
    {"POST /api/v1/agreements/{id}/steering/offers", "/api/v1/agreements/33148-2021/steering/offers", "MAKCL", 415, 404},
    {"GET /api/v1/agreements/{id}/steering/references", "/api/v1/agreements/33148-2021/steering/references", "MAKCLGR", 200, 404},
    {"GET /api/v1/agreements/{id}/steering/differences", "/api/v1/agreements/33148-2021/steering/differences?before=x&after=y", "MAKCLGR", 422, 404},
    {"GET /api/v1/agreements/{id}/cascade", "/api/v1/agreements/33148-2021/cascade", "MAKCLGR", 422, 404},
    {"GET /api/v1/drafts", "/api/v1/drafts", "MAKCL", 200, 200},
    {"POST /api/v1/drafts", "/api/v1/drafts?name=a.pdf", "MAKCL", 415, 415},
    // The draft lies with the Jobcenter and is shared with the ministry.
    {"GET /api/v1/drafts/{id}", "/api/v1/drafts/{entwurf}", "MAKCL", 200, 404, "AK"},
    {"PATCH /api/v1/drafts/{id}", "/api/v1/drafts/{entwurf}", "MAKCL", 415, 404, "AK", "M"},
    {"DELETE /api/v1/drafts/{id}", "/api/v1/drafts/{weiterer}", "MAKCL", 200, 404, "AK", "M"},
    {"GET /api/v1/drafts/{id}/document", "/api/v1/drafts/{entwurf}/document", "MAKCL", 200, 404, "AK"},
    {"GET /api/v1/drafts/{id}/docx", "/api/v1/drafts/{entwurf}/docx", "MAKCL", 200, 404, "AK"},
    {"GET /api/v1/drafts/{id}/differences", "/api/v1/drafts/{entwurf}/differences", "MAKCL", 200, 404, "AK"},
    {"POST /api/v1/drafts/{id}/share", "/api/v1/drafts/{entwurf}/share", "MAKCL", 415, 404, "AK", "M"},
    {"POST /api/v1/drafts/{id}/comments", "/api/v1/drafts/{entwurf}/comments", "MAKCL", 415, 404, "AK"},
    {"POST /api/v1/drafts/{id}/confirmation", "/api/v1/drafts/{entwurf}/confirmation", "MAKCL", 415, 404, "AK", "M"},
    {"GET /api/v1/figures/{kennzahl}/comparison", "/api/v1/figures/K2/comparison?month=2021-06&land=NW", "MAKCLGR", 200, 403},
    {"GET /api/v1/deliveries", "/api/v1/deliveries", "MAKCLR", 200, 200},
    {"GET /api/v1/deliveries/{nr}", "/api/v1/deliveries/1", "MAKCLR", 404, 404},
    {"GET /api/v1/completeness", "/api/v1/completeness?year=2021", "MAKCLGR", 200, 200},
    {"GET /api/v1/figures", "/api/v1/figures", "MAKCLGR", 200, 200},
    {"GET /api/v1/jobcenters/{traeger}/early", "/api/v1/jobcenters/33148/early", "MAKCLGR", 200, 404},
    {"GET /api/v1/profiles", "/api/v1/profiles", "MC", 200, 200},
    {"POST /api/v1/deliveries/check", "/api/v1/deliveries/check?name=a.csv", "MC", 415, 415},
    {"POST /api/v1/deliveries", "/api/v1/deliveries?name=a.csv", "MC", 415, 415},
    {"GET /api/v1/audit", "/api/v1/audit", "R", 200, 403},
    {"GET /api/v1/accounts", "/api/v1/accounts", "RV", 200, 403},
    {"POST /api/v1/accounts", "/api/v1/accounts", "V", 415, 403},
    {"PATCH /api/v1/accounts/{konto}", "/api/v1/accounts/x", "V", 415, 403},
    {"POST /api/v1/accounts/{konto}/password", "/api/v1/accounts/x/password", "V", 415, 403},
    {"DELETE /api/v1/accounts/{konto}/sessions", "/api/v1/accounts/x/sessions", "V", 404, 403},
  };
  return all;
}

TEST_F(Rights, EveryRouteHasARowAndEveryRowARoute) {
  std::set<std::string> tested, served;
  for (const auto& row : rows()) tested.insert(row.address);
  for (const auto& route : routes()) served.insert(key(route.method, route.path));
  EXPECT_EQ(tested, served);
}

TEST_F(Rights, RoleByRouteByObject) {
  const auto roles = domain::all_roles();
  for (const auto& row : rows()) {
    const std::string method = base::split(row.address, ' ').front();
    const bool open = row.who == std::string("*");
    const auto route = std::find_if(routes().begin(), routes().end(), [&](const auto& one) { return key(one.method, one.path) == row.address; });
    ASSERT_NE(route, routes().end());
    EXPECT_EQ(route->open, open) << row.address;
    EXPECT_EQ(ask(method, with_draft(row.target), "").status, open ? row.inside : 401) << row.address << " without a log-in";
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const bool may = open || std::string(row.who).find(letters[i]) != std::string::npos;
      SCOPED_TRACE(fmt::format("{} as {}", row.address, domain::code(roles[i])));
      const auto among = [&](const char* sides) { return std::string(sides).find(letters[i]) != std::string::npos; };
      const int inside = !may || among(row.foreign) ? 403 : among(row.unseen) ? 404 : row.inside;
      EXPECT_EQ(ask(method, with_draft(row.target), session_of(roles[i], "alle")).status, inside);
      EXPECT_EQ(ask(method, with_draft(row.target), session_of(roles[i], "32702")).status, may ? row.outside : 403);
    }
  }
}

TEST_F(Rights, AProgramWithAKeyComesAsFarAsItsAccountWhereverAKeyIsNamed) {
  session_of(Role::Controlling, "alle");
  ASSERT_TRUE(app::make_access_key(workspace_, {"controlling-alle", "Test", 1, documents::sha256("eins")}).has_value());
  const std::set<std::string> persons_only = {"POST /api/v1/access-keys", "DELETE /api/v1/access-keys/{key}", "DELETE /api/v1/session", "POST /api/v1/session/password"};
  for (const auto& row : rows()) {
    const bool may = row.who == std::string("*") || std::string(row.who).find('C') != std::string::npos;
    const int wanted = !may || persons_only.contains(row.address) ? 403 : row.inside;
    EXPECT_EQ(ask(base::split(row.address, ' ').front(), with_draft(row.target), "", false, {{"authorization", "Bearer eins"}}).status, wanted) << row.address;
  }
}

TEST_F(Rights, ListsHoldOnlyWhatLiesInScope) {
  const auto names_lippe = [&](const char* list, const char* scope) { return ask("GET", list, session_of(Role::Controlling, scope)).body.find("33148") != std::string::npos; };
  for (const char* list : {"/api/v1/overview", "/api/v1/agreements"}) EXPECT_TRUE(names_lippe(list, "alle") && !names_lippe(list, "32702")) << list;
}

TEST_F(Rights, WhatIsOutsideReadsLikeWhatDoesNotExist) {
  const auto token = session_of(Role::Controlling, "32702");
  auto outside = ask("GET", "/api/v1/agreements/33148-2021", token).body;
  const auto unknown = ask("GET", "/api/v1/agreements/33148-1999", token).body;
  for (std::size_t at; (at = outside.find("33148-2021")) != std::string::npos;) outside.replace(at, 10, "33148-1999");
  EXPECT_EQ(outside, unknown);
}

TEST_F(Rights, AChangeNeedsTheTokenOfItsSessionAndItsOwnPages) {
  const auto token = session_of(Role::Controlling, "alle");
  const std::string target = "/api/v1/deliveries?name=a.csv";
  EXPECT_EQ(ask("POST", target, token, false).status, 403);
  EXPECT_EQ(ask("POST", target, token, false, {{"x-csrf-token", "geraten"}}).status, 403);
  EXPECT_EQ(ask("POST", target, token, true, {{"origin", "https://boese.example"}}).status, 403);
  EXPECT_EQ(ask("POST", target, token, true, {{"origin", "null"}}).status, 403);
  EXPECT_EQ(ask("POST", target, token, true, {{"sec-fetch-site", "cross-site"}}).status, 403);
  EXPECT_EQ(ask("POST", target, token, true, {{"sec-fetch-site", "same-site"}}).status, 403);
  EXPECT_EQ(ask("POST", target, token, true, {{"origin", "http://localhost:8080"}, {"sec-fetch-site", "same-origin"}}).status, 415);
  EXPECT_EQ(ask("POST", "/api/v1/session", "", true, {{"origin", "https://boese.example"}, {"content-type", "application/json"}}).status, 403);
}

TEST_F(Rights, ALockedAccountOrANewPasswordEndsTheSessionAtOnce) {
  const auto locked = session_of(Role::Agency, "alle");
  EXPECT_EQ(ask("GET", "/api/v1/session", locked).status, 200);
  ASSERT_TRUE(app::lock_account(workspace_, "agentur-alle", true).has_value());
  EXPECT_EQ(ask("GET", "/api/v1/session", locked).status, 401);
  const auto changed = session_of(Role::Ministry, "alle");
  ASSERT_TRUE(app::change_password(workspace_, "ministerium-alle", "other").has_value());
  EXPECT_EQ(ask("GET", "/api/v1/session", changed).status, 401);
  ASSERT_TRUE(app::lock_account(workspace_, "agentur-alle", false).has_value());
  EXPECT_EQ(ask("GET", "/api/v1/session", locked).status, 401) << "an ended session stays ended";
}

TEST_F(Rights, LogInGivesANewSessionEndsTheOldOneAndThrottles) {
  const auto hash = hash_password("ein langes Kennwort");
  ASSERT_TRUE(app::add_account(workspace_, {"a.beispiel", "A. Beispiel", "controlling", "33148", *hash}).has_value());
  const auto login = [&](const std::string& body, const std::string& cookie) {
    Request request;
    request.method = "POST";
    request.target = "/api/v1/session";
    request.headers = {{"content-type", "application/json"}, {"cookie", cookie}};
    request.body = body;
    EXPECT_TRUE(split_target(request));
    return answer(request, workspace_, shared_);
  };
  const std::string right = R"({"name": "a.beispiel", "kennwort": "ein langes Kennwort"})";
  const auto old = sessions_.begin("a.beispiel", *hash, std::chrono::steady_clock::now());
  const auto in = login(right, "zielwerk=" + old);
  EXPECT_EQ(in.status, 201);
  EXPECT_FALSE(sessions_.find(old, std::chrono::steady_clock::now())) << "a session from before the log-in is no longer good";
  std::string cookie;
  for (const auto& [name, value] : in.headers) {
    if (name == "Set-Cookie") cookie = value;
  }
  EXPECT_NE(cookie.find("HttpOnly; SameSite=Strict"), std::string::npos);
  EXPECT_EQ(cookie.find(old), std::string::npos);
  EXPECT_EQ(workspace_.store().audit_head().action, "anmeldung");
  EXPECT_EQ(workspace_.store().audit_head().actor, "a.beispiel");

  for (const char* bad : {"", "[]", "{", R"({"name": "a.beispiel"})", R"({"name": 1, "kennwort": "x"})", R"({"name": "a", "kennwort": "b", "rolle": "revision"})"}) EXPECT_EQ(login(bad, "").status, 400) << bad;
  const auto wrong = login(R"({"name": "a.beispiel", "kennwort": "falsch"})", "");
  const auto nobody = login(R"({"name": "niemand", "kennwort": "falsch"})", "");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, nobody.body) << "a wrong name and a wrong password read alike";
  for (int i = 0; i < 4; ++i) EXPECT_EQ(login(R"({"name": "a.beispiel", "kennwort": "falsch"})", "").status, 401);
  EXPECT_EQ(login(right, "").status, 429) << "five failures: even the right password has to wait";
}

TEST_F(Rights, AnAccessKeyHasTheRightsOfItsAccountUntilItEnds) {
  const auto session = session_of(Role::Controlling, "33148");
  const auto make = [&](const std::string& body, const std::map<std::string, std::string>& headers, const std::string& token) {
    return ask("POST", "/api/v1/access-keys", token, true, headers, body);
  };
  const std::map<std::string, std::string> json_type = {{"content-type", "application/json"}};
  for (const char* bad : {"", "[]", R"({"zweck": "a"})", R"({"zweck": "a", "tage": 1.5})", R"({"zweck": "a", "tage": 7, "konto": "ministerium-alle"})"}) EXPECT_EQ(make(bad, json_type, session).status, 400) << bad;
  for (const char* unfit : {R"({"zweck": "", "tage": 7})", R"({"zweck": "a", "tage": 0})", R"({"zweck": "a", "tage": 367})", R"({"zweck": "a\nb", "tage": 7})"}) EXPECT_EQ(make(unfit, json_type, session).status, 422) << unfit;
  const auto made = make(R"({"zweck": "Monatslieferung", "tage": 30})", json_type, session);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto told = json::parse(made.body).as_object();
  const std::string secret(told.at("schluessel").as_string());
  EXPECT_EQ(told.at("gueltig_bis").as_string(), "2026-12-21T10:00:00Z");
  EXPECT_EQ(ask("GET", "/api/v1/access-keys", session).body.find(secret), std::string::npos) << "shown once";
  EXPECT_EQ(workspace_.store().access_keys().front().hash.find(secret), std::string::npos);
  EXPECT_EQ(workspace_.store().audit_head().action, "zugang.anlegen");

  const std::map<std::string, std::string> program = {{"authorization", "Bearer " + secret}};
  EXPECT_EQ(ask("GET", "/api/v1/agreements/33148-2021", "", false, program).status, 200);
  EXPECT_EQ(ask("GET", "/api/v1/audit", "", false, program).status, 403) << "no more rights than the account";
  EXPECT_EQ(ask("POST", "/api/v1/deliveries?name=a.csv", "", false, program).status, 415) << "a change needs no further token";
  auto from_a_page = program;
  from_a_page["origin"] = "https://boese.example";
  EXPECT_EQ(ask("POST", "/api/v1/deliveries?name=a.csv", "", false, from_a_page).status, 403);
  auto again = program;
  again["content-type"] = "application/json";
  EXPECT_EQ(make(R"({"zweck": "mehr", "tage": 30})", again, "").status, 403) << "a key makes no keys";
  EXPECT_EQ(ask("DELETE", "/api/v1/session", "", false, program).status, 403);
  EXPECT_EQ(ask("GET", "/api/v1/overview", "", false, {{"authorization", "Bearer zw_geraten"}}).status, 401);
  EXPECT_EQ(ask("GET", "/api/v1/overview", session, true, {{"authorization", "Bearer zw_geraten"}}).status, 401) << "a wrong key is not saved by a cookie";

  const std::string address = "/api/v1/access-keys/" + std::string(told.at("id").as_string());
  EXPECT_EQ(ask("DELETE", address, session_of(Role::Ministry, "alle")).status, 404) << "somebody else's";
  EXPECT_EQ(ask("DELETE", address, session).status, 200);
  EXPECT_EQ(ask("DELETE", address, session).status, 200) << "ended stays ended";
  EXPECT_EQ(ask("GET", "/api/v1/agreements/33148-2021", "", false, program).status, 401);
  EXPECT_EQ(workspace_.store().audit_head().action, "zugang.beenden");
}

TEST_F(Rights, AnAccessKeyEndsWithItsTimeAndItsAccount) {
  session_of(Role::Controlling, "33148");
  const auto key = [&](const std::string& secret, int days) { return app::make_access_key(workspace_, {"controlling-fremd", "Test", days, documents::sha256(secret)}); };
  ASSERT_TRUE(key("eins", 1).has_value());
  const auto status = [&] { return ask("GET", "/api/v1/overview", "", false, {{"authorization", "Bearer eins"}}).status; };
  EXPECT_EQ(status(), 200);
  now_ = "2026-11-22T09:59:59Z";
  EXPECT_EQ(status(), 200);
  now_ = "2026-11-22T10:00:00Z";
  EXPECT_EQ(status(), 401) << "over";
  now_ = "2026-11-21T10:00:00Z";
  ASSERT_TRUE(app::lock_account(workspace_, "controlling-fremd", true).has_value());
  EXPECT_EQ(status(), 401) << "locked";
  EXPECT_EQ(key("zwei", 1).error().front().code, "account_locked");
  ASSERT_TRUE(app::lock_account(workspace_, "controlling-fremd", false).has_value());
  for (int i = 0; i < 19; ++i) ASSERT_TRUE(key(std::to_string(i), 1).has_value());
  EXPECT_EQ(key("zu viel", 1).error().front().code, "keys_too_many");
}

}  // namespace
}  // namespace zielwerk::server
