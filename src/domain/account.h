// Who may do what, and who did what: accounts with a role and the units they work for, and the entries of the audit chain.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/jobcenter.h"

namespace zielwerk::domain {

// Rolle. What a role may do is the table in app/rights.
enum class Role { Ministry, Agency, Municipality, Controlling, Management, Committee, Audit, Administration };
std::string code(Role role);      // ministerium, agentur … of the API and the command line
std::string in_words(Role role);  // "Ministerium"
std::optional<Role> parse_role(std::string_view code);
std::vector<Role> all_roles();

// Zuständigkeit: the units an account works for. A Land holds its Jobcenter.
class Scope {
 public:
  // "alle", "NW" or "33148", several separated by commas; nullopt if a part is none of these.
  static std::optional<Scope> parse(std::string_view text, const Directory& directory);
  std::string text() const;
  bool everything() const { return everything_; }
  bool covers(ProviderNumber jobcenter, const Directory& directory) const;
  bool covers_land(std::string_view land) const;
  // Whose administration it is: "DE" for everything, else the first Land, or that of the first Jobcenter.
  std::string land(const Directory& directory) const;

 private:
  bool everything_ = false;
  std::vector<std::string> lands_;
  std::vector<ProviderNumber> jobcenters_;
};

// Konto. The name never changes and is never given again; who leaves is locked.
struct Account {
  std::string name;
  std::string person;  // as shown: "A. Beispiel"
  Role role = Role::Committee;
  std::string scope;          // Scope::text()
  std::string password_hash;  // Argon2id in its own text form
  bool locked = false;
  std::string changed_at;
  std::string mail = {};    // address; empty: gets no mail
  std::string digest = {};  // checksum of the last list of duties that was sent there
  std::string first_password_until = {};  // UTC; else empty. The password was given by somebody else: good until then, for choosing an own one only
};

// Zugangsschlüssel: a program works with it as its account, with the account's rights at that moment. Only the hash is kept.
struct AccessKey {
  std::string id;  // by which people name it; no secret
  std::string account;
  std::string purpose;  // what it is for, in words
  std::string hash;     // SHA-256 of the secret, which has 256 random bits
  std::string made_at;  // UTC, as the two below
  std::string expires_at;
  std::string ended_at;  // empty: not ended
};

// Protokolleintrag: a change of state. Each names the hash of the one before, so nothing can be altered, removed or slipped in between
// without all later hashes changing.
struct AuditEntry {
  std::uint64_t number = 0;  // from 1, without gaps
  std::string at;            // UTC
  std::string actor;
  std::string action;  // lieferung.uebernehmen …
  std::string object;
  std::string detail;
  std::string previous;  // hash of the entry before; of the first one empty
  std::string hash;
};

}  // namespace zielwerk::domain
