#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"

namespace zielwerk::reader {
namespace {

struct Mention {
  std::string role;
  Span name;  // in the head
};

struct PartyRead {
  std::string role, name, abbr;
  std::vector<Span> evidence;  // in the head
  std::size_t from = 0, to = 0;
  std::string person, function, salutation;
};

// The head: title to the words "folgende Zielvereinbarung" or the first section.
struct Head {
  Plain plain;
  std::vector<std::size_t> seams;  // where a paragraph begins: no name goes over it

  Span within(Span span) const {
    for (const auto seam : seams) {
      if (seam > span.begin && seam < span.end) span.end = seam;
    }
    return span;
  }
};

Head head_of(const Paper& paper) {
  Head read;
  auto& head = read.plain;
  static const Words opens(R"((?i)\b(?:folgende|nachstehende|nachfolgende)s?(?: [A-Z]\w+){0,2}:?$|vereinbart:$|vereinbaren:$|für das (?:Kalender|Geschäfts)?jahr (?:19|20)\d\d:$)");
  for (std::size_t i = 0; i < paper.blocks.size() && head.size() < 3500; ++i) {
    const auto& block = paper.blocks[i];
    const bool section = block.kind == BlockKind::Heading && (!block.number.empty() || paper.under(i, "FRAMEWORK")) && head.size() > 150;
    if (section) break;
    read.seams.push_back(head.size());
    std::size_t line = block.raw.begin;
    while (line < block.raw.end) {
      const auto end = std::min(paper.text.find('\n', line), block.raw.end);
      head.append(paper.text, {line, end});
      line = end + 1;
    }
    if (opens.in(block.text.text()) && i > 1) break;
  }
  return read;
}

const std::string cap = R"((?-i:[A-ZÄÖÜ])[A-Za-zäöüßÄÖÜ]*(?:-[A-Za-zäöüßÄÖÜ]+)*)";

// A name of places ends before words that never belong to one.
Span place_name(std::string_view text, Span span) {
  static const Words stop(R"(,? ?\b(?:Vereinbarung|Zielvereinbarung|Zielvereinbarungen|Vorsitzende\w*|Geschäftsführ\w+|Landr[aä]t\w*|Herrn?|Frau|Dezernat|Referat|Abteilung|Fachamt|Fachdienst|Fachbereich|Jobcenter|Seite|Präambel|Gemäß|Nach|Gesetz|Träger|Zwischen|Ziel\w*|Staatssekretär\w*|Minister(?:in|präsident\w*)?|im Land|Kommunaler|Kommunales|Der|Die|Das|I|Vom|Teil|Haushalt)\b)");
  const auto head = text.substr(0, span.end);
  const auto first_blank = text.find(' ', span.begin);
  if (first_blank < span.end) {
    if (const auto groups = match(stop, head, first_blank); !groups.empty()) span.end = groups[0].begin;
  }
  static const Words other(R"(,? ?(?:und )?\b(?:Landkreis|Kreis|Stadt|Hansestadt) (?-i:[A-ZÄÖÜ]))");
  if (text.substr(span.begin).starts_with("Agentur") || text.substr(span.begin, span.end - span.begin).find("inisterium") != std::string_view::npos) {
    if (const auto groups = match(other, text.substr(0, span.end), first_blank); !groups.empty()) span.end = groups[0].begin;
  }
  while (span.end > span.begin && std::string_view(" ,.").find(text[span.end - 1]) != std::string_view::npos) --span.end;
  return span;
}

std::vector<Mention> mentions(const Head& read, const std::string& kind) {
  const auto& head = read.plain.text();
  static const std::string more = "(?: " + cap + "){0,3}(?: (?:an der|am|im|in der|bei|ob der|auf der|und|von) " + cap + ")?";
  struct Form {
    const char* role;
    Words pattern;  // group 1 is the name
  };
  static const std::array<Form, 9> forms = {{
      {"BMAS", Words(R"((Bundesministeriums? für (?:Arbeit und Soziales|Wirtschaft und Arbeit)))")},
      {"BA", Words(R"((?:der |die )(Bundesagentur für Arbeit)\b)")},
      {"LAND_MINISTRY", Words(R"(((?:\b(?:[^\Wz]|z[^\Ww])\w*(?:ische[mns]?|isches|er) )?(?:Staats|Sozial)?[Mm]inisteriums? (?:für|der|des) )" + cap + "(?:(?:, | und | sowie |, und )(?:für )?(?:[A-ZÄÖÜ]\\w+(?:lichen|ischen) )?(?:" + cap + "))*(?: (?:des Landes|des Freistaates?|des) " + cap + "| (?:Baden-Württemberg|Brandenburg|Rheinland-Pfalz|Niedersachsen|Nordrhein-Westfalen|Sachsen-Anhalt|Schleswig-Holstein|Mecklenburg-Vorpommern)\\b)?)")},
      {"LAND_MINISTRY", Words(R"((?:dem |das |der |die )((?:Senatsverwaltung|Behörde|Senatorin|Senator) für )" + cap + "(?:(?:, | und | sowie )(?:" + cap + "))*(?: der Freien (?:und )?Hansestadt " + cap + ")?)")},
      {"AGENTUR", Words("(Agentur für Arbeit " + cap + more + ")")},
      {"MUNICIPALITY", Words(R"(\b((?:Land Berlin, )?Bezirksamt )" + cap + more + ")")},
      {"MUNICIPALITY", Words(R"(\b((?:Landkreis(?:es)?|Kreis(?:es)?|Landeshauptstadt|Hauptstadt|Stadtgemeinde|Universitätsstadt|Hansestadt|(?:[Kk]reisfreien? )?Stadt|St(?:ä|a)dteregion|Region|Magistrat der Stadt) )" + cap + more + ")")},
      {"MUNICIPALITY", Words(R"(\b(?:dem |der |den )((?:[A-ZÄÖÜ]\w+-)*[A-ZÄÖÜ]\w*(?:-[Kk]reis|kreis)(?:es)?)\b)")},
      {"JOBCENTER_GE", Words("(Jobcenters? (?:(?:Landkreis|Kreis|Stadt|der Stadt|im Landkreis|Region) )?" + cap + more + ")")},
  }};
  const bool joint = kind == "GE" || kind == "KOMMUNE_JC";
  std::vector<Mention> found;
  for (const auto& form : forms) {
    const std::string_view role = form.role;
    const bool expected = role == "BMAS" || role == "BA" ? kind.starts_with("BMAS") : role == "AGENTUR" ? kind == "GE" : role == "JOBCENTER_GE" ? joint : role == "LAND_MINISTRY" ? !joint && kind != "BMAS_BA" : !kind.starts_with("BMAS");
    if (!expected || (role == "BA" && kind != "BMAS_BA")) continue;
    for (auto groups = match(form.pattern, head); !groups.empty(); groups = match(form.pattern, head, std::max(groups[1].end, groups[0].begin + 1))) {
      const auto span = role == "BMAS" || role == "BA" ? groups[1] : place_name(head, read.within(groups[1]));
      const auto before = std::string_view(head).substr(0, span.begin);
      const bool stands_for = before.ends_with("vertreten durch die ") || before.ends_with("vertreten durch den ");
      const bool inside = std::any_of(found.begin(), found.end(), [&](const Mention& other) { return other.name.covers(span); });
      const auto named = head.substr(span.begin, span.end - span.begin);
      const bool whole = named.find(' ') != std::string::npos || (named.size() > 7 && named.find("reis") != std::string::npos);
      if (!stands_for && !inside && whole) found.push_back({form.role, span});
    }
  }
  // "Jobcenter Landkreis X" holds the name of the Landkreis.
  std::erase_if(found, [&](const Mention& one) { return std::any_of(found.begin(), found.end(), [&](const Mention& other) { return other.name.covers(one.name) && !(other.name == one.name); }); });
  return found;
}

void take_abbreviation(const std::string& head, Span name, PartyRead& party) {
  static const Words brackets(R"(^ ?(?:\(|[–-] ?|, )(?:(?P<n>nachfolgend|im Folgenden|nachstehend|kurz)(?: auch)?(?: genannt)?:? ?)?["„»“]?(?P<a>(?-i:[A-ZÄÖÜ])[A-Za-zÄÖÜäöü-]{1,16}(?: (?-i:[A-Z]{2,4}))?)["“”«]?(?: genannt)? ?(?:\)|[–-]|,))");
  static const Words lands(R"(^(?:Saarland|Stadtkreis|Bayern|Hessen|Thüringen|Sachsen|Brandenburg|Hamburg|Bremen|Berlin|Niedersachsen|Landr\w+)$)");
  static const Words capitals(R"((?-i:[A-Z][A-Za-z]*[A-Z]))");
  static const Words later(R"(^.{0,170}?(?:[–-] ?|\()(?:nachfolgend|im Folgenden|nachstehend):? ?["„»“]?(?P<a>[A-ZÄÖÜ][A-Za-zÄÖÜäöü-]{1,16})["“”«]? ?(?:\)|[–-]))");
  if (!party.abbr.empty()) return;
  const auto rest = head.substr(name.end, 40);
  if (const auto groups = match(brackets, rest); !groups.empty()) {
    const auto abbr = cut(rest, groups[2]);
    const bool announced = !groups[1].empty();
    if (announced || (capitals.in(abbr) && !lands.in(abbr))) {
      party.abbr = abbr;
      party.evidence.push_back({name.end + groups[2].begin, name.end + groups[2].end});
      return;
    }
  }
  const auto segment = head.substr(name.end, party.to > name.end ? party.to - name.end : 0);
  if (const auto groups = match(later, segment); !groups.empty()) {
    party.abbr = cut(segment, groups[1]);
    party.evidence.push_back({name.end + groups[1].begin, name.end + groups[1].end});
  }
}

// "vertreten durch Herrn Staatssekretär Dr. …", "(Landrätin Dr. …)", ", Geschäftsführer …", and before the name: "Landrätin des Landkreises …".
void take_representative(const Head& read, PartyRead& party) {
  const auto& head = read.plain.text();
  static const Words form(R"((?P<by>(?:vertreten|handelnd|vertr\.) (?:durch|d\.) |\(|, |: )(?P<art>den |die |dessen |deren |das )?(?P<s1>Herrn? |Frau )?(?P<f>)" + office_pattern + R"()?(?:,|:)? ?(?P<s2>Herrn? |Frau )?(?P<n>)" + person_pattern + ")");
  static const auto names = form.re().NamedCapturingGroups();
  static const Words none(R"(\b(?:Ministerium|Land|Stadt|Kreis|Landkreis|Agentur|Jobcenter|Arbeit|Bezirksamt|Dezernat|Referat|Kommunales|Zugelassener)\b)");
  const auto segment = head.substr(party.from, party.to - party.from);
  const auto group = [&](const std::vector<Span>& groups, const char* name) { return groups[static_cast<std::size_t>(names.at(name))]; };
  for (auto groups = match(form, segment); !groups.empty(); groups = match(form, segment, groups[0].begin + 1)) {
    auto function = cut(segment, group(groups, "f"));
    const auto name = read.within({party.from + group(groups, "n").begin, party.from + group(groups, "n").end});
    const auto person = cut(head, name);
    std::string called;
    for (const std::string_view tail : {", Frau", ", Herrn", ", Herr"}) {
      if (function.ends_with(tail)) {
        function.resize(function.size() - tail.size());
        called = tail.substr(2);
      }
    }
    const auto salutation = called + cut(segment, group(groups, "s1")) + cut(segment, group(groups, "s2"));
    const bool by = group(groups, "by").end - group(groups, "by").begin > 3;
    if (none.in(person) || person.find(' ') == std::string::npos || (function.empty() && (!by || salutation.empty())) || (function.empty() && !by)) continue;
    party.person = person;
    static const Words after("^, (?:der |die )?(" + office_pattern + ")");
    if (const auto office = match(after, segment.substr(group(groups, "n").end)); function.empty() && !office.empty()) function = cut(segment.substr(group(groups, "n").end), office[1]);
    party.salutation = salutation.starts_with("Frau") ? "Frau" : salutation.empty() ? "" : "Herr";
    const auto article = cut(segment, group(groups, "art"));
    party.function = nominative_function(function, article.empty() && !salutation.empty() ? salutation : article);
    party.evidence.push_back({party.from + groups[0].begin + (by || groups[0].empty() ? 0 : 1), name.end});
    return;
  }
}

// "Vertreten durch: Staatssekretärin Ute Falk (MASFG); Landrat Jan Grote (Landkreis)"
void take_listed(const Head& read, std::vector<PartyRead>& parties) {
  static const Words form("(" + office_pattern + ") (" + person_pattern + R"() \(([A-ZÄÖÜ][A-Za-zäöüßÄÖÜ -]{1,30})\))");
  const auto& head = read.plain.text();
  for (auto groups = match(form, head); !groups.empty(); groups = match(form, head, groups[0].end)) {
    const auto of = cut(head, groups[3]);
    for (auto& party : parties) {
      if (!party.person.empty() || (party.abbr != of && !party.name.starts_with(of + " "))) continue;
      party.person = cut(head, groups[2]);
      party.function = cut(head, groups[1]);
      party.evidence.push_back(groups[0]);
      break;
    }
  }
}

void take_office_before(const std::string& head, std::size_t previous_end, PartyRead& party) {
  static const Words form("(?P<art>der|den|die|dem) (?P<f>" + office_pattern + R"() (?:der|des|im|in) $)");
  static const Words alone("^(?:und )?(?P<art>der|den|die|dem)? ?(?P<f>" + office_pattern + R"() (?:der|des) $)");
  const auto before = head.substr(previous_end, party.from - previous_end);
  for (const auto* pattern : {&form, &alone}) {
    if (const auto groups = match(*pattern, before); !groups.empty()) {
      // "zwischen der Vorsitzenden": the dative of a woman; "zwischen dem Vorsitzenden" of a man.
      party.function = nominative_function(cut(before, groups[2]), cut(before, groups[1]));
      party.evidence.insert(party.evidence.begin(), Span{previous_end + groups[2].begin, party.from});
      return;
    }
  }
}

int rank(const std::string& role) {
  static constexpr std::array<std::string_view, 7> order = {"BMAS", "BA", "LAND_MINISTRY", "AGENTUR", "ZKT", "MUNICIPALITY", "JOBCENTER_GE"};
  return static_cast<int>(std::find(order.begin(), order.end(), role) - order.begin());
}

void write(Draft& draft, const Plain& head, const PartyRead& party) {
  auto& list = draft.list("parties");
  const auto id = fmt::format("P{}", list.size() + 1);
  std::vector<Span> raw;
  for (const auto& span : party.evidence) raw.push_back(head.raw(span));
  for (const auto& span : raw) draft.mark(span, fmt::format("parties[{}]", id));
  json::array people;
  if (!party.function.empty() || !party.person.empty()) people.push_back({{"name", text_or_null(party.person)}, {"function", text_or_null(party.function)}, {"salutation", text_or_null(party.salutation)}});
  json::object one{{"id", id}, {"role", party.role}, {"name", party.name}, {"abbr", text_or_null(party.abbr)}};
  one["represented_by"] = std::move(people);
  one["evidence"] = draft.evidence(raw);
  list.push_back(std::move(one));
}

}  // namespace

void read_parties(Draft& draft) {
  const auto head = head_of(draft.paper);
  const auto& text = head.plain.text();
  const auto kind = std::string(draft.agreement["kind"].as_string());
  auto found = mentions(head, kind);
  std::stable_sort(found.begin(), found.end(), [](const Mention& a, const Mention& b) { return a.name.begin < b.name.begin; });
  std::vector<PartyRead> parties;
  static const Words list(R"((?i)vertreten durch:?\** ?\|?:? (?-i:[A-ZÄÖÜ])[^()]{5,60} \([A-ZÄÖÜ][^()]*\) ?(?:;|,|–|—|-))");
  const bool listed = list.in(text);
  std::size_t previous = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto to = i + 1 < found.size() ? found[i + 1].name.begin : std::min(text.size(), found[i].name.end + 400);
    const auto name = nominative_name(cut(text, found[i].name));
    const auto role = found[i].role == "MUNICIPALITY" && kind == "LAND_ZKT" ? "ZKT" : found[i].role;
    auto known = std::find_if(parties.begin(), parties.end(), [&](const PartyRead& other) { return other.name == name || (other.role == role && (role == "ZKT" || role == "MUNICIPALITY" || role == "JOBCENTER_GE" || role == "AGENTUR" || role == "LAND_MINISTRY") && (other.name.starts_with(name) || name.starts_with(other.name) || role == "ZKT")); });
    if (known == parties.end()) {
      parties.push_back({role, name, {}, {found[i].name}, found[i].name.begin, to, {}, {}, {}});
      known = std::prev(parties.end());
    } else {
      known->from = found[i].name.begin;
      known->to = to;
    }
    take_abbreviation(text, found[i].name, *known);
    if (known->person.empty() && !listed) take_representative(head, *known);
    if (known->function.empty()) take_office_before(text, previous, *known);
    previous = found[i].name.end;
  }
  take_listed(head, parties);
  std::stable_sort(parties.begin(), parties.end(), [](const PartyRead& a, const PartyRead& b) { return rank(a.role) < rank(b.role); });
  draft.list("parties");
  static const Words jc(R"(\bJC\b)"), bmas(R"(\bBMAS\b)"), ba(R"(\bBA\b)");
  for (auto& party : parties) {
    if (party.role == "BMAS" && party.abbr.empty() && bmas.in(draft.paper.text)) party.abbr = "BMAS";
    if (party.role == "BA" && party.abbr.empty() && ba.in(draft.paper.text)) party.abbr = "BA";
    if (party.role == "JOBCENTER_GE" && party.abbr.empty() && jc.in(draft.paper.text)) party.abbr = "JC";
    write(draft, head.plain, party);
  }
  // § 48b Abs. 1 Satz 1 Nr. 2 without the Agentur: the municipal part as a paper of its own.
  const auto has = [&](std::string_view role) { return std::any_of(parties.begin(), parties.end(), [&](const PartyRead& party) { return party.role == role; }); };
  if (kind == "GE" && !has("AGENTUR") && has("MUNICIPALITY") && has("JOBCENTER_GE")) draft.agreement["kind"] = "KOMMUNE_JC";
  if (parties.size() < 2) draft.open("parties_incomplete", parties.empty() ? "Die Parteien der Vereinbarung wurden nicht gefunden." : fmt::format("Nur eine Partei wurde gefunden ({}); erwartet sind mindestens zwei.", parties[0].name));
}

}  // namespace zielwerk::reader
