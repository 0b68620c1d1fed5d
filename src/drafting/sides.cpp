#include "drafting/sides.h"

#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "drafting/german.h"
#include "drafting/manuscript.h"
#include "drafting/phrases.h"
#include "drafting/target_words.h"

namespace zielwerk::drafting {
namespace {

// A code without words stands for itself: comparing must not fail where drafting would.
std::string said(std::string_view kind, const std::string& code) {
  auto words = code.empty() ? code : phrase(kind, code).value_or(code);
  if (words.ends_with(':')) words.pop_back();
  return words;
}

std::string comparator(const std::string& sign) {
  static const std::map<std::string, std::string> words = {{"=", "ohne Angabe"}, {">=", "mindestens"}, {"<=", "höchstens"}, {">", "mehr als"}, {"<", "weniger als"}, {"RANGE", "von … bis"}};
  const auto found = words.find(sign);
  return found == words.end() ? sign : found->second;
}

std::string day(const std::string& iso) { return date(iso).value_or(iso); }
std::string yes(bool flag) { return flag ? "ja" : ""; }

class Sides {
 public:
  explicit Sides(const boost::json::object& document) : paper_(document, Template::Land), all_(paper_.agreement()) {}

  std::vector<Clause> cut() {
    return {{"Kopf", {head()}},
            {"Parteien", each("parties", &Sides::party)},
            {"Gliederung", each("goals", &Sides::goal)},
            {"Ziele", each("targets", &Sides::target)},
            {"Monitoring", each("monitoring", &Sides::observed)},
            {"Prognosen", each("forecasts", &Sides::forecast)},
            {"Qualitative Ziele", each("qualitative_goals", &Sides::qualitative)},
            {"Programme", each("programmes", &Sides::programme)},
            {"Haushalt", each("budgets", &Sides::budget)},
            {"Anliegen", coded("general_aims", "aim")},
            {"Rahmenbedingungen", coded("framework", "framework")},
            {"Unterlagen", each("documents", &Sides::document)},
            {"Dialoge", single("dialogues", &Sides::dialogues)},
            {"Berücksichtigung", each("considerations", &Sides::consideration)},
            {"Abschließende Bewertung", single("final_evaluation", &Sides::final_evaluation)},
            {"Gremien", each("committees", &Sides::committee)},
            {"Pflichten", each("obligations", &Sides::obligation)},
            {"Berichte", each("reporting", &Sides::report)},
            {"Anlässe", each("triggers", &Sides::trigger)},
            {"Punkte und Gewichte", as_json("scoring")},
            {"Änderung", as_json("amends")},
            {"Unterschriften", each("signatures", &Sides::signature)}};
  }

 private:
  using Cut = Item (Sides::*)(const Part&);

  std::vector<Item> each(std::string_view list, Cut item) {
    std::vector<Item> items;
    for (const auto& one : all_.parts(list)) items.push_back((this->*item)(one));
    return items;
  }

  std::vector<Item> single(std::string_view name, Cut item) {
    const auto one = all_.part(name);
    return one ? std::vector<Item>{(this->*item)(one)} : std::vector<Item>{};
  }

  std::vector<Item> coded(std::string_view list, std::string_view kind) {
    std::vector<Item> items;
    for (const auto& one : all_.parts(list)) items.push_back({one.text("code"), said(kind, one.text("code")), {}});
    return items;
  }

  // Without a fixed shape: compared as a whole.
  std::vector<Item> as_json(std::string_view name) {
    const auto text = all_.json(name);
    return text.empty() ? std::vector<Item>{} : std::vector<Item>{{"", std::string(name), {{"Inhalt", text}}}};
  }

  std::string words(const Part& one, std::string_view kind, std::string_view list, std::string_view field = "") {
    std::vector<std::string> all;
    if (field.empty()) {
      for (const auto& code : one.texts(list)) all.push_back(said(kind, code));
    }
    for (const auto& entry : field.empty() ? std::vector<Part>{} : one.parts(list)) all.push_back(said(kind, entry.text(field)));
    return base::join(all, ", ");
  }

  std::string figure(const Part& one) {
    const auto indicator = one.part("indicator");
    return indicator_words(indicator.text("code")) ? with_capital(indicator_phrase(indicator, false)) : indicator.text("code") + " " + indicator.text("subgroup");
  }

  static std::string figure_key(const Part& one) { return one.part("indicator").text("code") + "|" + one.part("indicator").text("subgroup"); }

  std::string heading(const Part& one) {
    for (const auto& goal : all_.parts("goals")) {
      if (goal.text("id") == one.text("goal")) return goal.text("heading");
    }
    return "";
  }

  std::string value(const Part& one, std::string_view field, bool change) {
    const auto number = one.number(field);
    return number ? quantity(paper_, *number, one.text("unit"), "", change) : "";
  }

  // By their part in the agreement: other names alone are no other duties.
  std::string partner(const std::string& id) {
    for (const auto& party : all_.parts("parties")) {
      if (party.text("id") == id) return said("partner", party.text("role"));
    }
    return id;
  }

  std::string people(const Part& one, std::string_view list) {
    std::vector<std::string> names;
    for (const auto& id : one.texts(list)) names.push_back(partner(id));
    return enumeration(names);
  }

  std::string party_of(const Part& one, std::string_view field) { return one.has(field) ? partner(one.text(field)) : ""; }

  std::string linked(const Part& one) {
    const auto id = one.text("linked_target");
    for (const auto& target : all_.parts("targets")) {
      if (!id.empty() && target.text("id") == id) return figure(target);
    }
    return id;
  }

  Item head() {
    const auto term = all_.part("term");
    const auto statute = all_.part("statute");
    const auto number = statute.whole("number");
    return {"", "Vereinbarung",
            {{"Titel", all_.part("title").text("value")},
             {"Jahr", std::to_string(paper_.year())},
             {"Art", said("kind", all_.text("kind"))},
             {"Land", said("state", all_.text("state"))},
             {"Rechtsgrundlage", fmt::format("§ {} Abs. {} Satz {}{}", statute.text("section"), statute.whole("para").value_or(0), statute.whole("sentence").value_or(0), number ? fmt::format(" Nr. {}", *number) : "")},
             {"Laufzeit", fmt::format("{} bis {}", day(term.text("from")), day(term.text("to")))}}};
  }

  Item party(const Part& one) {
    std::vector<std::string> representatives;
    for (const auto& person : one.parts("represented_by")) {
      representatives.push_back(fmt::format("{}{}{}", person.text("name"), person.has("function") ? ", " : "", person.text("function")));
    }
    return {one.text("role"), said("partner", one.text("role")), {{"Name", one.text("name")}, {"Abkürzung", one.text("abbr")}, {"Vertretung", base::join(representatives, "; ")}}};
  }

  Item goal(const Part& one) { return {one.text("statutory_code"), one.text("heading"), {{"Überschrift", one.text("heading")}, {"Nummer", one.text("number")}}}; }

  Item target(const Part& one) {
    const auto measure = one.text("measure");
    const bool change = measure.ends_with("_CHANGE");
    const auto weight = one.number("weight");
    return {figure_key(one), figure(one),
            {{"Bildung", said("aggregation", one.text("aggregation"))},
             {"Maß", said("measure", measure)},
             {"Wert", value(one, "signed_value", change)},
             {"Richtung", said("direction", one.text("direction"))},
             {"Vergleich im Wortlaut", comparator(one.text("comparator_literal"))},
             {"Vergleich bei der Prüfung", comparator(one.text("comparator_effective"))},
             {"Untergrenze", value(one, "value_low", false)},
             {"Obergrenze", value(one, "value_high", false)},
             {"Zeitraum", period(one.part("period"))},
             {"Bezug", reference(one.part("reference"), one)},
             {"Wartezeit", one.text("wartezeit")},
             {"je", one.text("per")},
             {"Bedingung", one.text("condition")},
             {"Gewicht", weight ? number(*weight, 0) : ""},
             {"Toleranz", tolerance(one)},
             {"Stufen", one.json("bands")},
             {"Frist", day(one.text("deadline"))},
             {"Ort", one.text("place")},
             {"verantwortlich", party_of(one, "responsible_party")},
             {"gleichbedeutend", equivalents(one)},
             {"Zwischenwerte", milestones(one)},
             {"Kennzahl", one.part("indicator").text("kennzahl")},
             {"steht bei", heading(one)}}};
  }

  std::string period(const Part& one) {
    const auto year = one.whole("year");
    const auto month = one.whole("month");
    if (const auto exact = one.text("date"); !exact.empty()) return day(exact);
    if (const auto from = one.text("from"); !from.empty()) return fmt::format("{} bis {}", day(from), day(one.text("to")));
    const auto when = fmt::format("{}{}", month && *month >= 1 && *month <= 12 ? month_name(*month) + " " : "", year ? std::to_string(*year) : "");
    return one.text("type") == "PER_YEAR" ? "jährlich ab " + when : when;
  }

  std::string reference(const Part& one, const Part& of_target) {
    if (!one) return "";
    const auto year = one.whole("year");
    const auto month = one.whole("month");
    const auto stated = one.number("value");
    const auto unit = one.text("unit");
    return fmt::format("{}{}{}{}", said("reference", one.text("type")), month && *month >= 1 && *month <= 12 ? " " + month_name(*month) : "", year ? fmt::format(" {}", *year) : "",
                       stated ? ": " + quantity(paper_, *stated, unit.empty() ? of_target.text("unit") : unit, "") : "");
  }

  std::string tolerance(const Part& target) {
    const auto one = target.part("tolerance");
    return one.has("value") && one.has("unit") ? value(one, "value", false) : target.json("tolerance");
  }

  std::string equivalents(const Part& one) {
    std::vector<std::string> all;
    for (const auto& entry : one.parts("equivalents")) all.push_back(entry.has("raw") ? entry.text("raw") : value(entry, "value", false));
    return base::join(all, "; ");
  }

  std::string milestones(const Part& target) {
    std::vector<std::string> all;
    for (const auto& one : all_.parts("milestones")) {
      if (one.text("target") == target.text("id")) all.push_back(fmt::format("{} {} {}", day(one.text("date")), comparator(one.text("comparator")), value(one, "value", false)));
    }
    return base::join(all, "; ");
  }

  Item observed(const Part& one) {
    const auto year = one.whole("year");
    return {figure_key(one), figure(one),
            {{"Art", one.text("binding") == "REPORTING" ? "Bericht" : "Monitoring"},
             {"verglichen", said("compare", one.text("compare_with"))},
             {"Gruppe", said("group", one.text("group"))},
             {"gegebenenfalls", yes(one.flag("optional"))},
             {"Jahr", year ? std::to_string(*year) : ""},
             {"steht bei", heading(one)}}};
  }

  Item forecast(const Part& one) {
    const bool change = one.text("measure") != "LEVEL";
    const auto year = one.whole("year");
    return {figure_key(one), figure(one), {{"Maß", said("measure", one.text("measure"))}, {"Wert", value(one, "value", change)}, {"Jahr", year ? std::to_string(*year) : ""}, {"Genauigkeit", said("precision", one.text("precision"))}}};
  }

  Item qualitative(const Part& one) {
    std::vector<std::string> steps;
    for (const auto& step : one.parts("steps")) steps.push_back(step.text("text") + (step.has("due") ? fmt::format(" (bis {})", day(step.text("due"))) : ""));
    return {one.text("topic"), said("topic", one.text("topic")),
            {{"Vorhaben", one.text("title")},
             {"Schritte", base::join(steps, "; ")},
             {"erreicht, wenn", words(one, "completion", "completion", "code")},
             {"Inhalt", words(one, "content", "content_requirements", "code")},
             {"Frist", day(one.text("deadline"))},
             {"verantwortlich", party_of(one, "responsible_party")},
             {"Zielwert", linked(one)}}};
  }

  Item programme(const Part& one) {
    std::vector<std::string> places;
    for (const auto& entry : one.parts("places")) {
      const auto count = entry.number("count");
      places.push_back(fmt::format("{} {} ({}{}{})", entry.text("location"), count ? number(*count, 0) : "?", entry.text("as_of"), entry.has("as_of") ? ", " : "", entry.text("status")));
    }
    return {one.text("name"), one.text("name"),
            {{"Thema", one.text("topic")},
             {"Zielgruppe", one.text("target_group")},
             {"Plätze", base::join(places, "; ")},
             {"Standorte", base::join(one.texts("locations"), ", ")},
             {"Ende", day(one.text("until"))},
             {"Aufgaben des Jobcenters", words(one, "duty", "role_of_jc")},
             {"Beschluss", fmt::format("{}{}{}", one.text("decided_by"), one.has("decided_when") ? " " : "", one.text("decided_when"))},
             {"Zielwert", linked(one)}}};
  }

  Item budget(const Part& one) {
    const auto amount = one.number("amount");
    const auto year = one.whole("year");
    return {one.text("code"), said("budget", one.text("code")),
            {{"Betrag", amount ? money(*amount, false) : ""},
             {"Genauigkeit", said("precision", one.text("precision"))},
             {"Bezeichnung", one.text("title")},
             {"Jahr", year ? std::to_string(*year) : ""},
             {"Quelle", one.has("source") ? paper_.title_of_document(one.text("source")) : ""}}};
  }

  Item document(const Part& one) {
    const auto type = said("document", one.text("type"));
    return {one.text("type"), one.text("title"), {{"Titel", one.text("title")}, {"Bedeutung", said("binding", one.text("binding"))}, {"Art", type.substr(0, type.find(" |"))}}};
  }

  Item dialogues(const Part& one) {
    const auto count = one.whole("count_exact");
    const auto least = one.whole("count_min");
    const auto usual = one.whole("count_regular");
    const auto how_many = count ? count : least ? least : usual;
    const auto preparer = one.part("preparer");
    return {"", one.text("name"),
            {{"Bezeichnung", one.text("name")},
             {"Zahl", how_many ? std::to_string(*how_many) : ""},
             {"Regel", said("regularity", one.text("regularity"))},
             {"Datengrundlage", words(one, "basis", "data_basis")},
             {"Wartezeit", one.text("wartezeit")},
             {"Ladestand", said("ladestand", one.text("ladestand_rule"))},
             {"Vorbereitung", preparer ? partner(preparer.text("party")) + ": " + preparer.text("what") : ""},
             {"weitere", words(one, "extra", "extra_on")},
             {"Gegenstand", words(one, "dialogue", "topics")},
             {"Monate", base::join(one.texts("months"), ", ")},
             {"Beteiligte", people(one, "participants")},
             {"Frist der Einladung", one.text("notice")},
             {"erster Dialog", day(one.text("first"))}}};
  }

  Item consideration(const Part& one) {
    return {one.text("code"), said("consideration", one.text("code")), {{"Anlass", said("applies", one.text("applies_to"))}, {"Bedingung", one.text("condition")}}};
  }

  Item final_evaluation(const Part& one) {
    const auto year = one.whole("values_year");
    return {"", "Abschließende Bewertung",
            {{"Werte", said("values", one.text("values"))},
             {"Jahr der Werte", year ? std::to_string(*year) : ""},
             {"Wartezeit", one.text("wartezeit")},
             {"Zeitpunkt", one.text("when_raw")},
             {"Rahmen", said("where", one.text("where"))},
             {"Frist", day(one.text("deadline"))}}};
  }

  Item committee(const Part& one) { return {one.text("name"), one.text("name"), {{"Rechtsgrundlage", one.text("legal_basis")}, {"Aufgaben", words(one, "task", "tasks")}}}; }
  Item obligation(const Part& one) { return {one.text("code"), said("obligation", one.text("code")), {{"wer", people(one, "who")}}}; }

  Item report(const Part& one) {
    return {one.text("what"), one.text("what"), {{"wer", party_of(one, "who")}, {"an", party_of(one, "to")}, {"wie oft", said("frequency", one.text("frequency"))}, {"fällig", base::join(one.texts("due"), ", ")}}};
  }

  Item trigger(const Part& one) { return {one.text("condition"), one.text("condition"), {{"Folge", one.text("action")}, {"wer", party_of(one, "who")}}}; }

  Item signature(const Part& one) {
    const auto party = one.text("party");
    return {partner(party), partner(party),
            {{"Name", one.text("signer")}, {"Funktion", one.text("function")}, {"Ort", one.has("place") ? one.text("place") : one.text("place_raw")}, {"Datum", one.has("date_iso") ? day(one.text("date_iso")) : one.text("date_raw")}, {"in Vertretung", yes(one.flag("on_behalf"))}}};
  }

  Manuscript paper_;
  const Part& all_;
};

}  // namespace

std::vector<Clause> clauses_of(const boost::json::object& document) { return Sides(document).cut(); }

}  // namespace zielwerk::drafting
