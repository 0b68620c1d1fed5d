// The baseline: DuckDB loads person-months from CSV into its own table and computes all base figures with one statement. Laps go to
// stderr; the figures to a file, "traeger;month;measure;sex;group;value".
//
//   duckdb_figures --sql=FOLDER --out=FILE [--threads=N] [--text-keys] CSV…
//   duckdb_figures --parquet=FILE CSV…      writes the same rows as Parquet, for tests
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "casework/duckdb_library.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void fill(std::string& text, const std::string& mark, const std::string& value) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, mark.size(), value);
}

}  // namespace

int main(int argc, char** argv) {
  std::string sql, out, files, parquet;
  unsigned threads = 2;
  bool text_keys = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("--sql=")) sql = word.substr(6);
    else if (word.starts_with("--out=")) out = word.substr(6);
    else if (word.starts_with("--threads=")) threads = static_cast<unsigned>(std::stoul(word.substr(10)));
    else if (word.starts_with("--parquet=")) parquet = word.substr(10);
    else if (word == "--text-keys") text_keys = true;
    else files += (files.empty() ? "" : ", ") + zielwerk::casework::sql_text(word);
  }
  auto duck = zielwerk::casework::DuckDb::open(threads);
  if (!duck) {
    std::cerr << duck.error().message << "\n";
    return 77;
  }
  if (!parquet.empty()) {
    const auto error = (*duck)->query("COPY (SELECT * FROM read_csv([" + files + "], delim = ';', header = true, all_varchar = true)) TO " + zielwerk::casework::sql_text(parquet) + " (FORMAT parquet)", {});
    std::cerr << error;
    return error.empty() ? 0 : 1;
  }
  auto load = read(sql + "/load.sql");
  fill(load, "{files}", files);
  fill(load, "{person}", text_keys ? "VARCHAR" : "UBIGINT");
  fill(load, "{{", "{");
  fill(load, "}}", "}");
  const auto figures = read(sql + "/figures.sql");
  const auto now = [] { return std::chrono::steady_clock::now(); };
  const auto lap = [&](const char* name, auto since) { std::cerr << name << " " << std::chrono::duration<double>(now() - since).count() << std::endl; };
  auto begin = now();
  auto error = (*duck)->query(load, {});
  lap("load", begin);
  std::vector<std::string> rows;
  if (error.empty()) {
    begin = now();
    error = (*duck)->query(figures, [&](const std::vector<std::string_view>& row) {
      std::string line;
      for (const auto& field : row) (line += field) += ';';
      line.back() = '\n';
      rows.push_back(std::move(line));
    });
    lap("query", begin);
  }
  if (!error.empty()) {
    std::cerr << error << "\n";
    return 1;
  }
  std::ofstream file(out, std::ios::binary);
  for (const auto& row : rows) file << row;
  file.close();
  return file ? 0 : 1;
}
