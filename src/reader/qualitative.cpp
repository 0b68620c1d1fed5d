#include <algorithm>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"
#include "reader/statement.h"

namespace zielwerk::reader {
namespace {

struct Qualitative {
  std::string goal, topic, title;
  Span place;
  json::array steps, completion, content;
  json::value linked = nullptr, deadline = nullptr;
  bool lone = true;  // no sentence before it says what is aimed at
};

std::string topic_of(const std::string& code) {
  if (code == "LAND_EQUALITY") return "EQUALITY";
  if (code == "LAND_PROGRAMME") return "LONG_TERM_UNEMPLOYMENT_PROGRAMME";
  if (code == "LAND_DIGITAL") return "DIGITAL_ACCESS";
  if (code == "LINK_MUNICIPAL") return "LINK_MUNICIPAL_FEDERAL";
  if (code == "SINGLE_PARENTS") return "PARENTS_COUNSELLING";
  return code;
}

std::string without_quotes(std::string text) {
  for (const std::string_view mark : {"„", "“", "”", "\""}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, mark.size());
  }
  return text;
}

std::string ended(std::string text) {
  while (text.ends_with(',') || text.ends_with('.') || text.ends_with(';') || text.ends_with(' ')) text.pop_back();
  return text;
}

// What was, what is counted and what is reported is nobody's undertaking.
bool tells(const std::string& sentence) {
  static const Words told(R"((?i)\d ?%|\bProzent|\bv\. ?H|€|\bEuro\b|\bEUR\b|\b(?:betrug|lag|lagen|war|waren|hatten?|wurden?|traf|trifft|entfällt|gestrichen|ausgewertet|beobachtet|übersende\w*|berichtet|bindet|findet|hinzu|besteht)\b|\b\d[\d .]* (?:Personen|Plätze|Gutscheine)|\bSie |^Hess\w+ Ministerium|^[^ ]+(?: [^ ]+){0,3}$)");
  return told.in(sentence);
}

// "Das Jobcenter legt bis Ende Mai ein Konzept zum Gesundheitsmanagement vor": the thing itself, without the day and the verb.
std::string thing(const std::string& sentence) {
  static const Words after_verb(R"(\b[a-zäöüß]{2,}t\b[^.;:]*?\b(?:bis|zum|im)\b[^.;:]*?\b((?:(?:ein|eine|einen|das|den|die|ihr|sein) )(?:[a-zäöüß]+ )*[A-ZÄÖÜ][^,.;:]*?)(?: (?:vor|ein|aus|durch|fertig|auf|an|her))?[.]?$)");
  static const Words after_day(R"(\b(?:bis|zum)\b[^.;:]*?\d{4}[^.;:]*?\b((?:ein|eine|einen) (?:[a-zäöüß]+ )*[A-ZÄÖÜ][^,.;:]*?)(?: (?:vor|eingerichtet|erstellt|erarbeitet|vorgelegt|fertiggestellt|eingeführt|ein|aus))?[,.]?$)");
  for (const auto* pattern : {&after_verb, &after_day}) {
    const auto groups = match(*pattern, sentence);
    if (groups.empty()) continue;
    auto name = cut(sentence, groups[1]);
    return name.substr(name.find(' ') + 1);
  }
  return {};
}

// A sentence of several steps or criteria cut where the next one begins.
std::vector<Span> parts(const std::string& text, Span whole, const Words& left, const Words& right) {
  static const Words joint(R"((?:, (?:und )?| und | sowie |; | oder ))");
  const auto words = text.substr(0, whole.end);
  std::vector<Span> all;
  auto begin = whole.begin;
  for (auto groups = match(joint, words, begin); !groups.empty(); groups = match(joint, words, groups[0].end)) {
    if (!left.in(words.substr(begin, groups[0].begin - begin)) || !right.in(words.substr(groups[0].end))) continue;
    all.push_back({begin, groups[0].begin});
    begin = groups[0].end;
  }
  all.push_back({begin, whole.end});
  return all;
}

class Goals {
 public:
  explicit Goals(Draft& draft) : draft_(draft), all_(passages(draft.paper)) {
    for (const auto& target : draft.targets) taken_.insert(taken_.end(), target.evidence.begin(), target.evidence.end());
  }

  void read() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto id = goal_of(draft_, all_[i].block);
      if (id.is_null() || set_aside(draft_.paper, all_[i].block)) continue;
      const std::string goal(id.as_string());
      if (weight(all_[i], goal) || taken(all_[i].text.raw())) continue;
      if (const auto listed = steps(i, goal); listed > i) i = listed;
      else if (!criteria(i, goal)) dated(i, goal);
    }
    auto& list = draft_.list("qualitative_goals");
    for (auto& one : found_) {
      if (one.steps.empty() && one.completion.empty() && one.linked.is_null()) continue;
      lone(one);
      const auto id = fmt::format("Q{}", list.size() + 1);
      list.push_back({{"id", id}, {"goal", one.goal}, {"topic", one.topic}, {"title", one.title}, {"steps", std::move(one.steps)}, {"completion", std::move(one.completion)}, {"content_requirements", std::move(one.content)}, {"deadline", one.deadline}, {"linked_target", one.linked}, {"responsible_party", nullptr}, {"evidence", draft_.evidence({one.place})}});
      draft_.marks.push_back({one.place, fmt::format("qualitative_goals[{}]", id), "exact", {}});
    }
  }

 private:
  bool taken(Span raw) const {
    return std::any_of(taken_.begin(), taken_.end(), [&](const Span& one) { return one.meets(raw); });
  }

  // "Besonderes Gewicht wird … auf die X gelegt. … werden auf der Basis des Gender-Datenblatts … analysiert."
  bool weight(const Passage& passage, const std::string& goal) {
    const auto& text = passage.text.text();
    static const Words weighted(R"((?i)(?:Besonderes Gewicht|Besonderes Augenmerk) wird[^.]* auf die (gleichberechtigte[^.]*?) gelegt)");
    static const Words analysed(R"((?i)(auf der (?:Basis|Grundlage) des Gender-Datenblatt\w*) die (regionalen Handlungsansätze und -bedarfe) analysiert)");
    if (const auto groups = match(weighted, text); !groups.empty()) {
      Qualitative one{.goal = goal, .topic = "EQUALITY", .title = cut(text, groups[1]), .place = passage.text.raw(), .steps = {}, .completion = {}, .content = {}};
      for (const auto& target : draft_.list("targets")) {
        if (target.at("indicator").at("code").as_string() == "GENDER_GAP_INTEGRATION_RATE") one.linked = target.at("id");
      }
      found_.push_back(std::move(one));
      return true;
    }
    if (const auto groups = match(analysed, text); !groups.empty() && !found_.empty() && found_.back().goal == goal) {
      found_.back().steps.push_back({{"text", "Analyse der " + cut(text, groups[2]) + " auf Basis des Gender-Datenblatts"}, {"due", nullptr}, {"place", nullptr}, {"mandatory", true}, {"evidence", draft_.evidence({passage.text.raw(groups[0])})}});
      return true;
    }
    return false;
  }

  // The undertaking of a goal; its name and place are the sentence before the first step that says what is aimed at.
  Qualitative& of(const std::string& goal, std::size_t at) {
    for (auto& one : found_) {
      if (one.goal == goal && one.linked.is_null()) return one;
    }
    Qualitative one{.goal = goal, .topic = {}, .title = {}, .place = all_[at].text.raw(), .steps = {}, .completion = {}, .content = {}};
    for (const auto& known : draft_.list("goals")) {
      if (known.at("id").as_string() != goal) continue;
      one.topic = topic_of(std::string(known.at("statutory_code").as_string()));
      if (one.topic.empty()) one.topic = "LOCAL";
      one.title = known.at("heading").as_string();
    }
    static const Words is(R"((?i)^Ziel ist (?:es, )?(?:eine |die |der |das |ein )?((?-i:[A-Za-zäöüÄÖÜ]).*?)(?: zu erreichen| zur .*)?\.?$)");
    for (std::size_t k = at; k-- > 0 && all_[k].block + 3 > all_[at].block && goal_of(draft_, all_[k].block) == json::value(goal);) {
      if (taken(all_[k].text.raw()) || draft_.paper.blocks[all_[k].block].kind == BlockKind::Row || tells(all_[k].text.text())) continue;
      const auto groups = match(is, all_[k].text.text());
      const auto heading = one.title;
      one.title = without_quotes(groups.empty() || groups[1].empty() ? ended(all_[k].text.text()) : cut(all_[k].text.text(), groups[1]));
      if (one.title.starts_with(heading + " ")) one.title.erase(0, heading.size() + 1);
      one.place = all_[k].text.raw();
      one.lone = false;
      if (!groups.empty()) break;
    }
    found_.push_back(std::move(one));
    return found_.back();
  }

  // One dated sentence and nothing around it says what is undertaken and by when; there are no steps on the way.
  void lone(Qualitative& one) {
    if (!one.lone || one.steps.size() != 1 || !one.completion.empty() || one.steps[0].at("due").is_null()) return;
    one.deadline = one.steps[0].at("due");
    auto name = thing(std::string(one.steps[0].at("text").as_string()));
    if (!name.empty()) one.title = std::move(name);
    one.steps.clear();
  }

  void add_step(Qualitative& one, const Passage& passage, Span words) {
    const auto text = passage.text.text().substr(words.begin, words.end - words.begin);
    json::value due = nullptr;
    for (const auto& moment : moments(text, draft_.paper.year)) due = moment.iso;
    const auto raw = passage.text.raw(words);
    if (due.is_null()) draft_.marks.push_back({raw, "qualitative_goals[steps]", "exact", {}});
    else draft_.mark(raw, "qualitative_goals[steps]");
    one.steps.push_back({{"text", without_quotes(ended(text))}, {"due", due}, {"place", nullptr}, {"mandatory", true}, {"evidence", draft_.evidence({raw})}});
  }

  // "… verständigen sich … auf folgende Umsetzungsschritte:" and the items after it. The last of them; `at` itself: no list.
  std::size_t steps(std::size_t at, const std::string& goal) {
    static const Words lead(R"((?i)(?:\b(?:folgende\w* (?:Umsetzungs|Handlungs|Teil|Arbeits)?(?:schritte\w*|maßnahmen)|Umsetzungsschritte|Die Umsetzung umfasst)|^(?:Dazu|Hierzu|Dafür) wird)\b[^.]*:?$)");
    if (!lead.in(all_[at].text.text()) || at + 1 >= all_.size() || draft_.paper.blocks[all_[at + 1].block].kind != BlockKind::Item) return at;
    auto& one = of(goal, at);
    auto last = at;
    for (std::size_t k = at + 1; k < all_.size() && draft_.paper.blocks[all_[k].block].kind == BlockKind::Item && goal_of(draft_, all_[k].block) == json::value(goal); ++k) {
      // A further sentence below the last item is none of the list.
      if (taken(all_[k].text.raw()) || (k > at + 1 && all_[k].block == all_[k - 1].block)) break;
      add_step(one, all_[k], {0, all_[k].text.size()});
      last = k;
    }
    return last;
  }

  // "Der Landkreis richtet bis zum 31. März 2022 eine Anlaufstelle ein und schult …": what is done by a day, and what is done with it.
  void dated(std::size_t at, const std::string& goal) {
    const auto& passage = all_[at];
    const auto& text = passage.text.text();
    static const Words by(R"((?i)(?:\b(?:bis|zum|ab dem|spätestens|im (?:ersten|zweiten) Halbjahr)\b|\(I))");
    static const Words none(R"((?i)\bBericht (?:vor|zu|über|an)|berichtet|meldet|Sachstand|unterricht|läuft|Laufzeit|endet|Plätze|\bStellen\b|\bgilt\b|\btritt\b|dialog|verlänger|fortgeführt|Euro|€|EUR\b|%|Prozent|v\. ?H|Quote|befristet|Zuschuss|Dienststelle|Rückstände|beobacht|bestehen\b|Zahl der|Bestand|\blag\b|betrug|\bwaren\b|\bwurden\b|in Kraft|geltend|\bgelten\b|\bwirkt\b|Nachtrag|Vereinbarung|beginnt\b)");
    const auto days = moments(text, draft_.paper.year);
    if (days.empty() || !by.in(text) || none.in(text) || draft_.paper.blocks[passage.block].kind == BlockKind::Row) return;
    static const Words left(R"(.)");
    static const Words right(R"(^(?:dann )?(?:[a-zäöüß]{3,}t (?:er|sie|es|der|die|das|den|dem|einen?|deren|diese[nrs]?|bis|in|am|im|auf|zum|alle)\b|(?:ein|eine|einen|der|die|das|den) (?:\S+ )+(?:ge\w+(?:t|en)|\w+(?:iert|stimmt|arbeitet))\b|(?:ein|eine|der|die|das) (?:[a-zäöüß]+ )*[A-ZÄÖÜ][^.]*\.?$|(?:bis|zum) ))");
    static const Words enumeration(R"((?i)^(?:Vorgesehen|Vereinbart|Geplant|Verlangt) (?:sind|ist|werden)|^(?:Dazu|Hierzu|Dafür) (?:gehören|dienen|sind)|\bfolgen\b)");
    static const Words action(R"(^(?:dann )?(?:[a-zäöüß]{3,}t (?:er|sie|es|der|die|das|den|dem|einen?|deren|diese[nrs]?|bis|in|am|im|auf|zum|alle)\b|(?:ein|eine|einen|der|die|das|den) (?:\S+ )+(?:ge\w+(?:t|en)|\w+(?:iert|stimmt|arbeitet))\.?$|bis |zum \d))");
    auto& one = of(goal, at);
    for (const auto& part : parts(text, {0, text.size()}, left, enumeration.in(text) ? right : action)) add_step(one, passage, part);
  }

  // "Das Ziel ist erreicht, wenn A umgesetzt und B erstellt ist" without a number: each finished thing is a criterion.
  bool criteria(std::size_t at, const std::string& goal) {
    static const Words when(R"((?i)\b(?:Ziel\w*|Punkt|Vorhaben|Teil)\b[^.;]{0,60}\b(?:erreicht|erfüllt|abgeschlossen|umgesetzt|verwirklicht|erledigt)\b[^.;]{0,40}, (?:wenn|sobald|sofern|solange) (.*)$)");
    static const Words first(R"((?i)^(?:Als )?(?:Erfüllt|Erreicht|Abgeschlossen|Umgesetzt|Gelungen|Erledigt) (?:ist|gilt)[^.;]{0,60}(?:, (?:wenn|sobald|sofern)|\bmit) (.*)$)");
    static const Words with(R"((?i)^Mit (.*) ist (?:das Ziel|der Punkt|das Vorhaben) (?:erfüllt|erreicht|abgeschlossen))");
    static const Words that_is(R"((?i)\bd\. ?h\.(.*)$)");
    static const Words finished(R"(\b(?:sind|hat|ist|wird|wurden?|[a-zäöüß]+(?:t|en))$)");
    static const Words next(R"(^[A-Za-zÄÖÜäöü])");
    static const Words none(R"((?i)\bZielwerte?\b|\bPunkten?\b|\d ?%|\d Prozent|vier der fünf)");
    const auto& passage = all_[at];
    const auto& text = passage.text.text();
    const auto mine = std::find_if(found_.begin(), found_.end(), [&](const Qualitative& one) { return one.goal == goal && one.linked.is_null(); });
    if (mine != found_.end()) {
      for (const auto& finding : rule_book().find("inhalt", text)) mine->content.push_back({{"code", finding.code()}, {"evidence", draft_.evidence({passage.text.raw(finding.span)})}});
    }
    std::vector<Span> groups;
    for (const auto* pattern : {&when, &first, &with}) {
      if (groups = match(*pattern, text); !groups.empty()) break;
    }
    if (groups.empty() || none.in(text)) return false;
    auto& one = of(goal, at);
    if (!one.completion.empty()) return false;
    auto clause = groups[1];
    if (const auto only = match(that_is, text, clause.begin); !only.empty()) clause = only[1];
    while (clause.end > clause.begin && text[clause.end - 1] == '.') --clause.end;
    const auto words = text.substr(clause.begin, clause.end - clause.begin);
    const char* logic = words.find(" oder ") != std::string::npos ? "OR" : "AND";
    for (const auto& part : parts(text, clause, finished, next)) {
      const auto said = cut(text, part);
      const auto coded = longest(rule_book().find("abschluss", said));
      const auto raw = passage.text.raw(part);
      json::object criterion{{"code", coded.empty() ? "AS_WORDED" : coded.front().code()}, {"logic", logic}};
      if (coded.empty()) criterion["text"] = said;
      criterion["evidence"] = draft_.evidence({raw});
      one.completion.push_back(std::move(criterion));
      draft_.marks.push_back({raw, "qualitative_goals[completion]", "exact", {}});
      if (coded.empty()) draft_.open("criterion_without_code", "Wann dieses Ziel erreicht ist, steht nur im Wortlaut im Entwurf; bitte prüfen.", raw);
    }
    const auto raw = passage.text.raw();
    std::erase_if(draft_.open_points, [&](const OpenPoint& point) { return point.code == "target_like_sentence" && point.raw.meets(raw); });
    return true;
  }

  Draft& draft_;
  std::vector<Passage> all_;
  std::vector<Qualitative> found_;
  std::vector<Span> taken_;  // what says a target
};

}  // namespace

void read_qualitative(Draft& draft) {
  draft.list("qualitative_goals");
  Goals(draft).read();
}

}  // namespace zielwerk::reader
