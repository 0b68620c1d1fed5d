// Exact numbers. Counts, cents and extrapolated stocks are Decimal; everything computed from them is an Exact fraction, so
// nothing is rounded before it is shown or compared. round_half_away() is the one rounding of the program: verdicts and
// tables use it alike (handbook, section 7.2: "half away from zero").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/multiprecision/cpp_int.hpp>

namespace zielwerk::base {

// Sums of many decimals: 18 digits times a few hundred months cannot overflow.
__extension__ using Wide = __int128;

using Integer = boost::multiprecision::cpp_int;
using Exact = boost::multiprecision::cpp_rational;  // always in lowest terms, denominator > 0

// digits / 10^places. At most 18 digits, 0 … 9 places.
struct Decimal {
  std::int64_t digits = 0;
  std::uint8_t places = 0;

  Exact exact() const;
  Decimal normalised() const;  // 12.50 -> 12.5
  std::string plain() const;   // "-12.5"
  std::string german() const;  // "-1.234,5"

  friend bool operator==(const Decimal& a, const Decimal& b);  // by value: 12.50 == 12.5
};

// Digits, one decimal sign (comma or point), an optional sign in front; no thousands separator, no exponent, no blanks.
std::optional<Decimal> parse_decimal(std::string_view text);

std::int64_t power_of_ten(int exponent);  // 0 … 18

// Adds decimals without a fraction in between, at the largest number of places seen.
class DecimalSum {
 public:
  void add(const Decimal& number);
  Exact exact() const;
  std::optional<Decimal> decimal() const;  // nullopt beyond 18 digits
  friend bool operator==(const DecimalSum& a, const DecimalSum& b);  // by value

 private:
  Wide total_ = 0;
  int places_ = 0;
};

// units / 10^places, of any size.
struct Rounded {
  Integer units;
  int places = 0;

  Exact exact() const;
  std::string plain() const;             // "-0.4"; zero has no sign: "0.0"
  std::string german() const;            // "-1.132,5"
  std::string german_with_sign() const;  // "+1,1", "-0,4", "0,0"
};

Rounded round_half_away(const Exact& value, int places);
Integer floor(const Exact& value);

std::string fraction(const Exact& value);             // "2800/1329", whole numbers without denominator: "348"
std::string plain_or_rounded(const Exact& value);     // exact if the decimals end, else rounded to six
std::string german_or_rounded(const Exact& value, int places);  // exact if it ends within `places`, else rounded to them

}  // namespace zielwerk::base
