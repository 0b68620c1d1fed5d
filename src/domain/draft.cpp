#include "domain/draft.h"

#include <algorithm>
#include <array>

namespace zielwerk::domain {
namespace {

struct SideWords {
  Side::Kind kind;
  const char* code;
  const char* words;
};
constexpr std::array<SideWords, 4> side_words = {
    {{Side::Ministry, "ministerium", "Ministerium"}, {Side::Agency, "agentur", "Agentur für Arbeit"}, {Side::Municipality, "kommune", "Kommune"}, {Side::Jobcenter, "jobcenter", "Jobcenter"}}};

const SideWords& words_of(const Side& side) {
  return *std::find_if(side_words.begin(), side_words.end(), [&](const auto& one) { return one.kind == side.kind; });
}

bool two_letters(std::string_view land) {
  return land.size() == 2 && std::all_of(land.begin(), land.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::string code(const Side& side) { return words_of(side).code + (side.land.empty() ? "" : ":" + side.land); }

std::string in_words(const Side& side) {
  if (side.land == "DE") return "Bundesministerium";
  return words_of(side).words + (side.land.empty() ? "" : " (" + side.land + ")");
}

std::optional<Side> parse_side(std::string_view code) {
  const auto colon = code.find(':');
  const auto land = colon == std::string_view::npos ? std::string_view() : code.substr(colon + 1);
  for (const auto& one : side_words) {
    if (one.code != code.substr(0, colon)) continue;
    const bool fits = colon == std::string_view::npos || (one.kind == Side::Ministry && two_letters(land));
    return fits ? std::optional(Side{one.kind, std::string(land)}) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<SecondPerson> parse_second_person(std::string_view word) {
  if (word == "always") return SecondPerson::Always;
  if (word == "corrected") return SecondPerson::Corrected;
  return word == "never" ? std::optional(SecondPerson::Never) : std::nullopt;
}

std::optional<Side> side_of(Role role, const Scope& scope) {
  switch (role) {
    case Role::Ministry: return Side{Side::Ministry, scope.land(official_directory())};
    case Role::Agency: return Side{Side::Agency};
    case Role::Municipality: return Side{Side::Municipality};
    case Role::Controlling:
    case Role::Management: return Side{Side::Jobcenter};
    case Role::Committee:
    case Role::Audit:
    case Role::Administration: break;
  }
  return std::nullopt;
}

}  // namespace zielwerk::domain
