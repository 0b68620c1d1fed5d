#include "server/steering_view.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/references.h"
#include "server/rows.h"
#include "steering/negotiation.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;
using steering::Consent;
using steering::Entry;
using steering::Form;
using steering::Record;
using steering::Refers;

const char* code(Form form) {
  switch (form) {
    case Form::Line: return "zeile";
    case Form::Words: return "text";
    case Form::Date: return "tag";
    case Form::RawDate: return "datum_wie_geschrieben";
    case Form::Time: return "uhrzeit";
    case Form::Month: return "monat";
    case Form::Count: return "anzahl";
    case Form::Euro: return "euro";
    case Form::Decimal: return "zahl";
    case Form::Choice: return "auswahl";
    case Form::Id: return "kennung";
    case Form::Ids: return "kennungen";
    case Form::File: return "datei";
    case Form::Reasons: return "begruendungen";
    case Form::Document: return "vereinbarung";
    case Form::Frozen: return "";  // of no form
  }
  return "";
}

const char* code(Refers refers) {
  switch (refers) {
    case Refers::Nothing: return "";
    case Refers::Target: return "ziel";
    case Refers::Quality: return "qualitativ";
    case Refers::Programme: return "programm";
    case Refers::Consideration: return "klausel";
    case Refers::Party: return "partei";
    case Refers::Committee: return "ausschuss";
    case Refers::Subject: return "gegenstand";
  }
  return "";
}

const char* code(steering::Rooms rooms) { return rooms == steering::Rooms::Shared ? "gemeinsam" : rooms == steering::Rooms::Own ? "eigen" : "beide"; }
const char* code(Consent consent) { return consent == Consent::None ? "keine" : consent == Consent::SecondPerson ? "zweite_person" : "jede_seite"; }

json::object field_view(const steering::Field& field) {
  json::array choices;
  for (const auto& one : field.choices) choices.push_back({{"code", one.code}, {"name", one.label}});
  return {{"feld", field.code}, {"name", field.label}, {"form", code(field.form)}, {"noetig", field.required}, {"schluessel", field.key},
          {"verweist", code(field.refers)}, {"gegenstaende", field.subjects}, {"auswahl", std::move(choices)}};
}

// As shown to others; an account that is gone keeps its name.
std::string person_of(const Call& call, const std::string& name) {
  const auto accounts = call.workspace.store().accounts();
  const auto* account = app::find_account(accounts, name);
  return account ? account->person : name;
}

json::object side_view(const std::string& side) {
  const auto known = domain::parse_side(side);
  return {{"seite", side}, {"wort", known ? domain::in_words(*known) : side}};
}

json::array sides_view(const std::vector<std::string>& sides) {
  json::array all;
  for (const auto& one : sides) all.emplace_back(side_view(one));
  return all;
}

json::value consent_view(const Call& call, const app::SteeringFile& file, const Entry& entry) {
  if (entry.kind->consent == Consent::None) return nullptr;
  const auto standing = file.record.standing(entry);
  const auto side = app::side_code(call.person(), file.terms);
  json::array persons;
  for (const auto& [of, names] : standing.persons) {
    for (const auto& name : names) {
      auto one = side_view(of);
      one["wer"] = person_of(call, name);
      persons.emplace_back(std::move(one));
    }
  }
  const auto own = standing.persons.find(side);
  const bool agreed = own != standing.persons.end() && own->second.contains(call.account->name);
  const bool asked = std::find(standing.missing.begin(), standing.missing.end(), side) != standing.missing.end();
  return json::object{{"gilt", standing.counts}, {"personen", std::move(persons)}, {"fehlt", sides_view(standing.missing)}, {"selbst", agreed}, {"darf", asked && !agreed}};
}

// A file is shown by its name; the text of a whole agreement is no line of a list.
void put_fields(const Entry& entry, json::object& view) {
  json::object fields, annexes;
  for (const auto& field : entry.kind->fields) {
    const auto value = entry.text(field.code);
    if (value.empty() || field.form == Form::Document || field.form == Form::Frozen) continue;
    fields[field.code] = value;
    if (field.form == Form::File) annexes[field.code] = entry.text(std::string(field.code) + ".name");
  }
  view["felder"] = std::move(fields);
  view["anlagen"] = std::move(annexes);
}

template <class All, class Words>
json::array references(const All& all, const Words& words) {
  json::array list;
  for (const auto& one : all) list.push_back({{"id", one.id}, {"worte", words(one)}});
  return list;
}

template <class One>
std::string quoted_words(const One& one) { return one.evidence.empty() ? std::string() : one.evidence.front().quote; }

// What a subject is called: the first thing that was said of it.
std::string subject_words(const Entry& entry) {
  for (const auto& field : entry.kind->fields) {
    const auto value = entry.text(field.code);
    if (!value.empty() && (field.form == Form::Line || field.form == Form::Date || field.form == Form::Words)) return value;
  }
  return std::string(entry.kind->label);
}

json::object references_view(const Call& call, const app::SteeringFile& file) {
  const auto& terms = file.terms;
  json::array subjects;
  for (const auto& one : file.record.entries()) {
    if (!one.kind->opens.empty()) subjects.push_back({{"id", one.act.subject}, {"worte", subject_words(one)}});
  }
  return {{"ziel", references(terms.targets, [&](const auto& one) { return app::target_title(call.workspace, terms, one); })},
          {"qualitativ", references(terms.qualitative, [](const auto& one) { return one.title; })},
          {"programm", references(terms.programmes, [](const auto& one) { return one.name; })},
          {"klausel", references(terms.considerations, [](const auto& one) { return quoted_words(one); })},
          {"partei", references(terms.parties, [](const auto& one) { return one.name; })},
          {"ausschuss", references(terms.committees, [](const auto& one) { return one.name; })},
          {"gegenstand", std::move(subjects)}};
}

// Kinds of acts that the file still takes, whoever asks.
json::array possible_view(const app::SteeringFile& file) {
  json::array all;
  for (const auto& one : steering::catalogue()) {
    if (app::still_open(file, one.code)) all.emplace_back(one.code);
  }
  return all;
}

}  // namespace

json::array kinds_view() {
  json::array all;
  for (const auto& one : steering::catalogue()) {
    json::array fields;
    for (const auto& field : one.fields) {
      if (!field.filled) fields.emplace_back(field_view(field));
    }
    all.push_back({{"art", one.code}, {"name", one.label}, {"eroeffnet", one.opens}, {"zu", one.about}, {"raum", code(one.rooms)}, {"zustimmung", code(one.consent)}, {"ersetzt", one.replaces}, {"felder", std::move(fields)}});
  }
  return all;
}

json::object act_view(const Call& call, const app::SteeringFile& file, const Entry& entry) {
  const auto& act = entry.act;
  const auto side = domain::parse_side(act.side);
  json::object view{{"nr", act.number},
                    {"raum", act.room == domain::shared_room ? "gemeinsam" : "eigen"},
                    {"zu", act.subject},
                    {"art", act.kind},
                    {"name", entry.kind->label},
                    {"seite", act.side},
                    {"seite_wort", side ? domain::in_words(*side) : act.side},
                    {"wer", person_of(call, act.by)},
                    {"wann", act.at},
                    {"neueste", !entry.kind->replaces || file.record.newest(act.kind, act.subject, act.room) == &entry}};
  put_fields(entry, view);
  view["zustimmung"] = consent_view(call, file, entry);
  return view;
}

json::object file_head(const Call& call, const app::SteeringFile& file) {
  const auto number = app::jobcenter_of(file);
  const auto stage = steering::stage(file.record, file.terms, file.agreement ? file.agreement->stored.version : 0);
  return {{"id", file.id},
          {"vereinbart", file.agreement.has_value()},
          {"art", file.terms.kind},
          {"stand", {{"code", steering::code(stage)}, {"wort", steering::in_words(stage)}}},
          {"titel", file.terms.title},
          {"jahr", file.terms.year == 0 ? json::value(nullptr) : json::value(file.terms.year)},
          {"name", number ? json::value(call.workspace.directory().name(*number)) : json::value(nullptr)}};
}

json::object file_view(Call& call, const app::YearView& year) {
  const auto& file = *year.file;
  auto view = file_head(call, file);
  const auto side = app::side_code(call.person(), file.terms);
  const auto& sides = file.record.sides();
  view["seite"] = side.empty() ? json::value(nullptr) : json::value(side_view(side));
  view["seiten"] = sides_view({sides.begin(), sides.end()});
  view["darf"] = !side.empty() && (sides.empty() || sides.contains(side));
  view["bezuege"] = references_view(call, file);
  view["moeglich"] = possible_view(file);
  json::array acts;
  for (const auto& one : file.record.entries()) acts.emplace_back(act_view(call, file, one));
  view["vorgaenge"] = std::move(acts);
  put_year(call, year, view);
  put_parts(call, year, view);
  return view;
}

}  // namespace zielwerk::server
