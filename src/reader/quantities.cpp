#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "reader/words.h"

#include "reader/attachments.h"
#include "reader/damage.h"
#include "reader/draft.h"
#include "reader/quantity_json.h"
#include "reader/standing_alone.h"
#include "reader/table.h"

namespace zielwerk::reader {
namespace {

// Walks the paper once: what each sentence agrees on, watches or expects, with what earlier sentences and headings leave open.
class Walk : StandingAlone {
 public:
  explicit Walk(Draft& draft) : StandingAlone(draft) {}

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
    earlier_group_.clear();
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
    // "Integrationen von Langzeitleistungsbeziehenden, absolut:", below it a table of years.
    const bool led = i > 0 && earlier_ && paper_.blocks[i - 1].text.text().ends_with(":");
    auto read = read_table(paper_, i, led || topics_.empty() ? earlier_ : std::optional(topics_.back().quantity), lead_);
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
      if (replaced(statement)) continue;
      auto lead = inherited_lead;
      for (auto& part : parts_of(std::move(statement))) {
        sentence(part, lead);
        const auto stance = part.stance(part.text.size(), lead);
        if (stance.role != "ERGEBNIS" && !(stance.role == "ZIEL" && stance.weak)) lead = stance;
      }
    }
    if (block.kind == BlockKind::Paragraph) set_lead(i);
    // "* Davon entfallen auf", below it the parts as items of their own.
    static const Words parts(R"((?i)^\W*(?:Davon|Hiervon|Darunter|Und zwar)\b[^.:;]{0,40}:?$)");
    if (block.kind == BlockKind::Item && parts.in(block.text.text()) && lead_.role.empty()) lead_ = {"ZIEL", false, nullptr};
    if (block.kind == BlockKind::Item) {
      list_.push_back(i);
      begin_insertion(block.text.text());
    }
  }

  // "Die Quote steigt um 2 %; der Abstand wächst nicht an": a semicolon between two clauses with verbs of their own parts two sentences.
  std::vector<Statement> parts_of(Statement statement) const {
    const auto& words = statement.text.text();
    std::vector<Statement> parts;
    std::size_t begin = 0;
    int depth = 0;
    bool verbs = words.find(';') != std::string::npos;
    for (std::size_t at = 0; verbs && at <= words.size(); ++at) {
      if (at < words.size() && (words[at] == '(' || words[at] == ')')) depth += words[at] == '(' ? 1 : -1;
      if (at < words.size() && (words[at] != ';' || depth != 0)) continue;
      Statement part(paper_, statement.block, statement.text.part({begin, at}));
      const bool value = std::any_of(part.numbers.begin(), part.numbers.end(), [](const Numeral& one) { return one.explained.empty(); });
      verbs = !part.roles.empty() && (value || !part.indicators.empty());
      parts.push_back(std::move(part));
      begin = at + 1;
    }
    if (!verbs || parts.size() < 2) {
      parts.clear();
      parts.push_back(std::move(statement));
    }
    return parts;
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
    const bool opens = i + 1 < paper_.blocks.size() && paper_.blocks[i + 1].kind == BlockKind::Item && !block.text.text().ends_with(".");
    if ((!block.text.text().ends_with(":") && !opens) || block.sentences.empty()) {
      analysis_fields(i);
      list_.clear();
      return;
    }
    list_.clear();
    begin_insertion(block.text.text());
    const Statement statement(paper_, i, block.text.part(block.sentences.back()));
    announce(statement);
    lead_ = statement.stance(statement.text.size(), {});
    if (const auto* watched = statement.role("BEOBACHTUNG")) lead_ = {"BEOBACHTUNG", false, watched->rule};
    for (const char* role : {"VORSCHLAG", "NACHRICHTLICH", "ALTES_ZIEL", "ERGEBNIS", "PROGNOSE", "BEOBACHTUNG", "BERICHT", "HYPOTHESE"}) {
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
    if (adds(statement) || says_again(statement)) return explain(statement, lead);
    // "Der durchschnittliche Bestand darf 3.960 Personen nicht übersteigen", where long-term receipt is what is spoken about.
    static const Words stock(R"((?i)\b[Bb]estand\b)");
    if (statement.indicators.empty() && stock.in(statement.text.text()) && ((quantity && quantity->code.starts_with("LZB")) || paper_.under(statement.block, "Z3"))) quantity = Quantity{"LZB_STOCK", {}, nullptr, "aus dem Abschnitt"};
    // "davon Langzeitleistungsbeziehende: 430": a part of what the item above counts.
    static const Words part(R"((?i)^\W*(?:davon|darunter|hiervon)\b)");
    if (quantity && part.in(statement.text.text()) && std::all_of(statement.indicators.begin(), statement.indicators.end(), [](const Finding& one) { return !one.rule->attribute("schwach").empty(); })) statement.indicators.clear();
    auto found = targets_of(statement, quantity, lead);
    // "Von ihnen sollen mindestens 620 integriert werden": those of the sentence before.
    static const Words of_them(R"((?i)^\W*(?:Von (?:ihnen|diesen|denen)|Aus (?:diesem Kreis|dieser Gruppe)|Hiervon|Unter ihnen)\b|\bvon (?:ihnen|diesen)\b|\b(?:ihre|deren) (?:Integrations|Zahl)|\b(?:dieser Gruppe|dieses Personenkreises)\b)");
    const bool them = !earlier_group_.empty() && of_them.in(statement.text.text());
    for (auto& target : found) {
      if (them && target.subgroup.empty() && !named_by(target.code, earlier_group_)) target.subgroup = earlier_group_;
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
    earlier_group_ = statement.groups.size() == 1 ? statement.groups.front().code() : std::string();
    if (!statement.indicators.empty()) {
      const auto& last = statement.indicators.back();
      earlier_ = Quantity{last.code(), std::string(last.rule->attribute("gruppe")), nullptr, "aus dem Satz davor"};
    }
  }

  // "Das Ziel ist bis zum 30.11.2020 zu erreichen": more of the target just read, in its block or the next.
  bool adds(const Statement& statement) {
    if (targets_.empty() || targets_.back().block > statement.block || statement.block - std::max(targets_.back().block, added_) > 1) return false;
    const auto& block = paper_.blocks[statement.block];
    if (targets_.back().block != statement.block && statement.text.raw().begin > block.text.raw().begin) return false;
    if (!attach(draft_, statement, targets_.back())) return false;
    added_ = statement.block;
    return true;
  }

  // "Er soll damit auf rund 1,94 Mio. Personen sinken": the target of the sentence before, said in other numbers.
  bool says_again(const Statement& statement) {
    static const Words again(R"((?i)\b(?:damit|somit|mithin|dies entspricht|das entspricht|dies sind|das sind|rechnerisch)\b)");
    if (targets_.empty() || targets_.back().block != statement.block || !again.in(statement.text.text())) return false;
    auto& target = targets_.back();
    const bool other = std::any_of(statement.indicators.begin(), statement.indicators.end(), [&](const Finding& one) { return one.code() != target.code && !(target.code == "INTEGRATION_RATE" && one.code() == "INTEGRATIONS_COUNT"); });
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
      if (paper_.under(statement.block, "MILESTONES")) paper_.explain(raw, "MILESTONE");
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

  void write();
  void milestones(const TargetRead& target, std::size_t index);

  struct Topic {
    int level;
    Quantity quantity;
  };
  struct Doubt {
    Span raw;
    std::size_t block;
  };

  std::vector<Topic> topics_;
  std::optional<Quantity> earlier_;
  std::string earlier_group_;  // the only group of the sentence before
  Stance lead_;
  bool insertion_ = false;  // inside words that an amendment adds
  std::vector<std::unique_ptr<Finding>> kept_;
  std::vector<Doubt> doubtful_;
  std::size_t added_ = 0;  // the block that last added to a target
};

void Walk::milestones(const TargetRead& target, std::size_t index) {
  auto& list = draft_.list("milestones");
  for (const auto& one : target.milestones) {
    list.push_back({{"id", fmt::format("MS{}", list.size() + 1)}, {"target", fmt::format("T{}", index + 1)}, {"date", one.date}, {"comparator", one.comparator}, {"value", number(one.value)}, {"unit", one.unit}, {"evidence", draft_.evidence({one.raw})}});
  }
}

void Walk::write() {
  draft_.list("milestones");
  auto& list = draft_.list("targets");
  const auto parties = targets_.empty() ? std::string() : damage_of_parties(paper_, targets_.front().evidence.front().begin);
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    auto& target = targets_[i];
    const auto damage = damage_in(paper_, target.evidence);
    doubt_damaged(paper_, target, parties);
    const auto field = fmt::format("targets[T{}]", i + 1);
    list.push_back(target_json(draft_, target, i));
    for (const auto& span : target.evidence) draft_.marks.push_back({span, field, "exact", {}});
    draft_.mark(target.number, field + ".value", damage.empty() ? "exact" : "inferred", damage);
    for (const auto& span : target.uses) draft_.mark(span, field + ".equivalents");
    for (const auto& [span, name] : target.attached) draft_.mark(span, name.empty() ? "milestones" : fmt::format("{}.{}", field, name));
    milestones(target, i);
    for (const auto& [name, why] : target.inferred) draft_.marks.push_back({target.number.empty() ? target.evidence.front() : target.number, fmt::format("{}.{}", field, name), "inferred", why});
  }
  draft_.list("monitoring") = std::move(monitoring_);
  auto& forecasts = draft_.list("forecasts");
  for (const auto& value : forecasts_) {
    auto one = forecast_json(draft_, value, forecasts.size());
    const auto damage = damage_in(paper_, value.evidence);
    draft_.mark(value.number, fmt::format("forecasts[F{}].value", forecasts.size() + 1), damage.empty() ? "exact" : "inferred", damage);
    forecasts.push_back(std::move(one));
  }
  for (const auto& doubt : doubtful_) draft_.open("target_like_sentence", "Der Satz klingt wie ein Ziel, aber es wurde keines gelesen. Bitte prüfen und von Hand ergänzen.", doubt.raw);
  draft_.targets = std::move(targets_);
}

}  // namespace

void read_quantities(Draft& draft) { Walk(draft).go(); }

}  // namespace zielwerk::reader
