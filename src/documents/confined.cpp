#include "documents/confined.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/problem.h"
#include "base/text.h"

namespace zielwerk::documents {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool address_space_is_ours = false;  // the sanitizer maps terabytes
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool address_space_is_ours = false;
#else
constexpr bool address_space_is_ours = true;
#endif
#else
constexpr bool address_space_is_ours = true;
#endif

constexpr int exit_out_of_memory = 101;
constexpr int exit_threw = 102;
constexpr int exit_not_confined = 103;

[[noreturn]] void no_process(const char* what) {
  throw base::EnvironmentError(fmt::format("Zum Lesen fremder Dateien lässt sich kein eigener Prozess einrichten ({}: {}).", what, std::strerror(errno)));
}

// An anonymous file in memory: input and output of a child without names, pipes that fill up, or anything left in /tmp.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content = {}) : descriptor_(::memfd_create("zielwerk", MFD_CLOEXEC)) {
    if (descriptor_ < 0) no_process("memfd_create");
    while (!content.empty()) {
      const auto written = ::write(descriptor_, content.data(), content.size());
      if (written < 0) no_process("write");
      content.remove_prefix(static_cast<std::size_t>(written));
    }
    ::lseek(descriptor_, 0, SEEK_SET);
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::string content(std::uint64_t limit) const {
    const auto size = ::lseek(descriptor_, 0, SEEK_END);
    std::string text(std::min(limit, static_cast<std::uint64_t>(std::max<off_t>(size, 0))), '\0');
    const auto got = ::pread(descriptor_, text.data(), text.size(), 0);
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return text;
  }

 private:
  int descriptor_;
};

std::uint64_t address_space_now() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void set_limit(__rlimit_resource_t what, std::uint64_t value, std::uint64_t hard) {
  const rlimit limit{value, hard};
  if (::setrlimit(what, &limit) != 0) ::_exit(exit_not_confined);
}

// Landlock: nothing may be opened, except the listed places for reading and executing. A kernel without it says so; decision 0013.
void close_file_system(const std::vector<std::string>& readable) {
  const auto version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return;
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // all rights of the first version
  const auto ruleset = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
  if (ruleset < 0) ::_exit(exit_not_confined);
  for (const auto& place : readable) {
    const int opened = ::open(place.c_str(), O_PATH | O_CLOEXEC);
    if (opened < 0) continue;
    landlock_path_beneath_attr file{LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE, opened};
    landlock_path_beneath_attr folder{file.allowed_access | LANDLOCK_ACCESS_FS_READ_DIR, opened};
    if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &folder, 0) != 0 &&
        ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &file, 0) != 0) {
      ::_exit(exit_not_confined);
    }
  }
  if (::syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) ::_exit(exit_not_confined);
}

// No network, no look at other processes: these calls fail as if they were forbidden.
void close_network() {
  constexpr unsigned forbidden[] = {SYS_socket, SYS_socketpair, SYS_connect, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, 425 /* io_uring_setup */};
  std::vector<sock_filter> filter{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const unsigned call : forbidden) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  }
#if defined(__x86_64__)
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1));  // the x32 numbers of the same calls
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
#endif
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

void confine(const Limits& limits, std::uint64_t address_space, int input, int output, int errors, const std::vector<std::string>& readable) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_DUMPABLE, 0);
  for (const int signal : {SIGPIPE, SIGXFSZ, SIGXCPU, SIGTERM}) std::signal(signal, SIG_DFL);
  if (::dup2(input, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(errors, 2) < 0) ::_exit(exit_not_confined);
  if (::syscall(SYS_close_range, 3U, ~0U, 0U) != 0 || ::chdir("/") != 0) ::_exit(exit_not_confined);
  const auto seconds = static_cast<std::uint64_t>((limits.milliseconds + 999) / 1000);
  if (address_space_is_ours) set_limit(RLIMIT_AS, address_space, address_space);
  set_limit(RLIMIT_CPU, seconds, seconds + 1);
  set_limit(RLIMIT_FSIZE, limits.output, limits.output);
  set_limit(RLIMIT_CORE, 0, 0);
  set_limit(RLIMIT_NOFILE, 32, 32);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) ::_exit(exit_not_confined);
  close_file_system(readable);
  close_network();
}

Outcome::End end_of(int status, bool killed) {
  if (killed) return Outcome::End::Timeout;
  if (WIFSIGNALED(status)) {
    if (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL) return Outcome::End::Timeout;
    return WTERMSIG(status) == SIGXFSZ ? Outcome::End::TooMuchOutput : Outcome::End::Crashed;
  }
  if (WEXITSTATUS(status) == exit_out_of_memory) return Outcome::End::OutOfMemory;
  return WEXITSTATUS(status) == 0 ? Outcome::End::Done : Outcome::End::Failed;
}

// Waits for the child's end, at most as long as allowed, and takes it away.
Outcome::End wait_for(pid_t child, int milliseconds) {
  const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  pollfd ended{descriptor, POLLIN, 0};
  int ready = 0;
  do ready = descriptor < 0 ? 0 : ::poll(&ended, 1, milliseconds);
  while (ready < 0 && errno == EINTR);
  if (descriptor >= 0) ::close(descriptor);
  const bool killed = ready <= 0;
  if (killed) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return end_of(status, killed);
}

// `run` never returns.
template <class Run>
Outcome in_child(const Limits& limits, std::uint64_t address_space, std::string_view input, const std::vector<std::string>& readable, const Run& run) {
  const MemoryFile in(input);
  const MemoryFile out;
  const MemoryFile errors;
  const pid_t child = ::fork();
  if (child < 0) no_process("fork");
  if (child == 0) {
    confine(limits, address_space, in.descriptor(), out.descriptor(), errors.descriptor(), readable);
    run();
    ::_exit(exit_threw);
  }
  Outcome outcome;
  outcome.end = wait_for(child, limits.milliseconds);
  outcome.output = out.content(limits.output);
  outcome.errors = errors.content(4096);
  return outcome;
}

}  // namespace

std::string find_program(std::string_view name) {
  const char* path = std::getenv("PATH");
  for (const auto& folder : base::split(path ? path : "/usr/bin:/bin", ':')) {
    const std::string file = folder + "/" + std::string(name);
    if (!folder.starts_with('/') || ::access(file.c_str(), X_OK) != 0) continue;
    if (char resolved[PATH_MAX]; ::realpath(file.c_str(), resolved)) return resolved;
  }
  return {};
}

Outcome run_program(const std::vector<std::string>& call, std::string_view input, const Limits& limits) {
  std::vector<char*> arguments;
  for (const auto& argument : call) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  char language[] = "LC_ALL=C.UTF-8";
  char one_thread[] = "OMP_THREAD_LIMIT=1";
  char* environment[] = {language, one_thread, nullptr};
  const std::string own_folder = call[0].substr(0, call[0].rfind('/'));
  std::vector<std::string> readable = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", own_folder};
  readable.insert(readable.end(), limits.readable.begin(), limits.readable.end());
  return in_child(limits, limits.memory, input, readable, [&] {
    ::execve(arguments[0], arguments.data(), environment);
  });
}

Outcome run_confined(const std::function<std::string()>& work, const Limits& limits) {
  return in_child(limits, address_space_now() + limits.memory, {}, {}, [&] {
    try {
      const std::string answer = work();
      for (std::size_t at = 0; at < answer.size();) {
        const auto written = ::write(1, answer.data() + at, answer.size() - at);
        if (written <= 0) ::_exit(exit_threw);
        at += static_cast<std::size_t>(written);
      }
      ::_exit(0);
    } catch (const std::bad_alloc&) {
      ::_exit(exit_out_of_memory);
    } catch (const std::exception& problem) {
      static_cast<void>(!::write(2, problem.what(), std::strlen(problem.what())));
      ::_exit(exit_threw);
    }
  });
}

}  // namespace zielwerk::documents
