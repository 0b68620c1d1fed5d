#include "intake/cell_value.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "intake/text_pattern.h"

namespace zielwerk::intake {
namespace {

using domain::FactValue;

// "---" and "– –" are dashes of any length and read as one.
std::string one_dash(const std::string& text) {
  std::string rest = text;
  for (const std::string_view dash : {"‐", "‑", "‒", "–", "—", "―", "−", "-", " "}) {
    for (auto at = rest.find(dash); at != std::string::npos; at = rest.find(dash)) rest.erase(at, dash.size());
  }
  return rest.empty() ? "-" : text;
}

tl::unexpected<base::Problem> invalid(std::string found) {
  return base::problem("value_invalid",
                       fmt::format("{} ist kein Wert; erwartet ist eine Zahl mit höchstens 9 Nachkommastellen und 18 Ziffern oder ein "
                                   "Zeichen * - x .",
                                   found));
}

}  // namespace

std::optional<base::Decimal> shortest_decimal(std::string_view number) {
  double value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc() || read.ptr != number.data() + number.size() || !std::isfinite(value)) return std::nullopt;
  std::array<char, 400> text;
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (written.ec != std::errc()) return std::nullopt;
  return base::parse_decimal(std::string_view(text.data(), static_cast<std::size_t>(written.ptr - text.data())));
}

std::optional<base::Decimal> parse_german_number(std::string_view text) {
  std::string plain;
  if (text.starts_with("−")) {
    plain = "-";
    text.remove_prefix(std::string_view("−").size());
  } else if (text.starts_with('-') || text.starts_with('+')) {
    plain = text.substr(0, 1);
    text.remove_prefix(1);
  }
  const auto whole = base::split(text.substr(0, text.find(',')), '.');
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole.size() > 1 && (whole[i].empty() || whole[i].size() > 3 || (i > 0 && whole[i].size() != 3))) return std::nullopt;
    plain += whole[i];
  }
  if (const auto comma = text.find(','); comma != std::string_view::npos) plain += text.substr(comma);
  if (plain.find('.') != std::string::npos) return std::nullopt;
  return base::parse_decimal(plain);
}

base::Result<std::optional<FactValue>> cell_value(const Cell& cell) {
  if (cell.kind == CellKind::Empty) return std::nullopt;
  if (cell.kind == CellKind::FormulaOnly) return invalid("Eine Formel ohne gespeichertes Ergebnis");
  if (cell.kind == CellKind::Boolean) return invalid("Ein Wahrheitswert");
  if (cell.kind == CellKind::Error) return invalid("Der Fehlerwert " + base::quoted(cell.text));
  if (cell.kind == CellKind::Date) return invalid("Das Datum " + base::quoted(cell.text));
  if (cell.kind == CellKind::Number) {
    if (const auto number = shortest_decimal(cell.text)) return FactValue{number->normalised()};
    return invalid(base::quoted(cell.text));
  }
  const auto text = collapse_blanks(cell.text);
  if (text.empty()) return std::nullopt;
  if (const auto mark = domain::parse_mark(one_dash(text))) return FactValue{{}, *mark};
  if (const auto number = parse_german_number(text)) return FactValue{number->normalised()};
  return invalid(base::quoted(text));
}

}  // namespace zielwerk::intake
