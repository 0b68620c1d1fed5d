#include "reader/known_parties.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

#include "reader/passages.h"
#include "reader/words.h"

namespace zielwerk::reader {

std::vector<PartyKnown> known_parties(const Draft& draft) {
  std::vector<PartyKnown> parties;
  const auto* list = draft.agreement.if_contains("parties");
  if (!list) return parties;
  const auto text = [](const json::value& value) { return value.is_string() ? std::string(value.as_string()) : std::string(); };
  for (const auto& party : list->as_array()) {
    PartyKnown one{text(party.at("id")), text(party.at("role")), text(party.at("name")), text(party.at("abbr")), {}, {}};
    if (const auto& people = party.at("represented_by").as_array(); !people.empty()) {
      one.person = text(people[0].at("name"));
      one.function = text(people[0].at("function"));
    }
    parties.push_back(std::move(one));
  }
  return parties;
}

std::vector<PersonNamed> persons_named(const Paper& paper, const std::vector<PartyKnown>& parties) {
  static const Words form("(?P<art>den |die |der |dem )?(?P<s1>Frau |Herrn? )?(?P<f>" + office_pattern + R"()(?:,|:)? ?(?P<s2>Frau |Herrn? )?(?P<n>)" + person_pattern + R"()|(?P<s3>Frau |Herrn? )(?P<n3>)" + person_pattern + ")");
  static const auto names = form.re().NamedCapturingGroups();
  static const Words none(R"(\b(?:Ministerium|Land|Stadt|Kreis|Landkreis|Agentur|Jobcenter|Arbeit|Bezirksamt|Dezernat|Referat|Kommunales|Zugelassener|Wirtschaft|Soziales)\b)");
  constexpr std::size_t head_blocks = 40;
  std::vector<PersonNamed> people;
  for (std::size_t i = 0; i < std::min(paper.blocks.size(), head_blocks); ++i) {
    const auto& words = paper.blocks[i].text.text();
    if (words.size() > 4000) continue;
    for (auto groups = match(form, words); !groups.empty(); groups = match(form, words, groups[0].end)) {
      const auto group = [&](const char* name) { return groups[static_cast<std::size_t>(names.at(name))]; };
      const auto name = group("n").empty() ? group("n3") : group("n");
      PersonNamed person{cut(words, name), {}, -1};
      static const Words office("^(?:" + office_pattern + ")\\b");
      if (office.in(person.name) || none.in(person.name) || person.name.find(' ') == std::string::npos) continue;
      const auto called = cut(words, group("s1")) + cut(words, group("s2"));
      person.function = nominative_function(cut(words, group("f")), called.starts_with("Herr") ? "Herrn" : called.starts_with("Frau") ? "die" : std::string(base::trim(cut(words, group("art")))));
      std::size_t last = 0;
      for (std::size_t k = 0; k < parties.size(); ++k) {
        for (const auto& label : {parties[k].name, parties[k].abbr}) {
          const auto at = label.size() < 2 ? std::string::npos : words.rfind(label, name.begin);
          if (at == std::string::npos || at < last) continue;
          last = at;
          person.party = static_cast<int>(k);
        }
      }
      if (std::none_of(people.begin(), people.end(), [&](const PersonNamed& other) { return other.name == person.name; })) people.push_back(std::move(person));
    }
  }
  return people;
}

// "Für das Land", "AA Rabenitz": the only party of that role.
int party_of_role(const std::string& label, const std::vector<PartyKnown>& parties) {
  struct Role {
    Words words;
    std::vector<std::string_view> of;
  };
  static const std::array<Role, 4> roles = {{
      {Words(R"(\bJobcenter\b)"), {"JOBCENTER_GE"}},
      {Words(R"(\b(?:AA|Agentur)\b)"), {"AGENTUR"}},
      {Words(R"((?:\b(?:Land|Freistaat)\b|[Mm]inisterium\b))"), {"LAND_MINISTRY"}},
      {Words(R"((?:\b(?:Stadt|Hansestadt|Bezirk|Bezirksamt|Magistrat)\b|[Kk]reis\b|\bKreisausschuss\b))"), {"ZKT", "MUNICIPALITY"}},
  }};
  for (const auto& [words, of] : roles) {
    if (!words.in(label)) continue;
    int only = -1, count = 0;
    for (std::size_t i = 0; i < parties.size(); ++i) {
      if (std::find(of.begin(), of.end(), parties[i].role) == of.end()) continue;
      only = static_cast<int>(i);
      ++count;
    }
    if (count == 1) return only;
  }
  return -1;
}

// The party that a label means: its abbreviation, or most words of its name.
int party_of(const std::string& label, const std::vector<PartyKnown>& parties) {
  static const Words word(R"(([A-Za-zäöüßÄÖÜ-]{3,}))");
  int best = -1;
  int best_share = 59;  // percent of the words
  int best_words = 0;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    if (!parties[i].abbr.empty() && Words("\\b" + RE2::QuoteMeta(parties[i].abbr) + "\\b").in(label)) return static_cast<int>(i);
    int all = 0, there = 0;
    for (auto groups = match(word, parties[i].name); !groups.empty(); groups = match(word, parties[i].name, groups[0].end)) {
      const auto one = cut(parties[i].name, groups[1]);
      if (one == "für" || one == "und" || one == "des" || one == "der") continue;
      ++all;
      there += label.find(one) != std::string::npos ? 1 : 0;
    }
    const int share = all == 0 ? 0 : 100 * there / all;
    if (share > best_share || (share == best_share && there > best_words)) {
      best_words = there;
      best = static_cast<int>(i);
      best_share = share;
    }
  }
  return best >= 0 ? best : party_of_role(label, parties);
}

}  // namespace zielwerk::reader
