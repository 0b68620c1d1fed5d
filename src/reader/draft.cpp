#include "reader/draft.h"

#include <charconv>

namespace zielwerk::reader {

json::array Draft::evidence(const std::vector<Span>& raw) const {
  json::array all;
  for (auto span : raw) {
    while (span.begin < span.end && std::string_view(" \t\r\n").find(paper.text[span.begin]) != std::string_view::npos) ++span.begin;
    while (span.end > span.begin && std::string_view(" \t\r\n").find(paper.text[span.end - 1]) != std::string_view::npos) --span.end;
    if (span.empty()) continue;
    json::object one;
    one["quote"] = paper.quote(span);
    one["start"] = paper.positions.code_points(span.begin);
    one["end"] = paper.positions.code_points(span.end);
    one["byte_start"] = span.begin;
    one["byte_end"] = span.end;
    one["line"] = paper.positions.line(span.begin);
    all.push_back(std::move(one));
  }
  return all;
}

void Draft::mark(Span raw, const std::string& field, const std::string& confidence, const std::string& reason) {
  if (raw.empty()) return;
  marks.push_back({raw, field, confidence, reason});
  if (confidence != "missing") paper.use(raw, field);
}

void Draft::open(const std::string& code, const std::string& message, Span raw) { open_points.push_back({code, message, raw}); }

json::array& Draft::list(std::string_view name) {
  auto& value = agreement[name];
  if (!value.is_array()) value = json::array();
  return value.get_array();
}

// At most 15 digits: their double prints as the same digits again.
json::value number(const base::Decimal& value) {
  const auto plain = value.normalised();
  if (plain.places == 0) return plain.digits;
  double result = 0;
  const auto text = plain.plain();
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }
json::value or_null(const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); }
json::value or_null(const std::optional<int>& value) { return value ? json::value(*value) : json::value(nullptr); }

}  // namespace zielwerk::reader
