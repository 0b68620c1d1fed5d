#include "documents/input_file.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zielwerk::documents {
namespace {

struct Digest {
  Digest() : context(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context, EVP_sha256(), nullptr); }
  ~Digest() { EVP_MD_CTX_free(context); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  void add(const void* data, std::size_t size) { EVP_DigestUpdate(context, data, size); }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context, bytes.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
    return text;
  }
  EVP_MD_CTX* context;
};

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  throw base::EnvironmentError(fmt::format("Die Datei {} kann nicht gelesen werden: {}.", path.string(),
                                           error == ENOENT   ? "es gibt sie nicht"
                                           : error == EACCES ? "der Zugriff ist nicht erlaubt"
                                           : error == EISDIR ? "es ist ein Verzeichnis"
                                                             : std::strerror(error)));
}

// A file that was deleted or replaced meanwhile has lost its name: what was read may be half of what was meant.
bool same(const struct stat& a, const struct stat& b) {
  return a.st_nlink == b.st_nlink && a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(bytes.data(), bytes.size());
  return digest.hex();
}

struct InputFile::State {
  std::filesystem::path path;
  int descriptor = -1;
  struct stat opened {};
  std::uint64_t done = 0;
  Digest digest;
};

InputFile::InputFile(const std::filesystem::path& path) : state_(std::make_unique<State>()) {
  state_->path = path;
  state_->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state_->descriptor < 0) fail(path, errno);
  if (::fstat(state_->descriptor, &state_->opened) != 0 || S_ISDIR(state_->opened.st_mode)) {
    ::close(state_->descriptor);
    fail(path, EISDIR);
  }
  ::posix_fadvise(state_->descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
}

InputFile::~InputFile() { ::close(state_->descriptor); }

std::uint64_t InputFile::size() const { return static_cast<std::uint64_t>(state_->opened.st_size); }

std::size_t InputFile::read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const auto got = ::read(state_->descriptor, buffer.data() + filled, buffer.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(state_->path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  state_->digest.add(buffer.data(), filled);
  state_->done += filled;
  return filled;
}

bool InputFile::changed() const {
  struct stat now {};
  const bool regular = S_ISREG(state_->opened.st_mode);
  return regular && (::fstat(state_->descriptor, &now) != 0 || !same(now, state_->opened) || state_->done != size());
}

std::string InputFile::sha256() { return state_->digest.hex(); }

base::Result<std::string> read_small_file(const std::filesystem::path& path, std::uint64_t limit) {
  InputFile file(path);
  std::string bytes(static_cast<std::size_t>(std::min(file.size(), limit)) + 1, '\0');
  bytes.resize(file.read(bytes));
  if (bytes.size() > limit) {
    return base::problem("file_too_large", fmt::format("Die Datei ist zu groß: höchstens {} Byte sind erwartet.", limit), path.filename().string());
  }
  if (file.changed()) return base::problem("file_changed", "Die Datei wurde während des Lesens verändert oder gelöscht; bitte noch einmal einlesen.", path.filename().string());
  if (bytes.empty()) return base::problem("file_empty", "Die Datei ist leer.", path.filename().string());
  return bytes;
}

}  // namespace zielwerk::documents
