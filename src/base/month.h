// Month: one calendar month. Used for the Berichtsmonat and for the Ladestand; the types that carry the meaning are in
// domain/. Shape: "YYYY-MM", years 1900 … 2999.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace zielwerk::base {

class Month {
 public:
  constexpr Month() = default;
  constexpr Month(int year, int month) : index_(year * 12 + month - 1) {}

  static constexpr Month from_index(int index) {
    Month month;
    month.index_ = index;
    return month;
  }
  // Exactly "YYYY-MM"; anything else, a month 13 included, is nullopt.
  static std::optional<Month> parse(std::string_view text);

  constexpr int index() const { return index_; }  // months since year 0
  constexpr int year() const { return index_ / 12; }
  constexpr int month() const { return index_ % 12 + 1; }  // 1 … 12
  constexpr Month january() const { return {year(), 1}; }
  constexpr Month same_month_last_year() const { return from_index(index_ - 12); }

  std::string text() const;         // 2021-06
  std::string german_text() const;  // Juni 2021

  friend constexpr auto operator<=>(Month, Month) = default;
  friend constexpr Month operator+(Month month, int months) { return from_index(month.index_ + months); }
  friend constexpr Month operator-(Month month, int months) { return from_index(month.index_ - months); }
  friend constexpr int operator-(Month later, Month earlier) { return later.index_ - earlier.index_; }

 private:
  int index_ = 0;
};

}  // namespace zielwerk::base
