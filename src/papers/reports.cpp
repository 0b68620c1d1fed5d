// The documents made of tables: data pack, Managementbericht, Gender-Datenblatt.
#include <algorithm>

#include <fmt/format.h>

#include "papers/builders.h"
#include "papers/figure_tables.h"
#include "papers/parts.h"
#include "papers/words.h"

namespace zielwerk::papers {
namespace {

void missing_values(const Basis& basis, std::vector<Block>& blocks) {
  auto lacking = missing_figures(basis);
  if (lacking.empty()) return;
  blocks.emplace_back(Heading{2, "Was in diesem Ladestand fehlt"});
  blocks.emplace_back(Items{std::move(lacking)});
}

// Asked for where a target deviates or its verdict flipped; everything else needs no word.
bool asks_for_comment(const Row& row) { return row.line.status == "nicht_erreicht" || flipped(row); }

void comment(const Basis& basis, const Row& row, std::vector<Block>& blocks) {
  blocks.emplace_back(Heading{3, called(row)});
  blocks.emplace_back(Messages{{message(row)}});
  Terms said;
  for (const auto& one : basis.year.comments) {
    if (one.target != row.line.id) continue;
    said.all.emplace_back("Ursache", one.cause.empty() ? std::string(not_there) : one.cause);
    said.all.emplace_back("Was getan wird", one.action.empty() ? std::string(not_there) : one.action);
    said.all.emplace_back("Von", fmt::format("{}, {}", one.by, one.date));
  }
  if (said.all.empty()) {
    const auto owed = std::find_if(basis.year.owed.begin(), basis.year.owed.end(), [&](const OwedComment& one) { return one.target == row.line.id; });
    const auto since = owed == basis.year.owed.end() ? std::string() : fmt::format(" (erwartet von: {}{})", owed->by, owed->since.empty() ? "" : " seit " + owed->since);
    said.all = {{"Ursache", std::string(not_there) + since}, {"Was getan wird", std::string(not_there) + since}};
  }
  blocks.emplace_back(std::move(said));
}

}  // namespace

Paper data_pack(const Basis& basis) {
  auto paper = headed(basis, "datapack", "Datenpaket zur Bewertung der Zielerreichung");
  auto& blocks = paper.blocks;
  blocks.emplace_back(Heading{2, "Zielwerte"});
  blocks.emplace_back(targets_table(basis, "Stand der Ziele bei gleichen Ladeständen"));
  if (auto watched = watched_table(basis); !watched.rows.empty()) {
    blocks.emplace_back(Heading{2, "Monitoring"});
    blocks.emplace_back(std::move(watched));
  }
  blocks.emplace_back(Heading{2, "Kennzahlen nach Geschlecht"});
  blocks.emplace_back(figures_table(basis));
  missing_values(basis, blocks);
  for (const auto& row : basis.rows) {
    if (!is_target(row) || row.year.size() < 2) continue;
    blocks.emplace_back(Heading{2, called(row)});
    blocks.emplace_back(year_table(row));
  }
  return paper;
}

Paper management_report(const Basis& basis) {
  auto paper = headed(basis, "management", "Managementbericht");
  auto& blocks = paper.blocks;
  blocks.emplace_back(Heading{2, "Stand der Zielerreichung"});
  blocks.emplace_back(targets_table(basis, "Zielwerte der Vereinbarung"));
  if (auto watched = watched_table(basis); !watched.rows.empty()) blocks.emplace_back(std::move(watched));
  blocks.emplace_back(Heading{2, "Kommentierung"});
  std::vector<std::string> quiet, without_verdict;
  for (const auto& row : basis.rows) {
    if (!is_target(row)) continue;
    // Who writes without being asked is heard, too.
    const bool said = std::any_of(basis.year.comments.begin(), basis.year.comments.end(), [&](const Comment& one) { return one.target == row.line.id; });
    if (said || asks_for_comment(row)) comment(basis, row, blocks);
    else (row.line.status == "erreicht" ? quiet : without_verdict).push_back(row.line.id);
  }
  if (!quiet.empty()) blocks.emplace_back(Paragraph{fmt::format("Ohne Abweichung, kein Kommentar nötig: {}.", fmt::join(quiet, ", "))});
  if (!without_verdict.empty()) blocks.emplace_back(Paragraph{fmt::format("Noch ohne Urteil: {}.", fmt::join(without_verdict, ", "))});
  blocks.emplace_back(Heading{2, "Umsetzung der Maßnahmenvereinbarungen"});
  if (basis.year.measures.empty()) blocks.emplace_back(not_kept(basis, "Maßnahmenvereinbarungen"));
  else blocks.emplace_back(measures_table(basis.year.measures, "Vereinbarte Maßnahmen"));
  qualitative(basis, blocks);
  budgets(basis, blocks);
  return paper;
}

Paper gender_sheet(const Basis& basis) {
  auto paper = headed(basis, "gender", "Gender-Datenblatt");
  auto& blocks = paper.blocks;
  const auto quota = std::find_if(basis.figures.begin(), basis.figures.end(), [](const FigureRow& one) { return one.code == "K2" && one.sex == domain::Sex::F; });
  const auto men = std::find_if(basis.figures.begin(), basis.figures.end(), [](const FigureRow& one) { return one.code == "K2" && one.sex == domain::Sex::M; });
  if (quota != basis.figures.end() && men != basis.figures.end() && quota->year_to_date.value && men->year_to_date.value) {
    const auto women_shown = base::round_half_away(*quota->year_to_date.value, 1), men_shown = base::round_half_away(*men->year_to_date.value, 1);
    const auto gap = base::round_half_away(*quota->year_to_date.value - *men->year_to_date.value, 1);
    blocks.emplace_back(Messages{{{Tone::Note, fmt::format("Integrationsquote (K2): Frauen {}, Männer {}; Abstand {}.", shown(women_shown, "%"), shown(men_shown, "%"), with_unit(printed(gap.german_with_sign()), "Prozentpunkte"))}}});
  }
  blocks.emplace_back(gender_table(basis));
  blocks.emplace_back(PageBreak{});
  blocks.emplace_back(Heading{2, "Alle Werte im Jahresvergleich"});
  blocks.emplace_back(figures_table(basis));
  missing_values(basis, blocks);
  return paper;
}

}  // namespace zielwerk::papers
