// Rows between the thread that read them and the thread that owns their persons.
#pragma once

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "casework/quick_rows.h"

namespace zielwerk::casework {

// Rows on their way to the thread that owns their persons, taken in the order of the pieces they were read from: months of a person
// must not overtake each other.
class Inbox {
 public:
  // Leaves an empty list that was used before in place of the rows.
  void put(std::size_t piece, RowList& rows) {
    const std::lock_guard lock(mutex_);
    auto& place = waiting_[piece];
    std::swap(place, rows);
    if (spare_.empty()) return;
    std::swap(rows, spare_.back());
    spare_.pop_back();
  }
  // The next rows in place of those taken before.
  bool take(RowList& rows) {
    const std::lock_guard lock(mutex_);
    const auto next = waiting_.find(next_);
    if (next == waiting_.end()) return false;
    std::swap(rows, next->second);
    next->second.clear();
    spare_.push_back(std::move(next->second));
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
  std::map<std::size_t, RowList> waiting_;
  std::vector<RowList> spare_;
  std::size_t next_ = 0;
};

}  // namespace zielwerk::casework
