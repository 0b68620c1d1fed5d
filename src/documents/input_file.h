// Files as strangers hand them over: read in pieces, hashed while read, never trusted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace zielwerk::documents {

std::string sha256(std::string_view bytes);

// Reads a file from begin to end. Throws base::EnvironmentError if it cannot be read; changed() tells whether it was shortened,
// replaced or written to meanwhile.
class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  std::uint64_t size() const;
  // Fills the buffer as far as the file goes; 0 at its end.
  std::size_t read(std::span<char> buffer);
  bool changed() const;
  std::string sha256();  // of everything read so far; call once, at the end

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The whole of a small file. Problem file_too_large beyond `limit`, file_empty, file_changed; EnvironmentError as above.
base::Result<std::string> read_small_file(const std::filesystem::path& path, std::uint64_t limit);

}  // namespace zielwerk::documents
