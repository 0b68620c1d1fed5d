// What a confined child cannot do, and that nothing of it stays.
#include "documents/confined.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace zielwerk::documents {
namespace {

using End = Outcome::End;

TEST(Confined, HandsOverWhatWorkReturns) {
  const auto outcome = run_confined([] { return std::string(300'000, 'a'); });
  EXPECT_EQ(outcome.end, End::Done);
  EXPECT_EQ(outcome.output, std::string(300'000, 'a'));
  const auto threw = run_confined([]() -> std::string { throw std::runtime_error("kaputt"); });
  EXPECT_EQ(threw.end, End::Failed);
  EXPECT_EQ(threw.errors, "kaputt");
}

TEST(Confined, OpensNoFileAndNoConnection) {
  const auto outcome = run_confined([] {
    const bool file = ::open("/etc/passwd", O_RDONLY) >= 0;
    const bool written = ::open("/tmp/zielwerk_never", O_WRONLY | O_CREAT, 0600) >= 0;
    const bool connection = ::socket(AF_INET, SOCK_STREAM, 0) >= 0;
    return std::string(file ? "file " : "") + (written ? "written " : "") + (connection ? "connection" : "");
  });
  const bool landlock = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
  if (landlock) {
    EXPECT_EQ(outcome.output, "");
  }
  EXPECT_EQ(outcome.output.find("connection"), std::string::npos);
}

TEST(Confined, EndsAtItsLimits) {
  const auto forever = run_confined(
      [] {
        for (;;) static_cast<void>(::getpid());
        return std::string();
      },
      {std::uint64_t{64} << 20, 200, 1000});
  EXPECT_EQ(forever.end, End::Timeout);
  const auto crashed = run_confined([]() -> std::string { std::abort(); });
  EXPECT_EQ(crashed.end, End::Crashed);
  const auto much = run_confined([] { return std::string(5000, 'a'); }, {std::uint64_t{64} << 20, 5000, 1000});
  EXPECT_EQ(much.end, End::TooMuchOutput);
#if !defined(__SANITIZE_ADDRESS__)
  const auto memory = run_confined([] { return std::string(std::size_t{1} << 30, 'a'); });
  EXPECT_EQ(memory.end, End::OutOfMemory);
#endif
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // no child left, not even a zombie
  EXPECT_EQ(errno, ECHILD);
}

TEST(Confined, ProgramsReadTheirInput) {
  const auto copied = run_program({find_program("cat")}, "Zielwert 5", {});
  EXPECT_EQ(copied.output, "Zielwert 5");
  EXPECT_EQ(run_program({find_program("cat"), "/etc/passwd"}, "", {}).end, End::Failed);
  EXPECT_EQ(find_program("gibt-es-nicht"), "");
}

}  // namespace
}  // namespace zielwerk::documents
