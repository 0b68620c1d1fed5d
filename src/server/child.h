// This program called again as a process of its own, for work that a server with threads must not do itself: reading a paper forks.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace zielwerk::server {

struct ChildResult {
  bool in_time = false;
  int exit_code = -1;
  std::string errors;  // what it said, at most 64 KiB
};

// Runs `zielwerk ARGUMENTS` with nothing to read and its output thrown away; killed after `most`. EnvironmentError if none can be made.
ChildResult run_child(const std::vector<std::string>& arguments, std::chrono::seconds most);

}  // namespace zielwerk::server
