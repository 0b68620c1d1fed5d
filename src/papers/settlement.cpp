#include <algorithm>

#include <fmt/format.h>

#include "papers/builders.h"
#include "papers/parts.h"
#include "papers/words.h"

namespace zielwerk::papers {
namespace {

// The verdict is arithmetic and stays; what the parties decided stands beside it.
Table judged_table(const Basis& basis) {
  Table table{"Ergebnis je Ziel und gemeinsame Bewertung", {{"Ziel"}, {"Rechnerisch"}, {"Bewertung der Partner"}}, {}};
  for (const auto& row : basis.rows) {
    if (!is_target(row)) continue;
    const auto judged = std::find_if(basis.year.judgements.begin(), basis.year.judgements.end(), [&](const Judgement& one) { return one.target == row.line.id; });
    table.rows.push_back({{called(row)}, {status_words(row.line.status)}, {judged == basis.year.judgements.end() ? basis.year.kept ? std::string("ohne Abwägung") : std::string(not_there) : fmt::format("{} ({}, {})", judged->words, judged->by, judged->date)}});
  }
  return table;
}

Signatures signature_lines(const Basis& basis) {
  Signatures lines;
  for (const auto& party : basis.terms.parties) {
    const auto closed = std::find_if(basis.year.closings.begin(), basis.year.closings.end(), [&](const Closing& one) { return one.party == party.name; });
    if (closed == basis.year.closings.end()) {
      lines.all.push_back({party.name, {}, {}});
    } else {
      lines.all.push_back({party.name, closed->second_person.empty() ? closed->person : fmt::format("{}, {}", closed->person, closed->second_person), closed->place_date});
    }
  }
  return lines;
}

}  // namespace

Paper settlement(const Basis& basis) {
  auto paper = headed(basis, "settlement", "Zielabrechnung");
  auto& blocks = paper.blocks;
  if (!basis.head.final) blocks.emplace_back(Paragraph{"**Vorläufig:** Diese Abrechnung beruht nicht auf den Jahresendwerten des vereinbarten Datenstands."});
  blocks.emplace_back(Heading{2, "Ergebnisse"});
  blocks.emplace_back(targets_table(basis, "Zielwerte am Jahresende"));
  blocks.emplace_back(judged_table(basis));
  if (auto watched = watched_table(basis); !watched.rows.empty()) blocks.emplace_back(std::move(watched));
  considerations(basis, blocks);
  qualitative(basis, blocks);
  budgets(basis, blocks);
  blocks.emplace_back(Heading{2, "Maßnahmen"});
  if (basis.year.measures.empty()) blocks.emplace_back(not_kept(basis, "Maßnahmenvereinbarungen"));
  else blocks.emplace_back(measures_table(basis.year.measures, "Vereinbarte Maßnahmen"));
  blocks.emplace_back(Heading{2, "Spätere Korrekturen der Daten"});
  if (basis.year.corrections.empty()) blocks.emplace_back(Paragraph{"Keine gemeldet. Korrekturen nach dem Abschluss werden hier genannt; die Abrechnung ändern sie nicht."});
  else blocks.emplace_back(Items{basis.year.corrections});
  blocks.emplace_back(Heading{2, "Abschluss"});
  blocks.emplace_back(signature_lines(basis));
  return paper;
}

}  // namespace zielwerk::papers
