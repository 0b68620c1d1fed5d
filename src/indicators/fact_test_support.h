// Facts for tests, in few words.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/text.h"
#include "domain/fact.h"

namespace zielwerk::indicators::test {

using base::Month;

inline Month month(std::string_view text) { return Month::parse(text).value(); }
inline base::Decimal decimal(std::string_view text) { return base::parse_decimal(text).value(); }

// "ELB T LZB"
inline domain::SeriesKey series(std::string_view text) {
  const auto words = base::split(text, ' ');
  return {words.at(0), domain::parse_sex(words.at(1)).value(), words.size() > 2 ? words[2] : ""};
}

inline domain::FactValue value(std::string_view text) {
  if (const auto mark = domain::parse_mark(text)) return {{}, *mark};
  return {decimal(text)};
}

// A history that is told month by month; every value is loaded `waiting` months after its own.
class Facts {
 public:
  explicit Facts(int waiting = 0) : waiting_(waiting) {}

  Facts& one(std::string_view key, std::string_view month_text, std::string_view number) {
    return put(key, month(month_text), month(month_text) + waiting_, number);
  }
  // The same in every month.
  Facts& flat(std::string_view key, std::string_view from, std::string_view to, std::string_view number) {
    for (Month m = month(from); m <= month(to); m = m + 1) put(key, m, m + waiting_, number);
    return *this;
  }
  // January … in order.
  Facts& year(std::string_view key, int year, std::initializer_list<const char*> numbers) {
    Month m(year, 1);
    for (const auto* number : numbers) put(key, m, m + waiting_, number), m = m + 1;
    return *this;
  }
  // Flat over the year, the December before included, so that K2 finds its stock.
  Facts& flat(std::string_view key, int year, std::string_view number) {
    for (Month m(year - 1, 12); m <= Month(year, 12); m = m + 1) {
      if (m.month() < 12 || m.year() == year || history.series(series(key)).empty()) put(key, m, m + waiting_, number);
    }
    return *this;
  }
  Facts& put(std::string_view key, Month of, Month loaded, std::string_view number) {
    history.add(series(key), {{of, {loaded}, value(number), ++delivery_, domain::Place::line(1)}});
    return *this;
  }

  domain::FactHistory history;

 private:
  int waiting_;
  domain::DeliveryId delivery_ = 0;
};

}  // namespace zielwerk::indicators::test
