#include "casework/spell_table.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "base/text.h"
#include "casework/reading.h"

namespace zielwerk::casework {
namespace {

constexpr std::size_t most_kept = 20 * most_problems;

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= line.size();) {
    const auto end = std::min(line.find(separator, begin), line.size());
    auto field = line.substr(begin, end - begin);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') field = field.substr(1, field.size() - 2);
    fields.push_back(field);
    begin = end + 1;
  }
  return fields;
}

// A line of at most longest_row bytes; a longer one comes cut to one byte more.
bool next_line(std::istream& file, std::string& line) {
  line.clear();
  std::vector<char> buffer(longest_row + 2);
  if (!file.getline(buffer.data(), static_cast<std::streamsize>(buffer.size())) && file.gcount() == 0) return false;
  line = buffer.data();
  if (file.fail() && !file.eof()) {  // longer than the buffer
    line.assign(longest_row + 1, 'x');
    file.clear();
    while (file && file.get() != '\n') {
    }
  }
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

}  // namespace

std::string_view SpellRow::field(std::string_view column) const {
  return fields[static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) - columns.begin())];
}

std::string SpellRow::where(std::string_view column) const { return fmt::format("{}, Zeile {}, Spalte {}", file, line, column); }

void read_spell_table(const std::filesystem::path& path, const std::vector<std::string>& wanted, base::Problems& problems, const std::function<void(const SpellRow&)>& take) {
  const auto name = path.filename().string();
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    problems.push_back({"file_missing", fmt::format("Die Tabelle {} fehlt oder ist nicht zu lesen.", name), path.parent_path().filename().string()});
    return;
  }
  std::string line;
  std::vector<std::string> columns;
  char separator = ';';
  for (std::size_t number = 1; next_line(file, line) && problems.size() < most_kept; ++number) {
    std::string_view text = line;
    const auto where = fmt::format("{}, Zeile {}", name, number);
    if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.size() > longest_row) {
      problems.push_back({"line_too_long", fmt::format("Die Zeile ist länger als {} Byte.", longest_row), where});
      continue;
    }
    if (columns.empty()) {
      if (base::trim(text).empty()) break;
      separator = text.find(';') == std::string_view::npos ? ',' : ';';
      const auto before = problems.size();
      for (const auto field : split(text, separator)) {
        const auto column = std::string(base::trim(field));
        if (std::find(wanted.begin(), wanted.end(), column) == wanted.end()) problems.push_back({"column_unknown", fmt::format("Die Kopfzeile nennt die Spalte {}; erwartet sind {}.", base::quoted(column), base::join(wanted, ", ")), where});
        else if (std::find(columns.begin(), columns.end(), column) != columns.end()) problems.push_back({"column_twice", fmt::format("Die Kopfzeile nennt die Spalte {} zweimal.", column), where});
        columns.push_back(column);
      }
      for (const auto& column : wanted) {
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) problems.push_back({"column_missing", fmt::format("In der Kopfzeile fehlt die Spalte {}.", column), where});
      }
      if (problems.size() != before) return;
      continue;
    }
    if (text.empty()) continue;
    const auto fields = split(text, separator);
    if (fields.size() != columns.size()) {
      problems.push_back({"field_count", fmt::format("Die Zeile hat {} Felder, erwartet sind {}.", fields.size(), columns.size()), where});
      continue;
    }
    take({name, columns, fields, number});
  }
  if (columns.empty()) problems.push_back({"file_empty", "Die Datei enthält keine Kopfzeile.", name});
}

base::Problems limited(base::Problems problems) {
  if (problems.size() <= most_problems) return problems;
  const auto more = problems.size() - most_problems;
  problems.resize(most_problems);
  problems.push_back({"more_problems", fmt::format("… und {} weitere Fehler.", more), ""});
  return problems;
}

}  // namespace zielwerk::casework
