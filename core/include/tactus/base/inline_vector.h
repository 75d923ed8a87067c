// A vector with a fixed capacity and its elements inside: what a tick may use in place of
// std::vector.
//
//   Clocks   none.
//   Units    none.
//   Errors   push_back past the capacity keeps the elements, returns false, and the caller counts
//            it.
//   Threads  plain value, RT-safe.
//   Proof    tests/core/base/base_test.cc
#pragma once
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace tactus {

template <class T, std::size_t N>
class InlineVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  [[nodiscard]] bool push_back(const T& value) noexcept {
    if (size_ == N) return false;
    items_[size_++] = value;
    return true;
  }
  void clear() noexcept { size_ = 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] static constexpr std::size_t capacity() noexcept { return N; }
  T& operator[](std::size_t i) noexcept {
    assert(i < size_);
    return items_[i];
  }
  const T& operator[](std::size_t i) const noexcept {
    assert(i < size_);
    return items_[i];
  }
  T* begin() noexcept { return items_.data(); }
  T* end() noexcept { return items_.data() + size_; }
  const T* begin() const noexcept { return items_.data(); }
  const T* end() const noexcept { return items_.data() + size_; }

 private:
  std::array<T, N> items_{};
  std::uint32_t size_ = 0;
};

}  // namespace tactus
