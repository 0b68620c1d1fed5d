#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/figures.h"
#include "base/text.h"
#include "cli/session.h"
#include "report/evaluation_report.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Cell;
using report::Table;
using report::Tone;

struct Arguments {
  std::string figure;
  std::string traeger;
  std::string month;
  std::string state;
  std::string waiting;
  std::string form = "monat";
  app::PeerFilter peers;
  std::string peers_form;
};

std::optional<domain::ProviderNumber> jobcenter_of(Session& session, const std::string& text) {
  const auto number = domain::ProviderNumber::parse(text);
  if (number && domain::official_directory().find(*number)) return number;
  session.fail(base::Problem{"jobcenter_unknown", fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern.", base::quoted(text)), ""}, WrongCall);
  return std::nullopt;
}

// --ladestand, else month + --waiting, else t-3.
domain::DataState state_of(const Arguments& arguments, base::Month month) {
  if (const auto state = base::Month::parse(arguments.state)) return {*state};
  return {month + (arguments.waiting.empty() ? 3 : arguments.waiting[0] - '0')};
}

std::string unit(const indicators::Figure& figure) { return figure.shape == indicators::Shape::GapBetweenSexes ? " PP" : figure.in_percent() ? " %" : ""; }

Cell value_cell(const app::FigureValue& value, const indicators::Figure& figure) {
  if (!value.reading) return {"fehlt", "", Tone::Doubt};
  const auto rounded = base::round_half_away(value.reading->value, 1);
  const bool whole_amount = figure.shape == indicators::Shape::Amount && denominator(value.reading->value) == 1;
  if (whole_amount) return {base::german_or_rounded(value.reading->value, 0), base::plain_or_rounded(value.reading->value), {}};
  return {(figure.shown_as_change ? rounded.german_with_sign() : rounded.german()) + unit(figure), rounded.plain(), {}};
}

// Long fractions would burst the table; csv and json have them whole.
Cell fraction_cell(const app::FigureValue& value) {
  const auto whole = value.reading ? base::fraction(value.reading->value) : "";
  return {whole.size() <= 24 ? whole : "…", whole, Tone::Faint};
}

Cell number_cell(const std::optional<base::Exact>& number) {
  if (!number) return {};
  return {base::german_or_rounded(*number, 1), base::plain_or_rounded(*number), {}};
}

std::string basis(const indicators::Figure& figure) {
  return figure.paragraph.empty() ? figure.name : fmt::format("{}: {} SGB2§48aFKV („{}“), {}", figure.name, figure.paragraph, figure.words, figure.gazette);
}

void indicator(Session& session, const Arguments& arguments) {
  const auto jobcenter = jobcenter_of(session, arguments.traeger);
  if (!jobcenter) return;
  const auto month = *base::Month::parse(arguments.month);
  const auto workspace = session.open();
  const auto subject = app::find_figure(workspace, arguments.figure, month);
  if (!subject) return session.fail(subject.error(), WrongCall);
  const auto state = state_of(arguments, month);
  Table table;
  table.title = fmt::format("{} · {} {} · {} · Ladestand {} (t-{})", arguments.figure, arguments.traeger, workspace.directory().name(*jobcenter), month.german_text(), state.loaded.text(), state.loaded - month);
  table.columns = {{"form", "Form"}, {"geschlecht", ""}, {"wert", "Wert", Align::Decimal}, {"exakt", "exakt"}, {"zaehler", "Zähler", Align::Decimal}, {"nenner", "Nenner", Align::Decimal}, {"grund", "Grund"}};
  for (const auto& value : app::figure_values(workspace, *subject, subject->sex == domain::Sex::T, *jobcenter, month, state)) {
    if (!value.reading) session.exit_code = WithProblems;
    table.rows.push_back({{in_words(value.form), {}, {}},
                          {std::string(1, domain::letter(value.sex)), {}, {}},
                          value_cell(value, subject->figure),
                          fraction_cell(value),
                          number_cell(value.reading ? value.reading->above : std::nullopt),
                          number_cell(value.reading ? value.reading->below : std::nullopt),
                          {value.reason, {}, Tone::Doubt}});
  }
  table.notes.push_back(basis(subject->figure));
  session.print(table);
}

void measure_revisions(Session& session, const Arguments& arguments, const app::Workspace& workspace, domain::ProviderNumber jobcenter, base::Month month) {
  const auto parts = base::split(arguments.figure, '/');
  std::map<domain::DeliveryId, domain::Delivery> deliveries;
  for (const auto& delivery : workspace.store().deliveries()) deliveries[delivery.id] = delivery;
  Table table;
  table.title = fmt::format("Revisionen · {} · {} {} · {}", arguments.figure, arguments.traeger, workspace.directory().name(jobcenter), month.german_text());
  table.columns = {{"geschlecht", ""}, {"gruppe", "Gruppe"}, {"wartezeit", "Wartezeit"}, {"ladestand", "Ladestand"}, {"wert", "Wert", Align::Decimal}, {"aenderung", "zum Stand davor", Align::Decimal}, {"lieferung", "Lieferung"}};
  const auto history = workspace.store().read(jobcenter);
  for (const auto& [series, records] : history.all()) {
    if (series.measure != parts[0] || (parts.size() > 1 && series.group != parts[1])) continue;
    const domain::FactRecord* before = nullptr;
    for (const auto& record : records) {
      if (record.month != month) continue;
      const auto& delivery = deliveries.at(record.delivery);
      Cell change;
      if (before && !before->value.missing() && !record.value.missing()) {
        const base::Exact difference = record.value.number.exact() - before->value.number.exact();
        const char* plus = difference > 0 ? "+" : "";
        change = {plus + base::german_or_rounded(difference, 9), plus + base::plain_or_rounded(difference), {}};
      }
      table.rows.push_back({{std::string(1, domain::letter(series.sex)), {}, {}},
                            {series.group, {}, {}},
                            {fmt::format("t-{}", record.state.loaded - month), {}, {}},
                            {record.state.loaded.text(), {}, {}},
                            {record.value.mark == domain::Mark::None ? record.value.number.german() : record.value.text(), record.value.text(), {}},
                            change,
                            {fmt::format("{}{} ({}, {})", record.delivery, delivery.correction ? " Korrektur" : "", delivery.source, delivery.describe(record.place)), {}, Tone::Faint}});
      before = &record;
    }
  }
  if (table.rows.empty()) {
    table.notes.push_back("Keine Werte für diesen Monat.");
    session.exit_code = WithProblems;
  }
  session.print(table);
}

void revisions(Session& session, const Arguments& arguments) {
  const auto jobcenter = jobcenter_of(session, arguments.traeger);
  if (!jobcenter) return;
  const auto month = *base::Month::parse(arguments.month);
  const auto workspace = session.open();
  const auto measure = base::split(arguments.figure, '/').front();
  if (workspace.vocabulary().measure(measure)) return measure_revisions(session, arguments, workspace, *jobcenter, month);
  const auto subject = app::find_figure(workspace, arguments.figure, month);
  if (!subject) return session.fail(subject.error(), WrongCall);
  Table table;
  table.title = fmt::format("Revisionen · {} · {} {} · {}", arguments.figure, arguments.traeger, workspace.directory().name(*jobcenter), month.german_text());
  table.columns = {{"form", "Form"}, {"wartezeit", "Wartezeit"}, {"ladestand", "Ladestand"}, {"wert", "Wert", Align::Decimal}, {"aenderung", "zum Stand davor", Align::Decimal}, {"zaehler", "Zähler", Align::Decimal}, {"nenner", "Nenner", Align::Decimal}, {"grund", "Grund"}};
  for (const auto form : {app::FigureForm::Month, app::FigureForm::YearToDate}) {
    std::optional<base::Exact> before;
    for (const auto& value : app::figure_revisions(workspace, *subject, *jobcenter, month, form)) {
      Cell change;
      if (value.reading && before) {
        const auto difference = base::round_half_away(value.reading->value - *before, 2);
        change = {difference.german_with_sign() + (subject->figure.in_percent() ? " PP" : ""), difference.plain(), {}};
      }
      table.rows.push_back({{in_words(form), {}, {}},
                            {fmt::format("t-{}", value.state.loaded - month), {}, {}},
                            {value.state.loaded.text(), {}, {}},
                            value_cell(value, subject->figure),
                            change,
                            number_cell(value.reading ? value.reading->above : std::nullopt),
                            number_cell(value.reading ? value.reading->below : std::nullopt),
                            {value.reason, {}, Tone::Doubt}});
      if (value.reading) before = value.reading->value;
    }
  }
  table.notes.push_back(basis(subject->figure));
  session.print(table);
}

void peers(Session& session, const Arguments& arguments) {
  const auto month = *base::Month::parse(arguments.month);
  const auto workspace = session.open();
  const auto subject = app::find_figure(workspace, arguments.figure, month);
  if (!subject) return session.fail(subject.error(), WrongCall);
  auto filter = arguments.peers;
  std::transform(filter.land.begin(), filter.land.end(), filter.land.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  filter.form = domain::parse_form(arguments.peers_form);
  const auto form = arguments.form == "jahr" ? app::FigureForm::YearToDate : app::FigureForm::Month;
  const auto state = state_of(arguments, month);
  const auto compared = app::compare_peers(workspace, *subject, filter, month, state, form);
  if (!compared) return session.fail(compared.error(), WrongCall);
  Table table;
  table.title = fmt::format("{} · {} · {} · Ladestand {} (t-{})", arguments.figure, in_words(form), month.german_text(), state.loaded.text(), state.loaded - month);
  table.columns = {{"rang", "Rang", Align::Decimal}, {"traeger", "Träger"}, {"name", "Jobcenter"}, {"land", "Land"}, {"wert", "Wert", Align::Decimal}, {"zaehler", "Zähler", Align::Decimal}, {"nenner", "Nenner", Align::Decimal}, {"grund", "Grund"}};
  std::size_t without = 0;
  for (const auto& peer : compared->values) {
    if (peer.rank == 0 && session.format == "table") {
      ++without;
      continue;
    }
    const auto* jobcenter = workspace.directory().find(peer.jobcenter);
    table.rows.push_back({{peer.rank == 0 ? "" : std::to_string(peer.rank), {}, {}},
                          {peer.jobcenter.text(), {}, {}},
                          {jobcenter->name, {}, {}},
                          {jobcenter->land, {}, {}},
                          value_cell(peer.value, subject->figure),
                          number_cell(peer.value.reading ? peer.value.reading->above : std::nullopt),
                          number_cell(peer.value.reading ? peer.value.reading->below : std::nullopt),
                          {peer.value.reason, {}, Tone::Doubt}});
  }
  const auto& together = compared->together;
  const bool complete = compared->summed == static_cast<int>(compared->values.size());
  const auto sum_name = fmt::format("{} zusammen{}", filter.land.empty() ? "alle" : filter.land, complete ? "" : fmt::format(" ({} von {})", compared->summed, compared->values.size()));
  table.rows.push_back({{"", {}, {}}, {"", {}, {}}, {sum_name, {}, {}}, {filter.land, {}, {}}, value_cell(together, subject->figure),
                        number_cell(together.reading ? together.reading->above : std::nullopt), number_cell(together.reading ? together.reading->below : std::nullopt),
                        {together.reason, {}, Tone::Doubt}});
  table.notes.push_back(fmt::format("Rang 1 ist der beste von {} mit Wert; die Summenzeile ist aus summierten Zählern und Nennern gebildet, kein Durchschnitt von Quoten (eigene Berechnung).", compared->ranked));
  if (without > 0) table.notes.push_back(fmt::format("{} weitere Jobcenter haben keinen Wert (--format=csv nennt sie mit Grund).", without));
  session.print(table);
}

void state_options(CLI::App& added, const std::shared_ptr<Arguments>& arguments) {
  month_option(added, arguments->month, "--month", "Berichtsmonat")->required();
  auto* state = month_option(added, arguments->state, "--ladestand", "Ladestand, mit dem gelesen wird (Vorgabe: drei Monate nach dem Berichtsmonat)");
  waiting_option(added, arguments->waiting)->excludes(state);
}

}  // namespace

void add_figure_commands(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<Arguments>();
  const char* figure_words = "K1 … K3E4 (auch K2_F, K2_M), ein Kürzel der Vereinbarungen oder eine erklärte Kennzahl";

  auto* one = command(app, "indicator", "Zeigt eine Kennzahl eines Jobcenters mit M, F, T, Zähler und Nenner", "zielwerk indicator K2 33148 --month=2021-06 --waiting=0");
  one->add_option("KENNZAHL", arguments->figure, figure_words)->required();
  one->add_option("TRÄGER", arguments->traeger, "Trägernummer")->required();
  state_options(*one, arguments);
  with_format(*one, session);
  one->callback([&session, arguments] { indicator(session, *arguments); });

  auto* moved = command(app, "revisions", "Zeigt, wie sich eine Zahl von t-0 bis t-3 bewegt hat, Korrekturen eingeschlossen", "zielwerk revisions INT 33148 --month=2021-06\n  zielwerk revisions K2 33148 --month=2021-06");
  moved->add_option("KENNZAHL", arguments->figure, "Kennzahl oder Messgröße (ELB, ELB/LZB …)")->required();
  moved->add_option("TRÄGER", arguments->traeger, "Trägernummer")->required();
  month_option(*moved, arguments->month, "--month", "Berichtsmonat")->required();
  with_format(*moved, session);
  moved->callback([&session, arguments] { revisions(session, *arguments); });

  auto* many = command(app, "peers", "Vergleicht eine Kennzahl über Jobcenter eines Landes, einer Form oder eines Vergleichstyps", "zielwerk peers K2 --month=2020-06 --land=NW --form=zkT");
  many->add_option("KENNZAHL", arguments->figure, figure_words)->required();
  state_options(*many, arguments);
  many->add_option("--land", arguments->peers.land, "zwei Buchstaben, z. B. NW")->type_name("LAND")->group("Optionen");
  many->add_option("--form", arguments->peers_form, "gE oder zkT")
      ->check([](const std::string& text) { return domain::parse_form(text) ? std::string() : fmt::format("„{}“ gibt es nicht; erwartet ist gE oder zkT", text); })
      ->type_name("FORM")
      ->group("Optionen");
  many->add_option("--vergleichstyp", arguments->peers.peer_group, "z. B. IIc (Zuordnung: zielwerk vergleichstyp import)")->type_name("TYP")->group("Optionen");
  many->add_option("--art", arguments->form, "monat (Vorgabe) oder jahr (Jahresfortschritt)")
      ->check([](const std::string& text) { return text == "monat" || text == "jahr" ? std::string() : fmt::format("„{}“ gibt es nicht; erwartet ist monat oder jahr", text); })
      ->type_name("ART")
      ->group("Optionen");
  with_format(*many, session);
  many->callback([&session, arguments] { peers(session, *arguments); });
}

}  // namespace zielwerk::cli
