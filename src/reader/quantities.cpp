#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "reader/words.h"

#include "reader/draft.h"
#include "reader/table.h"

namespace zielwerk::reader {
namespace {

// Walks the paper once: what each sentence agrees on, watches or expects, with what earlier sentences and headings leave open.
class Walk {
 public:
  explicit Walk(Draft& draft) : draft_(draft), paper_(draft.paper) {}

  void go() {
    for (std::size_t i = 0; i < paper_.blocks.size(); ++i) {
      const auto& block = paper_.blocks[i];
      switch (block.kind) {
        case BlockKind::Heading: heading(i); break;
        case BlockKind::Row: i = table(i); break;
        case BlockKind::Furniture: break;
        default: prose(i);
      }
    }
    merge_twice_said();
    write();
  }

 private:
  void heading(std::size_t i) {
    const auto& block = paper_.blocks[i];
    const auto& words = block.text.text();
    if (block.number.empty() && standing_alone(i)) return;
    // A heading forgets what was said under the headings it closes.
    while (!topics_.empty() && topics_.back().level >= block.level) topics_.pop_back();
    earlier_.reset();
    lead_ = {};
    list_.clear();
    auto found = longest(rule_book().find("messgroesse", words));
    if (found.empty()) return;
    kept_.push_back(std::make_unique<Finding>(found.back()));
    Topic topic{block.level, {found.back().code(), std::string(found.back().rule->attribute("gruppe")), nullptr, "aus der Überschrift „" + words + "“"}};
    for (const auto& group : rule_book().find("gruppe", words)) {
      if (topic.quantity.subgroup.empty() && topic.quantity.code == "INTEGRATION_RATE") topic.quantity.subgroup = group.code();
    }
    topics_.push_back(std::move(topic));
  }

  // "K2 = 0,0 %", "Stagnation": a value on a line of its own; the sentence after it says it in words.
  bool standing_alone(std::size_t i) {
    const auto& block = paper_.blocks[i];
    static const Words word(R"((?i)^(?:Stagnation|unverändert|gleichbleibend)\.?$)");
    if (!word.is(block.text.text())) return false;
    alone_.push_back({block.text.raw(), i, "WORD_FORM", base::Decimal{0, 0}, "PERCENT", {}, block.text.text()});
    return true;
  }

  std::optional<Quantity> inherited() const {
    if (earlier_) return earlier_;
    if (!topics_.empty()) return topics_.back().quantity;
    return std::nullopt;
  }

  std::size_t table(std::size_t i) {
    auto last = i;
    const auto number = paper_.blocks[i].table;
    while (last + 1 < paper_.blocks.size() && (paper_.blocks[last + 1].kind == BlockKind::Furniture || (paper_.blocks[last + 1].kind == BlockKind::Row && paper_.blocks[last + 1].table == number))) ++last;
    auto read = read_table(paper_, i, topics_.empty() ? std::nullopt : std::optional(topics_.back().quantity), lead_);
    for (auto& target : read.targets) targets_.push_back(std::move(target));
    for (auto& value : read.forecasts) forecasts_.push_back(std::move(value));
    for (auto& value : read.monitoring) watch(value, false, "", false);
    return last;
  }

  void prose(std::size_t i) {
    const auto& block = paper_.blocks[i];
    if (block.kind == BlockKind::Paragraph) lead_ = {};
    if (block.kind == BlockKind::Paragraph && value_line(i)) return;
    if (block.kind == BlockKind::Paragraph) earlier_.reset();
    const auto inherited_lead = insertion_ ? Stance{"ZIEL", false, nullptr} : block.kind == BlockKind::Item ? lead_ : Stance{};
    if (insertion_ && (block.text.text().ends_with("“") || block.text.text().ends_with("\""))) insertion_ = false;
    for (const auto& span : block.sentences) {
      Statement statement(paper_, i, block.text.part(span));
      if (span.begin == 0 && block.sentences.size() > 1 && inline_heading(statement)) continue;
      if (!replaced(statement)) sentence(statement, inherited_lead);
    }
    if (block.kind == BlockKind::Paragraph) set_lead(i);
    if (block.kind == BlockKind::Item) {
      list_.push_back(i);
      begin_insertion(block.text.text());
    }
  }

  // "3. Digitaler Zugang. Ab 1. Juli …": a first sentence without verb or value names what follows.
  bool inline_heading(const Statement& statement) {
    static const Words verb(R"((?i)\b(?:ist|sind|wird|werden|soll|sollen|steigt|sinkt|liegt|beträgt|erreicht|hat|haben)\b)");
    const bool value = std::any_of(statement.numbers.begin(), statement.numbers.end(), [](const Numeral& one) { return one.explained.empty(); });
    if (statement.text.size() > 110 || value || verb.in(statement.text.text()) || statement.indicators.empty()) return false;
    const auto& last = statement.indicators.back();
    earlier_ = Quantity{last.code(), std::string(last.rule->attribute("gruppe")), nullptr, "aus dem Stichwort davor"};
    return true;
  }

  // "… werden die Wörter „um 2,0 Prozent steigt“ durch die Wörter „…“ ersetzt": the new words are agreed, the old ones are not.
  bool replaced(const Statement& statement) {
    static const RE2 change(R"((?i)[„"“«»](?P<alt>[^“”"«»]+)[“”"«»][^„"“«»]*?(?:\bdurch\b|die (?:Formulierung|Worte|Wörter|Angabe|Zahl|Fassung))[^„"“«»]*?[„"“«»](?P<neu>[^“”"«»]+)[“”"«»])");
    static const Words replaces(R"((?i)ersetzt|an die Stelle|neu gefasst|geändert in|erhält)");
    const auto& words = statement.text.text();
    re2::StringPiece old_words, new_words;
    if (!replaces.in(words) || !RE2::PartialMatch(re2::StringPiece(words), change, &old_words, &new_words)) return false;
    const auto part = [&](const re2::StringPiece& piece) {
      const auto begin = static_cast<std::size_t>(piece.data() - words.data());
      return statement.text.part({begin, begin + piece.size()});
    };
    const auto before = part(old_words);
    const auto after = part(new_words);
    paper_.explain(before.raw(), "REPLACED_OLD_VALUE");
    std::optional<Quantity> quantity = inherited();
    for (const auto& indicator : statement.indicators) {
      const auto at = static_cast<std::size_t>(old_words.data() - words.data());
      if (indicator.span.begin < at || !quantity) quantity = Quantity{indicator.code(), std::string(indicator.rule->attribute("gruppe")), nullptr, "aus der geänderten Stelle"};
    }
    Statement agreed(paper_, statement.block, after);
    const bool speaks = !statement.indicators.empty() || !agreed.indicators.empty() || std::any_of(agreed.numbers.begin(), agreed.numbers.end(), [](const Numeral& one) { return one.unit != Unit::None; });
    if (!speaks) {
      explain(statement, {});
      return true;
    }
    // The new words alone may leave out what the old ones said: direction, reference.
    const Statement earlier(paper_, statement.block, before);
    if (agreed.directions.empty() && !agreed.numbers.empty() && !agreed.numbers.front().plus && !agreed.numbers.front().minus) agreed.directions = earlier.directions;
    for (auto& target : targets_of(agreed, quantity, {"ZIEL", false, nullptr})) {
      target.traps.emplace_back("AMENDMENT_OLD_NEW");
      target.evidence.push_back(statement.text.raw());
      targets_.push_back(std::move(target));
    }
    explain(statement, {});
    return true;
  }

  // A sentence that ends with a colon speaks for the list or table below it.
  void set_lead(std::size_t i) {
    const auto& block = paper_.blocks[i];
    if (!block.text.text().ends_with(":") || block.sentences.empty()) {
      analysis_fields(i);
      list_.clear();
      return;
    }
    list_.clear();
    begin_insertion(block.text.text());
    const Statement statement(paper_, i, block.text.part(block.sentences.back()));
    lead_ = statement.stance(statement.text.size(), {});
    if (const auto* watched = statement.role("BEOBACHTUNG")) lead_ = {"BEOBACHTUNG", false, watched->rule};
    for (const char* role : {"VORSCHLAG", "NACHRICHTLICH", "ALTES_ZIEL", "ERGEBNIS", "PROGNOSE", "BEOBACHTUNG", "HYPOTHESE"}) {
      if (const auto* found = statement.role(role); found && !(lead_.role == "ZIEL" && !lead_.weak)) lead_ = {role, false, found->rule};
    }
    if (lead_.role == "ZIEL") lead_.weak = false;
    static const Words goals(R"((?i)\b(?:Zielwerte?|Ziele|Werte|Vereinbarungen|Zielen|Zielgrößen)\b)");
    if (lead_.role.empty() && goals.in(block.text.text())) lead_ = {"ZIEL", false, nullptr};
    if (statement.role("HAUSHALT") && lead_.role == "ZIEL" && statement.indicators.empty()) lead_ = {};
  }

  // "… wird folgende Ziffer 3.5 angefügt:" - what follows in quotation marks is agreed.
  void begin_insertion(const std::string& words) {
    static const Words inserts(R"((?i)(?:angefügt|eingefügt|neu gefasst|folgende[nr]? (?:Fassung|Wortlaut)|wie folgt (?:gefasst|ergänzt)):$)");
    if (inserts.in(words)) insertion_ = true;
  }

  void sentence(Statement& statement, const Stance& lead) {
    auto quantity = inherited();
    if (says_again(statement)) return explain(statement, lead);
    auto found = targets_of(statement, quantity, lead);
    for (auto& target : found) {
      attach_alone(target);
      targets_.push_back(target);
    }
    if (found.empty()) {
      observe(statement, lead, quantity);
      expect(statement, lead, quantity);
      explain(statement, lead);
      doubt(statement, lead, quantity);
    } else {
      explain(statement, lead);
    }
    if (!statement.indicators.empty()) {
      const auto& last = statement.indicators.back();
      earlier_ = Quantity{last.code(), std::string(last.rule->attribute("gruppe")), nullptr, "aus dem Satz davor"};
    }
  }

  // "Er soll damit auf rund 1,94 Mio. Personen sinken": the target of the sentence before, said in other numbers.
  bool says_again(const Statement& statement) {
    static const Words again(R"((?i)\b(?:damit|somit|mithin|dies entspricht|das entspricht|dies sind|das sind|rechnerisch)\b)");
    if (targets_.empty() || targets_.back().block != statement.block || !again.in(statement.text.text())) return false;
    auto& target = targets_.back();
    const bool other = std::any_of(statement.indicators.begin(), statement.indicators.end(), [&](const Finding& one) { return one.code() != target.code; });
    if (other || target.evidence.back().end >= statement.text.raw().end) return false;
    bool said = false;
    for (const auto& number : statement.numbers) {
      if (!number.explained.empty() || (number.unit == Unit::Percent && target.unit == "PERCENT")) continue;
      target.equivalents.push_back({statement.text.text().substr(number.with_unit.begin, number.with_unit.end - number.with_unit.begin), number.value, unit_code(number.unit), "DERIVED_ROUNDED"});
      target.uses.push_back(statement.text.raw(number.span));
      said = true;
    }
    return said;
  }

  // --- Monitoring ---
  void observe(const Statement& statement, const Stance& lead, const std::optional<Quantity>& quantity) {
    const bool watched = statement.has_role("BEOBACHTUNG") || lead.role == "BEOBACHTUNG" || paper_.under(statement.block, "MONITORING");
    const bool reported = statement.has_role("BERICHT");
    if (!watched && !reported) return;
    if (statement.has_role("PROGNOSE") && !watched) return;
    static const Words optional(R"((?i)\b(?:ggf|ggfls|gegebenenfalls|bei Bedarf|kann|können)\b)");
    static const Words forecast(R"((?i)prognosti|Prognose|Erwartungswert)");
    std::string compare;
    for (const auto& reference : statement.references) {
      if (reference.code() == "PREVIOUS_YEAR") compare = "PREVIOUS_YEAR";
      if (reference.code() == "COMPARISON_TYPE" && compare.empty()) compare = "COMPARISON_TYPE";
    }
    if (forecast.in(statement.text.text())) compare = "FORECAST";
    // "Sie wird vierteljährlich ausgewertet": of what the sentence before spoke about.
    static const Words pronoun(R"((?i)^\W*(?:Sie|Er|Es|Diese[rs]?|Die Entwicklung|Deren|Dessen|Ein Zielwert|Ein Wert)\b)");
    if (statement.indicators.empty() && watched && quantity && pronoun.in(statement.text.text())) {
      ValueRead value;
      value.code = quantity->code;
      value.subgroup = quantity->subgroup;
      if (const auto* row = rule_book().indicator(value.code)) {
        if (const auto known = row->kennzahlen.find(value.subgroup); known != row->kennzahlen.end()) value.kennzahl = known->second;
      }
      value.block = statement.block;
      value.evidence = {statement.text.raw()};
      watch(value, false, compare, false);
    }
    for (const auto& indicator : statement.indicators) {
      ValueRead value;
      value.code = indicator.code();
      value.subgroup = group_near(statement, indicator);
      if (const auto* row = rule_book().indicator(value.code)) {
        if (const auto known = row->kennzahlen.find(value.subgroup); known != row->kennzahlen.end()) value.kennzahl = known->second;
      }
      value.block = statement.block;
      value.evidence = {statement.text.raw()};
      watch(value, reported && !watched, compare, optional.in(statement.text.text()) && reported);
    }
  }

  static std::string group_near(const Statement& statement, const Finding& indicator) {
    std::string group(indicator.rule->attribute("gruppe"));
    const auto* next = [&]() -> const Finding* {
      for (const auto& other : statement.indicators) {
        if (other.span.begin > indicator.span.begin) return &other;
      }
      return nullptr;
    }();
    for (const auto& finding : statement.groups) {
      const bool behind = finding.span.begin >= indicator.span.end && finding.span.begin - indicator.span.end < 70 && (!next || finding.span.begin < next->span.begin);
      const bool inside = indicator.span.covers(finding.span) && indicator.code() == "INTEGRATION_RATE";
      if ((behind || inside) && group.empty()) group = finding.code();
    }
    const bool own = indicator.code().starts_with("LZB") && (group == "LZB" || group == "LZB4PLUS");
    const bool gap = indicator.code() == "GENDER_GAP_INTEGRATION_RATE";
    return own || gap ? std::string() : group;
  }

  // "Daher erfolgt ein um diese vier Analysefelder erweitertes Monitoring" speaks of the list above.
  void analysis_fields(std::size_t i) {
    static const Words fields(R"((?i)Analysefelder|(?:diese|genannten|vorstehenden|aufgeführten)\b[^.]*\b(?:beobachtet|Monitoring))");
    if (list_.empty() || !fields.in(paper_.blocks[i].text.text())) return;
    for (const auto item : list_) {
      const Statement statement(paper_, item, paper_.blocks[item].text);
      for (const auto& indicator : statement.indicators) {
        ValueRead value;
        value.code = indicator.code();
        value.subgroup = group_near(statement, indicator);
        if (const auto* row = rule_book().indicator(value.code)) {
          if (const auto known = row->kennzahlen.find(value.subgroup); known != row->kennzahlen.end()) value.kennzahl = known->second;
        }
        value.block = item;
        value.evidence = {statement.text.raw(), paper_.blocks[i].text.raw()};
        watch(value, false, "", false, "ANALYSEFELD");
      }
    }
  }

  void watch(ValueRead value, bool reported, const std::string& compare, bool optional, const std::string& group = {}) {
    value.subgroup = group_or_all(value.subgroup);
    for (const auto& other : monitoring_) {
      if (other.at("indicator").at("code").as_string() == value.code && other.at("indicator").at("subgroup") == text_or_null(value.subgroup)) return;
    }
    json::object one;
    one["id"] = fmt::format("M{}", monitoring_.size() + 1);
    one["goal"] = goal_of(draft_, value.block);
    one["indicator"] = {{"code", value.code}, {"kennzahl", text_or_null(value.kennzahl)}, {"subgroup", text_or_null(value.subgroup)}};
    one["binding"] = reported ? "REPORTING" : "MONITORING";
    one["compare_with"] = text_or_null(compare);
    one["aggregation"] = nullptr;
    one["group"] = text_or_null(group);
    one["year"] = nullptr;
    one["optional"] = optional;
    one["note"] = nullptr;
    one["evidence"] = draft_.evidence(value.evidence);
    for (const auto& span : value.evidence) draft_.marks.push_back({span, "monitoring[" + std::string(one["id"].as_string()) + "]", "exact", {}});
    monitoring_.push_back(std::move(one));
  }

  // --- Forecasts ---
  void expect(const Statement& statement, const Stance& lead, const std::optional<Quantity>& quantity) {
    const bool expected = statement.has_role("PROGNOSE") || lead.role == "PROGNOSE" || paper_.under(statement.block, "FORECAST");
    if (!expected || statement.has_role("VORSCHLAG")) return;
    for (const auto& number : statement.numbers) {
      if (!number.explained.empty() || number.unit == Unit::Months || number.unit == Unit::Years) continue;
      const Finding* indicator = nullptr;
      for (const auto& one : statement.indicators) {
        if (!indicator || one.span.end <= number.span.begin) indicator = &one;
      }
      if (!indicator && !quantity) continue;
      const auto code = indicator ? indicator->code() : quantity->code;
      const auto* row = rule_book().indicator(code);
      if (!row || (number.unit == Unit::Euro && row->unit != "EUR")) continue;  // money of a budget
      if (number.unit == Unit::None && (row->unit == "EUR" || row->unit == "PERCENT")) continue;
      ValueRead value;
      value.code = code;
      value.subgroup = indicator ? group_near(statement, *indicator) : quantity->subgroup;
      if (row) {
        if (const auto known = row->kennzahlen.find(value.subgroup); known != row->kennzahlen.end()) value.kennzahl = known->second;
      }
      value.value = number.value;
      const bool change = number.unit == Unit::Percent && row && (row->unit != "PERCENT" || !statement.directions.empty());
      value.measure = change ? "RELATIVE_CHANGE" : number.unit == Unit::Points ? "POINT_CHANGE" : "LEVEL";
      const auto down = std::any_of(statement.directions.begin(), statement.directions.end(), [](const Finding& one) { return one.code() == "DOWN"; });
      if (change && down && value.value->digits > 0) value.value->digits = -value.value->digits;
      value.unit = number.unit == Unit::None && row ? row->unit : unit_code(number.unit);
      value.value_raw = statement.text.text().substr(number.with_unit.begin, number.with_unit.end - number.with_unit.begin);
      value.year = paper_.year;
      value.evidence = {statement.text.raw()};
      value.number = statement.text.raw(number.span);
      value.block = statement.block;
      paper_.use(value.number, "forecasts");
      forecasts_.push_back(std::move(value));
    }
  }

  // --- Numbers that are none of these, and sentences that look like targets ---
  void explain(const Statement& statement, const Stance& lead) {
    static const std::pair<std::string_view, const char*> reasons[] = {
        {"VORSCHLAG", "REJECTED_PROPOSAL"}, {"STREICHUNG", "REPLACED_OLD_VALUE"}, {"NACHRICHTLICH", "CONTEXT_STATISTIC"}, {"STATISTIK", "CONTEXT_STATISTIC"}, {"MEILENSTEIN", "MILESTONE"}, {"ALTES_ZIEL", "PREVIOUS_TARGET"}, {"ERGEBNIS", "PREVIOUS_RESULT"}, {"HYPOTHESE", "HYPOTHETICAL_PROPOSAL"}, {"SCHWELLE", "THRESHOLD_IN_RULE"}, {"STUFEN", "SCORING_NUMBER"}, {"GEWICHT", "WEIGHT"}, {"TOLERANZ", "TOLERANCE"}, {"KAPAZITAET", "CAPACITY"}, {"PROGNOSE", "FORECAST"}, {"BEOBACHTUNG", "CONTEXT_STATISTIC"}};
    for (const auto& number : statement.numbers) {
      const auto raw = statement.text.raw(number.span);
      if (number.explained == "SPLIT_NUMBER") continue;
      if (!number.explained.empty()) {
        paper_.explain(raw, number.explained);
        continue;
      }
      const auto stance = statement.stance(number.span.begin, lead);
      for (const auto& [role, why] : reasons) {
        if (stance.role == role || (role == "BEOBACHTUNG" && statement.has_role(role))) paper_.explain(raw, why);
      }
      if (paper_.under(statement.block, "ANNEX")) paper_.explain(raw, "ANNEX_NOT_PART");
      if (paper_.under(statement.block, "SCORING")) paper_.explain(raw, "SCORING_NUMBER");
      if (paper_.under(statement.block, "FRAMEWORK") && stance.role != "ZIEL") paper_.explain(raw, "CONTEXT_STATISTIC");
    }
  }

  void doubt(const Statement& statement, const Stance& lead, const std::optional<Quantity>& quantity) {
    const auto stance = statement.stance(statement.text.size(), lead);
    static const Words opener(R"((?i)\bZiel\w*\b[^.;]*\b(?:erreicht|erfüllt)\b[^.;]{0,25},? (?:wenn|solange|sobald|sofern))");
    const bool says_so = opener.in(statement.text.text());
    const bool number = std::any_of(statement.numbers.begin(), statement.numbers.end(), [](const Numeral& one) { return one.explained.empty(); });
    const bool looks = (says_so && (!statement.indicators.empty() || number)) || (stance.role == "ZIEL" && !stance.weak && number && (!statement.indicators.empty() || quantity) && !statement.has_role("HAUSHALT"));
    if (looks) doubtful_.push_back({statement.text.raw(), statement.block});
  }

  // --- A value that stands alone and in a sentence is one target ---
  struct Alone {
    Span raw;
    std::size_t block;
    std::string relation;
    base::Decimal value;
    std::string unit;
    std::string code;
    std::string text;
    Span number{};
  };

  bool value_line(std::size_t i) {
    const auto& block = paper_.blocks[i];
    if (block.text.size() > 60) return false;
    const Statement statement(paper_, i, block.text);
    static const Words line(R"((?i)^(?:\W*)(?:K ?[123](?: ?E ?[1-4])?|Delta K ?[123]|Δ ?K ?[123]|[^=:.]{0,30}) ?(?:=|:) ?[+\-–−]? ?\d[\d.,]* ?(?:%|Prozent|v\. ?H\.|Prozentpunkte?|PP)?\.?$)");
    if (!line.is(block.text.text()) || statement.indicators.size() != 1) return false;
    static const Words label(R"((?i)^K ?[123](?: ?E ?[1-4])?$|^Veränderung.*)");
    const auto& indicator = statement.indicators.front();
    if (!label.is(block.text.text().substr(indicator.span.begin, indicator.span.end - indicator.span.begin))) return false;
    for (const auto& number : statement.numbers) {
      if (number.explained.empty()) alone_.push_back({block.text.raw(), i, "SHORT_FORM", number.value, unit_code(number.unit == Unit::None ? Unit::Percent : number.unit), indicator.code(), block.text.text(), statement.text.raw(number.span)});
    }
    return true;
  }

  void attach_alone(TargetRead& target) {
    for (auto alone = alone_.begin(); alone != alone_.end();) {
      const bool fits = alone->relation == "WORD_FORM" ? target.direction == "HOLD" : alone->code == target.code && alone->value == target.signed_value;
      if (!fits || target.block - alone->block > 3) {
        ++alone;
        continue;
      }
      const bool said = std::any_of(target.equivalents.begin(), target.equivalents.end(), [&](const EquivalentRead& one) { return one.relation == alone->relation; });
      if (!said) target.equivalents.push_back({alone->text, alone->value, alone->unit, alone->relation});
      target.evidence.insert(target.evidence.begin(), alone->raw);
      target.traps.emplace_back(alone->relation == "WORD_FORM" ? "WORD_INSTEAD_OF_NUMBER" : "VALUE_TWICE");
      if (!alone->number.empty()) target.uses.push_back(alone->number);
      alone = alone_.erase(alone);
    }
  }

  // A short form that no sentence repeats is the target: a change, never a level (agreements.md, 0.1).
  void targets_standing_alone() {
    for (const auto& alone : alone_) {
      if (alone.relation != "SHORT_FORM") continue;
      TargetRead target;
      target.block = alone.block;
      target.code = alone.code;
      const auto* row = rule_book().indicator(alone.code);
      if (!row) continue;
      if (const auto known = row->kennzahlen.find(""); known != row->kennzahlen.end()) target.kennzahl = known->second;
      target.year = paper_.year;
      target.aggregation = row->aggregation;
      target.measure = alone.unit == "PERCENTAGE_POINT" ? "POINT_CHANGE" : "RELATIVE_CHANGE";
      target.unit = alone.unit;
      target.value = alone.value;
      if (target.value.digits < 0) target.value.digits = -target.value.digits;
      settle(target, {.bound = "", .sign = alone.value.digits < 0 ? -1 : 1, .change = true});
      target.reference = ReferenceRead{.type = "PREVIOUS_YEAR", .year = target.year - 1, .month = std::nullopt, .value = std::nullopt, .raw = {}};
      target.value_raw = alone.text;
      target.evidence = {alone.raw};
      target.number = alone.number;
      target.traps = {"SHORT_FORM_LOOKS_LIKE_LEVEL", "REFERENCE_IMPLIED", "COMPARATOR_IMPLIED"};
      target.inferred.emplace_back("measure", "Kurzform der Kennzahl: Veränderung zum Vorjahr");
      targets_.push_back(std::move(target));
    }
  }

  void merge_twice_said() {
    targets_standing_alone();
    for (auto& target : targets_) target.subgroup = group_or_all(target.subgroup);
    std::stable_sort(targets_.begin(), targets_.end(), [&](const TargetRead& a, const TargetRead& b) { return a.block < b.block; });
    std::vector<TargetRead> kept;
    for (auto& target : targets_) {
      const auto same = std::find_if(kept.begin(), kept.end(), [&](const TargetRead& other) {
        return other.code == target.code && other.subgroup == target.subgroup && other.measure == target.measure && other.aggregation == target.aggregation && other.unit == target.unit && other.signed_value == target.signed_value && other.effective == target.effective && other.year == target.year;
      });
      if (same == kept.end()) {
        kept.push_back(std::move(target));
        continue;
      }
      same->traps.emplace_back("VALUE_TWICE");
      for (const auto& span : target.evidence) same->evidence.push_back(span);
      if (!target.number.empty()) same->uses.push_back(target.number);
    }
    targets_ = std::move(kept);
  }

  // Agreements of the Federation speak of all Jobcenter of a kind unless they name a group.
  std::string group_or_all(const std::string& group) const {
    const auto& kind = draft_.agreement["kind"].as_string();
    if (!group.empty() || (kind != "BMAS_BA" && kind != "BMAS_LAND")) return group;
    return kind == "BMAS_BA" ? "ALL_GE" : "ALL_ZKT_OF_LAND";
  }

  void write();

  struct Topic {
    int level;
    Quantity quantity;
  };
  struct Doubt {
    Span raw;
    std::size_t block;
  };

  Draft& draft_;
  Paper& paper_;
  std::vector<Topic> topics_;
  std::optional<Quantity> earlier_;
  Stance lead_;
  bool insertion_ = false;  // inside words that an amendment adds
  std::vector<std::size_t> list_;
  std::vector<std::unique_ptr<Finding>> kept_;
  std::vector<Alone> alone_;
  std::vector<TargetRead> targets_;
  std::vector<ValueRead> forecasts_;
  std::vector<Doubt> doubtful_;
  json::array monitoring_;
};

std::string formula(const TargetRead& target) {
  const auto name = (target.kennzahl.empty() ? target.code : target.kennzahl) + (target.subgroup.empty() || !target.kennzahl.empty() ? "" : "_" + target.subgroup);
  const auto amount = target.signed_value.plain();
  const auto base = target.reference && target.reference->year ? fmt::format("{}[{}]", name, *target.reference->year) : name + "[Bezug]";
  const auto value = fmt::format("{}[{}]", name, target.year);
  if (target.measure == "RELATIVE_CHANGE") return target.signed_value.digits == 0 ? fmt::format("{} {} {}", value, target.effective, base) : fmt::format("({} / {} - 1) * 100 {} {}", value, base, target.effective, amount);
  if (target.measure == "POINT_CHANGE" || target.measure == "ABSOLUTE_CHANGE") return fmt::format("{} - {} {} {}", value, base, target.effective, amount);
  if (target.measure == "RATIO") return fmt::format("{} / {} {} {}", value, base, target.effective, amount);
  return fmt::format("{} {} {}", value, target.effective, amount);
}

std::string scope_of(const Paper& paper, std::size_t block) {
  for (const auto& role : paper.roles[block]) {
    if (role == "MUNICIPAL") return "MUNICIPAL";
    if (role == "LOCAL") return "LOCAL";
    if (role == "QUALITY") return "QUALITY";
    if (role == "FOCUS") return "FOCUS";
    if (role == "LAND_PROGRAMME") return "LAND_PROGRAMME";
    if (role.starts_with("LAND_") || role == "MIXED") return "LAND";
    if (role == "Z1" || role == "Z2" || role == "Z3") return "STATUTORY";
  }
  return "STATUTORY";
}

json::value reference_json(const std::optional<ReferenceRead>& reference) {
  if (!reference) return nullptr;
  json::object one;
  one["type"] = reference->type;
  one["year"] = or_null(reference->year);
  if (reference->month) one["month"] = *reference->month;
  if (reference->value) one["value"] = number(*reference->value);
  one["raw"] = text_or_null(reference->raw);
  return one;
}

json::object target_json(const Draft& draft, const TargetRead& target, std::size_t index) {
  json::object one;
  one["id"] = fmt::format("T{}", index + 1);
  one["goal"] = goal_of(draft, target.block);
  one["scope"] = scope_of(draft.paper, target.block);
  one["binding"] = "TARGET";
  one["indicator"] = {{"code", target.code}, {"kennzahl", text_or_null(target.kennzahl)}, {"subgroup", text_or_null(target.subgroup)}};
  one["measure"] = target.measure;
  one["direction"] = target.direction;
  one["comparator_literal"] = target.literal;
  one["comparator_effective"] = target.effective;
  one["comparator_explicit"] = target.explicit_bound;
  one["value"] = number(target.value);
  one["value_low"] = target.low ? number(*target.low) : json::value(nullptr);
  one["value_high"] = target.high ? number(*target.high) : json::value(nullptr);
  one["signed_value"] = number(target.signed_value);
  one["unit"] = target.unit;
  one["value_raw"] = text_or_null(target.value_raw);
  one["period"] = {{"type", "CALENDAR_YEAR"}, {"year", target.year}};
  one["aggregation"] = target.aggregation;
  one["reference"] = reference_json(target.reference);
  one["tolerance"] = or_null(target.tolerance);
  one["wartezeit"] = or_null(target.waiting);
  one["per"] = or_null(target.per);
  json::array equivalents;
  for (const auto& equivalent : target.equivalents) equivalents.push_back({{"raw", equivalent.raw}, {"value", number(equivalent.value)}, {"unit", equivalent.unit}, {"relation", equivalent.relation}});
  one["equivalents"] = std::move(equivalents);
  one["condition"] = or_null(target.condition);
  one["weight"] = or_null(target.weight);
  one["bands"] = json::array();
  one["deadline"] = or_null(target.deadline);
  one["responsible_party"] = nullptr;
  one["place"] = or_null(target.place);
  one["formula"] = formula(target);
  json::array traps;
  for (const auto& trap : target.traps) {
    if (std::find(traps.begin(), traps.end(), json::value(trap)) == traps.end()) traps.emplace_back(trap);
  }
  one["ambiguities"] = std::move(traps);
  one["note"] = nullptr;
  one["evidence"] = draft.evidence(target.evidence);
  return one;
}

void Walk::write() {
  auto& list = draft_.list("targets");
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    const auto& target = targets_[i];
    const auto field = fmt::format("targets[T{}]", i + 1);
    list.push_back(target_json(draft_, target, i));
    for (const auto& span : target.evidence) draft_.marks.push_back({span, field, "exact", {}});
    draft_.mark(target.number, field + ".value");
    for (const auto& span : target.uses) draft_.mark(span, field + ".equivalents");
    for (const auto& [name, why] : target.inferred) draft_.marks.push_back({target.number.empty() ? target.evidence.front() : target.number, field + "." + name, "inferred", why});
  }
  draft_.list("monitoring") = std::move(monitoring_);
  auto& forecasts = draft_.list("forecasts");
  for (const auto& value : forecasts_) {
    json::object one;
    one["id"] = fmt::format("F{}", forecasts.size() + 1);
    one["goal"] = goal_of(draft_, value.block);
    one["indicator"] = {{"code", value.code}, {"kennzahl", text_or_null(value.kennzahl)}, {"subgroup", text_or_null(value.subgroup)}};
    one["measure"] = value.measure;
    one["value"] = number(*value.value);
    one["unit"] = value.unit;
    one["value_raw"] = value.value_raw;
    one["year"] = value.year;
    one["is_target"] = false;
    one["evidence"] = draft_.evidence(value.evidence);
    draft_.mark(value.number, fmt::format("forecasts[F{}].value", forecasts.size() + 1));
    forecasts.push_back(std::move(one));
  }
  draft_.list("milestones");
  for (const auto& doubt : doubtful_) draft_.open("target_like_sentence", "Der Satz klingt wie ein Ziel, aber es wurde keines gelesen. Bitte prüfen und von Hand ergänzen.", doubt.raw);
  draft_.targets = std::move(targets_);
}

}  // namespace

void read_quantities(Draft& draft) { Walk(draft).go(); }

}  // namespace zielwerk::reader
