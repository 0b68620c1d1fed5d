#include "generate.h"

#include <algorithm>

#include <fmt/format.h>

#include "drafting/german.h"
#include "drafting/phrases.h"

namespace zielwerk::roundtrip {
namespace {

namespace json = boost::json;
using drafting::Template;

// Invented.
const std::vector<std::string> counties = {"Kreis Sonnenau", "Landkreis Morgenthal", "Kreis Birkenfurt", "Landkreis Seewinkel", "Stadt Lindenstein", "Landkreis Hohe Aue", "Kreis Tannbergen"};
const std::vector<std::string> towns = {"Sonnenau", "Morgenthal", "Birkenfurt", "Seewinkel", "Lindenstein", "Auental", "Tannbergen"};
const std::vector<std::string> women = {"Dr. Almut Fernau", "Rieke Holmstedt", "Prof. Dr. Judith Wasserfall"};
const std::vector<std::string> men = {"Benno Kornfeld", "Dr. Tilo Sandmeister", "Hinnerk Osterloh"};

struct Goal {
  const char* statutory;
  const char* heading;
};
const std::vector<Goal> always = {{"Z1", "Verringerung der Hilfebedürftigkeit"}, {"Z2", "Verbesserung der Integration in Erwerbstätigkeit"}, {"Z3", "Vermeidung von langfristigem Leistungsbezug"}};
const std::vector<Goal> more = {{"LAND_EQUALITY", "Gleichstellungspolitisches Ziel"}, {"LAND_YOUTH", "Verringerung der Jugendarbeitslosigkeit"}, {"QUALITY", "Qualitätsziele"}, {"LOCAL", "Lokale Ziele"}, {"MUNICIPAL", "Kommunale Ziele"}};

json::value or_null(bool present, json::value value) { return present ? std::move(value) : json::value(); }

json::array coded(const std::vector<std::string>& codes) {
  json::array all;
  for (const auto& code : codes) all.push_back({{"code", code}, {"evidence", evidence()}});
  return all;
}

class Agreements {
 public:
  Agreements(std::uint64_t seed, std::uint64_t number) : choice_(seed * 1'000'003 + number), number_(number), form_(template_of(number)), year_(2012 + choice_.between(0, 13)) {}

  json::object make() {
    all_ = {{"kind", form_ == Template::Ge ? "GE" : form_ == Template::Land ? "BMAS_LAND" : "LAND_ZKT"}, {"state", state()}, {"amends", nullptr}, {"scoring", nullptr}};
    for (const auto* list : {"reporting", "triggers", "forecasts", "monitoring", "qualitative_goals", "programmes", "budgets", "documents", "committees"}) all_[list] = json::array();
    head();
    parties();
    documents();
    all_["general_aims"] = coded(choice_.some(drafting::codes("aim")));
    all_["framework"] = coded(framework());
    goals();
    auto targets = generate_targets(choice_, year_, everybody(), list("goals"));
    all_["targets"] = std::move(targets.targets);
    all_["milestones"] = std::move(targets.milestones);
    monitoring();
    forecasts();
    qualitative();
    programmes();
    budgets();
    dialogues();
    considerations();
    final_evaluation();
    committees();
    obligations();
    signatures();
    return {{"schema_version", "1.1"},
            {"document", {{"file", fmt::format("erfunden_{}.md", number_)}, {"sha256", std::string(64, '0')}, {"chars", 1}, {"bytes", 1}, {"language", "de"}, {"layout", json::array()}, {"ocr_noise", json::array()}}},
            {"agreement", std::move(all_)},
            {"distractors", json::array()},
            {"tensions", json::array()}};
  }

 private:
  json::array& list(const char* name) { return all_.at(name).as_array(); }
  void add(const char* name, json::object one) {
    one["evidence"] = evidence();
    list(name).push_back(std::move(one));
  }

  const char* everybody() const { return form_ == Template::Land ? "ALL_ZKT_OF_LAND" : ""; }

  json::value state() {
    if (form_ == Template::Nrw) return "NW";
    if (form_ == Template::Niedersachsen) return "NI";
    land_ = choice_.of(drafting::codes("state"));
    return json::string(land_);
  }

  void head() {
    const auto title = form_ == Template::Ge ? fmt::format("Zielvereinbarung {}", year_) : fmt::format("Vereinbarung zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende im Jahr {}", year_);
    all_["title"] = {{"value", title}, {"evidence", evidence()}};
    all_["year"] = {{"value", year_}, {"evidence", evidence()}};
    const bool two_years = choice_.one_in(10);
    all_["term"] = {{"type", two_years ? "MULTI_YEAR" : "ANNUAL"}, {"from", fmt::format("{}-01-01", year_)}, {"to", fmt::format("{}-12-31", year_ + (two_years ? 1 : 0))}, {"derived", !two_years}, {"evidence", json::array()}};
    all_["statute"] = {{"law", "SGB II"}, {"section", "48b"}, {"para", 1}, {"sentence", 1}, {"number", form_ == Template::Ge ? 2 : form_ == Template::Land ? 3 : 4}, {"evidence", evidence()}};
  }

  json::array person(const std::string& masculine, const std::string& feminine, bool salutation) {
    const bool woman = choice_.one_in(2);
    const auto name = choice_.of(woman ? women : men);
    return {json::object{{"name", name}, {"function", woman ? feminine : masculine}, {"salutation", or_null(salutation, woman ? "Frau" : "Herr")}}};
  }

  void party(const char* role, const std::string& name, const std::string& abbreviation, json::array represented) {
    all_.emplace("parties", json::array());
    add("parties", {{"id", fmt::format("P{}", list("parties").size() + 1)}, {"role", role}, {"name", name}, {"abbr", or_null(!abbreviation.empty(), json::string(abbreviation))}, {"represented_by", std::move(represented)}});
  }

  void parties() {
    place_ = choice_.below(counties.size());
    const auto county = counties[place_];
    switch (form_) {
      case Template::Nrw:
        party("LAND_MINISTRY", "Ministerium für Arbeit, Gesundheit und Soziales des Landes Nordrhein-Westfalen", "MAGS NRW", person("Staatssekretär", "Staatssekretärin", true));
        return party("ZKT", county, "", person("Landrat", "Landrätin", true));
      case Template::Niedersachsen:
        party("LAND_MINISTRY", "Niedersächsisches Ministerium für Wirtschaft, Arbeit, Verkehr und Digitalisierung", "MW", {});
        if (choice_.one_in(2)) party("LAND_MINISTRY", "Niedersächsisches Ministerium für Soziales, Gesundheit und Gleichstellung", "MS", {});
        return party("ZKT", county, "", {});
      case Template::Ge:
        party("AGENTUR", "Agentur für Arbeit " + towns[place_], "", person("Vorsitzender der Geschäftsführung", "Vorsitzende der Geschäftsführung", true));
        party("MUNICIPALITY", county, "", person("Landrat", "Landrätin", true));
        return party("JOBCENTER_GE", "Jobcenter " + towns[place_], "JC", person("Geschäftsführer", "Geschäftsführerin", true));
      case Template::Land:
        party("BMAS", "Bundesministerium für Arbeit und Soziales", "BMAS", person("Staatssekretär", "Staatssekretärin", true));
        return party("LAND_MINISTRY", "Ministerium für Soziales des Landes " + drafting::phrase("state", land_).value(), "MS", person("Minister", "Ministerin", true));
    }
  }

  void document(const char* type, const std::string& title, int year, const char* binding) {
    add("documents", {{"id", fmt::format("D{}", list("documents").size() + 1)}, {"type", type}, {"title", title}, {"year", or_null(year != 0, year)}, {"binding", binding}});
  }

  void documents() {
    if (choice_.one_in(2)) document("LOCAL_PLAN", fmt::format("Lokales Planungsdokument {} des Jobcenters {}", year_, towns[place_]), year_, choice_.one_in(3) ? "ANNEX" : "INTEGRAL_PART");
    if (choice_.one_in(3)) document("JOINT_PRIORITIES", fmt::format("Gemeinsame Schwerpunkte für das Jahr {}", year_), year_, "TO_BE_OBSERVED");
    if (choice_.one_in(3)) document("DATA_SOURCE", "Gender-Datenblatt", 0, "ANALYSIS_BASIS");
    if (choice_.one_in(3)) document("STATUTE", "§ 48b Abs. 3 SGB II (Ziele)", 0, "LEGAL_BASIS");
    if (choice_.one_in(4)) document("PLANNING_BASES", "Gemeinsame Planungsgrundlagen der Zielsteuerung", year_, "PLANNING_BASIS");
    if (choice_.one_in(4)) document("COOPERATION_AGREEMENT", "Kooperationsvereinbarung der Träger", 0, "REFERENCED");
    if (choice_.one_in(3)) document("REGULATION", fmt::format("Eingliederungsmittel-Verordnung {}", year_), year_, "BUDGET_SOURCE");
  }

  std::vector<std::string> framework() {
    std::vector<std::string> all;
    for (const auto& code : drafting::codes("framework")) {
      const auto sign = code.find('#');
      if (choice_.one_in(4)) all.push_back(sign == std::string::npos ? code : code.substr(0, sign) + std::to_string(year_ - 1));
    }
    return all;
  }

  void goals() {
    static const std::vector<std::string> roman = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII"};
    all_["goals"] = json::array();
    auto chosen = always;
    for (const auto& goal : more) {
      if (choice_.one_in(2)) chosen.push_back(goal);
    }
    // The gE form: two goals under one number, monitoring behind them.
    const bool together = form_ == Template::Ge && choice_.one_in(2);
    if (together) std::rotate(chosen.begin(), chosen.begin() + 1, chosen.begin() + 3);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const bool arabic = form_ == Template::Niedersachsen || form_ == Template::Land;
      add("goals", {{"id", fmt::format("G{}", i + 1)}, {"number", arabic ? std::to_string(i + 1) : roman[together && i > 0 ? i - 1 : i]}, {"heading", chosen[i].heading}, {"statutory_code", chosen[i].statutory}});
    }
  }

  json::value goal(std::string_view statutory) {
    for (const auto& one : list("goals")) {
      if (one.at("statutory_code").as_string() == statutory) return one.at("id");
    }
    return nullptr;
  }

  void observe(const char* goal_code, const char* code, const char* kennzahl, const char* subgroup, const char* compare, const char* group) {
    const auto text = [](const char* words) { return *words == '\0' ? json::value() : json::value(words); };
    add("monitoring", {{"id", fmt::format("M{}", list("monitoring").size() + 1)}, {"goal", goal(goal_code)}, {"indicator", {{"code", code}, {"kennzahl", text(kennzahl)}, {"subgroup", *subgroup == '\0' ? text(everybody()) : text(subgroup)}}}, {"binding", "MONITORING"},
                       {"compare_with", text(compare)}, {"aggregation", nullptr}, {"group", text(group)}, {"year", nullptr}, {"optional", false}, {"note", nullptr}});
  }

  void monitoring() {
    const char* compare = choice_.one_in(4) ? "FORECAST" : "PREVIOUS_YEAR";
    if (!choice_.one_in(5)) observe("Z1", "LLU_SUM", choice_.one_in(2) ? "K1" : "", "", compare, "");
    if (choice_.one_in(2)) observe("Z1", "LUH_SUM", "", "", compare, "");
    if (choice_.one_in(2)) observe("Z1", "CASELOAD", "", "", compare, "");
    const char* group = form_ == Template::Niedersachsen ? "QUALITY_OF_INTEGRATIONS" : "ANALYSEFELD";
    if (choice_.one_in(2)) observe("Z1", "INTEGRATION_SUSTAINABILITY", "K2E3", "", "", group);
    if (choice_.one_in(2)) observe("Z1", "NEED_COVERING_SHARE", "", "", "", group);
    if (choice_.one_in(2)) observe("Z1", "LZB4PLUS_COUNT", "", "", "", group);
    if (choice_.one_in(3)) observe("Z2", "INTEGRATION_RATE", "", "ASYLUM_8HKL", "", "");
    if (choice_.one_in(4)) {
      observe("Z2", "INTEGRATION_RATE", "", "REFUGEE_CONTEXT", "", "");
      auto& last = list("monitoring").back().as_object();
      last["binding"] = "REPORTING";
      last["optional"] = choice_.one_in(2);
    }
    if (choice_.one_in(4)) observe("Z3", "LZB_INFLOW", "", "REFUGEE_CONTEXT", "", "");
  }

  void forecasts() {
    if (!choice_.one_in(3)) return;
    const bool change = choice_.one_in(2);
    const auto value = change ? base::Decimal{choice_.between(-99, 99), 1} : base::Decimal{choice_.one_in(2) ? 38219839 : choice_.between(1000000, 99999999), 0};
    add("forecasts", {{"id", "F1"}, {"goal", goal("Z1")}, {"indicator", {{"code", "LLU_SUM"}, {"kennzahl", nullptr}, {"subgroup", or_null(form_ == Template::Land, everybody())}}}, {"measure", change ? "RELATIVE_CHANGE" : "LEVEL"}, {"value", number(value)},
                      {"unit", change ? "PERCENT" : "EUR"}, {"value_raw", nullptr}, {"year", year_}, {"is_target", false}});
  }

  void qualitative() {
    const auto equality = goal("LAND_EQUALITY");
    if (equality.is_null() || choice_.one_in(3)) return;
    json::array steps;
    steps.push_back({{"text", "Schulung der Fachkräfte im Jobcenter"}, {"due", or_null(choice_.one_in(2), json::string(fmt::format("{}-09-30", year_)))}, {"evidence", evidence()}});
    if (choice_.one_in(2)) steps.push_back({{"text", "Aufbau eines Netzwerks mit den Beratungsstellen"}, {"due", nullptr}, {"evidence", evidence()}});
    json::array completion;
    const char* logic = choice_.one_in(4) ? "OR" : "AND";
    for (const auto& code : choice_.some(drafting::codes("completion"))) completion.push_back({{"code", code}, {"logic", logic}, {"evidence", evidence()}});
    add("qualitative_goals", {{"id", "Q1"}, {"goal", equality}, {"topic", "EQUALITY"}, {"title", "gleichberechtigte Förderung von Frauen und Männern"}, {"steps", steps}, {"completion", completion}, {"content_requirements", coded(choice_.some(drafting::codes("content")))},
                              {"deadline", or_null(choice_.one_in(3), json::string(fmt::format("{}-11-30", year_)))}, {"linked_target", nullptr}});
  }

  void programmes() {
    if (goal("MUNICIPAL").is_null()) return;
    for (int i = choice_.between(0, 2); i > 0; --i) {
      json::array places;
      if (choice_.one_in(2)) places.push_back({{"location", towns[place_]}, {"count", choice_.between(1, 160)}, {"as_of", std::to_string(year_)}, {"status", "CURRENT"}});
      if (choice_.one_in(3)) places.push_back({{"location", "Auental"}, {"count", choice_.between(2, 160)}, {"as_of", fmt::format("{}-Q2", year_)}, {"status", choice_.one_in(2) ? "START" : "HISTORIC"}});
      json::array duties;
      for (const auto& code : choice_.some(drafting::codes("duty"))) duties.push_back(json::string(code));
      add("programmes", {{"id", fmt::format("PR{}", i)}, {"scope", "MUNICIPAL"}, {"topic", i == 1 ? "Jugendarbeitslosigkeit" : "Langzeitarbeitslosigkeit"}, {"name", i == 1 ? "Landesprogramm Brückenschlag" : "Landesprogramm Zweite Chance"}, {"target_group", "langzeitarbeitslose Menschen"},
                         {"places", places}, {"until", or_null(choice_.one_in(2), json::string(fmt::format("{}-12-31", year_ + 1)))}, {"linked_target", nullptr}, {"role_of_jc", duties}});
    }
  }

  void budget(const char* code, const std::string& title, std::int64_t amount, const char* precision, const json::value& source) {
    add("budgets", {{"id", fmt::format("B{}", list("budgets").size() + 1)}, {"title", title}, {"code", code}, {"amount", amount}, {"currency", "EUR"}, {"precision", precision}, {"raw", nullptr}, {"source", source}, {"year", year_}});
  }

  void budgets() {
    if (choice_.one_in(2)) return;
    json::value source;
    for (const auto& one : list("documents")) {
      if (one.at("binding").as_string() == "BUDGET_SOURCE") source = one.at("id");
    }
    budget("VWT", "Verwaltungskosten", 1'000'000 + choice_.between(0, 20'000'000), "EXACT", source);
    budget("EGT", "Leistungen zur Eingliederung in Arbeit", 1'000'000 + choice_.between(0, 20'000'000), "EXACT", source);
    if (choice_.one_in(2)) budget("TOTAL", "Gesamtbudget", std::int64_t{choice_.between(20, 999)} * 100'000, choice_.one_in(2) ? "ROUNDED" : "EXPECTED", nullptr);
    if (choice_.one_in(4)) budget("SHIFT_EGT_TO_VWT", "Umschichtung von Eingliederungsmitteln in die Verwaltungskosten", choice_.between(100'000, 2'000'000), "UPPER_BOUND", nullptr);
  }

  void dialogues() {
    if (choice_.one_in(10)) {
      all_["dialogues"] = nullptr;
      return;
    }
    static const std::vector<std::string> regularities = {"FIXED", "AT_LEAST", "AS_A_RULE", "QUARTERLY", "REGULAR_UNSPECIFIED"};
    const auto regularity = choice_.of(regularities);
    const int count = choice_.between(1, 6);
    json::object one = {{"name", form_ == Template::Ge ? "Zielnachhaltegespräch" : form_ == Template::Nrw ? "Steuerungsdialog" : "Zieldialog"}, {"count_raw", nullptr}, {"regularity", regularity}, {"evidence", evidence()}};
    one["count_exact"] = or_null(regularity == "FIXED", count);
    one["count_min"] = or_null(regularity == "AT_LEAST", count);
    if (regularity == "AS_A_RULE") one["count_regular"] = count;
    one["period"] = {{"type", regularity == "FIXED" ? "CALENDAR_YEAR" : "PER_YEAR"}, {"year", year_}};
    json::array basis;
    if (form_ == Template::Ge) basis.push_back("MANAGEMENTBERICHT");
    else basis = {"JAHRESFORTSCHRITTSWERTE"};
    if (choice_.one_in(2)) basis.push_back("LOCAL_PLAN");
    one["data_basis"] = basis;
    one["wartezeit"] = or_null(choice_.one_in(2), json::string(fmt::format("t-{}", choice_.between(0, 3))));
    one["ladestand_rule"] = or_null(choice_.one_in(3), "COMPARE_EQUAL_LADESTAND");
    one["preparer"] = or_null(choice_.one_in(4), json::object{{"party", "P1"}, {"what", "aufbereitete Daten"}});
    json::array extra;
    for (const auto& code : choice_.some(drafting::codes("extra"))) extra.push_back(json::string(code));
    one["extra_on"] = extra;
    json::array topics;
    for (const auto& code : drafting::codes("dialogue")) {
      if (choice_.one_in(3)) topics.push_back(json::string(code == "BUDGET_UTILISATION_#" ? fmt::format("BUDGET_UTILISATION_{}", year_) : code == "QUALITATIVE_GOALS_#" ? "QUALITATIVE_GOALS_4_5" : code));
    }
    one["topics"] = topics;
    all_["dialogues"] = one;
  }

  void considerations() {
    const char* applies = choice_.one_in(3) ? "TARGET_FOLLOW_UP" : "JUDGING_ACHIEVEMENT";
    all_["considerations"] = coded(choice_.some(drafting::codes("consideration")));
    for (auto& one : list("considerations")) one.as_object()["applies_to"] = applies;
  }

  void final_evaluation() {
    all_["final_evaluation"] = nullptr;
    if (!choice_.one_in(3)) return;
    json::object when = {{"year", year_ + 1}};
    if (choice_.one_in(2)) when["season"] = "SPRING";
    else when["month"] = choice_.between(1, 12);
    all_["final_evaluation"] = {{"values", "JAHRESENDWERTE"}, {"values_year", year_}, {"wartezeit", json::string(fmt::format("t-{}", choice_.between(0, 3)))}, {"when_raw", nullptr}, {"when", when}, {"where", or_null(choice_.one_in(2), "DIALOGUE")}, {"evidence", evidence()}};
  }

  void committees() {
    if (!choice_.one_in(4)) return;
    json::array tasks;
    for (const auto& code : choice_.some(drafting::codes("task"))) tasks.push_back(json::string(code));
    add("committees", {{"id", "C1"}, {"name", "Ausschuss für Zielvereinbarungen"}, {"legal_basis", or_null(choice_.one_in(2), "§ 2b Nds. AG SGB II")}, {"tasks", tasks}});
  }

  void obligations() {
    all_["obligations"] = json::array();
    for (const auto& code : choice_.some(drafting::codes("obligation"))) {
      json::array who = {"P1"};
      if (choice_.one_in(2)) who.push_back("P2");
      add("obligations", {{"id", fmt::format("O{}", list("obligations").size() + 1)}, {"who", who}, {"code", code}});
    }
  }

  // Complete, with two digits of the year, with slashes, without month, without anything.
  void date(json::object& signature) {
    const int day = choice_.between(1, 28);
    const int month = choice_.between(1, 12);
    const auto iso = fmt::format("{}-{:02}-{:02}", year_, month, day);
    const auto set = [&](json::value raw, json::value full, const char* quality) {
      signature["date_raw"] = std::move(raw);
      signature["date_iso"] = std::move(full);
      signature["date_quality"] = quality;
    };
    signature["date_partial"] = nullptr;
    switch (choice_.below(6)) {
      case 0: return set(json::string(fmt::format("{}.{}.{}", day, month, year_ % 100)), json::string(iso), "COMPLETE_TWO_DIGIT_YEAR");
      case 1: return set(json::string(fmt::format("{:02}/{:02}/{}", day, month, year_)), json::string(iso), "COMPLETE_SLASH_FORMAT");
      case 2:
        set(json::string(fmt::format("{}. {}", day, year_)), nullptr, "PARTIAL_MONTH_MISSING");
        signature["date_partial"] = {{"day", day}, {"month", nullptr}, {"year", year_}};
        return;
      case 3: return set(json::string(fmt::format("{}. {} {}", day, drafting::month_name(month), year_)), json::string(iso), "COMPLETE");
      default: return set(json::string(fmt::format("{:02}.{:02}.{}", day, month, year_)), json::string(iso), "COMPLETE");
    }
  }

  void signatures() {
    all_["signatures"] = json::array();
    if (choice_.one_in(8)) return;
    for (const auto& party : list("parties")) {
      const auto& people = party.at("represented_by").as_array();
      const auto place = towns[place_];
      json::object one = {{"id", fmt::format("S{}", list("signatures").size() + 1)}, {"party", party.at("id")}, {"place_raw", place}, {"place", place}, {"on_behalf", people.empty()}};
      one["signer"] = people.empty() ? json::value(json::string(choice_.of(men))) : people.front().at("name");
      one["function"] = people.empty() ? json::value() : people.front().at("function");
      date(one);
      add("signatures", std::move(one));
    }
  }

  Choice choice_;
  std::uint64_t number_;
  Template form_;
  int year_;
  std::size_t place_ = 0;
  std::string land_;
  json::object all_;
};

}  // namespace

Template template_of(std::uint64_t number) {
  static constexpr Template forms[] = {Template::Nrw, Template::Niedersachsen, Template::Ge, Template::Land};
  return forms[number % 4];
}

json::object generate(std::uint64_t seed, std::uint64_t number) { return Agreements(seed, number).make(); }

}  // namespace zielwerk::roundtrip
