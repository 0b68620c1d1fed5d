#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/facts.h"
#include "app/upkeep.h"
#include "base/text.h"
#include "cli/session.h"
#include "report/evaluation_report.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;
using report::Tone;

constexpr std::size_t shown_remarks = 20;

struct Filter {
  std::string traeger;
  std::string from;
  std::string to;
  std::string state;
  std::string measure;
  std::string group;
  std::string sex;
  bool group_given = false;
};

// nullopt after a problem was reported.
std::optional<app::FactFilter> filter_of(Session& session, const Filter& words) {
  app::FactFilter filter;
  if (!words.traeger.empty()) {
    filter.jobcenter = domain::ProviderNumber::parse(words.traeger);
    if (!filter.jobcenter || !domain::official_directory().find(*filter.jobcenter)) {
      session.fail(base::Problem{"jobcenter_unknown", fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern.", base::quoted(words.traeger)), ""}, WrongCall);
      return std::nullopt;
    }
  }
  filter.from = base::Month::parse(words.from);
  filter.to = base::Month::parse(words.to);
  filter.state = base::Month::parse(words.state);
  if (!words.measure.empty()) {
    const auto workspace = session.open();
    if (!workspace.vocabulary().measure(words.measure)) {
      session.fail(base::Problem{"measure_unknown", fmt::format("Die Messgröße {} ist nicht bekannt; „zielwerk declare list“ zeigt alle.", base::quoted(words.measure)), ""}, WrongCall);
      return std::nullopt;
    }
    filter.measure = words.measure;
  }
  if (words.group_given) filter.group = words.group;
  if (!words.sex.empty()) filter.sex = domain::parse_sex(words.sex);
  return filter;
}

void filter_options(CLI::App& added, const std::shared_ptr<Filter>& filter) {
  month_option(added, filter->from, "--from", "erster Berichtsmonat");
  month_option(added, filter->to, "--to", "letzter Berichtsmonat");
  month_option(added, filter->state, "--ladestand", "nur dieser Ladestand");
  added.add_option("--messgroesse", filter->measure, "z. B. ELB")->type_name("KÜRZEL")->group("Optionen");
  added.add_option("--gruppe", filter->group, "z. B. LZB")->type_name("KÜRZEL")->group("Optionen")->each([filter](const std::string&) { filter->group_given = true; });
  added.add_option("--geschlecht", filter->sex, "T, M oder F")
      ->check([](const std::string& text) { return domain::parse_sex(text) ? std::string() : fmt::format("„{}“ ist kein Geschlecht; erwartet ist T, M oder F", text); })
      ->type_name("T|M|F")
      ->group("Optionen");
}

void say_remarks(const base::Problems& remarks) {
  for (std::size_t i = 0; i < remarks.size() && i < shown_remarks; ++i) {
    std::cerr << "Hinweis: " << (remarks[i].where.empty() ? "" : remarks[i].where + ": ") << remarks[i].message << " [" << remarks[i].code << "]\n";
  }
  if (remarks.size() > shown_remarks) std::cerr << fmt::format("Hinweis: … und {} weitere.\n", remarks.size() - shown_remarks);
}

void import_file(Session& session, const app::ImportFacts& request) {
  auto workspace = session.open();
  const auto imported = app::import_facts(workspace, request, session.progress("Einlesen"));
  if (!imported) {
    session.fail(imported.error());
    std::cerr << "Nichts gespeichert: eine Datei wird ganz oder gar nicht übernommen.\n";
    return;
  }
  if (!imported->taken.refused.empty()) session.fail(imported->taken.refused);
  say_remarks(imported->remarks);
  const auto& taken = imported->taken;
  const auto count = [](std::uint64_t number) { return report::Cell{base::Decimal{static_cast<std::int64_t>(number), 0}.german(), std::to_string(number), {}}; };
  Table table;
  table.title = taken.already_known ? fmt::format("{}: schon als Lieferung {} bekannt, nichts geändert", request.file.filename().string(), taken.delivery.id)
                : request.check     ? fmt::format("{}: Probelauf, nichts gespeichert", request.file.filename().string())
                                    : fmt::format("{}: übernommen als Lieferung {}", request.file.filename().string(), taken.delivery.id);
  table.columns = {{"datei", "Datei"}, {"lieferung", "Lieferung", Align::Decimal}, {"neu", "neu", Align::Decimal}};
  std::vector<report::Cell> row = {{request.file.filename().string(), {}, {}}, {request.check && !taken.already_known ? "–" : std::to_string(taken.delivery.id), {}, {}}, count(taken.added)};
  if (request.check) {
    table.columns.push_back({"neuer_stand", "davon neuer Stand", Align::Decimal});
    row.push_back(count(taken.revised));
  }
  table.columns.insert(table.columns.end(), {{"bekannt", "schon bekannt", Align::Decimal}, {"berichtigt", "berichtigt", Align::Decimal}, {"verweigert", "verweigert", Align::Decimal}, {"ohne_wert", "ohne Wert (* x .)", Align::Decimal}});
  row.insert(row.end(), {count(taken.known), count(taken.corrected), count(taken.refused.size()), count(taken.withheld)});
  table.rows.push_back(std::move(row));
  session.print(table);
}

void print_as_json(const app::Workspace& workspace, const app::FactFilter& filter, std::ostream& out) {
  Table table;
  table.columns = {{"traeger", ""}, {"berichtsmonat", ""}, {"ladestand", ""}, {"messgroesse", ""}, {"geschlecht", ""}, {"gruppe", ""}, {"wert", ""}};
  app::for_each_valid_fact(workspace, filter, [&](domain::ProviderNumber jobcenter, const domain::SeriesKey& series, const domain::FactRecord& record) {
    table.rows.push_back({{jobcenter.text(), {}, {}}, {record.month.text(), {}, {}}, {record.state.loaded.text(), {}, {}}, {series.measure, {}, {}},
                          {std::string(1, domain::letter(series.sex)), {}, {}}, {series.group, {}, {}}, {record.value.text(), {}, {}}});
  });
  out << report::as_json(table);
}

void export_file(Session& session, const Filter& words, const std::string& out) {
  const auto filter = filter_of(session, words);
  if (!filter) return;
  const auto workspace = session.open();
  const auto write = [&](std::ostream& to) {
    if (session.json()) return print_as_json(workspace, *filter, to);
    app::export_facts(workspace, *filter, to);
  };
  if (out.empty()) return write(std::cout);
  std::ofstream file(out, std::ios::binary);
  write(file);
  file.flush();
  if (!file) throw base::EnvironmentError(fmt::format("Die Datei {} kann nicht geschrieben werden.", out));
}

void show(Session& session, const Filter& words) {
  const auto filter = filter_of(session, words);
  if (!filter) return;
  const auto workspace = session.open();
  std::map<domain::DeliveryId, domain::Delivery> deliveries;
  for (auto& delivery : workspace.store().deliveries()) deliveries[delivery.id] = delivery;
  Table table;
  table.title = fmt::format("Zahlen · {} {}", words.traeger, workspace.directory().name(*filter->jobcenter));
  table.columns = {{"messgroesse", "Größe"}, {"geschlecht", ""}, {"gruppe", "Gruppe"}, {"berichtsmonat", "Monat"}, {"ladestand", "Ladestand"}, {"wert", "Wert", Align::Decimal}, {"lieferung", "Lieferung", Align::Decimal}, {"stelle", "Stelle"}};
  app::for_each_fact(workspace, *filter, [&](domain::ProviderNumber, const domain::SeriesKey& series, const domain::FactRecord& record) {
    const auto& delivery = deliveries.at(record.delivery);
    const auto value = record.value.mark == domain::Mark::None ? record.value.number.german() : record.value.text();
    table.rows.push_back({{series.measure, {}, {}},
                          {std::string(1, domain::letter(series.sex)), {}, {}},
                          {series.group, {}, {}},
                          {record.month.text(), {}, {}},
                          {fmt::format("{} (t-{})", record.state.loaded.text(), record.state.loaded - record.month), record.state.loaded.text(), {}},
                          {value, record.value.text(), {}},
                          {std::to_string(record.delivery), {}, {}},
                          {delivery.source + ", " + delivery.describe(record.place), {}, Tone::Faint}});
  });
  if (table.rows.empty()) table.notes.push_back("Keine Zahlen für diese Auswahl.");
  session.print(table);
}

void states(Session& session, const Filter& words) {
  const auto filter = filter_of(session, words);
  if (!filter) return;
  const auto workspace = session.open();
  const auto history = workspace.store().read(*filter->jobcenter);
  Table table;
  table.title = fmt::format("Ladestände · {} {}", words.traeger, workspace.directory().name(*filter->jobcenter));
  table.columns = {{"messgroesse", "Größe"}, {"geschlecht", ""}, {"gruppe", "Gruppe"}, {"berichtsmonate", "Berichtsmonate"}, {"ladestaende", "Ladestände"}, {"anzahl", "Stände", Align::Decimal}, {"werte", "Werte", Align::Decimal}, {"luecken", "Lücken"}};
  for (const auto& [series, all] : history.all()) {
    if (!filter->matches(series)) continue;
    std::vector<domain::FactRecord> records;
    std::set<base::Month> kept;
    std::set<base::Month> months;
    for (const auto& record : all) {
      if (!filter->matches(record)) continue;
      records.push_back(record);
      kept.insert(record.state.loaded);
      months.insert(record.month);
    }
    if (records.empty()) continue;
    std::vector<std::string> gaps;
    for (auto month = *kept.begin(); month <= *kept.rbegin(); month = month + 1) {
      if (!kept.contains(month)) gaps.push_back("Ladestand " + month.text());
    }
    for (auto month = *months.begin(); month <= *months.rbegin(); month = month + 1) {
      if (!months.contains(month)) gaps.push_back("Berichtsmonat " + month.text());
    }
    table.rows.push_back({{series.measure, {}, {}}, {std::string(1, domain::letter(series.sex)), {}, {}}, {series.group, {}, {}},
                          {records.front().month.text() + " … " + records.back().month.text(), {}, {}},
                          {kept.begin()->text() + " … " + kept.rbegin()->text(), {}, {}},
                          {std::to_string(kept.size()), {}, {}},
                          {std::to_string(records.size()), {}, {}},
                          {gaps.empty() ? "keine" : base::join(gaps, ", "), {}, gaps.empty() ? Tone::Plain : Tone::Doubt}});
  }
  if (table.rows.empty()) table.notes.push_back("Keine Zahlen für dieses Jobcenter.");
  session.print(table);
}

void deliveries(Session& session) {
  const auto workspace = session.open();
  Table table;
  table.title = "Lieferungen";
  table.columns = {{"nr", "Nr.", Align::Decimal}, {"quelle", "Quelle"}, {"eingang", "Eingang"}, {"art", "Art"}, {"werte", "Werte", Align::Decimal}, {"ladestaende", "Ladestände"}, {"sha256", "SHA-256"}, {"bemerkung", "Bemerkung"}};
  for (const auto& delivery : workspace.store().deliveries()) {
    table.rows.push_back({{std::to_string(delivery.id), {}, {}}, {delivery.source, {}, {}}, {delivery.received_at, {}, {}},
                          {delivery.correction ? "Korrektur" : "Lieferung", {}, {}},
                          {base::Decimal{static_cast<std::int64_t>(delivery.facts), 0}.german(), std::to_string(delivery.facts), {}},
                          {delivery.first_state.text() + " … " + delivery.last_state.text(), {}, {}},
                          {delivery.sha256.substr(0, 12), delivery.sha256, Tone::Faint},
                          {delivery.note, {}, {}}});
  }
  session.print(table);
}

void printed(Session& session, const std::string& file) {
  const auto figures = app::printed_figures(file);
  if (!figures) return session.fail(figures.error());
  Table table;
  table.title = "Gedruckte Zahlen, nachgerechnet";
  table.columns = {{"quelle", "Quelle"}, {"groesse", "Größe"}, {"gedruckt", "gedruckt", Align::Decimal}, {"nachgerechnet", "nachgerechnet", Align::Decimal}, {"ergebnis", "Ergebnis"}};
  for (const auto& figure : *figures) {
    const bool stated = figure.recomputed.empty();
    if (!stated && !figure.agrees) session.exit_code = WithProblems;
    table.rows.push_back({{figure.source, {}, Tone::Faint}, {figure.what, {}, {}}, {figure.printed, {}, {}}, {figure.recomputed, {}, {}},
                          stated ? report::Cell{"· wie angegeben", "angegeben", Tone::Faint}
                          : figure.agrees ? report::Cell{"✓ wie gedruckt", "gleich", Tone::Good} : report::Cell{"✗ anders", "anders", Tone::Bad}});
  }
  table.notes.push_back("Wie angegeben: die Grundzahlen sind nicht gedruckt, nachrechnen geht nicht.");
  session.print(table);
}

}  // namespace

void add_fact_commands(CLI::App& app, Session& session) {
  auto* facts = command(app, "facts", "Zahlen: einlesen, ausgeben, zeigen, was wann bekannt war", "zielwerk facts import zahlen.csv --check");
  facts->require_subcommand(1);

  auto request = std::make_shared<app::ImportFacts>();
  auto file = std::make_shared<std::string>();
  auto profile = std::make_shared<std::string>();
  auto* take = command(*facts, "import", "Übernimmt eine Datei ganz oder gar nicht (CSV; Excel mit --profile)",
                       "zielwerk facts import demo/zahlen_erfunden_33148.csv --check\n  zielwerk facts import mappe.xlsx --profile=profiles/ba_kennzahlen.toml");
  take->add_option("DATEI", *file, "CSV im Austauschformat oder Excel-Mappe")->required();
  take->add_flag("--check", request->check, "Probelauf: zeigt, was neu, geändert oder verweigert wäre")->group("Optionen");
  take->add_flag("--korrektur", request->correction, "Amtliche Korrektur: bekannte Werte dürfen neu gesetzt werden, der alte bleibt lesbar")->group("Optionen");
  take->add_option("--profile", *profile, "Layoutprofil für Excel-Mappen")->type_name("DATEI")->group("Optionen");
  take->add_option("--note", request->note, "Bemerkung zur Lieferung")->type_name("TEXT")->group("Optionen");
  with_format(*take, session);
  take->callback([&session, request, file, profile] {
    request->file = *file;
    if (!profile->empty()) request->profile = *profile;
    import_file(session, *request);
  });

  auto filter = std::make_shared<Filter>();
  auto out = std::make_shared<std::string>();
  auto* give = command(*facts, "export", "Gibt Zahlen im Austauschformat (CSV) aus", "zielwerk facts export --traeger=33148 --from=2021-01 --out=lippe.csv");
  give->add_option("--traeger", filter->traeger, "nur dieses Jobcenter")->type_name("NNNNN")->group("Optionen");
  give->add_option("--out", *out, "Datei (Vorgabe: Standardausgabe)")->type_name("DATEI")->group("Optionen");
  filter_options(*give, filter);
  with_format(*give, session);
  give->callback([&session, filter, out] { export_file(session, *filter, *out); });

  auto* look = command(*facts, "show", "Zeigt Zahlen eines Jobcenters mit Ladestand, Lieferung und Stelle", "zielwerk facts show 33148 --messgroesse=INT --geschlecht=T --from=2021-01 --to=2021-03");
  look->add_option("TRÄGER", filter->traeger, "Trägernummer")->required();
  filter_options(*look, filter);
  with_format(*look, session);
  look->callback([&session, filter] { show(session, *filter); });

  auto* kept = command(*facts, "ladestaende", "Zeigt je Reihe, welche Ladestände vorliegen und welche fehlen", "zielwerk facts ladestaende 33148 --messgroesse=ELB");
  kept->add_option("TRÄGER", filter->traeger, "Trägernummer")->required();
  filter_options(*kept, filter);
  with_format(*kept, session);
  kept->callback([&session, filter] { states(session, *filter); });

  auto* list = command(*facts, "deliveries", "Zeigt alle Lieferungen", "zielwerk facts deliveries");
  with_format(*list, session);
  list->callback([&session] { deliveries(session); });

  auto* recompute = command(*facts, "printed", "Rechnet gedruckte Zahlen nach, soweit ihre Grundzahlen gedruckt sind", "zielwerk facts printed demo/gedruckt.csv");
  recompute->add_option("DATEI", *file, "Tabelle gedruckter Zahlen (docs/formats/gedruckt.md)")->required();
  with_format(*recompute, session);
  recompute->callback([&session, file] { printed(session, *file); });
}

}  // namespace zielwerk::cli
