#include "base/month.h"

#include <array>

#include <fmt/format.h>

namespace zielwerk::base {

std::optional<Month> Month::parse(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  for (const std::size_t at : {0, 1, 2, 3, 5, 6}) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  }
  const int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
  const int month = (text[5] - '0') * 10 + (text[6] - '0');
  if (year < 1900 || year > 2999 || month < 1 || month > 12) return std::nullopt;
  return Month(year, month);
}

std::string Month::text() const { return fmt::format("{:04}-{:02}", year(), month()); }

std::string Month::german_text() const {
  static constexpr std::array<const char*, 12> names = {"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                                        "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
  return fmt::format("{} {}", names[static_cast<std::size_t>(month() - 1)], year());
}

}  // namespace zielwerk::base
