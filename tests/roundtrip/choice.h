// Seeded choices that are the same on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/exact.h"

namespace zielwerk::roundtrip {

class Choice {
 public:
  explicit Choice(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
  int between(int first, int last) { return first + static_cast<int>(below(static_cast<std::size_t>(last - first + 1))); }
  bool one_in(std::size_t n) { return below(n) == 0; }

  template <class T>
  const T& of(const std::vector<T>& all) {
    return all.at(below(all.size()));
  }

  // Some of the list, in its order; none possible.
  template <class T>
  std::vector<T> some(const std::vector<T>& all) {
    std::vector<T> chosen;
    for (const auto& one : all) {
      if (one_in(2)) chosen.push_back(one);
    }
    return chosen;
  }

 private:
  std::mt19937_64 engine_;
};

inline boost::json::value number(const base::Decimal& value) { return boost::json::parse(value.plain()); }

inline boost::json::array evidence() {
  return {boost::json::object{{"quote", "erfunden"}, {"start", 0}, {"end", 8}, {"byte_start", 0}, {"byte_end", 8}, {"line", 1}}};
}

}  // namespace zielwerk::roundtrip
