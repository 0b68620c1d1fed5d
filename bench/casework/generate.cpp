// Invented person-months for the benchmark: histories as they are in stock, with arrivals, returns, moves, integrations. The same seed gives
// the same files. Written month by month as ten years of monthly deliveries arrive, each ordered by person; or by person.
//
//   generate_persons --out=FILE --persons=N --months=M --jobcenters=J [--seed=S] [--part=K --parts=P] [--by-person] [--last-only] [--first=YYYY-MM]
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/month.h"
#include "casework/person_month.h"
#include "domain/jobcenter.h"

namespace {

using zielwerk::base::Month;

struct Options {
  std::string out;
  std::uint64_t seed = 6, persons = 550'000, part = 0, parts = 1;
  int months = 120, jobcenters = 40;
  bool by_person = false, last_only = false;
  Month first{2016, 1};
};

// Counter-based: a person's history depends on seed and number only, so parts can be made apart.
struct Random {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
  }
  unsigned below(unsigned n) { return static_cast<unsigned>((next() >> 32) * n >> 32); }
  bool chance(unsigned in_100000) { return below(100'000) < in_100000; }
};

struct Jobcenters {
  std::vector<std::string> numbers;
  std::vector<unsigned> up_to;  // cumulated weights
  unsigned pick(Random& random) const {
    return static_cast<unsigned>(std::upper_bound(up_to.begin(), up_to.end(), random.below(up_to.back())) - up_to.begin());
  }
};

Jobcenters jobcenters(int count) {
  Jobcenters all;
  unsigned sum = 0;
  for (const auto& one : zielwerk::domain::official_directory().all()) {
    if (!one.possible_in(2022) || static_cast<int>(all.numbers.size()) >= count) continue;
    all.numbers.push_back(one.number.text());
    // Sizes spread over a factor of about forty.
    Random size{one.number.value()};
    sum += 3 + size.below(20) * size.below(12) / 2;
    all.up_to.push_back(sum);
  }
  return all;
}

// One person, month after month.
class Person {
 public:
  Person(const Options& options, const Jobcenters& all, std::uint64_t number) : jobcenters_(&all), random_{(options.seed * 0x1000003U) ^ (number * 0xD6E8FEB86659FD93U)} {
    key_ = 1'000'000 + number * 13 + number % 7;
    jobcenter_ = all.pick(random_);
    const auto sex = random_.below(1000);
    sex_ = sex < 497 ? 'M' : sex < 998 ? 'F' : 'X';
    parent_ = random_.chance(sex_ == 'F' ? 24'000 : 3'000);
    asylum_ = random_.chance(17'000);
    llu_ = 38'000 + random_.below(40'000);
    luh_ = 24'000 + random_.below(38'000);
    // Half are there for long, the others come and go.
    steady_ = random_.chance(68'000);
    stock_ = random_.chance(steady_ ? 94'000 : 46'000);
    arrives_ = stock_ ? 0 : static_cast<int>(random_.below(static_cast<unsigned>(options.months)));
  }

  std::uint64_t key() const { return key_; }

  // Appends the month's row, if there is anything to say.
  void month(int month, const std::string& name, std::string& out) {
    bool event = false;
    if (month > 0) {
      if (stock_) {
        if (random_.chance(steady_ ? 700 : 4'200)) {
          stock_ = false;
          event = random_.chance(38'000);
        }
      } else if (month >= arrives_ && random_.chance(steady_ ? 9'000 : 3'000)) {
        stock_ = true;
      }
      if (stock_ && random_.chance(300)) jobcenter_ = jobcenters_->pick(random_);
    }
    const bool integrated = event || (stock_ && random_.chance(1'100));
    const bool marginal = stock_ && random_.chance(700);
    const bool subsidised = stock_ && random_.chance(150);
    if (!stock_ && !integrated) return;
    const bool activated = stock_ && random_.chance(14'000);
    char kind = 0, kont = 0;
    if (integrated) {
      const auto of = random_.below(100);
      kind = of < 86 ? 'S' : of < 94 ? 'A' : 'B';
      kont = kind == 'S' ? (random_.chance(66'000) ? '1' : '0') : char{0};
    }
    if (random_.chance(3'000)) llu_ = 38'000 + random_.below(40'000);
    char text[160];
    char* at = std::to_chars(text, text + 24, key_).ptr;
    const auto put = [&](std::string_view word) {
      *at++ = ';';
      std::memcpy(at, word.data(), word.size());
      at += word.size();
    };
    const auto flag = [&](bool value) {
      *at++ = ';';
      *at++ = value ? '1' : '0';
    };
    const auto mark = [&](char letter) {
      *at++ = ';';
      if (letter != 0) *at++ = letter;
    };
    const auto amount = [&](unsigned cents) {
      *at++ = ';';
      at = std::to_chars(at, at + 12, cents / 100).ptr;
      *at++ = '.';
      *at++ = static_cast<char>('0' + cents / 10 % 10);
      *at++ = static_cast<char>('0' + cents % 10);
    };
    put(name);
    put(jobcenters_->numbers[jobcenter_]);
    mark(sex_);
    put("");  // geburtsmonat: no rule asks for it
    flag(stock_);
    flag(parent_ && stock_);
    flag(activated);
    mark(kind);
    flag(marginal);
    flag(subsidised);
    mark(kont);
    amount(stock_ ? llu_ : 0);
    amount(stock_ ? luh_ : 0);
    put(asylum_ ? "ASYL8" : "");
    *at++ = '\n';
    out.append(text, static_cast<std::size_t>(at - text));
  }

 private:
  const Jobcenters* jobcenters_;
  Random random_;
  std::uint64_t key_;
  unsigned jobcenter_ = 0, llu_ = 0, luh_ = 0;
  int arrives_ = 0;
  char sex_ = 'X';
  bool parent_ = false, asylum_ = false, steady_ = false, stock_ = false;
};

Options read(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto equals = std::min(word.find('='), word.size());
    const auto name = word.substr(0, equals), value = equals < word.size() ? word.substr(equals + 1) : "";
    if (name == "--out") options.out = value;
    else if (name == "--seed") options.seed = std::stoull(value);
    else if (name == "--persons") options.persons = std::stoull(value);
    else if (name == "--part") options.part = std::stoull(value);
    else if (name == "--parts") options.parts = std::stoull(value);
    else if (name == "--months") options.months = std::stoi(value);
    else if (name == "--jobcenters") options.jobcenters = std::stoi(value);
    else if (name == "--by-person") options.by_person = true;
    else if (name == "--last-only") options.last_only = true;
    else if (name == "--first") options.first = Month::parse(value).value();
    else throw std::invalid_argument(word);
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = read(argc, argv);
  const auto all = jobcenters(options.jobcenters);
  std::vector<Person> persons;
  const zielwerk::casework::Part part{static_cast<std::uint32_t>(options.part), static_cast<std::uint32_t>(options.parts)};
  for (std::uint64_t number = 0; number < options.persons; ++number) {
    persons.emplace_back(options, all, number);
    if (!part.has(persons.back().key())) persons.pop_back();
  }
  std::FILE* file = std::fopen(options.out.c_str(), "wb");
  if (!file) {
    std::perror(options.out.c_str());
    return 1;
  }
  const std::string header = "person;berichtsmonat;traeger;geschlecht;geburtsmonat;elb;ae;akt;integration;gering;oeff;kont;llu;luh;gruppen\n";
  auto text = header;
  bool hold = options.last_only;
  const auto flush = [&](std::size_t above) {
    if (text.size() <= above || hold) return;
    if (std::fwrite(text.data(), 1, text.size(), file) != text.size()) std::exit(1);
    text.clear();
  };
  std::vector<std::string> names;
  for (int month = 0; month < options.months; ++month) names.push_back((options.first + month).text());
  if (options.by_person) {
    for (auto& person : persons) {
      for (int month = 0; month < options.months; ++month) person.month(month, names[static_cast<std::size_t>(month)], text);
      flush(1 << 20);
    }
  } else {
    for (int month = 0; month < options.months; ++month) {
      if (month == options.months - 1) hold = false;
      for (auto& person : persons) {
        person.month(month, names[static_cast<std::size_t>(month)], text);
        flush(1 << 20);
      }
      if (options.last_only && month < options.months - 1) text = header;  // lived through, not written
    }
  }
  flush(0);
  return std::fclose(file) == 0 ? 0 : 1;
}
