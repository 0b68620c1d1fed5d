#include "report/derivation_report.h"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::report {
namespace {

namespace json = boost::json;
using indicators::Derivation;

json::object node(const Derivation& derivation, const std::vector<domain::Delivery>& deliveries) {
  json::object object;
  object["op"] = derivation.operation;
  object["text"] = derivation.label;
  object["wert"] = base::fraction(derivation.value);
  if (derivation.fact) {
    const auto& fact = *derivation.fact;
    object["messgroesse"] = derivation.series.measure;
    object["geschlecht"] = std::string(1, domain::letter(derivation.series.sex));
    object["gruppe"] = derivation.series.group;
    object["berichtsmonat"] = fact.month.text();
    object["ladestand"] = fact.state.loaded.text();
    const auto found = std::find_if(deliveries.begin(), deliveries.end(), [&](const auto& one) { return one.id == fact.delivery; });
    json::object delivery;
    delivery["nr"] = fact.delivery;
    if (found != deliveries.end()) {
      delivery["quelle"] = found->source;
      delivery["stelle"] = found->describe(fact.place);
      delivery["sha256"] = found->sha256;
      if (found->correction) delivery["korrektur"] = true;
    }
    object["lieferung"] = std::move(delivery);
  }
  if (!derivation.arguments.empty()) {
    json::array arguments;
    for (const auto& argument : derivation.arguments) arguments.emplace_back(node(argument, deliveries));
    object["aus"] = std::move(arguments);
  }
  return object;
}

json::array evidence(const std::vector<domain::Evidence>& all) {
  json::array array;
  for (const auto& one : all) {
    json::object entry;
    entry["zitat"] = one.quote;
    entry["zeile"] = one.line;
    array.emplace_back(std::move(entry));
  }
  return array;
}

template <class Rows>
const auto* with_id(const Rows& rows, const std::string& id) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

// "relative Veränderung zum Vorjahr, mindestens +9,9 %"
std::string rule_words(const domain::Target& target) {
  const auto value = base::round_half_away(target.value.exact(), target.places());
  const char* unit = target.unit == "PERCENT" ? " %" : target.unit == "PERCENTAGE_POINT" ? " Prozentpunkte" : target.unit == "EUR" ? " €" : "";
  const auto of_scale = [&](const char* words, bool with_sign) {
    return fmt::format("{}, {} {}{}", words, domain::in_words(target.bound), with_sign ? value.german_with_sign() : value.german(), unit);
  };
  switch (target.scale) {
    case domain::Scale::RelativeChange: return of_scale("relative Veränderung zum Vorjahr", true);
    case domain::Scale::ChangeInPoints: return of_scale("Veränderung in Prozentpunkten", true);
    case domain::Scale::AbsoluteChange: return of_scale("absolute Veränderung zum Vorjahr", true);
    case domain::Scale::Ratio: return of_scale("Vielfaches des Vorjahreswerts", false);
    case domain::Scale::Level: return of_scale("Niveau", false);
    case domain::Scale::Other: break;
  }
  return of_scale(target.scale_code.c_str(), false);
}

void add_words(json::object& object, const std::string& id, const domain::TargetAgreement& agreement) {
  if (const auto* target = with_id(agreement.targets, id)) {
    object["wortlaut"] = target->words;
    object["belege"] = evidence(target->evidence);
    object["regel"] = rule_words(*target);
  } else if (const auto* observed = with_id(agreement.monitoring, id)) {
    object["belege"] = evidence(observed->evidence);
    object["regel"] = "Monitoring: wird beobachtet, hat kein Urteil";
  } else if (const auto* forecast = with_id(agreement.forecasts, id)) {
    object["wortlaut"] = forecast->words;
    object["belege"] = evidence(forecast->evidence);
    object["regel"] = "Prognose: steht neben dem Ist, hat kein Urteil";
  } else if (const auto* goal = with_id(agreement.qualitative, id)) {
    object["wortlaut"] = goal->title;
    object["belege"] = evidence(goal->evidence);
    object["regel"] = "Qualitatives Ziel: die Partner entscheiden gemeinsam";
  } else if (const auto* programme = with_id(agreement.programmes, id)) {
    object["wortlaut"] = programme->name;
    object["belege"] = evidence(programme->evidence);
    object["regel"] = "Programm: wird beobachtet, hat kein Urteil";
  }
}

// "2800/1329" as people read it.
std::string readable(std::string_view fraction) {
  const auto slash = fraction.find('/');
  const base::Exact value = slash == std::string_view::npos
                                ? base::Exact(base::Integer(std::string(fraction)))
                                : base::Exact(base::Integer(std::string(fraction.substr(0, slash))), base::Integer(std::string(fraction.substr(slash + 1))));
  return base::german_or_rounded(value, 6);
}

std::string text_of(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

class Printer {
 public:
  explicit Printer(const TextStyle& style) : style_(style) {}

  // `hang`: columns that continued lines are set in.
  void line(std::size_t indent, const std::string& words, Tone tone = Tone::Plain, std::size_t hang = 0) {
    const auto room = style_.width == 0 ? std::string::npos : std::max<std::size_t>(style_.width, indent + hang + 30) - indent - hang;
    bool first = true;
    for (const auto& one : base::wrap(base::printable(words), room)) {
      text += std::string(indent + (first ? 0 : hang), ' ') + in_colour(one, tone, style_.colour) + "\n";
      first = false;
    }
  }

  void labelled(const char* label, const std::string& words, Tone tone = Tone::Plain) {
    if (!words.empty()) line(0, fmt::format("{:<{}}{}", label, label_width, words), tone, label_width);
  }

  // A sum that was printed before is only named again.
  void tree(const json::object& object, std::size_t level) {
    const auto operation = text_of(object, "op");
    if (operation == "fact") return fact(object, level);
    const auto how = symbol(operation);
    const auto* arguments = object.if_contains("aus");
    const bool again = arguments && !printed_.insert(json::serialize(object)).second;
    line(level * 2, fmt::format("{} = {}{}{}", text_of(object, "text"), readable(text_of(object, "wert")), how.empty() ? "" : "   (" + how + ")",
                                again ? "   (siehe oben)" : ""));
    if (!arguments || again) return;
    for (const auto& argument : arguments->as_array()) tree(argument.as_object(), level + 1);
  }

  std::string text;

 private:
  static constexpr std::size_t label_width = 12;

  static std::string symbol(const std::string& operation) {
    static const std::map<std::string, const char*> symbols = {{"quotient_percent", "Zähler / Nenner × 100"}, {"ratio", "Zähler / Nenner"},
                                                               {"change_percent", "(neu / alt − 1) × 100"},   {"difference", "neu − alt"},
                                                               {"gap", "Betrag der Differenz"},               {"raised_by_percent", "Vorjahr × (1 + Prozent / 100)"},
                                                               {"plus", "Vorjahr + Veränderung"},             {"percent_of", "Prozent × Nenner / 100"},
                                                               {"share_of", "Sollwert × Monat / Jahr"}};
    const auto found = symbols.find(operation);
    if (found != symbols.end()) return found->second;
    if (operation.starts_with("round")) return "gerundet";
    if (operation.starts_with("edge")) return "Soll, um eine halbe letzte Stelle versetzt";
    if (operation.starts_with("distance whole")) return "in ganzen Zahlen";
    if (operation.starts_with("distance floor")) return "abgerundet";
    return {};
  }

  void fact(const json::object& object, std::size_t level) {
    const auto& delivery = object.at("lieferung").as_object();
    line(level * 2,
         fmt::format("{}  {:>14}   Ladestand {}, Lieferung {}{} ({}, {})", text_of(object, "berichtsmonat"), readable(text_of(object, "wert")),
                     text_of(object, "ladestand"), delivery.at("nr").to_number<std::int64_t>(), delivery.contains("korrektur") ? ", Korrektur" : "", text_of(delivery, "quelle"), text_of(delivery, "stelle")),
         Tone::Faint);
  }

  TextStyle style_;
  std::set<std::string> printed_;
};

}  // namespace

json::object derivation(const evaluation::Evaluation& head, const evaluation::Assessment& row, const domain::TargetAgreement& agreement,
                        const std::vector<domain::Delivery>& deliveries) {
  json::object object;
  object["format"] = "zielwerk.derivation/1";
  object["agreement"] = head.agreement;
  object["fassung"] = head.version;
  object["traeger"] = head.jobcenter;
  object["berichtsmonat"] = head.month.text();
  object["ziel"] = row.id;
  object["regelstand"] = evaluation::rule_version;
  add_words(object, row.id, agreement);
  if (!row.formula.empty()) object["formel"] = row.formula;
  if (!row.paragraph.empty()) object["rechtsgrundlage"] = row.paragraph;
  json::object figures;
  for (const char* name : {"ist", "ist_exakt", "niveau", "niveau_vorjahr", "niveau_soll", "soll_pfad", "abstand"}) {
    const auto found = row.how.find(name);
    if (found != row.how.end()) figures[name] = node(found->second, deliveries);
  }
  object["groessen"] = std::move(figures);
  object["ergebnis"] = to_json(line(row));
  return object;
}

std::string derivation_text(const json::object& derivation, const TextStyle& style) {
  const auto result = parse_line(json::serialize(derivation.at("ergebnis")));
  Printer printer(style);
  printer.line(0, fmt::format("{} · {} · Berichtsmonat {} · Wartezeit t-{} · Ladestand {} (Vorjahr {})", text_of(derivation, "agreement"),
                              text_of(derivation, "ziel"), text_of(derivation, "berichtsmonat"), result.waiting, result.state, result.state_last_year));
  printer.text += "\n";
  if (const auto* evidence = derivation.if_contains("belege")) {
    for (const auto& one : evidence->as_array()) {
      auto quote = text_of(one.as_object(), "zitat");
      std::replace(quote.begin(), quote.end(), '\n', ' ');
      printer.labelled("Wortlaut", fmt::format("„{}“ (Zeile {})", quote, one.as_object().at("zeile").to_number<std::int64_t>()));
    }
  }
  printer.labelled("Regel", text_of(derivation, "regel"));
  printer.labelled("Formel", text_of(derivation, "formel"));
  printer.labelled("Grundlage", text_of(derivation, "rechtsgrundlage"));
  printer.labelled("Regelstand", text_of(derivation, "regelstand"));
  for (const auto& assumption : result.assumptions) printer.labelled("Annahme", assumption);
  const auto status = status_cell(result.status);
  printer.text += "\n";
  auto verdict = status.shown;
  const auto unit = [&] { return result.unit == "PERCENT" ? " %" : result.unit == "PERCENTAGE_POINT" ? " Prozentpunkte" : result.unit == "EUR" ? " €" : ""; }();
  const auto sign = result.comparator == ">=" ? "≥ " : result.comparator == "<=" ? "≤ " : result.comparator ? *result.comparator + " " : "";
  if (result.actual) verdict += fmt::format(": Ist {}{}", german(*result.actual), unit);
  if (result.actual && result.target) verdict += fmt::format(" gegen {} {}{}{}", result.comparator ? "Soll" : "Prognose", sign, german(*result.target), unit);
  if (result.distance) verdict += fmt::format(", Abstand {} {}", german(*result.distance), *result.distance_unit);
  if (result.reason) verdict += " (" + *result.reason + ")";
  printer.labelled("Ergebnis", verdict, status.tone);
  for (const auto& remark : result.remarks) printer.labelled("Hinweis", remark);
  for (const auto& [name, tree] : derivation.at("groessen").as_object()) {
    if (name == "ist_exakt" || name == "niveau" || name == "niveau_vorjahr") continue;  // parts of "ist"
    printer.text += "\n";
    printer.tree(tree.as_object(), 0);
  }
  return printer.text;
}

}  // namespace zielwerk::report
