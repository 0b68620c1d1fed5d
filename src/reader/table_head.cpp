#include "reader/table_head.h"

#include <re2/re2.h>

#include "reader/rules.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

}  // namespace

bool speaks_of_forecast(std::string_view text) {
  static const Words words(R"((?i)Prognose|Erwartung|Schätz|Planannahme)");
  return words.in(text);
}

int year_in(std::string_view text) {
  static const RE2 year(R"(\b((?:19|20)\d\d)\b)");
  int found = 0;
  RE2::PartialMatch(piece(text), year, &found);
  return found;
}

Head head_of(std::string_view text, int agreement_year) {
  static const Words previous(R"((?i)\bIst\b|Ist-|Vorjahr|Ergebnis|Ausgangswert|Basis|bisher|zuletzt|\balt\b|Jahreswert \d{4}|\bStand\b)");
  static const Words change(R"((?i)Veränderung|Steigerung|Entwicklung in|gegenüber|Delta|Differenz|Rückgang|Änderung)");
  static const Words value(R"((?i)Ziel(?:wert|marke|zahl|vorgabe|niveau)|\bSoll|\bZiel ?\d{4}|\bPlanwert|Vereinbart|Wert ?\d{4}|^Wert\b|Zielvereinbarung \d{4}|\bneu\b|Vereinbarungswert)");
  static const Words weight(R"((?i)Gewicht|\bPunkte|Anteil an der Bewertung|Komponente)");
  static const Words capacity(R"((?i)Plätze|Kapazität|Stellen|VZÄ)");
  static const Words money(R"((?i)Ansatz|Betrag|Mittel\b|Budget|Euro|EUR|€)");
  static const Words bound(R"((?i)Richtung|Vergleich(?:szeichen)?$|Operator|Bedingung|Schwelle)");
  static const Words unit(R"((?i)^Einheit)");
  static const Words label(R"((?i)Gegenstand|Messgröße|^Größe|Kennzahl|Kennwert|Indikator|Beschreibung|Ziel zu|^Ziel$|Bezeichnung|Gruppe|Maßnahme|^Nr|Handlungsfeld|Zielindikator|Personengruppe|Programm|Standort)");
  static const Words only_bound(R"((?i)(?:mindestens|höchstens|maximal|Mindestwert|Höchstwert|Untergrenze|Obergrenze|≥|≤)\.?)");
  Head head;
  head.year = year_in(text);
  static const Words proposal(R"((?i)nicht vereinbart|\bPlan(?:zahl\w*|ung)? ?\d{4}|Planungseintrag|unverbindlich|Angebot|Vorschlag|nachrichtlich|Vergleich:|Orientierungswert)");
  const bool agreed_again = head.year != 0 && head.year >= agreement_year && value.in(text);
  struct Meaning {
    bool says;
    Column kind;
  };
  static const Words from(R"((?i)^ab (?:dem )?\d|^nunmehr)");
  static const Words until(R"((?i)^bis (?:zum )?\d|^bislang)");
  // The first that fits: "Zielwert 2020 (Vorjahr: …)" is a target, "Prognose Zielwert" is none.
  const Meaning meanings[] = {{text.empty(), Column::Empty},      {proposal.in(text), Column::Proposal}, {speaks_of_forecast(text), Column::Forecast}, {only_bound.is(text) || from.in(text), Column::Value}, {until.in(text), Column::Previous},
                              {unit.in(text), Column::Unit},      {weight.in(text), Column::Weight},     {capacity.in(text), Column::Capacity}, {previous.in(text) && !agreed_again, Column::Previous},
                              {change.in(text), Column::Change},  {value.in(text), Column::Value},       {label.in(text), Column::Label},       {money.in(text), Column::Money},
                              {bound.in(text), Column::Bound},    {head.year != 0, head.year < agreement_year ? Column::Previous : Column::Value}};
  for (const auto& meaning : meanings) {
    if (!meaning.says) continue;
    head.kind = meaning.kind;
    break;
  }
  if ((head.kind == Column::Value || head.kind == Column::Forecast) && head.year != 0 && head.year < agreement_year) head.kind = Column::Previous;
  for (const auto& group : rule_book().find("gruppe", text)) head.group = group.code() == "BOTH" ? std::string() : group.code();
  static const Words total(R"((?i)^(?:insgesamt|gesamt|alle)$)");
  if (head.kind == Column::Label && (!head.group.empty() || total.is(text)) && !label.in(text)) head.kind = Column::Value;
  for (const auto& one : rule_book().find("schranke", text)) head.bound = one.code();
  static const Words target(R"((?i)Ziel(?:wert|größe|marke|zahl|vorgabe)|\bSoll|\bZiel ?\d{4}|Vereinbar|neu\b)");
  head.said = target.in(text) || only_bound.is(text) || from.in(text);
  return head;
}

}  // namespace zielwerk::reader
