// Own early figures beside official ones as one self-contained page: no script, every chart with a text alternative and a table twin.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/month.h"

namespace zielwerk::report {

struct EarlyValue {
  std::optional<base::Exact> number;  // absent: missing or withheld
  std::string text;                   // as shown; empty: no value at all
  std::string state;                  // Ladestand
};

struct EarlyPoint {
  base::Month month;
  EarlyValue own;
  EarlyValue official;
};

struct EarlySeries {
  std::string title;
  std::string code;
  std::vector<EarlyPoint> points;  // by month
};

struct OutlookBar {
  base::Month month;
  std::optional<std::int64_t> persons;  // absent: withheld
};

struct EarlyPage {
  std::string traeger;
  std::string jobcenter;
  std::string note;  // of the newest own delivery: rule and what is incomplete
  std::vector<EarlySeries> series;
  std::vector<OutlookBar> outlook;
};

std::string as_html(const EarlyPage& page);

}  // namespace zielwerk::report
