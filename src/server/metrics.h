// Counters in Prometheus' text form. All methods may be called from any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace zielwerk::server {

class Metrics {
 public:
  void request(const std::string& route, int status, std::chrono::microseconds took);
  std::atomic<int> connections{0};
  std::atomic<std::uint64_t> refused{0};  // connections over the limit, requests too slow or too large
  std::string text() const;

 private:
  static constexpr std::array<int, 8> milliseconds = {1, 5, 20, 50, 100, 250, 1000, 5000};
  struct Route {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, milliseconds.size()> within{};
    std::uint64_t count = 0;
    std::uint64_t microseconds = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Route> routes_;
};

}  // namespace zielwerk::server
