// Steuerungsakte: what the sides of an agreement do in its year, act by act. Everything is only ever added; what holds is read off the
// acts (steering/record.h). A side's own acts lie in its own room, which nobody else can tell from an empty one.
#pragma once

#include <string>

namespace zielwerk::domain {

// Vorgang in einer Steuerungsakte.
struct Act {
  std::string agreement;  // "33148-2021"; a negotiation bears the id before there is a text
  std::string room;       // "gemeinsam", or the code of the side whose own room it is (domain::code(Side))
  int number = 1;         // from 1 without gaps within agreement and room: one room's numbers say nothing about another's
  std::string subject;    // what it is about: "D1" a dialogue, "M2" a measure, "T2@2021-06" …
  std::string kind;       // dialog.planen … (steering/catalogue)
  std::string side;       // of who acted
  std::string by;         // account
  std::string at;         // UTC
  std::string body;       // JSON object, the kind's fields
};

inline constexpr const char* shared_room = "gemeinsam";

// Anlage: a file as it came, known by its checksum; served as a download only.
struct StoredFile {
  std::string sha256;
  std::string name;   // without a path
  std::string type;   // by content: "application/pdf" …
  std::string bytes;
  std::string recorded_at;
};

}  // namespace zielwerk::domain
