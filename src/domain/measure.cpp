#include "domain/measure.h"

#include <algorithm>

namespace zielwerk::domain {

char letter(Sex sex) { return sex == Sex::T ? 'T' : sex == Sex::M ? 'M' : 'F'; }

std::optional<Sex> parse_sex(std::string_view text) {
  if (text == "T") return Sex::T;
  if (text == "M") return Sex::M;
  if (text == "F") return Sex::F;
  return std::nullopt;
}

std::string SeriesKey::text() const {
  std::string shown = measure + ' ' + letter(sex);
  if (!group.empty()) shown += ' ' + group;
  return shown;
}

Vocabulary::Vocabulary()
    : measures_{
          {"ELB", "erwerbsfähige Leistungsberechtigte (Bestand)", Kind::Stock, "Personen"},
          {"ELB_ZU", "Zugänge von ELB", Kind::Flow, "Personen"},
          {"ELB_AB", "Abgänge von ELB", Kind::Flow, "Personen"},
          {"ELB_UMZ_ZU", "Zuzüge aus anderen Jobcentern", Kind::Flow, "Personen"},
          {"ELB_UMZ_AB", "Fortzüge in andere Jobcenter", Kind::Flow, "Personen"},
          {"INT", "Integrationen", Kind::Flow, "Integrationen"},
          {"INT_SVB", "Integrationen in sozialversicherungspflichtige Beschäftigung", Kind::Flow, "Integrationen"},
          {"INT_KONT", "kontinuierliche Beschäftigung nach Integration", Kind::Flow, "Integrationen"},
          {"INT_NACH", "nachhaltige Integrationen (nach zwölf Monaten beschäftigt)", Kind::Flow, "Integrationen"},
          {"INT_BD", "bedarfsdeckende Integrationen", Kind::Flow, "Integrationen"},
          {"GERING", "Eintritte in geringfügige Beschäftigung", Kind::Flow, "Personen"},
          {"OEFF", "Eintritte in öffentlich geförderte Beschäftigung", Kind::Flow, "Personen"},
          {"AKT", "Personen in Maßnahmen der aktiven Arbeitsförderung (Bestand)", Kind::Stock, "Personen"},
          {"LLU", "Leistungen zum Lebensunterhalt", Kind::Flow, "Euro"},
          {"LUH", "Leistungen für Unterkunft und Heizung", Kind::Flow, "Euro"},
          {"BG", "Bedarfsgemeinschaften (Bestand)", Kind::Stock, "Bedarfsgemeinschaften"},
          {"LZA_ZU", "Übertritte in Langzeitarbeitslosigkeit", Kind::Flow, "Personen"},
          {"LZA_ERW", "Abgänge aus Langzeitarbeitslosigkeit in Erwerbstätigkeit", Kind::Flow, "Personen"},
          {"VK_SOLL", "Verwaltungskosten, zugeteilt", Kind::Flow, "Euro"},
          {"VK_IST", "Verwaltungskosten, verausgabt", Kind::Flow, "Euro"},
          {"EGT_SOLL", "Leistungen zur Eingliederung, zugeteilt", Kind::Flow, "Euro"},
          {"EGT_IST", "Leistungen zur Eingliederung, verausgabt", Kind::Flow, "Euro"},
      },
      groups_{
          {"LZB", "Langzeitleistungsbeziehende", "LZB"},
          {"AE", "Alleinerziehende", "SINGLE_PARENTS"},
          {"ASYL8", "ELB aus den acht Hauptasylherkunftsländern", "ASYLUM_8HKL"},
          {"U25", "unter 25 Jahren", "U25"},
          {"LZB4", "vier Jahre und länger im Leistungsbezug", "LZB4PLUS"},
      } {
  for (const auto& one : measures_) own_.push_back({own_measure(one.code), one.name + ", eigene Berechnung", one.kind, one.counted_in});
}

std::string own_measure(std::string_view code) { return "eigen:" + std::string(code); }
bool is_own_measure(std::string_view code) { return code.starts_with("eigen:"); }

const Measure* Vocabulary::measure(std::string_view code) const {
  const auto& all = is_own_measure(code) ? own_ : measures_;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Measure& one) { return one.code == code; });
  return found == all.end() ? nullptr : &*found;
}

const Group* Vocabulary::group(std::string_view code) const {
  const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const Group& one) { return one.code == code; });
  return found == groups_.end() ? nullptr : &*found;
}

const Group* Vocabulary::group_of_subgroup(std::string_view subgroup) const {
  if (subgroup.empty()) return nullptr;
  const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const Group& one) { return one.subgroup == subgroup; });
  return found == groups_.end() ? nullptr : &*found;
}

}  // namespace zielwerk::domain
