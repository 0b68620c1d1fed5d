#include "papers/figure_tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "papers/parts.h"
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
Cell cell(const Value& value, bool is_change) {
  if (!value.value) return {value.withheld ? std::string(withheld_sign) : "fehlt"};
  const auto rounded = base::round_half_away(*value.value, 1);
  return {with_unit(printed(is_change ? rounded.german_with_sign() : rounded.german()), "%"), rounded.plain(), 1, "%"};
}

// Percent minus percent is Prozentpunkte; made of the exact values, rounded once.
Cell gap(const Value& women, const Value& men) {
  if (women.withheld || men.withheld) return {std::string(withheld_sign)};
  if (!women.value || !men.value) return {"fehlt"};
  const auto rounded = base::round_half_away(*women.value - *men.value, 1);
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
      cells.push_back(cell(row ? row->year_to_date : Value{}, total.is_change));
      cells.push_back(cell(row ? row->last_year : Value{}, total.is_change));
    }
  });
  table.note = "Vorjahr: derselbe Monat im Vorjahr bei gleichem Ladestand. „fehlt“ heißt: Die Zahl liegt in diesem Ladestand nicht vor; sie ist nicht null.";
  explain_withheld(table);
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
    table.rows.push_back({{name_of(total)}, cell(women->year_to_date, total.is_change), cell(men->year_to_date, total.is_change), gap(women->year_to_date, men->year_to_date), gap(women->last_year, men->last_year),
                          gap(women->of_land, men->of_land), basis.peer_group.empty() ? Cell{"–"} : gap(women->of_type, men->of_type)});
  });
  const auto summed = [](int count) { return fmt::format("Summe aus {} mit allen Zahlen", count == 1 ? "1 Jobcenter" : fmt::format("{} Jobcentern", count)); };
  const auto type = basis.peer_group.empty() ? std::string("Der Vergleichstyp ist nicht bekannt.") : fmt::format("Vergleichstyp {}: {}.", basis.peer_group, summed(basis.in_type));
  table.note = fmt::format("Vorjahr, Land und Vergleichstyp: der Abstand dort, aus ungerundeten Werten. Land {}: {}. {} „fehlt“ heißt: nicht geliefert, nicht null.", basis.land, summed(basis.in_land), type);
  explain_withheld(table);
  return table;
}

std::vector<std::string> missing_figures(const Basis& basis) {
  std::vector<std::string> all;
  each_code(basis, [&](const FigureRow& total) {
    if (!total.year_to_date.value && !total.year_to_date.withheld) all.push_back(fmt::format("{}: {}", name_of(total), total.year_to_date.reason));
  });
  return all;
}

}  // namespace zielwerk::papers
