#include <algorithm>

#include <fmt/format.h>

#include "reader/amendment.h"
#include "reader/passages.h"

namespace zielwerk::reader {
namespace {

// The party that words name, by its abbreviation or what it is; empty: none.
std::string party_named(const Draft& draft, const std::string& text) {
  struct Role {
    const char* role;
    Words words;
  };
  static const std::array<Role, 5> roles = {{
      {"JOBCENTER_GE", Words(R"(\b(?:Jobcenter|Geschäftsführe\w+|Geschäftsführung)\b)")},
      {"AGENTUR", Words(R"(\b(?:Agentur|AA)\b)")},
      {"LAND_MINISTRY", Words(R"((?:\bLand(?:es)?\b|[Mm]inisterium\b))")},
      {"MUNICIPALITY", Words(R"((?:\b(?:Stadt|Kommune|Bezirk|Hansestadt|Landeshauptstadt)\b|[Kk]reis(?:es)?\b))")},
      {"ZKT", Words(R"((?:\b(?:Stadt|Stadtkreis|Jobcenter|Träger|Hansestadt)\b|[Kk]reis(?:es)?\b))")},
  }};
  const auto* parties = draft.agreement.if_contains("parties");
  if (!parties) return {};
  std::string named;
  auto at = std::string::npos;  // whoever is named first does it
  const auto take = [&](const std::vector<Span>& groups, const json::value& party) {
    if (groups.empty() || groups[0].begin >= at) return;
    at = groups[0].begin;
    named = std::string(party.at("id").as_string());
  };
  for (const auto& party : parties->as_array()) {
    const auto& abbr = party.at("abbr");
    if (abbr.is_string() && abbr.as_string().size() > 1) take(match(Words("\\b" + RE2::QuoteMeta(std::string(abbr.as_string())) + "\\b"), text), party);
  }
  for (const auto& [role, words] : roles) {
    const auto groups = match(words, text);
    for (const auto& party : parties->as_array()) {
      if (party.at("role").as_string() == role) take(groups, party);
    }
  }
  return named;
}

void trigger(Draft& draft, const Passage& passage, const Finding& finding) {
  const auto& text = passage.text.text();
  const auto condition = finding.captures.find("wenn");
  const auto when = condition == finding.captures.end() ? finding.whole : condition->second;
  const bool both = finding.code() == "RENEGOTIATE" || finding.code() == "TERMINATE" || finding.code() == "EXTRA_DIALOGUE" || finding.code() == "BUDGET_RESERVATION";
  const auto who = both ? std::string("ALL") : party_named(draft, text.substr(std::min(when.end, text.size())));
  auto& list = draft.list("triggers");
  const auto raw = passage.text.raw();
  json::object one{{"id", fmt::format("TR{}", list.size() + 1)}, {"condition", cut(text, when)}, {"action", finding.code()}, {"who", who.empty() ? "ALL" : who}};
  one["evidence"] = draft.evidence({raw});
  draft.marks.push_back({raw, fmt::format("triggers[TR{}]", list.size() + 1), "exact", {}});
  list.push_back(std::move(one));
}

void report(Draft& draft, const Passage& passage, const Finding& finding) {
  const auto& text = passage.text.text();
  const auto who = party_named(draft, cut(text, finding.captures.at("wer")));
  const auto rest = cut(text, finding.captures.at("rest"));
  static const Words dative(R"(\b(?:dem|der|das|die) ((?-i:[A-ZÄÖÜ])[\wäöüß/-]+))"), subject(R"(\b(?:über|den|die|das|einen|eine|seinen) ([^;.]{3,90}?)(?: schriftlich)?(?: vor| mit| zu)?[.]?$)");
  static const Words board(R"(\bTrägerversammlung\b)");
  const auto named = match(dative, rest);
  auto to = board.in(rest) ? std::string("TRAEGERVERSAMMLUNG") : named.empty() ? std::string() : party_named(draft, cut(rest, named[1]));
  const auto turns = rule_book().find("turnus", text);
  json::array due;
  for (const auto& date : dates(rest)) {
    if (!date.iso().empty()) due.emplace_back(date.iso());
  }
  if (who.empty() || to.empty() || to == who || (turns.empty() && due.empty())) return;
  static constexpr std::array<const char*, 4> often = {"ONCE", "TWICE", "THREE_TIMES", "ON_DATES"};
  const auto about = match(subject, rest);
  auto& list = draft.list("reporting");
  const auto raw = passage.text.raw(finding.whole);
  json::object one{{"id", fmt::format("R{}", list.size() + 1)}, {"who", who}, {"to", to}, {"what", about.empty() ? "Bericht" : cut(rest, about[1])}};
  one["frequency"] = turns.empty() ? often[std::min<std::size_t>(due.size(), 4) - 1] : turns.front().code();
  one["due"] = std::move(due);
  one["evidence"] = draft.evidence({raw});
  draft.marks.push_back({raw, fmt::format("reporting[R{}]", list.size() + 1), "exact", {}});
  list.push_back(std::move(one));
}

}  // namespace

void read_triggers(Draft& draft) {
  draft.list("triggers");
  draft.list("reporting");
  for (const auto& passage : passages(draft.paper)) {
    const auto& text = passage.text.text();
    const auto events = rule_book().find("ausloeser", text);
    if (!events.empty()) {
      trigger(draft, passage, events.front());
      continue;
    }
    for (const auto& finding : rule_book().find("bericht", text)) {
      report(draft, passage, finding);
      break;
    }
  }
}

}  // namespace zielwerk::reader
