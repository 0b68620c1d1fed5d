// An invented national delivery for the benchmarks: every Jobcenter of the official list of 2022, 40 pairs of measure and group, T/M/F,
// 120 months, four Ladestände each, and an agreement of eight targets for each Jobcenter. The same seed gives the same files.
//
// Order of the rows: as ten years of monthly deliveries arrive, one after the other. By Ladestand first; in it by Jobcenter (one
// workbook each); in it by series; last by Berichtsmonat, t-3 … t-0.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/month.h"
#include "domain/jobcenter.h"
#include "domain/measure.h"

namespace {

namespace fs = std::filesystem;
using zielwerk::base::Month;
using zielwerk::domain::Kind;

constexpr Month last_month{2025, 12};
constexpr int final_waiting = 3;

struct Options {
  std::uint64_t seed = 48;
  int jobcenters = 405;
  int months = 120;
  fs::path out;
  bool split = false;  // also one file a Ladestand
};

// A pair of measure and group, and how large it is.
struct Pair {
  std::string measure;
  std::string group;
  double share;         // of the Jobcenter's ELB, a month
  double swing;         // of the season
  double scatter;       // from month to month
  bool january_only;    // budgets are booked in January
  bool small_withheld;  // counts of 1 and 2 are not shown
  Kind kind = Kind::Flow;
};

std::vector<Pair> pairs() {
  std::vector<Pair> all = {
      {"ELB", "", 1.0, .02, .003, false, false},         {"ELB", "LZB", .62, .01, .003, false, false},      {"ELB", "AE", .155, .02, .005, false, false},
      {"ELB", "ASYL8", .19, .02, .006, false, false},    {"ELB", "U25", .19, .03, .006, false, false},      {"ELB", "LZB4", .42, .01, .003, false, false},
      {"ELB_ZU", "", .042, .12, .06, false, false},      {"ELB_ZU", "LZB", .019, .08, .06, false, false},   {"ELB_AB", "", .043, .12, .06, false, false},
      {"ELB_AB", "LZB", .020, .08, .06, false, false},   {"ELB_UMZ_ZU", "", .004, .05, .1, false, false},   {"ELB_UMZ_AB", "", .004, .05, .1, false, false},
      {"INT", "", .021, .22, .07, false, false},         {"INT", "LZB", .0105, .2, .08, false, false},      {"INT", "AE", .0028, .2, .12, false, true},
      {"INT", "ASYL8", .0045, .2, .12, false, true},     {"INT", "U25", .005, .25, .12, false, true},       {"INT", "LZB4", .006, .2, .1, false, true},
      {"INT_SVB", "", .018, .22, .07, false, true},      {"INT_SVB", "LZB", .009, .2, .08, false, true},    {"INT_SVB", "AE", .0023, .2, .12, false, true},
      {"INT_KONT", "", .011, .2, .07, false, true},      {"INT_KONT", "LZB", .0052, .2, .09, false, true},  {"INT_KONT", "AE", .0014, .2, .13, false, true},
      {"INT_NACH", "", .0115, .2, .07, false, true},     {"INT_BD", "", .0095, .2, .08, false, true},       {"INT_BD", "LZB", .0044, .2, .1, false, true},
      {"GERING", "", .0075, .15, .09, false, true},      {"OEFF", "", .0018, .3, .15, false, true},         {"AKT", "", .11, .1, .02, false, false},
      {"AKT", "LZB", .065, .1, .02, false, false},       {"LLU", "", 395, .02, .006, false, false},         {"LUH", "", 305, .03, .006, false, false},
      {"BG", "", .74, .02, .003, false, false},          {"LZA_ZU", "", .012, .1, .08, false, true},        {"LZA_ERW", "", .0031, .2, .13, false, true},
      {"VK_SOLL", "", 1250, 0, .01, true, false},        {"VK_IST", "", 104, .06, .03, false, false},       {"EGT_SOLL", "", 930, 0, .01, true, false},
      {"EGT_IST", "", 76, .15, .05, false, false},
  };
  const zielwerk::domain::Vocabulary vocabulary;
  for (auto& pair : all) {
    const auto* measure = vocabulary.measure(pair.measure);
    if (!measure || (!pair.group.empty() && !vocabulary.group(pair.group))) throw std::logic_error("not in the vocabulary: " + pair.measure + pair.group);
    pair.kind = measure->kind;
  }
  if (all.size() != 40) throw std::logic_error("forty pairs are wanted");
  return all;
}

// splitmix64 over what names a value: any value can be made at any time, in any order.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t what) {
  std::uint64_t z = seed + 0x9E3779B97F4A7C15ULL * (what + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}
double unit(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }  // 0 … 1
double around(std::uint64_t bits) { return 2 * unit(bits) - 1; }                         // -1 … 1

// T, M, F in tenths; withheld counts are negative.
struct Values {
  std::array<std::int64_t, 3> tenths;
};
constexpr std::int64_t withheld = -1;
constexpr int total = 0, men = 1, women = 2;

class World {
 public:
  explicit World(const Options& options) : options_(options), pairs_(::pairs()) {
    std::vector<const zielwerk::domain::Jobcenter*> listed;
    for (const auto& one : zielwerk::domain::official_directory().all()) {
      if (one.form_2022) listed.push_back(&one);
    }
    if (options.jobcenters < 1 || static_cast<std::size_t>(options.jobcenters) > listed.size()) {
      throw std::invalid_argument(fmt::format("--jobcenters is 1 … {}", listed.size()));
    }
    for (int i = 0; i < options.jobcenters; ++i) {
      jobcenters_.push_back(listed[static_cast<std::size_t>(i) * listed.size() / static_cast<std::size_t>(options.jobcenters)]);
    }
    for (const auto* one : jobcenters_) {
      const auto key = mixed(options.seed, one->number.value());
      double bell = 0;
      for (std::uint64_t i = 0; i < 6; ++i) bell += around(mixed(key, i));
      const double elb = 7200 * std::exp(bell * .55);
      auto& path = elb_.emplace_back();
      double level = elb;
      for (int month = 0; month < options.months + 1 + final_waiting; ++month) {
        level *= 1 + .004 * around(mixed(key, 1000 + static_cast<std::uint64_t>(month)));
        path.push_back(level);
      }
      for (std::size_t p = 0; p < pairs_.size(); ++p) {
        const auto of_pair = mixed(key, 100 + p);
        scale_.push_back({1 + .15 * around(of_pair), .49 + .06 * around(mixed(of_pair, 1))});
      }
    }
    for (int month = 0; month < 12; ++month) season_[static_cast<std::size_t>(month)] = std::sin((month - 1) * 3.14159265358979 / 6);
  }

  const std::vector<Pair>& pairs() const { return pairs_; }
  const std::vector<const zielwerk::domain::Jobcenter*>& jobcenters() const { return jobcenters_; }
  Month first() const { return last_month - (options_.months - 1); }
  std::size_t pair(std::string_view measure, std::string_view group) const {
    const auto found = std::find_if(pairs_.begin(), pairs_.end(), [&](const Pair& one) { return one.measure == measure && one.group == group; });
    return static_cast<std::size_t>(found - pairs_.begin());
  }

  Values values(std::size_t jobcenter, std::size_t pair, Month month, int waiting) const {
    const auto& what = pairs_[pair];
    Values made{};
    if (what.january_only && month.month() != 1) return made;
    const auto at = static_cast<std::size_t>(month - first());
    const auto& [size, share_of_men] = scale_[jobcenter * pairs_.size() + pair];
    const auto key = mixed(options_.seed ^ 0x5A57, (jobcenters_[jobcenter]->number.value() * 64ULL + pair) * 4096 + at);
    const double expected = elb_[jobcenter][at] * what.share * size * (1 + what.swing * season_[static_cast<std::size_t>(month.month() - 1)]);
    for (const int sex : {men, women}) {
      const auto of_sex = mixed(key, static_cast<std::uint64_t>(sex));
      const double final = expected * (sex == men ? share_of_men : 1 - share_of_men) * (1 + what.scatter * around(of_sex));
      made.tenths[static_cast<std::size_t>(sex)] = early(what, std::max(1.0, std::round(final)), waiting, mixed(of_sex, 7 + static_cast<std::uint64_t>(waiting)));
    }
    made.tenths[total] = made.tenths[men] + made.tenths[women];
    if (what.small_withheld && std::min(made.tenths[men], made.tenths[women]) < 30) {
      made.tenths[men] = made.tenths[women] = withheld;  // otherwise total minus one part gives the other
      if (made.tenths[total] < 30) made.tenths[total] = withheld;
    }
    return made;
  }

 private:
  // Early stocks are extrapolated and fractional, early flows incomplete; t-3 is final and whole.
  static std::int64_t early(const Pair& what, double final, int waiting, std::uint64_t bits) {
    if (waiting >= final_waiting || what.january_only) return std::llround(final) * 10;
    const int to_come = final_waiting - waiting;
    if (what.kind == Kind::Stock) return std::llround(final * (1 + .0015 * to_come * around(bits)) * 10);
    return std::llround(std::max(1.0, final * (1 - .02 * to_come * unit(bits)))) * 10;
  }

  Options options_;
  std::vector<Pair> pairs_;
  std::vector<const zielwerk::domain::Jobcenter*> jobcenters_;
  std::vector<std::vector<double>> elb_;            // by Jobcenter and month
  std::vector<std::pair<double, double>> scale_;    // by Jobcenter and pair: size, share of men
  std::array<double, 12> season_{};
};

class Out {
 public:
  explicit Out(const fs::path& path) : file_(std::fopen(path.c_str(), "wb")), path_(path) {
    if (!file_) throw std::runtime_error("cannot write " + path.string());
  }
  ~Out() { std::fclose(file_); }
  Out(const Out&) = delete;
  Out& operator=(const Out&) = delete;
  void write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) throw std::runtime_error("cannot write " + path_.string());
  }

 private:
  std::FILE* file_;
  fs::path path_;
};

constexpr std::string_view header = "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n";

void append_value(std::string& text, std::int64_t tenths) {
  if (tenths == withheld) {
    text += '*';
  } else if (tenths == 0) {
    text += '-';
  } else {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), tenths / 10).ptr;
    text.append(digits.data(), end);
    if (tenths % 10 != 0) (text += ',') += static_cast<char>('0' + tenths % 10);
  }
  text += '\n';
}

// One monthly delivery: a Ladestand with up to four Berichtsmonate. Returns its rows.
std::uint64_t monthly(const World& world, Month state, Month first, Month last, std::string& text) {
  text.clear();
  std::uint64_t rows = 0;
  const auto state_text = state.text();
  for (std::size_t jobcenter = 0; jobcenter < world.jobcenters().size(); ++jobcenter) {
    const auto number = world.jobcenters()[jobcenter]->number.text();
    for (std::size_t pair = 0; pair < world.pairs().size(); ++pair) {
      const auto& what = world.pairs()[pair];
      std::array<Values, final_waiting + 1> made;
      for (int waiting = final_waiting; waiting >= 0; --waiting) {
        const auto month = state - waiting;
        if (month >= first && month <= last) made[static_cast<std::size_t>(waiting)] = world.values(jobcenter, pair, month, waiting);
      }
      for (std::size_t sex = 0; sex < 3; ++sex) {
        for (int waiting = final_waiting; waiting >= 0; --waiting) {
          const auto month = state - waiting;
          if (month < first || month > last) continue;
          const auto month_text = month.text();
          for (const std::string_view part : {std::string_view(number), std::string_view(month_text), std::string_view(state_text), std::string_view(what.measure)}) {
            text += part;
            text += ';';
          }
          text += "TMF"[sex];
          text += ';';
          text += what.group;
          text += ';';
          append_value(text, made[static_cast<std::size_t>(waiting)].tenths[sex]);
          ++rows;
        }
      }
    }
  }
  return rows;
}

// --- agreements ------------------------------------------------------------------------------------------------------------

struct Target {
  const char* code;
  const char* kennzahl;
  const char* subgroup;
  const char* measure;
  const char* unit;
  const char* aggregation;
  const char* bound;
};
constexpr std::array<Target, 8> targets = {{
    {"INTEGRATION_RATE", "K2", "", "RELATIVE_CHANGE", "PERCENT", "YEAR_TO_DATE_ANNUAL", ">="},
    {"INTEGRATIONS_COUNT", "", "", "RELATIVE_CHANGE", "PERCENT", "ANNUAL_SUM", ">="},
    {"GENDER_GAP_INTEGRATION_RATE", "", "", "POINT_CHANGE", "PERCENTAGE_POINT", "YEAR_TO_DATE_ANNUAL", "<="},
    {"LZB_STOCK", "K3", "", "RELATIVE_CHANGE", "PERCENT", "ANNUAL_AVERAGE", "<="},
    {"INTEGRATIONS_COUNT", "", "LZB", "RELATIVE_CHANGE", "PERCENT", "ANNUAL_SUM", ">="},
    {"INTEGRATION_RATE", "", "LZB", "RELATIVE_CHANGE", "PERCENT", "YEAR_TO_DATE_ANNUAL", ">="},
    {"LZB_STOCK", "", "", "LEVEL", "COUNT", "ANNUAL_AVERAGE", "<="},
    {"INTEGRATIONS_COUNT", "", "", "LEVEL", "COUNT", "ANNUAL_SUM", ">="},
}};
bool is_level(const Target& target) { return std::string_view(target.measure) == "LEVEL"; }

// The agreed value in tenths, near what will come, so that the verdicts differ.
std::int64_t agreed(const World& world, std::uint64_t seed, std::size_t jobcenter, std::size_t number) {
  const auto& target = targets[number];
  const double draw = around(mixed(mixed(seed ^ 0x7A, world.jobcenters()[jobcenter]->number.value()), number));
  if (!is_level(target)) return std::lround(draw * (number == 2 ? 10 : 40));
  const bool stock = std::string_view(target.code) == "LZB_STOCK";
  const auto pair = world.pair(stock ? "ELB" : "INT", stock ? "LZB" : "");
  std::int64_t sum = 0;
  for (int month = 1; month <= 12; ++month) sum += world.values(jobcenter, pair, Month(last_month.year(), month), final_waiting).tenths[total];
  const double level = static_cast<double>(sum) / 10 / (stock ? 12 : 1);
  return std::llround(level * (1 + .02 * draw)) * 10;
}

std::string decimal(std::int64_t tenths, bool whole) {
  if (whole) return std::to_string(tenths / 10);
  return fmt::format("{}{}.{}", tenths < 0 ? "-" : "", std::abs(tenths) / 10, std::abs(tenths) % 10);
}

std::string evidence(std::string_view quote) {
  return fmt::format(R"([{{"quote":"{}","start":0,"end":{},"byte_start":0,"byte_end":{},"line":1}}])", quote, quote.size(), quote.size());
}
std::string nullable(std::string_view text) { return text.empty() ? "null" : fmt::format("\"{}\"", text); }

std::string party(int number, std::string_view role, std::string_view name) {
  return fmt::format(R"({{"id":"P{}","role":"{}","name":"{}","abbr":null,"represented_by":[],"evidence":{}}})", number, role, name, evidence("Partei"));
}

std::string agreement(const zielwerk::domain::Jobcenter& jobcenter, const std::array<std::int64_t, targets.size()>& values, std::uint64_t seed) {
  const int year = last_month.year();
  std::string listed;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto& target = targets[i];
    const bool level = is_level(target);
    const bool up = std::string_view(target.bound) == ">=";
    const auto value = decimal(values[i], level);
    if (i > 0) listed += ",\n";
    listed += fmt::format(
        R"({{"id":"T{}","goal":"{}","scope":"STATUTORY","binding":"TARGET","indicator":{{"code":"{}","kennzahl":{},"subgroup":{}}},"measure":"{}",)"
        R"("direction":"{}","comparator_literal":"{}","comparator_effective":"{}","comparator_explicit":true,"value":{},"value_low":null,"value_high":null,)"
        R"("signed_value":{},"unit":"{}","value_raw":"{}, erfunden","period":{{"type":"CALENDAR_YEAR","year":{}}},"aggregation":"{}","reference":{},)"
        R"("tolerance":null,"wartezeit":null,"per":null,"equivalents":[],"condition":null,"weight":null,"bands":[],"deadline":null,"responsible_party":null,)"
        R"("place":null,"formula":null,"ambiguities":[],"note":null,"evidence":{}}})",
        i + 1, up ? "G1" : "G2", target.code, nullable(target.kennzahl), nullable(target.subgroup), target.measure,
        level ? (up ? "LEVEL_MIN" : "LEVEL_MAX") : (up ? "INCREASE" : "LIMIT_INCREASE"), target.bound, target.bound, value, value, target.unit, value, year,
        target.aggregation, level ? "null" : fmt::format(R"({{"type":"PREVIOUS_YEAR","year":{},"raw":null}})", year - 1), evidence("Zielwert"));
  }
  const bool municipal = *jobcenter.form_2022 == zielwerk::domain::Form::zkT;
  const auto parties = municipal ? party(1, "LAND_MINISTRY", "Ministerium, erfunden") + "," + party(2, "ZKT", jobcenter.name)
                                 : party(1, "AGENTUR", "Agentur für Arbeit, erfunden") + "," + party(2, "MUNICIPALITY", jobcenter.name) + "," +
                                       party(3, "JOBCENTER_GE", jobcenter.name);
  const auto number = jobcenter.number;
  return fmt::format(
      R"({{"schema_version":"1.1",
"document":{{"file":"erfunden_{}.txt","sha256":"{:016x}{:016x}{:016x}{:016x}","chars":100,"bytes":100,"language":"de","layout":[],"ocr_noise":[]}},
"agreement":{{"kind":"{}","state":"{}","title":{{"value":"Zielvereinbarung {}, erfunden","evidence":[]}},"year":{{"value":{},"evidence":[]}},
"term":{{"type":"ANNUAL","from":"{}-01-01","to":"{}-12-31","derived":true,"evidence":[]}},
"statute":{{"law":"SGB II","section":"48b","para":1,"sentence":1,"number":{},"evidence":[]}},"amends":null,
"parties":[{}],
"documents":[],"general_aims":[],"framework":[],"budgets":[],
"goals":[{{"id":"G1","number":"1","heading":"Integration","statutory_code":"Z2","evidence":{}}},
{{"id":"G2","number":"2","heading":"Langzeitbezug","statutory_code":"Z3","evidence":{}}}],
"targets":[{}],
"milestones":[],"monitoring":[],"forecasts":[],"qualitative_goals":[],"programmes":[],"scoring":null,"dialogues":null,"reporting":[],"triggers":[],
"considerations":[],"final_evaluation":null,"committees":[],"obligations":[],"signatures":[]}},
"distractors":[],"tensions":[]}}
)",
      number.text(), mixed(seed, number.value()), mixed(seed + 1, number.value()), mixed(seed + 2, number.value()), mixed(seed + 3, number.value()),
      municipal ? "LAND_ZKT" : "GE", jobcenter.land, year, year, year, year, municipal ? 4 : 2, parties, evidence("Ziel 1"), evidence("Ziel 2"), listed);
}

void write_agreements(const World& world, const Options& options) {
  const auto folder = options.out / "agreements";
  fs::create_directories(folder);
  Out list(options.out / "targets.csv");
  list.write("traeger;ziel;wert_zehntel\n");
  for (std::size_t i = 0; i < world.jobcenters().size(); ++i) {
    const auto& jobcenter = *world.jobcenters()[i];
    std::array<std::int64_t, targets.size()> values{};
    for (std::size_t t = 0; t < targets.size(); ++t) {
      values[t] = agreed(world, options.seed, i, t);
      list.write(fmt::format("{};{};{}\n", jobcenter.number.text(), t + 1, values[t]));
    }
    Out(folder / (jobcenter.number.text() + ".json")).write(agreement(jobcenter, values, options.seed));
  }
}

void write_facts(const World& world, const Options& options) {
  Out national(options.out / "national.csv");
  national.write(header);
  if (options.split) fs::create_directories(options.out / "monthly");
  std::uint64_t rows = 0;
  std::string text;
  for (Month state = world.first(); state <= last_month + final_waiting; state = state + 1) {
    rows += monthly(world, state, world.first(), last_month, text);
    national.write(text);
    if (!options.split) continue;
    Out one(options.out / "monthly" / (state.text() + ".csv"));
    one.write(header);
    one.write(text);
  }
  // The delivery that comes next: one Ladestand, its four Berichtsmonate.
  const Month next = last_month + final_waiting + 1;
  const auto next_rows = monthly(world, next, last_month + 1, next, text);
  Out one(options.out / "next.csv");
  one.write(header);
  one.write(text);
  fmt::print(stderr, "seed {}: {} Jobcenter x {} pairs x 3 sexes, {} … {}, {} rows in national.csv, {} in next.csv\n", options.seed, world.jobcenters().size(),
             world.pairs().size(), world.first().text(), last_month.text(), rows, next_rows);
}

Options parse(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto value = [&](std::string_view name) -> const char* { return word.starts_with(name) ? words[i] + name.size() : nullptr; };
    if (const auto* seed = value("--seed=")) {
      options.seed = std::stoull(seed);
    } else if (const auto* jobcenters = value("--jobcenters=")) {
      options.jobcenters = std::stoi(jobcenters);
    } else if (const auto* months = value("--months=")) {
      options.months = std::stoi(months);
    } else if (const auto* out = value("--out=")) {
      options.out = out;
    } else if (word == "--split") {
      options.split = true;
    } else {
      throw std::invalid_argument(fmt::format("unknown argument {}", word));
    }
  }
  if (options.out.empty()) throw std::invalid_argument("--out=FOLDER is missing");
  if (options.months < 36 || options.months > 1200) throw std::invalid_argument("--months is 36 … 1200: the year judged and two before it");
  return options;
}

}  // namespace

int main(int count, char** words) {
  try {
    const auto options = parse(count, words);
    fs::create_directories(options.out);
    const World world(options);
    write_facts(world, options);
    write_agreements(world, options);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "generate_national: {}\nUsage: generate_national --out=FOLDER [--seed=48] [--jobcenters=405] [--months=120] [--split]\n", error.what());
    return 2;
  }
}
