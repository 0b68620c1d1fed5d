#include <algorithm>
#include <array>

#include "papers/builders.h"

namespace zielwerk::papers {
namespace {

constexpr auto all = std::to_array<Kind>({
    {.name = "agreement", .title = "Zielvereinbarung", .purpose = "der Text in der Form des Landes", .text = true, .build = agreement_paper},
    {.name = "dossier", .title = "Dossier für den Steuerungsdialog", .purpose = "sieben Botschaften, eine Seite je Ziel, seit dem letzten Mal, offene Maßnahmen", .course = true, .build = dossier},
    {.name = "datapack", .title = "Datenpaket", .purpose = "aufbereitete Daten für die Jobcenter eines Landes", .figures = true, .leaves = true, .build = data_pack},
    {.name = "management", .title = "Managementbericht", .purpose = "Abweichungen, Ursachen und was getan wird", .build = management_report},
    {.name = "gender", .title = "Gender-Datenblatt", .purpose = "alle Kennzahlen nach Geschlecht, neben Land und Vergleichstyp", .figures = true, .leaves = true, .build = gender_sheet},
    {.name = "council", .title = "Vorlage für Kreistag oder Stadtrat", .purpose = "in einfachen Worten, mit Worterklärungen", .leaves = true, .build = council_paper},
    {.name = "settlement", .title = "Zielabrechnung", .purpose = "Ergebnis des Jahres", .year_end = true, .build = settlement},
});

}  // namespace

std::span<const Kind> kinds() { return all; }

const Kind* kind(std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Kind& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace zielwerk::papers
