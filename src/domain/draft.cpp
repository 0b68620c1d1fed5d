#include "domain/draft.h"

#include <algorithm>
#include <array>

namespace zielwerk::domain {
namespace {

struct SideWords {
  Side side;
  const char* code;
  const char* words;
};
constexpr std::array<SideWords, 4> side_words = {
    {{Side::Ministry, "ministerium", "Ministerium"}, {Side::Agency, "agentur", "Agentur für Arbeit"}, {Side::Municipality, "kommune", "Kommune"}, {Side::Jobcenter, "jobcenter", "Jobcenter"}}};

const SideWords& words_of(Side side) {
  return *std::find_if(side_words.begin(), side_words.end(), [&](const auto& one) { return one.side == side; });
}

}  // namespace

std::string code(Side side) { return words_of(side).code; }
std::string in_words(Side side) { return words_of(side).words; }

std::optional<Side> parse_side(std::string_view code) {
  for (const auto& one : side_words) {
    if (one.code == code) return one.side;
  }
  return std::nullopt;
}

std::optional<SecondPerson> parse_second_person(std::string_view word) {
  if (word == "always") return SecondPerson::Always;
  if (word == "corrected") return SecondPerson::Corrected;
  return word == "never" ? std::optional(SecondPerson::Never) : std::nullopt;
}

std::optional<Side> side_of(Role role) {
  switch (role) {
    case Role::Ministry: return Side::Ministry;
    case Role::Agency: return Side::Agency;
    case Role::Municipality: return Side::Municipality;
    case Role::Controlling:
    case Role::Management: return Side::Jobcenter;
    case Role::Committee:
    case Role::Audit:
    case Role::Administration: break;
  }
  return std::nullopt;
}

}  // namespace zielwerk::domain
