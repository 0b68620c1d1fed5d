#include "reader/row_labels.h"

#include <algorithm>

#include "reader/words.h"

namespace zielwerk::reader {

std::optional<Quantity> RowLabels::quantity_in(const std::string& labels) {
  auto found = longest(rule_book().find("messgroesse", labels));
  const bool named = std::any_of(found.begin(), found.end(), [](const Finding& one) { return one.rule->attribute("schwach").empty(); });
  if (named) std::erase_if(found, [](const Finding& one) { return !one.rule->attribute("schwach").empty(); });
  // "K3" in a table may be a running number (agreements.md, pitfall 38): beside other words the words decide.
  static const Words code(R"((?i)K ?[123](?: ?E ?[1-4])?(?:_[FM])?)");
  static const Words other(R"((?i)[a-zäöü]{4,})");
  const bool words = std::any_of(found.begin(), found.end(), [&](const Finding& one) { return !code.is(labels.substr(one.span.begin, one.span.end - one.span.begin)); });
  if (words || other.in(labels)) std::erase_if(found, [&](const Finding& one) { return code.is(labels.substr(one.span.begin, one.span.end - one.span.begin)) && labels[one.span.end == labels.size() ? 0 : one.span.end] != ')'; });
  if (found.empty()) return std::nullopt;
  // The last of several: "Verbesserung der Integration · Integrationsquote".
  return Quantity{found.back().code(), std::string(found.back().rule->attribute("gruppe")), &keep(found.back()), ""};
}

const Finding& RowLabels::keep(const Finding& finding) {
  kept_.push_back(std::make_unique<Finding>(finding));
  return *kept_.back();
}

std::optional<Quantity> RowLabels::carried(const std::string& labels) const {
  if (!last_) return std::nullopt;
  const bool group = !rule_book().find("gruppe", labels).empty();
  static const Words on(R"((?i)^(?:[-–·• ]*)(?:davon|darunter|insgesamt|gesamt|Frauen|Männer|und zwar|(?:vereinbarte\w* )?(?:Veränderung|Zielwert|Zielgröße|Soll|Wert)(?: (?:für )?\d{4})?:?$|\W*$))");
  if (!group && !on.in(labels)) return std::nullopt;
  // A label with words of its own is another quantity, not a part of the one above.
  static const Words part(R"((?i)^[-–·•\W\d]*[a-z]?\W*(?:davon|darunter|insgesamt|gesamt|und zwar)\b)");
  if (labels.size() > 30 && !part.in(labels)) return std::nullopt;
  auto quantity = *last_;
  quantity.subgroup.clear();
  quantity.finding = nullptr;
  return quantity;
}

std::optional<Quantity> RowLabels::head_quantity(const std::string& labels) {
  static const Words place(R"((?i)^\W*(?:(?:19|20)\d\d|\d{1,2}\.?|Jahr|insgesamt|gesamt|Frauen|Männer|davon)?\W*$)");
  if (!place.is(labels) || !has_head_) return std::nullopt;
  for (const auto& cell : paper_.blocks[first_].cells) {
    if (auto quantity = quantity_in(cell.text())) {
      quantity->finding = nullptr;
      return quantity;
    }
  }
  return std::nullopt;
}

std::optional<Quantity> RowLabels::heading_quantity(const std::string& labels) const {
  static const Words generic(R"((?i)^\W*(?:(?:Ziel(?:wert|größe)?|Soll|Wert|Jahr|insgesamt|gesamt|Frauen|Männer|davon|Jahresdurchschnitt|Veränderung|im (?:ersten|zweiten|dritten) Jahr|mindestens|höchstens|\(?\d{4}\)?)\W*)*$)");
  return section_ && generic.is(labels) ? section_ : std::nullopt;
}

std::string RowLabels::group_in(const std::string& labels, const Quantity& quantity) {
  std::string group;
  for (const auto& finding : longest(rule_book().find("gruppe", labels))) {
    const bool of_name = quantity.code.starts_with("LZ") || quantity.code == "GENDER_GAP_INTEGRATION_RATE" || !quantity.subgroup.empty();
    const bool swallowed = quantity.finding && quantity.finding->span.covers(finding.span) && of_name;
    if (!swallowed) group = finding.code() == "BOTH" ? std::string() : finding.code();
  }
  return named_by(quantity.code, group) ? std::string() : group;
}

std::string RowLabels::bound_in(const std::string& labels) {
  std::string bound;
  const auto numbers = rule_book().find("zahl", labels);
  for (const auto& finding : rule_book().find("schranke", labels)) {
    const bool of_age = std::any_of(numbers.begin(), numbers.end(), [&](const Finding& one) { return one.code() == "AGE_CRITERION" && one.span.meets(finding.whole); });
    if (finding.code() != "RANGE" && !of_age) bound = finding.code();
  }
  return bound;
}

std::string RowLabels::direction_in(const std::string& labels) {
  std::string direction;
  for (const auto& finding : longest(rule_book().find("richtung", labels))) direction = finding.code();
  return direction;
}

bool RowLabels::says_none(const std::string& label) {
  static const Words none(R"((?i)^\W*(?:nachr(?:ichtlich|\.)|zum Vergleich|informatorisch)|\b(?:Kapazität|Plätze|Teilnehmerplätze)\b|nicht vereinbart|unverbindlich)");
  return none.in(label) && !speaks_of_forecast(label);
}

bool RowLabels::label_alone(const Plain& cell) {
  const auto explained = rule_book().find("zahl", cell.text());
  const auto found = numerals(cell.text());
  return std::all_of(found.begin(), found.end(), [&](const Numeral& number) {
    return !number.explained.empty() || std::any_of(explained.begin(), explained.end(), [&](const Finding& one) { return one.span.meets(number.span); });
  });
}

bool RowLabels::has_number(const Block& block) {
  for (const auto& cell : block.cells) {
    for (const auto& number : numerals(cell.text())) {
      if (number.explained.empty()) return true;
    }
  }
  return false;
}

std::string RowLabels::joined_label(std::string above, const std::string& label) {
  const bool divided = above.ends_with("-") && !label.empty() && label[0] >= 'a' && label[0] <= 'z';
  if (divided) above.pop_back();
  return above + (divided ? "" : " ") + label;
}

std::string RowLabels::bounds_of_row(std::size_t row) const {
  std::string bound;
  for (const auto& cell : paper_.blocks[row].cells) {
    if (bound.empty()) bound = bound_in(cell.text());
  }
  return bound;
}

std::size_t RowLabels::middle(const Plain& cell) const {
  const auto raw = cell.raw();
  const auto line = paper_.text.rfind('\n', raw.begin);
  const auto width = [&](std::size_t from, std::size_t to) {
    std::size_t seen = 0;
    for (auto at = from; at < to; ++at) seen += (static_cast<unsigned char>(paper_.text[at]) & 0xC0U) != 0x80U && paper_.text.substr(at, 2) != "\u00AD" ? 1 : 0;
    return seen;
  };
  return width(line == std::string_view::npos ? 0 : line + 1, raw.begin) + width(raw.begin, raw.end) / 2;
}

}  // namespace zielwerk::reader
