#include "papers/svg.h"

#include <algorithm>

#include <fmt/format.h>

#include "papers/words.h"

namespace zielwerk::papers {
namespace {

using base::Exact;

constexpr int width = 680, left = 96, right = 110;
constexpr const char* dark = "#1b2a3a";
constexpr const char* grey = "#7a858f";

const char* colour(Role role) { return role == Role::LastYear ? grey : dark; }

std::string words(int x, int y, const char* anchor, std::string_view text, const char* weight = "400") {
  return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" font-weight=\"{}\">{}</text>", x, y, anchor, weight, escaped(text));
}

std::string path(const std::string& points, const char* stroke, int tenths, const char* dash) {
  return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}.{}\"{}/>", points, stroke, tenths / 10, tenths % 10, *dash ? fmt::format(" stroke-dasharray=\"{}\"", dash) : "");
}

// A sign beside each figure; a unit in words stands once, in the title.
std::string beside(const base::Rounded& number, const Chart& chart) { return shown(number, chart.unit == "%" || chart.unit == "€" ? chart.unit : ""); }

struct Range {
  Exact low, high;
  int at(const Exact& value, int from, int to) const { return from + static_cast<int>(base::round_half_away((value - low) * (to - from) / (high - low), 0).units); }
};

// Of all values, with some air around them.
std::optional<Range> range_of(const Chart& chart) {
  std::optional<Range> range;
  for (const auto& series : chart.series) {
    for (const auto& point : series.points) {
      if (!point.value) continue;
      const auto value = point.value->exact();
      if (!range) range = Range{value, value};
      range->low = std::min(range->low, value);
      range->high = std::max(range->high, value);
    }
  }
  if (!range) return range;
  Exact air = (range->high - range->low) * Exact(18, 100);
  if (air == 0) air = range->high == 0 ? Exact(1) : abs(range->high) * Exact(1, 20);
  const bool from_zero = range->low >= 0 && range->low < air;
  range->low = from_zero ? Exact(0) : Exact(range->low - air);
  range->high += air;
  return range;
}

std::string dot(Role role, int x, int y, bool provisional) {
  switch (role) {
    case Role::Actual: return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.6\"/>", x, y, provisional ? "#fff" : dark, dark);
    case Role::LastYear: return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"7\" height=\"7\" fill=\"#fff\" stroke=\"{}\" stroke-width=\"1.5\"/>", x - 3, y - 3, grey);
    case Role::Target: return fmt::format("<path d=\"M{} {}v16\" stroke=\"{}\" stroke-width=\"3\"/>", x, y - 8, dark);
  }
  return {};
}

std::string bullet(const Chart& chart, const Range& range) {
  constexpr int row = 26, top = 14;
  const int bottom = top + row * static_cast<int>(chart.series.size());
  const int end = width - right;
  std::string body;
  for (const auto& series : chart.series) {
    if (series.role != Role::Target || chart.comparator.empty() || !series.points.front().value) continue;
    const int edge = range.at(series.points.front().value->exact(), left, end);
    const bool above = chart.comparator.front() == '>';
    body += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#e6eaee\"/>", above ? edge : left, top - 8, above ? end - edge : edge - left, bottom - top + 2);
    body += words(above ? end - 4 : left + 4, bottom + 10, above ? "end" : "start", "grau: Ziel erreicht");
  }
  int y = top + 10;
  for (const auto& series : chart.series) {
    body += words(left - 12, y + 5, "end", series.name, series.role == Role::Actual ? "600" : "400");
    body += path(fmt::format("M{} {}H{}", left, y, end), "#c3cad0", 10, "");
    if (const auto& value = series.points.front().value) {
      body += dot(series.role, range.at(value->exact(), left, end), y, series.points.front().provisional);
      body += words(end + 10, y + 5, "start", beside(*value, chart), series.role == Role::Actual ? "600" : "400");
    } else {
      body += words(end + 10, y + 5, "start", "fehlt");
    }
    y += row;
  }
  return body;
}

// 1, 2 or 5 times a power of ten, so that about four lines fit.
Exact step_of(const Range& range) {
  const Exact wanted = (range.high - range.low) / 4;
  Exact power = 1;
  while (power > wanted) power /= 10;
  while (power * 10 <= wanted) power *= 10;
  for (const int times : {1, 2, 5}) {
    if (power * times >= wanted) return power * times;
  }
  return power * 10;
}

std::string grid(const Chart& chart, const Range& range, int top, int bottom) {
  const auto step = step_of(range);
  int places = 0;
  for (Exact scaled = step; denominator(scaled) != 1; scaled *= 10) ++places;
  std::string body;
  const base::Integer first = base::floor(range.low / step) + (denominator(Exact(range.low / step)) == 1 ? 0 : 1);
  for (Exact value = Exact(first) * step; value <= range.high; value += step) {
    const int y = range.at(value, bottom, top);
    body += path(fmt::format("M{} {}H{}", left, y, width - 10), "#d7dce1", 8, "");
    body += words(left - 10, y + 5, "end", beside(base::round_half_away(value, places), chart));
  }
  return body;
}

// A line with gaps where values are missing; what leads to a provisional value is dashed.
std::string line(const Series& series, const std::vector<int>& xs, const Range& range, int top, int bottom) {
  std::string whole, dashed, dots;
  std::optional<std::pair<int, int>> last;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const auto& point = series.points[i];
    if (!point.value) {
      last.reset();
      continue;
    }
    const int y = range.at(point.value->exact(), bottom, top);
    if (last) (point.provisional ? dashed : whole) += fmt::format("M{} {}L{} {}", last->first, last->second, xs[i], y);
    if (series.role != Role::Target) dots += dot(series.role, xs[i], y, point.provisional);
    last = {xs[i], y};
  }
  const int strong = series.role == Role::Actual ? 24 : 15;
  std::string body;
  if (!whole.empty()) body += path(whole, colour(series.role), strong, series.role == Role::Target ? "2 4" : "");
  if (!dashed.empty()) body += path(dashed, colour(series.role), strong, series.role == Role::Target ? "2 4" : "7 4");
  return body + dots;
}

std::string legend(const Chart& chart) {
  std::string body;
  int x = left;
  for (const auto& series : chart.series) {
    body += path(fmt::format("M{} 12h28", x), colour(series.role), series.role == Role::Actual ? 24 : 15, series.role == Role::Target ? "2 4" : "");
    if (series.role != Role::Target) body += dot(series.role, x + 14, 12, false);
    body += words(x + 36, 17, "start", series.name);
    x += 60 + 7 * static_cast<int>(series.name.size());
  }
  const bool provisional = std::any_of(chart.series.begin(), chart.series.end(), [](const Series& one) { return std::any_of(one.points.begin(), one.points.end(), [](const Point& point) { return point.provisional; }); });
  if (provisional) body += path(fmt::format("M{} 12h28", x), dark, 24, "7 4") + dot(Role::Actual, x + 14, 12, true) + words(x + 36, 17, "start", "vorläufig");
  return body;
}

std::string course(const Chart& chart, const Range& range) {
  constexpr int top = 34, bottom = 172;
  const int count = static_cast<int>(chart.labels.size());
  std::vector<int> xs;
  std::string body = legend(chart) + grid(chart, range, top, bottom);
  for (int i = 0; i < count; ++i) {
    xs.push_back(count == 1 ? (left + width) / 2 : left + 20 + i * (width - left - 50) / (count - 1));
    body += words(xs.back(), bottom + 20, "middle", chart.labels[static_cast<std::size_t>(i)]);
  }
  body += path(fmt::format("M{} {}H{}", left, bottom, width - 10), dark, 10, "");
  for (auto series = chart.series.rbegin(); series != chart.series.rend(); ++series) body += line(*series, xs, range, top, bottom);
  return body;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') safe += c;
    }
  }
  return safe;
}

std::string svg(const Chart& chart, std::string_view id) {
  const auto range = range_of(chart);
  const bool bars = chart.kind == Chart::Kind::Bullet;
  const int height = !range ? 40 : bars ? 30 + 26 * static_cast<int>(chart.series.size()) : 200;
  const auto body = !range ? words(left, 25, "start", "Keine Werte") : bars ? bullet(chart, *range) : course(chart, *range);
  return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" aria-labelledby=\"{2}t {2}d\" font-family=\"Fira Sans, sans-serif\" "
                     "font-size=\"13\" fill=\"#1b2a3a\"><title id=\"{2}t\">{3}</title><desc id=\"{2}d\">{4}</desc>{5}</svg>",
                     width, height, id, escaped(chart.title), escaped(chart.summary), body);
}

}  // namespace zielwerk::papers
