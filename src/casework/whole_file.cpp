#include "casework/whole_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/problem.h"

namespace zielwerk::casework {

WholeFile::WholeFile(std::filesystem::path path) : path_(std::move(path)) {
  // A device or a pipe cannot be replaced; it is written to as it is.
  struct stat status {};
  if (::stat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    temporary_ = path_.string() + ".XXXXXX";
    descriptor_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
    if (descriptor_ < 0) temporary_.clear();
  }
  if (descriptor_ < 0) fail(errno);
}

WholeFile::~WholeFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void WholeFile::fail(int error) const {
  throw base::EnvironmentError(fmt::format("Die Datei {} kann nicht geschrieben werden: {}.", path_.string(),
                                           error == ENOSPC || error == EDQUOT ? "der Platz reicht nicht"
                                           : error == EACCES                  ? "der Zugriff ist nicht erlaubt"
                                           : error == ENOENT                  ? "das Verzeichnis gibt es nicht"
                                                                              : std::strerror(error)));
}

void WholeFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void WholeFile::commit(bool lasting) {
  if (temporary_.empty()) return;
  if (::fdatasync(descriptor_) != 0) fail(errno);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  temporary_.clear();
  if (!lasting) return;
  const auto folder = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path(".");
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
}

void add_to_end(const std::filesystem::path& path, std::uint64_t end, std::string_view bytes, std::size_t head) {
  const auto fail = [&](const char* why) { throw base::EnvironmentError(fmt::format("An die Datei {} kann nicht angefügt werden: {}.", path.string(), why)); };
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) fail(std::strerror(errno));
  const std::unique_ptr<const int, void (*)(const int*)> closing(&file, [](const int* open) { ::close(*open); });
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) fail("ein anderer Lauf schreibt gerade daran");
  const auto put = [&](std::string_view part, std::uint64_t at) {
    while (!part.empty()) {
      const auto written = ::pwrite(file, part.data(), part.size(), static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        const int error = errno;
        (void)!::ftruncate(file, static_cast<off_t>(end));
        fail(error == ENOSPC || error == EDQUOT ? "der Platz reicht nicht" : std::strerror(error));
      }
      part.remove_prefix(static_cast<std::size_t>(written));
      at += static_cast<std::uint64_t>(written);
    }
  };
  struct stat status {};
  if (::fstat(file, &status) != 0 || static_cast<std::uint64_t>(status.st_size) < end) fail("sie wurde inzwischen verändert");
  if (static_cast<std::uint64_t>(status.st_size) > end) {
    char magic = 0;
    if (::pread(file, &magic, 1, static_cast<off_t>(end)) == 1 && magic != 0) fail("ein anderer Lauf hat inzwischen angefügt");
  }
  if (::ftruncate(file, static_cast<off_t>(end)) != 0) fail(std::strerror(errno));
  put(bytes.substr(head), end + head);
  if (::fdatasync(file) != 0) fail(std::strerror(errno));
  put(bytes.substr(0, head), end);
  if (::fdatasync(file) != 0) fail(std::strerror(errno));
}

}  // namespace zielwerk::casework
