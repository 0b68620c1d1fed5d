#include <iostream>
#include <atomic>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/evaluations.h"
#include "cli/session.h"
#include "report/derivation_report.h"
#include "report/json_text.h"

namespace zielwerk::cli {
namespace {

namespace json = boost::json;
using report::Align;

struct Arguments {
  std::string id;
  bool all = false;
  std::string month;    // JJJJ-MM, MM, "all" or empty
  std::string waiting;  // 0..3, "all" or empty
  bool no_record = false;
  bool afresh = false;
  bool targets_only = false;
  int threads = 1;
};

// The CSV holds the fields of the JSON, one row a target: the same names, so that a script can change its mind.
const std::vector<report::Column>& csv_columns() {
  static const std::vector<report::Column> columns = {
      {"agreement", "", Align::Left},        {"traeger", "", Align::Decimal}, {"berichtsmonat", "", Align::Decimal}, {"endgueltig", "", Align::Left},
      {"id", "", Align::Left},               {"wartezeit", "", Align::Decimal}, {"ladestand", "", Align::Decimal},   {"ladestand_vorjahr", "", Align::Decimal},
      {"status", "", Align::Left},           {"ist", "", Align::Decimal},     {"ist_exakt", "", Align::Decimal},     {"soll", "", Align::Decimal},
      {"einheit", "", Align::Left},          {"vergleich", "", Align::Decimal}, {"niveau", "", Align::Decimal},      {"niveau_vorjahr", "", Align::Decimal},
      {"niveau_soll", "", Align::Decimal},   {"abstand", "", Align::Decimal}, {"abstand_einheit", "", Align::Left},  {"soll_pfad", "", Align::Decimal},
      {"rundung_entscheidet", "", Align::Left}, {"grund", "", Align::Left}};
  return columns;
}

void add_csv_rows(report::Table& table, const report::EvaluationReport& report) {
  for (const auto& line : report.lines) {
    const auto maybe = [](const std::optional<std::string>& text) { return report::Cell{text.value_or(""), {}, {}}; };
    table.rows.push_back({{report.head.agreement, {}, {}}, {report.head.jobcenter, {}, {}}, {report.head.month.text(), {}, {}}, {report.head.final ? "ja" : "nein", {}, {}},
                          {line.id, {}, {}}, {std::to_string(line.waiting), {}, {}}, {line.state, {}, {}}, {line.state_last_year, {}, {}}, {line.status, {}, {}},
                          maybe(line.actual), maybe(line.actual_exact), maybe(line.target), maybe(line.unit), maybe(line.comparator), maybe(line.level),
                          maybe(line.level_last_year), maybe(line.level_target), maybe(line.distance), maybe(line.distance_unit), maybe(line.path),
                          {line.rounding_decides ? "ja" : "nein", {}, {}}, maybe(line.reason)});
  }
}

bool has_unassessable_target(const report::EvaluationReport& report) {
  return std::any_of(report.lines.begin(), report.lines.end(), [](const report::Line& line) { return line.status == "nicht_bewertbar"; });
}

// The months to look at in the agreement's year: one, all twelve, or the default.
std::vector<base::Month> months_of(const app::Workspace& workspace, const app::Agreement& agreement, const Arguments& arguments,
                                   std::optional<domain::Waiting> waiting) {
  if (arguments.month.empty()) return {app::default_month(workspace, agreement, waiting)};
  if (const auto month = base::Month::parse(arguments.month)) return {*month};
  std::vector<base::Month> months;
  for (int month = 1; month <= 12; ++month) {
    if (arguments.month == "all" || std::stoi(arguments.month) == month) months.emplace_back(agreement.terms.year, month);
  }
  return months;
}

std::vector<std::optional<domain::Waiting>> waitings_of(const Arguments& arguments) {
  if (arguments.waiting.empty()) return {std::nullopt};
  if (arguments.waiting == "all") return {0, 1, 2, 3};
  return {arguments.waiting[0] - '0'};
}

// Many months of many agreements, nothing recorded: facts of a Jobcenter are read once. Agreements are shared out to threads, each with
// its own connection.
void evaluate_in_bulk(Session& session, const Arguments& arguments, const std::vector<app::Agreement>& agreements) {
  std::vector<std::vector<report::EvaluationReport>> results(agreements.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    const auto workspace = session.open();
    for (std::size_t i = next++; i < agreements.size(); i = next++) {
      const auto facts = app::facts_of(workspace, agreements[i]);
      for (const auto waiting : waitings_of(arguments)) {
        for (const auto month : months_of(workspace, agreements[i], arguments, waiting)) {
          results[i].push_back(app::evaluate_on(workspace, agreements[i], facts, {month, waiting, false, false}));
        }
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int i = 1; i < arguments.threads; ++i) threads.emplace_back(work);
  work();
  threads.clear();

  report::Table csv;
  csv.columns = csv_columns();
  json::array documents;
  for (std::size_t i = 0; i < agreements.size(); ++i) {
    for (const auto& report : results[i]) {
      if (has_unassessable_target(report)) session.exit_code = WithProblems;
      if (session.format == "csv") {
        add_csv_rows(csv, report);
      } else if (session.json()) {
        documents.emplace_back(report::to_json(report));
      } else {
        session.print(report::table(report, agreements[i].terms, arguments.targets_only));
        std::cout << "\n";
      }
    }
  }
  if (session.format == "csv") session.print(csv);
  if (session.json()) std::cout << report::json_text(documents);
}

void evaluate_recorded(Session& session, app::Workspace& workspace, const Arguments& arguments, const std::vector<app::Agreement>& agreements, bool single) {
  report::Table csv;
  csv.columns = csv_columns();
  json::array documents;
  for (const auto& agreement : agreements) {
    for (const auto waiting : waitings_of(arguments)) {
      for (const auto month : months_of(workspace, agreement, arguments, waiting)) {
        const auto evaluated = app::evaluate(workspace, agreement.stored.id, {month, waiting, !arguments.no_record, !arguments.afresh});
        if (!evaluated) return session.fail(evaluated.error(), WrongCall);
        const auto& report = evaluated->report;
        if (has_unassessable_target(report)) session.exit_code = WithProblems;
        if (session.format == "csv") {
          add_csv_rows(csv, report);
        } else if (session.json()) {
          documents.emplace_back(report::to_json(report));
        } else {
          session.print(report::table(report, evaluated->terms, arguments.targets_only));
          if (!single) std::cout << "\n";
        }
      }
    }
  }
  if (session.format == "csv") session.print(csv);
  if (session.json()) std::cout << report::json_text(single && documents.size() == 1 ? documents.front() : json::value(documents));
}

void evaluate(Session& session, const Arguments& arguments) {
  auto workspace = session.open();
  std::vector<app::Agreement> agreements;
  if (arguments.all) {
    agreements = app::all_agreements(workspace);
    const auto month = base::Month::parse(arguments.month);
    std::erase_if(agreements, [&](const app::Agreement& agreement) { return month && agreement.terms.year != month->year(); });
    if (agreements.empty()) {
      return session.fail(base::Problem{"agreement_unknown", month ? fmt::format("Für {} gibt es keine Vereinbarung.", month->year()) : "Es ist noch keine Vereinbarung eingelesen.", ""}, WrongCall);
    }
  } else {
    if (arguments.id.empty()) return session.fail(base::Problem{"call_invalid", "Es fehlt die Vereinbarung, z. B. „zielwerk evaluate 33148-2021“, oder --all.", ""}, WrongCall);
    auto agreement = app::find_agreement(workspace, arguments.id);
    if (!agreement) return session.fail(agreement.error(), WrongCall);
    agreements.push_back(std::move(*agreement));
  }
  if (arguments.all && arguments.no_record) return evaluate_in_bulk(session, arguments, agreements);
  evaluate_recorded(session, workspace, arguments, agreements, !arguments.all);
}

void explain(Session& session, const Arguments& arguments, const std::string& target) {
  if (arguments.month == "all" || arguments.waiting == "all" || session.format == "csv") {
    return session.fail(base::Problem{"call_invalid", "Eine Herleitung gilt für einen Monat und eine Wartezeit und wird als Text (table) oder JSON ausgegeben.", ""}, WrongCall);
  }
  auto workspace = session.open();
  auto agreement = app::find_agreement(workspace, arguments.id);
  if (!agreement) return session.fail(agreement.error(), WrongCall);
  const auto waiting = waitings_of(arguments).front();
  const auto month = months_of(workspace, *agreement, arguments, waiting).front();
  const auto derivation = app::explain(workspace, arguments.id, target, {month, waiting, false, !arguments.afresh});
  if (!derivation) return session.fail(derivation.error(), WrongCall);
  std::cout << (session.json() ? report::json_text(*derivation) : report::derivation_text(*derivation, session.style()));
  if (derivation->at("ergebnis").at("status") == "nicht_bewertbar") session.exit_code = WithProblems;
}

std::string check_month(const std::string& text) {
  const bool month_only = text.size() <= 2 && !text.empty() && text.find_first_not_of("0123456789") == std::string::npos && std::stoi(text) >= 1 && std::stoi(text) <= 12;
  if (text == "all" || month_only || base::Month::parse(text)) return {};
  return fmt::format("„{}“ ist kein Monat; erwartet ist JJJJ-MM, eine Monatszahl 1 bis 12 (des Jahres der Vereinbarung) oder all", text);
}

std::string check_waiting(const std::string& text) {
  if (text == "all" || (text.size() == 1 && text[0] >= '0' && text[0] <= '3')) return {};
  return fmt::format("„{}“ ist keine Wartezeit; erwartet ist 0, 1, 2, 3 oder all", text);
}

void shared_options(CLI::App& added, Session& session, const std::shared_ptr<Arguments>& arguments) {
  added.add_option("--month", arguments->month, "Berichtsmonat JJJJ-MM, oder 1 bis 12 im Jahr der Vereinbarung, oder all (Vorgabe: der letzte, für den Zahlen da sind)")->check(check_month)->type_name("MONAT")->group("Optionen");
  added.add_option("--waiting", arguments->waiting, "Wartezeit 0 bis 3 oder all (Vorgabe: die der Vereinbarung, sonst 3 als Annahme)")->check(check_waiting)->type_name("0..3")->group("Optionen");
  added.add_flag("--afresh", arguments->afresh, "Rechnet mit dem heutigen Datenbestand, auch wenn schon ein Urteil festgehalten ist")->group("Optionen");
  with_format(added, session);
}

}  // namespace

void add_evaluation_commands(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<Arguments>();
  auto* judge = command(app, "evaluate", "Bewertet die Ziele einer Vereinbarung (oder aller) für einen Monat", "zielwerk evaluate 33148-2021 --month=2021-06 --waiting=0");
  auto* one = judge->add_option("VEREINBARUNG", arguments->id, "z. B. 33148-2021");
  judge->add_flag("--all", arguments->all, "Alle Vereinbarungen; --month=12 nimmt Dezember des jeweiligen Jahres")->excludes(one)->group("Optionen");
  judge->add_flag("--targets-only", arguments->targets_only, "Zeigt in der Tabelle nur die Zielwerte")->group("Optionen");
  judge->add_flag("--no-record", arguments->no_record, "Rechnet nur, hält keine Urteile fest")->group("Optionen");
  judge->add_option("--threads", arguments->threads, "Rechenkerne für --all --no-record")
      ->check([](const std::string& text) {
        const bool valid = !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string::npos && std::stoi(text) >= 1 && std::stoi(text) <= 64;
        return valid ? std::string() : fmt::format("„{}“ ist keine Zahl von 1 bis 64", text);
      })
      ->type_name("N")->group("Optionen");
  shared_options(*judge, session, arguments);
  judge->callback([&session, arguments] { evaluate(session, *arguments); });

  auto target = std::make_shared<std::string>();
  auto* why = command(app, "explain", "Zeigt die ganze Herleitung eines Ziels: Wortlaut, Regel, Formel, Paragraf, jede Zahl mit Ladestand und Lieferung",
                      "zielwerk explain 33148-2021 T1 --month=2021-06");
  why->add_option("VEREINBARUNG", arguments->id, "z. B. 33148-2021")->required();
  why->add_option("ZIEL", *target, "z. B. T1")->required();
  shared_options(*why, session, arguments);
  why->callback([&session, arguments, target] { explain(session, *arguments, *target); });
}

}  // namespace zielwerk::cli
