#include "base/exact.h"

#include <algorithm>
#include <array>

namespace zielwerk::base {
namespace {

Integer ten_to(int exponent) { return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent)); }

// The digits of units with a sign for what follows, padded so that at least one digit stands before the decimal sign.
std::string written(const Integer& units, int places, char decimal_sign, bool thousands) {
  std::string digits = Integer(abs(units)).str();
  if (static_cast<int>(digits.size()) <= places) digits.insert(0, static_cast<std::size_t>(places) + 1 - digits.size(), '0');
  std::string whole = digits.substr(0, digits.size() - static_cast<std::size_t>(places));
  if (thousands) {
    for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3) whole.insert(static_cast<std::size_t>(at), 1, '.');
  }
  std::string text = units < 0 ? "-" + whole : whole;
  if (places > 0) text += decimal_sign + digits.substr(digits.size() - static_cast<std::size_t>(places));
  return text;
}

// Number of decimals after which the fraction ends; nullopt if it never does.
std::optional<int> finite_places(const Exact& value) {
  Integer rest = denominator(value);
  int twos = 0;
  int fives = 0;
  for (; rest % 2 == 0; rest /= 2) ++twos;
  for (; rest % 5 == 0; rest /= 5) ++fives;
  if (rest != 1) return std::nullopt;
  return std::max(twos, fives);
}

}  // namespace

std::int64_t power_of_ten(int exponent) {
  static constexpr auto powers = [] {
    std::array<std::int64_t, 19> table{1};
    for (std::size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] * 10;
    return table;
  }();
  return powers.at(static_cast<std::size_t>(exponent));
}

Exact Decimal::exact() const { return places == 0 ? Exact(digits) : Exact(digits, power_of_ten(places)); }

Decimal Decimal::normalised() const {
  Decimal shorter = *this;
  while (shorter.places > 0 && shorter.digits % 10 == 0) {
    shorter.digits /= 10;
    --shorter.places;
  }
  return shorter;
}

std::string Decimal::plain() const { return written(Integer(digits), places, '.', false); }
std::string Decimal::german() const { return written(Integer(digits), places, ',', true); }

bool operator==(const Decimal& a, const Decimal& b) {
  const Decimal left = a.normalised();
  const Decimal right = b.normalised();
  return left.digits == right.digits && left.places == right.places;
}

void DecimalSum::add(const Decimal& number) {
  if (number.places > places_) {
    total_ *= power_of_ten(number.places - places_);
    places_ = number.places;
  }
  total_ += static_cast<Wide>(number.digits) * power_of_ten(places_ - number.places);
}

Exact DecimalSum::exact() const { return {Integer(total_), Integer(power_of_ten(places_))}; }

bool operator==(const DecimalSum& a, const DecimalSum& b) {
  const int places = std::max(a.places_, b.places_);
  return a.total_ * power_of_ten(places - a.places_) == b.total_ * power_of_ten(places - b.places_);
}

std::optional<Decimal> DecimalSum::decimal() const {
  if (total_ >= power_of_ten(18) || -total_ >= power_of_ten(18)) return std::nullopt;
  return Decimal{static_cast<std::int64_t>(total_), static_cast<std::uint8_t>(places_)}.normalised();
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::int64_t digits = 0;
  int seen = 0;
  int places = -1;
  for (const char c : text) {
    if (c == ',' || c == '.') {
      if (places >= 0 || seen == 0) return std::nullopt;
      places = 0;
    } else if (c >= '0' && c <= '9') {
      if (++seen > 18) return std::nullopt;
      digits = digits * 10 + (c - '0');
      if (places >= 0 && ++places > 9) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (seen == 0 || places == 0) return std::nullopt;
  return Decimal{negative ? -digits : digits, static_cast<std::uint8_t>(places < 0 ? 0 : places)};
}

Exact Rounded::exact() const { return Exact(units, ten_to(places)); }
std::string Rounded::plain() const { return written(units, places, '.', false); }
std::string Rounded::german() const { return written(units, places, ',', true); }
std::string Rounded::german_with_sign() const { return (units > 0 ? "+" : "") + german(); }

Rounded round_half_away(const Exact& value, int places) {
  const Integer scaled = numerator(value) * ten_to(places);
  const Integer& below = denominator(value);
  const Integer magnitude = (2 * abs(scaled) + below) / (2 * below);
  return {scaled < 0 ? Integer(-magnitude) : magnitude, places};
}

Integer floor(const Exact& value) {
  const Integer above = numerator(value);
  const Integer& below = denominator(value);
  Integer quotient = above / below;  // truncates toward zero
  if (above < 0 && quotient * below != above) --quotient;
  return quotient;
}

std::string fraction(const Exact& value) {
  const Integer below = denominator(value);
  return below == 1 ? numerator(value).str() : numerator(value).str() + "/" + below.str();
}

std::string plain_or_rounded(const Exact& value) {
  return round_half_away(value, finite_places(value).value_or(6)).plain();
}

std::string german_or_rounded(const Exact& value, int places) {
  return round_half_away(value, std::min(finite_places(value).value_or(places), places)).german();
}

}  // namespace zielwerk::base
