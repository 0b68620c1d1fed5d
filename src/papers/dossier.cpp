#include <algorithm>

#include <fmt/format.h>

#include "papers/builders.h"
#include "papers/parts.h"
#include "papers/words.h"

namespace zielwerk::papers {
namespace {

constexpr std::size_t most_messages = 7;

void target_page(const Row& row, std::vector<Block>& blocks) {
  blocks.emplace_back(PageBreak{});
  blocks.emplace_back(Heading{2, called(row)});
  blocks.emplace_back(Messages{{message(row)}});
  blocks.emplace_back(standing_chart(row));
  if (!row.months.empty()) blocks.emplace_back(months_chart(row));
  if (row.year.size() > 1) blocks.emplace_back(year_table(row));
  blocks.emplace_back(Heading{3, "Herleitung in Kürze"});
  blocks.emplace_back(derivation_in_brief(row));
}

void open_measures(const Basis& basis, std::vector<Block>& blocks) {
  blocks.emplace_back(Heading{2, "Offene Maßnahmen"});
  auto open = basis.year.measures;
  std::erase_if(open, [](const AgreedMeasure& one) { return !one.open; });
  if (open.empty()) {
    blocks.emplace_back(not_kept(basis, "Offene Maßnahmen"));
  } else {
    blocks.emplace_back(measures_table(open, "Vereinbart und noch nicht erledigt"));
  }
}

}  // namespace

Paper dossier(const Basis& basis) {
  auto paper = headed(basis, "dossier", "Dossier für den Steuerungsdialog");
  auto& blocks = paper.blocks;
  if (const auto& next = basis.year.next_dialogue) blocks.emplace_back(Paragraph{fmt::format("{} am {}", next->title, next->date)});
  blocks.emplace_back(Heading{2, "Auf einen Blick"});
  blocks.emplace_back(messages(basis, most_messages));
  if (basis.year.next_dialogue && !basis.year.next_dialogue->agenda.empty()) {
    blocks.emplace_back(Heading{2, "Tagesordnung"});
    blocks.emplace_back(Items{basis.year.next_dialogue->agenda});
  }
  blocks.emplace_back(PageBreak{});
  blocks.emplace_back(Heading{2, "Übersicht"});
  blocks.emplace_back(targets_table(basis, "Zielwerte der Vereinbarung"));
  if (auto watched = watched_table(basis); !watched.rows.empty()) blocks.emplace_back(std::move(watched));
  since_last_time(basis, blocks);
  open_measures(basis, blocks);
  for (const auto& row : basis.rows) {
    if (is_target(row)) target_page(row, blocks);
  }
  if (!basis.terms.qualitative.empty() || !basis.terms.programmes.empty()) blocks.emplace_back(PageBreak{});
  qualitative(basis, blocks);
  return paper;
}

}  // namespace zielwerk::papers
