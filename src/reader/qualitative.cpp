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

// The due date of a step: the last complete date in its words.
json::value due_of(const std::string& text) {
  json::value due = nullptr;
  for (const auto& date : dates(text)) {
    if (const auto iso = date.iso(); !iso.empty()) due = iso;
  }
  return due;
}

class Goals {
 public:
  explicit Goals(Draft& draft) : draft_(draft), all_(passages(draft.paper)) {}

  void read() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto id = goal_of(draft_, all_[i].block);
      if (id.is_null()) continue;
      weight(all_[i], std::string(id.as_string()));
      steps(i, std::string(id.as_string()));
    }
    for (std::size_t i = 0; i < all_.size(); ++i) criteria(all_[i]);
    auto& list = draft_.list("qualitative_goals");
    for (auto& one : found_) {
      const auto id = fmt::format("Q{}", list.size() + 1);
      list.push_back({{"id", id}, {"goal", one.goal}, {"topic", one.topic}, {"title", one.title}, {"steps", std::move(one.steps)}, {"completion", std::move(one.completion)}, {"content_requirements", std::move(one.content)}, {"deadline", one.deadline}, {"linked_target", one.linked}, {"responsible_party", nullptr}, {"evidence", draft_.evidence({one.place})}});
      draft_.marks.push_back({one.place, fmt::format("qualitative_goals[{}]", id), "exact", {}});
    }
  }

 private:
  // "Besonderes Gewicht wird … auf die X gelegt. … werden auf der Basis des Gender-Datenblatts … analysiert."
  void weight(const Passage& passage, const std::string& goal) {
    const auto& text = passage.text.text();
    static const Words weighted(R"((?i)(?:Besonderes Gewicht|Besonderes Augenmerk) wird[^.]* auf die (gleichberechtigte[^.]*?) gelegt)");
    static const Words analysed(R"((?i)(auf der (?:Basis|Grundlage) des Gender-Datenblatt\w*) die (regionalen Handlungsansätze und -bedarfe) analysiert)");
    if (const auto groups = match(weighted, text); !groups.empty()) {
      Qualitative one{.goal = goal, .topic = "EQUALITY", .title = cut(text, groups[1]), .place = passage.text.raw(), .steps = {}, .completion = {}, .content = {}};
      for (const auto& target : draft_.list("targets")) {
        if (target.at("indicator").at("code").as_string() == "GENDER_GAP_INTEGRATION_RATE") one.linked = target.at("id");
      }
      found_.push_back(std::move(one));
    }
    if (const auto groups = match(analysed, text); !groups.empty() && !found_.empty() && found_.back().goal == goal) {
      found_.back().steps.push_back({{"text", "Analyse der " + cut(text, groups[2]) + " auf Basis des Gender-Datenblatts"}, {"due", nullptr}, {"place", nullptr}, {"mandatory", true}, {"evidence", draft_.evidence({passage.text.raw(groups[0])})}});
    }
  }

  // "… verständigen sich … auf folgende Umsetzungsschritte:" and the items after it.
  void steps(std::size_t at, const std::string& goal) {
    static const Words lead(R"((?i)\bfolgende\w* (?:Umsetzungs|Handlungs|Teil|Arbeits)?(?:schritte\w*|maßnahmen|Meilensteine)[^.]*:?$)");
    if (!lead.in(all_[at].text.text())) return;
    Qualitative one{.goal = goal, .topic = {}, .title = {}, .place = all_[at].text.raw(), .steps = {}, .completion = {}, .content = {}};
    for (const auto& known : draft_.list("goals")) {
      if (known.at("id").as_string() != goal) continue;
      one.topic = topic_of(std::string(known.at("statutory_code").as_string()));
      one.title = known.at("heading").as_string();
    }
    static const Words is(R"((?i)^Ziel ist (?:es, )?(?:eine |die |der |das )?((?-i:[A-Za-zäöüÄÖÜ]).*?)(?: zu erreichen| zur .*)?\.?$)");
    for (std::size_t k = at; k-- > 0 && all_[k].block + 3 > all_[at].block;) {
      if (const auto groups = match(is, all_[k].text.text()); !groups.empty() && !groups[1].empty()) {
        one.title = without_quotes(cut(all_[k].text.text(), groups[1]));
        one.place = all_[k].text.raw();
        break;
      }
    }
    for (std::size_t k = at + 1; k < all_.size(); ++k) {
      const auto& block = draft_.paper.blocks[all_[k].block];
      if (block.kind != BlockKind::Item) break;
      auto words = all_[k].text.text();
      while (words.ends_with(",") || words.ends_with(".") || words.ends_with(";")) words.pop_back();
      const auto due = due_of(words);
      if (!due.is_null()) draft_.mark(all_[k].text.raw(), "qualitative_goals.steps");
      one.steps.push_back({{"text", without_quotes(words)}, {"due", due}, {"place", nullptr}, {"mandatory", true}, {"evidence", draft_.evidence({all_[k].text.raw()})}});
    }
    if (!one.steps.empty()) found_.push_back(std::move(one));
  }

  // "Das Ziel ist erreicht, wenn A umgesetzt und B erstellt ist" without a number: each finished thing is a criterion.
  void criteria(const Passage& passage) {
    static const Words reached(R"((?i)\bZiel ist (?:\w+ )?(?:erreicht|erfüllt), wenn (.*)$)");
    static const Words that_is(R"((?i)\bd\. ?h\.(.*)$)");
    const auto& text = passage.text.text();
    const auto id = goal_of(draft_, passage.block);
    const auto mine = std::find_if(found_.begin(), found_.end(), [&](const Qualitative& one) { return id.is_string() && one.goal == id.as_string(); });
    if (mine == found_.end()) return;
    for (const auto& finding : rule_book().find("inhalt", text)) mine->content.push_back({{"code", finding.code()}, {"evidence", draft_.evidence({passage.text.raw(finding.span)})}});
    const auto groups = match(reached, text);
    if (groups.empty() || !mine->completion.empty() || mine->steps.empty() || !mine->linked.is_null()) return;
    auto clause = groups[1];
    if (const auto only = match(that_is, text, clause.begin); !only.empty()) clause = only[1];
    const auto words = text.substr(clause.begin, clause.end - clause.begin);
    const char* logic = words.find(" oder ") != std::string::npos ? "OR" : "AND";
    for (const auto& finding : longest(rule_book().find("abschluss", words))) {
      const auto raw = passage.text.raw({clause.begin + finding.span.begin, clause.begin + finding.span.end});
      mine->completion.push_back({{"code", finding.code()}, {"logic", logic}, {"evidence", draft_.evidence({raw})}});
    }
    if (!mine->completion.empty()) return;
    const auto raw = passage.text.raw(clause);
    mine->completion.push_back({{"code", "AS_WORDED"}, {"logic", logic}, {"text", words}, {"evidence", draft_.evidence({raw})}});
    draft_.open("criterion_without_code", "Wann dieses Ziel erreicht ist, steht nur im Wortlaut im Entwurf; bitte prüfen.", raw);
  }

  Draft& draft_;
  std::vector<Passage> all_;
  std::vector<Qualitative> found_;
};

// Programmes with a name in quotes or after "Landesprogramm", their places and how long they run. Places are capacities, never targets.
void read_programmes(Draft& draft) {
  static const Words name(R"((?:Landesprogramm|Landesprojekt|Projekt|Programm)[^„".]{0,80}?["„»]([^“”"«]{3,60})["“”«])");
  static const Words bare(R"(Landesprogramm ((?-i:[A-ZÄÖÜ]{4,}|Gesellschaftliche Teilhabe: Jobperspektive 58\+)))");
  static const Words places(R"((\d{1,4}) (?:\(([A-ZÄÖÜ&]+)\) )?(?:Teilnehmerplätze\w*|Plätze\w*)(?: (?:in|am Standort) ([A-ZÄÖÜ]\w+)| \(([A-ZÄÖÜ& ]+)\))?)");
  static const Words until(R"((?i)(?:bis|endet)(?: vorerst| zunächst)?(?: zum| mit dem)? (\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)(?:[^.]{0,15}(?:fortgeführt|weiter|noch))?)");
  static const Words plain_number(R"((?i)(?:auf|mit) (\d{1,4}) (?:verminderter Platzzahl|reduziert))");
  auto& list = draft.list("programmes");
  const auto read = [&](const Plain& whole, bool municipal) {
    const auto& text = whole.text();
    auto found = match(name, text);
    if (found.empty()) found = match(bare, text);
    if (found.empty()) return;
    json::array sites;
    std::vector<Span> raw{whole.raw(found[0])};
    const auto id = fmt::format("PR{}", list.size() + 1);
    const auto add = [&](Span number, const std::string& location, const char* status) {
      const auto span = whole.raw(number);
      const bool used = std::any_of(draft.paper.numbers.begin(), draft.paper.numbers.end(), [&](const NumberUse& use) { return use.raw.meets(span) && use.as == NumberUse::As::Used; });
      if (used) return;
      sites.push_back({{"location", text_or_null(location)}, {"count", std::stoi(cut(text, number))}, {"as_of", std::to_string(draft.paper.year)}, {"status", status}});
      draft.mark(span, fmt::format("programmes[{}].places", id));
      raw.push_back(span);
    };
    for (auto at = match(places, text); !at.empty(); at = match(places, text, at[0].end)) add(at[1], cut(text, at[2]) + cut(text, at[3]) + cut(text, at[4]), "CURRENT");
    for (auto at = match(plain_number, text); !at.empty(); at = match(plain_number, text, at[0].end)) add(at[1], {}, "END");
    const auto end = match(until, text);
    if (sites.empty() && end.empty() && !municipal) return;
    const auto title = cut(text, found[1]);
    if (std::any_of(list.begin(), list.end(), [&](const json::value& one) { return one.at("name").as_string() == title; })) return;
    json::value last = nullptr;
    if (!end.empty()) {
      last = due_of(cut(text, end[1]));
      draft.mark(whole.raw(end[1]), fmt::format("programmes[{}].until", id));
      raw.push_back(whole.raw(end[0]));
    }
    const bool land = text.substr(0, found[1].end).find("Landesprogramm") != std::string::npos;
    list.push_back({{"id", id}, {"scope", municipal ? "MUNICIPAL" : "LAND"}, {"topic", nullptr}, {"name", municipal && land ? "Landesprogramm " + title : title}, {"target_group", nullptr}, {"places", std::move(sites)}, {"until", last}, {"linked_target", nullptr}, {"role_of_jc", json::array()}, {"evidence", draft.evidence(raw)}});
    draft.marks.push_back({raw.front(), fmt::format("programmes[{}]", id), "exact", {}});
  };
  for (std::size_t i = 0; i < draft.paper.blocks.size(); ++i) {
    const auto& block = draft.paper.blocks[i];
    if (draft.paper.under(i, "ANNEX") || block.kind == BlockKind::Furniture || block.kind == BlockKind::Heading) continue;
    const bool municipal = draft.paper.under(i, "MUNICIPAL");
    if (block.kind == BlockKind::Row) {
      for (const auto& cell : block.cells) read(cell, municipal);
    } else {
      for (const auto& sentence : block.sentences) read(block.text.part(sentence), municipal);
    }
  }
}

}  // namespace

void read_qualitative(Draft& draft) {
  draft.list("qualitative_goals");
  draft.list("programmes");
  Goals(draft).read();
  read_programmes(draft);
}

}  // namespace zielwerk::reader
