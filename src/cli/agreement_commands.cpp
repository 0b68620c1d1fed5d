#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "app/agreements.h"
#include "app/paper_text.h"
#include "base/text.h"
#include "cli/session.h"
#include "report/review_tables.h"

namespace zielwerk::cli {
namespace {

using report::Align;
using report::Table;
using report::Tone;

std::string party_name(const domain::TargetAgreement& terms) {
  for (const auto& party : terms.parties) {
    if (party.role == "ZKT" || party.role == "JOBCENTER_GE") return party.name;
  }
  return terms.parties.empty() ? "" : terms.parties.front().name;
}

void import_file(Session& session, const std::string& file, const std::string& traeger, const std::string& paper) {
  auto workspace = session.open();
  const auto imported = app::import_agreement(workspace, file, traeger.empty() ? std::nullopt : std::optional(traeger));
  if (!imported) return session.fail(imported.error(), imported.error().front().code == "jobcenter_unknown" ? WrongCall : WithProblems);
  if (!paper.empty()) {
    const auto kept = app::keep_paper(workspace, imported->id, paper);
    if (!kept) session.fail(kept.error());
  }
  Table table;
  table.columns = {{"id", "Vereinbarung"}, {"fassung", "Fassung", Align::Decimal}, {"ergebnis", "Ergebnis"}};
  table.rows = {{{imported->id, {}, {}}, {std::to_string(imported->version), {}, {}}, {imported->already_known ? "schon bekannt, nichts geändert" : "übernommen", {}, {}}}};
  session.print(table);
  if (!imported->remark.empty()) std::cerr << "Hinweis: " << imported->remark << "\n";
  if (imported->already_known) return;
  const auto findings = app::check_agreement(workspace, imported->id);
  if (!findings->empty()) session.say(fmt::format("{} Befunde der Prüfung: zielwerk agreement check {}", findings->size(), imported->id));
}

void list(Session& session) {
  const auto workspace = session.open();
  Table table;
  table.title = "Vereinbarungen";
  table.columns = {{"id", "Vereinbarung"}, {"fassung", "Fassung", Align::Decimal}, {"art", "Art"}, {"land", "Land"}, {"partei", "Partei"},
                   {"jahr", "Jahr"},       {"ziele", "Ziele", Align::Decimal},     {"wartezeit", "Wartezeit"}, {"quelle", "Datei"}};
  for (const auto& agreement : app::all_agreements(workspace)) {
    const auto& terms = agreement.terms;
    table.rows.push_back({{agreement.stored.id, {}, {}},
                          {std::to_string(agreement.stored.version), {}, {}},
                          {terms.kind, {}, {}},
                          {terms.state, {}, {}},
                          {party_name(terms), {}, {}},
                          {std::to_string(terms.year), {}, {}},
                          {std::to_string(terms.targets.size()), {}, {}},
                          {terms.waiting ? fmt::format("t-{}", *terms.waiting) : "nicht genannt", {}, terms.waiting ? Tone::Plain : Tone::Doubt},
                          {agreement.stored.source, {}, Tone::Faint}});
  }
  if (table.rows.empty()) table.notes.push_back("Noch keine Vereinbarung; „zielwerk agreement import DATEI.json“ liest eine ein.");
  session.print(table);
}

std::string value_words(const domain::Target& target) {
  const auto value = base::round_half_away(target.value.exact(), target.places());
  const bool change = target.scale != domain::Scale::Level;
  const char* unit = target.unit == "PERCENT" ? " %" : target.unit == "PERCENTAGE_POINT" ? " Prozentpunkte" : target.unit == "EUR" ? " €" : "";
  return fmt::format("{} {}{}", in_words(target.bound), change ? value.german_with_sign() : value.german(), unit);
}

void show(Session& session, const std::string& id) {
  const auto workspace = session.open();
  const auto agreement = app::find_agreement(workspace, id);
  if (!agreement) return session.fail(agreement.error(), WrongCall);
  const auto& terms = agreement->terms;
  Table table;
  table.title = fmt::format("{} · {}", id, terms.title);
  table.columns = {{"id", "Nr."}, {"art", "Art"}, {"groesse", "Größe"}, {"wert", "Wert"}, {"wortlaut", "Wortlaut"}, {"zeile", "Zeile", Align::Decimal}};
  const auto line_of = [](const std::vector<domain::Evidence>& evidence) { return evidence.empty() ? "" : std::to_string(evidence.front().line); };
  const auto quote_of = [](const std::vector<domain::Evidence>& evidence) {
    // The last piece holds the value where the first is the head of a table.
    auto quote = evidence.empty() ? std::string() : evidence.front().quote.starts_with("|") ? evidence.back().quote : evidence.front().quote;
    std::replace(quote.begin(), quote.end(), '\n', ' ');
    return quote;
  };
  const auto add = [&](const std::string& row, const std::string& kind, const std::string& what, const std::string& value, const std::vector<domain::Evidence>& evidence) {
    table.rows.push_back({{row, {}, {}}, {kind, {}, {}}, {what, {}, {}}, {value, {}, {}}, {quote_of(evidence), {}, Tone::Faint}, {line_of(evidence), {}, {}}});
  };
  for (const auto& target : terms.targets) add(target.id, "Ziel", target.indicator.text(), value_words(target), target.evidence);
  for (const auto& one : terms.monitoring) add(one.id, "Monitoring", one.indicator.text(), "", one.evidence);
  for (const auto& one : terms.forecasts) add(one.id, "Prognose", one.indicator.text(), one.words, one.evidence);
  for (const auto& one : terms.qualitative) add(one.id, "qualitativ", one.title, fmt::format("{} Kriterien", one.criteria.size()), one.evidence);
  for (const auto& one : terms.programmes) add(one.id, "Programm", one.name, one.until.empty() ? "" : "bis " + one.until, one.evidence);
  for (const auto& party : terms.parties) table.notes.push_back(fmt::format("{} {}: {}", party.id, party.role, party.name));
  if (const auto& confirmed = agreement->stored.confirmation) {
    const auto changes = confirmed->corrections.size();
    table.notes.push_back(fmt::format("Vom Programm gelesen, bestätigt von {} am {}; {}", confirmed->by, agreement->stored.recorded_at.substr(0, 10),
                                      changes == 0 ? "ohne Änderung" : fmt::format("{} Änderungen: zielwerk agreement corrections {}", changes, id)));
  }
  for (const auto& budget : terms.budgets) table.notes.push_back(fmt::format("{}: {} ({} €)", budget.id, budget.title, budget.amount.german()));
  session.print(table);
}

void export_document(Session& session, const std::string& id, int version, const std::string& out) {
  if (session.format == "csv") return session.fail(base::Problem{"format_invalid", "Eine Vereinbarung wird als JSON ausgegeben; eine Tabelle zeigt „agreement show“.", ""}, WrongCall);
  const auto workspace = session.open();
  const auto agreement = app::find_agreement(workspace, id, version == 0 ? std::nullopt : std::optional(version));
  if (!agreement) return session.fail(agreement.error(), WrongCall);
  if (out.empty()) {
    std::cout << agreement->stored.document;
    return;
  }
  std::ofstream file(out, std::ios::binary);
  file << agreement->stored.document << std::flush;
  if (!file) throw base::EnvironmentError(fmt::format("Die Datei {} kann nicht geschrieben werden.", out));
}

void check(Session& session, const std::string& id_or_file) {
  const auto workspace = session.open_for({id_or_file});
  const auto findings = app::check_agreement(workspace, id_or_file);
  if (!findings) return session.fail(findings.error());
  session.print(report::findings_table(id_or_file, *findings));
}

}  // namespace

void add_agreement_commands(CLI::App& app, Session& session) {
  auto* agreement = command(app, "agreement", "Vereinbarungen: einlesen, zeigen, prüfen, ausgeben", "zielwerk agreement list");
  agreement->require_subcommand(1);

  auto paper = std::make_shared<std::string>();
  auto* take = command(*agreement, "import", "Liest eine Vereinbarung im Austauschformat ein", "zielwerk agreement import agreements/lippe_2021.json");
  auto file = std::make_shared<std::string>();
  auto traeger = std::make_shared<std::string>();
  take->add_option("DATEI", *file, "Austauschdatei (JSON)")->required();
  take->add_option("--traeger", *traeger, "Trägernummer, wenn sie aus dem Namen nicht eindeutig folgt")->type_name("NNNNN")->group("Optionen");
  with_format(*take, session);
  take->add_option("--paper", *paper, "das Papier, aus dem sie erfasst ist; dann zeigen die Seiten den Satz in seinem Text")->type_name("DATEI")->group("Optionen");
  take->callback([&session, file, traeger, paper] { import_file(session, *file, *traeger, *paper); });

  auto* all = command(*agreement, "list", "Zeigt alle Vereinbarungen", "zielwerk agreement list --format=csv");
  with_format(*all, session);
  all->callback([&session] { list(session); });

  auto* one = command(*agreement, "show", "Zeigt Ziele, Monitoring, Prognosen und Programme mit Wortlaut", "zielwerk agreement show 33148-2021");
  auto id = std::make_shared<std::string>();
  one->add_option("VEREINBARUNG", *id, "z. B. 33148-2021")->required();
  with_format(*one, session);
  one->callback([&session, id] { show(session, *id); });

  auto* give = command(*agreement, "export", "Gibt die Vereinbarung im Austauschformat aus", "zielwerk agreement export 33148-2021 --out=lippe.json");
  auto version = std::make_shared<int>(0);
  auto out = std::make_shared<std::string>();
  give->add_option("VEREINBARUNG", *id, "z. B. 33148-2021")->required();
  give->add_option("--version", *version, "Fassung (Vorgabe: die neueste)")->check([](const std::string& text) {
        return text.size() <= 4 && !text.empty() && text.find_first_not_of("0123456789") == std::string::npos ? std::string() : fmt::format("„{}“ ist keine Fassung; erwartet ist eine Zahl", text);
      })
      ->type_name("NR")
      ->group("Optionen");
  give->add_option("--out", *out, "Datei (Vorgabe: Standardausgabe)")->type_name("DATEI")->group("Optionen");
  with_format(*give, session);
  give->callback([&session, id, version, out] { export_document(session, *id, *version, *out); });

  auto* plausible = command(*agreement, "check", "Prüft vor der Unterschrift, auch einen Entwurf oder ein Papier, das noch nicht eingelesen ist", "zielwerk agreement check 31118-2023");
  plausible->add_option("VEREINBARUNG", *id, "Kennung, Austauschdatei oder Papier (TXT, MD, HTML, DOCX, PDF)")->required();
  with_format(*plausible, session);
  plausible->callback([&session, id] { check(session, *id); });
}

}  // namespace zielwerk::cli
