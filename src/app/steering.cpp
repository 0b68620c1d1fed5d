#include "app/steering.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/basis.h"
#include "app/negotiation.h"
#include "app/rights.h"
#include "app/settlement.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "report/json_text.h"
#include "steering/dialogue.h"

namespace zielwerk::app {
namespace {

using base::Checked;
using base::Result;
using steering::Intent;
using steering::Record;

base::Problem unknown(const std::string& id) { return {"agreement_unknown", fmt::format("Eine Vereinbarung {} gibt es für dieses Konto nicht.", base::quoted(id)), ""}; }

bool may_negotiate(const Workspace& workspace, const Person& person, const std::string& id) {
  const auto named = parse_file_id(id);
  if (!named || id != fmt::format("{}-{}", named->whose, named->year)) return false;
  const auto& jobcenters = workspace.directory();
  if (const auto number = domain::ProviderNumber::parse(named->whose)) return jobcenters.find(*number) && person.scope.covers(*number, jobcenters);
  const bool is_land = std::any_of(jobcenters.all().begin(), jobcenters.all().end(), [&](const auto& one) { return one.land == named->whose; });
  return is_land && person.scope.covers_land(named->whose);
}

// What the id says of an agreement that has no text yet: who sits at the table must be known before the first offer.
domain::TargetAgreement terms_to_come(const std::string& id) {
  domain::TargetAgreement terms;
  const auto named = parse_file_id(id);
  if (named && !domain::ProviderNumber::parse(named->whose)) {
    terms.kind = "BMAS_LAND";
    terms.state = named->whose;
  }
  return terms;
}

// Neither a path nor anything a terminal or a header would obey.
std::string neutral_name(std::string_view name) {
  name = name.substr(name.find_last_of("/\\") == std::string_view::npos ? 0 : name.find_last_of("/\\") + 1);
  std::string kept;
  for (const char c : name) kept += static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == ';' ? '_' : c;
  while (kept.size() > 120) kept.erase(0, 1);
  while (!base::is_utf8(kept)) kept.erase(0, 1);
  return kept.empty() || kept == "." || kept == ".." ? "anlage" : kept;
}

// By content, whatever the name says; empty: none of those that may be kept.
std::string type_of(std::string_view bytes) {
  struct Magic {
    std::string_view begins;
    std::string_view type;
  };
  static constexpr std::array<Magic, 4> known = {{{"%PDF-", "application/pdf"}, {"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"PK\x03\x04", "application/zip"}}};
  for (const auto& one : known) {
    if (!bytes.starts_with(one.begins)) continue;
    if (one.type != "application/zip") return std::string(one.type);
    if (bytes.find("word/document.xml") != std::string_view::npos) return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    if (bytes.find("xl/workbook.xml") != std::string_view::npos) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return {};
  }
  const bool text = base::is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t'; });
  return text && !bytes.empty() ? "text/plain" : std::string();
}

// The name a file had when it came with this act; the same bytes may have come before, under another name, in a room nobody here sees.
std::string name_field(const std::string& field) { return field + ".name"; }

base::Problems check_uploads(const Intent& intent, const std::map<std::string, Upload>& uploads) {
  base::Problems problems;
  const auto* kind = steering::find_kind(intent.kind);
  // A checksum that is only named could ask for what lies in another side's room.
  for (const auto& field : kind ? kind->fields : std::vector<steering::Field>()) {
    const std::string code(field.code);
    if (field.form == steering::Form::File && intent.fields.contains(code) && !intent.fields.at(code).empty()) problems.push_back({"field_invalid", fmt::format("{}: eine Datei kommt mit dem Vorgang selbst, nicht als Angabe.", field.label), code});
  }
  for (const auto& [field, upload] : uploads) {
    const auto takes = [&](const auto& one) { return one.code == field && one.form == steering::Form::File; };
    if (kind && std::none_of(kind->fields.begin(), kind->fields.end(), takes)) problems.push_back({"field_unknown", fmt::format("„{}“ hat kein Feld {} für eine Datei.", kind->label, base::quoted(field)), field});
    else if (upload.bytes.size() > largest_upload) problems.push_back({"upload_too_large", fmt::format("{} hat {} MB; höchstens {} MB werden abgelegt.", base::quoted(upload.name), upload.bytes.size() >> 20, largest_upload >> 20), field});
    else if (type_of(upload.bytes).empty()) problems.push_back({"upload_type_unknown", fmt::format("{} ist keine der Arten, die abgelegt werden: PDF, Word, Excel, PNG, JPEG oder Text.", base::quoted(upload.name)), field});
  }
  return problems;
}

std::vector<domain::Act> acts_for(const store::Store& store, const std::string& side, const std::string& id) {
  auto acts = store.steering().acts(id, domain::shared_room);
  if (!side.empty()) {
    for (auto& one : store.steering().acts(id, side)) acts.push_back(std::move(one));
  }
  return acts;
}

SteeringFile file_of(const Workspace& workspace, const store::Store& store, const Person& person, const std::string& id) {
  if (auto agreement = find_agreement(workspace, id)) {
    auto terms = agreement->terms;
    auto sides = steering::sides_of(terms);
    Record record(acts_for(store, side_code(person, terms), id), std::move(sides));
    return {id, *std::move(agreement), std::move(terms), std::move(record)};
  }
  auto to_come = terms_to_come(id);
  auto acts = acts_for(store, side_code(person, to_come), id);
  Record loose(acts, {});
  const auto rounds = steering::rounds(loose);
  // Whoever has the first shared offer's sides at the table: a later round cannot vote somebody out.
  const auto* first = rounds.empty() ? nullptr : &rounds.front();
  for (const auto& one : rounds) {
    if (one.shared) {
      first = &one;
      break;
    }
  }
  if (!first) return {id, std::nullopt, std::move(to_come), std::move(loose)};
  const auto seated = steering::sides_of(intake::parse_agreement(first->subject, first->offer->text("dokument"))->agreement);
  Record record(acts, seated);
  const auto all = steering::rounds(record);
  auto terms = intake::parse_agreement("Angebot", steering::governing_round(all)->offer->text("dokument"))->agreement;
  return {id, std::nullopt, std::move(terms), std::move(record)};
}

// After the settlement nothing is added but what speaks about it.
bool comes_afterwards(std::string_view kind) { return kind == "zustimmung" || kind == "abrechnung.berichtigung" || kind == "archivieren" || kind == "anlage"; }

bool archived(const SteeringFile& file) {
  const auto all = file.record.of_kind("archivieren");
  return !all.empty() && file.record.counts(*all.back());
}

base::Problems against(const Workspace& workspace, const SteeringFile& file, const Intent& intent, const std::string& side) {
  auto problems = steering::beyond_fields(file.record, file.terms, file.agreement.has_value(), intent);
  if (side.empty()) problems.push_back({"side_missing", "Nur wer für eine Seite der Vereinbarung arbeitet, kann hier etwas festhalten.", ""});
  else if (!file.record.sides().empty() && !file.record.sides().contains(side)) problems.push_back({"not_a_party", "Diese Seite ist nicht Partei der Vereinbarung.", ""});
  if (!still_open(file, intent.kind)) problems.push_back({"file_closed", archived(file) ? "Die Akte ist archiviert." : "Die Vereinbarung ist abgerechnet; spätere Erkenntnisse gehören in einen Vermerk (abrechnung.berichtigung).", ""});
  if (!file.agreement && intent.kind != "angebot" && file.terms.parties.empty()) problems.push_back({"agreement_unknown", "Es gibt noch kein Angebot; die Verhandlung beginnt mit einem.", ""});
  if (const auto document = intent.fields.find("dokument"); intent.kind == "angebot" && document != intent.fields.end() && !side.empty()) {
    for (auto& problem : offer_problems(workspace, file, document->second, side)) problems.push_back(std::move(problem));
  }
  return problems;
}

// What the program itself writes into an act: the account of a settlement. Who agrees to one agrees to what it says today.
base::Problems freeze(Workspace& workspace, const SteeringFile& file, Intent& intent) {
  if (intent.kind == "abrechnung") {
    auto account = settlement_account(workspace, file, intent);
    if (!account) return std::move(account.error());
    intent.filled["ergebnis"] = *std::move(account);
  }
  const auto number = intent.kind == "zustimmung" ? intent.fields.find("vorgang") : intent.fields.end();
  const auto parsed = number == intent.fields.end() ? std::nullopt : base::parse_decimal(base::trim(number->second));
  const auto* settled = parsed && parsed->places == 0 && parsed->digits > 0 && parsed->digits < 1'000'000 ? file.record.shared(static_cast<int>(parsed->digits)) : nullptr;
  if (!settled || settled->act.kind != "abrechnung" || file.record.counts(*settled)) return {};
  const auto account = settlement_account(workspace, file, {"abrechnung", domain::shared_room, {{"monat", settled->text("monat")}, {"ladestand", settled->text("ladestand")}}, 0});
  if (!account) return account.error();
  if (*account == settled->text("ergebnis")) return {};
  return {{"settlement_outdated", fmt::format("Seit Vorgang {} kam etwas hinzu, das in die Abrechnung gehört; bitte neu abrechnen und darauf aufbauen.", settled->act.number), "vorgang"}};
}

// The act as it is to be kept, or everything that is wrong with it, at once.
Checked<domain::Act> intended(Workspace& workspace, const SteeringFile& file, Intent& intent, const std::string& side, const std::string& by) {
  auto problems = against(workspace, file, intent, side);
  const auto add = [&](const base::Problems& more) { problems.insert(problems.end(), more.begin(), more.end()); };
  add(steering::dialogue_problems(file.record, file.terms, intent, workspace.now().substr(0, 10)));
  if (intent.kind == "dialog.stichtag" && file.agreement) add(fill_basis(workspace, file.id, intent));
  if (problems.empty()) add(freeze(workspace, file, intent));
  auto made = steering::make_act(file.record, file.terms, intent, side, by);
  if (!made) add(made.error());
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  made->agreement = file.id;
  made->side = side;
  made->by = by;
  made->at = workspace.now();
  return made;
}

// With the files that came with it, under the names they had.
void keep(store::Store& store, domain::Act& act, const std::map<std::string, Upload>& uploads) {
  auto body = boost::json::parse(act.body).as_object();
  for (const auto& [field, upload] : uploads) {
    const auto name = neutral_name(upload.name);
    store.steering().keep(domain::StoredFile{std::string(body.at(field).as_string()), name, type_of(upload.bytes), upload.bytes, act.at});
    body[name_field(field)] = name;
  }
  act.body = boost::json::serialize(body);
  store.steering().keep(act);
}

// The record of changes is read by others than the side: of an own room it says that something happened, and binds it by its checksum.
Workspace::Change change(const domain::Act& act, const std::optional<std::string>& concluded) {
  const bool shared = act.room == domain::shared_room;
  return {"steuerung.vorgang", shared ? fmt::format("{} {}", act.agreement, act.number) : act.agreement,
          fmt::format("{} {}{}", shared ? act.kind + " " + act.subject : "eigener Raum", documents::sha256(act.body), concluded ? " " + *concluded : "")};
}

}  // namespace

std::string FileId::year_before() const { return fmt::format("{}-{}", whose, year - 1); }

std::optional<FileId> parse_file_id(std::string_view id) {
  const auto parts = base::split(id, '-');
  if (parts.size() < 2 || parts.size() > 3 || parts[1].size() != 4) return std::nullopt;
  const auto year = base::parse_decimal(parts[1]);
  const auto& whose = parts[0];
  const bool land = whose.size() == 2 && std::all_of(whose.begin(), whose.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!year || year->places != 0 || year->digits < 1000 || (!land && !domain::ProviderNumber::parse(whose))) return std::nullopt;
  return FileId{std::string(whose), static_cast<int>(year->digits)};
}

std::optional<domain::ProviderNumber> jobcenter_of(const SteeringFile& file) {
  const auto named = parse_file_id(file.id);
  return named ? domain::ProviderNumber::parse(named->whose) : std::nullopt;
}

bool still_open(const SteeringFile& file, std::string_view kind) {
  if (archived(file)) return kind == "zustimmung";
  return comes_afterwards(kind) || !file.record.in_force("abrechnung", "abrechnung");
}

std::string side_code(const Person& person, const domain::TargetAgreement& terms) {
  const auto side = person.side();
  if (!side) return {};
  if (side->kind != domain::Side::Ministry || !steering::ministries_apart(terms)) return domain::code({side->kind});
  if (person.scope.everything()) return domain::code({side->kind, "DE"});
  return person.scope.covers_land(terms.state) ? domain::code({side->kind, terms.state}) : std::string();
}

Result<SteeringFile> open_file(const Workspace& workspace, const Person& person, const std::string& id) {
  auto file = file_of(workspace, workspace.store(), person, id);
  const bool seen = file.agreement ? covers(person.scope, workspace, file.agreement->stored, file.terms) : may_negotiate(workspace, person, id);
  if (!seen || (!file.agreement && side_code(person, file.terms).empty() && file.record.entries().empty())) return tl::unexpected(unknown(id));
  return file;
}

Checked<domain::Act> act(Workspace& workspace, const Person& person, const std::string& id, Intent intent, const std::map<std::string, Upload>& uploads) {
  const auto open = open_file(workspace, person, id);
  if (!open) return base::problems(open.error());
  if (auto problems = check_uploads(intent, uploads); !problems.empty()) return tl::unexpected(std::move(problems));
  for (const auto& [field, upload] : uploads) intent.fields[field] = documents::sha256(upload.bytes);
  const auto side = side_code(person, open->terms);
  if (intent.room == "eigen") intent.room = side;
  if (intent.kind == "abrechnung") keep_final_verdicts(workspace, id, intent);
  Checked<domain::Act> done;
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    done = intended(workspace, file_of(workspace, store, person, id), intent, side, person.account.name);
    if (!done) return std::nullopt;
    keep(store, *done, uploads);
    const bool shared = done->room == domain::shared_room;
    return change(*done, shared ? conclude(store, workspace, file_of(workspace, store, person, id)) : std::nullopt);
  });
  // What the dialogue rests on stays as it is judged now.
  if (done && done->kind == "dialog.stichtag") keep_verdicts(workspace, id, intent);
  return done;
}

Result<domain::StoredFile> find_file(const Workspace& workspace, const SteeringFile& file, const std::string& sha256) {
  // The same bytes may have come from two sides: to each under its own name.
  const steering::Entry* naming = nullptr;
  std::string name;
  for (const auto& entry : file.record.entries()) {
    for (const auto& field : entry.kind->fields) {
      const bool better = !naming || (naming->act.room == domain::shared_room && entry.act.room != domain::shared_room);
      if (field.form != steering::Form::File || entry.text(field.code) != sha256 || !better) continue;
      naming = &entry;
      name = entry.text(name_field(std::string(field.code)));
    }
  }
  auto kept = naming ? workspace.store().steering().file(sha256) : std::nullopt;
  if (!kept) return base::problem("file_unknown", "Eine solche Anlage gibt es hier nicht.");
  if (documents::sha256(kept->bytes) != sha256) return base::problem("file_changed", fmt::format("Die Anlage {} wurde nach dem Ablegen verändert: ihr Inhalt passt nicht mehr zur Prüfsumme.", base::quoted(name)));
  kept->name = name;
  kept->recorded_at = naming->act.at;
  return *std::move(kept);
}

}  // namespace zielwerk::app
