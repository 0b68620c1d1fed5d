// The server: takes connections, reads requests within their limits, hands them to workers, writes answers, stops gracefully.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/workspace.h"
#include "server/config.h"

namespace zielwerk::server {

// Opens the store anew for each worker: a connection to the database belongs to one thread at a time.
using OpenWorkspace = std::function<std::unique_ptr<app::Workspace>()>;

// Serves until SIGTERM or SIGINT; then takes no new connections, lets requests under way finish (at most ten seconds) and returns.
// `ready` is called with the address once the port is open. EnvironmentError if it cannot be, or the store is away.
void serve(Config config, const OpenWorkspace& open, const std::function<void(const std::string& url)>& ready);

}  // namespace zielwerk::server
