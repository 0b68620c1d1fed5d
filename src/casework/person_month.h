// Personenmonat: what is known of one person in one month, in sixteen bits, and the words around it. Rules: ../exchange/persons.md;
// our readings of them: docs/decisions/0020. Input is any number of person-months in any order; everything else is derived.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/month.h"
#include "casework/large_memory.h"
#include "domain/jobcenter.h"

namespace zielwerk::casework {

using base::Month;

// Fifteen bits, each a plane of the bit histories (bit i of 512 persons side by side). The first two say where the person is in stock: 01
// here, 10 at another Jobcenter, 11 here but listed under another sex. What describes a stock (AE, AKT, groups) is 0 unless it is "here";
// events (and LZB by days) belong to the person, wherever the row came from.
using Cell = std::uint16_t;
enum Bit : unsigned { stock_low = 0, stock_high = 1, single_parent = 2, activated = 3, integration_low = 4, marginal = 7, subsidised = 8, long_term = 9, first_group = 10 };
inline constexpr unsigned planes = 15;
inline constexpr unsigned most_groups = 5;
inline constexpr Cell here = 1, elsewhere = 2, stock_mask = 3, event_mask = 0x1F0 | 1 << long_term;

// The counted integration of a month, in the order of their weight: of several the highest counts (S before A before B; of several S
// the one whose continuity is known best).
enum Integration : unsigned { none = 0, self_employed = 1, training = 2, insured_open = 3, insured_not_continuous = 4, insured_continuous = 5 };
inline unsigned integration_of(Cell cell) { return cell >> integration_low & 7U; }
// Two rows of one person and month: the stock bits of neither, the events of both.
inline Cell joined_events(Cell a, Cell b) {
  const unsigned flags = (a | b) & (1U << marginal | 1U << subsidised | 1U << long_term);
  const unsigned kind = integration_of(a) > integration_of(b) ? integration_of(a) : integration_of(b);
  return static_cast<Cell>(flags | kind << integration_low);
}

// Months are counted from January 2005, the begin of SGB II; later ones than 2099-12 are out of range.
inline constexpr Month first_possible{2005, 1};
inline constexpr int possible_months = 95 * 12;

// Jobcenter and sex: persons of one class stand in blocks of their own, so nothing about them is stored per person. Index of the
// Jobcenter in the official directory times three, plus sex.
using ClassId = std::uint16_t;
enum class PersonSex : std::uint8_t { M, F, X };  // X is counted in T only
inline ClassId class_of(unsigned jobcenter, PersonSex sex) { return static_cast<ClassId>(jobcenter * 3 + static_cast<unsigned>(sex)); }
domain::ProviderNumber jobcenter_of(ClassId id);
inline PersonSex sex_of(ClassId id) { return static_cast<PersonSex>(id % 3); }
std::optional<unsigned> jobcenter_index(domain::ProviderNumber number);
std::size_t class_count();

// One row, packed for the way from parser to table. A key is the number itself, or a hash of the text with sixteen further bits to
// tell two texts of one hash apart.
struct PersonRow {
  std::uint64_t key = 0;
  std::uint16_t month = 0;  // since first_possible
  ClassId class_id = 0;
  Cell cell = 0;
  std::uint16_t check = 0;
};
static_assert(sizeof(PersonRow) == 16);

// LLU and LUH are sums per Jobcenter, sex and month; no rule asks for them by person. The numbers of persons decide whether a sum may
// be shown.
struct Money {
  std::int64_t llu = 0;  // cents
  std::int64_t luh = 0;
  std::uint32_t llu_persons = 0;
  std::uint32_t luh_persons = 0;
  void add(const Money& other) {
    llu += other.llu;
    luh += other.luh;
    llu_persons += other.llu_persons;
    luh_persons += other.luh_persons;
  }
  bool empty() const { return llu == 0 && luh == 0 && llu_persons == 0 && luh_persons == 0; }
};

// By month and class. Memory is touched only where there is something.
class MoneyTable {
 public:
  MoneyTable() : amounts_(static_cast<std::size_t>(possible_months) * class_count()), seen_(class_count()) {}
  Money* of_month(unsigned month) { return amounts_.data() + month * seen_.size(); }
  const Money& at(unsigned month, ClassId id) const { return amounts_[month * seen_.size() + id]; }
  void add(unsigned month, ClassId id, const Money& amount) {
    note(id);
    of_month(month)[id].add(amount);
  }
  // Before amounts are written through of_month.
  void note(ClassId id) { seen_[id] = 1; }
  std::vector<ClassId> classes() const;  // ascending; of all others there is nothing

 private:
  ZeroVector<Money> amounts_;
  std::vector<char> seen_;
};

// Groups that rows may be flagged with, or that follow from the age. ASYL8 and U25 are built in, three more may be declared.
struct GroupRule {
  std::string code;
  int from_years = 0;    // age in whole years at the Berichtsmonat; 0 and 0: by flag only
  int below_years = 0;
  bool by_age() const { return below_years > 0 || from_years > 0; }
};
struct GroupRules {
  std::vector<GroupRule> rules = {{"ASYL8", 0, 0}, {"U25", 0, 0}};
  bool any_by_age() const;
  // Bits from first_group on, shifted down. Age in months; negative: not known.
  unsigned by_age(int age_in_months) const;
};

struct Key {
  std::uint64_t value = 0;
  std::uint16_t check = 0;
};
// A canonical unsigned number (no leading zero, at most 2^64-1) is itself; anything else is text. "17" in a CSV and 17 in Parquet are
// the same person, "017" is another.
Key key_of(std::string_view text);
// Rows of one person belong to one shard, whatever computes it.
inline std::size_t shard_of(std::uint64_t key, std::size_t shards) { return static_cast<std::size_t>(((key * 0xD6E8FEB86659FD93U) >> 40) * shards >> 24); }
// Past one machine: rows of one person belong to one of so many parts, whoever computes it. Another hash than shard_of, so that the
// persons of a part spread over the shards.
struct Part {
  std::uint32_t number = 0;
  std::uint32_t of = 1;
  bool has(std::uint64_t key) const { return of == 1 || ((key * 0x9FB21C651E98DF25U) >> 40) * of >> 24 == number; }
};

// How a person appears in messages: never the key, only a hash of it.
std::string shown(std::uint64_t key);

}  // namespace zielwerk::casework
