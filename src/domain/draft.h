// Entwurf on its way to an agreement: what was read of a paper, what people made of it, and whose room it lies in. Everything is only ever
// added: a correction is a further version.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/account.h"
#include "domain/agreement.h"

namespace zielwerk::domain {

// Seite: those who sit at one side of the table share a room; the others do not see into it. Drafts tell the Bund's ministry and that of each
// Land apart; in the year of an agreement (steering) only one between Bund and Land does, else the ministry is a side without a Land.
struct Side {
  enum Kind { Ministry, Agency, Municipality, Jobcenter };
  Kind kind = Jobcenter;
  std::string land = {};  // of a ministry: "NW", or "DE"; else, and for all ministries, empty
  friend bool operator==(const Side&, const Side&) = default;
};
std::string code(const Side& side);      // ministerium:NW, agentur, kommune, jobcenter
std::string in_words(const Side& side);  // "Ministerium (NW)"
std::optional<Side> parse_side(std::string_view code);
std::optional<Side> side_of(Role role, const Scope& scope);  // committee, revision and administration sit at no side

// When somebody other than the last editor has to confirm (decision 0040).
enum class SecondPerson { Always, Corrected, Never };
std::optional<SecondPerson> parse_second_person(std::string_view word);  // always, corrected, never

// Fassung eines Entwurfs.
struct DraftVersion {
  int version = 1;        // 1: as it was read
  std::string by;         // account
  std::string at;         // UTC
  std::string why;
  std::string whose;      // Trägernummer, Land or "DE"; empty: not known yet
  std::string agreement;  // JSON: `agreement` of the exchange format
  std::vector<Correction> changes;  // against the version before
};

// Freigabe: from here on the other side sees this version (and no later one).
struct DraftShare {
  Side with;
  int version = 1;
  std::string by;
  std::string at;
};

struct DraftComment {
  int number = 1;
  Side side;             // of who wrote it
  bool shared = false;          // else only that side reads it
  std::string by;
  std::string at;
  std::string field;  // "targets[T1]"; empty: the whole draft
  std::string words;
};

// How it ended: taken as an agreement, or dropped.
struct DraftEnd {
  std::string agreement;  // "33148-2021"; empty: dropped
  int version = 0;        // of the agreement
  std::string by;
  std::string at;
};

struct StoredDraft {
  std::string id;
  Side side;
  std::string source;    // file name of the paper
  std::string title;     // as read
  std::string document;  // exchange JSON as read, with the paper's text
  std::vector<DraftVersion> versions;  // never empty
  std::vector<DraftShare> shares;
  std::vector<DraftComment> comments;
  std::optional<DraftEnd> end;
};

}  // namespace zielwerk::domain
