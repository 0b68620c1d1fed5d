#include "casework/csv_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zielwerk::casework {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& why) {
  throw base::EnvironmentError(fmt::format("Die Datei {} kann nicht gelesen werden: {}.", path.string(), why));
}

std::int64_t modified(const struct stat& status) { return std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec; }

}  // namespace

CsvFile::CsvFile(const std::filesystem::path& path) : path_(path), name_(path.filename().string()), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail(path, errno == ENOENT ? "es gibt sie nicht" : errno == EACCES ? "der Zugriff ist nicht erlaubt" : std::strerror(errno));
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor_);
    fail(path, S_ISDIR(status.st_mode) ? "es ist ein Verzeichnis" : "es ist keine gewöhnliche Datei (die Teile werden gleichzeitig gelesen)");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  modified_ = modified(status);
  char magic[4] = {};
  parquet_ = read(magic, 4, 0) == 4 && std::string_view(magic, 4) == "PAR1";
}

CsvFile::~CsvFile() { ::close(descriptor_); }

std::size_t CsvFile::read(char* buffer, std::size_t size, std::uint64_t offset) const {
  std::size_t filled = 0;
  while (filled < size) {
    const auto got = ::pread(descriptor_, buffer + filled, size - filled, static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path_, std::strerror(errno));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

bool CsvFile::changed() const {
  struct stat now {};
  return ::fstat(descriptor_, &now) != 0 || static_cast<std::uint64_t>(now.st_size) != size_ || modified(now) != modified_;
}

base::Problems CsvFile::read_header() {
  std::string begin(longest_row + 1, '\0');
  begin.resize(read(begin.data(), begin.size(), 0));
  const auto end = begin.find('\n');
  if (end == std::string::npos && begin.size() > longest_row) {
    return {{"line_too_long", fmt::format("Die Kopfzeile ist länger als {} Byte.", longest_row), name_ + ", Zeile 1"}};
  }
  auto layout = casework::read_header(std::string_view(begin).substr(0, end), name_);
  if (!layout) return layout.error();
  layout_ = *layout;
  first_row_ = end == std::string::npos ? size_ : end + 1;
  return {};
}

std::vector<std::uint64_t> CsvFile::lines_at(const std::vector<std::uint64_t>& offsets) const {
  std::vector<std::uint64_t> lines;
  std::string buffer(1U << 20, '\0');
  std::uint64_t line = 1, begin = 0;
  auto next = offsets.begin();
  while (next != offsets.end()) {
    const auto got = read(buffer.data(), buffer.size(), begin);
    const char* at = buffer.data();
    const char* const end = at + got;
    for (; next != offsets.end() && *next <= begin + got; ++next) {
      const char* to = buffer.data() + (*next - begin);
      line += static_cast<std::uint64_t>(std::count(at, to, '\n'));
      at = to;
      lines.push_back(line);
    }
    line += static_cast<std::uint64_t>(std::count(at, end, '\n'));
    begin += got;
    if (got == 0) break;
  }
  lines.resize(offsets.size(), line);
  return lines;
}

void CsvFile::for_each_line(const std::function<void(std::string_view, std::uint64_t)>& take) const {
  std::string buffer(1U << 20, '\0');
  std::string line;
  std::uint64_t begin = first_row_, row = first_row_;
  while (const auto got = read(buffer.data(), buffer.size(), begin)) {
    std::string_view rest(buffer.data(), got);
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      line.append(rest.substr(0, std::min(end, longest_row + 2)));
      take(line, row);
      line.clear();
      rest.remove_prefix(end + 1);
      row = begin + got - rest.size();
    }
    if (line.size() <= longest_row) line.append(rest.substr(0, longest_row + 2));
    begin += got;
  }
  if (!line.empty()) take(line, row);
}

}  // namespace zielwerk::casework
