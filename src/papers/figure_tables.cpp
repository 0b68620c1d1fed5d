#include "papers/figure_tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "papers/words.h"

namespace zielwerk::papers {
namespace {

using domain::Sex;
using Value = FigureRow::Value;

const FigureRow* row_of(const Basis& basis, const std::string& code, Sex sex) {
  const auto found = std::find_if(basis.figures.begin(), basis.figures.end(), [&](const FigureRow& one) { return one.code == code && one.sex == sex; });
  return found == basis.figures.end() ? nullptr : &*found;
}

// In percent with one decimal, as published figures are; a change with its sign.
Cell cell(const std::optional<base::Exact>& value, bool is_change, const char* missing = "fehlt") {
  if (!value) return {missing};
  const auto rounded = base::round_half_away(*value, 1);
  return {with_unit(printed(is_change ? rounded.german_with_sign() : rounded.german()), "%"), rounded.plain(), 1, "%"};
}

// Percent minus percent is Prozentpunkte; made of the exact values, rounded once.
Cell gap(const std::optional<base::Exact>& women, const std::optional<base::Exact>& men) {
  if (!women || !men) return {};
  const auto rounded = base::round_half_away(*women - *men, 1);
  return {printed(rounded.german_with_sign()), rounded.plain(), 1, "PP"};
}

template <class Row>
void each_code(const Basis& basis, Row row) {
  for (const auto& one : basis.figures) {
    if (one.sex == Sex::T) row(one);
  }
}

std::string name_of(const FigureRow& row) { return fmt::format("{} {}", row.code, row.name); }

}  // namespace

Table figures_table(const Basis& basis) {
  Table table{"Kennzahlen und Ergänzungsgrößen nach § 48a SGB II: Jahresfortschrittswerte",
              {{"Kennzahl"}, {"Gesamt", true}, {"Vorjahr", true}, {"Männer", true}, {"Vorjahr", true}, {"Frauen", true}, {"Vorjahr", true}},
              {}};
  each_code(basis, [&](const FigureRow& total) {
    auto& cells = table.rows.emplace_back();
    cells.push_back({name_of(total)});
    for (const auto sex : {Sex::T, Sex::M, Sex::F}) {
      const auto* row = row_of(basis, total.code, sex);
      cells.push_back(cell(row ? row->year_to_date.value : std::nullopt, total.is_change));
      cells.push_back(cell(row ? row->last_year.value : std::nullopt, total.is_change));
    }
  });
  table.note = "Vorjahr: derselbe Monat im Vorjahr bei gleichem Ladestand. „fehlt“ heißt: Die Zahl liegt in diesem Ladestand nicht vor; sie ist nicht null.";
  return table;
}

Table gender_table(const Basis& basis) {
  Table table{"Frauen und Männer: Jahresfortschrittswerte und ihr Abstand (Frauen minus Männer, in Prozentpunkten)",
              {{"Kennzahl"}, {"Frauen", true}, {"Männer", true}, {"Abstand", true}, {"Vorjahr", true}, {"Land", true}, {"Vergleichstyp", true}},
              {}};
  each_code(basis, [&](const FigureRow& total) {
    const auto* women = row_of(basis, total.code, Sex::F);
    const auto* men = row_of(basis, total.code, Sex::M);
    if (!women || !men) return;
    const auto or_missing = [](Cell one) { return one.text.empty() ? Cell{"fehlt"} : one; };
    table.rows.push_back({{name_of(total)}, cell(women->year_to_date.value, total.is_change), cell(men->year_to_date.value, total.is_change), or_missing(gap(women->year_to_date.value, men->year_to_date.value)),
                          or_missing(gap(women->last_year.value, men->last_year.value)), or_missing(gap(women->of_land.value, men->of_land.value)),
                          basis.peer_group.empty() ? Cell{"–"} : or_missing(gap(women->of_type.value, men->of_type.value))});
  });
  const auto summed = [](int count) { return fmt::format("Summe aus {} mit allen Zahlen", count == 1 ? "1 Jobcenter" : fmt::format("{} Jobcentern", count)); };
  const auto type = basis.peer_group.empty() ? std::string("Der Vergleichstyp ist nicht bekannt.") : fmt::format("Vergleichstyp {}: {}.", basis.peer_group, summed(basis.in_type));
  table.note = fmt::format("Vorjahr, Land und Vergleichstyp: der Abstand dort, aus ungerundeten Werten. Land {}: {}. {} „fehlt“ heißt: nicht geliefert, nicht null.", basis.land, summed(basis.in_land), type);
  return table;
}

std::vector<std::string> missing_figures(const Basis& basis) {
  std::vector<std::string> all;
  each_code(basis, [&](const FigureRow& total) {
    if (!total.year_to_date.value) all.push_back(fmt::format("{}: {}", name_of(total), total.year_to_date.reason));
  });
  return all;
}

}  // namespace zielwerk::papers
