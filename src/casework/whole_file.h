// A file that is there whole or not at all, after a power cut, too: written beside its place, forced to disk, then moved there. 0600, because what is written
// comes from case data; removed again if anything fails.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace zielwerk::casework {

class WholeFile {
 public:
  explicit WholeFile(std::filesystem::path path);  // throws base::EnvironmentError, as all of this
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  void write(std::string_view bytes);
  // With `lasting` it waits until the new name, too, would survive a power cut; without, what can be made again may be gone then.
  void commit(bool lasting);

 private:
  [[noreturn]] void fail(int error) const;
  std::filesystem::path path_;
  std::string temporary_;
  int descriptor_ = -1;
};

// Puts bytes behind the first `end` bytes of a file (what stands there was never finished) so that a power cut at any moment leaves
// either the file as it was or the whole: the first `head` bytes are written last, after the rest has reached the disk. One writer at a time:
// another one is refused.
void add_to_end(const std::filesystem::path& path, std::uint64_t end, std::string_view bytes, std::size_t head);

}  // namespace zielwerk::casework
