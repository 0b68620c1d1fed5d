#include "papers/parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "drafting/phrases.h"
#include "papers/words.h"

namespace zielwerk::papers {
namespace {

// The weightier, the smaller.
int weight(const Row& row) {
  const auto& status = row.line.status;
  if (status == "nicht_erreicht") return flipped(row) ? 0 : 1;
  if (status == "nicht_bewertbar") return 2;
  if (flipped(row)) return 3;
  return status == "offen" ? 4 : 5;
}

std::string sentence(const std::vector<std::string>& remarks, const std::string& otherwise) { return remarks.empty() ? otherwise : remarks.front(); }

std::vector<const Row*> targets(const Basis& basis) {
  std::vector<const Row*> all;
  for (const auto& row : basis.rows) {
    if (is_target(row)) all.push_back(&row);
  }
  return all;
}

}  // namespace

Paper headed(const Basis& basis, const char* name, const char* title) {
  Paper paper;
  paper.name = name;
  paper.title = title;
  paper.unit = basis.unit;
  paper.provider = basis.provider;
  paper.agreement = basis.agreement;
  paper.version = basis.version;
  paper.month = basis.head.month.text();
  paper.state = basis.head.state.loaded.text();
  paper.basis = fmt::format("Berichtsmonat {} · Ladestand {} ({}, {})", basis.head.month.german_text(), basis.head.state.loaded.german_text(), waiting_words(basis.head),
                            basis.head.final ? "endgültig" : "vorläufig");
  paper.rule = evaluation::rule_version;
  paper.sources = basis.sources;
  return paper;
}

bool is_target(const Row& row) { return row.line.id.starts_with('T'); }

bool flipped(const Row& row) {
  const auto judged = [](const std::string& status) { return status == "erreicht" || status == "nicht_erreicht"; };
  return row.last_month && judged(row.line.status) && judged(row.last_month->line.status) && row.line.status != row.last_month->line.status;
}

std::string called(const Row& row) {
  const auto code = row.kennzahl.empty() ? std::string() : fmt::format(" ({})", row.kennzahl);
  return fmt::format("{} {}{}", row.line.id, row.name, code);
}

Message message(const Row& row) {
  const auto& line = row.line;
  std::string text = called(row) + ": ";
  if (line.status == "erreicht" || line.status == "nicht_erreicht") {
    text += fmt::format("{}. Vereinbart sind {}, Stand {}; {}.", status_words(line.status), target_words(row), actual_words(row), distance_words(line));
    if (line.rounding_decides) text += " Die Rundung entscheidet.";
  } else if (line.status == "offen" && line.actual) {
    text += fmt::format("noch offen. Vereinbart sind {}, bisher {}", target_words(row), actual_words(row));
    if (const auto path = level(line.path, unit_sign(line.unit.value_or("")))) text += fmt::format("; das unterjährige Soll ist {}", shown(*path, unit_sign(line.unit.value_or(""))));
    text += ".";
  } else if (line.status == "offen") {
    text += "noch offen, weil erst zum Jahresende beurteilt wird.";
  } else {
    text += "nicht bewertbar. " + sentence(line.remarks, "Eine Zahl " + std::string(not_there) + ".");
  }
  if (flipped(row)) text += fmt::format(" Im Monat davor: {}.", status_words(row.last_month->line.status));
  return {tone(line.status), text};
}

Messages messages(const Basis& basis, std::size_t most) {
  auto rows = targets(basis);
  std::stable_sort(rows.begin(), rows.end(), [](const Row* a, const Row* b) { return weight(*a) < weight(*b); });
  Messages all;
  const bool too_many = rows.size() > most;
  const auto shown_rows = too_many ? most - 1 : rows.size();
  for (std::size_t i = 0; i < shown_rows; ++i) all.all.push_back(message(*rows[i]));
  if (too_many) {
    std::size_t reached = 0;
    for (std::size_t i = shown_rows; i < rows.size(); ++i) reached += rows[i]->line.status == "erreicht" ? 1 : 0;
    all.all.push_back({Tone::Note, fmt::format("Weitere {} Zielwerte, davon {} erreicht; sie stehen in der Übersicht.", rows.size() - shown_rows, reached)});
  }
  return all;
}

Table targets_table(const Basis& basis, const std::string& caption) {
  Table table{caption, {{"Ziel"}, {"Vereinbart", true}, {"Stand", true}, {"Abstand", true}, {"Ergebnis"}}, {}};
  for (const auto* row : targets(basis)) {
    const auto& line = row->line;
    const auto unit = unit_sign(line.unit.value_or(""));
    auto soll = number_cell(line.target, row->words.change, unit);
    soll.text = target_words(*row);
    auto ist = number_cell(line.actual, row->words.change, unit);
    if (!line.actual) ist.text = "fehlt";
    auto distance = number_cell(line.distance, true, "");
    if (line.distance) distance.text = with_unit(distance.text, line.distance_unit.value_or(""));
    if (line.distance) distance.unit = line.distance_unit.value_or("");
    table.rows.push_back({{called(*row)}, soll, ist, distance, {status_words(line.status)}});
  }
  return table;
}

Table watched_table(const Basis& basis) {
  Table table{"Monitoring und Prognosen: beobachtet, ohne Urteil", {{"Größe"}, {"Erwartet", true}, {"Stand", true}}, {}};
  for (const auto& row : basis.rows) {
    if (!row.line.id.starts_with('M') && !row.line.id.starts_with('F')) continue;
    const auto unit = unit_sign(row.line.unit.value_or(""));
    auto ist = number_cell(row.line.actual, row.words.change, unit);
    if (!row.line.actual) ist.text = "fehlt";
    table.rows.push_back({{called(row)}, number_cell(row.line.target, row.words.change, unit), ist});
  }
  table.note = "Monitoring: Veränderung zum Vorjahr bei gleichem Ladestand.";
  return table;
}

Paragraph missing(const std::string& what) { return {fmt::format("{}: {}.", what, not_there)}; }

void since_last_time(const Basis& basis, std::vector<Block>& blocks) {
  const auto& dialogue = basis.year.last_dialogue;
  blocks.emplace_back(Heading{2, "Seit dem letzten Mal"});
  if (dialogue) {
    blocks.emplace_back(Paragraph{fmt::format("{} am {}{}.", dialogue->title, dialogue->date, dialogue->month ? fmt::format(", Datenbasis {}", dialogue->month->german_text()) : "")});
  } else {
    blocks.emplace_back(Paragraph{fmt::format("Früherer Steuerungsdialog: {}. Verglichen wird mit dem Monat davor.", not_there)});
  }
  Table table{"Stand der Ziele damals und heute", {{"Ziel"}, {"Damals", true}, {"Heute", true}, {"Ergebnis"}}, {}};
  for (const auto* row : targets(basis)) {
    const auto& before = row->last_dialogue ? row->last_dialogue : row->last_month;
    if (!before) continue;
    auto then = *row;
    then.line = before->line;
    const bool same = before->line.status == row->line.status;
    const auto unit = unit_sign(row->line.unit.value_or(""));
    auto was = number_cell(before->line.actual, row->words.change, unit), is = number_cell(row->line.actual, row->words.change, unit);
    was.text = actual_words(then);
    is.text = actual_words(*row);
    table.rows.push_back({{called(*row)}, was, is, {same ? "unverändert " + status_words(row->line.status) : fmt::format("{}, vorher {}", status_words(row->line.status), status_words(before->line.status))}});
  }
  if (table.rows.empty()) {
    blocks.emplace_back(missing("Früherer Stand"));
  } else {
    blocks.emplace_back(std::move(table));
  }
}

Table measures_table(const std::vector<AgreedMeasure>& measures, const std::string& caption) {
  Table table{caption, {{"Maßnahme"}, {"Ziel"}, {"Zuständig"}, {"Fällig"}, {"Erwartete Wirkung"}, {"Stand"}}, {}};
  for (const auto& one : measures) table.rows.push_back({{one.title}, {one.target}, {one.owner}, {one.due}, {one.expected}, {one.status}});
  return table;
}

void budgets(const Basis& basis, std::vector<Block>& blocks) {
  blocks.emplace_back(Heading{2, "Haushaltsmittel"});
  if (basis.year.budgets.empty() && basis.terms.budgets.empty()) return blocks.emplace_back(missing("Angaben zu Haushaltsmitteln")), void();
  Table table{"Mittel in Euro", {{"Titel"}, {"Ansatz", true}, {"Umgeschichtet", true}, {"Verfügbar", true}, {"Gebunden", true}, {"Ausgegeben", true}, {"Vorjahr", true}}, {}};
  const auto money = [](const std::optional<base::Decimal>& amount) {
    if (!amount) return Cell{std::string(not_there)};
    return Cell{printed(amount->german()), amount->plain(), amount->places, "€"};
  };
  std::vector<std::string> sources;
  for (const auto& one : basis.year.budgets) {
    table.rows.push_back({{one.title}, money(one.allotted), money(one.shifted), money(one.available), money(one.bound), money(one.spent), money(one.spent_last_year)});
    if (!one.source.empty()) sources.push_back(fmt::format("{}: {}", one.title, one.source));
  }
  if (basis.year.budgets.empty()) {
    for (const auto& one : basis.terms.budgets) table.rows.push_back({{one.title.empty() ? one.raw : one.title}, money(one.amount), money({}), money({}), money({}), money({}), money({})});
    sources.emplace_back("Ansatz nach der Vereinbarung");
  }
  table.note = base::join(sources, "; ");
  blocks.emplace_back(std::move(table));
}

void considerations(const Basis& basis, std::vector<Block>& blocks) {
  blocks.emplace_back(Heading{2, "Berücksichtigte Umstände"});
  if (basis.year.considerations.empty()) return blocks.emplace_back(missing("Gemeldete Umstände")), void();
  for (const auto& one : basis.year.considerations) {
    blocks.emplace_back(Heading{3, one.clause});
    const auto or_not = [](const std::string& text) { return text.empty() ? std::string(not_there) : text; };
    blocks.emplace_back(Terms{{{"Tatsache", fmt::format("{} ({})", one.fact, or_not(one.date))}, {"Ziel", one.target.empty() ? "die ganze Vereinbarung" : one.target}, {"Beleg", or_not(one.evidence)},
                               {"Wirkung", or_not(one.effect)}, {"Begründung", or_not(one.reason)}, {"Entscheidung", one.decision.empty() ? std::string(not_there) : fmt::format("{} ({})", one.decision, or_not(one.by))}}});
  }
}

void qualitative(const Basis& basis, std::vector<Block>& blocks) {
  if (basis.terms.qualitative.empty() && basis.terms.programmes.empty()) return;
  blocks.emplace_back(Heading{2, "Qualitative Ziele und Programme"});
  for (const auto& goal : basis.terms.qualitative) {
    blocks.emplace_back(Heading{3, fmt::format("{} {}", goal.id, goal.title)});
    const auto result = std::find_if(basis.year.qualitative.begin(), basis.year.qualitative.end(), [&](const auto& one) { return one.goal == goal.id; });
    const bool known = result != basis.year.qualitative.end();
    Table table{"Das Ziel ist erreicht, wenn …", {{"Kriterium"}, {"Stand"}, {"Beleg"}}, {}};
    if (known) {
      for (const auto& one : result->criteria) table.rows.push_back({{one.words}, {one.state}, {one.evidence.empty() ? std::string(not_there) : one.evidence}});
    } else {
      const auto open = [&](const std::string& words) { table.rows.push_back({{words}, {std::string(not_there)}, {std::string(not_there)}}); };
      for (const auto& one : goal.criteria) open(one.words.empty() ? drafting::phrase("completion", one.code).value_or(one.code) : one.words);
      if (goal.criteria.empty()) std::for_each(goal.steps.begin(), goal.steps.end(), open);
    }
    if (!table.rows.empty()) blocks.emplace_back(std::move(table));
    blocks.emplace_back(Paragraph{"Gemeinsame Bewertung: " + (known && !result->assessment.empty() ? fmt::format("{} ({})", result->assessment, result->date) : std::string(not_there) + ".")});
  }
  Table places{"Plätze der Programme", {{"Programm"}, {"Ort"}, {"Vereinbart", true}, {"Besetzt", true}, {"Stand"}}, {}};
  for (const auto& programme : basis.terms.programmes) {
    bool filled = false;
    for (const auto& one : basis.year.programmes) {
      if (one.programme != programme.id) continue;
      places.rows.push_back({{programme.id + " " + programme.name}, {one.site}, {one.planned}, {one.occupied}, {one.as_of}});
      filled = true;
    }
    if (filled) continue;
    for (const auto& one : programme.places) places.rows.push_back({{programme.id + " " + programme.name}, {one.location}, {one.count.german(), one.count.plain(), one.count.places}, {std::string(not_there)}, {one.from && one.as_of.size() > 4 ? "ab " + one.from->german_text() : one.as_of}});
    if (programme.places.empty()) places.rows.push_back({{programme.id + " " + programme.name}, {}, {"keine genannt"}, {std::string(not_there)}, {}});
  }
  if (!places.rows.empty()) blocks.emplace_back(std::move(places));
}

}  // namespace zielwerk::papers
