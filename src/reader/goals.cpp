#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"
#include "reader/phrases.h"

namespace zielwerk::reader {
namespace {

// What a goal is about, from the words of its label. Codes that name no topic ("Landesziel", "Schwerpunkte") yield to those that do.
std::string code_of(std::string_view words) {
  static const std::set<std::string_view> vague = {"MIXED", "FOCUS", "LOCAL"};
  static const std::set<std::string_view> topics = {"Z1", "Z2", "Z3", "Z4_SOCIAL_PARTICIPATION", "LAND_EQUALITY", "LAND_YOUTH", "LAND_PROGRAMME", "LAND_DIGITAL", "SINGLE_PARENTS", "REFUGEES", "LINK_MUNICIPAL", "QUALITY", "MUNICIPAL"};
  std::string general;
  for (const auto& finding : rule_book().find("zielname", words)) {
    if (finding.code() != "NONE") return finding.code();
  }
  for (const auto& finding : rule_book().find("abschnitt", words)) {
    if (topics.contains(finding.code())) return finding.code();
    if (vague.contains(finding.code()) && general.empty()) general = finding.code();
  }
  return general;
}

bool names_topic(const std::string& code) { return !code.empty() && code != "MIXED" && code != "FOCUS"; }

// What the figures under a label say about it where its words do not.
std::string code_of_indicator(std::string_view indicator) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 28> kinds = {{{"LLU_", "Z1"}, {"LUH_SUM", "Z1"}, {"ELB_", "Z1"}, {"BG_COUNT", "Z1"}, {"CASELOAD", "Z1"},
      {"INTEGRATION", "Z2"}, {"GENDER_GAP_", "Z2"}, {"GAP_TO_", "Z2"}, {"RANK_", "Z2"}, {"NEED_COVERING_", "Z2"}, {"LZB", "Z3"}, {"U25_", "LAND_YOUTH"}, {"VET_", "LAND_YOUTH"}, {"PART_TIME_VET_", "LAND_YOUTH"},
      {"PROCESS", "QUALITY"}, {"CUSTOMER_", "QUALITY"}, {"OBJECTION_", "QUALITY"}, {"FIRST_TALK_", "QUALITY"}, {"VALID_EGV_", "QUALITY"},
      {"DEBT_", "MUNICIPAL"}, {"ADDICTION_", "MUNICIPAL"}, {"PSYCHOSOCIAL_", "MUNICIPAL"}, {"BUT_", "MUNICIPAL"}, {"COUNSELLING_", "MUNICIPAL"}, {"LUH_MONTHLY", "MUNICIPAL"}, {"ONE_OFF_", "MUNICIPAL"}, {"SINGLE_PERSON_", "MUNICIPAL"}, {"BG_CHILDREN_", "MUNICIPAL"}}};
  for (const auto& [begin, code] : kinds) {
    if (indicator.starts_with(begin)) return code;
  }
  return "LOCAL";
}

struct Label {
  std::string number, heading;
  Span raw;
};

// "Ziel 1: „Verringerung der Hilfebedürftigkeit“" -> 1, Verringerung der Hilfebedürftigkeit
Label cleaned(std::string number, std::string words, Span raw) {
  static const Words numbered(R"(^(?:(?:Nr\.|Ziel|Ziffer|Teil|Abschnitt|Punkt) ?(\d{1,2}(?:\.\d{1,2})*|[A-H]|[IVX]+)|([A-HIVX]{1,4}(?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,2})*))(?:[:.)] ?| [–-] | )(?:[–-] )?([A-ZÄÖÜ„"].+)$)");
  static const Words amended(R"(^(?:In )?(?:§|Ziffer|Nr\.|Nummer|Abschnitt|Absatz)[^()„“]{0,40}\(([A-ZÄÖÜa-z][^()]{5,100})\))");
  static const Words quoted(R"(^(?:Ziel:? )?[„"»](.+)[“”"«]$)");
  static const Words watched(R"(^Monitoring (?:zur|zum|der) (.+)$)");
  if (const auto groups = match(amended, words); !groups.empty() && heading_words(cut(words, groups[1]))) words = cut(words, groups[1]);
  if (const auto groups = match(numbered, words); !groups.empty()) {
    number = groups[1].empty() ? cut(words, groups[2]) : cut(words, groups[1]);
    words = cut(words, groups[3]);
  }
  if (const auto groups = match(quoted, words); !groups.empty() && words.find("“") == words.rfind("“")) words = cut(words, groups[1]);
  if (const auto groups = match(watched, words); !groups.empty()) words = cut(words, groups[1]) + " (Monitoring)";
  while (words.ends_with(':') || words.ends_with('.')) words.pop_back();
  std::erase_if(number, [](char byte) { return byte == '(' || byte == ')' || byte == '-'; });
  for (const std::string_view word : {"Nr. ", "Nr."}) {
    if (number.starts_with(word)) number.erase(0, word.size());
  }
  while (number.ends_with('.')) number.pop_back();
  return {std::move(number), std::move(words), raw};
}

// A name, not the beginning of a sentence.
bool names(std::string_view words) {
  static const Words sentence(R"(^(?:Die|Der|Das|Den|Dem|Des|Ein|Eine|Einen|Es|Er|Sie|Für|Im|Zu|Zum|Zur|Bei|Auf|Aus|Mit|Nach|Von|Vom|Am|An|Ab|Bis|Über|Um|Wird|Werden|Wie|Was|Wer|Jede[rs]?|Alle|Mindestens|Höchstens|Nicht|Weniger|Mehr|Unter|Anlage|Anhang|Artikel \d+$|Ende)\b)");
  return !words.empty() && !sentence.in(words);
}

class Labels {
 public:
  explicit Labels(Draft& draft) : draft_(draft), paper_(draft.paper) {}

  void read() {
    draft_.list("goals");
    for (std::size_t i = 0; i < paper_.blocks.size(); ++i) {
      const auto& block = paper_.blocks[i];
      if (paper_.under(i, "ANNEX") || block.kind == BlockKind::Furniture) continue;
      if (block.kind == BlockKind::Row) row(i);
      else if (block.kind == BlockKind::Heading) heading(i);
      else if (const auto label = lead(block)) add(i, *label, false);
    }
  }

 private:
  void heading(std::size_t i) {
    const auto& block = paper_.blocks[i];
    static const Words agreement(R"((?i)vereinbarung\w*\b)");
    const auto& words = block.text.text();
    if (agreement.in(words) && block.number.empty()) return;  // the paper's title
    const auto label = cleaned(block.number, words, block.raw);
    const bool topic = names_topic(code_of(label.heading));
    if (paper_.under(i, "ATTACHMENT") || (block.level >= 8 && label.number.empty() && (!topic || block.level == 8)) || (!topic && !names(label.heading))) return;
    add(i, label, true);
  }

  // "(2) Verbesserung der Integration in Erwerbstätigkeit" above its text, "Nr. 1 Hilfebedürftigkeit: …", "*Gleichstellung.* Der …",
  // "§ 2 Absatz 1 (Verbesserung der Integration in Erwerbstätigkeit) wird neu gefasst".
  std::optional<Label> lead(const Block& block) const {
    const auto& words = block.text.text();
    static const Words capital(R"(^(?:[A-ZÄÖÜ„"§]|\d{1,2}(?:\.\d{1,2})* [A-ZÄÖÜ]))");
    static const Words colon(R"(^[„"]?(?:\(\d{1,2}\) )?([^.:;(]{3,80}): (?:[A-ZÄÖÜ„"]))");
    static const Words amended(R"(^(?:In )?(?:§|Ziffer|Nr\.|Nummer|Abschnitt|Absatz)[^()„“]{0,40}\([A-ZÄÖÜa-z][^()]{5,100}\))");
    if (!capital.in(words)) return std::nullopt;
    if (const auto groups = match(amended, words); !groups.empty()) return label(block, cut(words, groups[0]), groups[0].end);
    if (const auto groups = match(colon, words); !groups.empty() && heading_words(cut(words, groups[1])) && names(cut(words, groups[1]))) {
      if (auto made = label(block, cut(words, groups[1]), groups[1].end)) return made;
    }
    const auto line = block.text.plain({block.text.raw().begin, std::min(paper_.text.find('\n', block.text.raw().begin), block.text.raw().end)});
    for (const auto end : {block.sentences.empty() ? words.size() : block.sentences.front().end, line.end}) {
      auto first = cut(words, {0, end});
      const bool whole = end >= words.size();
      if (first.ends_with('.')) first.pop_back();
      static const Words next(R"(^ ?[A-ZÄÖÜ„"(])");
      const bool goes_on = whole ? block.number != "-" && !named_list(block) : next.in(words.substr(end));
      const auto name = cleaned({}, first, {}).heading;
      if (first.size() < 90 && first.find(". ") == std::string::npos && heading_words(name) && names(name) && goes_on) return label(block, first, end);
    }
    return std::nullopt;
  }

  // Items of a list that a sentence opens with a colon are parts of it, not labels.
  bool named_list(const Block& block) const {
    const auto at = static_cast<std::size_t>(&block - paper_.blocks.data());
    for (std::size_t k = at; k-- > 0;) {
      if (paper_.blocks[k].kind == BlockKind::Furniture || paper_.blocks[k].kind == BlockKind::Item) continue;
      return paper_.blocks[k].text.text().ends_with(":") && !names_topic(code_of(block.text.text()));
    }
    return false;
  }

  std::optional<Label> label(const Block& block, const std::string& words, std::size_t end) const {
    auto made = cleaned(block.number, words, {block.raw.begin, block.text.raw({0, end}).end});
    static const Words counted(R"(^(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]\.\d{1,2})$)");
    // A label without a topic is one only where it is counted, or heads an item of its own.
    const bool own = counted.is(made.number) || (block.kind == BlockKind::Item && block.number == "-" && end < block.text.size());
    if (!own && !names_topic(code_of(made.heading))) return std::nullopt;
    return made;
  }

  // A table whose first column is headed "Ziel" names a goal of the law in each row.
  void row(std::size_t i) {
    const auto& block = paper_.blocks[i];
    if (block.table_head || block.cells.empty() || block.headings.empty() || joined_ == i) return;
    const auto& above = paper_.blocks[block.headings.back()];
    const auto counted = block.cells.size() > 1 && block.cells.front().size() < 5 && block.cells.front().size() > 0 ? std::size_t{1} : std::size_t{0};
    auto words = block.cells[counted].text();
    auto raw = block.cells[counted].raw();
    static const Words on(R"( (?:in|der|von|und|des|langfristiger|langfristigem)$)");
    static const Words adjective(R"(^(?:Langfristiger)$)");
    if ((on.in(words) || adjective.is(words)) && i + 1 < paper_.blocks.size()) {
      const auto& next = paper_.blocks[i + 1];
      const auto& rest = next.kind == BlockKind::Row && !next.cells.empty() ? next.cells.front() : next.text;
      if (rest.size() < 60) {
        words += " " + rest.text();
        raw.end = rest.raw().end;
        joined_ = i + 1;
      }
    }
    const auto code = code_of(words);
    static const Words of_law("Z[1-3]");
    static const Words aims(R"(^(?:Ziel|Zielbereich|Lokales Ziel|Kommunales Ziel)\b)");
    const auto* head = head_of(i);
    const bool headed = head && aims.in(head->cells[std::min(counted, head->cells.size() - 1)].text());
    if (of_law.is(code) && !names_topic(code_of(above.text.text())) && (headed || (words.size() > 25 && rule_book().find("messgroesse", words).empty()))) return add(i, cleaned(above.number, words, raw), false, true);
    // A column beside the description holds the value; a list of programmes has none and names no aim of the goal.
    if (headed && head->cells.size() > 2 && head->cells.front().text().ends_with(" zu") && !words.empty()) aims_[block.headings.back()].emplace_back(words, raw);
  }

  const Block* head_of(std::size_t i) const {
    for (std::size_t k = i; k-- > 0 && paper_.blocks[k].table == paper_.blocks[i].table;) {
      if (paper_.blocks[k].table_head) return &paper_.blocks[k];
    }
    return nullptr;
  }

  void add(std::size_t i, const Label& label, bool heading, bool cell = false) {
    static const Words party(R"((?i)ministerium|^Für:|^Senat|Agentur für Arbeit$)");
    const auto code = code_of(label.heading);
    if (party.in(label.heading)) return;  // who signs
    if (!cell && inside(i, code)) return;
    auto& goals = draft_.list("goals");
    // The same heading again, after a page break, is the same goal.
    for (const auto& known : goals) {
      if (known.at("heading").as_string() != label.heading || known.at("number") != text_or_null(label.number)) continue;
      draft_.goal_places.push_back({i, heading, cell, label.raw, std::string(known.at("id").as_string())});
      return;
    }
    const auto id = fmt::format("G{}", goals.size() + 1);
    goals.push_back({{"id", id}, {"number", text_or_null(label.number)}, {"heading", label.heading}, {"statutory_code", code}, {"evidence", draft_.evidence({label.raw})}});
    draft_.marks.push_back({label.raw, fmt::format("goals[{}]", id), "exact", {}});
    draft_.goal_places.push_back({i, heading, cell, label.raw, id});
  }

  // Below a goal that has a topic, further labels divide it; only the municipality's goals stand for themselves below others'.
  bool inside(std::size_t i, const std::string& code) const {
    const auto& block = paper_.blocks[i];
    for (const auto& place : draft_.goal_places) {
      if (!place.heading || std::find(block.headings.begin(), block.headings.end(), place.block) == block.headings.end()) continue;
      const auto& outer = code_at(place.id);
      if (names_topic(outer) && !(outer == "LOCAL" && code == "MUNICIPAL")) return true;
    }
    return false;
  }

  std::string code_at(const std::string& id) const {
    for (const auto& goal : draft_.agreement.at("goals").as_array()) {
      if (goal.at("id").as_string() == id) return std::string(goal.at("statutory_code").as_string());
    }
    return {};
  }

  Draft& draft_;
  const Paper& paper_;
  std::size_t joined_ = 0;  // a row whose first cell ends the label of the row above

 public:
  std::map<std::size_t, std::vector<std::pair<std::string, Span>>> aims_;  // by heading: what tables below it call "Ziel zu"
};

// What stands under a label, from the lists that were read.
struct Content {
  std::set<std::string> target_codes, other_codes;
  bool qualitative = false;
};

std::map<std::string, Content> contents(Draft& draft) {
  std::map<std::string, Content> all;
  for (const char* name : {"targets", "monitoring", "forecasts", "qualitative_goals"}) {
    for (const auto& one : draft.list(name)) {
      if (!one.at("goal").is_string()) continue;
      auto& content = all[std::string(one.at("goal").as_string())];
      if (std::string_view(name) == "qualitative_goals") {
        content.qualitative = true;
        continue;
      }
      (std::string_view(name) == "targets" ? content.target_codes : content.other_codes).insert(code_of_indicator(one.at("indicator").at("code").as_string()));
    }
  }
  return all;
}

}  // namespace

void read_goals(Draft& draft) {
  Labels labels(draft);
  labels.read();
  // "Lokale Ziele" above a table with one "Ziel zu": both together are the goal.
  for (auto& goal : draft.list("goals")) {
    std::vector<std::pair<std::string, Span>> aims;
    std::vector<Span> raw;
    for (const auto& place : draft.goal_places) {
      if (goal.at("id").as_string() != place.id) continue;
      if (raw.empty()) raw.push_back(place.raw);
      if (const auto below = labels.aims_.find(place.block); below != labels.aims_.end()) aims.insert(aims.end(), below->second.begin(), below->second.end());
    }
    if (aims.size() != 1) continue;
    auto& one = goal.as_object();
    const std::string heading(one["heading"].as_string());
    if (heading.find(aims[0].first) != std::string::npos || aims[0].first.find(heading) != std::string::npos) continue;
    one["heading"] = heading + ": " + aims[0].first;
    raw.push_back(aims[0].second);
    one["evidence"] = draft.evidence(raw);
  }
}

json::value goal_of(const Draft& draft, std::size_t block) {
  const auto& blocks = draft.paper.blocks;
  // A row without a first cell goes on with the goal of the row above.
  while (block > 0 && blocks[block].kind == BlockKind::Row && blocks[block - 1].table == blocks[block].table && !blocks[block].cells.empty() && blocks[block].cells.front().empty()) --block;
  const auto& place = blocks[block];
  const GoalPlace* best = nullptr;
  for (const auto& one : draft.goal_places) {
    const auto& label = blocks[one.block];
    const bool above = one.heading && (one.block == block || std::find(place.headings.begin(), place.headings.end(), one.block) != place.headings.end());
    const bool before = !one.heading && !one.cell && one.raw.begin <= place.raw.begin && label.headings == place.headings;
    if (one.cell ? one.block == block : above || before) best = &one;
  }
  return best ? json::value(best->id) : json::value(nullptr);
}

bool set_aside(const Paper& paper, std::size_t block) {
  const auto& one = paper.blocks[block];
  if (one.kind != BlockKind::Heading && one.headings.empty()) return false;
  const auto& words = paper.blocks[one.kind == BlockKind::Heading ? block : one.headings.back()].text.text();
  if (names_topic(code_of(words))) return false;
  for (const auto& finding : rule_book().find("zielname", words)) {
    if (finding.code() == "NONE") return true;
  }
  for (const auto& finding : rule_book().find("abschnitt", words)) {
    for (const std::string_view role : {"PROCEDURE", "BUDGET", "FRAMEWORK", "CLOSING", "SCORING"}) {
      if (finding.code() == role) return true;
    }
  }
  return false;
}

void settle_goals(Draft& draft) {
  auto& goals = draft.list("goals");
  const auto content = contents(draft);
  const auto place_of = [&](const json::value& goal) -> const GoalPlace& { return *std::find_if(draft.goal_places.begin(), draft.goal_places.end(), [&](const GoalPlace& one) { return one.id == goal.at("id").as_string(); }); };
  const bool municipal = draft.agreement["kind"].as_string() == "KOMMUNE_JC" || draft.agreement["kind"].as_string() == "LAND_KOMMUNE";
  const auto divided = [&](std::size_t block) {
    return std::any_of(draft.goal_places.begin(), draft.goal_places.end(), [&](const GoalPlace& one) { return one.block != block && std::find(draft.paper.blocks[one.block].headings.begin(), draft.paper.blocks[one.block].headings.end(), block) != draft.paper.blocks[one.block].headings.end(); });
  };
  // Something is agreed under it, it has a topic of its own, or the paper says what it is for as our drafts do.
  std::set<std::string> said_of;
  for (std::size_t i = 0; i < draft.paper.blocks.size(); ++i) {
    const auto& block = draft.paper.blocks[i];
    if (block.kind != BlockKind::Paragraph || block.sentences.empty() || phrase_of("goal", cut(block.text.text(), block.sentences.front())).empty()) continue;
    if (const auto id = goal_of(draft, i); id.is_string()) said_of.insert(std::string(id.as_string()));
  }
  const auto holds = [&](const json::value& goal) {
    const auto block = place_of(goal).block;
    if (said_of.contains(std::string(goal.at("id").as_string())) || names_topic(std::string(goal.at("statutory_code").as_string()))) return true;
    const auto found = content.find(std::string(goal.at("id").as_string()));
    if (found == content.end() || set_aside(draft.paper, block)) return false;
    return !found->second.target_codes.empty() || found->second.qualitative || !divided(block);
  };
  // A counted label beside goals is one, too, even if nothing can be measured there.
  const auto beside = [&](const json::value& goal) {
    const auto& place = place_of(goal);
    const auto& block = draft.paper.blocks[place.block];
    static const Words counted(R"(^\d{1,2}(?:\.\d{1,2})*$)");
    if (!goal.at("number").is_string() || !counted.in(std::string_view(goal.at("number").as_string())) || set_aside(draft.paper, place.block) || block.headings.empty() || !draft.paper.under(block.headings.back(), "ZIELE")) return false;
    return std::any_of(goals.begin(), goals.end(), [&](const json::value& other) {
      const auto& one = draft.paper.blocks[place_of(other).block];
      return one.headings == block.headings && one.kind == block.kind && holds(other);
    });
  };
  std::map<std::string, std::string> renamed;
  json::array kept;
  for (auto& goal : goals) {
    const auto id = std::string(goal.at("id").as_string());
    if (!holds(goal) && !beside(goal)) continue;
    auto one = goal.as_object();
    if (const auto code = std::string(one["statutory_code"].as_string()); !names_topic(code)) {
      static const Words general(R"((?i)\bZiele?\b|\bZielwerte\b|\bWerte\b)");
      const auto found = content.find(id);
      const auto* codes = found == content.end() ? nullptr : found->second.target_codes.empty() ? &found->second.other_codes : &found->second.target_codes;
      const bool said = codes && codes->size() == 1 && code.empty() && !general.in(std::string_view(one["heading"].as_string()));
      one["statutory_code"] = municipal && code.empty() ? "MUNICIPAL" : said ? codes->begin()->c_str() : code.empty() ? "MIXED" : code.c_str();
    }
    renamed[id] = fmt::format("G{}", kept.size() + 1);
    one["id"] = renamed[id];
    kept.push_back(std::move(one));
  }
  for (const char* name : {"targets", "monitoring", "forecasts", "qualitative_goals"}) {
    for (auto& one : draft.list(name)) {
      auto& goal = one.as_object()["goal"];
      if (!goal.is_string()) continue;
      const auto found = renamed.find(std::string(goal.as_string()));
      goal = found == renamed.end() ? json::value(nullptr) : json::value(found->second);
    }
  }
  std::erase_if(draft.marks, [&](Mark& mark) {
    if (!mark.field.starts_with("goals[")) return false;
    const auto found = renamed.find(mark.field.substr(6, mark.field.size() - 7));
    if (found != renamed.end()) mark.field = fmt::format("goals[{}]", found->second);
    return found == renamed.end();
  });
  goals = std::move(kept);
}

}  // namespace zielwerk::reader
