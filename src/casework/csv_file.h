// A CSV file as a piece of disk that several threads read at once, and the lines of it counted only when somebody asks.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "casework/row_fields.h"

namespace zielwerk::casework {

class CsvFile {
 public:
  explicit CsvFile(const std::filesystem::path& path);  // throws base::EnvironmentError
  ~CsvFile();
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  const std::string& name() const { return name_; }
  std::uint64_t size() const { return size_; }
  std::uint64_t first_row() const { return first_row_; }  // offset behind the header
  const Layout& layout() const { return layout_; }
  base::Problems read_header();
  bool is_parquet() const { return parquet_; }
  // Fills the buffer from the offset on as far as the file goes.
  std::size_t read(char* buffer, std::size_t size, std::uint64_t offset) const;
  bool changed() const;
  // The line numbers (from 1) of offsets in ascending order.
  std::vector<std::uint64_t> lines_at(const std::vector<std::uint64_t>& offsets) const;
  // Every line behind the header with its offset; lines longer than a row may be come cut.
  void for_each_line(const std::function<void(std::string_view line, std::uint64_t offset)>& take) const;

 private:
  std::filesystem::path path_;
  std::string name_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::int64_t modified_ = 0;
  bool parquet_ = false;
  std::uint64_t first_row_ = 0;
  Layout layout_;
};

}  // namespace zielwerk::casework
