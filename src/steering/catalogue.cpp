#include "steering/catalogue.h"

#include <algorithm>

namespace zielwerk::steering {
namespace {

constexpr bool optional = false;
constexpr bool required = true;

Field line(std::string_view code, std::string_view label, bool needed = required) { return {code, label, Form::Line, needed}; }
Field words(std::string_view code, std::string_view label, bool needed = required) { return {code, label, Form::Words, needed}; }
Field of(Form form, std::string_view code, std::string_view label, bool needed = required) { return {code, label, form, needed}; }
Field id(Refers refers, std::string_view code, std::string_view label, bool needed = required) { return {code, label, Form::Id, needed, false, refers}; }
Field subject(std::string_view letters, std::string_view code, std::string_view label, bool needed = required) { return {code, label, Form::Id, needed, false, Refers::Subject, letters}; }
Field choice(std::string_view code, std::string_view label, std::vector<Choice> choices, bool needed = required) { return {code, label, Form::Choice, needed, false, Refers::Nothing, {}, std::move(choices)}; }
Field filled(Field field) {
  field.filled = true;
  field.required = false;
  return field;
}
Field evidence() { return of(Form::File, "nachweis", "Nachweis", optional); }
Field key(Field field) {
  field.key = true;
  return field;
}

std::vector<Choice> titles() { return {{"VWT", "Verwaltungskosten"}, {"EGT", "Leistungen zur Eingliederung in Arbeit"}}; }
std::vector<Choice> achieved() { return {{"erreicht", "erreicht"}, {"teilweise", "teilweise erreicht"}, {"nicht_erreicht", "nicht erreicht"}}; }

std::vector<Kind> make() {
  using enum Form;
  return {
      // Verhandlung
      {.code = "angebot", .label = "Angebot", .opens = "R", .rooms = Rooms::Either,
       .fields = {of(Document, "dokument", "Fassung der Vereinbarung"), of(Reasons, "gruende", "Begründung je Ziel", optional), words("hinweis", "Hinweis", optional)}},
      {.code = "einigung", .label = "Einigung auf eine Runde", .about = "R", .consent = Consent::EverySide, .fields = {}},
      {.code = "unterschrift", .label = "Unterschrift", .consent = Consent::SecondPerson, .replaces = true,
       .fields = {key(id(Refers::Party, "partei", "Partei")), line("person", "Wer unterschrieb"), line("funktion", "Funktion", optional), line("ort", "Ort", optional),
                  of(RawDate, "datum", "Datum, wie es dasteht", optional), choice("in_vertretung", "In Vertretung", {{"ja", "ja"}, {"nein", "nein"}}, optional), of(File, "datei", "Unterschriebene Fassung", optional)}},
      {.code = "anlage", .label = "Anlage", .opens = "A", .rooms = Rooms::Either,
       .fields = {line("titel", "Titel"),
                  choice("art", "Art", {{"unterschriebene_fassung", "Unterschriebene Fassung"}, {"planungsdokument", "Lokales Planungsdokument"}, {"daten", "Daten"}, {"nachweis", "Nachweis"}, {"sonstiges", "Sonstiges"}}),
                  line("fassung", "Fassung", optional), of(File, "datei", "Datei")}},
      {.code = "anlage.fassung", .label = "Neue Fassung einer Anlage", .about = "A", .rooms = Rooms::Either, .fields = {line("fassung", "Fassung"), of(File, "datei", "Datei")}},
      {.code = "archivieren", .label = "Archivierung", .consent = Consent::SecondPerson, .fields = {words("grund", "Grund", optional)}},
      // Dialoge
      {.code = "dialog.planen", .label = "Dialog planen", .opens = "D",
       .fields = {of(Date, "datum", "Tag"), of(Time, "beginn", "Beginn", optional), of(Time, "ende", "Ende", optional), line("ort", "Ort", optional),
                  choice("art", "Art", {{"regelmaessig", "regelmäßiger Dialog"}, {"anlass", "Dialog aus Anlass"}, {"abrechnung", "Dialog zur Abrechnung"}}), words("anlass", "Anlass", optional), words("teilnehmer", "Teilnehmende", optional)}},
      {.code = "dialog.verlegen", .label = "Dialog verlegen", .about = "D", .fields = {of(Date, "datum", "Tag"), of(Time, "beginn", "Beginn", optional), of(Time, "ende", "Ende", optional), line("ort", "Ort", optional), words("grund", "Grund")}},
      {.code = "dialog.absagen", .label = "Dialog absagen", .about = "D", .fields = {words("grund", "Grund")}},
      {.code = "dialog.stichtag", .label = "Datenbasis festhalten", .about = "D", .replaces = true,
       .fields = {of(Month, "monat", "Berichtsmonat"), of(Month, "ladestand", "Ladestand", optional), filled(of(Count, "fassung", "Fassung der Vereinbarung")), filled(line("regel", "Regelstand"))}},
      {.code = "dialog.punkt", .label = "Punkt der Tagesordnung", .about = "D", .fields = {line("titel", "Punkt"), id(Refers::Target, "ziel", "Ziel", optional)}},
      {.code = "dialog.empfehlung", .label = "Empfehlung des Ausschusses", .about = "D", .fields = {id(Refers::Committee, "ausschuss", "Ausschuss"), words("text", "Empfehlung")}},
      {.code = "dialog.notiz", .label = "Eigene Notiz", .about = "D", .rooms = Rooms::Own, .fields = {words("text", "Notiz")}},
      {.code = "dialog.protokoll", .label = "Protokoll", .about = "D", .consent = Consent::EverySide, .replaces = true, .fields = {words("text", "Protokoll")}},
      {.code = "dialog.beschluss", .label = "Beschluss", .about = "D", .fields = {words("text", "Beschluss"), id(Refers::Target, "ziel", "Ziel", optional)}},
      {.code = "massnahme.vereinbaren", .label = "Maßnahme vereinbaren", .opens = "M",
       .fields = {line("titel", "Maßnahme"), line("verantwortlich", "Verantwortlich"), of(Date, "beginn", "Beginn", optional), of(Date, "faellig", "Fällig"), id(Refers::Target, "ziel", "Ziel", optional),
                  words("wirkung", "Erwartete Wirkung", optional), subject("D", "dialog", "Vereinbart im Dialog", optional)}},
      {.code = "massnahme.stand", .label = "Stand einer Maßnahme", .about = "M", .replaces = true,
       .fields = {choice("stand", "Stand", {{"offen", "offen"}, {"laeuft", "läuft"}, {"erledigt", "erledigt"}, {"aufgegeben", "aufgegeben"}}), words("text", "Bericht", optional), subject("D", "dialog", "Besprochen im Dialog", optional), evidence()}},
      // Kommentare
      {.code = "kommentar", .label = "Kommentar zu einer Abweichung", .rooms = Rooms::Either, .replaces = true,
       .fields = {key(id(Refers::Target, "ziel", "Ziel")), key(of(Month, "monat", "Berichtsmonat")), words("ursache", "Ursache"), words("massnahme", "Was getan wird")}},
      // Qualitative Ziele und Programme
      {.code = "ziel.schritt", .label = "Stand eines Schritts", .replaces = true,
       .fields = {key(id(Refers::Quality, "ziel", "Qualitatives Ziel")), key(of(Count, "schritt", "Schritt")), choice("stand", "Stand", {{"offen", "offen"}, {"begonnen", "begonnen"}, {"erledigt", "erledigt"}}), of(Date, "datum", "Am", optional), words("text", "Bericht", optional), evidence()}},
      {.code = "ziel.kriterium", .label = "Stand eines Kriteriums", .replaces = true,
       .fields = {key(id(Refers::Quality, "ziel", "Qualitatives Ziel")), key(of(Count, "kriterium", "Kriterium")), choice("erfuellt", "Erfüllt", {{"ja", "ja"}, {"nein", "nein"}}), of(Date, "datum", "Am", optional), words("text", "Bericht", optional), evidence()}},
      // Of each side the newest one holds; nobody replaces another side's view.
      {.code = "ziel.sicht", .label = "Sicht der eigenen Seite", .rooms = Rooms::Either,
       .fields = {key(id(Refers::Quality, "ziel", "Qualitatives Ziel")), choice("urteil", "Urteil", achieved()), words("grund", "Begründung")}},
      {.code = "ziel.bewertung", .label = "Gemeinsame Bewertung", .consent = Consent::EverySide, .replaces = true,
       .fields = {key(id(Refers::Quality, "ziel", "Qualitatives Ziel")), choice("urteil", "Urteil", achieved()), of(Date, "datum", "Am"), words("grund", "Begründung")}},
      {.code = "programm.plaetze", .label = "Plätze eines Programms", .replaces = true,
       .fields = {key(id(Refers::Programme, "programm", "Programm")), key(line("ort", "Standort", optional)), key(of(Month, "ab", "Ab Monat")), of(Count, "plaetze", "Plätze"), line("quelle", "Quelle", optional)}},
      {.code = "programm.belegung", .label = "Belegte Plätze", .replaces = true,
       .fields = {key(id(Refers::Programme, "programm", "Programm")), key(line("ort", "Standort", optional)), key(of(Month, "monat", "Monat")), of(Count, "belegt", "Belegt"), line("quelle", "Quelle", optional)}},
      // Haushalt
      {.code = "budget.zuteilung", .label = "Zuteilung", .replaces = true, .fields = {key(choice("titel", "Titel", titles())), of(Euro, "betrag", "Betrag"), of(Date, "datum", "Vom"), line("quelle", "Quelle")}},
      {.code = "budget.umschichtung", .label = "Umschichtung", .opens = "U", .fields = {choice("von", "Von", titles()), choice("nach", "Nach", titles()), of(Euro, "betrag", "Betrag"), of(Date, "datum", "Am"), line("quelle", "Quelle", optional)}},
      {.code = "budget.stand", .label = "Mittelstand eines Monats", .replaces = true,
       .fields = {key(choice("titel", "Titel", titles())), key(of(Month, "monat", "Monat")), of(Euro, "ausgegeben", "Ausgegeben seit Januar"), of(Euro, "gebunden", "Gebunden", optional), line("quelle", "Quelle", optional)}},
      // Berücksichtigung
      {.code = "sachverhalt", .label = "Sachverhalt zu einer Klausel", .opens = "S", .rooms = Rooms::Either,
       .fields = {id(Refers::Consideration, "klausel", "Klausel"), of(Date, "datum", "Am"), words("text", "Sachverhalt"), line("quelle", "Quelle", optional), evidence()}},
      {.code = "abwaegung", .label = "Abwägung zu einem Ziel", .consent = Consent::EverySide, .replaces = true,
       .fields = {key(id(Refers::Target, "ziel", "Ziel")), {"klauseln", "Klauseln", Ids, required, false, Refers::Consideration}, {"sachverhalte", "Sachverhalte", Ids, optional, false, Refers::Subject, "S"},
                  of(Decimal, "wirkung", "Wirkung, wenn beziffert", optional), line("einheit", "Einheit der Wirkung", optional), words("grund", "Begründung"),
                  choice("urteil", "Urteil", {{"als_erreicht", "als erreicht bewertet"}, {"als_nicht_erreicht", "als nicht erreicht bewertet"}, {"keine_bewertung", "nicht bewertet"}})}},
      // Abrechnung
      {.code = "abrechnung", .label = "Zielabrechnung", .consent = Consent::EverySide, .replaces = true, .fields = {of(Month, "monat", "Berichtsmonat"), of(Month, "ladestand", "Ladestand", optional), words("text", "Zusammenfassung", optional), filled(of(Frozen, "ergebnis", "Ergebnis"))}},
      {.code = "abrechnung.berichtigung", .label = "Vermerk zu späteren Daten", .consent = Consent::SecondPerson, .fields = {words("text", "Vermerk")}},
      // Zustimmung
      {.code = "zustimmung", .label = "Zustimmung", .fields = {of(Count, "vorgang", "Vorgang")}},
  };
}

const std::vector<Kind>& all() {
  static const std::vector<Kind> kinds = make();
  return kinds;
}

}  // namespace

std::span<const Kind> catalogue() { return all(); }

const Kind* find_kind(std::string_view code) {
  const auto found = std::find_if(all().begin(), all().end(), [&](const Kind& one) { return one.code == code; });
  return found == all().end() ? nullptr : &*found;
}

std::string label_of(std::string_view kind, std::string_view field, std::string_view code) {
  for (const auto& one : find_kind(kind)->fields) {
    if (one.code != field) continue;
    for (const auto& choice : one.choices) {
      if (choice.code == code) return std::string(choice.label);
    }
  }
  return std::string(code);
}

}  // namespace zielwerk::steering
