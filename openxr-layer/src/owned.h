// Objects on the heap that may fail to come, with no exception and no libstdc++ behind them.
//
// The layer lives in strangers' programs, some of which run on an older C library; operator new
// would bring the unwinder and its newer symbols along.
//
//   Clocks   none.
//   Units    none.
//   Errors   make gives null when memory is out.
//   Threads  as malloc.
//   Proof    tests/openxr-layer/check_library.py (what the library needs)
#pragma once
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

namespace tactus::layer {

struct Destroy {
  template <class T>
  void operator()(T* object) const noexcept {
    object->~T();
    std::free(object);
  }
};

template <class T>
using Owned = std::unique_ptr<T, Destroy>;

template <class T, class... Arguments>
[[nodiscard]] Owned<T> make(Arguments&&... arguments) noexcept {
  static_assert(alignof(T) <= alignof(std::max_align_t));
  void* memory = std::malloc(sizeof(T));
  if (memory == nullptr) return nullptr;
  return Owned<T>(new (memory) T(std::forward<Arguments>(arguments)...));
}

/// A row of objects whose number is known once.
template <class T>
class OwnedRow {
 public:
  OwnedRow() noexcept = default;
  /// Empty when memory is out.
  explicit OwnedRow(std::size_t count) noexcept {
    static_assert(alignof(T) <= alignof(std::max_align_t));
    first_ = static_cast<T*>(std::calloc(count, sizeof(T)));
    if (first_ == nullptr) return;
    for (; count_ < count; ++count_) new (first_ + count_) T();
  }
  OwnedRow(OwnedRow&& other) noexcept
      : first_(std::exchange(other.first_, nullptr)), count_(std::exchange(other.count_, 0)) {}
  OwnedRow& operator=(OwnedRow&& other) noexcept {
    std::swap(first_, other.first_);
    std::swap(count_, other.count_);
    return *this;
  }
  ~OwnedRow() {
    for (T& object : *this) object.~T();
    std::free(first_);
  }

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] T* begin() const noexcept { return first_; }
  [[nodiscard]] T* end() const noexcept { return first_ + count_; }
  [[nodiscard]] T& operator[](std::size_t i) const noexcept { return first_[i]; }

 private:
  T* first_ = nullptr;
  std::size_t count_ = 0;
};

}  // namespace tactus::layer
