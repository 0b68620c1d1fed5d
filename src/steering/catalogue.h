// What the sides of an agreement can do in its year: one table, a row for each kind of act, with its fields, the room it may lie in, and
// whose consent makes it count. Console, API and pages take their forms from it; decision 0050.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::steering {

// How a field is written. All values are text; a list has a value a line.
enum class Form {
  Line,      // one line, up to 200 characters
  Words,     // up to 10,000 characters
  Date,      // 2021-06-30
  RawDate,   // as the paper has it; a partial date stays partial
  Time,      // 14:30
  Month,     // 2021-06
  Count,     // 0 … 999999999
  Euro,      // 7795364.00; the sign counts
  Decimal,   // 3.1
  Choice,    // one of `choices`
  Id,        // of the agreement: a target, a goal, a party …; or a subject of the file: D1, M2
  Ids,       // several of them, separated by commas
  File,      // checksum of a kept file
  Reasons,   // JSON object: id of a target -> words
  Document,  // JSON of the exchange format, a whole agreement
  Frozen,    // JSON object that the program writes at that moment
};

// What an Id points at.
enum class Refers { Nothing, Target, Quality, Programme, Consideration, Party, Committee, Subject };

struct Choice {
  std::string_view code;
  std::string_view label;
};

struct Field {
  std::string_view code;
  std::string_view label;
  Form form = Form::Line;
  bool required = true;
  bool key = false;  // part of the subject: "T2@2021-06"
  Refers refers = Refers::Nothing;
  std::string_view subjects = {};  // Refers::Subject: "D" dialogues, "M" measures …
  std::vector<Choice> choices = {};
  bool filled = false;  // by the program, never typed
};

enum class Rooms { Shared, Own, Either };

// Whose consent makes an act count (§ 48b SGB II knows parties, not clerks: the second person is house practice, see the decision).
enum class Consent { None, SecondPerson, EverySide };

struct Kind {
  std::string_view code;
  std::string_view label;
  std::string_view opens = {};  // a new subject of this letter
  std::string_view about = {};  // added to a subject of one of these letters, named in the field "zu"
  Rooms rooms = Rooms::Shared;
  Consent consent = Consent::None;
  bool replaces = false;  // the newest one of the subject holds, and its writer has seen the one before
  std::vector<Field> fields;
};

std::span<const Kind> catalogue();
const Kind* find_kind(std::string_view code);
// What people read instead of a chosen code: "regelmäßiger Dialog"; the code itself if it is none.
std::string label_of(std::string_view kind, std::string_view field, std::string_view code);

}  // namespace zielwerk::steering
