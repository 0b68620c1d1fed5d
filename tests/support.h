// What the rings outside src/ share: a folder of its own, deliveries in few words, readings as text.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>

#include <fmt/format.h>

#include "base/text.h"
#include "intake/fact_file.h"
#include "store/store.h"

namespace zielwerk::test {

// Gone with the object.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "zielwerk_test_XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path file(const std::string& name) const { return path_ / name; }
  std::filesystem::path written(const std::string& name, std::string_view bytes) const {
    std::ofstream(file(name), std::ios::binary) << bytes;
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

inline domain::ProviderNumber number(std::string_view text) { return domain::ProviderNumber::parse(text).value(); }
inline base::Month month(std::string_view text) { return base::Month::parse(text).value(); }

inline domain::SeriesKey series(std::string_view text) {
  const auto words = base::split(text, ' ');
  return {words.at(0), domain::parse_sex(words.at(1)).value(), words.size() > 2 ? words[2] : ""};
}

inline domain::FactValue value(std::string_view text) {
  if (const auto mark = domain::parse_mark(text)) return {{}, *mark};
  return {base::parse_decimal(text).value().normalised()};
}

struct Row {
  std::string jobcenter;
  std::string series;  // "ELB T LZB"
  std::string month;
  std::string state;
  std::string value;
};

// As an importer hands it over: ordered, without repetitions. The n-th row stands in line n + 1.
inline intake::FactFile delivery(const std::string& name, const std::vector<Row>& rows, bool correction = false) {
  intake::FactFile file;
  file.delivery.source = name;
  file.delivery.sha256 = name;  // a checksum of its own for every name
  file.delivery.received_at = "2026-11-21T10:00:00Z";
  file.delivery.correction = correction;
  std::uint64_t line = 1;
  for (const auto& row : rows) {
    const domain::Column column{number(row.jobcenter), series(row.series)};
    auto& columns = file.table.columns;
    const auto at = std::find(columns.begin(), columns.end(), column);
    const auto index = static_cast<std::uint32_t>(at - columns.begin());
    if (at == columns.end()) columns.push_back(column);
    file.table.rows.emplace_back(index, month(row.month), domain::DataState{month(row.state)}, value(row.value), domain::Place::line(++line));
  }
  base::Problems problems;
  intake::order_rows(file, problems);
  EXPECT_TRUE(problems.empty());
  return file;
}

inline base::Checked<store::TakenOver> append(store::Store& store, const intake::FactFile& file, bool dry_run = false) {
  return store.append(file.delivery, file.table, dry_run);
}

// "2020-04@2020-04=20 2020-04@2020-05=22"
inline std::string told(const domain::FactHistory& history, std::string_view key) {
  std::vector<std::string> all;
  for (const auto& one : history.series(series(key))) {
    all.push_back(fmt::format("{}@{}={}", one.month.text(), one.state.loaded.text(), one.value.text()));
  }
  return base::join(all, " ");
}

// What a reader sees: "22", "fact_missing", "data_state_missing".
inline std::string seen(const domain::FactHistory& history, std::string_view key, std::string_view in_month, std::string_view state) {
  const auto wanted = series(key);
  const auto lens = domain::FactLens(history, {month(state)}).series(wanted);
  if (!lens) return lens.error().code;
  const auto fact = lens->at(month(in_month));
  return fact ? (*fact)->value.text() : fact.error().code;
}

inline std::string shown(const base::Problems& problems) {
  std::vector<std::string> all;
  for (const auto& one : problems) all.push_back(one.code + " | " + one.message + " | " + one.where);
  return base::join(all, "\n");
}

}  // namespace zielwerk::test
