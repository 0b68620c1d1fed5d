// Papers made in a test: a file with any bytes, a PDF with words at places, a DOCX with any parts. All text is invented.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "documents/document.h"

namespace zielwerk::documents::test {

inline const std::filesystem::path papers = std::filesystem::path(ZIELWERK_ROOT) / "tests/documents/papers";

// Gone with the object.
class File {
 public:
  File(const std::string& name, const std::string& bytes) {
    std::string folder = (std::filesystem::temp_directory_path() / "zielwerk_papers_XXXXXX").string();
    if (!::mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    path_ = std::filesystem::path(folder) / name;
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~File() {
    std::error_code ignored;
    std::filesystem::remove_all(path_.parent_path(), ignored);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// What open_document gives, as text: the document's, or "code | message".
inline std::string opened(const std::string& name, const std::string& bytes, const OpenOptions& options = {}) {
  const File file(name, bytes);
  const auto document = open_document(file.path(), options);
  if (document) return document->text;
  EXPECT_EQ(document.error().where, name);
  return document.error().code + " | " + document.error().message;
}

// Words of Helvetica 10 at points from the upper left corner of an A4 page. WinAnsi octal escapes for umlauts: \\374 is ü.
struct At {
  int x, y;
  std::string text;
};

inline std::string page_content(const std::vector<At>& words, int size = 10) {
  std::string content = "BT /F " + std::to_string(size) + " Tf ";
  for (const auto& word : words) content += fmt::format("1 0 0 1 {} {} Tm ({}) Tj ", word.x, 842 - word.y, word.text);
  return content + "ET";
}

inline std::string pdf(const std::vector<std::string>& pages) {
  std::vector<std::string> objects{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"};
  std::string kids;
  for (const auto& content : pages) {
    objects.push_back(fmt::format("<</Length {}>>stream\n{}\nendstream", content.size(), content));
    objects.push_back(fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>", objects.size()));
    kids += fmt::format("{} 0 R ", objects.size());
  }
  objects[1] = fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", pages.size(), kids);
  std::string file = "%PDF-1.4\n";
  std::string places = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places += fmt::format("{:010} 00000 n \n", file.size());
    file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const auto begin = file.size();
  return file + fmt::format("xref\n0 {0}\n{1}trailer<</Size {0}/Root 1 0 R>>\nstartxref\n{2}\n%%EOF\n", objects.size() + 1, places, begin);
}

inline std::string zip(const std::vector<std::pair<std::string, std::string>>& parts) {
  const File file("a.zip", "");
  std::filesystem::remove(file.path());
  auto* archive = zip_open(file.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : parts) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  }
  if (zip_close(archive) != 0) throw std::runtime_error("no ZIP file");
  std::ifstream stream(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline std::string docx(const std::string& body, std::vector<std::pair<std::string, std::string>> parts = {}) {
  std::string relations = "<Relationships>";
  for (const char* type : {"styles", "numbering", "footnotes"}) relations += fmt::format(R"(<Relationship Id="{0}" Type="x/{0}" Target="{0}.xml"/>)", type);
  parts.emplace_back("word/_rels/document.xml.rels", relations + "</Relationships>");
  parts.emplace_back("word/document.xml", R"(<w:document xmlns:w="w"><w:body>)" + body + "</w:body></w:document>");
  return zip(parts);
}

}  // namespace zielwerk::documents::test
