#include "casework/spells.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "base/exact.h"
#include "base/text.h"
#include "casework/spell_table.h"

namespace zielwerk::casework {

namespace {

constexpr int open_end = std::numeric_limits<int>::max();

struct Spell {
  int from = 0;
  int until = 0;  // inclusive
  bool covers(int day) const { return from <= day && day <= until; }
};
struct Receipt : Spell {
  unsigned jobcenter = 0;
  std::size_t line = 0;
};
struct Job : Spell {
  char kind = 0;
};
struct Feature : Spell {
  unsigned bit = 0;
};

struct Person {
  PersonSex sex = PersonSex::X;
  Month born;
  bool birth_known = false;
  std::vector<Receipt> receipts;
  std::vector<Job> jobs;
  std::vector<Spell> measures;
  std::vector<Feature> features;
};

struct KeyHash {
  std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key.value * 0x9E3779B97F4A7C15U); }
};
struct SameKey {
  bool operator()(const Key& a, const Key& b) const { return a.value == b.value && a.check == b.check; }
};

struct Stichtag {
  unsigned month = 0;
  int day = 0;
};

// § 16e in its old text (until 31.12.2018) was a measure; the new one is employment. Handbook, section 4.
bool activates(std::string_view paragraph, int from) {
  static const int new_16e = *parse_day("2019-01-01");
  if (paragraph == "16" || paragraph == "16d" || paragraph == "16f" || paragraph == "16i") return true;
  return paragraph == "16e" && from < new_16e;
}
bool is_paragraph(std::string_view paragraph) {
  static constexpr std::string_view known[] = {"16", "16a", "16b", "16c", "16d", "16e", "16f", "16g", "16h", "16i", "16j", "16k", "44"};
  return std::find(std::begin(known), std::end(known), paragraph) != std::end(known);
}

class SpellReader {
 public:
  SpellReader(const std::filesystem::path& folder, const ReadOptions& options) : folder_(folder), options_(options), caseload_(empty_caseload(options.threads, options.groups, *options.path)) { caseload_.by_days = true; }

  base::Checked<Caseload> read() {
    read_stichtage();
    read_persons();
    table("bezug.csv", {"person", "traeger", "von", "bis"}, true, [&](const SpellRow& row) {
      Receipt spell;
      if (auto* person = known_person(row); fill(row, spell) && person) {
        spell.jobcenter = jobcenter(row);
        spell.line = row.line;
        person->receipts.push_back(spell);
      }
    });
    table("erwerb.csv", {"person", "art", "von", "bis"}, false, [&](const SpellRow& row) {
      Job job;
      if (auto* person = known_person(row); fill(row, job) && person) {
        const auto kind = row.field("art");
        if (kind.size() != 1 || std::string_view("SABGO").find(kind[0]) == std::string_view::npos) return report(row, "kind_unknown", "art", "ist keine Art der Erwerbstätigkeit; erwartet ist S, A, B, G oder O");
        job.kind = kind[0];
        person->jobs.push_back(job);
      }
    });
    table("massnahme.csv", {"person", "art", "von", "bis"}, false, [&](const SpellRow& row) {
      Spell spell;
      if (auto* person = known_person(row); fill(row, spell) && person) {
        auto paragraph = std::string(base::trim(row.field("art")));
        if (paragraph.starts_with("§")) paragraph = base::trim(std::string_view(paragraph).substr(std::string_view("§").size()));
        if (!is_paragraph(paragraph)) return report(row, "kind_unknown", "art", "ist kein Paragraf einer Maßnahme; erwartet ist 16, 16a … 16k oder 44");
        if (activates(paragraph, spell.from)) person->measures.push_back(spell);
      }
    });
    table("merkmal.csv", {"person", "code", "von", "bis"}, false, [&](const SpellRow& row) {
      Feature feature;
      if (auto* person = known_person(row); fill(row, feature) && person) {
        if (!find_group(row.field("code"), feature.bit)) return report(row, "group_unknown", "code", "ist kein bekanntes Merkmal; eigene Gruppen nennt --groups=DATEI");
        person->features.push_back(feature);
      }
    });
    read_payments();
    if (problems_.empty()) add_months();
    if (problems_.empty() && caseload_.row_count() == 0) problems_.push_back({"no_rows", "Zu keinem Stichtag ist jemand im Bestand.", folder_.filename().string()});
    if (!problems_.empty()) return tl::unexpected(limited(std::move(problems_)));
    return std::move(caseload_);
  }

 private:
  using Take = std::function<void(const SpellRow&)>;
  void table(const char* name, const std::vector<std::string>& columns, bool needed, const Take& take) {
    if (!needed && !std::filesystem::exists(folder_ / name)) return;
    read_spell_table(folder_ / name, columns, problems_, take);
  }
  void report(const SpellRow& row, const char* code, const char* column, const char* sentence) {
    problems_.push_back({code, fmt::format("{} {}.", base::quoted(row.field(column)), sentence), row.where(column)});
  }

  void read_stichtage() {
    std::map<unsigned, int> days;
    table("stichtage.csv", {"berichtsmonat", "tag"}, true, [&](const SpellRow& row) {
      const auto month = Month::parse(row.field("berichtsmonat"));
      const auto day = parse_day(row.field("tag"));
      if (!month || *month < first_possible || *month - first_possible >= possible_months) return report(row, "month_invalid", "berichtsmonat", "ist kein Berichtsmonat; erwartet ist JJJJ-MM von 2005-01 bis 2099-12");
      if (!day || row.field("tag").substr(0, 7) != month->text()) return report(row, "stichtag_invalid", "tag", "ist kein Tag des Berichtsmonats; erwartet ist JJJJ-MM-TT");
      if (!days.try_emplace(static_cast<unsigned>(*month - first_possible), *day).second) report(row, "stichtag_invalid", "berichtsmonat", "steht zweimal da");
    });
    for (const auto& [month, day] : days) {
      if (!stichtage_.empty() && month != stichtage_.back().month + 1) {
        problems_.push_back({"stichtag_invalid", fmt::format("Der Stichtag für {} fehlt.", (first_possible + static_cast<int>(stichtage_.back().month) + 1).text()), "stichtage.csv"});
        return;
      }
      stichtage_.push_back({month, day});
    }
  }

  void read_persons() {
    table("person.csv", {"person", "geschlecht", "geburtsdatum"}, true, [&](const SpellRow& row) {
      if (!valid_key(row)) return;
      Person person;
      const auto sex = row.field("geschlecht");
      if (sex != "M" && sex != "F" && sex != "X") return report(row, "sex_invalid", "geschlecht", "ist kein Geschlecht; erwartet ist M, F oder X");
      person.sex = sex == "M" ? PersonSex::M : sex == "F" ? PersonSex::F : PersonSex::X;
      const auto birth = row.field("geburtsdatum");
      if (!birth.empty() && !parse_day(birth)) return report(row, "date_invalid", "geburtsdatum", "ist kein Datum; erwartet ist JJJJ-MM-TT oder nichts");
      if (!birth.empty()) {
        person.born = *Month::parse(birth.substr(0, 7));
        person.birth_known = true;
      }
      const auto key = key_of(row.field("person"));
      if (!persons_.try_emplace(key, std::move(person)).second) problems_.push_back({"person_twice", fmt::format("Person {} steht schon weiter oben.", shown(key.value)), row.where("person")});
    });
  }

  bool valid_key(const SpellRow& row) {
    const auto key = row.field("person");
    if (!key.empty() && key.size() <= longest_key) return true;
    problems_.push_back({key.empty() ? "person_missing" : "person_too_long", key.empty() ? "Der Personenschlüssel fehlt." : fmt::format("Der Personenschlüssel ist {} Byte lang, höchstens {} sind erlaubt.", key.size(), longest_key), row.where("person")});
    return false;
  }

  Person* known_person(const SpellRow& row) {
    if (!valid_key(row)) return nullptr;
    const auto key = key_of(row.field("person"));
    const auto found = persons_.find(key);
    if (found != persons_.end()) return &found->second;
    problems_.push_back({"person_unknown", fmt::format("Person {} steht nicht in person.csv.", shown(key.value)), row.where("person")});
    return nullptr;
  }

  bool fill(const SpellRow& row, Spell& spell) {
    const auto from = parse_day(row.field("von"));
    const auto until = row.field("bis").empty() ? std::optional(open_end) : parse_day(row.field("bis"));
    if (!from) report(row, "date_invalid", "von", "ist kein Datum; erwartet ist JJJJ-MM-TT");
    if (!until) report(row, "date_invalid", "bis", "ist kein Datum; erwartet ist JJJJ-MM-TT oder nichts (offen)");
    if (!from || !until) return false;
    if (*until < *from) {
      problems_.push_back({"spell_backwards", fmt::format("Der Zeitraum endet ({}) vor seinem Beginn ({}).", base::quoted(row.field("bis")), base::quoted(row.field("von"))), row.where("bis")});
      return false;
    }
    spell.from = *from;
    spell.until = *until;
    return true;
  }

  unsigned jobcenter(const SpellRow& row) {
    const auto number = domain::ProviderNumber::parse(row.field("traeger"));
    const auto index = number ? jobcenter_index(*number) : std::nullopt;
    if (!index) report(row, "jobcenter_unknown", "traeger", "ist keine bekannte Trägernummer; erwartet sind fünf Ziffern eines Jobcenters");
    return index.value_or(0);
  }

  bool find_group(std::string_view code, unsigned& bit) const {
    bit = single_parent;
    if (code == "AE") return true;
    for (std::size_t i = 0; i < options_.groups.rules.size(); ++i) {
      bit = first_group + static_cast<unsigned>(i);
      if (options_.groups.rules[i].code == code) return true;
    }
    return false;
  }

  void read_payments() {
    table("zahlung.csv", {"person", "berichtsmonat", "traeger", "llu", "luh"}, false, [&](const SpellRow& row) {
      const auto* person = known_person(row);
      const auto month = Month::parse(row.field("berichtsmonat"));
      if (!month || *month < first_possible || *month - first_possible >= possible_months) return report(row, "month_invalid", "berichtsmonat", "ist kein Berichtsmonat; erwartet ist JJJJ-MM von 2005-01 bis 2099-12");
      std::int64_t cents[2] = {};
      const auto at = jobcenter(row);
      for (const auto& [column, amount] : {std::pair{"llu", &cents[0]}, {"luh", &cents[1]}}) {
        const auto number = row.field(column).empty() ? std::optional(base::Decimal{}) : base::parse_decimal(row.field(column));
        const auto plain = number ? number->normalised() : base::Decimal{};
        if (!number || plain.places > 2 || plain.digits < 0 || plain.digits >= absurd_cents) return report(row, "amount_invalid", column, "ist kein Betrag von 0 bis unter 100.000 Euro");
        *amount = plain.digits * base::power_of_ten(2 - plain.places);
        if (*amount >= absurd_cents) return report(row, "amount_invalid", column, "ist kein Betrag von 0 bis unter 100.000 Euro");
      }
      if (!person || stichtage_.empty()) return;
      const auto index = static_cast<unsigned>(*month - first_possible);
      if (index < stichtage_.front().month || index > stichtage_.back().month) return;  // outside of what is asked for
      caseload_.money.add(index, class_of(at, person->sex), {cents[0], cents[1], cents[0] != 0 ? 1U : 0U, cents[1] != 0 ? 1U : 0U});
    });
  }

  // Days in stock, each once, as spells in order that neither touch nor overlap.
  static std::vector<Spell> joined(const Person& person) {
    std::vector<Spell> days(person.receipts.begin(), person.receipts.end());
    std::sort(days.begin(), days.end(), [](const Spell& a, const Spell& b) { return a.from < b.from; });
    std::vector<Spell> all;
    for (const auto& spell : days) {
      if (!all.empty() && (all.back().until == open_end || spell.from <= all.back().until + 1)) all.back().until = std::max(all.back().until, spell.until);
      else all.push_back(spell);
    }
    return all;
  }

  static bool by_rule_b(const std::vector<Spell>& days, int stichtag) {
    int in_stock = 0;
    for (const auto& spell : days) in_stock += std::max(0, std::min(spell.until, stichtag) - std::max(spell.from, stichtag - window_days + 1) + 1);
    return in_stock >= long_term_days;
  }

  // Employed at each of the six Stichtage after; not known while one of them has not come.
  Integration continuity(const Person& person, std::size_t at) const {
    for (std::size_t later = at + 1; later <= at + 6; ++later) {
      if (later >= stichtage_.size()) return insured_open;
      const int day = stichtage_[later].day;
      if (std::none_of(person.jobs.begin(), person.jobs.end(), [&](const Job& job) { return job.kind == 'S' && job.covers(day); })) return insured_not_continuous;
    }
    return insured_continuous;
  }

  unsigned events(const Person& person, std::size_t at) const {
    if (at == 0) return 0;  // taken up since the previous Stichtag: there is none
    unsigned bits = 0;
    Integration counted = none;
    for (const auto& job : person.jobs) {
      if (job.from <= stichtage_[at - 1].day || job.from > stichtage_[at].day) continue;
      if (job.kind == 'G') bits |= 1U << marginal;
      if (job.kind == 'O') bits |= 1U << subsidised;
      if (job.kind == 'B') counted = std::max(counted, self_employed);
      if (job.kind == 'A') counted = std::max(counted, training);
      if (job.kind == 'S') counted = std::max(counted, continuity(person, at));
    }
    return bits | counted << integration_low;
  }

  void add_months() {
    for (const auto& [key, person] : persons_) {
      const auto days = joined(person);
      for (std::size_t at = 0; at < stichtage_.size(); ++at) {
        const auto& [month, day] = stichtage_[at];
        const Receipt* stock = nullptr;
        for (const auto& receipt : person.receipts) {
          if (!receipt.covers(day)) continue;
          if (stock && stock->jobcenter != receipt.jobcenter) {
            const auto number = [](const Receipt& one) { return domain::official_directory().all()[one.jobcenter].number.text(); };
            problems_.push_back({"two_stocks", fmt::format("Person {} ist am Stichtag von {} schon beim Träger {} im Bestand (bezug.csv, Zeile {}), hier noch einmal beim Träger {}.", shown(key.value),
                                                           (first_possible + static_cast<int>(month)).text(), number(*stock), stock->line, number(receipt)),
                                 fmt::format("bezug.csv, Zeile {}", receipt.line)});
          }
          stock = &receipt;
        }
        unsigned cell = events(person, at);
        if (stock) {
          cell |= here | (by_rule_b(days, day) ? 1U << long_term : 0U);
          for (const auto& feature : person.features) cell |= feature.covers(day) ? 1U << feature.bit : 0U;
          for (const auto& measure : person.measures) cell |= measure.covers(day) ? 1U << activated : 0U;
          if (person.birth_known) cell |= caseload_.groups.by_age(first_possible + static_cast<int>(month) - person.born) << first_group;
        }
        if (cell == 0) continue;
        add_row(caseload_, {{key.value, static_cast<std::uint16_t>(month), stock ? class_of(stock->jobcenter, person.sex) : ClassId{0}, static_cast<Cell>(cell), key.check}, {}});
      }
    }
    if (stichtage_.empty()) return;
    // Months without anybody still belong to the data.
    for (const auto month : {stichtage_.front().month, stichtage_.back().month}) caseload_.rows[month] += caseload_.rows[month] == 0 && caseload_.row_count() > 0 ? 1 : 0;
  }

  std::filesystem::path folder_;
  const ReadOptions& options_;
  Caseload caseload_;
  base::Problems problems_;
  std::vector<Stichtag> stichtage_;
  std::unordered_map<Key, Person, KeyHash, SameKey> persons_;
};

}  // namespace

std::optional<int> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int numbers[3] = {};
  for (const auto& [begin, length, into] : {std::tuple{0U, 4U, &numbers[0]}, {5U, 2U, &numbers[1]}, {8U, 2U, &numbers[2]}}) {
    for (const char c : text.substr(begin, length)) {
      if (c < '0' || c > '9') return std::nullopt;
      *into = *into * 10 + (c - '0');
    }
  }
  const std::chrono::year_month_day day{std::chrono::year(numbers[0]), std::chrono::month(static_cast<unsigned>(numbers[1])), std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!day.ok() || numbers[0] < 1900 || numbers[0] > 2999) return std::nullopt;
  return static_cast<int>(std::chrono::sys_days(day).time_since_epoch().count());
}

base::Checked<Caseload> read_spells(const std::filesystem::path& folder, const ReadOptions& options) { return SpellReader(folder, options).read(); }

}  // namespace zielwerk::casework
