// A file that is there whole or not at all: written beside its place, forced to disk, then moved there. 0600, because what is written
// comes from case data; removed again if anything fails.
#pragma once

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
  void commit();

 private:
  [[noreturn]] void fail(int error) const;
  std::filesystem::path path_;
  std::string temporary_;
  int descriptor_ = -1;
};

}  // namespace zielwerk::casework
