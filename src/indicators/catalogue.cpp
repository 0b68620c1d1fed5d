#include "indicators/catalogue.h"

#include <algorithm>

namespace zielwerk::indicators {
namespace {

using domain::Sex;

constexpr Month begin_of_regulation{2010, 8};
// K2E3 changed on 22.03.2019, after March's Stichtag (mid-month): April is the first month under the new text (docs/decisions/0005).
constexpr Month last_of_old_k2e3{2019, 3};
constexpr const char* bgbl_2010 = "BGBl. 2010 I S. 1152";
constexpr const char* bgbl_2019 = "BGBl. 2019 I S. 339 (Art. 1, ab 22.03.2019)";

Term this_month(Collect collect, std::string measure, std::string group = "") { return {collect, std::move(measure), std::move(group), 0, 0}; }
Term previous_month(std::string measure, std::string group = "") { return {Collect::Mean, std::move(measure), std::move(group), -1, -1}; }
Term same_month_last_year(Collect collect, std::string measure, std::string group = "") {
  return {collect, std::move(measure), std::move(group), -12, -12};
}
Term last_12(std::string measure, std::string group = "") { return {Collect::Sum, std::move(measure), std::move(group), -11, 0}; }
// The twelve months BEFORE each integration, t-12 … t-1: published practice of the BA (docs/decisions/0004).
Term stock_before(std::string group = "") { return {Collect::Mean, "ELB", std::move(group), -12, -1}; }

Figure row(std::string code, std::string name, std::string paragraph, std::string words, Shape shape, Term above, Term below, Good good) {
  Figure figure;
  figure.code = std::move(code);
  figure.name = std::move(name);
  figure.paragraph = std::move(paragraph);
  figure.words = std::move(words);
  figure.gazette = bgbl_2010;
  figure.from = begin_of_regulation;
  figure.shape = shape;
  figure.above = std::move(above);
  figure.below = std::move(below);
  figure.good = good;
  figure.accumulates = shape == Shape::Quotient && figure.above.first == -11 && figure.below.collect == Collect::Mean;
  return figure;
}

Figure change(Figure figure) {
  figure.shown_as_change = true;
  return figure;
}

Figure until(Figure figure, Month last) {
  figure.until = last;
  return figure;
}

Figure since(Figure figure, Month first, const char* gazette) {
  figure.from = first;
  figure.gazette = gazette;
  return figure;
}

const std::vector<Figure>& rows() {
  static const std::vector<Figure> table = {
      change(row("K1", "Veränderung der Summe der Leistungen zum Lebensunterhalt", "§ 4 Abs. 1", "Vorjahresmonat", Shape::Quotient,
                 this_month(Collect::Sum, "LLU"), same_month_last_year(Collect::Sum, "LLU"), Good::Down)),
      change(row("K1E1", "Veränderung der Summe der Leistungen für Unterkunft und Heizung", "§ 4 Abs. 2 Nr. 1", "Vorjahresmonat", Shape::Quotient,
                 this_month(Collect::Sum, "LUH"), same_month_last_year(Collect::Sum, "LUH"), Good::Down)),
      change(row("K1E2", "Veränderung der Zahl der erwerbsfähigen Leistungsberechtigten", "§ 4 Abs. 2 Nr. 2", "Vorjahresmonat", Shape::Quotient,
                 this_month(Collect::Mean, "ELB"), same_month_last_year(Collect::Mean, "ELB"), Good::Down)),
      // The month's inflow over the stock of the SAME month …
      row("K1E3", "Durchschnittliche Zugangsrate der erwerbsfähigen Leistungsberechtigten", "§ 4 Abs. 2 Nr. 3", "im selben Monat",
          Shape::MeanOfMonthlyQuotients, this_month(Collect::Sum, "ELB_ZU"), this_month(Collect::Mean, "ELB"), Good::Down),
      // … but its outflow over the stock of the PREVIOUS month.
      row("K1E4", "Durchschnittliche Abgangsrate der erwerbsfähigen Leistungsberechtigten", "§ 4 Abs. 2 Nr. 4", "im Vormonat",
          Shape::MeanOfMonthlyQuotients, this_month(Collect::Sum, "ELB_AB"), previous_month("ELB"), Good::Up),

      // § 5 Abs. 1 says "in den vergangenen zwölf Monaten" above and below the line; the BA shifts the stock by one month.
      row("K2", "Integrationsquote", "§ 5 Abs. 1", "in den vergangenen zwölf Monaten", Shape::Quotient, last_12("INT"), stock_before(), Good::Up),
      row("K2E1", "Quote der Eintritte in geringfügige Beschäftigung", "§ 5 Abs. 2 Nr. 1", "in den vergangenen zwölf Monaten", Shape::Quotient,
          last_12("GERING"), stock_before(), Good::Neutral),
      row("K2E2", "Quote der Eintritte in öffentlich geförderte Beschäftigung", "§ 5 Abs. 2 Nr. 2", "in den vergangenen zwölf Monaten",
          Shape::Quotient, last_12("OEFF"), stock_before(), Good::Neutral),
      until(row("K2E3", "Nachhaltigkeit der Integrationen", "§ 5 Abs. 2 Nr. 3", "nach zwölf Monaten beschäftigt", Shape::Quotient, last_12("INT_NACH"),
                last_12("INT_SVB"), Good::Up),
            last_of_old_k2e3),
      since(row("K2E3", "Kontinuierliche Beschäftigung nach Integration", "§ 5 Abs. 2 Nr. 3", "in jedem der sechs Monate danach beschäftigt",
                Shape::Quotient, last_12("INT_KONT"), last_12("INT_SVB"), Good::Up),
            last_of_old_k2e3 + 1, bgbl_2019),
      row("K2E4", "Integrationsquote der Alleinerziehenden", "§ 5 Abs. 2 Nr. 4", "entsprechend Absatz 1", Shape::Quotient, last_12("INT", "AE"),
          stock_before("AE"), Good::Up),

      change(row("K3", "Veränderung des Bestands an Langzeitleistungsbeziehenden", "§ 6 Abs. 1", "Vorjahresmonat", Shape::Quotient,
                 this_month(Collect::Mean, "ELB", "LZB"), same_month_last_year(Collect::Mean, "ELB", "LZB"), Good::Down)),
      row("K3E1", "Integrationsquote der Langzeitleistungsbeziehenden", "§ 6 Abs. 2 Nr. 1", "in den vergangenen zwölf Monaten", Shape::Quotient,
          last_12("INT", "LZB"), stock_before("LZB"), Good::Up),
      row("K3E2", "Aktivierungsquote der Langzeitleistungsbeziehenden", "§ 6 Abs. 2 Nr. 2", "im selben Monat", Shape::Quotient,
          this_month(Collect::Mean, "AKT", "LZB"), this_month(Collect::Mean, "ELB", "LZB"), Good::Up),
      row("K3E3", "Durchschnittliche Zugangsrate der Langzeitleistungsbeziehenden", "§ 6 Abs. 2 Nr. 3", "im selben Monat",
          Shape::MeanOfMonthlyQuotients, this_month(Collect::Sum, "ELB_ZU", "LZB"), this_month(Collect::Mean, "ELB", "LZB"), Good::Down),
      row("K3E4", "Durchschnittliche Abgangsrate der Langzeitleistungsbeziehenden", "§ 6 Abs. 2 Nr. 4", "im Vormonat",
          Shape::MeanOfMonthlyQuotients, this_month(Collect::Sum, "ELB_AB", "LZB"), previous_month("ELB", "LZB"), Good::Up),
  };
  return table;
}

Figure amount(std::string code, std::string name, Collect collect, std::string measure, std::string group, Good good) {
  Figure figure;
  figure.code = std::move(code);
  figure.name = std::move(name);
  figure.shape = Shape::Amount;
  figure.above = {collect, std::move(measure), std::move(group), -11, 0};
  figure.good = good;
  figure.accumulates = collect == Collect::Sum;
  return figure;
}

Figure share(std::string code, std::string name, std::string above, std::string below, bool accumulates) {
  Figure figure;
  figure.code = std::move(code);
  figure.name = std::move(name);
  figure.above = last_12(std::move(above));
  figure.below = last_12(std::move(below));
  figure.accumulates = accumulates;
  return figure;
}

// Figures of agreements that are not in the regulation (docs of the exchange format for facts, last table).
const std::vector<Figure>& amounts() {
  static const std::vector<Figure> table = {
      amount("INTEGRATIONS_COUNT", "Zahl der Integrationen", Collect::Sum, "INT", "", Good::Up),
      amount("LZB_STOCK", "Bestand an Langzeitleistungsbeziehenden", Collect::Mean, "ELB", "LZB", Good::Down),
      amount("LZB4PLUS_COUNT", "Bestand an Leistungsbeziehenden seit vier Jahren und länger", Collect::Mean, "ELB", "LZB4", Good::Down),
      amount("LZB_INFLOW", "Zugänge in den Langzeitleistungsbezug", Collect::Sum, "ELB_ZU", "LZB", Good::Down),
      amount("LLU_SUM", "Summe der Leistungen zum Lebensunterhalt", Collect::Sum, "LLU", "", Good::Down),
      amount("LUH_SUM", "Summe der Leistungen für Unterkunft und Heizung", Collect::Sum, "LUH", "", Good::Down),
      amount("ELB_COUNT", "Bestand an erwerbsfähigen Leistungsberechtigten", Collect::Mean, "ELB", "", Good::Down),
      amount("ELB_INFLOW", "Zugänge von erwerbsfähigen Leistungsberechtigten", Collect::Sum, "ELB_ZU", "", Good::Down),
      amount("BG_COUNT", "Bedarfsgemeinschaften", Collect::Mean, "BG", "", Good::Down),
      amount("CASELOAD", "Fallzahl (gelesen als Bedarfsgemeinschaften)", Collect::Mean, "BG", "", Good::Down),
      amount("LZA_TRANSITIONS", "Übertritte in Langzeitarbeitslosigkeit", Collect::Sum, "LZA_ZU", "", Good::Down),
      amount("LZA_EXITS_EMPLOYMENT", "Abgänge aus Langzeitarbeitslosigkeit in Erwerbstätigkeit", Collect::Sum, "LZA_ERW", "", Good::Up),
      share("NEED_COVERING_SHARE", "Anteil bedarfsdeckender Integrationen", "INT_BD", "INT", false),
      share("EGT_UTILISATION", "Ausschöpfung der Eingliederungsmittel", "EGT_IST", "EGT_SOLL", true),
  };
  return table;
}

std::optional<Figure> base_figure(std::string_view code, Month month, const Declared& declared) {
  const auto of = [&](std::string_view kennzahl_code) -> std::optional<Figure> {
    const auto* found = kennzahl(kennzahl_code, month);
    return found ? std::optional(*found) : std::nullopt;
  };
  if (code == "INTEGRATION_RATE") return of("K2");
  if (code == "INTEGRATION_SUSTAINABILITY") return of("K2E3");
  if (code == "LZB_EXIT_RATE") return of("K3E4");
  if (code == "GENDER_GAP_INTEGRATION_RATE") {
    auto gap = of("K2");
    if (gap) {
      gap->name = "Abstand der Integrationsquoten von Männern und Frauen";
      gap->shape = Shape::GapBetweenSexes;
      gap->good = Good::Down;
    }
    return gap;
  }
  for (const auto* table : {&amounts(), &declared}) {
    const auto found = std::find_if(table->begin(), table->end(), [&](const Figure& figure) { return figure.code == code; });
    if (found != table->end()) return *found;
  }
  return std::nullopt;
}

// K2 among the LZB is K3E1, among Alleinerziehende K2E4: name and paragraph follow the row of the regulation.
void take_name_of_regulation(Figure& figure, Month month) {
  if (figure.shape != Shape::Quotient) return;
  for (const auto& known : regulation()) {
    if (kennzahl(known.code, month) == &known && known.above.measure == figure.above.measure && known.above.group == figure.above.group &&
        known.below.measure == figure.below.measure && known.below.group == figure.below.group && known.above.first == figure.above.first) {
      figure.code = known.code;
      figure.name = known.name;
      figure.paragraph = known.paragraph;
      figure.words = known.words;
      return;
    }
  }
}

}  // namespace

std::span<const Figure> regulation() { return rows(); }

const Figure* kennzahl(std::string_view code, Month month) {
  for (const auto& figure : rows()) {
    if (figure.code == code && *figure.from <= month && (!figure.until || month <= *figure.until)) return &figure;
  }
  return nullptr;
}

std::optional<Subject> subject(std::string_view code, std::string_view subgroup, Month month, const domain::Vocabulary& vocabulary,
                               const Declared& declared) {
  auto figure = base_figure(code, month, declared);
  if (!figure) return std::nullopt;
  Subject subject{std::move(*figure), Sex::T};
  if (subgroup.empty()) return subject;
  if (subgroup == "WOMEN" || subgroup == "MEN") {
    if (subject.figure.shape == Shape::GapBetweenSexes) return std::nullopt;
    subject.sex = subgroup == "WOMEN" ? Sex::F : Sex::M;
    return subject;
  }
  const auto* group = vocabulary.group_of_subgroup(subgroup);
  if (!group) return std::nullopt;
  for (auto* term : {&subject.figure.above, &subject.figure.below}) {
    if (term->measure.empty() || term->group == group->code) continue;
    if (!term->group.empty()) return std::nullopt;  // "LZB stock of Alleinerziehende" is a figure nobody publishes
    term->group = group->code;
  }
  subject.figure.name += " (" + group->name + ")";
  take_name_of_regulation(subject.figure, month);
  return subject;
}

std::vector<std::string> agreement_codes() {
  std::vector<std::string> codes = {"INTEGRATION_RATE", "INTEGRATION_SUSTAINABILITY", "LZB_EXIT_RATE", "GENDER_GAP_INTEGRATION_RATE"};
  for (const auto& figure : amounts()) codes.push_back(figure.code);
  return codes;
}

}  // namespace zielwerk::indicators
