// Numbers, dates and names as such papers write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact.h"

namespace zielwerk::drafting {

std::string number(const base::Decimal& value, int least_places);     // "9,9", "7.331", "0,0"
std::string with_sign(const base::Decimal& value, int least_places);  // "+ 0,1", "- 0,4", "0,0"
std::string money(const base::Decimal& euro, bool short_form);       // "8.793.355 Euro"; short: "16,6 Mio. Euro"
std::string number_word(int count, std::string_view one);             // 0 … 12 as words, "one" for 1; beyond that digits

std::string month_name(int month);                          // 1 … 12
std::optional<std::string> date(std::string_view iso);      // "2020-06-30" -> "30.06.2020"

std::string enumeration(const std::vector<std::string>& parts);  // "a, b und c"
std::string with_capital(std::string text);
std::string as_title(std::string_view text);  // „…“, quotation marks inside become ‚…‘

// A party's name with its article: "das Niedersächsische Ministerium", "dem Niedersächsischen Ministerium", "der Stadt".
struct Name {
  std::string nominative;
  std::string dative;
  bool feminine = false;
};
// `called` (an abbreviation, or the name itself) with the article that the full name asks for.
Name with_article(std::string_view full_name, std::string_view called);

}  // namespace zielwerk::drafting
