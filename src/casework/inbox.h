// Rows between the thread that read them and the thread that owns their persons.
#pragma once

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "casework/quick_rows.h"

namespace zielwerk::casework {

// Rows on their way to the thread that owns their persons, taken in the order of the pieces they were read from: months of a person
// must not overtake each other. Memory goes back to the thread that filled it: what is never handed over stays in the cache of one core.
class Inbox {
 public:
  explicit Inbox(std::size_t threads) : spare_(threads) {}
  // Leaves an empty list that was used before in place of the rows.
  void put(std::size_t piece, std::size_t from, RowList& rows) {
    const std::lock_guard lock(mutex_);
    auto& place = waiting_[piece];
    place.from = from;
    std::swap(place.rows, rows);
    if (spare_[from].empty()) return;
    std::swap(rows, spare_[from].back());
    spare_[from].pop_back();
  }
  struct Taken {
    std::size_t from = 0;
    RowList rows;
  };
  // The next rows in place of those taken before.
  bool take(Taken& taken) {
    const std::lock_guard lock(mutex_);
    const auto next = waiting_.find(next_);
    if (next == waiting_.end()) return false;
    std::swap(taken, next->second);
    next->second.rows.clear();
    spare_[next->second.from].push_back(std::move(next->second.rows));
    waiting_.erase(next);
    ++next_;
    return true;
  }
  std::size_t next() {
    const std::lock_guard lock(mutex_);
    return next_;
  }

 private:
  std::mutex mutex_;
  std::map<std::size_t, Taken> waiting_;
  std::vector<std::vector<RowList>> spare_;  // by the thread that fills them
  std::size_t next_ = 0;
};

}  // namespace zielwerk::casework
