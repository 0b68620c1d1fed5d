#include <algorithm>
#include <span>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "papers/parts.h"
#include "papers/words.h"

namespace zielwerk::papers {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

// "2800/1329" as people read it.
std::string readable(std::string_view fraction) {
  const auto slash = fraction.find('/');
  const auto whole = [](std::string_view text) { return base::Integer(std::string(text)); };
  const base::Exact value = slash == std::string_view::npos ? base::Exact(whole(fraction)) : base::Exact(whole(fraction.substr(0, slash)), whole(fraction.substr(slash + 1)));
  return printed(base::german_or_rounded(value, 2));
}

// The sums and means that a figure is made of, not the single facts.
void steps(const json::object& node, std::vector<std::string>& all, int depth) {
  const auto operation = text_of(node, "op");
  const auto* arguments = node.if_contains("aus");
  if (operation == "fact" || depth > 3) return;
  if (!operation.starts_with("round") && operation != "same") all.push_back(fmt::format("{} = {}", text_of(node, "text"), readable(text_of(node, "wert"))));
  if (!arguments || operation == "sum" || operation == "mean" || operation == "mean_of") return;
  for (const auto& one : arguments->as_array()) steps(one.as_object(), all, depth + 1);
}

void files(const json::value& value, std::vector<std::string>& names) {
  if (value.is_array()) {
    for (const auto& one : value.get_array()) files(one, names);
  } else if (value.is_object()) {
    for (const auto& [name, member] : value.get_object()) {
      if (name == "lieferung") {
        const auto source = text_of(member.as_object(), "quelle");
        if (!source.empty() && std::find(names.begin(), names.end(), source) == names.end()) names.push_back(source);
      } else {
        files(member, names);
      }
    }
  }
}

// Figures under or beside each other have the same decimals.
void same_places(const std::vector<Cell*>& cells, bool with_units) {
  int most = 0;
  for (const auto* cell : cells) most = std::max(most, cell->plain.empty() ? 0 : cell->places);
  for (auto* cell : cells) {
    if (cell->plain.empty()) continue;
    const auto value = base::round_half_away(base::parse_decimal(cell->plain)->exact(), most);
    *cell = {shown(value, with_units ? cell->unit : ""), value.plain(), most, cell->unit};
  }
}

// A unit in words is said once, behind what it is the unit of.
std::string in_unit(const std::string& title, const std::string& unit) { return unit.empty() || unit == "%" || unit == "€" ? title : fmt::format("{} ({})", title, unit); }

// Words of the paper without its markup: no tags, no frame of a table.
std::string words_only(std::string_view quote) {
  std::string words;
  bool tag = false, gap = false;
  for (const char c : quote) {
    if (c == '<' || c == '>') {
      tag = c == '<';
    } else if (tag) {
      continue;
    } else if (c == ' ' || c == '\n' || c == '|') {
      gap = gap || !words.empty();
      if (c == '|' && !words.empty() && !words.ends_with(" ·")) words += " ·";
    } else {
      if (gap) words += ' ';
      gap = false;
      words += c;
    }
  }
  if (words.ends_with(" ·")) words.resize(words.size() - std::string_view(" ·").size());
  return words;
}

// What a course shows to those who do not see it: from where to where, its lowest and its highest month, and the year before.
std::string course_in_words(const Row& row) {
  std::vector<const MonthPoint*> known;
  for (const auto& point : row.months) {
    if (point.value) known.push_back(&point);
  }
  if (known.empty()) return row.monthly_name + ": keine Werte.";
  const auto said = [&](const MonthPoint& point) { return fmt::format("{} im {}", level_cell(level(point.value, row.unit), row.unit).text, point.month.german_text()); };
  const auto less = [](const MonthPoint* a, const MonthPoint* b) { return *a->value < *b->value; };
  const auto [low, high] = std::minmax_element(known.begin(), known.end(), less);
  const auto& last = row.months.back();
  auto words = known.size() == 1 ? fmt::format("{}: {}", row.monthly_name, said(*known.front()))
                                 : fmt::format("{}: von {} auf {}; am niedrigsten {}, am höchsten {}", row.monthly_name, said(*known.front()), said(*known.back()), said(**low), said(**high));
  if (!last.value) words += fmt::format("; {} fehlt", last.month.german_text());
  if (const auto before = level(last.last_year, row.unit)) words += fmt::format("; ein Jahr vor {} {}", last.month.german_text(), shown(*before, row.unit));
  return words + ".";
}

std::vector<Point> one_point(const std::optional<base::Rounded>& value) { return {{value, false}}; }

}  // namespace

Chart standing_chart(const Row& row) {
  const auto& line = row.line;
  Chart chart;
  chart.title = in_unit(called(row) + ": Jahresfortschritt", row.unit);
  chart.unit = row.unit;
  chart.comparator = line.comparator.value_or("");
  const auto target = line.level_target ? level(line.level_target, row.unit) : level(line.target, row.unit);
  const auto path = level(line.path, row.unit);
  const auto actual = level(line.level, row.unit), last_year = level(line.level_last_year, row.unit);
  chart.series.push_back({Role::Actual, "Ist", one_point(actual)});
  chart.series.push_back({Role::Target, path ? "Soll bisher" : "Soll", one_point(path ? path : target)});
  if (path) chart.series.push_back({Role::LastYear, "Jahresziel", one_point(target)});
  if (last_year) chart.series.push_back({Role::LastYear, "Vorjahr", one_point(last_year)});
  chart.table = {"Jahresfortschritt in Zahlen", {{"Größe"}}, {{{row.name}}}};
  std::vector<std::string> said;
  for (const auto& series : chart.series) {
    chart.table.columns.push_back({series.name, true});
    chart.table.rows.front().push_back(level_cell(series.points.front().value, row.unit));
    said.push_back(series.name + " " + chart.table.rows.front().back().text);
  }
  chart.summary = fmt::format("{}: {}.", row.name, base::join(said, ", "));
  if (const auto distance = distance_words(line); !distance.empty()) chart.summary += fmt::format(" Das Ziel ist {}.{}", distance, line.rounding_decides ? " Die Rundung entscheidet." : "");
  return chart;
}

Chart months_chart(const Row& row) {
  Chart chart;
  chart.kind = Chart::Kind::Course;
  chart.title = in_unit(row.monthly_name + ": Verlauf", row.unit);
  chart.unit = row.unit;
  Series now{Role::Actual, "letzte zwölf Monate", {}}, before{Role::LastYear, "ein Jahr davor", {}};
  Table& table = chart.table;
  table.caption = "Die letzten zwölf Monate in Zahlen";
  table.columns.push_back({"Reihe"});
  table.rows = {{{"Wert"}}, {{"ein Jahr davor"}}};
  int provisional = 0;
  // A chart begins with its first value; what is missing before it is told below the table.
  const auto first = std::find_if(row.months.begin(), row.months.end(), [](const MonthPoint& point) { return point.value || point.last_year; });
  if (first != row.months.begin()) table.note = fmt::format("{} bis {}: fehlt.", row.months.front().month.german_text(), std::prev(first)->month.german_text());
  for (const auto& point : std::span(first, row.months.end())) {
    const auto value = level(point.value, row.unit), last_year = level(point.last_year, row.unit);
    chart.labels.push_back(short_month(point.month));
    now.points.push_back({value, point.provisional});
    before.points.push_back({last_year, false});
    provisional += point.provisional ? 1 : 0;
    table.columns.push_back({short_month(point.month), true});
    table.rows[0].push_back(level_cell(value, row.unit));
    table.rows[1].push_back(level_cell(last_year, row.unit));
  }
  std::vector<Cell*> cells;
  for (auto& one : table.rows) {
    for (auto& cell : one) cells.push_back(&cell);
  }
  same_places(cells, false);  // the unit stands in the caption
  if (!row.unit.empty()) table.caption += fmt::format(" ({})", row.unit);
  chart.summary = course_in_words(row);
  if (provisional > 0) chart.summary += fmt::format(" Die letzten {} Monate sind vorläufig.", provisional);
  const bool compared = std::any_of(before.points.begin(), before.points.end(), [](const Point& point) { return point.value.has_value(); });
  chart.series = {std::move(now)};
  if (compared) chart.series.push_back(std::move(before));
  else table.rows.pop_back();
  return chart;
}

Table year_table(const Row& row) {
  Table table{"Das Jahr Monat für Monat (Jahresfortschritt, gleiche Ladestände)", {{"Monat"}, {"Ist", true}, {"Soll", true}, {"Vorjahr", true}, {"Abstand", true}, {"Ergebnis"}}, {}};
  for (const auto& point : row.year) {
    const auto& line = point.line;
    auto distance = number_cell(line.distance, true, "");
    if (line.distance) distance.unit = line.distance_unit.value_or("");
    const auto target = line.path ? line.path : line.level_target;
    const auto actual = point.withheld ? Cell{std::string(withheld_sign)} : level_cell(level(line.level, row.unit), row.unit);
    table.rows.push_back({{point.month.german_text()}, actual, target ? level_cell(level(target, row.unit), row.unit) : Cell{}, line.level_last_year ? level_cell(level(line.level_last_year, row.unit), row.unit) : Cell{},
                          distance, {status_words(line.status)}});
  }
  for (const std::size_t column : {1U, 2U, 3U}) {
    std::vector<Cell*> cells;
    for (auto& cells_of_month : table.rows) cells.push_back(&cells_of_month[column]);
    same_places(cells, true);
  }
  drop_empty_columns(table);
  explain_withheld(table);
  return table;
}

Terms derivation_in_brief(const Row& row) {
  Terms terms;
  const auto& how = row.derivation;
  if (const auto* evidence = how.if_contains("belege"); evidence && evidence->is_array() && !evidence->get_array().empty()) {
    // Of several places the one that names the figure; the others are heads of its table.
    const auto& all = evidence->get_array();
    const auto figure = row.line.target ? report::german(row.line.target->starts_with('-') ? row.line.target->substr(1) : *row.line.target) : std::string();
    const auto names_it = std::find_if(all.begin(), all.end(), [&](const json::value& one) { return text_of(one.as_object(), "zitat").find(figure) != std::string::npos; });
    terms.all.emplace_back("Wortlaut", fmt::format("„{}“", words_only(text_of((names_it == all.end() ? all.front() : *names_it).as_object(), "zitat"))));
  }
  for (const auto& [label, name] : {std::pair("Regel", "regel"), {"Formel", "formel"}, {"Grundlage", "rechtsgrundlage"}}) {
    if (const auto text = text_of(how, name); !text.empty()) terms.all.emplace_back(label, text);
  }
  if (const auto* figures = how.if_contains("groessen"); figures && figures->is_object()) {
    if (const auto* actual = figures->get_object().if_contains("ist")) {
      std::vector<std::string> reckoned;
      steps(actual->as_object(), reckoned, 0);
      if (!reckoned.empty()) terms.all.emplace_back("Rechnung", base::join(reckoned, "; "));
    }
    std::vector<std::string> names;
    files(*figures, names);
    if (!names.empty()) terms.all.emplace_back("Lieferungen", base::join(names, ", "));
  }
  for (const auto& assumption : row.line.assumptions) terms.all.emplace_back("Annahme", assumption);
  for (const auto& remark : row.line.remarks) terms.all.emplace_back("Hinweis", remark);
  return terms;
}

}  // namespace zielwerk::papers
