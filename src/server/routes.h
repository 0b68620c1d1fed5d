// The one table of what can be asked for: method, address, who may, and on what. The router checks all of it before a handler runs; the
// OpenAPI file and the tests of rights are held against this table.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "app/drafts.h"
#include "app/rights.h"
#include "domain/account.h"
#include "server/config.h"
#include "server/http.h"
#include "server/kept.h"
#include "server/metrics.h"
#include "server/sessions.h"

namespace zielwerk::server {

// On what: Jobcenter and Agreement stand in the path and must lie in the account's Zuständigkeit (else 404, as if they did not exist);
// File is a steering file this person can open (an agreement or a negotiation);
// Draft must lie in a room the account sees, OwnDraft in its own; Chosen answers with what lies in reach; Whole needs the Zuständigkeit "alle".
enum class Object { None, Jobcenter, Agreement, File, Draft, OwnDraft, Chosen, Whole };

// Who works on it. What takes a tenth of a second or much longer is done one after the other by a thread of its own, so that it delays
// nothing but its like: checking passwords, asking the identity provider, reading papers.
enum class Lane { Workers, Passwords, Provider, Papers };

struct Shared {  // by all requests
  const Config& config;
  Sessions& sessions;
  Throttle& throttle;
  Metrics& metrics;
  Kept& kept;
  Oidc* oidc = nullptr;  // if the configuration names a provider
};

// One request on its way: who asks, and what they may see.
struct Call {
  const Request& request;
  app::Workspace& workspace;
  Shared& shared;
  std::map<std::string, std::string> path = {};  // {traeger}, {id} …
  std::optional<domain::Account> account = {};
  domain::Scope scope = {};
  std::string csrf = {};  // of the session; empty for a program with an access key
  std::string key = {};   // id of that access key

  std::string query(const std::string& name) const;
  app::Person person() const { return {*account, scope}; }
};

struct Route {
  const char* method;
  const char* path;  // "/api/v1/agreements/{id}"
  std::optional<app::Right> right;  // none: `open` says whether a log-in is needed
  bool open;
  Object object;
  bool upload;  // a body as large as the configuration allows; others take 64 KiB
  const char* queries;  // names it understands, separated by blanks; any other is a problem, unless "*" is among them
  Response (*answer)(Call&);
  Lane lane = Lane::Workers;
  bool kept = false;  // the answer follows from the address, the Zuständigkeit and the store alone
};

std::span<const Route> routes();

// The route of a request, with the parts of its path; nullptr: none. `methods` receives those the address has.
const Route* find_route(const std::string& method, const std::string& path, std::map<std::string, std::string>& parts, std::vector<std::string>& methods);

// Everything between a parsed request and its answer: route, origin, session, rights, handler, problems. Never throws.
Response answer(const Request& request, app::Workspace& workspace, Shared& shared);

// Said from the head alone, before a large body is read: who may not send it, or nothing at all. `answer` looks again, at everything.
std::optional<Response> refusal_before_body(const Request& request, app::Workspace& workspace, Shared& shared);

// The cookie's name: with the prefix that browsers protect, where cookies travel encrypted.
std::string cookie_name(const Config& config);

}  // namespace zielwerk::server
