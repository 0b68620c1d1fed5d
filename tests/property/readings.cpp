// Facts and figures: order, time, scale and sums.
#include <gtest/gtest.h>
// after gtest, which it needs
#include <rapidcheck/gtest.h>

#include <sstream>

#include "../support.h"
#include "app/facts.h"
#include "app/sums.h"
#include "indicators/catalogue.h"

namespace zielwerk {
namespace {

using namespace test;
using base::Month;

constexpr Month first{2019, 1};
const std::vector<std::string> keys = {"INT T", "ELB T", "ELB T LZB"};

// Random facts of a Jobcenter; of several values for one key the first counts.
std::vector<Row> any_rows(const std::string& jobcenter, int months) {
  std::map<std::string, Row> rows;
  const auto count = *rc::gen::inRange(0, 40);
  for (int i = 0; i < count; ++i) {
    const auto in_month = first + *rc::gen::inRange(0, months);
    const auto state = in_month + *rc::gen::inRange(0, 4);
    const auto mark = *rc::gen::inRange(0, 8);
    const auto number_text = base::Decimal{*rc::gen::inRange<std::int64_t>(0, 30'000), static_cast<std::uint8_t>(*rc::gen::inRange(0, 2))}.plain();
    Row row{jobcenter, *rc::gen::elementOf(keys), in_month.text(), state.text(), mark < 4 ? std::string(1, "*-x."[mark]) : number_text};
    rows.try_emplace(row.series + row.month + row.state, row);
  }
  std::vector<Row> all;
  for (auto& [key, row] : rows) all.push_back(std::move(row));
  return all;
}

// Everything that can be read of a history, as one text.
std::string all_readings(const domain::FactHistory& history, int months, Month last_state) {
  std::string text;
  for (const auto& key : keys) {
    for (Month state = first; state <= last_state; state = state + 1) {
      for (int i = 0; i < months; ++i) text += seen(history, key, (first + i).text(), state.text()) + " ";
    }
  }
  return text;
}

// Splits rows into deliveries, shuffled.
std::vector<std::vector<Row>> split(const std::vector<Row>& rows, int parts) {
  std::vector<std::vector<Row>> all(static_cast<std::size_t>(parts));
  for (const auto& row : rows) all[static_cast<std::size_t>(*rc::gen::inRange(0, parts))].push_back(row);
  return all;
}

void take_all(store::Store& store, const std::vector<std::vector<Row>>& deliveries) {
  int name = 0;
  for (const auto& rows : deliveries) RC_ASSERT(append(store, delivery(std::to_string(++name), rows)).has_value());
}

RC_GTEST_PROP(Deliveries, TheirOrderDoesNotMatter, ()) {
  const auto deliveries = split(any_rows("33148", 6), 4);
  auto reversed = deliveries;
  std::reverse(reversed.begin(), reversed.end());
  const auto one = store::open_memory_store();
  const auto other = store::open_memory_store();
  take_all(*one, deliveries);
  take_all(*other, reversed);
  RC_ASSERT(all_readings(one->read(number("33148")), 6, first + 9) == all_readings(other->read(number("33148")), 6, first + 9));
}

// What was read as of a Ladestand is read again, whatever was loaded since.
RC_GTEST_PROP(Deliveries, LaterStatesChangeNoEarlierReading, ()) {
  const Month now = first + *rc::gen::inRange(0, 9);
  std::vector<Row> early, late;
  for (const auto& row : any_rows("33148", 6)) (month(row.state) <= now ? early : late).push_back(row);
  const auto store = store::open_memory_store();
  take_all(*store, {early});
  const auto before = all_readings(store->read(number("33148")), 6, now);
  RC_ASSERT(append(*store, delivery("später.csv", late)).has_value());
  RC_ASSERT(all_readings(store->read(number("33148")), 6, now) == before);
}

RC_GTEST_PROP(Deliveries, ARefusedOneChangesNothing, ()) {
  auto rows = any_rows("33148", 6);
  RC_PRE(!rows.empty());
  const auto store = store::open_memory_store();
  take_all(*store, {rows});
  const auto before = all_readings(store->read(number("33148")), 6, first + 9);
  rows.front().value = rows.front().value == "7" ? "8" : "7";
  rows.push_back({"33148", "INT T", "2030-01", "2030-01", "1"});
  RC_ASSERT(!append(*store, delivery("falsch.csv", rows)).has_value());
  RC_ASSERT(all_readings(store->read(number("33148")), 6, first + 9) == before);
  RC_ASSERT(store->deliveries().size() == 1U);
}

// Export -> import into an empty store: the same readings.
RC_GTEST_PROP(Export, ComesBackTheSame, ()) {
  auto rows = any_rows("33148", 6);
  const auto more = any_rows("04704", 3);
  rows.insert(rows.end(), more.begin(), more.end());
  RC_PRE(!rows.empty());
  auto from = store::open_memory_store();
  take_all(*from, split(rows, 3));
  app::Workspace source(std::move(from), [] { return std::string("2026-11-21"); }, "test");
  std::ostringstream csv;
  app::export_facts(source, {}, csv);
  Folder folder;
  app::Workspace copy(store::open_memory_store(), [] { return std::string("2026-11-21"); }, "test");
  const auto imported = app::import_facts(copy, {folder.written("export.csv", csv.str()), {}, false, false, ""}, {});
  RC_ASSERT(imported.has_value());
  RC_ASSERT(imported->taken.added == rows.size());
  for (const char* one : {"33148", "04704"}) {
    RC_ASSERT(all_readings(copy.store().read(number(one)), 6, first + 9) == all_readings(source.store().read(number(one)), 6, first + 9));
  }
  std::ostringstream again;
  app::export_facts(copy, {}, again);
  RC_ASSERT(again.str() == csv.str());
}

// A complete year and a month of ELB, INT, ELB_ZU, ELB_AB for men, women and all, times `factor`.
domain::FactHistory complete(const std::vector<std::int64_t>& numbers, std::int64_t factor) {
  domain::FactHistory history;
  std::size_t next = 0;
  for (const char* measure : {"ELB", "INT", "ELB_ZU", "ELB_AB", "LLU"}) {
    for (const auto sex : {domain::Sex::T, domain::Sex::M, domain::Sex::F}) {
      for (const char* group : {"", "LZB", "AE"}) {
        std::vector<domain::FactRecord> records;
        for (Month m = first; m <= first + 12; m = m + 1) {
          records.push_back({m, {m}, {{numbers[next++ % numbers.size()] * factor, 1}}, 1, domain::Place::line(1)});
        }
        history.add({measure, sex, group}, std::move(records));
      }
    }
  }
  return history;
}

RC_GTEST_PROP(Figures, ScalingAllCountsChangesNoQuotient, ()) {
  const auto numbers = *rc::gen::container<std::vector<std::int64_t>>(97, rc::gen::inRange<std::int64_t>(1, 100'000));
  const auto factor = *rc::gen::inRange<std::int64_t>(2, 1000);
  const auto once = complete(numbers, 1), scaled = complete(numbers, factor);
  const Month last = first + 12;
  const domain::Vocabulary vocabulary;
  std::vector<indicators::Figure> figures;
  for (const char* code : {"K1", "K1E2", "K1E3", "K1E4", "K2", "K2E4", "K3", "K3E1", "K3E4"}) figures.push_back(*indicators::kennzahl(code, last));
  figures.push_back(indicators::subject("GENDER_GAP_INTEGRATION_RATE", "", last, vocabulary, {})->figure);
  for (const auto& figure : figures) {
    for (const auto read : {indicators::monthly, indicators::year_to_date}) {
      if (read == indicators::year_to_date && figure.shown_as_change) continue;
      const auto one = read(figure, domain::Sex::T, {once, {last}}, last, nullptr);
      const auto other = read(figure, domain::Sex::T, {scaled, {last}}, last, nullptr);
      RC_LOG() << figure.code << "\n";
      RC_ASSERT(one.has_value() == other.has_value());
      if (one) RC_ASSERT(one->value == other->value);
    }
  }
}

RC_GTEST_PROP(Sums, OfOneJobcenterIsItself, ()) {
  const auto store = store::open_memory_store();
  take_all(*store, split(any_rows("33148", 6), 3));
  const std::vector wanted = {series("INT T"), series("ELB T"), series("ELB T LZB")};
  const auto sum = app::sum_of(*store, {number("33148")}, wanted);
  RC_ASSERT(all_readings(sum, 6, first + 9) == [&] {
    // "-" is the number 0 and is summed as such
    auto text = all_readings(store->read(number("33148")), 6, first + 9);
    for (auto at = text.find("- "); at != std::string::npos; at = text.find("- ", at + 1)) text[at] = '0';
    return text;
  }());
}

RC_GTEST_PROP(Sums, AMissingPartMakesTheSumMissing, ()) {
  const auto store = store::open_memory_store();
  take_all(*store, {any_rows("33148", 4), any_rows("04704", 4)});
  const std::vector wanted = {series("INT T"), series("ELB T"), series("ELB T LZB")};
  const auto sum = app::sum_of(*store, {number("33148"), number("04704")}, wanted);
  const auto one = store->read(number("33148")), other = store->read(number("04704"));
  for (const auto& key : keys) {
    for (Month state = first; state <= first + 6; state = state + 1) {
      for (int i = 0; i < 4; ++i) {
        const auto m = (first + i).text();
        const auto a = seen(one, key, m, state.text()), b = seen(other, key, m, state.text()), both = seen(sum, key, m, state.text());
        const auto counts = [](const std::string& text) { return text == "-" || base::parse_decimal(text).has_value(); };
        const auto exact = [](const std::string& text) { return text == "-" ? base::Exact(0) : base::parse_decimal(text)->exact(); };
        RC_LOG() << key << " " << m << " @" << state.text() << ": " << a << " + " << b << " = " << both << "\n";
        RC_ASSERT(counts(both) == (counts(a) && counts(b)));
        if (counts(both)) RC_ASSERT(exact(both) == exact(a) + exact(b));
      }
    }
  }
}

}  // namespace
}  // namespace zielwerk
