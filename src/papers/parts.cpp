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

const Before* earlier(const Row& row) { return row.last_dialogue ? &*row.last_dialogue : row.last_month ? &*row.last_month : nullptr; }

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
  const auto* before = earlier(row);
  return before && judged(row.line.status) && judged(before->line.status) && row.line.status != before->line.status;
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
    text += "nicht bewertbar. " + (row.why.empty() ? "Eine Zahl liegt nicht vor." : row.why);
  }
  if (flipped(row)) text += fmt::format(" {}: {}.", row.last_dialogue ? "Im letzten Dialog" : "Im Monat davor", status_words(earlier(row)->line.status));
  return {tone(line.status), text};
}

Messages messages(const Basis& basis, std::size_t most) {
  auto rows = targets(basis);
  std::stable_sort(rows.begin(), rows.end(), [](const Row* a, const Row* b) { return weight(*a) < weight(*b); });
  Messages all, duties;
  const auto& year = basis.year;
  if (!year.owed.empty()) {
    std::vector<std::string> ids;
    for (const auto& one : year.owed) ids.push_back(one.target);
    const auto& first = year.owed.front();
    duties.all.push_back({Tone::Open, fmt::format("{} zu {} {}, erwartet von: {}{}.", ids.size() == 1 ? "Der Kommentar" : "Die Kommentare", fmt::join(ids, ", "), ids.size() == 1 ? "fehlt" : "fehlen", first.by, first.since.empty() ? "" : " seit " + first.since)});
  }
  if (const auto open = std::count_if(year.measures.begin(), year.measures.end(), [](const AgreedMeasure& one) { return one.open; }); open > 0) {
    duties.all.push_back({Tone::Open, open == 1 ? "Eine vereinbarte Maßnahme ist offen." : fmt::format("{} vereinbarte Maßnahmen sind offen.", open)});
  }
  most -= duties.all.size();
  const bool too_many = rows.size() > most;
  const auto shown_rows = too_many ? most - 1 : rows.size();
  for (std::size_t i = 0; i < shown_rows; ++i) all.all.push_back(message(*rows[i]));
  if (too_many) {
    std::size_t reached = 0;
    for (std::size_t i = shown_rows; i < rows.size(); ++i) reached += rows[i]->line.status == "erreicht" ? 1 : 0;
    all.all.push_back({Tone::Note, fmt::format("Weitere {} Zielwerte, davon {} erreicht; sie stehen in der Übersicht.", rows.size() - shown_rows, reached)});
  }
  all.all.insert(all.all.end(), duties.all.begin(), duties.all.end());
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
    if (!line.actual) ist.text = row->withheld ? withheld_sign : "fehlt";
    auto distance = number_cell(line.distance, true, "");
    if (line.distance) distance.text = with_unit(distance.text, line.distance_unit.value_or(""));
    if (line.distance) distance.unit = line.distance_unit.value_or("");
    table.rows.push_back({{called(*row)}, soll, ist, distance, {status_words(line.status)}});
  }
  drop_empty_columns(table);
  explain_withheld(table);
  return table;
}

Table watched_table(const Basis& basis) {
  Table table{"Monitoring und Prognosen: beobachtet, ohne Urteil", {{"Größe"}, {"Erwartet", true}, {"Stand", true}}, {}};
  for (const auto& row : basis.rows) {
    if (!row.line.id.starts_with('M') && !row.line.id.starts_with('F')) continue;
    const auto unit = unit_sign(row.line.unit.value_or(""));
    auto ist = number_cell(row.line.actual, row.words.change, unit);
    if (!row.line.actual) ist.text = row.withheld ? withheld_sign : "fehlt";
    table.rows.push_back({{called(row)}, number_cell(row.line.target, row.words.change, unit), ist});
  }
  drop_empty_columns(table);
  table.note = "Monitoring: Veränderung zum Vorjahr bei gleichem Ladestand.";
  explain_withheld(table);
  return table;
}

void drop_empty_columns(Table& table) {
  for (auto column = table.columns.size(); column-- > 1;) {
    if (std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return !row[column].text.empty(); })) continue;
    const auto at = static_cast<std::ptrdiff_t>(column);
    table.columns.erase(table.columns.begin() + at);
    for (auto& row : table.rows) row.erase(row.begin() + at);
  }
}

void explain_withheld(Table& table) {
  const bool any = std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) { return std::any_of(row.begin(), row.end(), [](const Cell& cell) { return cell.text == withheld_sign; }); });
  if (any) table.note += (table.note.empty() ? "" : " ") + std::string(withheld_note);
}

Paragraph not_kept(const Basis& basis, const std::string& what) { return basis.year.kept ? Paragraph{fmt::format("{}: keine in der Steuerungsakte.", what)} : missing(what); }

Paragraph missing(const std::string& what) { return {fmt::format("{}: {}.", what, not_there)}; }

void since_last_time(const Basis& basis, std::vector<Block>& blocks) {
  const auto& dialogue = basis.year.last_dialogue;
  blocks.emplace_back(Heading{2, "Seit dem letzten Mal"});
  if (dialogue) {
    blocks.emplace_back(Paragraph{fmt::format("{} am {}{}.", dialogue->title, dialogue->date, dialogue->month ? fmt::format(", Datenbasis {}", dialogue->month->german_text()) : "")});
    if (!dialogue->decisions.empty()) {
      blocks.emplace_back(Heading{3, "Beschlüsse"});
      blocks.emplace_back(Items{dialogue->decisions});
    }
  } else {
    blocks.emplace_back(Paragraph{fmt::format("Früherer Steuerungsdialog: {}. Verglichen wird mit dem Monat davor.", not_there)});
  }
  Table table{"Stand der Ziele damals und heute", {{"Ziel"}, {"Damals", true}, {"Heute", true}, {"Ergebnis"}}, {}};
  for (const auto* row : targets(basis)) {
    const auto* before = earlier(*row);
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
  auto settled = basis.year.measures;
  std::erase_if(settled, [](const AgreedMeasure& one) { return !one.settled_since; });
  if (!settled.empty()) blocks.emplace_back(measures_table(settled, "Seither abgeschlossene Maßnahmen"));
}

Table measures_table(const std::vector<AgreedMeasure>& measures, const std::string& caption) {
  Table table{caption, {{"Maßnahme"}, {"Ziel"}, {"Zuständig"}, {"Fällig"}, {"Erwartete Wirkung"}, {"Stand"}}, {}};
  for (const auto& one : measures) table.rows.push_back({{one.title}, {one.target}, {one.owner}, {one.due}, {one.expected}, {one.status}});
  drop_empty_columns(table);
  return table;
}

void budgets(const Basis& basis, std::vector<Block>& blocks) {
  blocks.emplace_back(Heading{2, "Haushaltsmittel"});
  auto all = basis.year.budgets;
  if (all.empty()) {
    for (const auto& one : basis.terms.budgets) all.push_back({one.title.empty() ? one.raw : one.title, one.amount.exact(), "Ansatz nach der Vereinbarung", {}, {}, {}, {}, {}, {}, {}});
  }
  if (all.empty()) return blocks.emplace_back(missing("Angaben zu Haushaltsmitteln")), void();
  // Cents only where there are any.
  int places = 0;
  for (const auto& one : all) {
    for (const auto* amount : {&one.allotted, &one.shifted, &one.available, &one.bound, &one.spent, &one.spent_last_year}) places = *amount && denominator(**amount) != 1 ? 2 : places;
  }
  const auto money = [&](const std::optional<base::Exact>& amount) { return amount ? level_cell(base::round_half_away(*amount, places), "") : Cell{"fehlt"}; };
  const auto percent = [](const std::optional<base::Exact>& share) { return share ? level_cell(base::round_half_away(*share, 1), "%") : Cell{"fehlt"}; };
  Table table{"Mittel in Euro", {{"Titel"}, {"Ansatz", true}, {"Umgeschichtet", true}, {"Verfügbar", true}, {"Gebunden", true}, {"Ausgegeben", true}}, {}};
  Table path{"Mittelausschöpfung bis zum Berichtsmonat: ausgegeben von den verfügbaren Mitteln", {{"Titel"}, {"In diesem Jahr", true}, {"Im Vorjahr", true}, {"Im Vorjahr ausgegeben (Euro)", true}}, {}};
  std::vector<std::string> sources;
  const bool before = std::any_of(all.begin(), all.end(), [](const BudgetYear& one) { return one.used_last_year || one.spent_last_year; });
  if (!before) path.note = "Vorjahr: liegt nicht vor.";
  for (const auto& one : all) {
    table.rows.push_back({{one.title}, money(one.allotted), one.shifted ? money(one.shifted) : Cell{}, money(one.available), money(one.bound), money(one.spent)});
    path.rows.push_back({{one.title}, percent(one.used), before ? percent(one.used_last_year) : Cell{}, before ? money(one.spent_last_year) : Cell{}});
    if (!one.source.empty()) sources.push_back(fmt::format("{}: {}", one.title, one.source));
  }
  drop_empty_columns(table);
  drop_empty_columns(path);
  table.note = base::join(sources, "; ");
  blocks.emplace_back(std::move(table));
  if (std::any_of(all.begin(), all.end(), [](const BudgetYear& one) { return one.used || one.used_last_year; })) blocks.emplace_back(std::move(path));
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
    const bool steps = goal.criteria.empty();
    Table table{steps ? "Vereinbarte Schritte" : "Das Ziel ist erreicht, wenn …", {{steps ? "Schritt" : "Kriterium"}, {"Stand"}, {"Beleg"}}, {}};
    if (known) {
      for (const auto& one : result->criteria) table.rows.push_back({{one.words}, {one.state}, {one.evidence.empty() ? std::string(not_there) : one.evidence}});
    } else {
      const auto open = [&](const std::string& words) { table.rows.push_back({{words}, {std::string(not_there)}, {std::string(not_there)}}); };
      for (const auto& one : goal.criteria) open(one.words.empty() ? drafting::phrase("completion", one.code).value_or(one.code) : one.words);
      if (steps) std::for_each(goal.steps.begin(), goal.steps.end(), open);
    }
    if (!table.rows.empty()) blocks.emplace_back(std::move(table));
    Terms views;
    if (known) {
      for (const auto& [side, words] : result->views) views.all.emplace_back("Sicht: " + side, words);
    }
    views.all.emplace_back("Gemeinsame Bewertung", known && !result->assessment.empty() ? fmt::format("{} ({})", result->assessment, result->date) : std::string(not_there));
    blocks.emplace_back(std::move(views));
  }
  Table places{"Plätze der Programme", {{"Programm"}, {"Ort"}, {"Vereinbart", true}, {"Besetzt", true}, {"Stand"}}, {}};
  for (const auto& programme : basis.terms.programmes) {
    const auto name = programme.id + " " + programme.name;
    std::vector<std::string> told;
    for (const auto& one : basis.year.programmes) {
      if (one.programme != programme.id) continue;
      places.rows.push_back({{name}, {one.site}, {one.planned}, {one.occupied}, {one.as_of}});
      told.push_back(one.site);
    }
    for (const auto& one : programme.places) {
      if (std::find(told.begin(), told.end(), one.location) != told.end()) continue;
      places.rows.push_back({{name}, {one.location}, {one.count.german(), one.count.plain(), one.count.places}, {"fehlt"}, {one.from && one.as_of.size() > 4 ? "ab " + one.from->german_text() : one.as_of}});
    }
    if (programme.places.empty() && told.empty()) places.rows.push_back({{name}, {}, {"keine genannt"}, {"fehlt"}, {}});
  }
  explain_withheld(places);
  if (!places.rows.empty()) blocks.emplace_back(std::move(places));
}

}  // namespace zielwerk::papers
