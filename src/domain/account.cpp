#include "domain/account.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace zielwerk::domain {
namespace {

struct RoleWords {
  Role role;
  const char* code;
  const char* words;
};
constexpr std::array<RoleWords, 8> role_words = {{{Role::Ministry, "ministerium", "Ministerium"},
                                                  {Role::Agency, "agentur", "Agentur für Arbeit"},
                                                  {Role::Municipality, "kommune", "Kommune"},
                                                  {Role::Controlling, "controlling", "Controlling"},
                                                  {Role::Management, "leitung", "Leitung des Jobcenters"},
                                                  {Role::Committee, "gremium", "Gremium"},
                                                  {Role::Audit, "revision", "Revision"},
                                                  {Role::Administration, "verwaltung", "Benutzerverwaltung"}}};

const RoleWords& words_of(Role role) {
  return *std::find_if(role_words.begin(), role_words.end(), [&](const auto& one) { return one.role == role; });
}

}  // namespace

std::string code(Role role) { return words_of(role).code; }
std::string in_words(Role role) { return words_of(role).words; }

std::optional<Role> parse_role(std::string_view code) {
  for (const auto& one : role_words) {
    if (one.code == code) return one.role;
  }
  return std::nullopt;
}

std::vector<Role> all_roles() {
  std::vector<Role> roles;
  for (const auto& one : role_words) roles.push_back(one.role);
  return roles;
}

std::optional<Scope> Scope::parse(std::string_view text, const Directory& directory) {
  Scope scope;
  for (const auto& part : base::split(text, ',')) {
    const auto word = base::trim(part);
    const auto number = ProviderNumber::parse(word);
    if (word == "alle") {
      scope.everything_ = true;
    } else if (number && directory.find(*number)) {
      scope.jobcenters_.push_back(*number);
    } else if (std::any_of(directory.all().begin(), directory.all().end(), [&](const auto& one) { return one.land == word; })) {
      scope.lands_.emplace_back(word);
    } else {
      return std::nullopt;
    }
  }
  return scope;
}

std::string Scope::text() const {
  if (everything_) return "alle";
  std::vector<std::string> parts = lands_;
  for (const auto number : jobcenters_) parts.push_back(number.text());
  return base::join(parts, ",");
}

bool Scope::covers(ProviderNumber jobcenter, const Directory& directory) const {
  if (everything_ || std::find(jobcenters_.begin(), jobcenters_.end(), jobcenter) != jobcenters_.end()) return true;
  const auto* known = directory.find(jobcenter);
  return known && covers_land(known->land);
}

std::string Scope::land(const Directory& directory) const {
  if (everything_) return "DE";
  if (!lands_.empty() || jobcenters_.empty()) return lands_.empty() ? "" : lands_.front();
  const auto* first = directory.find(jobcenters_.front());
  return first ? first->land : "";
}

bool Scope::covers_land(std::string_view land) const {
  return everything_ || std::find(lands_.begin(), lands_.end(), land) != lands_.end();
}

}  // namespace zielwerk::domain
