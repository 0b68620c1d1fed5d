// Work on foreign bytes in a child process: limits on memory, processor time, clock and output; no file may be opened (programs: only
// their own libraries and data, to be read), nothing written but the answer, no network, no further program. The parent waits, kills
// what takes too long, and leaves no zombie. What cannot be had from the kernel is listed in docs/decisions/0013.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::documents {

struct Limits {
  std::uint64_t memory = std::uint64_t{128} << 20;  // bytes of address space, beyond what this process has when it forks
  int milliseconds = 8000;                          // of the clock; of the processor the same, rounded up
  std::uint64_t output = std::uint64_t{24} << 20;   // bytes
  std::vector<std::string> readable = {};           // folders that a program may read beside its own libraries
};

struct Outcome {
  enum class End { Done, Failed, Crashed, Timeout, TooMuchOutput, OutOfMemory };
  End end = End::Crashed;
  std::string output;  // as far as it came
  std::string errors;  // what a program said, at most 4 KiB
};

// Full path of a program in PATH, empty if it is not installed.
std::string find_program(std::string_view name);

// Runs call[0] (a full path); `input` is its standard input. Failed: an exit code other than 0. Memory here counts from zero.
// Throws base::EnvironmentError if no process can be made, as confined() does.
Outcome run_program(const std::vector<std::string>& call, std::string_view input, const Limits& limits);

// Runs `work` in a fork of this process and hands over what it returns; call it while no other thread runs. Failed: it threw.
Outcome run_confined(const std::function<std::string()>& work, const Limits& limits = {});

}  // namespace zielwerk::documents
