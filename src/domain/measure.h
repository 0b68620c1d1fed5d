// Messgröße and Gruppe: what a fact counts, and among whom. The built-in codes are those of the exchange format for facts; users
// declare further ones for local goals (docs/formats/declaration.md).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::domain {

// Bestand (counted at the Stichtag) or Bewegung (counted over the month).
enum class Kind { Stock, Flow };

// Geschlecht of a figure. T is everybody and need not be M + F: people without a statement exist.
enum class Sex : unsigned char { T, M, F };
char letter(Sex sex);
std::optional<Sex> parse_sex(std::string_view text);

struct Measure {
  std::string code;
  std::string name;
  Kind kind = Kind::Flow;
  std::string counted_in;  // German plural people count in: "Personen", "Integrationen", "Euro", …
  bool declared = false;   // by the user
};

struct Group {
  std::string code;      // as in facts: LZB
  std::string name;      // Langzeitleistungsbeziehende
  std::string subgroup;  // as in agreements: LZB, SINGLE_PARENTS …
  bool declared = false;
};

// Own early figures (eigene Berechnung, from case data) are series of their own, so no reading can take one for an official figure:
// "eigen:ELB" beside "ELB" (docs/decisions/0021).
std::string own_measure(std::string_view code);
bool is_own_measure(std::string_view code);

// One line of figures: which measure, whose.
struct SeriesKey {
  std::string measure;
  Sex sex = Sex::T;
  std::string group;  // empty: everybody

  std::string text() const;  // "ELB T LZB"
  friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

// Everything that may be counted: the built-in codes and what the user declared.
class Vocabulary {
 public:
  Vocabulary();  // the built-in codes

  const std::vector<Measure>& measures() const { return measures_; }
  const std::vector<Group>& groups() const { return groups_; }
  const Measure* measure(std::string_view code) const;
  const Group* group(std::string_view code) const;
  const Group* group_of_subgroup(std::string_view subgroup) const;

  void declare(Measure measure) { measures_.push_back(std::move(measure)); }
  void declare(Group group) { groups_.push_back(std::move(group)); }

 private:
  std::vector<Measure> measures_;
  std::vector<Measure> own_;  // known by their code, not listed
  std::vector<Group> groups_;
};

}  // namespace zielwerk::domain
