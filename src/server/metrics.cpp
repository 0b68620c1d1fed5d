#include "server/metrics.h"

#include <fmt/format.h>

namespace zielwerk::server {

void Metrics::request(const std::string& route, int status, std::chrono::microseconds took) {
  const std::lock_guard lock(mutex_);
  auto& one = routes_[route];
  ++one.by_status[status];
  ++one.count;
  one.microseconds += static_cast<std::uint64_t>(took.count());
  for (std::size_t i = 0; i < milliseconds.size(); ++i) {
    if (took <= std::chrono::milliseconds(milliseconds[i])) ++one.within[i];
  }
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out = fmt::format("# TYPE zielwerk_connections gauge\nzielwerk_connections {}\n# TYPE zielwerk_refused_total counter\nzielwerk_refused_total {}\n", connections.load(), refused.load());
  out += "# TYPE zielwerk_requests_total counter\n";
  for (const auto& [name, route] : routes_) {
    for (const auto& [status, count] : route.by_status) out += fmt::format("zielwerk_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", name, status, count);
  }
  out += "# TYPE zielwerk_request_seconds histogram\n";
  const auto seconds = [](std::uint64_t micro) { return fmt::format("{}.{:06}", micro / 1'000'000, micro % 1'000'000); };
  for (const auto& [name, route] : routes_) {
    for (std::size_t i = 0; i < milliseconds.size(); ++i) {
      out += fmt::format("zielwerk_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", name, seconds(static_cast<std::uint64_t>(milliseconds[i]) * 1000), route.within[i]);
    }
    out += fmt::format("zielwerk_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\nzielwerk_request_seconds_sum{{route=\"{0}\"}} {2}\nzielwerk_request_seconds_count{{route=\"{0}\"}} {1}\n", name,
                       route.count, seconds(route.microseconds));
  }
  return out;
}

}  // namespace zielwerk::server
