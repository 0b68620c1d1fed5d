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

json::value goal_of(const Draft& draft, std::size_t block) {
  const auto* goals = draft.agreement.if_contains("goals");
  if (!goals || !goals->is_array()) return nullptr;
  const auto& place = draft.paper.blocks[block];
  const auto called = [&](const std::string& heading) -> const json::value* {
    for (const auto& goal : goals->get_array()) {
      if (goal.at("heading").as_string() == heading) return &goal.at("id");
    }
    return nullptr;
  };
  for (const auto& cell : place.cells) {
    if (const auto* goal = called(cell.text())) return *goal;
  }
  for (auto heading = place.headings.rbegin(); heading != place.headings.rend(); ++heading) {
    if (const auto* goal = called(draft.paper.blocks[*heading].text.text())) return *goal;
  }
  const auto at = place.raw.begin;
  json::value found = nullptr;
  for (const auto& goal : goals->get_array()) {
    const auto& evidence = goal.at("evidence").as_array();
    if (!evidence.empty() && evidence.back().at("byte_start").to_number<std::size_t>() <= at) found = goal.at("id");
  }
  return found;
}

}  // namespace zielwerk::reader
