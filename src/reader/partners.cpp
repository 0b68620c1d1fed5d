#include "reader/partners.h"

#include <array>

#include "reader/words.h"

namespace zielwerk::reader {
namespace {

struct Role {
  std::string_view code;
  Words words;
};

const std::array<Role, 7>& roles() {
  static const std::array<Role, 7> all = {{{"BMAS", Words(R"((?i)Bundesministerium|\bBMAS\b|\bBund\b)")},
                                           {"BA", Words(R"((?i)Bundesagentur)")},
                                           {"LAND_MINISTRY", Words(R"((?i)\bLand(?:es)?\b|\bLandesministerium|\bMinisterium\b)")},
                                           {"ZKT", Words(R"((?i)zugelassene\w* kommunale\w* Träger|\bzkT\b|\b(?:Land)?kreis(?:es)?\b|\bStadt\b|\bJobcenter)")},
                                           {"AGENTUR", Words(R"((?i)\bAgentur\b)")},
                                           {"MUNICIPALITY", Words(R"((?i)kommunale\w* Träger|\b(?:Land)?kreis(?:es)?\b|\bStadt\b|\bKommune)")},
                                           {"JOBCENTER_GE", Words(R"((?i)\bJobcenter|gemeinsame\w* Einrichtung)")}}};
  return all;
}

bool word_of(std::string_view words, std::string_view name) {
  const auto letter = [](char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || static_cast<unsigned char>(byte) >= 0x80U; };
  for (auto at = words.find(name); at != std::string_view::npos; at = words.find(name, at + 1)) {
    const auto end = at + name.size();
    if ((at == 0 || !letter(words[at - 1])) && (end == words.size() || !letter(words[end]))) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> partners_named(const Draft& draft, std::string_view words) {
  std::vector<std::string> named, by_part;
  const auto* parties = draft.agreement.if_contains("parties");
  if (!parties || !parties->is_array()) return named;
  static const Words all(R"((?i)\b(?:Partner\w*|Parteien|Beteiligten|beide Seiten|Vereinbarungspartner\w*|Vertragspart\w+)\b)");
  const bool everybody = all.in(words);
  for (const auto& party : parties->get_array()) {
    const auto id = std::string(party.at("id").as_string());
    const auto name = [&](const char* field) { return party.at(field).is_string() ? std::string_view(party.at(field).as_string()) : std::string_view(); };
    if ((!name("name").empty() && word_of(words, name("name"))) || (!name("abbr").empty() && word_of(words, name("abbr")))) named.push_back(id);
    for (const auto& role : roles()) {
      if (everybody || (role.code == name("role") && role.words.in(words))) {
        by_part.push_back(id);
        break;
      }
    }
  }
  return named.empty() ? by_part : named;
}

}  // namespace zielwerk::reader
