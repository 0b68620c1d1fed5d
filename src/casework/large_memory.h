// Vectors of many megabytes that are read here and there: in large pages where the system has them, so that finding the page costs less
// than the visit.
#pragma once

#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

#include <sys/mman.h>

namespace zielwerk::casework {

template <class T>
struct LargePages {
  using value_type = T;
  static constexpr std::size_t page = std::size_t{2} << 20;

  LargePages() = default;
  template <class U>
  LargePages(const LargePages<U>&) {}  // NOLINT: allocators convert

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    const std::size_t rounded = (bytes + page - 1) / page * page;
    void* memory = bytes < page ? std::malloc(bytes) : std::aligned_alloc(page, rounded);
    if (!memory) throw std::bad_alloc();
    if (bytes >= page) ::madvise(memory, rounded, MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t) { std::free(memory); }
  friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

// Vectors of which mostly little is touched: zero as the system gives them, page by page. For types whose zero bytes are their default.
template <class T>
struct ZeroPages {
  using value_type = T;
  ZeroPages() = default;
  template <class U>
  ZeroPages(const ZeroPages<U>&) {}  // NOLINT: allocators convert

  T* allocate(std::size_t count) {
    auto* memory = static_cast<T*>(std::calloc(count, sizeof(T)));
    if (!memory) throw std::bad_alloc();
    return memory;
  }
  void deallocate(T* memory, std::size_t) { std::free(memory); }
  void construct(T*) {}
  template <class... Values>
  void construct(T* place, Values&&... values) {
    new (place) T(std::forward<Values>(values)...);
  }
  friend bool operator==(const ZeroPages&, const ZeroPages&) { return true; }
};

template <class T>
using ZeroVector = std::vector<T, ZeroPages<T>>;

}  // namespace zielwerk::casework
