// The same work on several threads; the first exception of any of them is thrown in the caller.
#pragma once

#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace zielwerk::casework {

template <class Work>
void in_parallel(unsigned threads, const Work& work) {
  std::exception_ptr failed;
  std::mutex mutex;
  const auto guarded = [&](unsigned thread) {
    try {
      work(thread);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failed) failed = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(guarded, thread);
  guarded(0);
  for (auto& other : others) other.join();
  if (failed) std::rethrow_exception(failed);
}

}  // namespace zielwerk::casework
