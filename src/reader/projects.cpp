#include "reader/projects.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "reader/partners.h"
#include "reader/passages.h"
#include "reader/phrases.h"
#include "reader/statement.h"

namespace zielwerk::reader {
namespace {

std::string ended(std::string text) {
  while (text.ends_with('.') || text.ends_with(',') || text.ends_with(';') || text.ends_with(' ')) text.pop_back();
  return text;
}

json::value day_in(const std::string& text) {
  for (const auto& date : dates(text)) {
    if (const auto iso = date.iso(); !iso.empty()) return json::value(iso);
  }
  return nullptr;
}

// The target whose quantity the words name.
json::value target_named(Draft& draft, const std::string& words) {
  const auto found = longest(rule_book().find("messgroesse", words));
  if (found.empty()) return nullptr;
  std::string group(found.front().rule->attribute("gruppe"));
  for (const auto& one : longest(rule_book().find("gruppe", words))) {
    if (group.empty()) group = one.code();
  }
  json::value id = nullptr;
  for (const auto& target : draft.list("targets")) {
    const auto& indicator = target.at("indicator");
    if (indicator.at("code").as_string() != found.front().code()) continue;
    const bool same = indicator.at("subgroup") == text_or_null(group);
    if (id.is_null() || same) id = target.at("id");
    if (same) return id;
  }
  return id;
}

// "2. Quartal 2018" -> "2018-Q2", "ab Februar 2020" -> "from 2020-02".
std::string moment(const std::string& words) {
  static const Words form(R"((?i)^(schrittweise )?(ab )?(?:([1-4])\. Quartal |(\pL+) )?(\d{4})$)");
  const auto groups = match(form, words);
  if (groups.empty()) return {};
  auto when = cut(words, groups[5]);
  if (!groups[3].empty()) when += "-Q" + cut(words, groups[3]);
  if (!groups[4].empty()) {
    const auto month = dates("1. " + cut(words, groups[4]) + " 2020");
    if (month.empty() || !month.front().month) return {};
    when += fmt::format("-{:02}", *month.front().month);
  }
  return (groups[2].empty() ? "" : "from ") + when + (groups[1].empty() ? "" : ", gradually");
}

json::array enumerated(const std::string& words) {
  json::array all;
  for (const auto& part : base::split(words, ',')) {
    const auto one = std::string(base::trim(part));
    const auto joint = one.find(" und ");
    all.push_back(json::value(one.substr(0, joint)));
    if (joint != std::string::npos) all.push_back(json::value(one.substr(joint + 5)));
  }
  return all;
}

class Projects {
 public:
  explicit Projects(Draft& draft) : draft_(draft), all_(passages(draft.paper)) {}

  void read() {
    for (at_ = 0; at_ < all_.size(); ++at_) {
      if (!undertaking() && !programme()) continue;
      for (const auto& raw : raw_) draft_.paper.understood.push_back(raw);
      raw_.clear();
    }
  }

 private:
  const std::string& text(std::size_t at) const { return all_[at].text.text(); }
  bool item(std::size_t at) const { return at < all_.size() && draft_.paper.blocks[all_[at].block].kind == BlockKind::Item; }
  std::string heading_above(std::size_t at) const {
    const auto& above = draft_.paper.blocks[all_[at].block].headings;
    return above.empty() ? std::string() : draft_.paper.blocks[above.back()].text.text();
  }
  void used(std::size_t at) { raw_.push_back(all_[at].text.raw()); }

  // The label's words of a sentence "Label: words."
  static std::string label(const std::string& text, std::string_view name) { return text.starts_with(name) ? ended(std::string(base::trim(std::string_view(text).substr(name.size())))) : std::string(); }

  std::string topic_above(const json::value& goal) const {
    if (const auto topic = phrase_of("topic", heading_above(at_)); !topic.empty()) return topic;
    for (std::size_t k = at_; k-- > 0 && all_[k].block + 2 > all_[at_].block;) {
      if (const auto topic = phrase_of("topic", text(k)); !topic.empty()) return topic;
    }
    for (const auto& one : draft_.list("goals")) {
      if (one.at("id") == goal) return std::string(one.at("statutory_code").as_string());
    }
    return "LOCAL";
  }

  // "Vorhaben: …" and what follows it up to the next thing.
  bool undertaking() {
    const auto title = label(text(at_), "Vorhaben:");
    if (title.empty()) return false;
    auto& list = draft_.list("qualitative_goals");
    const auto id = fmt::format("Q{}", list.size() + 1);
    const auto goal = goal_of(draft_, all_[at_].block);
    json::object one{{"id", id}, {"goal", goal}, {"topic", topic_above(goal)}, {"title", title}, {"steps", json::array()}, {"completion", json::array()}, {"content_requirements", json::array()}, {"deadline", nullptr}, {"linked_target", nullptr}, {"responsible_party", nullptr}};
    used(at_);
    draft_.marks.push_back({all_[at_].text.raw(), fmt::format("qualitative_goals[{}]", id), "exact", {}});
    while (at_ + 1 < all_.size() && continues(one)) ++at_;
    one["evidence"] = draft_.evidence(raw_);
    list.push_back(std::move(one));
    return true;
  }

  bool continues(json::object& one) {
    static const Words deadline(R"((?i)^Es ist bis zum .* umzusetzen)");
    static const Words responsible(R"((?i)^Verantwortlich ist )");
    static const Words reached(R"((?i)^Das Ziel ist (?:erreicht|erfüllt), wenn )");
    const auto next = at_ + 1;
    const auto& words = text(next);
    // The line "Umsetzungsschritte:" is a paragraph or, alone above its list, a heading.
    if (words == "Umsetzungsschritte:" || (item(next) && heading_above(next) == "Umsetzungsschritte:")) {
      if (item(next)) step(one, next);
      else used(next);
      while (item(at_ + 2)) step(one, ++at_ + 1);
      return true;
    }
    if (deadline.in(words)) one["deadline"] = day_in(words);
    else if (responsible.in(words)) {
      const auto who = partners_named(draft_, words);
      if (who.size() != 1) return false;
      one["responsible_party"] = who.front();
    } else if (const auto linked = label(words, "Verknüpft mit:"); !linked.empty()) one["linked_target"] = target_named(draft_, linked);
    else if (reached.in(words)) {
      const auto criteria = phrases_in("completion", words);
      if (criteria.empty()) return false;
      const char* logic = words.find(" oder ") != std::string::npos ? "OR" : "AND";
      for (const auto& criterion : criteria) one["completion"].as_array().push_back({{"code", criterion.code}, {"logic", logic}, {"evidence", draft_.evidence({all_[next].text.raw(criterion.span)})}});
    } else if (words.starts_with("Inhalte des Ergebnisses:")) {
      for (const auto& content : phrases_in("content", words)) one["content_requirements"].as_array().push_back({{"code", content.code}, {"evidence", draft_.evidence({all_[next].text.raw(content.span)})}});
    } else return false;
    used(next);
    return true;
  }

  // "Schulung der Fachkräfte (bis zum 30.09.2020) (Ort: Sonnenau) (verbindlich)"
  void step(json::object& one, std::size_t at) {
    static const Words bracket(R"( ?\((bis zum [^()]+|Ort: [^()]+|verbindlich)\)$)");
    auto words = ended(text(at));
    json::object entry{{"text", nullptr}, {"due", nullptr}, {"place", nullptr}, {"mandatory", false}};
    for (auto groups = match(bracket, words); !groups.empty(); groups = match(bracket, words)) {
      const auto said = cut(words, groups[1]);
      if (said.starts_with("bis")) entry["due"] = day_in(said);
      else if (said.starts_with("Ort")) entry["place"] = said.substr(5);
      else entry["mandatory"] = true;
      words.resize(groups[0].begin);
    }
    entry["text"] = words;
    entry["evidence"] = draft_.evidence({all_[at].text.raw()});
    draft_.mark(all_[at].text.raw(), "qualitative_goals.steps");
    used(at);
    one["steps"].as_array().push_back(std::move(entry));
  }

  // "Landesprogramm X für die Zielgruppe: …. Plätze: …. Aufgaben des Jobcenters: …": one item or cell.
  bool programme() {
    static const Words labels(R"((?i)^(?:Plätze|Standorte|Aufgaben des Jobcenters|Thema|Beschluss): |^Das Programm läuft bis )");
    static const Words named(R"((?i)^(.+?)(?: für die Zielgruppe: (.+?))?\.?$)");
    const auto same = [&](std::size_t at) { return at < all_.size() && all_[at].block == all_[at_].block && all_[at].cell == all_[at_].cell; };
    std::size_t end = at_;
    bool labelled = false;
    for (; same(end); ++end) labelled = labelled || labels.in(text(end));
    const auto groups = match(named, text(at_));
    const bool first = at_ == 0 || all_[at_ - 1].block != all_[at_].block || all_[at_ - 1].cell != all_[at_].cell;
    if (groups.empty() || (!labelled && groups[2].empty()) || !first || labels.in(text(at_)) || text(at_).size() > 200) return false;
    auto& list = draft_.list("programmes");
    const auto id = fmt::format("PR{}", list.size() + 1);
    json::object one{{"id", id}, {"scope", "MUNICIPAL"}, {"topic", nullptr}, {"name", cut(text(at_), groups[1])}, {"target_group", text_or_null(cut(text(at_), groups[2]))}, {"places", json::array()}, {"until", nullptr}, {"linked_target", nullptr}, {"role_of_jc", json::array()}};
    const auto& block = draft_.paper.blocks[all_[at_].block];
    if (block.kind == BlockKind::Row && all_[at_].cell > 0) one["topic"] = text_or_null(block.cells[all_[at_].cell - 1].text());
    draft_.marks.push_back({all_[at_].text.raw(), fmt::format("programmes[{}]", id), "exact", {}});
    used(at_);
    for (std::size_t k = at_ + 1; k < end; ++k) detail(one, k, id);
    one["evidence"] = draft_.evidence(raw_);
    list.push_back(std::move(one));
    at_ = end - 1;
    return true;
  }

  void detail(json::object& one, std::size_t at, const std::string& id) {
    const auto& words = text(at);
    used(at);
    if (const auto of = phrase_of("programme", words); !of.empty()) one["scope"] = of;
    if (const auto sites = label(words, "Plätze:"); !sites.empty()) {
      for (const auto& part : base::split(sites, ';')) place(one, at, std::string(base::trim(part)), id);
    }
    if (const auto sites = label(words, "Standorte:"); !sites.empty()) one["locations"] = enumerated(sites);
    if (words.starts_with("Das Programm läuft bis")) one["until"] = day_in(words);
    if (words.starts_with("Aufgaben des Jobcenters:")) {
      for (const auto& duty : phrases_in("duty", words)) one["role_of_jc"].as_array().push_back(json::value(duty.code));
    }
    if (const auto topic = label(words, "Thema:"); !topic.empty()) one["topic"] = topic;
    if (const auto linked = label(words, "Verknüpft mit:"); !linked.empty()) one["linked_target"] = target_named(draft_, linked);
    if (const auto decision = label(words, "Beschluss:"); !decision.empty()) {
      const auto comma = decision.rfind(", ");
      const auto when = moment(comma == std::string::npos ? decision : decision.substr(comma + 2));
      if (!when.empty()) one["decided_when"] = when;
      if (when.empty() || comma != std::string::npos) one["decided_by"] = when.empty() ? decision : decision.substr(0, comma);
    }
  }

  void place(json::object& one, std::size_t at, const std::string& words, const std::string& id) {
    static const Words form(R"((?i)^(früher |zu Beginn |am Ende |davon )?(\d[\d.]*) (Plätze|Platz|Stellen?)( in Teilzeit)?(?: in ([^()]+?))?(?: \(([^()]+)\))?$)");
    const auto groups = match(form, words);
    if (groups.empty()) return;
    const auto lead = cut(words, groups[1]);
    const auto number = numerals(cut(words, groups[2]));
    if (number.empty()) return;
    const char* status = !groups[4].empty() ? "PART_TIME_SUBSET" : cut(words, groups[3]).starts_with("St") ? "POSTS" : lead == "früher" ? "HISTORIC" : lead == "zu Beginn" ? "START" : lead == "am Ende" ? "END" : "CURRENT";
    one["places"].as_array().push_back({{"location", text_or_null(cut(words, groups[5]))}, {"count", reader::number(number.front().value)}, {"as_of", text_or_null(moment(cut(words, groups[6])))}, {"status", status}});
    draft_.mark(all_[at].text.raw(), fmt::format("programmes[{}].places", id));
  }

  Draft& draft_;
  std::vector<Passage> all_;
  std::vector<Span> raw_;
  std::size_t at_ = 0;
};

}  // namespace

void read_projects(Draft& draft) { Projects(draft).read(); }

}  // namespace zielwerk::reader
