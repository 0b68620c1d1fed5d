#include "domain/fact.h"

#include <algorithm>

#include <fmt/format.h>

namespace zielwerk::domain {

char sign(Mark mark) {
  switch (mark) {
    case Mark::Withheld: return '*';
    case Mark::NothingThere: return '-';
    case Mark::NotMeaningful: return 'x';
    case Mark::Unknown: return '.';
    case Mark::None: break;
  }
  return ' ';
}

std::optional<Mark> parse_mark(std::string_view text) {
  if (text == "*") return Mark::Withheld;
  if (text == "-" || text == "–" || text == "—" || text == "−") return Mark::NothingThere;
  if (text == "x" || text == "X") return Mark::NotMeaningful;
  if (text == ".") return Mark::Unknown;
  return std::nullopt;
}

std::string FactValue::text() const { return mark == Mark::None ? number.plain() : std::string(1, sign(mark)); }

bool operator==(const FactValue& a, const FactValue& b) {
  return a.missing() || b.missing() ? a.mark == b.mark : a.number == b.number;
}

std::string cell_name(unsigned row, unsigned column) {
  std::string letters;
  for (unsigned rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters + std::to_string(row);
}

std::string Delivery::describe(Place place) const {
  if (!place.is_cell()) return fmt::format("Zeile {}", place.packed);
  const auto sheet = place.sheet() < sheets.size() ? sheets[place.sheet()] : std::to_string(place.sheet() + 1);
  return fmt::format("Blatt {}, Zelle {}", sheet, cell_name(place.row(), place.column()));
}

std::span<const FactRecord> FactHistory::series(const SeriesKey& key) const {
  const auto found = series_.find(key);
  return found == series_.end() ? std::span<const FactRecord>{} : std::span<const FactRecord>(found->second);
}

void FactHistory::add(const SeriesKey& key, std::vector<FactRecord> records) {
  auto& all = series_[key];
  auto& states = states_[key];
  for (const auto& record : records) {
    const auto at = std::lower_bound(states.begin(), states.end(), record.state);
    if (at == states.end() || *at != record.state) states.insert(at, record.state);
  }
  const auto before = [](const FactRecord& a, const FactRecord& b) {
    return std::tie(a.month, a.state, a.delivery) < std::tie(b.month, b.state, b.delivery);
  };
  const auto middle = static_cast<std::ptrdiff_t>(all.size());
  if (all.empty()) {
    all = std::move(records);
  } else {
    all.insert(all.end(), records.begin(), records.end());
  }
  if (!std::is_sorted(all.begin() + middle, all.end(), before)) std::sort(all.begin() + middle, all.end(), before);
  std::inplace_merge(all.begin(), all.begin() + middle, all.end(), before);
}

bool FactHistory::kept(const SeriesKey& key, DataState state) const {
  const auto found = states_.find(key);
  return found != states_.end() && std::binary_search(found->second.begin(), found->second.end(), state);
}

base::Result<const FactRecord*> SeriesAsOf::at(Month month) const {
  // The last record of (month, Ladestand <= state): a correction was delivered later and therefore stands behind what it corrects.
  const auto after = std::upper_bound(records_.begin(), records_.end(), std::pair(month, state_), [](const auto& wanted, const FactRecord& record) {
    return wanted < std::pair(record.month, record.state);
  });
  if (after != records_.begin()) {
    const auto& newest = *(after - 1);
    if (newest.month == month && !newest.value.missing()) return &newest;
    if (newest.month == month) {
      return base::problem("fact_missing",
                           fmt::format("Der Wert {} für {} ist nicht veröffentlicht (Zeichen „{}“, Ladestand {}).", key_->text(), month.text(),
                                       sign(newest.value.mark), newest.state.loaded.text()),
                           fmt::format("{} {} (Ladestand {})", key_->text(), month.text(), state_.loaded.text()));
    }
  }
  return base::problem("fact_missing", fmt::format("Der Wert {} für {} fehlt im Ladestand {}.", key_->text(), month.text(), state_.loaded.text()),
                       fmt::format("{} {} (Ladestand {})", key_->text(), month.text(), state_.loaded.text()));
}

base::Result<SeriesAsOf> FactLens::series(const SeriesKey& key) const {
  if (!history_->kept(key, state_)) {
    return base::problem("data_state_missing",
                         fmt::format("Für {} liegt kein Wert mit dem Ladestand {} vor; ein älterer Stand ist kein Ersatz.", key.text(), state_.loaded.text()),
                         fmt::format("{} {}", key.text(), state_.loaded.text()));
  }
  return SeriesAsOf(key, history_->series(key), state_);
}

}  // namespace zielwerk::domain
