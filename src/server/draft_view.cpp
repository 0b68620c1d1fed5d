#include "server/draft_view.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/paper_text.h"
#include "report/review_tables.h"
#include "report/review_words.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using domain::StoredDraft;

// As shown to others; an account that is gone keeps its name.
std::string person_of(const std::vector<domain::Account>& accounts, const std::string& name) {
  const auto* account = app::find_account(accounts, name);
  return account ? account->person : name;
}

// A whole entry that came or went reads as it stands in the list; a single value as people write it.
std::string shown(const std::string& path, const std::string& kept) {
  if (!kept.starts_with('{')) return report::kept_in_words(kept);
  const auto list = path.substr(0, path.rfind('['));
  return report::entry_in_words(list.substr(list.rfind('.') + 1), json::parse(kept));
}

json::value jobcenter_name(const Call& call, const std::string& whose) {
  const auto number = domain::ProviderNumber::parse(whose);
  return number ? json::value(call.workspace.directory().name(*number)) : json::value(nullptr);
}

const char* severity(evaluation::Severity one) { return one == evaluation::Severity::Contradiction ? "widerspruch" : one == evaluation::Severity::Warning ? "warnung" : "hinweis"; }

// Who settled it, when, and why.
json::value settled(const Call& call, const StoredDraft& draft, std::size_t number) {
  for (const auto& version : draft.versions) {
    for (const auto& one : version.changes) {
      if (one.path != fmt::format("open_points[{}]", number)) continue;
      return json::value{{"wer", person_of(call.workspace.store().accounts(), version.by)}, {"wann", version.at}, {"grund", version.why}};
    }
  }
  return nullptr;
}

json::array open_points(const Call& call, const StoredDraft& draft, const json::object& document) {
  json::array all;
  std::size_t number = 0;
  for (const auto& point : document.at("document").at("reading").at("open_points").as_array()) {
    const auto& evidence = point.at("evidence").as_array();
    const std::string_view code = point.at("code").as_string();
    all.push_back({{"nr", number}, {"code", code}, {"meldung", point.at("message")}, {"tun", report::advice(code)}, {"zeile", evidence.empty() ? json::value(nullptr) : evidence.front().at("line")},
                   {"geklaert", settled(call, draft, number)}});
    ++number;
  }
  return all;
}

json::array problems(const base::Problems& all) {
  json::array list;
  for (const auto& one : all) list.push_back({{"code", one.code}, {"meldung", one.message}, {"stelle", one.where}});
  return list;
}

json::array comments(const Call& call, const StoredDraft& draft) {
  const auto accounts = call.workspace.store().accounts();
  json::array all;
  for (const auto& one : draft.comments) {
    all.push_back({{"nr", one.number}, {"seite", domain::code(one.side)}, {"seite_wort", domain::in_words(one.side)}, {"geteilt", one.shared}, {"wer", person_of(accounts, one.by)}, {"wann", one.at},
                   {"feld", one.field}, {"text", one.words}});
  }
  return all;
}

json::array shares(const StoredDraft& draft) {
  json::array all;
  for (const auto& one : draft.shares) all.push_back({{"seite", domain::code(one.with)}, {"seite_wort", domain::in_words(one.with)}, {"fassung", one.version}, {"wann", one.at}});
  return all;
}

}  // namespace

json::array versions_view(const Call& call, const std::vector<domain::DraftVersion>& versions) {
  const auto accounts = call.workspace.store().accounts();
  json::array all;
  for (const auto& version : versions) {
    json::array changes;
    for (const auto& one : version.changes) {
      if (one.path.ends_with(".formula")) continue;  // it only followed
      changes.push_back({{"feld", one.path}, {"name", report::short_name(one.path)}, {"vorher", shown(one.path, one.read)}, {"nachher", shown(one.path, one.corrected)}});
    }
    all.push_back({{"fassung", version.version}, {"wer", person_of(accounts, version.by)}, {"wann", version.at}, {"grund", version.why}, {"aenderungen", std::move(changes)}});
  }
  return all;
}

json::array lines_view(const std::vector<report::MarkedLine>& lines) {
  json::array all;
  for (const auto& line : lines) {
    json::array pieces;
    for (const auto& piece : line.pieces) {
      json::array paths;
      for (const auto& path : piece.paths) paths.emplace_back(path);
      pieces.push_back({{"text", piece.text}, {"stelle", (piece.layers & report::Passage) != 0}, {"wert", (piece.layers & report::Value) != 0}, {"offen", (piece.layers & report::Open) != 0}, {"worte", piece.fields},
                        {"felder", std::move(paths)}});
    }
    all.push_back({{"zeile", line.number}, {"rand", line.margin}, {"stuecke", std::move(pieces)}});
  }
  return all;
}

json::array differences_view(const std::vector<drafting::Difference>& differences) {
  json::array all;
  for (const auto& one : differences) {
    all.push_back({{"teil", one.clause}, {"gegenstand", one.subject}, {"feld", one.field}, {"aenderung", drafting::in_words(one.change)}, {"vorher", one.before}, {"nachher", one.after}});
  }
  return all;
}

json::object draft_head(const Call& call, const StoredDraft& draft) {
  const auto accounts = call.workspace.store().accounts();
  const auto& first = draft.versions.front();
  const auto& last = draft.versions.back();
  const bool confirmed = draft.end && !draft.end->agreement.empty();
  return {{"id", draft.id},
          {"quelle", draft.source},
          {"titel", draft.title},
          {"seite", domain::code(draft.side)},
          {"seite_wort", domain::in_words(draft.side)},
          {"eigene_seite", app::own_room(call.person(), draft)},
          {"traeger", last.whose.empty() ? json::value(nullptr) : json::value(last.whose)},
          {"name", jobcenter_name(call, last.whose)},
          {"fassung", last.version},
          {"gelesen_von", person_of(accounts, first.by)},
          {"gelesen_am", first.at},
          {"geaendert_von", person_of(accounts, last.by)},
          {"geaendert_am", last.at},
          {"stand", !draft.end ? "offen" : confirmed ? "bestaetigt" : "verworfen"},
          {"agreement", confirmed ? json::value(draft.end->agreement) : json::value(nullptr)}};
}

json::object draft_view(const Call& call, const StoredDraft& draft) {
  const auto document = app::draft_document(draft);
  const auto state = app::state_of(call.workspace, draft, call.shared.config.second_person);
  const auto& kept = document.at("document").as_object();
  json::array findings;
  for (const auto& one : state.findings) findings.push_back({{"schwere", severity(one.severity)}, {"schwere_wort", evaluation::in_words(one.severity)}, {"code", one.code}, {"stelle", one.where}, {"meldung", one.message}});
  auto view = draft_head(call, draft);
  const bool own = app::own_room(call.person(), draft) && !draft.end;
  view["darf"] = {{"korrigieren", own}, {"bestaetigen", own && app::may(call.account->role, app::Right::ConfirmAgreement)}};
  view["zweite_person"] = state.second_person_needed;
  view["selbst_zuletzt"] = draft.versions.back().by == call.account->name;
  view["text_sha256"] = kept.at("text_sha256");
  view["rules_sha256"] = kept.at("rules_sha256");
  view["offene_punkte"] = open_points(call, draft, document);
  view["hindernisse"] = problems(state.obstacles);
  view["befunde"] = std::move(findings);
  for (auto& [name, value] : app::field_groups(json::parse(draft.document).as_object(), document.at("agreement").as_object())) view[name] = std::move(value);
  view["zeilen"] = lines_view(app::marked_paper(std::string(kept.at("text").as_string()), &kept.at("reading").as_object(), document.at("agreement").as_object()));
  view["neues_ziel"] = app::target_choices();
  view["verlauf"] = versions_view(call, draft.versions);
  view["anmerkungen"] = comments(call, draft);
  view["freigaben"] = shares(draft);
  json::array others;
  for (const auto& one : app::other_sides(call.workspace, draft)) others.push_back({{"code", domain::code(one)}, {"wort", domain::in_words(one)}});
  view["teilen_mit"] = std::move(others);
  return view;
}

}  // namespace zielwerk::server
