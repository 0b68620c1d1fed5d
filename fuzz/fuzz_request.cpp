// A whole request without its socket: head, address, cookies, route, rights, body, handler. Whatever is sent, the answer is one the contract
// knows; 500 is a bug. First byte: who asks. Then METHOD, a blank, the target, lines of the head, an empty line, the body.
#include <cstdlib>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/access_keys.h"
#include "app/agreements.h"
#include "documents/input_file.h"
#include "intake/agreement_json.h"
#include "server/body.h"
#include "server/routes.h"

using namespace zielwerk;

namespace {

struct House {
  app::Workspace workspace{store::open_memory_store(), [] { return std::string("2026-11-21T10:00:00Z"); }, "fuzz"};
  server::Config config;
  server::Sessions sessions{std::chrono::minutes(30), std::chrono::minutes(600)};
  server::Throttle throttle;
  server::Metrics metrics;
  server::Kept kept{[this] { return workspace.store().state(); }};
  server::Shared shared{config, sessions, throttle, metrics, kept};
  std::vector<std::string> tokens;

  House() {
    config.origin = "http://localhost:8080";
    config.published = true;
    const auto file = intake::read_agreement(ZIELWERK_ROOT "/agreements/lippe_2021.json");
    if (!file || !app::take_agreement(workspace, *file, {})) std::abort();
    for (const auto role : domain::all_roles()) {
      if (!app::add_account(workspace, {domain::code(role), "A. Beispiel", domain::code(role), "33148", "hash"})) std::abort();
      tokens.push_back(sessions.begin(domain::code(role), "hash", std::chrono::steady_clock::now()));
    }
    if (!app::make_access_key(workspace, {"controlling", "fuzz", 7, documents::sha256("zw_fuzz")})) std::abort();
  }
};

std::string_view until(std::string_view& text, std::string_view mark) {
  const auto at = text.find(mark);
  const auto part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + mark.size());
  return part;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto house = std::make_unique<House>();
  static int count = 0;
  if (++count % 2000 == 0) house = std::make_unique<House>();
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  server::Request request;
  request.peer = "203.0.113.7";
  request.method = until(text, " ");
  request.target = until(text, "\n");
  std::vector<std::pair<std::string, std::string>> head = {{"Host", "localhost:8080"}};
  for (auto line = until(text, "\n"); !line.empty(); line = until(text, "\n")) {
    const auto name = until(line, ": ");
    head.emplace_back(name, line);
  }
  if (server::head_refused(request, head, {"localhost:8080"})) return 0;
  request.body = text;
  const auto who = data[0] % (house->tokens.size() + 2);
  if (who < house->tokens.size()) {
    request.headers["cookie"] = "zielwerk=" + house->tokens[who];
    request.headers["x-csrf-token"] = house->sessions.find(house->tokens[who], std::chrono::steady_clock::now()).value_or(server::Session{}).csrf;
  } else if (who == house->tokens.size()) {
    request.headers["authorization"] = "Bearer zw_fuzz";
  }
  std::map<std::string, std::string> parts;
  std::vector<std::string> methods;
  const auto* route = server::find_route(request.method, request.path, parts, methods);
  if (route && request.method == "POST" && (std::string_view(route->path) == "/api/v1/session" || std::string_view(route->path) == "/api/v1/drafts")) {  // Argon2 and a process of its own take too long here; what is read does not
    server::Body body(request);
    (void)body.text("name");
    (void)body.text("kennwort");
    (void)body.unfit();
    return 0;
  }
  if (route && std::string_view(route->path) == "/api/v1/session" && request.method == "DELETE") return 0;
  const auto response = server::answer(request, house->workspace, house->shared);
  if (response.status < 200 || response.status == 500 || response.status > 503) {
    fmt::print(stderr, "{}\n", response.body);
    std::abort();
  }
  for (const auto& [name, value] : response.headers) {
    if (value.find_first_of("\r\n") != std::string::npos) std::abort();
  }
  return 0;
}
