#include <array>
#include <chrono>

#include <fmt/format.h>

#include "reader/passages.h"
#include "reader/signature_lines.h"

namespace zielwerk::reader {
namespace {

const std::string month_pattern = R"((?:Januar|Jänner|Februar|März|Maerz|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|(?:Jan|Febr?|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)\.?))";

int month_of(std::string_view name) {
  static constexpr std::array<std::string_view, 12> starts = {"Jan", "Feb", "M", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"};
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (i != 2 && name.starts_with(starts[i])) return static_cast<int>(i) + 1;
  }
  return name.starts_with("J") ? 1 : 3;
}

// "1 . .2016", "(Datum unleserlich)": a date was written, and only its year can be read, if anything.
std::optional<SignedDate> illegible_date(const std::string& text) {
  static const Words strokes(R"(^[\d ._?…/-]*[._?…][\d ._?…/-]*$)"), year(R"(\b((?:19|20)\d\d)$)");
  static const Words said(R"((?i)^\(?(?:Datum )?(?:unleserlich|nicht (?:lesbar|leserlich)|unlesbar)\)?$)");
  SignedDate date;
  date.quality = "MISSING";
  if (said.is(text)) return date;
  if (text.size() < 3 || text.size() > 24 || !strokes.is(text)) return std::nullopt;
  if (const auto groups = match(year, text); !groups.empty()) {
    date.year = std::stoi(cut(text, groups[1]));
    date.quality = "YEAR_ONLY";
  }
  return date;
}

// "3▮. ▮▮.2022": three parts, of which only those count that are digits throughout.
std::optional<SignedDate> damaged_date(const std::string& text) {
  static const Words parts(R"(^([^A-Za-z.,; ]{1,6})\. ?([^A-Za-z.,; ]{1,6})\. ?([^A-Za-z.,; ]{2,12})$)");
  const auto groups = match(parts, text);
  if (groups.empty()) return illegible_date(text);
  const auto number = [&](std::size_t group, std::size_t digits) -> std::optional<int> {
    const auto part = cut(text, groups[group]);
    return part.size() > digits || part.find_first_not_of("0123456789") != std::string::npos ? std::nullopt : std::optional(std::stoi(part));
  };
  SignedDate date;
  date.day = number(1, 2);
  date.month = number(2, 2);
  date.year = number(3, 4);
  if (date.day && date.month && date.year) return std::nullopt;
  date.quality = date.month ? "MONTH_ONLY" : date.year && date.day ? "PARTIAL_MONTH_MISSING" : date.year ? "YEAR_ONLY" : "MISSING";
  return date;
}

}  // namespace

const std::string date_pattern =
    R"((?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)|(?P<d>\d{1,2})(?P<s>[./]) ?(?P<m>\d{1,2})[./] ?(?P<y>(?:19|20)\d\d|\d\d)|(?P<nd>\d{1,2})\. ?(?P<nm>)" + month_pattern + R"() (?P<ny>(?:19|20)\d\d)|(?P<pd>\d{1,2})\. ? ?(?P<py>(?:19|20)\d\d)|(?:im |[^A-Za-zÄÖÜäöü]{1,8}\.? ?)?(?P<mm>)" + month_pattern + R"() (?P<my>(?:19|20)\d\d)|(?:\[[^\]]{1,20}\]|[^A-Za-zÄÖÜäöü\[]{0,12}?)\. ?(?P<xm>[01][0-9])\.(?P<xy>(?:19|20)\d\d)|(?P<zd>[0-9?_]{1,2})\.[0-9?_]?[?][0-9?_]?\.(?P<zy>(?:19|20)\d\d)|(?:\[[^\]]{1,20}\]|[_.…][_.… /]{1,}) ?(?P<by>(?:19|20)\d\d)|(?P<oy>(?:19|20)\d\d)|(?P<blank>[_.…][_.… ]{3,}))";

std::optional<SignedDate> signed_date(const std::string& text) {
  static const Words pattern("^(?:" + date_pattern + R"()[ .;]*$)");
  static const auto names = pattern.re().NamedCapturingGroups();
  const auto groups = match(pattern, text);
  if (groups.empty()) return damaged_date(text);
  const auto group = [&](const char* name) { const auto span = groups[static_cast<std::size_t>(names.at(name))]; return text.substr(span.begin, span.end - span.begin); };
  const auto number = [&](const char* name) { const auto digits = group(name); return digits.empty() ? std::nullopt : std::optional(std::stoi(digits)); };
  SignedDate date;
  if (const auto iso = group("iso"); !iso.empty()) {
    date.year = std::stoi(iso.substr(0, 4));
    date.month = std::stoi(iso.substr(5, 2));
    date.day = std::stoi(iso.substr(8, 2));
    date.quality = "COMPLETE_ISO";
  } else if (number("d")) {
    date.day = number("d");
    date.month = number("m");
    date.year = number("y");
    const bool two = group("y").size() == 2;
    if (two) *date.year += 2000;
    const bool slash = group("s") == "/";
    date.quality = slash ? "COMPLETE_SLASH_FORMAT" : two ? "COMPLETE_TWO_DIGIT_YEAR" : "COMPLETE";
    date.month_first = slash && *date.month > 12;
    date.ambiguous = slash && *date.month <= 12 && *date.day <= 12 && *date.month != *date.day;
    if (date.month_first) std::swap(date.day, date.month);
  } else if (number("nd")) {
    date.day = number("nd");
    const auto month = group("nm");
    date.month = month_of(month);
    date.year = number("ny");
    date.quality = month.ends_with(".") || month.size() <= 3 ? "COMPLETE_ABBREVIATED_MONTH" : "COMPLETE";
    if (month == "Mai") date.quality = "COMPLETE";
  } else if (number("pd")) {
    date.day = number("pd");
    date.year = number("py");
    date.quality = "PARTIAL_MONTH_MISSING";
  } else if (number("my")) {
    date.month = month_of(group("mm"));
    date.year = number("my");
    date.quality = "MONTH_ONLY";
  } else if (number("xm") && *number("xm") >= 1 && *number("xm") <= 12) {
    date.month = number("xm");
    date.year = number("xy");
    date.quality = "MONTH_ONLY";
  } else if (number("zy")) {
    date.year = number("zy");
    date.quality = "YEAR_ONLY";
    if (const auto day = group("zd"); day.find_first_not_of("0123456789") == std::string::npos) {
      date.day = std::stoi(day);
      date.quality = "PARTIAL_MONTH_MISSING";
    }
  } else if (number("by")) {
    date.year = number("by");
    date.quality = "BLANK_DAY_MONTH";
  } else if (number("oy")) {
    date.year = number("oy");
    date.quality = "YEAR_ONLY";
  } else {
    date.quality = "MISSING";
  }
  if (date.quality.starts_with("COMPLETE") && date.iso().empty()) return std::nullopt;
  return date;
}

std::string SignedDate::iso() const {
  if (!day || !month || !year) return {};
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)), std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? fmt::format("{:04}-{:02}-{:02}", *year, *month, *day) : std::string();
}

}  // namespace zielwerk::reader
