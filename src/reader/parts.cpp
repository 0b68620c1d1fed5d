#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"
#include "reader/phrases.h"
#include "reader/statement.h"

namespace zielwerk::reader {
namespace {

std::string spaced(std::string_view text) {
  std::string result(text);
  std::replace(result.begin(), result.end(), '_', ' ');
  return result;
}

// Ids of the parties that a word of the rules means: ALL, LAND, ZKT, JC, MUNICIPALITY, AGENTUR.
json::array parties_meant(Draft& draft, std::string_view who) {
  json::array ids;
  for (const auto& party : draft.list("parties")) {
    const auto role = std::string(party.at("role").as_string());
    const bool land = role == "LAND_MINISTRY" || role == "BMAS";
    const bool meant = who == "ALL" || (who == "LAND" && land) || (who == "JC" && (role == "JOBCENTER_GE" || role == "ZKT")) || (who == "ZKT" && (role == "ZKT" || role == "MUNICIPALITY"));
    if (meant) ids.push_back(party.at("id"));
  }
  return ids;
}

bool has(const json::array& list, std::string_view field, std::string_view value) {
  return std::any_of(list.begin(), list.end(), [&](const json::value& one) { return one.at(field).is_string() && one.at(field).as_string() == value; });
}

std::string title_of(const Passage& passage, const Finding& finding) {
  if (const auto fixed = finding.rule->attribute("titel"); !fixed.empty()) return spaced(fixed);
  const auto captured = finding.captures.find("titel");
  auto title = cut(passage.text.text(), captured == finding.captures.end() ? finding.span : captured->second);
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"Gemeinsamen Schwerpunkten", "Gemeinsame Schwerpunkte"}, {"Gemeinsamen Schwerpunkte", "Gemeinsame Schwerpunkte"}, {"Lokale Planungsdokument", "Lokales Planungsdokument"}, {"gesamtwirtschaftlichen Eckwerte", "Gesamtwirtschaftliche Eckwerte"}, {" vom Herbst", ", Herbst"}, {"Regionalen Arbeitskreis", "Regionaler Arbeitskreis"}, {"Regionale Arbeitskreis", "Regionaler Arbeitskreis"}, {"§ 2b des Niedersächsischen Gesetzes", "§ 2b Nds. AG SGB II"}, {"des Zweiten Buches Sozialgesetzbuch", "SGB II"}, {"erstem Regierungsentwurf", "erster Regierungsentwurf"}, {"lokalen Planungsdokumente", "lokale Planungsdokumente"}, {"Niedersächsischen Gesetzes zur Ausführung des Zweiten Buches des Sozialgesetzbuchs", "Nds. AG SGB II"}}) {
    if (const auto at = title.find(from); at != std::string::npos) title.replace(at, from.size(), to);
  }
  std::erase_if(title, [](char byte) { return byte == '"'; });
  return title;
}

void add_document(Draft& draft, const Passage& passage, const Finding& finding) {
  auto& list = draft.list("documents");
  const auto title = title_of(passage, finding);
  const auto type = finding.rule->attribute("typ");
  for (const auto& known : list) {
    if (known.at("title").as_string() == title || (known.at("type").as_string() == type && known.at("binding").as_string() == finding.rule->attribute("bindung") && type != "STATUTE" && type != "REGULATION" && type != "ANNEX")) return;
  }
  static const Words year(R"(\b((?:19|20)\d\d)\b)");
  const auto found = match(year, title);
  json::object one{{"id", fmt::format("D{}", list.size() + 1)}, {"type", type}, {"title", title}};
  one["year"] = found.empty() ? json::value(nullptr) : json::value(std::stoi(cut(title, found[1])));
  one["binding"] = finding.rule->attribute("bindung");
  const auto raw = passage.text.raw(finding.whole);
  one["evidence"] = draft.evidence({raw});
  draft.marks.push_back({raw, fmt::format("documents[D{}]", list.size() + 1), "exact", {}});
  list.push_back(std::move(one));
}

void add_plain(Draft& draft, std::string_view name, const Passage& passage, const Finding& finding) {
  auto& list = draft.list(name);
  const auto code = finding.rule->attribute("code");
  if (has(list, "code", code)) return;
  const auto raw = passage.text.raw(finding.span);
  json::object one;
  if (name == "obligations") {
    one["id"] = fmt::format("O{}", list.size() + 1);
    one["who"] = parties_meant(draft, finding.rule->attribute("wer"));
  }
  one["code"] = code;
  one["evidence"] = draft.evidence({raw});
  draft.marks.push_back({raw, fmt::format("{}[{}]", name, code), "exact", {}});
  list.push_back(std::move(one));
}

void add_committee(Draft& draft, const Passage& passage, const Finding& finding) {
  auto& list = draft.list("committees");
  const auto name = title_of(passage, finding);
  json::object* committee = nullptr;
  for (auto& known : list) {
    const auto other = std::string(known.at("name").as_string());
    if (other == name || other.find("(" + name + ")") != std::string::npos) committee = &known.as_object();
  }
  const auto raw = passage.text.raw(finding.span);
  if (!committee) {
    list.push_back({{"id", fmt::format("C{}", list.size() + 1)}, {"name", name}, {"legal_basis", nullptr}, {"tasks", json::array()}, {"evidence", draft.evidence({raw})}});
    committee = &list.back().as_object();
    draft.marks.push_back({raw, fmt::format("committees[C{}]", list.size()), "exact", {}});
  }
  if (const auto basis = finding.captures.find("gesetz"); basis != finding.captures.end() && (*committee)["legal_basis"].is_null()) (*committee)["legal_basis"] = cut(passage.text.text(), basis->second).find("Nds. AG") != std::string::npos || cut(passage.text.text(), basis->second).find("Niedersächsischen") != std::string::npos ? std::string("§ 2b Nds. AG SGB II") : cut(passage.text.text(), basis->second);
  auto& tasks = (*committee)["tasks"].as_array();
  for (const auto& task : rule_book().find("aufgabe", passage.text.text())) {
    if (std::none_of(tasks.begin(), tasks.end(), [&](const json::value& value) { return value.as_string() == task.code(); })) tasks.push_back(json::value(task.code()));
  }
}

void read_final_evaluation(Draft& draft, const std::vector<Passage>& all) {
  static const Words clause(R"((?i)(?:Gesamtergebnis\w*|Gesamtzielerreichung|Abschlussbewertung|Schlussbewertung|abschließende\w* (?:Bewertung|Beurteilung)|abschließend|endgültige\w* (?:Bewertung|Zielerreichung)|Die Ergebnisse des Jahres \d{4})[^.]*)");
  static const Words judged(R"((?i)\b(?:bewertet|beurteilt|besprochen|erörter\w+|Bewertung|Beurteilung|festgestellt|geschieht|zugrunde|erfolgt|betrachtet|Abschlussbewertung|Schlussbewertung)\b)");
  static const Words year(R"(\b((?:19|20)\d\d)\b)");
  struct Value {
    const char* code;
    Words pattern;
  };
  static const std::array<Value, 4> values = {{{"JAHRESENDWERTE", Words(R"((?i)Jahresendwert\w*|ausgehärtete\w* (?:Zahlen|Werte|Daten))")}, {"DEZEMBERWERTE", Words(R"((?i)Dezemberwert\w*)")}, {"JAHRESERGEBNISSE", Words(R"((?i)Jahresergebnis\w*)")}, {"JAHRESFORTSCHRITTSWERTE", Words(R"((?i)Jahresfortschrittswert\w*)")}}};
  static const Words waiting(R"((?i)(?P<null>ohne Wartezeit|\bt ?[-–] ?0\b)|(?P<drei>\bt ?[-–] ?3\b|(?:drei|3)[- ]?(?:monatige\w*|Monat\w*) Wartezeit|Wartezeit von (?:drei|3) Monaten)|\b(t-[12])\b)");
  static const Words when(R"((?i)\b(?:im|bis zum|spätestens bis zum|spätestens im|abschließend im) (?P<s>Frühjahr|Sommer|Herbst|Winter|(?P<q>erste[nr]?|zweite[nr]?|dritte[nr]?|vierte[nr]?|[1-4]\.) Quartal|(?P<d>\d{1,2})\. ?)?(?P<m>Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)? ?(?P<y>20\d\d))");
  static const auto names = when.re().NamedCapturingGroups();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& text = all[i].text.text();
    if (!clause.in(text) || !judged.in(text)) continue;
    json::object one{{"values", nullptr}, {"values_year", draft.paper.year}, {"wartezeit", nullptr}, {"when_raw", nullptr}, {"when", nullptr}};
    std::vector<Span> raw{all[i].text.raw()};
    draft.marks.push_back({raw[0], "final_evaluation", "exact", {}});
    for (std::size_t k = i; k < std::min(i + 2, all.size()); ++k) {
      if (k > i && (all[k].block != all[i].block || !clause.in(all[k].text.text()))) break;
      const auto& words = all[k].text.text();
      for (const auto& where : phrases_in("where", words)) one["where"] = where.code;
      for (const auto& value : values) {
        if (const auto at = match(value.pattern, words); !at.empty() && one["values"].is_null()) one["values"] = value.code;
      }
      if (const auto at = match(waiting, words); !at.empty()) {
        one["wartezeit"] = !at[3].empty() ? cut(words, at[3]) : at[1].empty() ? "t-3" : "t-0";
        draft.mark(all[k].text.raw(at[0]), "final_evaluation.wartezeit");
      }
      if (const auto at = match(when, words); !at.empty() && one["when"].is_null()) {
        const auto group = [&](const char* name) { return cut(words, at[static_cast<std::size_t>(names.at(name))]); };
        const int in = std::stoi(group("y"));
        static constexpr std::array<std::string_view, 12> months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"};
        const auto month = static_cast<int>(std::find(months.begin(), months.end(), group("m")) - months.begin()) + 1;
        const auto quarter = group("q");
        const int q = quarter.starts_with("er") || quarter.starts_with("1") ? 1 : quarter.starts_with("zw") || quarter.starts_with("2") ? 2 : quarter.starts_with("dr") || quarter.starts_with("3") ? 3 : 4;
        if (!quarter.empty()) one["when"] = {{"year", in}, {"quarter", q}};
        else if (!group("d").empty() && month <= 12) one["when"] = {{"date", fmt::format("{}-{:02}-{:02}", in, month, std::stoi(group("d")))}};
        else if (month <= 12) one["when"] = {{"year", in}, {"month", month}};
        else if (const auto s = group("s"); !s.empty()) one["when"] = {{"year", in}, {"season", s.starts_with("F") ? "SPRING" : s.starts_with("S") ? "SUMMER" : s.starts_with("H") ? "AUTUMN" : "WINTER"}};
        if (one["when"].is_object() && one["when"].as_object().contains("date")) one["deadline"] = one["when"].at("date");
        if (!one["when"].is_null()) {
          one["when_raw"] = cut(words, at[0]);
          draft.mark(all[k].text.raw(at[0]), "final_evaluation.when");
        }
      }
      if (k > i) raw.push_back(all[k].text.raw());
    }
    if (one["values"].is_null() && one["when"].is_null()) continue;
    one["evidence"] = draft.evidence(raw);
    draft.agreement["final_evaluation"] = std::move(one);
    return;
  }
  draft.agreement["final_evaluation"] = nullptr;
  draft.open("final_evaluation_missing", "Welche Werte am Ende entscheiden (Jahresendwerte, Wartezeit), sagt der Text nicht.");
}

// A budget comes from the paper that is named in its sentence or last before it.
void budget_sources(Draft& draft) {
  // Where budgets name their sources each for itself, the others have none.
  const auto& all = draft.list("budgets");
  if (std::any_of(all.begin(), all.end(), [](const json::value& budget) { return !budget.at("source").is_null(); })) return;
  for (auto& budget : draft.list("budgets")) {
    const auto at = budget.at("evidence").at(0).at("byte_end").to_number<std::size_t>();
    std::size_t nearest = 0;
    for (const auto& document : draft.list("documents")) {
      const auto from = document.at("evidence").at(0).at("byte_start").to_number<std::size_t>();
      if (document.at("binding").as_string() != "BUDGET_SOURCE" || from > at || at - from > 600 || from < nearest) continue;
      budget.as_object()["source"] = document.at("id");
      nearest = from;
    }
  }
}

}  // namespace

void read_parts(Draft& draft) {
  const auto all = passages(draft.paper);
  for (const char* list : {"documents", "general_aims", "framework", "considerations", "committees", "obligations"}) draft.list(list);
  for (const auto& passage : all) {
    for (const auto& finding : rule_book().find("posten", passage.text.text())) {
      const auto& list = finding.code();
      const auto& sections = finding.rule->sections;
      if (!sections.empty() && std::none_of(sections.begin(), sections.end(), [&](const std::string& role) { return draft.paper.under(passage.block, role); })) continue;
      // A list of what the paper contains, not the cell of a table that a goal's heading stands in.
      if (list == "general_aims" && draft.paper.blocks[passage.block].kind == BlockKind::Row) continue;
      if (list == "documents") add_document(draft, passage, finding);
      else if (list == "committees") add_committee(draft, passage, finding);
      else add_plain(draft, list, passage, finding);
    }
  }
  budget_sources(draft);
  read_final_evaluation(draft, all);
}

}  // namespace zielwerk::reader
