// A server without sockets, with one agreement (33148), an account of every role, and a key of a program: "zw_fuzz".
#pragma once

#include <cstdlib>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <sodium.h>

#include "app/access_keys.h"
#include "app/agreements.h"
#include "documents/input_file.h"
#include "intake/agreement_json.h"
#include "server/routes.h"

namespace zielwerk::fuzz {

inline constexpr const char* password = "ein Kennwort";

// Argon2 with the least it takes, so that a log-in is no pause.
inline std::string quick_hash() {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (sodium_init() < 0 || crypto_pwhash_str(hash.data(), password, std::char_traits<char>::length(password), crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN) != 0) std::abort();
  return hash.c_str();
}

struct House {
  app::Workspace workspace{store::open_memory_store(), [] { return std::string("2026-11-21T10:00:00Z"); }, "fuzz"};
  server::Config config;
  server::Sessions sessions{std::chrono::minutes(30), std::chrono::minutes(600)};
  server::Throttle throttle;
  server::Metrics metrics;
  server::Kept kept{[this] { return workspace.store().state(); }};
  server::Shared shared{config, sessions, throttle, metrics, kept};
  std::string hash;

  House() {
    static const auto quick = quick_hash();
    hash = quick;
    config.origin = "http://localhost:8080";
    config.published = true;
    static const auto file = intake::read_agreement(ZIELWERK_ROOT "/agreements/lippe_2021.json");
    if (!file || !app::take_agreement(workspace, *file, {})) std::abort();
    for (const auto role : domain::all_roles()) {
      if (!app::add_account(workspace, {domain::code(role), "A. Beispiel", domain::code(role), "33148", hash})) std::abort();
    }
    if (!app::make_access_key(workspace, {"controlling", "fuzz", 7, documents::sha256("zw_fuzz")})) std::abort();
  }

  // As who: the code of a role, "programm", or anything else for nobody.
  void act_as(server::Request& request, std::string_view who) {
    if (who == "programm") request.headers["authorization"] = "Bearer zw_fuzz";
    const auto accounts = workspace.store().accounts();
    if (!app::find_account(accounts, std::string(who))) return;
    const auto token = sessions.begin(std::string(who), hash, std::chrono::steady_clock::now());
    request.headers["cookie"] = "zielwerk=" + token;
    request.headers["x-csrf-token"] = sessions.find(token, std::chrono::steady_clock::now())->csrf;
  }

  // The answer is one the contract knows; what belongs to a bug ends the program.
  server::Response ask(const server::Request& request) {
    auto response = server::answer(request, workspace, shared);
    bool sound = response.status >= 200 && response.status < 500;
    for (const auto& [name, value] : response.headers) sound = sound && value.find_first_of("\r\n") == std::string::npos;
    if (!sound) {
      fmt::print(stderr, "{} {}: {} {}\n", request.method, request.target, response.status, response.body);
      std::abort();
    }
    return response;
  }
};

inline std::string_view until(std::string_view& text, std::string_view mark) {
  const auto at = text.find(mark);
  const auto part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + mark.size());
  return part;
}

// Log-ins of nobody are checked against a hash that takes its time, and papers are read by a process of its own.
inline bool too_slow(const server::Request& request, const app::Workspace& workspace) {
  if (request.method != "POST") return false;
  if (request.path == "/api/v1/drafts") return true;
  if (request.path != "/api/v1/session") return false;
  boost::json::error_code error;
  const auto body = boost::json::parse(request.body, error);
  const auto* name = !error && body.is_object() ? body.get_object().if_contains("name") : nullptr;
  const auto accounts = workspace.store().accounts();
  return name && name->is_string() && !app::find_account(accounts, std::string(name->get_string()));
}

}  // namespace zielwerk::fuzz
