// zielwerk year offer | rounds | diff | life | references | implied | cascade: the negotiation on the console.
#include <fstream>

#include <fmt/format.h>

#include "app/negotiation.h"
#include "app/references.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/speaker.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;

constexpr const char* own_calculation = "Eigene Berechnung.";

std::string shown(const std::optional<base::Exact>& value, int places, bool change) {
  if (!value) return "";
  const auto rounded = base::round_half_away(*value, places);
  return change ? rounded.german_with_sign() : rounded.german();
}

struct Offer : Named {
  app::OfferWanted wanted;
  std::vector<std::string> values;
  std::vector<std::string> reasons;
};

base::Problems pairs(const std::vector<std::string>& words, std::map<std::string, std::string>& all) {
  base::Problems problems;
  for (const auto& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0) problems.push_back({"field_invalid", fmt::format("{} passt nicht; erwartet ist ZIEL=WERT, z. B. T1=3.5.", base::quoted(word)), ""});
    else all[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return problems;
}

std::string read_document(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (!file.is_open() || file.bad()) throw base::EnvironmentError(fmt::format("Die Datei {} lässt sich nicht lesen.", path));
  return bytes;
}

void offer(Session& session, const Offer& given) {
  auto wanted = given.wanted;
  auto problems = pairs(given.values, wanted.values);
  for (auto& problem : pairs(given.reasons, wanted.reasons)) problems.push_back(std::move(problem));
  if (!problems.empty()) return session.fail(problems, WrongCall);
  if (wanted.from.find_first_of("./") != std::string::npos) wanted.document = read_document(wanted.from);
  auto workspace = session.open();
  const auto who = speaker(workspace, given.as);
  if (!who) return session.fail(who.error(), WrongCall);
  const auto done = app::make_offer(workspace, who->person(), given.agreement, wanted);
  if (!done) return session.fail(done.error());
  session.say(fmt::format("Runde {} · Vorgang {}{}", done->subject, done->number, wanted.own ? " · nur im eigenen Raum" : ""));
}

void list_rounds(Session& session, const app::SteeringFile& file) {
  Table table;
  table.title = fmt::format("Verhandlung {} · {}", file.id, steering::in_words(steering::stage(file.record, file.terms, file.agreement ? file.agreement->stored.version : 0)));
  table.columns = {{"runde", "Runde"}, {"raum", "Raum"}, {"von", "Von"}, {"am", "Am"}, {.key = "gruende", .heading = "Begründung", .if_any = true}, {.key = "hinweis", .heading = "Hinweis", .if_any = true}, {"stand", "Stand"}};
  for (const auto& round : steering::rounds(file.record)) {
    std::vector<std::string> reasons;
    for (const auto& [target, words] : round.reasons) reasons.push_back(fmt::format("{}: {}", target, words));
    const auto state = !round.shared ? "noch nicht geteilt" : round.agreed ? "geeinigt" : round.consent ? "es fehlt: " + base::join(round.missing, ", ") : "angeboten";
    table.rows.push_back({cell(round.subject), cell(round.offer->act.room), cell(fmt::format("{} ({})", round.offer->act.by, round.offer->act.side)), day_cell(round.offer->act.at), cell(base::join(reasons, "; ")),
                          cell(round.offer->text("hinweis")), cell(state)});
  }
  for (const auto& line : steering::signatures(file.record, file.terms)) {
    const auto when = base::join(std::vector<std::string>{line.place.empty() ? "ohne Ort" : line.place, line.date.empty() ? "ohne Datum" : line.date}, ", ");
    table.notes.push_back(line.counts ? fmt::format("{}: {} ({}{})", line.name, line.signer, when, line.on_paper ? "" : ", in der Akte")
                          : line.missing.empty() ? fmt::format("{}: Unterschrift fehlt", line.name)
                                                 : fmt::format("{}: {} ({}); die zweite Person fehlt: {}", line.name, line.signer, when, base::join(line.missing, ", ")));
  }
  if (table.rows.empty() && table.notes.empty()) table.notes.push_back("Noch kein Angebot.");
  session.print(table);
}

void list_annexes(Session& session, const app::SteeringFile& file) {
  Table table;
  table.title = fmt::format("Anlagen {}", file.id);
  table.columns = {{"anlage", "Anlage"}, {"titel", "Titel"}, {"art", "Art"}, {"fassung", "Fassung"}, {"pruefsumme", "Prüfsumme"}, {"von", "Von"}, {"am", "Am"}};
  for (const auto& annex : steering::annexes(file.record)) {
    for (const auto& version : annex.versions) {
      table.rows.push_back({cell(annex.subject), cell(annex.title), cell(steering::label_of("anlage", "art", annex.type)), cell(version.name), report::Cell{version.file.substr(0, 12), version.file, {}}, cell(version.by), day_cell(version.at)});
    }
  }
  for (const auto& part : steering::missing_parts(file.record, file.terms)) table.notes.push_back(fmt::format("Fehlt: „{}“ ist Bestandteil der Zielvereinbarung.", part.title));
  session.print(table);
}

void differences(Session& session, const std::vector<drafting::Difference>& all, const std::string& title) {
  Table table;
  table.title = title;
  table.columns = {{"teil", "Teil", Align::Left, true}, {"gegenstand", "Gegenstand"}, {"feld", "Feld"}, {"aenderung", "Änderung"}, {"vorher", "vorher"}, {"nachher", "nachher"}};
  for (const auto& one : all) table.rows.push_back({cell(one.clause), cell(one.subject), cell(one.field), cell(in_words(one.change)), cell(one.before), cell(one.after)});
  if (table.rows.empty()) table.notes.push_back("Keine Unterschiede.");
  session.print(table);
}

// Beside a Land's values stand those of its Jobcenter together.
base::Problem without_jobcenter(const app::SteeringFile& file) {
  return {"references_unfit", fmt::format("{} ist keine Vereinbarung eines Jobcenters; neben den Werten eines Landes steht die Summe seiner Jobcenter: zielwerk year cascade {}.", file.id, file.id), ""};
}

void references(Session& session, const app::Workspace& workspace, const app::SteeringFile& file) {
  const auto jobcenter = app::jobcenter_of(file);
  if (!jobcenter) return session.fail(without_jobcenter(file), WrongCall);
  const auto found = app::references(workspace, file.terms, *jobcenter);
  Table table;
  table.title = fmt::format("Neben dem Angebot {} · Vorjahr {} · Ladestand {}{}", file.id, found.month.text(), found.state.loaded.text(), found.peer_group.empty() ? "" : " · Vergleichstyp " + found.peer_group);
  table.columns = {{"ziel", "Nr."},
                   {.key = "kennzahl", .heading = "Kennzahl", .section = true},
                   {"vereinbart", "Angebot"},
                   {"vorjahr", "Vorjahr", Align::Decimal},
                   {"trend", "Trend", Align::Decimal},
                   {.key = "viertel1", .heading = "unteres Viertel", .align = Align::Decimal, .if_any = true},
                   {.key = "median", .heading = "Median", .align = Align::Decimal, .if_any = true},
                   {.key = "viertel3", .heading = "oberes Viertel", .align = Align::Decimal, .if_any = true},
                   {.key = "jobcenter", .heading = "Jobcenter", .align = Align::Decimal, .programs_only = true},
                   {.key = "land", .heading = "Land", .align = Align::Decimal, .if_any = true},
                   {.key = "fehlt", .heading = "Fehlt", .programs_only = true}};
  for (const auto& line : found.targets) {
    table.rows.push_back({cell(line.target), cell(line.figure), cell(line.words), cell(shown(line.last_year, 1, line.change)), cell(shown(line.trend, 2, true)), cell(shown(line.lower_quartile, 1, line.change)),
                          cell(shown(line.median, 1, line.change)), cell(shown(line.upper_quartile, 1, line.change)), cell(std::to_string(line.peers)), cell(shown(line.land, 1, line.change)), cell(base::join(line.reasons, "; "))});
    if (line.peers > 0) table.notes.push_back(fmt::format("{}: Viertel und Median aus {} Jobcenter mit Wert.", line.target, line.peers));
    if (!line.reasons.empty()) table.notes.push_back(fmt::format("{} fehlt: {}", line.target, base::join(line.reasons, "; ")));
  }
  table.notes.push_back(std::string(own_calculation) + " Trend: Gerade durch die letzten zwölf Monate, Änderung in einem Jahr.");
  session.print(table);
}

void implied(Session& session, const app::Workspace& workspace, const app::SteeringFile& file, const std::vector<std::string>& values) {
  std::map<std::string, std::string> given;
  auto problems = pairs(values, given);
  std::map<std::string, base::Decimal> typed;
  for (const auto& [target, value] : given) {
    if (const auto number = base::parse_decimal(value)) typed[target] = *number;
    else problems.push_back({"value_invalid", fmt::format("{} ist keine Zahl; erwartet ist z. B. 3.5.", base::quoted(value)), target});
  }
  if (!problems.empty()) return session.fail(problems, WrongCall);
  const auto jobcenter = app::jobcenter_of(file);
  if (!jobcenter) return session.fail(without_jobcenter(file), WrongCall);
  const auto found = app::references(workspace, file.terms, *jobcenter);
  if (!found.people) return session.fail(base::Problem{"fact_missing", fmt::format("Integrationen oder ELB für {} (Ladestand {}) fehlen.", found.month.text(), found.state.loaded.text()), ""});
  const auto result = evaluation::implied(app::offered(file.terms, typed), *found.people);
  Table table;
  table.title = fmt::format("Was das Angebot {} bedeutet · Vorjahr {} · Ladestand {}", file.id, found.month.text(), found.state.loaded.text());
  table.columns = {{"was", "Was"}, {"wert", "Wert", Align::Decimal}, {"exakt", "Exakt"}};
  const auto add = [&](const char* what, const std::optional<base::Exact>& value, int places, bool change) {
    if (value) table.rows.push_back({cell(what), cell(shown(value, places, change)), cell(base::fraction(*value))});
  };
  add("Integrationen im Vorjahr", found.people->integrations, 0, false);
  add("ELB im Mittel des Vorjahres", found.people->stock, 1, false);
  add("Integrationsquote, die das Angebot verlangt (Prozent)", result.rate, 2, false);
  add("Integrationen dafür, wenn die ELB gleich bleiben", result.at_equal_stock, 0, false);
  add("Integrationen dafür, wenn die ELB sich ändern wie zuletzt", result.at_trend, 0, false);
  add("Integrationen, die das Angebot zählt", result.integrations, 0, false);
  add("Änderung der ELB, die beide Angebote zusammen voraussetzen (Prozent)", result.stock_growth, 1, true);
  add("ELB im Mittel dazu", result.stock, 1, false);
  add("Änderung der ELB bei gleich vielen Integrationen (Prozent)", result.growth_at_equal_integrations, 1, true);
  table.notes.push_back(own_calculation);
  session.print(table);
}

void cascade(Session& session, const Named& named) {
  auto workspace = session.open();
  const auto who = speaker(workspace, named.as);
  if (!who) return session.fail(who.error(), WrongCall);
  const auto found = app::cascade(workspace, who->person(), named.agreement);
  if (!found) return session.fail(found.error(), WrongCall);
  Table table;
  table.title = fmt::format("Kaskade {} · {} Vereinbarungen · auf dem Stand {} (t-{})", found->land, found->agreements, found->month.text(), found->waiting);
  table.columns = {{"ziel", "Nr."}, {"kennzahl", "Kennzahl"}, {"land", "Land", Align::Decimal}, {"zusammen", "Zusammen", Align::Decimal}, {"luecke", "Abstand", Align::Decimal}, {"einheit", "Einheit"}, {"mit", "Mit"}, {"ohne", "Ohne"}};
  for (const auto& line : found->lines) {
    auto gap = cell(shown(line.gap, 0, true));
    if (line.gap) gap.tone = line.gap_is_good ? report::Tone::Good : report::Tone::Bad;
    table.rows.push_back({cell(line.target), cell(line.figure), cell(shown(line.agreed, 1, true)), cell(shown(line.together, 2, true)), gap, cell(line.unit), cell(std::to_string(line.agreements)), cell(base::join(line.without, "; "))});
  }
  table.notes.push_back("Eigene Berechnung: Zähler und Nenner der Jobcenter zusammengezählt, mit den Nennern des Vorjahres.");
  session.print(table);
}

}  // namespace

void add_negotiation_commands(CLI::App& app, Session& session) {
  auto* year = app.get_subcommand("year");
  const auto file_command = [&](const char* name, const char* about, const char* example, auto work) {
    auto* one = command(*year, name, about, example);
    auto named = std::make_shared<Named>();
    one->add_option("VEREINBARUNG", named->agreement, "Kennung: 33148-2021")->required();
    as_option(*one, named->as);
    with_format(*one, session);
    one->callback([&session, named, work] { with_file(session, *named, [&](auto& workspace, const auto&, const auto& file) { work(session, workspace, file); }); });
  };

  auto* one = command(*year, "offer", "Macht aus dem Vorjahr oder der letzten Runde ein Angebot: nur Werte und Gründe sind zu nennen", "zielwerk year offer 33148-2022 --value T1=3.5 --reason T1=\"weniger ELB\" --as=controlling.lippe");
  auto given = std::make_shared<Offer>();
  one->add_option("VEREINBARUNG", given->agreement, "Kennung: 33148-2022")->required();
  one->add_option("--from", given->wanted.from, "last (Vorjahr), round (letzte Runde), R2 oder eine Austauschdatei")->type_name("WOHER")->group("Optionen");
  one->add_option("--value", given->values, "ZIEL=WERT: T1=3.5")->type_name("ZIEL=WERT")->group("Optionen");
  one->add_option("--reason", given->reasons, "ZIEL=WORTE")->type_name("ZIEL=WORTE")->group("Optionen");
  one->add_option("--note", given->wanted.note, "Hinweis zur ganzen Runde")->type_name("WORTE")->group("Optionen");
  one->add_flag("--own", given->wanted.own, "Erst nur im eigenen Raum")->group("Optionen");
  as_option(*one, given->as);
  one->callback([&session, given] { offer(session, *given); });

  file_command("rounds", "Zeigt die Runden der Verhandlung, Einigung und Unterschriften", "zielwerk year rounds 33148-2022 --as=ministerium", [](auto& at, auto&, const auto& file) { list_rounds(at, file); });
  file_command("annexes", "Zeigt die Anlagen und welche fehlen", "zielwerk year annexes 33148-2021 --as=ministerium", [](auto& at, auto&, const auto& file) { list_annexes(at, file); });
  file_command("references", "Stellt neben die Angebote Vorjahr, Trend, Vergleichstyp und Land", "zielwerk year references 33148-2022 --as=ministerium", [](auto& at, auto& workspace, const auto& file) { references(at, workspace, file); });

  auto* compare = command(*year, "diff", "Vergleicht zwei Runden, oder eine Runde mit der Vereinbarung oder dem Vorjahr", "zielwerk year diff 33148-2022 R1 R2 --as=ministerium");
  auto between = std::make_shared<std::array<std::string, 4>>();
  compare->add_option("VEREINBARUNG", (*between)[0], "Kennung: 33148-2022")->required();
  compare->add_option("VORHER", (*between)[1], "R1, vereinbarung, vorjahr oder eine Kennung")->required();
  compare->add_option("NACHHER", (*between)[2], "R2, vereinbarung oder eine Kennung")->required();
  as_option(*compare, (*between)[3]);
  with_format(*compare, session);
  compare->callback([&session, between] {
    with_file(session, {(*between)[0], (*between)[3]}, [&](auto& workspace, const auto& person, const auto& file) {
      const auto found = app::compare_rounds(workspace, person, file, (*between)[1], (*between)[2]);
      if (!found) return session.fail(found.error(), WrongCall);
      differences(session, *found, fmt::format("Unterschiede {} · {} → {}", file.id, (*between)[1], (*between)[2]));
    });
  });

  auto* means = command(*year, "implied", "Sagt, welche Integrationen und welche Entwicklung der ELB ein Angebot voraussetzt", "zielwerk year implied 33148-2022 --value T1=3.5 --as=controlling.lippe");
  auto typed = std::make_shared<Offer>();
  means->add_option("VEREINBARUNG", typed->agreement, "Kennung: 33148-2022")->required();
  means->add_option("--value", typed->values, "ZIEL=WERT anstelle des vereinbarten oder angebotenen")->type_name("ZIEL=WERT")->group("Optionen");
  as_option(*means, typed->as);
  with_format(*means, session);
  means->callback([&session, typed] { with_file(session, *typed, [&](auto& workspace, const auto&, const auto& file) { implied(session, workspace, file, typed->values); }); });

  auto* sums = command(*year, "cascade", "Zählt zusammen, was die Jobcenter eines Landes vereinbart haben, und misst es am Land", "zielwerk year cascade NI-2020 --as=ministerium");
  auto land = std::make_shared<Named>();
  sums->add_option("VEREINBARUNG", land->agreement, "Vereinbarung des Landes: NI-2020")->required();
  as_option(*sums, land->as);
  with_format(*sums, session);
  sums->callback([&session, land] { cascade(session, *land); });
}

}  // namespace zielwerk::cli
