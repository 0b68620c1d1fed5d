#include "casework/duckdb_library.h"

#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fmt/format.h>

namespace zielwerk::casework {
namespace {

// What of DuckDB's C API is used (duckdb.h, version 1.4).
using Handle = void*;
struct Answer {
  std::uint64_t deprecated[3];
  void* deprecated_columns;
  char* deprecated_error;
  void* internal;
};
union Text {
  struct {
    std::uint32_t length;
    char prefix[4];
    const char* data;
  } far;
  struct {
    std::uint32_t length;
    char data[12];
  } near;
};
static_assert(sizeof(Answer) == 48 && sizeof(Text) == 16);

}  // namespace

struct DuckDb::Library {
  void* handle = nullptr;
  Handle database = nullptr;
  Handle connection = nullptr;

  int (*open)(const char*, Handle*) = nullptr;
  void (*close)(Handle*) = nullptr;
  int (*connect)(Handle, Handle*) = nullptr;
  void (*disconnect)(Handle*) = nullptr;
  int (*query)(Handle, const char*, Answer*) = nullptr;
  void (*destroy_result)(Answer*) = nullptr;
  const char* (*result_error)(Answer*) = nullptr;
  std::uint64_t (*column_count)(Answer*) = nullptr;
  Handle (*fetch_chunk)(Answer) = nullptr;
  void (*destroy_chunk)(Handle*) = nullptr;
  std::uint64_t (*chunk_size)(Handle) = nullptr;
  Handle (*chunk_vector)(Handle, std::uint64_t) = nullptr;
  void* (*vector_data)(Handle) = nullptr;
  std::uint64_t* (*vector_validity)(Handle) = nullptr;

  template <class Function>
  bool find(Function& function, const char* name) {
    function = reinterpret_cast<Function>(::dlsym(handle, name));
    return function != nullptr;
  }
  bool find_all() {
    return find(open, "duckdb_open") && find(close, "duckdb_close") && find(connect, "duckdb_connect") && find(disconnect, "duckdb_disconnect") &&
           find(query, "duckdb_query") && find(destroy_result, "duckdb_destroy_result") && find(result_error, "duckdb_result_error") &&
           find(column_count, "duckdb_column_count") && find(fetch_chunk, "duckdb_fetch_chunk") && find(destroy_chunk, "duckdb_destroy_data_chunk") &&
           find(chunk_size, "duckdb_data_chunk_get_size") && find(chunk_vector, "duckdb_data_chunk_get_vector") && find(vector_data, "duckdb_vector_get_data") &&
           find(vector_validity, "duckdb_vector_get_validity");
  }
};

base::Result<std::unique_ptr<DuckDb>> DuckDb::open(unsigned threads) {
  const char* configured = std::getenv("ZIELWERK_DUCKDB");
  std::unique_ptr<DuckDb> duck(new DuckDb);
  duck->library_ = std::make_unique<Library>();
  auto& library = *duck->library_;
  library.handle = ::dlopen(configured && *configured != '\0' ? configured : "libduckdb.so", RTLD_NOW | RTLD_LOCAL);
  if (!library.handle || !library.find_all()) {
    return base::problem("parquet_library_missing", "Parquet-Dateien liest die Bibliothek DuckDB, und libduckdb.so ist hier nicht zu finden. Installieren (docs/casework.md) und den Ort in "
                                                    "ZIELWERK_DUCKDB nennen, oder die Daten als CSV liefern.");
  }
  if (library.open(nullptr, &library.database) != 0 || library.connect(library.database, &library.connection) != 0) {
    return base::problem("parquet_library_missing", "Die Bibliothek DuckDB lässt sich nicht starten.");
  }
  duck->query(fmt::format("SET threads = {}", threads), {});
  return duck;
}

DuckDb::~DuckDb() {
  if (library_->connection) library_->disconnect(&library_->connection);
  if (library_->database) library_->close(&library_->database);
  // The library stays loaded: its threads may still be on their way out.
}

std::string DuckDb::query(const std::string& sql, const std::function<void(const std::vector<std::string_view>&)>& take) {
  auto& library = *library_;
  Answer answer{};
  if (library.query(library.connection, sql.c_str(), &answer) != 0) {
    const char* error = library.result_error(&answer);
    std::string said = error ? error : "unknown error";
    library.destroy_result(&answer);
    return said;
  }
  if (take) {
    const auto columns = library.column_count(&answer);
    std::vector<std::string_view> row(columns);
    std::vector<const Text*> data(columns);
    std::vector<const std::uint64_t*> validity(columns);
    while (Handle chunk = library.fetch_chunk(answer)) {
      const auto rows = library.chunk_size(chunk);
      for (std::uint64_t c = 0; c < columns; ++c) {
        const Handle vector = library.chunk_vector(chunk, c);
        data[c] = static_cast<const Text*>(library.vector_data(vector));
        validity[c] = library.vector_validity(vector);
      }
      for (std::uint64_t r = 0; r < rows; ++r) {
        for (std::uint64_t c = 0; c < columns; ++c) {
          const bool valid = !validity[c] || (validity[c][r / 64] >> r % 64 & 1U) != 0;
          const auto& text = data[c][r];
          row[c] = !valid ? std::string_view() : text.near.length <= sizeof(text.near.data) ? std::string_view(text.near.data, text.near.length) : std::string_view(text.far.data, text.far.length);
        }
        take(row);
      }
      library.destroy_chunk(&chunk);
    }
  }
  library.destroy_result(&answer);
  return {};
}

std::string sql_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + "'";
}

}  // namespace zielwerk::casework
