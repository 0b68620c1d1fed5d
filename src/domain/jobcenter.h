// Jobcenter: the unit that is steered, known by its Trägernummer. Numbers are text ("04704" keeps its zero); facts are matched
// by number, never by name ("Leipzig, Stadt" is a gE, "Leipzig" a zkT). Source of the list: data/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::domain {

// Trägernummer: five digits.
class ProviderNumber {
 public:
  ProviderNumber() = default;
  static std::optional<ProviderNumber> parse(std::string_view text);
  static ProviderNumber from_value(std::uint32_t value) { return ProviderNumber(value); }
  std::string text() const;
  std::uint32_t value() const { return value_; }
  friend auto operator<=>(ProviderNumber, ProviderNumber) = default;

 private:
  explicit ProviderNumber(std::uint32_t value) : value_(value) {}
  std::uint32_t value_ = 0;
};

// Trägerform: gemeinsame Einrichtung (§ 44b SGB II) or zugelassener kommunaler Träger (§ 6a SGB II).
enum class Form { gE, zkT };
std::string text(Form form);
std::optional<Form> parse_form(std::string_view text);

// One row of the official lists. The lists are dated 2018 and 2022; between them a Jobcenter that stands in one list only came
// or went on a day that is not known, so it counts as possibly there (an interval stays an interval).
struct Jobcenter {
  ProviderNumber number;
  std::string name;
  std::string land;  // two letters: NW, NI, …
  std::optional<Form> form_2018;
  std::optional<Form> form_2022;
  std::string kreis;  // official municipality key (AGS) of the Kreis
  std::string note;

  bool possible_in(int year) const;
  std::optional<Form> form_in(int year) const;
};

// A change of area or number, with the words of its date ("between 2018-01 and 2022-01").
struct Succession {
  std::string when;
  std::string change;
  std::string before;
  std::string after;
  std::string source;
};

// Vergleichstyp: since 2014 fifteen types, Ia … IIIe; membership is dated. `until` is the last month, open if absent.
struct PeerGroupMembership {
  ProviderNumber jobcenter;
  std::string peer_group;
  std::string from;   // YYYY-MM
  std::string until;  // YYYY-MM or empty
  std::string source;
};

class Directory {
 public:
  Directory(std::vector<Jobcenter> jobcenters, std::vector<Succession> successions);

  const std::vector<Jobcenter>& all() const { return jobcenters_; }  // ordered by number
  const std::vector<Succession>& successions() const { return successions_; }
  const Jobcenter* find(ProviderNumber number) const;
  std::string name(ProviderNumber number) const;  // "Lippe"; the number itself if unknown

  // Jobcenter of that name, Land (any if empty) and form in that year; names are compared exactly.
  std::vector<const Jobcenter*> named(std::string_view name, std::string_view land, Form form, int year) const;

 private:
  std::vector<Jobcenter> jobcenters_;
  std::vector<Succession> successions_;
};

// The list that the program ships (data/*.csv, compiled in).
const Directory& official_directory();

// "Kreis Lippe", "Landkreis Heidekreis", "Jobcenter Mansfeld-Südharz" -> the bare name.
std::string bare_name(std::string_view party_name);

}  // namespace zielwerk::domain
