#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "domain/jobcenter.h"
#include "reader/draft.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

// The first place where one of the patterns (best first) finds its group 1, blocks in order.
struct Place {
  std::size_t block = 0;
  Span whole;  // in the document
  Span group;
  std::string text;
};

std::optional<Place> first(const Paper& paper, const std::vector<const RE2*>& patterns, std::size_t most_blocks) {
  for (const auto* pattern : patterns) {
    for (std::size_t i = 0; i < std::min(most_blocks, paper.blocks.size()); ++i) {
      const auto& block = paper.blocks[i];
      if (block.kind == BlockKind::Furniture && i > 5) continue;  // the title may stand again at the head of each page
      const auto& words = block.text.text();
      re2::StringPiece groups[2];
      if (!pattern->Match(piece(words), 0, words.size(), RE2::UNANCHORED, groups, 2)) continue;
      const auto begin = static_cast<std::size_t>(groups[0].data() - words.data());
      Place place{i, block.text.raw({begin, begin + groups[0].size()}), {}, std::string(groups[1])};
      if (groups[1].data()) {
        const auto at = static_cast<std::size_t>(groups[1].data() - words.data());
        place.group = block.text.raw({at, at + groups[1].size()});
      }
      return place;
    }
  }
  return std::nullopt;
}

void read_year(Draft& draft) {
  static const RE2 folgende(R"((?i)für das (?:Jahr|Kalenderjahr|Haushaltsjahr|Geschäftsjahr|Zieljahr) ((?:19|20)\d\d) (?:folgende|die folgende|nachfolgende|nachstehende))");
  static const RE2 for_year(R"((?i)(?:für (?:das|die) (?:Jahr|Jahre|Kalenderjahr|Zieljahr)|im Jahr|Jahr) ((?:19|20)\d\d))");
  static const RE2 title(R"((?i)(?:(?:ziel)?vereinbarung|Zielver\w{5,9}ung)\w*[^.]*?\b((?:19|20)\d\d)\b)");
  static const RE2 goals(R"((?i)Ziele (?:für )?((?:19|20)\d\d))");
  static const RE2 any(R"(\b((?:19|20)\d\d)\b)");
  auto& paper = draft.paper;
  std::optional<Place> place;
  for (const auto& [patterns, blocks] : {std::pair{std::vector<const RE2*>{&folgende}, std::size_t{40}}, std::pair{std::vector<const RE2*>{&title}, std::size_t{6}}, std::pair{std::vector<const RE2*>{&for_year, &title, &goals, &any}, std::size_t{60}}}) {
    place = first(paper, patterns, blocks);
    if (place) break;
  }
  json::object year;
  if (place) {
    paper.year = std::atoi(place->text.c_str());
    year["value"] = paper.year;
    year["evidence"] = draft.evidence({place->whole});
    draft.mark(place->whole, "year");
  } else {
    year["value"] = 0;
    year["evidence"] = json::array();
    draft.open("year_missing", "Das Jahr der Vereinbarung wurde nicht gefunden; bitte eintragen.");
  }
  draft.agreement["year"] = std::move(year);
}

// "Sie gilt vom 01.01.2022 bis zum 31.12.2023": more than the year it is named for.
void stated_term(Draft& draft, std::size_t block, json::object& term) {
  static const RE2 lead(R"((?i)\b(?:gilt|gelten|Laufzeit|geschlossen|gültig)\b[^.;]{0,40}$)");
  static const RE2 until("(?i)^ ?(?:bis(?: einschließlich)?(?: zum)?|–|-) ?$");
  const auto& text = draft.paper.blocks[block].text;
  const auto& words = text.text();
  const auto days = dates(words);
  for (std::size_t k = 0; k + 1 < days.size(); ++k) {
    const auto from = days[k].iso(), to = days[k + 1].iso();
    if (from.empty() || to.empty() || *days[k].year < draft.paper.year || *days[k + 1].year <= *days[k].year) continue;
    if (!RE2::PartialMatch(piece(words.substr(0, days[k].span.begin)), lead) || !RE2::PartialMatch(piece(words.substr(days[k].span.end, days[k + 1].span.begin - days[k].span.end)), until)) continue;
    const auto raw = text.raw({days[k].span.begin, days[k + 1].span.end});
    term = {{"type", "MULTI_YEAR"}, {"from", from}, {"to", to}, {"derived", false}, {"evidence", draft.evidence({raw})}};
    draft.mark(raw, "term");
    return;
  }
}

void read_term(Draft& draft) {
  static const RE2 range(R"((?i)(?:für die Jahre|Laufzeit|gilt|Zeitraum|Jahre)[^.]{0,60}?((?:19|20)\d\d) ?(?:bis(?: einschließlich)?|und|–|-|/) ?((?:19|20)\d\d))");
  json::object term;
  auto& paper = draft.paper;
  for (std::size_t i = 0; i < paper.blocks.size(); ++i) {
    const auto& words = paper.blocks[i].text.text();
    re2::StringPiece groups[3];
    if (i > 25 || !range.Match(piece(words), 0, words.size(), RE2::UNANCHORED, groups, 3)) continue;
    const int from = std::atoi(std::string(groups[1]).c_str());
    const int to = std::atoi(std::string(groups[2]).c_str());
    if (to <= from || to > from + 5 || from < paper.year || paper.under(i, "FRAMEWORK")) continue;
    const auto begin = static_cast<std::size_t>(groups[0].data() - words.data());
    const auto raw = paper.blocks[i].text.raw({begin, begin + groups[0].size()});
    term = {{"type", "MULTI_YEAR"}, {"from", fmt::format("{}-01-01", from)}, {"to", fmt::format("{}-12-31", to)}, {"derived", false}, {"evidence", draft.evidence({raw})}};
    draft.mark(raw, "term");
    break;
  }
  for (std::size_t i = 0; term.empty() && i < std::min<std::size_t>(paper.blocks.size(), 40); ++i) stated_term(draft, i, term);
  if (term.empty()) term = {{"type", "ANNUAL"}, {"from", fmt::format("{}-01-01", paper.year)}, {"to", fmt::format("{}-12-31", paper.year)}, {"derived", true}, {"evidence", json::array()}};
  if (const auto to = std::atoi(std::string(term.at("to").as_string()).substr(0, 4).c_str()); to > paper.year) paper.until = to;
  draft.agreement["term"] = std::move(term);
}

void read_statute(Draft& draft) {
  // "8 48b", "& 48b" are what scanners make of "§ 48b".
  static const RE2 full(R"((?i)(?:§|8|&) ?48 ?b,? ?(?:Abs\.|Absatz) ?1,? ?(?:S\.|Satz) ?1,? ?(?:Nr\.|Nummer|Ziff\.|Ziffer) ?([1-4])(?: (?:des |SGB|Sozialgesetzb|Zweit)[^.,;\n]*?(?:\(SGB I[Il1]\)|SGB I[Il1]|Sozialgesetzbuch\w*))?)");
  static const RE2 shorter(R"((?i)(?:§|8|&) ?48 ?b,? ?(?:(?:Abs\.|Absatz) ?1)?[^.;]{0,20}?(?:Nr\.|Nummer|Ziff\.|Ziffer) ?([1-4]))");
  static const RE2 bare(R"((?i)(?:§|8|&) ?48 ?b[^.;,)]{0,30}?(?:SGB I[Il1]|Sozialgesetzbuch\w*)?)");
  json::object statute{{"law", "SGB II"}, {"section", "48b"}, {"para", 1}, {"sentence", 1}, {"number", nullptr}, {"evidence", json::array()}};
  auto place = first(draft.paper, {&full, &shorter}, draft.paper.blocks.size());
  if (place) {
    statute["number"] = std::atoi(place->text.c_str());
  } else {
    place = first(draft.paper, {&bare}, draft.paper.blocks.size());
  }
  if (place) {
    statute["evidence"] = draft.evidence({place->whole});
    draft.marks.push_back({place->whole, "statute", "exact", {}});
    draft.paper.explain(place->whole, "LAW_REFERENCE");
  } else {
    draft.open("statute_missing", "Die Rechtsgrundlage (§ 48b SGB II) wurde nicht gefunden.");
  }
  draft.agreement["statute"] = std::move(statute);
}

// Kind: from the number of the law, else from who signs.
void read_kind(Draft& draft) {
  const auto& number = draft.agreement["statute"].at("number");
  std::string all;
  for (std::size_t i = 0; i < std::min<std::size_t>(draft.paper.blocks.size(), 40); ++i) all += draft.paper.blocks[i].text.text() + "\n";
  const auto says = [&](const char* pattern) { return RE2::PartialMatch(piece(all), pattern); };
  const bool federal = says(R"((?i)Bundesministerium für Arbeit)");
  const bool agency = says(R"((?i)Bundesagentur für Arbeit\b)");
  const bool local_agency = says(R"((?i)Agentur für Arbeit [A-ZÄÖÜ]|Agentur für Arbeit\b)");
  const bool zkt = says(R"((?i)zugelassene\w* kommunale\w* Träger|Optionskommune)");
  const bool joint = says(R"((?i)gemeinsame\w* Einrichtung|\bgE\b|Geschäftsführe\w+ de[sr] Jobcenter)");
  const bool ministry = says(R"((?i)Ministerium|Senatsverwaltung|Senator|Staatsministerium|Behörde für)");
  const bool municipal_part = says(R"((?i)kommunale\w* (?:Zielvereinbarung|Leistungen|Ziele)|§ 44b|§ 16a)");
  std::string_view kind;
  std::string reason;
  const int n = number.is_null() ? 0 : static_cast<int>(number.as_int64());
  if (n == 4) kind = "LAND_ZKT";
  if (n == 3) kind = "BMAS_LAND";
  if (n == 2) kind = "GE";
  if (n == 1) kind = "BMAS_BA";
  if (kind.empty()) {
    reason = "aus den Parteien";
    if (federal && agency && !ministry) kind = "BMAS_BA";
    else if (federal && !zkt && !local_agency) kind = agency && !says(R"((?i)Land(?:es)? [A-ZÄÖÜ])") ? "BMAS_BA" : "BMAS_LAND";
    else if (zkt && ministry) kind = "LAND_ZKT";
    else if (local_agency && !ministry) kind = "GE";
    else if (ministry) kind = joint ? "LAND_KOMMUNE" : "LAND_ZKT";
    else kind = "KOMMUNE_JC";
  }
  const bool parties_without_agency = !local_agency || says(R"((?i)ohne die Agentur)");
  if (parties_without_agency && !federal && !zkt && joint && municipal_part && (n == 0 || n == 2)) kind = ministry ? "LAND_KOMMUNE" : "KOMMUNE_JC";
  draft.agreement["kind"] = kind;
  if (!reason.empty()) draft.open("kind_inferred", fmt::format("Die Art der Vereinbarung ({}) folgt nur aus den Parteien; bitte bestätigen.", kind));
}

void read_title(Draft& draft) {
  static const RE2 agreement(R"((?i)vereinbarung)");
  auto& paper = draft.paper;
  json::object title{{"value", ""}, {"evidence", json::array()}};
  for (std::size_t i = 0; i < std::min<std::size_t>(paper.blocks.size(), 20); ++i) {
    const auto& block = paper.blocks[i];
    if (block.kind == BlockKind::Furniture || block.kind == BlockKind::Row || block.text.size() > 220 || !RE2::PartialMatch(piece(block.text.text()), agreement)) continue;
    std::string text = block.text.text();
    std::vector<Span> raw{block.text.raw()};
    // The title goes on over short lines: "Vereinbarung" · "zur Erreichung der Ziele …" · "im Jahr 2021".
    static const RE2 on(R"((?i)^(?:zur|zum|über|für|im|nach|gemäß|zwischen der Zielerreichung|der Grundsicherung|Grundsicherung))");
    static const RE2 year(R"(\b(?:19|20)\d\d\b)");
    for (std::size_t k = i + 1; k < std::min(i + 6, paper.blocks.size()); ++k) {
      const auto& next = paper.blocks[k];
      if (next.kind == BlockKind::Furniture) continue;
      if (next.text.size() > 160 || !RE2::PartialMatch(piece(next.text.text()), on) || (RE2::PartialMatch(piece(text), year) && k > i + 1)) break;
      text += " " + next.text.text();
      raw.push_back(next.text.raw());
    }
    title["value"] = text;
    title["evidence"] = draft.evidence(raw);
    for (const auto& span : raw) draft.mark(span, "title");
    break;
  }
  if (title["value"].as_string().empty()) draft.open("title_missing", "Ein Titel wurde nicht gefunden.");
  draft.agreement["title"] = std::move(title);
}

void read_state(Draft& draft) {
  struct Land {
    const char* code;
    const char* pattern;
  };
  // Names of the Länder and of their ministries' places; "Deutschland" only for agreements of the Federation.
  static constexpr Land lands[] = {{"NW", "Nordrhein-Westfalen|\\bNRW\\b"}, {"NI", "Niedersachsen|Niedersächsisch"}, {"ST", "Sachsen-Anhalt"}, {"SN", "Freistaat\\w* Sachsen|Sächsisch\\w*|\\bSachsen\\b"}, {"BY", "Bayern|Bayerisch"}, {"BW", "Baden-Württemberg"}, {"HE", "Hessen|Hessisch"}, {"RP", "Rheinland-Pfalz|rheinland-pfälzisch"}, {"SL", "Saarland|saarländisch"}, {"SH", "Schleswig-Holstein"}, {"MV", "Mecklenburg-Vorpommern"}, {"BB", "Brandenburg"}, {"TH", "Thüringen|Thüringer"}, {"BE", "Berlin|Senatsverwaltung"}, {"HB", "Bremen|Bremerhaven"}, {"HH", "Hamburg"}};
  const auto kind = std::string(draft.agreement["kind"].as_string());
  if (kind == "BMAS_BA") {
    draft.agreement["state"] = "DE";
    return;
  }
  std::size_t best = std::string::npos;
  const char* code = nullptr;
  for (const auto& land : lands) {
    const NeedyRe pattern(std::string("(") + land.pattern + ")", false);
    for (std::size_t i = 0; i < draft.paper.blocks.size(); ++i) {
      const auto& words = draft.paper.blocks[i].text.text();
      re2::StringPiece found;
      if (!pattern.may_match(words) || !RE2::PartialMatch(piece(words), pattern.re(), &found)) continue;
      const auto at = draft.paper.blocks[i].raw.begin + static_cast<std::size_t>(found.data() - words.data());
      const bool longer = at == best && code && std::string_view(land.code) == "ST";
      if (at < best || longer) {
        best = at;
        code = land.code;
      }
      break;
    }
  }
  draft.agreement["state"] = code ? json::value(code) : json::value(nullptr);
}

}  // namespace

void settle_state(Draft& draft) {
  if (!draft.agreement["state"].is_null() || draft.agreement["kind"].as_string() == "BMAS_BA") return;
  for (const auto& party : draft.list("parties")) {
    const auto role = std::string(party.at("role").as_string());
    if (role != "ZKT" && role != "MUNICIPALITY" && role != "JOBCENTER_GE") continue;
    const auto name = domain::bare_name(std::string(party.at("name").as_string()));
    for (const auto& known : domain::official_directory().all()) {
      if (known.name != name) continue;
      draft.agreement["state"] = known.land;
      return;
    }
  }
}

void read_head(Draft& draft) {
  read_year(draft);
  read_title(draft);
  read_term(draft);
  read_statute(draft);
  read_kind(draft);
  read_state(draft);
  draft.agreement["amends"] = nullptr;
}

}  // namespace zielwerk::reader
