// Members of the exchange format and what to do about open points, in German.
#include "report/review_words.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <boost/json.hpp>

#include "base/exact.h"

namespace zielwerk::report {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

constexpr Word members[] = {
    {"title", "Titel"},
    {"year", "Jahr"},
    {"kind", "Art"},
    {"state", "Land"},
    {"term", "Laufzeit"},
    {"statute", "Grundlage"},
    {"amends", "Änderung von"},
    {"parties", "Partei"},
    {"documents", "Dokument"},
    {"general_aims", "Leitsatz"},
    {"framework", "Rahmen"},
    {"budgets", "Mittel"},
    {"goals", "Überschrift"},
    {"targets", "Ziel"},
    {"milestones", "Zwischenwert"},
    {"monitoring", "Monitoring"},
    {"forecasts", "Prognose"},
    {"qualitative_goals", "qualitatives Ziel"},
    {"programmes", "Programm"},
    {"scoring", "Bewertungsregel"},
    {"triggers", "Abweichung"},
    {"reporting", "Bericht"},
    {"dialogues", "Zieldialog"},
    {"considerations", "Umstand"},
    {"final_evaluation", "Schlussbewertung"},
    {"committees", "Gremium"},
    {"obligations", "Zusage"},
    {"signatures", "Unterschrift"},
    {"indicator", "Messgröße"},
    {"value", "Wert"},
    {"reference", "Vergleich"},
    {"aggregation", "Bildung"},
    {"wartezeit", "Wartezeit"},
    {"deadline", "Frist"},
    {"condition", "Bedingung"},
    {"weight", "Gewicht"},
    {"tolerance", "Toleranz"},
    {"per", "je"},
    {"place", "Ort"},
    {"steps", "Schritt"},
    {"completion", "Nachweis"},
    {"places", "Plätze"},
    {"until", "Ende"},
    {"amount", "Betrag"},
    {"count", "Anzahl"},
    {"name", "Name"},
    {"data_basis", "Datenbasis"},
    {"thema", "Thema"},
    {"topics", "Thema"},
    {"equivalents", "gleichbedeutend"},
    {"date", "Datum"},
    {"signer", "Name"},
    // further ones, of forms
    {"code", "Kürzel"},
    {"kennzahl", "Kennzahl"},
    {"subgroup", "Gruppe"},
    {"measure", "Skala"},
    {"direction", "Richtung"},
    {"formula", "Formel"},
    {"traeger", "Trägernummer"},
    {"open_points", "offener Punkt"},
    {"comparator", "Bedingung"},
    {"comparator_effective", "Bedingung"},
    {"signed_value", "Wert mit Vorzeichen"},
    {"unit", "Einheit"},
    {"period", "Zeitraum"},
    {"type", "Art"},
    {"month", "Monat"},
    {"from", "von"},
    {"to", "bis, an"},
    {"goal", "Überschrift"},
    {"scope", "Ebene"},
    {"target", "zu Ziel"},
    {"compare_with", "Vergleich mit"},
    {"heading", "Überschrift"},
    {"number", "Nummer"},
    {"role", "Rolle"},
    {"abbr", "Kurzname"},
    {"precision", "Genauigkeit"},
    {"raw", "Wortlaut"},
    {"text", "Text"},
    {"as_of", "Stand"},
    {"location", "Ort"},
    {"status", "Art der Plätze"},
    {"target_group", "Zielgruppe"},
    {"count_exact", "Anzahl genau"},
    {"count_min", "Anzahl mindestens"},
    {"regularity", "Regelmäßigkeit"},
    {"ladestand_rule", "Regel zum Ladestand"},
    {"date_raw", "Datum im Papier"},
    {"date_iso", "Datum"},
    {"date_quality", "Güte des Datums"},
    {"party", "Partei"},
    {"function", "Funktion"},
    {"who", "wer"},
    {"what", "was"},
    {"action", "Folge"},
    {"frequency", "Häufigkeit"},
    {"due", "fällig"},
    {"applies_to", "gilt für"},
    {"binding", "Verbindlichkeit"},
    {"values", "Werte"},
    {"values_year", "Jahr der Werte"},
    {"when_raw", "Zeitpunkt"},
    {"legal_basis", "Rechtsgrundlage"},
    {"section", "Paragraph"},
    {"para", "Absatz"},
    {"sentence", "Satz"},
    {"law", "Gesetz"},
};

constexpr Word advices[] = {
    {"number_unread", "Im Papier nachsehen: Gehört die Zahl zu einem Ziel oder Betrag, das Feld korrigieren oder das Ziel ergänzen; sonst mit Grund als geklärt kennzeichnen."},
    {"target_like_sentence", "Ist der Satz ein Ziel, dann das Ziel ergänzen; sonst mit Grund als geklärt kennzeichnen."},
    {"text_damaged", "Die Stelle am Original prüfen und die Werte daneben berichtigen, wenn sie falsch gelesen sind."},
    {"value_implausible", "Den Wert am Original prüfen und berichtigen oder bestätigen, dass er so vereinbart ist."},
    {"year_missing", "Das Jahr der Vereinbarung im Kopf eintragen."},
    {"title_missing", "Den Titel im Kopf eintragen."},
    {"statute_missing", "Prüfen, nach welcher Nummer des § 48b Abs. 1 SGB II vereinbart wurde."},
    {"kind_inferred", "Prüfen, ob die Art der Vereinbarung stimmt."},
    {"parties_incomplete", "Prüfen, wer vereinbart hat; fehlt eine Partei, das Papier mit dem Original vergleichen."},
    {"signatures_missing", "Prüfen, ob das Papier unterschrieben ist; ohne Unterschriften gilt es nicht."},
    {"signature_missing", "Prüfen, ob alle Parteien unterschrieben haben."},
    {"signature_date_incomplete", "Das Datum am Original nachsehen; ein unvollständiges bleibt unvollständig."},
    {"signature_date_doubtful", "Das Datum am Original prüfen."},
    {"amended_agreement_unknown", "Prüfen, welche Vereinbarung geändert wird."},
};

}  // namespace

std::string advice(std::string_view open_point) {
  const auto found = std::find_if(std::begin(advices), std::end(advices), [&](const Word& word) { return word.first == open_point; });
  return found == std::end(advices) ? "Am Original prüfen; ist nichts zu ändern, mit Grund als geklärt kennzeichnen." : std::string(found->second);
}

std::string kept_in_words(std::string_view kept) {
  boost::json::error_code error;
  const auto value = boost::json::parse(kept, error);
  if (error || value.is_object() || value.is_array()) return std::string(kept);
  if (value.is_string()) return in_words(std::string_view(value.get_string()));
  if (value.is_null()) return "";
  if (value.is_bool()) return value.get_bool() ? "ja" : "nein";
  const auto number = base::parse_decimal(kept);
  return number ? number->german() : std::string(kept);
}

std::string field_in_words(std::string_view member) {
  const auto found = std::find_if(std::begin(members), std::end(members), [&](const Word& word) { return word.first == member; });
  return std::string(found == std::end(members) ? member : found->second);
}

}  // namespace zielwerk::report
