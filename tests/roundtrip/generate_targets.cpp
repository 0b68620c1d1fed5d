#include <map>
#include <set>

#include <fmt/format.h>

#include "drafting/phrases.h"
#include "generate.h"

namespace zielwerk::roundtrip {
namespace {

namespace json = boost::json;
using base::Decimal;

// What kind of number an indicator is: which units and measures are natural for it.
enum class Sort { Rate, Count, Stock, Money, Days, Weeks, Grade, Points, Staff, Per100, Gap, Rank, StateGap, PerCoach };

struct Kind {
  std::string code;
  Sort sort;
  std::vector<std::string> subgroups;  // "" is all
};

const std::vector<std::string> people = {"", "", "", "LZB", "SINGLE_PARENTS", "WOMEN", "MEN", "PARENTS", "PARENTS_IN_COUPLES", "U25", "AGE_25_PLUS", "AGE_50_PLUS", "SEVERELY_DISABLED",
                                         "ASYLUM_8HKL", "REFUGEE_CONTEXT", "UKRAINIAN"};
const std::vector<std::string> few = {"", "", "WOMEN", "MEN", "SINGLE_PARENTS", "U25", "AGE_50_PLUS"};

const std::map<std::string, std::vector<Kind>>& kinds() {
  static const std::map<std::string, std::vector<Kind>> all = {
      {"Z1", {{"LLU_SUM", Sort::Money, {""}}, {"LUH_SUM", Sort::Money, {""}}, {"LUH_MONTHLY_AVG", Sort::Money, {""}}, {"ELB_COUNT", Sort::Stock, few}, {"BG_COUNT", Sort::Stock, {""}}, {"ELB_INFLOW", Sort::Count, few}, {"CASELOAD", Sort::Stock, {""}}}},
      {"Z2", {{"INTEGRATION_RATE", Sort::Rate, people}, {"INTEGRATIONS_COUNT", Sort::Count, people}, {"GENDER_GAP_INTEGRATION_RATE", Sort::Gap, {""}}, {"INTEGRATION_SUSTAINABILITY", Sort::Rate, {""}}, {"NEED_COVERING_SHARE", Sort::Rate, {""}},
              {"RANK_IN_COMPARISON_TYPE", Sort::Rank, {""}}, {"GAP_TO_STATE_AVERAGE_INTEGRATION_RATE", Sort::StateGap, {""}}}},
      {"Z3", {{"LZB_STOCK", Sort::Stock, few}, {"LZB4PLUS_COUNT", Sort::Stock, {""}}, {"LZB_INFLOW", Sort::Count, {"", "REFUGEE_CONTEXT"}}, {"LZB_EXIT_RATE", Sort::Rate, {""}}, {"INTEGRATIONS_COUNT", Sort::Count, {"LZB"}}, {"INTEGRATION_RATE", Sort::Rate, {"LZB"}}}},
      {"LAND_EQUALITY", {{"INTEGRATION_RATE", Sort::Rate, {"WOMEN", "MEN", "SINGLE_PARENTS"}}, {"GENDER_GAP_INTEGRATION_RATE", Sort::Gap, {""}}, {"PART_TIME_VET_ENTRIES", Sort::Count, {"", "WOMEN"}}}},
      {"LAND_YOUTH", {{"U25_UNEMPLOYMENT_RATE", Sort::Rate, {"U25"}}, {"VET_ENTRIES", Sort::Count, {"", "U25", "WOMEN"}}}},
      {"QUALITY", {{"PROCESSING_DAYS", Sort::Days, {"", "NEW_APPLICATIONS"}}, {"FIRST_TALK_SHARE", Sort::Rate, {""}}, {"VALID_EGV_SHARE", Sort::Rate, {""}}, {"PROCESS_QUALITY_INDEX", Sort::Points, {""}}, {"CUSTOMER_SATISFACTION", Sort::Grade, {""}},
                   {"OBJECTION_RATE", Sort::Per100, {""}}, {"OBJECTION_UPHELD_SHARE", Sort::Rate, {""}}, {"CASE_RATIO", Sort::Staff, {""}}}},
      {"LOCAL", {{"LZA_TRANSITIONS", Sort::Count, {""}}, {"LZA_EXITS_EMPLOYMENT", Sort::Count, {""}}, {"QUALIFICATION_ENTRIES", Sort::Count, few}, {"P16I_COUNT", Sort::Stock, {""}}, {"P16E_16I_COUNT", Sort::Stock, {""}}, {"EGT_UTILISATION", Sort::Rate, {""}},
                 {"SINGLE_PERSON_BG_SHARE", Sort::Rate, {""}}, {"BG_CHILDREN_NO_EARNINGS", Sort::Stock, {""}}, {"ONE_OFF_BENEFITS_SUM", Sort::Money, {""}}}},
      {"MUNICIPAL", {{"PROGRAMME_BG_PER_STAFF", Sort::PerCoach, {""}}, {"PROGRAMME_ENTRY_SHARE", Sort::Rate, {""}}, {"DROPOUT_RATE", Sort::Rate, {""}}, {"COUNSELLING_WAIT", Sort::Weeks, {"", "DEBT_COUNSELLING"}}, {"DEBT_COUNSELLING_CASES", Sort::Count, {""}},
                     {"ADDICTION_COUNSELLING_CASES", Sort::Count, {""}}, {"PSYCHOSOCIAL_CASES", Sort::Count, {""}}, {"BUT_TAKEUP_RATE", Sort::Rate, {""}}, {"ONLINE_APPLICATION_SHARE", Sort::Rate, {""}}}}};
  return all;
}

std::string certain_kennzahl(const std::string& code, const std::string& subgroup) {
  static const std::map<std::pair<std::string, std::string>, std::string> names = {
      {{"INTEGRATION_RATE", ""}, "K2"},           {{"INTEGRATION_RATE", "LZB"}, "K3E1"}, {{"INTEGRATION_RATE", "SINGLE_PARENTS"}, "K2E4"}, {{"INTEGRATION_RATE", "WOMEN"}, "K2_F"},
      {{"INTEGRATION_RATE", "MEN"}, "K2_M"},      {{"INTEGRATION_SUSTAINABILITY", ""}, "K2E3"}, {{"LZB_EXIT_RATE", ""}, "K3E4"},           {{"LLU_SUM", ""}, "K1"},
      {{"LUH_SUM", ""}, "K1E1"},                  {{"ELB_COUNT", ""}, "K1E2"}};
  const auto found = names.find({code, subgroup});
  return found == names.end() ? "" : found->second;
}

json::value text_or_null(const std::string& text) { return text.empty() ? json::value() : json::value(text); }
json::value minus(const Decimal& value) { return number({-value.digits, value.places}); }

class Targets {
 public:
  Targets(Choice& choice, int year, std::string everybody) : choice_(choice), year_(year), everybody_(std::move(everybody)) {}

  void add(const json::object& goal) {
    const auto statutory = std::string(goal.at("statutory_code").as_string());
    const auto pool = kinds().find(statutory);
    if (pool == kinds().end()) return;
    const auto& kind = choice_.of(pool->second);
    auto subgroup = choice_.of(kind.subgroups);
    const auto kennzahl = certain_kennzahl(kind.code, subgroup);
    // Between Bund and Land the figures are those of all Träger together.
    const bool all = subgroup.empty();
    if (all) subgroup = everybody_;
    // The same quantity twice in one paper would be a contradiction of the paper.
    if (!used_.insert(kind.code + "|" + subgroup).second) return;
    words_ = *drafting::indicator_words(kind.code);
    target_ = {{"id", fmt::format("T{}", list.targets.size() + 1)}, {"goal", goal.at("id")}, {"scope", scope(statutory)}, {"binding", "TARGET"}};
    for (const auto* name : {"value_low", "value_high", "value_raw", "reference", "tolerance", "wartezeit", "per", "condition", "weight", "deadline", "responsible_party", "place", "formula", "note"}) target_[name] = nullptr;
    for (const auto* name : {"equivalents", "bands", "ambiguities"}) target_[name] = json::array();
    target_["indicator"] = {{"code", kind.code}, {"kennzahl", nullptr}, {"subgroup", text_or_null(subgroup)}};
    target_["evidence"] = evidence();
    when(kind);
    what(kind);
    kennzahl_ = kennzahl;
    name_kennzahl(kind.code, all);
    equivalents(kind);
    terms();
    list.targets.push_back(target_);
  }

  TargetList list;

 private:
  static std::string scope(const std::string& statutory) {
    return statutory == "QUALITY" || statutory == "LOCAL" || statutory == "MUNICIPAL" ? statutory : statutory.starts_with("LAND") ? "LAND" : "STATUTORY";
  }

  void set(const char* name, json::value value) { target_[name] = std::move(value); }
  void set(const char* name, const std::string& value) { target_[name] = value; }
  void set(const char* name, const char* value) { target_[name] = value; }
  void set(const char* name, bool value) { target_[name] = value; }
  std::string text(const char* name) const { return std::string(target_.at(name).as_string()); }

  void when(const Kind& kind) {
    std::string aggregation = words_.aggregation == "-" ? "ANNUAL_AVERAGE" : words_.aggregation;
    json::object period = {{"type", "CALENDAR_YEAR"}, {"year", year_}};
    if (kind.sort == Sort::Stock && choice_.one_in(4)) aggregation = "YEAR_END_STOCK";
    if (kind.sort == Sort::Stock && choice_.one_in(8)) {
      aggregation = "MONTH_VALUE";
      period = {{"type", "MONTH"}, {"year", year_}, {"month", choice_.between(1, 11)}};
    }
    if (aggregation == "PROGRAMME_PERIOD_SHARE") period = {{"type", "RANGE"}, {"from", fmt::format("{}-07-01", year_)}, {"to", fmt::format("{}-06-30", year_ + 2)}};
    set("aggregation", aggregation);
    set("period", period);
  }

  Decimal percent() { return choice_.of(std::vector<Decimal>{{1, 1}, {4, 1}, {99, 1}, {177, 1}, {11, 1}, {2, 0}, {25, 2}, {138, 1}, {choice_.between(1, 299), 1}}); }
  Decimal rate() { return choice_.of(std::vector<Decimal>{{189, 1}, {226, 1}, {30, 0}, {98, 0}, {9976, 2}, {choice_.between(101, 899), 1}}); }
  Decimal count() { return choice_.of(std::vector<Decimal>{{50, 0}, {261, 0}, {1132, 0}, {7331, 0}, {34500, 0}, {999, 0}, {1000, 0}, {choice_.between(2, 9999), 0}}); }
  Decimal euro() { return choice_.of(std::vector<Decimal>{{38219839, 0}, {1900000, 0}, {2250000, 0}, {732714, 0}, {choice_.between(100000, 99999999), 0}}); }
  Decimal small() { return choice_.of(std::vector<Decimal>{{15, 0}, {75, 0}, {1, 0}, {12, 0}, {choice_.between(2, 60), 0}}); }

  void what(const Kind& kind) {
    switch (kind.sort) {
      case Sort::Rate: return choice_.one_in(3) ? level("PERCENT", rate()) : choice_.one_in(4) ? change("POINT_CHANGE", "PERCENTAGE_POINT", percent()) : change("RELATIVE_CHANGE", "PERCENT", percent());
      case Sort::Count:
      case Sort::Stock:
        if (choice_.one_in(3)) return level("COUNT", count());
        if (choice_.one_in(4)) return change("ABSOLUTE_CHANGE", "COUNT", count());
        if (kind.sort == Sort::Count && words_.more_is_good && choice_.one_in(6)) return ratio();
        return change("RELATIVE_CHANGE", "PERCENT", percent());
      case Sort::Money: return choice_.one_in(2) ? level("EUR", euro()) : change("RELATIVE_CHANGE", "PERCENT", percent());
      case Sort::Days: return level("WORKING_DAYS", small());
      case Sort::Weeks: return level("WEEKS", small());
      case Sort::Grade: return level("GRADE", {choice_.between(15, 35), 1});
      case Sort::Points: return level("POINTS", {choice_.between(60, 120), 0});
      case Sort::Staff: return level("PERSONS_PER_STAFF", {choice_.between(60, 180), 0});
      case Sort::Per100: return level("PER_100_DECISIONS", {choice_.between(10, 90), 1});
      case Sort::Gap: return change("POINT_CHANGE", "PERCENTAGE_POINT", percent());
      case Sort::Rank: return rank();
      case Sort::StateGap: return state_gap();
      case Sort::PerCoach: set("per", choice_.of(std::vector<std::string>{"Familiencoach", "Integrationscoach"})); return level("COUNT", small());
    }
  }

  void comparator(const std::string& direction, const std::string& literal, const std::string& effective, bool is_explicit) {
    set("direction", direction);
    set("comparator_literal", literal);
    set("comparator_effective", effective);
    set("comparator_explicit", is_explicit);
  }

  void values(const Decimal& value, bool falls) {
    set("value", number(value));
    set("signed_value", falls ? minus(value) : number(value));
  }

  void level(const std::string& unit, const Decimal& value) {
    set("measure", "LEVEL");
    set("unit", unit);
    values(value, false);
    const bool up = words_.more_is_good;
    const std::string bound = up ? ">=" : "<=";
    const auto way = choice_.below(unit == "GRADE" ? 2 : 8);
    if (way == 7) return corridor(value, 10, true);
    if (way == 6) return comparator(up ? "LEVEL_MIN" : "LEVEL_MAX", up ? ">" : "<", up ? ">" : "<", true);
    comparator(up ? "LEVEL_MIN" : "LEVEL_MAX", way % 2 == 0 ? bound : "=", bound, way % 2 == 0);
  }

  // The side that is harder to reach does not decide: the lower bound of what shall be high, the upper of what shall be low.
  void corridor(const Decimal& low, std::int64_t width, bool is_level) {
    const Decimal high{low.digits + width, low.places};
    const bool lower = words_.more_is_good || !is_level;
    const bool falls = !is_level && !words_.more_is_good;
    const auto deciding = lower ? low : high;
    set("value_low", number(low));
    set("value_high", number(high));
    values(deciding, falls);
    comparator("CORRIDOR", "RANGE", words_.more_is_good ? ">=" : "<=", false);
  }

  void change(const std::string& measure, const std::string& unit, const Decimal& value) {
    set("measure", measure);
    set("unit", unit);
    reference(unit == "PERCENT");
    const bool up = words_.more_is_good;
    const std::string bound = up ? ">=" : "<=";
    const bool hold = measure == (text_of_code() == "GENDER_GAP_INTEGRATION_RATE" ? "POINT_CHANGE" : "RELATIVE_CHANGE") && target_.at("reference").at("type") != "BASELINE";
    switch (choice_.below(10)) {
      case 0: return hold ? hold_value("=", up) : plain(value, bound, up);
      case 1: return hold ? hold_value(bound, up) : plain(value, bound, up);
      case 2:
      case 3: values(value, up); return comparator(up ? "LIMIT_DECREASE" : "LIMIT_INCREASE", "<=", bound, true);
      case 4: values(value, !up); return comparator(up ? "INCREASE" : "DECREASE", ">", up ? ">" : "<", true);
      case 5: return corridor(value, value.places == 2 ? 50 : 5, false);
      case 6:
      case 7: values(value, !up); return comparator(up ? "INCREASE" : "DECREASE", ">=", bound, true);
      default: return plain(value, bound, up);
    }
  }

  std::string text_of_code() const { return std::string(target_.at("indicator").at("code").as_string()); }

  void plain(const Decimal& value, const std::string& bound, bool up) {
    values(value, !up);
    comparator(up ? "INCREASE" : "DECREASE", "=", bound, false);
  }

  void hold_value(const std::string& literal, bool up) {
    values({0, 1}, false);
    const bool reached = literal == ">=" && choice_.one_in(2) && target_.at("reference").at("type") == "PREVIOUS_YEAR";
    comparator("HOLD", literal, up ? ">=" : "<=", literal != "=" && !reached);
  }

  void reference(bool may_be_any) {
    const bool year_end = text("aggregation") == "YEAR_END_STOCK";
    json::object one = {{"type", year_end ? "PREVIOUS_YEAR_END" : "PREVIOUS_YEAR"}, {"year", year_ - 1}, {"raw", nullptr}};
    if (year_end) one["month"] = 12;
    if (!year_end && may_be_any && choice_.one_in(12)) one = {{"type", "BASE_MONTH"}, {"year", year_ - 1}, {"month", choice_.between(1, 11)}, {"raw", nullptr}};
    if (!year_end && !may_be_any && choice_.one_in(10)) {
      const auto unit = text("unit");
      one = {{"type", "BASELINE"}, {"year", year_ - 1}, {"value", unit == "COUNT" ? number(count()) : number(rate())}, {"unit", unit == "COUNT" ? "COUNT" : "PERCENT"}, {"raw", nullptr}};
    }
    set("reference", one);
  }

  void ratio() {
    set("measure", "RATIO");
    set("unit", "FACTOR");
    reference(false);
    target_["reference"] = {{"type", "PREVIOUS_YEAR"}, {"year", year_ - 1}, {"raw", nullptr}};
    values(choice_.of(std::vector<Decimal>{{2, 0}, {3, 0}, {15, 1}}), false);
    const bool least = choice_.one_in(2);
    comparator("INCREASE", least ? ">=" : "=", ">=", least);
  }

  void rank() {
    set("measure", "RANK");
    set("unit", "RANK");
    set("reference", json::object{{"type", "COMPARISON_TYPE"}, {"year", nullptr}, {"raw", nullptr}});
    values({choice_.between(1, 25), 0}, false);
    comparator("LEVEL_MAX", "<=", "<=", true);
  }

  void state_gap() {
    set("measure", "GAP_TO_REFERENCE");
    set("unit", "PERCENTAGE_POINT");
    set("reference", json::object{{"type", "STATE_AVERAGE"}, {"year", nullptr}, {"raw", nullptr}});
    values({choice_.between(1, 40), 1}, false);
    comparator("LEVEL_MAX", "<=", "<=", true);
  }

  void name_kennzahl(const std::string& code, bool all) {
    if (code == "LZB_STOCK" && all && text("measure") == "RELATIVE_CHANGE" && text("aggregation") == "ANNUAL_AVERAGE") kennzahl_ = "K3";
    if (choice_.one_in(3)) kennzahl_.clear();
    target_["indicator"].as_object()["kennzahl"] = text_or_null(kennzahl_);
  }

  void equivalents(const Kind& kind) {
    auto& all = target_["equivalents"].as_array();
    const auto measure = text("measure");
    const bool corridor = text("direction") == "CORRIDOR";
    const bool hold = text("direction") == "HOLD";
    if (measure == "RELATIVE_CHANGE" && !corridor && !kennzahl_.empty() && choice_.one_in(2)) {
      all.push_back({{"raw", nullptr}, {"value", target_.at("signed_value")}, {"unit", "PERCENT"}, {"relation", "SHORT_FORM"}});
    }
    if (hold && measure == "RELATIVE_CHANGE" && text("comparator_literal") == "=" && choice_.one_in(2)) {
      all.push_back({{"raw", "Stagnation"}, {"value", target_.at("value")}, {"unit", "PERCENT"}, {"relation", "WORD_FORM"}});
    }
    if (measure == "RELATIVE_CHANGE" && !hold && !corridor && (kind.sort == Sort::Count || kind.sort == Sort::Stock) && choice_.one_in(4)) {
      all.push_back({{"raw", nullptr}, {"value", number(count())}, {"unit", "COUNT"}, {"relation", "ABSOLUTE_EQUIVALENT"}});
    }
  }

  void terms() {
    if (choice_.one_in(6)) set("wartezeit", fmt::format("t-{}", choice_.between(0, 3)));
    if (choice_.one_in(12)) set("weight", number({choice_.between(1, 20) * 5, 0}));
    if (choice_.one_in(12)) set("deadline", fmt::format("{}-{:02}-30", year_, choice_.of(std::vector<int>{6, 9, 11})));
    if (choice_.one_in(16)) set("condition", choice_.of(std::vector<std::string>{"sofern die vorgesehenen Stellen besetzt sind", "soweit das Landesprogramm fortgeführt wird"}));
    if (choice_.one_in(16)) set("responsible_party", "P2");
    if (choice_.one_in(24)) set("place", choice_.of(std::vector<std::string>{"Sonnenau", "Birkenfurt"}));
    if (text("measure") == "POINT_CHANGE" && choice_.one_in(12)) set("tolerance", json::object{{"value", number({choice_.between(1, 5), 1})}, {"unit", "PERCENTAGE_POINT"}});
    const auto measure = text("measure");
    if ((measure == "RELATIVE_CHANGE" || measure == "LEVEL") && text("direction") != "CORRIDOR" && text("unit") != "GRADE" && choice_.one_in(10)) milestone();
  }

  void milestone() {
    list.milestones.push_back({{"id", fmt::format("MS{}", list.milestones.size() + 1)},
                               {"target", target_.at("id")},
                               {"date", fmt::format("{}-06-30", year_)},
                               {"comparator", words_.more_is_good ? ">=" : "<="},
                               {"value", target_.at("signed_value")},
                               {"unit", target_.at("unit")},
                               {"evidence", evidence()}});
  }

  Choice& choice_;
  int year_;
  std::string everybody_;
  json::object target_;
  drafting::IndicatorWords words_;
  std::string kennzahl_;
  std::set<std::string> used_;
};

}  // namespace

TargetList generate_targets(Choice& choice, int year, const std::string& everybody, const json::array& goals) {
  Targets targets(choice, year, everybody);
  for (const auto& goal : goals) {
    for (int wanted = choice.between(0, 3); wanted > 0; --wanted) targets.add(goal.as_object());
  }
  return std::move(targets.list);
}

}  // namespace zielwerk::roundtrip
