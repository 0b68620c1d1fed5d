#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>
#include <re2/re2.h>

#include "reader/numerals.h"

namespace zielwerk::reader {
namespace {

bool digit(char byte) { return byte >= '0' && byte <= '9'; }

struct MonthName {
  std::string_view text;
  int month;
};
constexpr std::array<MonthName, 20> month_names = {{{"januar", 1}, {"jan", 1}, {"jänner", 1}, {"februar", 2}, {"feb", 2}, {"märz", 3}, {"mrz", 3}, {"april", 4}, {"apr", 4}, {"mai", 5}, {"juni", 6}, {"jun", 6}, {"juli", 7}, {"jul", 7}, {"august", 8}, {"aug", 8}, {"september", 9}, {"oktober", 10}, {"november", 11}, {"dezember", 12}}};

std::optional<int> month_named(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; });
  if (name.ends_with(".")) name.pop_back();
  for (const auto& known : month_names) {
    if (name == known.text || (known.text.size() >= 8 && name.size() >= 3 && known.text.starts_with(name))) return known.month;
  }
  return std::nullopt;
}

}  // namespace

std::string DateFound::iso() const {
  if (!day || !month || !year || quality.starts_with("PARTIAL")) return {};
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)), std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? fmt::format("{:04}-{:02}-{:02}", *year, *month, *day) : std::string();
}

std::vector<DateFound> dates(std::string_view text) {
  // Day first, as German papers write; one month/day order cannot be told from the other, so it is flagged where it is read.
  static const RE2 pattern(
      R"((?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)|(?P<d>\d{1,2})(?P<s>[./]) ?(?P<m>\d{1,2})[./] ?(?P<y>(?:19|20)\d\d|\d\d)(?:\b|$)|(?P<nd>\d{1,2})\. ?(?P<name>Januar|Jan\.?|Jänner|Februar|Feb\.?|März|Mrz\.?|April|Apr\.?|Mai|Juni|Jun\.?|Juli|Jul\.?|August|Aug\.?|September|Sept?\.?|Oktober|Okt\.?|November|Nov\.?|Dezember|Dez\.?)(?: (?P<ny>(?:19|20)\d\d))?\b|(?P<pd>\d{1,2})\. ? ?(?P<py>(?:19|20)\d\d)\b|(?P<bd>[_.…\s]{2,}|\d{1,2})\. ?(?P<bm>[_…]{2,}|[_.…]{3,})\.? ?(?P<by>(?:19|20)\d\d)|(?P<dm>\d{1,2})\.(?P<mm>\d{1,2})\.(?:[^\d]|$))");
  std::vector<DateFound> found;
  const re2::StringPiece input(text.data(), text.size());
  std::array<re2::StringPiece, 16> group;
  const auto number = [](const re2::StringPiece& piece) { return piece.data() && !piece.empty() && digit(piece[0]) ? std::optional(std::atoi(std::string(piece).c_str())) : std::nullopt; };
  for (std::size_t at = 0; at < text.size() && pattern.Match(input, at, input.size(), RE2::UNANCHORED, group.data(), static_cast<int>(group.size()));) {
    DateFound date;
    const auto begin = static_cast<std::size_t>(group[0].data() - text.data());
    date.span = {begin, begin + group[0].size()};
    at = date.span.end;
    if (begin > 0 && (digit(text[begin - 1]) || (begin > 1 && (text[begin - 1] == '.' || text[begin - 1] == ',') && digit(text[begin - 2])))) continue;
    if (!group[1].empty()) {
      const std::string iso(group[1]);
      date.year = std::atoi(iso.substr(0, 4).c_str());
      date.month = std::atoi(iso.substr(5, 2).c_str());
      date.day = std::atoi(iso.substr(8, 2).c_str());
      date.quality = "COMPLETE_ISO";
    } else if (!group[2].empty()) {
      date.day = number(group[2]);
      date.month = number(group[4]);
      date.year = number(group[5]);
      // 02/28/2018 has only one reading: month first.
      if (group[3] == "/" && *date.month > 12 && *date.day <= 12) std::swap(date.day, date.month);
      const bool two = group[5].size() == 2;
      if (two) date.year = *date.year + 2000;
      date.quality = group[3] == "/" ? "COMPLETE_SLASH_FORMAT" : two ? "COMPLETE_TWO_DIGIT_YEAR" : "COMPLETE";
    } else if (!group[6].empty()) {
      date.day = number(group[6]);
      date.month = month_named(std::string(group[7]));
      date.year = number(group[8]);
      date.quality = !date.year ? "PARTIAL_YEAR_MISSING" : group[7].size() <= 5 && group[7] != "März" && group[7] != "Mai" && group[7] != "April" && group[7] != "Juni" && group[7] != "Juli" ? "COMPLETE_ABBREVIATED_MONTH" : "COMPLETE";
    } else if (!group[9].empty()) {
      date.day = number(group[9]);
      date.year = number(group[10]);
      date.quality = "PARTIAL_MONTH_MISSING";
    } else if (!group[13].empty()) {
      date.day = number(group[11]);
      date.year = number(group[13]);
      date.quality = date.day ? "PARTIAL_MONTH_MISSING" : "BLANK_DAY_MONTH";
    } else {
      date.day = number(group[14]);
      date.month = number(group[15]);
      date.quality = "PARTIAL_YEAR_MISSING";
      if (date.span.end > begin && text[date.span.end - 1] != '.') date.span.end -= 1;
      while (date.span.end > begin && text[date.span.end - 1] != '.') --date.span.end;
    }
    if (date.month && (*date.month < 1 || *date.month > 12)) continue;
    if (date.day && (*date.day < 1 || *date.day > 31)) continue;
    found.push_back(std::move(date));
  }
  return found;
}

std::vector<Moment> moments(std::string_view text, int year) {
  using namespace std::chrono;
  std::vector<Moment> found;
  for (const auto& date : dates(text)) {
    if (const auto iso = date.iso(); !iso.empty()) found.push_back({date.span, iso});
  }
  // Scanners make "Ill" of "III".
  static const RE2 words(R"((?:Ende|Mitte) (?:(?P<m>Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?: ((?:19|20)\d\d))?|((?:19|20)\d\d))|(?P<q>[1-4]|IV|[Il]{1,3})\. Quartal(?: ((?:19|20)\d\d))?)");
  const re2::StringPiece input(text.data(), text.size());
  std::array<re2::StringPiece, 6> group;
  for (std::size_t at = 0; at < text.size() && words.Match(input, at, input.size(), RE2::UNANCHORED, group.data(), static_cast<int>(group.size()));) {
    const auto begin = static_cast<std::size_t>(group[0].data() - text.data());
    at = begin + group[0].size();
    const auto of = [&](const re2::StringPiece& piece) { return piece.empty() ? year : std::atoi(std::string(piece).c_str()); };
    const bool middle = group[0].starts_with("Mitte");
    unsigned month = middle ? 6 : 12;
    int which = of(group[3]);
    if (!group[1].empty()) {
      month = static_cast<unsigned>(month_named(std::string(group[1])).value_or(12));
      which = of(group[2]);
    } else if (!group[4].empty()) {
      const auto quarter = group[4] == "IV" ? 4U : digit(group[4][0]) ? static_cast<unsigned>(group[4][0] - '0') : static_cast<unsigned>(group[4].size());
      month = 3 * quarter;
      which = of(group[5]);
    }
    const year_month_day_last last{std::chrono::year(which), month_day_last(std::chrono::month(month))};
    const auto day = middle && !group[1].empty() ? 15U : static_cast<unsigned>(last.day());
    found.push_back({{begin, at}, fmt::format("{:04}-{:02}-{:02}", which, month, day)});
  }
  std::stable_sort(found.begin(), found.end(), [](const Moment& a, const Moment& b) { return a.span.begin < b.span.begin; });
  return found;
}

}  // namespace zielwerk::reader
