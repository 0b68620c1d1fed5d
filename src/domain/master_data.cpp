#include <map>

#include "base/problem.h"
#include "base/resource.h"
#include "base/text.h"
#include "domain/jobcenter.h"

namespace zielwerk::domain {
namespace {

// The shipped lists are our own files: comma-separated, quotation marks around fields that hold a comma. A row that does not fit is a
// bug of the build, not of a user.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of(std::string_view csv) {
  std::vector<Row> rows;
  std::vector<std::string> names;
  for (const auto& line : base::split(csv, '\n')) {
    if (base::trim(line).empty()) continue;
    const auto fields = fields_of(line);
    if (names.empty()) {
      names = fields;
      continue;
    }
    base::ensure(fields.size() == names.size(), "a row of the master data has another number of fields");
    Row row;
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = fields[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

Directory shipped() {
  std::vector<Jobcenter> jobcenters;
  for (auto& row : rows_of(base::resource("data/jobcenters.csv"))) {
    // Hanau (from 2026) has no known number yet: facts cannot be matched to it. The successions name it.
    if (row["traeger_nr"].empty()) continue;
    const auto number = ProviderNumber::parse(row["traeger_nr"]);
    base::ensure(number.has_value(), "a Trägernummer of the master data is not five digits");
    jobcenters.push_back({*number, row["name"], row["land"], parse_form(row["form_2018"]), parse_form(row["form_2022"]), row["kreis_ags"], row["note"]});
  }
  std::vector<Succession> successions;
  for (auto& row : rows_of(base::resource("data/territory_changes.csv"))) {
    successions.push_back({row["valid_from"], row["change"], row["old"], row["new"], row["source"]});
  }
  return {std::move(jobcenters), std::move(successions)};
}

}  // namespace

const Directory& official_directory() {
  static const Directory directory = shipped();
  return directory;
}

}  // namespace zielwerk::domain
