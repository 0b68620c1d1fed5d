// From what somebody wants to do to an act, or to everything that is wrong with it.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/exact.h"
#include "base/text.h"
#include "steering/record.h"

namespace zielwerk::steering {
namespace {

using base::Month;

constexpr std::size_t longest_line = 200;
constexpr std::size_t longest_words = 10'000;
constexpr std::size_t longest_document = std::size_t{4} << 20;

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }); }

int days_in(const Month& month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (month.year() % 4 == 0 && month.year() % 100 != 0) || month.year() % 400 == 0;
  return month.month() == 2 && leap ? 29 : days[static_cast<std::size_t>(month.month() - 1)];
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[7] != '-' || !all_digits(text.substr(8))) return false;
  const auto month = Month::parse(text.substr(0, 7));
  const int day = (text[8] - '0') * 10 + (text[9] - '0');
  return month && day >= 1 && day <= days_in(*month);
}

bool is_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':' || !all_digits(text.substr(0, 2)) || !all_digits(text.substr(3))) return false;
  return text.substr(0, 2) < "24" && text.substr(3) < "60";
}

bool is_euro(std::string_view text) {
  const auto number = base::parse_decimal(text);
  return number && number->places <= 2;
}

bool is_checksum(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool one_line(std::string_view text) {
  return text.size() <= longest_line && std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool is_object(const std::string& text) {
  boost::system::error_code error;
  const auto value = boost::json::parse(text, error);
  return !error && value.is_object() && text.size() <= longest_document;
}

// What the field should look like; empty: it does.
std::string expected(const Field& field, const std::string& value) {
  switch (field.form) {
    case Form::Line: return one_line(value) ? "" : fmt::format("eine Zeile mit höchstens {} Zeichen", longest_line);
    case Form::RawDate: return one_line(value) ? "" : "das Datum, wie es dasteht, in einer Zeile";
    case Form::Words: return value.size() <= longest_words ? "" : fmt::format("höchstens {} Zeichen", longest_words);
    case Form::Date: return is_date(value) ? "" : "ein Tag in der Form JJJJ-MM-TT";
    case Form::Time: return is_time(value) ? "" : "eine Uhrzeit in der Form 14:30";
    case Form::Month: return Month::parse(value) ? "" : "ein Monat in der Form JJJJ-MM";
    case Form::Count: return all_digits(value) && value.size() <= 9 ? "" : "eine ganze Zahl ab 0";
    case Form::Euro: return is_euro(value) ? "" : "ein Betrag in Euro, höchstens zwei Stellen nach dem Punkt: 7795364.00";
    case Form::Decimal: return base::parse_decimal(value) ? "" : "eine Zahl mit Punkt: 3.1";
    case Form::File: return is_checksum(value) ? "" : "die Prüfsumme einer abgelegten Datei";
    case Form::Reasons: return is_object(value) ? "" : "Begründungen je Ziel (JSON-Objekt)";
    case Form::Document: return is_object(value) ? "" : "eine Vereinbarung im Austauschformat (JSON)";
    case Form::Choice: {
      if (std::any_of(field.choices.begin(), field.choices.end(), [&](const auto& one) { return one.code == value; })) return "";
      std::vector<std::string> codes;
      for (const auto& one : field.choices) codes.emplace_back(one.code);
      return "eines von: " + base::join(codes, ", ");
    }
    case Form::Frozen:
    case Form::Id:
    case Form::Ids: return "";
  }
  return "";
}

template <class All>
std::vector<std::string> ids(const All& all) {
  std::vector<std::string> found;
  for (const auto& one : all) found.push_back(one.id);
  return found;
}

std::vector<std::string> known_ids(const Record& record, const domain::TargetAgreement& terms, const Field& field, bool shared) {
  switch (field.refers) {
    case Refers::Target: return ids(terms.targets);
    case Refers::Quality: return ids(terms.qualitative);
    case Refers::Programme: return ids(terms.programmes);
    case Refers::Consideration: return ids(terms.considerations);
    case Refers::Party: return ids(terms.parties);
    case Refers::Committee: return ids(terms.committees);
    case Refers::Subject: return record.subjects(field.subjects, shared);
    case Refers::Nothing: return {};
  }
  return {};
}

class Maker {
 public:
  Maker(const Record& record, const domain::TargetAgreement& terms, const Intent& intent, const Kind& kind) : record_(record), terms_(terms), intent_(intent), kind_(kind) {}

  base::Checked<domain::Act> make(const std::string& side, const std::string& by) {
    room(side);
    fields();
    auto subject = subject_of(side);
    if (problems_.empty()) order(subject, side, by);
    if (!problems_.empty()) return tl::unexpected(problems_);
    domain::Act act;
    act.room = intent_.room;
    act.number = record_.last(intent_.room) + 1;
    act.subject = std::move(subject);
    act.kind = kind_.code;
    act.body = boost::json::serialize(body_);
    return act;
  }

 private:
  void report(const char* code, std::string message, std::string where = {}) { problems_.push_back({code, std::move(message), std::move(where)}); }

  void room(const std::string& side) {
    const bool own = !side.empty() && intent_.room == side;
    if ((shared_ && kind_.rooms != Rooms::Own) || (own && kind_.rooms != Rooms::Shared)) return;
    report("room_unfit", fmt::format("„{}“ gehört {}.", kind_.label, kind_.rooms == Rooms::Own ? "in den eigenen Raum" : kind_.rooms == Rooms::Shared ? "in den gemeinsamen Raum" : "in den gemeinsamen oder den eigenen Raum"), "raum");
  }

  void fields() {
    for (const auto& [name, value] : intent_.fields) {
      const bool known = std::any_of(kind_.fields.begin(), kind_.fields.end(), [&, &name = name](const Field& one) { return one.code == name && !one.filled; }) || (name == "zu" && !kind_.about.empty());
      if (!known) report("field_unknown", fmt::format("„{}“ hat kein Feld {}.", kind_.label, base::quoted(name)), name);
      else if (!base::is_utf8(value)) report("field_invalid", "Die Angabe ist kein UTF-8.", name);
    }
    for (const auto& field : kind_.fields) take(field);
  }

  void take(const Field& field) {
    const auto& given = field.filled ? intent_.filled : intent_.fields;
    const auto found = given.find(std::string(field.code));
    const auto value = found == given.end() ? std::string() : std::string(base::trim(found->second));
    if (value.empty()) {
      if (field.required) report("field_missing", fmt::format("Es fehlt: {}.", field.label), std::string(field.code));
      return;
    }
    if (const auto form = expected(field, value); !form.empty()) return report("field_invalid", fmt::format("{}: {} passt nicht; erwartet ist {}.", field.label, base::quoted(value), form), std::string(field.code));
    if (field.refers != Refers::Nothing) refer(field, value);
    body_[field.code] = value;
  }

  void refer(const Field& field, const std::string& value) {
    const auto known = known_ids(record_, terms_, field, shared_);
    for (const auto& one : field.form == Form::Ids ? base::split(value, ',') : std::vector<std::string>{value}) {
      const std::string id(base::trim(one));
      if (std::find(known.begin(), known.end(), id) != known.end()) continue;
      report("reference_unknown", fmt::format("{}: {} gibt es hier nicht; vorhanden: {}.", field.label, base::quoted(id), known.empty() ? "nichts" : base::join(known, ", ")), std::string(field.code));
    }
  }

  std::string subject_of(const std::string& side) {
    if (kind_.code == "zustimmung") return agreed();
    if (!kind_.opens.empty()) {
      // A subject of an own room bears the side, so that it cannot be taken for a shared one.
      int number = 1;
      for (const auto& one : record_.entries()) number += one.act.room == intent_.room && one.kind->opens == kind_.opens;
      return intent_.room == domain::shared_room ? fmt::format("{}{}", kind_.opens, number) : fmt::format("{}{}-{}", kind_.opens, number, side);
    }
    if (!kind_.about.empty()) {
      const auto found = intent_.fields.find("zu");
      const auto wanted = found == intent_.fields.end() ? std::string() : std::string(base::trim(found->second));
      const auto known = record_.subjects(kind_.about, shared_);
      if (std::find(known.begin(), known.end(), wanted) != known.end()) return wanted;
      report(wanted.empty() ? "field_missing" : "subject_unknown",
             wanted.empty() ? "Es fehlt, wozu es gehört." : fmt::format("{} gibt es hier nicht; vorhanden: {}.", base::quoted(wanted), known.empty() ? "nichts" : base::join(known, ", ")), "zu");
      return {};
    }
    std::vector<std::string> parts;
    for (const auto& field : kind_.fields) {
      if (const auto* value = field.key ? body_.if_contains(field.code) : nullptr) parts.emplace_back(value->get_string());
    }
    return parts.empty() ? std::string(kind_.code) : base::join(parts, "@");
  }

  std::string agreed() {
    const auto found = intent_.fields.find("vorgang");
    const auto number = found == intent_.fields.end() ? std::string() : std::string(base::trim(found->second));
    const auto* entry = all_digits(number) && number.size() <= 9 ? record_.shared(std::stoi(number)) : nullptr;
    if (entry && entry->kind->consent != Consent::None) return entry->act.subject;
    report("consent_pointless", fmt::format("Zu Vorgang {} gibt es nichts, dem zugestimmt werden kann.", base::quoted(number)), "vorgang");
    return {};
  }

  void order(const std::string& subject, const std::string& side, const std::string& by) {
    if (kind_.code == "zustimmung") {
      const auto& entry = *record_.shared(std::stoi(intent_.fields.at("vorgang")));
      const auto standing = record_.standing(entry);
      const auto own = standing.persons.find(side);
      if (own != standing.persons.end() && own->second.contains(by)) report("consent_pointless", "Diese Person hat schon zugestimmt; die zweite muss eine andere sein.", "vorgang");
      else if (entry.kind->consent == Consent::SecondPerson && side != entry.act.side) report("consent_pointless", "Hier zählt nur eine zweite Person derselben Seite.", "vorgang");
      else if (entry.kind->consent == Consent::EverySide && !record_.sides().contains(side)) report("consent_pointless", "Diese Seite ist nicht Partei der Vereinbarung.", "vorgang");
      else if (entry.kind->replaces && record_.newest(entry.act.kind, entry.act.subject) != &entry) report("version_outdated", "Es gibt inzwischen eine neuere Fassung; bitte ihr zustimmen.", "vorgang");
      return;
    }
    if (!kind_.replaces) return;
    const auto* newest = record_.newest(kind_.code, subject, intent_.room);
    if ((newest ? newest->act.number : 0) == intent_.replaces) return;
    report("version_outdated", newest ? fmt::format("Dazu gibt es schon Vorgang {} von {} ({}); bitte ansehen und darauf aufbauen.", newest->act.number, newest->act.by, newest->act.at) : "Den ersetzten Vorgang gibt es nicht.", "ersetzt");
  }

  const Record& record_;
  const domain::TargetAgreement& terms_;
  const Intent& intent_;
  const Kind& kind_;
  const bool shared_ = intent_.room == domain::shared_room;
  boost::json::object body_;
  base::Problems problems_;
};

}  // namespace

base::Checked<domain::Act> make_act(const Record& record, const domain::TargetAgreement& terms, const Intent& intent, const std::string& side, const std::string& by) {
  const auto* kind = find_kind(intent.kind);
  if (!kind) {
    std::vector<std::string> codes;
    for (const auto& one : catalogue()) codes.emplace_back(one.code);
    return base::problems({"act_unknown", fmt::format("Einen Vorgang {} gibt es nicht; es gibt {}.", base::quoted(intent.kind), base::join(codes, ", ")), "art"});
  }
  return Maker(record, terms, intent, *kind).make(side, by);
}

}  // namespace zielwerk::steering
