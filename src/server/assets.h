// The pages, built by web/ and kept in the binary, packed at build time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http.h"

namespace zielwerk::server {

// A file of the pages, or the one page for each of their addresses (/, /anmelden, /jobcenter/33148 …).
std::optional<Response> find_asset(const Request& request);

// Addresses of pages; "*" stands for one part.
const std::vector<std::string>& page_addresses();

std::string_view web_file(std::string_view path);  // made by cmake/resources.cmake; a Bug if it was not built in

}  // namespace zielwerk::server
