#include "report/evaluation_report.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace zielwerk::report {
namespace {

namespace json = boost::json;

std::optional<std::string> if_any(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

template <class Number, class Print>
std::optional<std::string> printed(const std::optional<Number>& number, Print print) {
  return number ? std::optional(print(*number)) : std::nullopt;
}

json::value or_null(const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); }

json::array texts(const std::vector<std::string>& all) {
  json::array array;
  for (const auto& one : all) array.emplace_back(one);
  return array;
}

std::vector<std::string> texts(const json::value& value) {
  std::vector<std::string> all;
  for (const auto& one : value.as_array()) all.emplace_back(one.as_string());
  return all;
}

std::string with_unit(const std::string& number, const std::string& unit) {
  if (unit == "PERCENT") return number + " %";
  if (unit == "PERCENTAGE_POINT") return number + " PP";
  if (unit == "EUR") return number + " €";
  return number;
}

std::string with_sign(const std::string& number, bool change) {
  const bool positive = number.front() != '-' && number.find_first_of("123456789") != std::string::npos;
  return change && positive ? "+" + number : number;
}

std::string bound_sign(const Line& line) {
  if (!line.comparator) return "";
  return *line.comparator == ">=" ? "≥ " : *line.comparator == "<=" ? "≤ " : *line.comparator + " ";
}

std::string target_cell(const Line& line, bool change) {
  if (!line.target) return "";
  return bound_sign(line) + with_unit(with_sign(german(*line.target), change), line.unit.value_or(""));
}

// In-year Soll of an agreed level, with one decimal.
Cell path_cell(const Line& line) {
  if (!line.path) return {};
  const auto value = base::parse_decimal(*line.path);
  const auto shown = value ? base::round_half_away(value->exact(), 1).german() : german(*line.path);
  return {with_unit(shown, line.unit.value_or("")), *line.path, {}};
}

std::string distance_cell(const Line& line) {
  if (!line.distance) return "";
  return with_sign(german(*line.distance), true) + " " + (line.distance_unit == "Prozentpunkte" ? "PP" : *line.distance_unit);
}

void drop_if_empty(Table& table, const std::string& key) {
  const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& one) { return one.key == key; }) - table.columns.begin();
  const auto at = static_cast<std::size_t>(column);
  if (std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return !row[at].shown.empty(); })) return;
  table.columns.erase(table.columns.begin() + column);
  for (auto& row : table.rows) row.erase(row.begin() + column);
}

std::string data_cell(const Line& line) { return fmt::format("t-{}, {}", line.waiting, line.state); }

// Long quotes of the agreement are cut for the table; explain prints them whole.
std::string shortened(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() <= 90) return text;
  auto cut = text.rfind(' ', 87);
  return text.substr(0, cut == std::string::npos ? 87 : cut) + " …";
}

}  // namespace

RowWords row_words(const domain::TargetAgreement& agreement, const std::string& id) {
  const auto goal = [&](const std::string& goal_id) {
    const auto* found = agreement.goal(goal_id);
    return found ? found->heading : std::string();
  };
  for (const auto& target : agreement.targets) {
    if (target.id == id) {
      const auto quote = target.words.empty() && !target.evidence.empty() ? target.evidence.front().quote : target.words;
      return {goal(target.goal), quote, target.scale != domain::Scale::Level && target.scale != domain::Scale::Ratio};
    }
  }
  for (const auto& observed : agreement.monitoring) {
    if (observed.id == id) return {goal(observed.goal), observed.evidence.empty() ? observed.indicator.text() : observed.evidence.front().quote, true};
  }
  for (const auto& forecast : agreement.forecasts) {
    if (forecast.id == id) return {goal(forecast.goal), "Prognose " + forecast.words, forecast.scale != domain::Scale::Level};
  }
  for (const auto& qualitative : agreement.qualitative) {
    if (qualitative.id == id) return {goal(qualitative.goal), qualitative.title, false};
  }
  for (const auto& programme : agreement.programmes) {
    if (programme.id == id) return {"Programme", programme.name, false};
  }
  return {};
}

std::string fact_sentence(const Line& line, const RowWords& words, base::Month month) {
  const auto state = base::Month::parse(line.state);
  std::vector<std::string> parts = {line.actual ? "Ist " + with_unit(with_sign(german(*line.actual), words.change), line.unit.value_or("")) : "Ist fehlt"};
  if (line.target) parts.push_back("vereinbart " + target_cell(line, words.change));
  if (line.distance) parts.push_back("Abstand " + distance_cell(line));
  return fmt::format("{} (Ladestand {}): {}.", month.german_text(), state ? state->german_text() : line.state, fmt::join(parts, ", "));
}

std::string german(const std::string& plain_number) {
  const auto point = plain_number.find('.');
  std::string whole = plain_number.substr(0, point);
  const std::size_t first = whole.starts_with('-') ? 1 : 0;
  for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > static_cast<std::ptrdiff_t>(first); at -= 3) whole.insert(static_cast<std::size_t>(at), 1, '.');
  return point == std::string::npos ? whole : whole + "," + plain_number.substr(point + 1);
}

Cell status_cell(const std::string& status) {
  std::string words = status;
  std::replace(words.begin(), words.end(), '_', ' ');
  if (status == "erreicht") return {"✓ " + words, status, Tone::Good};
  if (status == "nicht_erreicht") return {"✗ " + words, status, Tone::Bad};
  if (status == "nicht_bewertbar") return {"? " + words, status, Tone::Doubt};
  if (status == "offen") return {"○ " + words, status, Tone::Plain};
  return {"· " + words, status, Tone::Faint};
}

Line line(const evaluation::Assessment& row) {
  const auto plain = [](const base::Rounded& number) { return number.plain(); };
  Line line;
  line.id = row.id;
  line.waiting = row.waiting;
  line.state = row.state.loaded.text();
  line.state_last_year = row.state_last_year.loaded.text();
  line.status = evaluation::code(row.status);
  line.actual = printed(row.actual, plain);
  line.actual_exact = printed(row.actual_exact, base::fraction);
  line.target = printed(row.target, plain);
  line.unit = if_any(row.unit);
  line.comparator = if_any(row.comparator);
  line.level = printed(row.level, base::plain_or_rounded);
  line.level_last_year = printed(row.level_last_year, base::plain_or_rounded);
  line.level_target = printed(row.level_target, base::plain_or_rounded);
  line.distance = printed(row.distance, plain);
  line.distance_unit = if_any(row.distance_unit);
  line.path = printed(row.path, base::plain_or_rounded);
  line.rounding_decides = row.rounding_decides;
  line.reason = if_any(row.reason);
  line.assumptions = row.assumptions;
  line.remarks = row.remarks;
  return line;
}

json::object to_json(const Line& line) {
  json::object row;
  row["id"] = line.id;
  row["wartezeit"] = line.waiting;
  row["ladestand"] = line.state;
  row["ladestand_vorjahr"] = line.state_last_year;
  row["status"] = line.status;
  row["ist"] = or_null(line.actual);
  row["ist_exakt"] = or_null(line.actual_exact);
  row["soll"] = or_null(line.target);
  row["einheit"] = or_null(line.unit);
  row["vergleich"] = or_null(line.comparator);
  row["niveau"] = or_null(line.level);
  row["niveau_vorjahr"] = or_null(line.level_last_year);
  row["niveau_soll"] = or_null(line.level_target);
  row["abstand"] = or_null(line.distance);
  row["abstand_einheit"] = or_null(line.distance_unit);
  row["soll_pfad"] = or_null(line.path);
  row["rundung_entscheidet"] = line.rounding_decides;
  row["grund"] = or_null(line.reason);
  row["annahmen"] = texts(line.assumptions);
  row["hinweise"] = texts(line.remarks);
  return row;
}

Line parse_line(const std::string& text) {
  const auto value = json::parse(text);
  const auto& row = value.as_object();
  const auto maybe = [&](const char* name) {
    const auto& member = row.at(name);
    return member.is_null() ? std::nullopt : std::optional(std::string(member.as_string()));
  };
  Line line;
  line.id = row.at("id").as_string();
  line.waiting = static_cast<int>(row.at("wartezeit").as_int64());
  line.state = row.at("ladestand").as_string();
  line.state_last_year = row.at("ladestand_vorjahr").as_string();
  line.status = row.at("status").as_string();
  line.actual = maybe("ist");
  line.actual_exact = maybe("ist_exakt");
  line.target = maybe("soll");
  line.unit = maybe("einheit");
  line.comparator = maybe("vergleich");
  line.level = maybe("niveau");
  line.level_last_year = maybe("niveau_vorjahr");
  line.level_target = maybe("niveau_soll");
  line.distance = maybe("abstand");
  line.distance_unit = maybe("abstand_einheit");
  line.path = maybe("soll_pfad");
  line.rounding_decides = row.at("rundung_entscheidet").as_bool();
  line.reason = maybe("grund");
  line.assumptions = texts(row.at("annahmen"));
  line.remarks = texts(row.at("hinweise"));
  return line;
}

json::object to_json(const EvaluationReport& report) {
  const auto& head = report.head;
  json::object object;
  object["format"] = "zielwerk.evaluation/1";
  object["agreement"] = head.agreement;
  object["traeger"] = head.jobcenter.empty() ? json::value(nullptr) : json::value(head.jobcenter);
  object["jahr"] = head.year;
  object["berichtsmonat"] = head.month.text();
  object["wartezeit"] = head.waiting;
  object["wartezeit_quelle"] = evaluation::code(head.waiting_source);
  object["ladestand"] = head.state.loaded.text();
  object["ladestand_vorjahr"] = head.state_last_year.loaded.text();
  object["endgueltig"] = head.final;
  json::array rows;
  for (const auto& one : report.lines) rows.emplace_back(to_json(one));
  object["ziele"] = std::move(rows);
  return object;
}

Table table(const EvaluationReport& report, const domain::TargetAgreement& agreement, bool targets_only) {
  const auto& head = report.head;
  const char* source = head.waiting_source == evaluation::WaitingSource::Agreement ? "vereinbart"
                       : head.waiting_source == evaluation::WaitingSource::Assumed ? "angenommen"
                                                                                   : "gewählt";
  Table table;
  table.title = fmt::format("{} {}{} · Berichtsmonat {} · Wartezeit t-{} ({}) · {}", head.agreement, report.jobcenter_name,
                            head.version > 1 ? fmt::format(", Fassung {}", head.version) : "", head.month.text(), head.waiting, source,
                            head.final ? "endgültig" : "vorläufig");
  table.columns = {{"ziel", "Nr."},
                   {"zielfeld", "Ziel", Align::Left, true},
                   {"wortlaut", "Vereinbart"},
                   {"soll", "Soll", Align::Decimal},
                   {"soll_pfad", "Soll bisher", Align::Decimal},
                   {"ist", "Ist", Align::Decimal},
                   {"abstand", "Abstand", Align::Decimal},
                   {"status", "Status"},
                   {"datenbasis", "Datenbasis"}};
  for (const auto& one : report.lines) {
    if (targets_only && !one.id.starts_with("T")) continue;
    const auto about = row_words(agreement, one.id);
    const auto actual = one.actual ? with_unit(with_sign(german(*one.actual), about.change), one.unit.value_or("")) : "";
    table.rows.push_back({{one.id, {}, {}},
                          {about.goal, {}, {}},
                          {shortened(about.target), about.target, {}},
                          {target_cell(one, about.change), one.target.value_or(""), {}},
                          path_cell(one),
                          {actual, one.actual.value_or(""), {}},
                          {distance_cell(one), one.distance.value_or(""), {}},
                          status_cell(one.status),
                          {data_cell(one), {}, Tone::Faint}});
    if (!one.actual && one.reason && one.reason->find(": ") != std::string::npos && !one.reason->starts_with("not_due")) {
      table.notes.push_back(fmt::format("{}: {} [{}]", one.id, one.remarks.empty() ? "" : one.remarks.front(), *one.reason));
    }
    if (one.id.starts_with("PR")) {
      for (const auto& places : one.remarks) table.notes.push_back(fmt::format("{}: {}", one.id, places));
    }
    if (one.rounding_decides) table.notes.push_back(one.id + ": Die Rundung entscheidet.");
  }
  table.notes.insert(table.notes.end(), report.notes.begin(), report.notes.end());
  drop_if_empty(table, "soll_pfad");
  return table;
}

}  // namespace zielwerk::report
