#include <algorithm>

#include <fmt/format.h>

#include "papers/builders.h"
#include "papers/parts.h"
#include "papers/words.h"

namespace zielwerk::papers {
namespace {

std::string plainly(const Row& row, bool final) {
  const auto& line = row.line;
  const char* now = final ? "" : "derzeit ";
  if (line.status == "erreicht") return fmt::format("Das Ziel ist {}erreicht: vereinbart {}, Stand {}.{}", now, target_words(row), actual_words(row), line.rounding_decides ? " Die Rundung auf die vereinbarte Stelle entscheidet." : "");
  if (line.status == "nicht_erreicht") return fmt::format("Das Ziel ist {}nicht erreicht: vereinbart {}, Stand {}; {}.", now, target_words(row), actual_words(row), distance_words(line));
  if (line.status == "offen") return fmt::format("Das Ergebnis steht erst am Jahresende fest; vereinbart {}{}.", target_words(row), line.actual ? ", bisher " + actual_words(row) : "");
  return "Das Ziel lässt sich derzeit nicht bewerten, weil Zahlen fehlen.";
}

const std::vector<std::pair<std::string, std::string>>& glossary() {
  static const std::vector<std::pair<std::string, std::string>> words = {
      {"Integration", "Eine erwerbsfähige leistungsberechtigte Person nimmt eine sozialversicherungspflichtige Beschäftigung, eine voll qualifizierende Ausbildung oder eine Selbstständigkeit auf; gezählt wird höchstens eine je Person und Monat."},
      {"Integrationsquote", "Integrationen, geteilt durch den durchschnittlichen Bestand erwerbsfähiger Leistungsberechtigter; im laufenden Jahr von Januar bis zum Berichtsmonat, nicht hochgerechnet."},
      {"Jahresfortschritt", "Der Wert des laufenden Jahres von Januar bis zum Berichtsmonat; im Dezember ist er der Jahresendwert."},
      {"Ladestand", "Der Monat, mit dessen Datenstand eine Zahl gelesen wurde. Verglichen werden nur gleiche Ladestände, weil Zahlen drei Monate lang nachreifen."},
      {"Langzeitleistungsbeziehende", "Erwerbsfähige Leistungsberechtigte, die in den vergangenen 24 Monaten mindestens 21 Monate hilfebedürftig waren."},
      {"Leistungsberechtigte, erwerbsfähige", "Menschen, die Grundsicherung für Arbeitsuchende erhalten und erwerbsfähig sind."},
      {"Monitoring", "Größen, die beobachtet, aber nicht beurteilt werden."},
      {"Prozentpunkte", "Der Unterschied zweier Prozentwerte: von 20 % auf 22 % sind es 2 Prozentpunkte (und 10 Prozent)."},
      {"Zielvereinbarung", "Vereinbarung nach § 48b SGB II, mit der Ziele der Grundsicherung für ein Jahr festgelegt werden."},
  };
  return words;
}

}  // namespace

Paper council_paper(const Basis& basis) {
  auto paper = headed(basis, "council", "Bericht zur Zielvereinbarung");
  auto& blocks = paper.blocks;
  int reached = 0, missed = 0, other = 0;
  for (const auto& row : basis.rows) {
    if (!is_target(row)) continue;
    ++(row.line.status == "erreicht" ? reached : row.line.status == "nicht_erreicht" ? missed : other);
  }
  blocks.emplace_back(Heading{2, "Worum es geht"});
  blocks.emplace_back(Paragraph{fmt::format("Für das Jahr {} sind für das {} {} Ziele vereinbart, die sich messen lassen. Im {} sind davon {} erreicht und {} nicht erreicht{}. {}", basis.terms.year, basis.unit, reached + missed + other,
                                            basis.head.month.german_text(), reached, missed, other > 0 ? fmt::format("; {} lassen sich noch nicht beurteilen", other) : "",
                                            basis.head.final ? "Das ist der Stand am Jahresende." : "Der Stand ist vorläufig und kann sich bis zum Jahresende ändern.")});
  blocks.emplace_back(Heading{2, "Die Ziele im Einzelnen"});
  for (const auto& row : basis.rows) {
    if (!is_target(row)) continue;
    blocks.emplace_back(Heading{3, row.name});
    if (row.withheld) {
      blocks.emplace_back(Paragraph{"Die Zahl wird nicht genannt, weil sie Rückschlüsse auf einzelne Menschen erlaubt."});
      continue;
    }
    blocks.emplace_back(Messages{{{tone(row.line.status), plainly(row, basis.head.final)}}});
    if (row.line.level) blocks.emplace_back(standing_chart(row));
    for (const auto& one : basis.year.judgements) {
      if (basis.head.final && one.target == row.line.id) blocks.emplace_back(Paragraph{fmt::format("Bewertung der Partner: {} ({}, {}).", one.words, one.by, one.date)});
    }
  }
  qualitative(basis, blocks);
  blocks.emplace_back(Heading{2, "Wörter"});
  blocks.emplace_back(Terms{glossary()});
  return paper;
}

}  // namespace zielwerk::papers
