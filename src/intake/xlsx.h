// XLSX (ECMA-376) as far as figures need it: sheet names, set cells, merged ranges. Why no XLSX library: docs/decisions/0008.
// Never trusted: at most 512 MiB inflated, 5 million cells and as many shared texts; every damage is a problem file_unreadable.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/problem.h"
#include "intake/sheet.h"

namespace zielwerk::intake {

class XlsxFile {
 public:
  static constexpr std::uint64_t most_cells = 5'000'000;
  static constexpr std::size_t most_sheets = 1'000;

  // Reads the list of sheets. The problem's `where` is left to the caller, who knows the file's name.
  static base::Result<XlsxFile> open(std::string bytes);
  XlsxFile(XlsxFile&&) noexcept;
  ~XlsxFile();

  const std::vector<std::string>& sheets() const;
  bool days_count_from_1904() const;  // old Macintosh files
  base::Result<Sheet> read(std::size_t sheet);

 private:
  struct State;
  explicit XlsxFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace zielwerk::intake
