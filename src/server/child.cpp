#include "server/child.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/problem.h"

extern char** environ;

namespace zielwerk::server {
namespace {

constexpr std::size_t most_errors = std::size_t{64} * 1024;

[[noreturn]] void none() { throw base::EnvironmentError("Es lässt sich kein Prozess starten, der das Papier liest; bitte gleich noch einmal versuchen."); }

pid_t spawn(const std::vector<std::string>& arguments, int errors) {
  std::vector<std::string> words = {"zielwerk"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> call;
  for (auto& word : words) call.push_back(word.data());
  call.push_back(nullptr);
  posix_spawn_file_actions_t files{};
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // so that its own children end with it
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = -1;
  const int code = posix_spawn(&child, "/proc/self/exe", &files, &attributes, call.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return code == 0 ? child : -1;
}

}  // namespace

ChildResult run_child(const std::vector<std::string>& arguments, std::chrono::seconds most) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) none();
  const pid_t child = spawn(arguments, ends[1]);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    none();
  }
  ChildResult result;
  const auto end = std::chrono::steady_clock::now() + most;
  // It ends when nobody holds the other end of the pipe any more.
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd wait{ends[0], POLLIN, 0};
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) == 0) break;
    std::array<char, 4096> piece{};
    const auto count = ::read(ends[0], piece.data(), piece.size());
    if (count <= 0) {
      result.in_time = true;
      break;
    }
    result.errors.append(piece.data(), std::min(static_cast<std::size_t>(count), most_errors - std::min(most_errors, result.errors.size())));
  }
  ::close(ends[0]);
  if (!result.in_time) ::kill(-child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

}  // namespace zielwerk::server
