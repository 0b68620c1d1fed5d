// Workbooks for tests: from LibreOffice (tests/data/workbooks, invented figures) or written here as raw XML, the way Excel and careless
// tools write it; and what came out of them as lines.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <cstdlib>
#include <fstream>

#include "base/text.h"
#include "intake/profile.h"
#include "intake/workbook.h"

namespace zielwerk::intake::test {

using Lines = std::vector<std::string>;
namespace fs = std::filesystem;

inline const fs::path root = ZIELWERK_ROOT;

inline const domain::Directory directory({{*domain::ProviderNumber::parse("33148"), "Lippe", "NW", {}, {}, "", ""},
                                          {*domain::ProviderNumber::parse("04704"), "Mansfeld-Südharz", "ST", {}, {}, "", ""}},
                                         {});
inline const domain::Vocabulary vocabulary;

inline fs::path folder() {
  static const fs::path path = [] {
    const auto made = fs::temp_directory_path() / fmt::format("zielwerk_workbook_test_{}", ::getpid());
    fs::create_directories(made);
    std::atexit([] { fs::remove_all(fs::temp_directory_path() / fmt::format("zielwerk_workbook_test_{}", ::getpid())); });
    return made;
  }();
  return path;
}

inline fs::path written(const std::string& name, std::string_view bytes) {
  std::ofstream(folder() / name, std::ios::binary) << bytes;
  return folder() / name;
}

inline std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline fs::path zipped(const std::string& name, const std::vector<std::pair<std::string, std::string>>& parts) {
  const auto path = folder() / name;
  auto* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [part, content] : parts) {
    zip_file_add(archive, part.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return path;
}

inline constexpr const char* relations = R"(<Relationships>
<Relationship Id="r1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/>
<Relationship Id="r2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>)";
inline constexpr const char* list_of_sheets = R"(<workbook xmlns:r="x"><sheets><sheet name="Zahlen" sheetId="1" r:id="r1"/></sheets></workbook>)";

inline std::string sheet_xml(std::string_view rows, std::string_view more = "") {
  return fmt::format(R"(<?xml version="1.0"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData>{}</sheetData>{}</worksheet>)", rows, more);
}

inline fs::path workbook(std::string sheet, const std::string& shared = "<sst/>", const std::string& book = list_of_sheets,
                         const std::string& name = "t33148.xlsx") {
  return zipped(name, {{"xl/workbook.xml", book},
                       {"xl/_rels/workbook.xml.rels", relations},
                       {"xl/worksheets/sheet1.xml", std::move(sheet)},
                       {"xl/sharedStrings.xml", shared}});
}

// A row of inline texts; numbers are written as numbers, "" is left out, "=x" is raw XML of a cell's inside with its attributes.
inline std::string row(unsigned number, const Lines& cells) {
  std::string xml;
  for (unsigned column = 0; column < cells.size(); ++column) {
    const auto& text = cells[column];
    const auto name = domain::cell_name(number, column);
    const bool is_number =
        !text.empty() && text.find_first_not_of("0123456789.E-") == std::string::npos && text.find_first_of("0123456789") != std::string::npos;
    if (text.starts_with('=')) {
      xml += fmt::format(R"(<c r="{}" {}</c>)", name, text.substr(1));
    } else if (is_number) {
      xml += fmt::format(R"(<c r="{}"><v>{}</v></c>)", name, text);
    } else if (!text.empty()) {
      xml += fmt::format(R"(<c r="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>)", name, text);
    }
  }
  return fmt::format(R"(<row r="{}">{}</row>)", number, xml);
}

inline std::string rows(const std::vector<Lines>& lines) {
  std::string xml;
  for (unsigned i = 0; i < lines.size(); ++i) xml += row(i + 1, lines[i]);
  return xml;
}

inline constexpr const char* head = R"(name = "test"
[traeger]
dateiname = true
[berichtsmonat]
zelle = "A1"
muster = "*{monat}*"
[datenstand]
zelle = "B1"
)";
inline constexpr const char* small = R"(
[[blatt]]
name = "Zahlen"
kopfzeilen = [2, 2]
[[blatt.spalte]]
kopf = "Anzahl"
[[blatt.zeile]]
text = "ELB"
messgroesse = "ELB"
)";

inline base::Checked<std::shared_ptr<const Profile>> profile(std::string_view text) { return read_profile(written("profil.toml", text), vocabulary); }

inline Lines shown(const base::Problems& problems) {
  Lines list;
  for (const auto& one : problems) list.push_back(fmt::format("{} | {} | {}", one.code, one.message, one.where));
  return list;
}

// What came out: facts with their places, or problems.
inline Lines outcome(const base::Checked<FactFile>& file) {
  if (!file) return shown(file.error());
  Lines list;
  for (const auto& one : file->table.rows) {
    const auto& column = file->table.columns[one.column()];
    list.push_back(fmt::format("{} {} {} @{} = {} | {}", column.jobcenter.text(), column.series.text(), one.month().text(), one.state().loaded.text(),
                               one.value().text(), file->delivery.describe(one.place())));
  }
  return list;
}

inline base::Checked<FactFile> read(const fs::path& file, std::string_view profile_text = std::string(head) + small) {
  const auto layout = profile(profile_text);
  EXPECT_TRUE(layout) << (layout ? "" : base::join(shown(layout.error()), "\n"));
  if (!layout) return base::problems({});
  return read_workbook(file, **layout, {vocabulary, directory});
}

inline Lines read_rows(const std::vector<Lines>& lines, std::string_view profile_text = std::string(head) + small) {
  return outcome(read(workbook(sheet_xml(rows(lines))), profile_text));
}

inline Lines codes(const base::Checked<FactFile>& file) {
  Lines list;
  if (!file) {
    for (const auto& one : file.error()) list.push_back(one.code);
  }
  return list;
}

inline const Lines months_row = {"Berichtsmonat März 2015 (Datenstand: Juni 2015)", "Juni 2015"};

}  // namespace zielwerk::intake::test
