// What a request carries as a file of its own name, in a folder of its own that is gone when it is done with.
#pragma once

#include <filesystem>
#include <string>

namespace zielwerk::server {

class Upload {
 public:
  // EnvironmentError if the disk does not take it.
  Upload(const std::string& name, const std::string& bytes);
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path file_;
};

// A plain name with one of the endings, without folders, not hidden.
bool valid_file_name(const std::string& name, std::initializer_list<const char*> endings);

}  // namespace zielwerk::server
