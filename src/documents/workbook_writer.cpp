#include "documents/workbook_writer.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

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

// "#,##0.0": programs show it as their language writes numbers.
std::string number_format(const WrittenCell& cell) {
  auto format = std::string("#,##0");
  if (*cell.places > 0) format += "." + std::string(static_cast<std::size_t>(std::min(*cell.places, 9)), '0');
  return cell.unit.empty() ? format : format + "\" " + cell.unit + "\"";
}

class Formats {
 public:
  explicit Formats(lxw_workbook* book) : book_(book), bold_(workbook_add_format(book)) { format_set_bold(bold_); }
  lxw_format* bold() const { return bold_; }
  lxw_format* of(const WrittenCell& cell) {
    auto& format = numbers_[number_format(cell)];
    if (!format) {
      format = workbook_add_format(book_);
      format_set_num_format(format, number_format(cell).c_str());
    }
    return format;
  }

 private:
  lxw_workbook* book_;
  lxw_format* bold_;
  std::map<std::string, lxw_format*> numbers_;
};

// & begins a code of the footer.
std::string doubled(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += c == '&' ? std::string("&&") : std::string(1, c);
  return safe;
}

void write(lxw_workbook* book, const WrittenSheet& sheet, Formats& formats) {
  auto* page = workbook_add_worksheet(book, sheet.name.c_str());
  base::ensure(page != nullptr, "a sheet whose name Excel takes");
  lxw_row_t at = 0;
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < sheet.headings.size(); ++column) {
    worksheet_write_string(page, at, static_cast<lxw_col_t>(column), sheet.headings[column].c_str(), formats.bold());
    widths.push_back(sheet.headings[column].size());
  }
  for (const auto& row : sheet.rows) {
    ++at;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const auto& cell = row[column];
      if (column < widths.size()) widths[column] = std::max(widths[column], cell.text.size());
      if (cell.text.empty()) continue;  // missing is not zero
      if (cell.places) {
        worksheet_write_number(page, at, static_cast<lxw_col_t>(column), std::strtod(cell.text.c_str(), nullptr), formats.of(cell));
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
  worksheet_repeat_rows(page, 0, 0);
  worksheet_set_paper(page, 9);  // A4
  worksheet_set_landscape(page);
  worksheet_fit_to_pages(page, 1, 0);
  if (!sheet.footer.empty()) worksheet_set_footer(page, ("&L&8" + doubled(sheet.footer) + "&R&8Seite &P von &N").c_str());
  ++at;
  for (const auto& note : sheet.notes) worksheet_write_string(page, ++at, 0, note.c_str(), nullptr);
}

}  // namespace

std::string workbook_of(const WrittenSheet& sheet) { return workbook_of({sheet}, sheet.name); }

std::string workbook_of(const std::vector<WrittenSheet>& sheets, const std::string& title) {
  const MemoryFile file;
  lxw_workbook_options options{};
  auto* book = workbook_new_opt(file.path().c_str(), &options);
  if (!book) throw base::EnvironmentError("Für die Excel-Mappe ist kein Speicherplatz da.");
  lxw_doc_properties properties{};
  auto name = title;
  properties.title = name.data();
  properties.created = 315532800;  // 1980-01-01: no clock
  workbook_set_properties(book, &properties);
  Formats formats(book);
  for (const auto& sheet : sheets) write(book, sheet, formats);
  if (const auto error = workbook_close(book); error != LXW_NO_ERROR) throw base::EnvironmentError(fmt::format("Die Excel-Mappe ließ sich nicht schreiben ({}).", lxw_strerror(error)));
  return file.bytes();
}

}  // namespace zielwerk::documents
