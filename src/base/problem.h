// What can go wrong with data, as a value: a stable code for scripts, a German sentence for people, and the place. Bugs use
// ensure(), the environment (disk full, database away) throws EnvironmentError and is caught once, in cli/.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace zielwerk::base {

struct Problem {
  std::string code;     // stable, English: fact_missing, fact_conflict, month_invalid …
  std::string message;  // German, says what was found and what was expected
  std::string where;    // "zahlen.csv, Zeile 12, Spalte wert"; empty when there is no file
};

using Problems = std::vector<Problem>;

template <class T>
using Result = tl::expected<T, Problem>;

// For whole files: either the value, or every problem of the file at once.
template <class T>
using Checked = tl::expected<T, Problems>;

inline tl::unexpected<Problem> problem(std::string code, std::string message, std::string where = {}) {
  return tl::unexpected<Problem>(Problem{std::move(code), std::move(message), std::move(where)});
}

inline tl::unexpected<Problems> problems(Problem one) { return tl::unexpected<Problems>(Problems{std::move(one)}); }

// The surroundings failed: disk full, file vanished, database locked. The message is German and complete.
struct EnvironmentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A bug in the program, never a judgement on input. Active in release builds, too.
struct Bug : std::logic_error {
  using std::logic_error::logic_error;
};

inline void ensure(bool condition, const char* what) {
  if (!condition) throw Bug(what);
}

}  // namespace zielwerk::base
