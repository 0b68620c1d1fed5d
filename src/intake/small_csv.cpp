#include "intake/small_csv.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::intake {

base::Checked<std::vector<CsvRow>> read_small_csv(const std::filesystem::path& file, const std::vector<std::string>& columns, const TakeRow& take) {
  const auto bytes = documents::read_small_file(file, std::uint64_t{16} << 20);
  if (!bytes) return base::problems(bytes.error());
  const auto name = file.filename().string();
  base::Problems problems;
  std::vector<CsvRow> rows;
  std::vector<std::string> names;
  std::size_t number = 0;
  for (const auto& raw : base::split(base::to_utf8(*bytes), '\n')) {
    ++number;
    if (base::trim(raw).empty()) continue;
    const auto where = fmt::format("{}, Zeile {}", name, number);
    auto fields = base::split(raw, ';');
    for (auto& field : fields) field = base::trim(field);
    if (names.empty()) {
      names = fields;
      for (const auto& one : names) {
        if (std::find(columns.begin(), columns.end(), one) == columns.end()) {
          problems.push_back({"column_unknown", fmt::format("Die Spalte {} gibt es hier nicht; erwartet ist {}.", base::quoted(one), base::join(columns, ", ")), where});
        }
      }
      for (const auto& one : columns) {
        if (std::find(names.begin(), names.end(), one) == names.end()) problems.push_back({"column_missing", fmt::format("In der Kopfzeile fehlt die Spalte {}.", one), where});
      }
      if (!problems.empty()) return tl::unexpected(std::move(problems));
      continue;
    }
    if (fields.size() != names.size()) {
      problems.push_back({"field_count", fmt::format("Die Zeile hat {} Felder, erwartet sind {}.", fields.size(), names.size()), where});
      continue;
    }
    CsvRow row{{}, where};
    for (std::size_t i = 0; i < names.size(); ++i) row.fields[names[i]] = fields[i];
    if (take) take(row, problems);
    rows.push_back(std::move(row));
  }
  if (names.empty()) return base::problems({"file_empty", "Die Datei enthält keine Kopfzeile.", name});
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return rows;
}

}  // namespace zielwerk::intake
