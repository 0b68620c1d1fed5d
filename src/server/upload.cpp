#include "server/upload.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "base/problem.h"

namespace zielwerk::server {
namespace {

std::filesystem::path own_folder() {
  auto name = (std::filesystem::temp_directory_path() / "zielwerk-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw base::EnvironmentError("Für die Datei lässt sich keine Ablage anlegen.");
  return name;
}

}  // namespace

Upload::Upload(const std::string& name, const std::string& bytes) : folder_(own_folder()), file_(folder_ / name) {
  std::ofstream out(file_, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.flush();
  if (!out) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    throw base::EnvironmentError("Die Datei lässt sich nicht ablegen; der Datenträger ist voll oder gestört.");
  }
}

Upload::~Upload() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

bool valid_file_name(const std::string& name, std::initializer_list<const char*> endings) {
  return !name.empty() && name.size() <= 120 && name.front() != '.' && name.front() != '-' && name.find('/') == std::string::npos &&
         std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

}  // namespace zielwerk::server
