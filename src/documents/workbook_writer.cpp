#include "documents/workbook_writer.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/problem.h"

namespace zielwerk::documents {
namespace {

// A file in memory, for a library that writes to a path.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("mappe", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw base::EnvironmentError("Für die Excel-Mappe ist kein Speicherplatz da.");
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  std::string bytes() const {
    std::string all;
    std::array<char, 65536> piece{};
    for (off_t at = 0;; at = static_cast<off_t>(all.size())) {
      const auto count = ::pread(descriptor_, piece.data(), piece.size(), at);
      if (count <= 0) return all;
      all.append(piece.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  int descriptor_;
};

std::string number_format(int places) { return places > 0 ? "#,##0." + std::string(static_cast<std::size_t>(places), '0') : "#,##0"; }

void write(lxw_workbook* book, const WrittenSheet& sheet) {
  auto* page = workbook_add_worksheet(book, sheet.name.c_str());
  auto* bold = workbook_add_format(book);
  format_set_bold(bold);
  std::array<lxw_format*, 10> numbers{};
  for (std::size_t places = 0; places < numbers.size(); ++places) {
    numbers[places] = workbook_add_format(book);
    format_set_num_format(numbers[places], number_format(static_cast<int>(places)).c_str());
  }
  lxw_row_t at = 0;
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < sheet.headings.size(); ++column) {
    worksheet_write_string(page, at, static_cast<lxw_col_t>(column), sheet.headings[column].c_str(), bold);
    widths.push_back(sheet.headings[column].size());
  }
  for (const auto& row : sheet.rows) {
    ++at;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const auto& cell = row[column];
      if (column < widths.size()) widths[column] = std::max(widths[column], cell.text.size());
      if (cell.text.empty()) continue;  // missing is not zero
      if (cell.places) {
        const auto format = numbers[static_cast<std::size_t>(std::clamp(*cell.places, 0, 9))];
        worksheet_write_number(page, at, static_cast<lxw_col_t>(column), std::strtod(cell.text.c_str(), nullptr), format);
      } else {
        worksheet_write_string(page, at, static_cast<lxw_col_t>(column), cell.text.c_str(), nullptr);
      }
    }
  }
  constexpr std::size_t widest = 60;
  for (std::size_t column = 0; column < widths.size(); ++column) {
    const auto col = static_cast<lxw_col_t>(column);
    worksheet_set_column(page, col, col, static_cast<double>(std::min(widths[column], widest) + 2), nullptr);
  }
  worksheet_freeze_panes(page, 1, 0);
  ++at;
  for (const auto& note : sheet.notes) worksheet_write_string(page, ++at, 0, note.c_str(), nullptr);
}

}  // namespace

std::string workbook_of(const WrittenSheet& sheet) {
  const MemoryFile file;
  lxw_workbook_options options{};
  auto* book = workbook_new_opt(file.path().c_str(), &options);
  if (!book) throw base::EnvironmentError("Für die Excel-Mappe ist kein Speicherplatz da.");
  write(book, sheet);
  if (const auto error = workbook_close(book); error != LXW_NO_ERROR) throw base::EnvironmentError(fmt::format("Die Excel-Mappe ließ sich nicht schreiben ({}).", lxw_strerror(error)));
  return file.bytes();
}

}  // namespace zielwerk::documents
