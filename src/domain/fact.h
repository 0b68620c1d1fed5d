// Facts as they were delivered, and the lens they are read through. Three axes of time, never mixed: Berichtsmonat (the month a
// figure is about), Ladestand (the state of the data it was read from), and the day we recorded it (in Delivery, audit only).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/month.h"
#include "base/problem.h"
#include "domain/jobcenter.h"
#include "domain/measure.h"

namespace zielwerk::domain {

using base::Month;

// Ladestand: the state of the data, a month. t-0 is loaded in the Berichtsmonat itself, t-3 three months later and final.
struct DataState {
  Month loaded;
  DataState years_before(int years) const { return {loaded - 12 * years}; }
  friend auto operator<=>(DataState, DataState) = default;
};

// Wartezeit: Ladestand minus Berichtsmonat, 0 … 3 months.
using Waiting = int;

// The value marks of the BA's files. Every mark is kept as the reason.
enum class Mark : unsigned char {
  None,
  Withheld,       // *  withheld for confidentiality: missing, never 0
  NothingThere,   // -  nothing present: the number 0
  NotMeaningful,  // x  missing
  Unknown,        // .  missing
};
char sign(Mark mark);
std::optional<Mark> parse_mark(std::string_view text);  // a dash of any length reads as NothingThere

struct FactValue {
  base::Decimal number;
  Mark mark = Mark::None;

  bool missing() const { return mark == Mark::Withheld || mark == Mark::NotMeaningful || mark == Mark::Unknown; }
  std::string text() const;  // "3879.5" or the mark
  // Same statement: two numbers of one value ("-" is the number 0), or the same mark.
  friend bool operator==(const FactValue& a, const FactValue& b);
};

// Where in its file a value stood: a line of a CSV, or sheet, row and column of a workbook (sheet and column count from 0,
// row and line from 1).
struct Place {
  std::uint64_t packed = 0;
  static Place line(std::uint64_t line) { return {line}; }
  static Place cell(unsigned sheet, unsigned row, unsigned column) {
    return {std::uint64_t{1} << 62 | std::uint64_t{sheet} << 40 | std::uint64_t{row} << 16 | column};
  }
  bool is_cell() const { return (packed >> 62) != 0; }
  unsigned sheet() const { return static_cast<unsigned>(packed >> 40) & 0xFFFF; }
  unsigned row() const { return static_cast<unsigned>(packed >> 16) & 0xFFFFFF; }
  unsigned column() const { return static_cast<unsigned>(packed) & 0xFFFF; }
};

// "C14"
std::string cell_name(unsigned row, unsigned column);

using DeliveryId = std::uint32_t;

// Lieferung: one file taken over, whole.
struct Delivery {
  DeliveryId id = 0;  // given by the store, counts from 1
  std::string source;  // file name as given
  std::string sha256;
  std::string received_at;  // UTC, ISO 8601; audit only
  bool correction = false;  // explicitly an official correction: may state a known key anew
  std::string note;
  std::vector<std::string> sheets;
  std::uint64_t facts = 0;
  Month first_state;  // smallest and largest Ladestand in the delivery
  Month last_state;

  std::string describe(Place place) const;  // "Zeile 12" or "Blatt Kennzahlen, Zelle C14"
};

// One value of one series.
struct FactRecord {
  Month month;
  DataState state;
  FactValue value;
  DeliveryId delivery = 0;
  Place place;
};

// Everything ever delivered for one Jobcenter. Each series is ordered by month, Ladestand and delivery.
class FactHistory {
 public:
  std::span<const FactRecord> series(const SeriesKey& key) const;
  const std::map<SeriesKey, std::vector<FactRecord>>& all() const { return series_; }
  void add(const SeriesKey& key, std::vector<FactRecord> records);  // appends, keeps the order
  // The parties' own check: was anything of this series loaded with exactly that Ladestand?
  bool kept(const SeriesKey& key, DataState state) const;

 private:
  std::map<SeriesKey, std::vector<FactRecord>> series_;
  std::map<SeriesKey, std::vector<DataState>> states_;  // ordered, unique
};

// One series as of one Ladestand.
class SeriesAsOf {
 public:
  SeriesAsOf(const SeriesKey& key, std::span<const FactRecord> records, DataState state) : key_(&key), records_(records), state_(state) {}
  // The newest value whose Ladestand is not later. Problem fact_missing: "INT T 2020-04 (Ladestand 2020-06)". A mark counts as a
  // value: where the newest is "*", "x" or ".", the month is missing and no older number stands in.
  base::Result<const FactRecord*> at(Month month) const;

 private:
  const SeriesKey* key_;
  std::span<const FactRecord> records_;
  DataState state_;
};

// Ladestand as a lens: nothing that was loaded later can be seen, so no formula can mix states. "Gleiche Ladestände" are two
// lenses, the second twelve months before the first.
class FactLens {
 public:
  FactLens(const FactHistory& history, DataState state) : history_(&history), state_(state) {}
  DataState state() const { return state_; }
  // Problem data_state_missing: "ELB T 2019-06" if nothing of the series was loaded with exactly this Ladestand; the next older
  // state is not a substitute (handbook, section 5).
  base::Result<SeriesAsOf> series(const SeriesKey& key) const;

 private:
  const FactHistory* history_;
  DataState state_;
};

}  // namespace zielwerk::domain
